//! The runs of imports, and one that was taken back.

use super::Output;
use super::printer::Printer;
use super::published::import_report as published;
use super::style::table_layout::{Cell, TableLayout};
use super::style::{humanize, untrusted};
use crate::domain::external_record::{ImportRun, UndoneRun};
use crate::error::Error;

/// The runs of imports, the oldest first.
pub(crate) struct ImportRuns(pub(crate) Vec<ImportRun>);

impl ImportRuns {
    fn published(&self) -> impl Iterator<Item = published::ImportRun<'_>> {
        self.0.iter().map(Into::into)
    }
}

impl Output for ImportRuns {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if self.0.is_empty() {
            return to.note("nothing was imported");
        }
        let row = |run: &ImportRun| {
            vec![
                Cell::plain(run.number.to_string()),
                Cell::plain(humanize::full_time(run.recorded, to.options.zone)),
                Cell::untrusted(&run.source),
                Cell::plain(humanize::number(run.tickets.len() as u64)),
            ]
        };
        let rows: Vec<_> = self.0.iter().map(row).collect();
        let layout = TableLayout::new(["RUN", "IMPORTED", "SOURCE", "TICKETS"]);
        to.rows(layout.right([0, 3]), &rows)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(self.published())
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(self.published())
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let mut all = self.0.iter();
        all.try_for_each(|run| to.text(&format!("{}\n", run.number)))
    }
}

impl Output for UndoneRun {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if to.options.quiet {
            return Ok(());
        }
        let source = untrusted::line(&self.run.source);
        to.text(&format!(
            "undone run {} from {source}: {} removed, {} restored\n",
            self.run.number,
            humanize::plural(self.removed, "ticket"),
            humanize::number(self.restored)
        ))
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.object(&published::UndoneRun::from(self))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(std::iter::once(published::UndoneRun::from(self)))
    }
}
