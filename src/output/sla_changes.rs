//! The changes that a policy makes to the clocks of open tickets.

use super::Output;
use super::options::RenderOptions;
use super::printer::Printer;
use super::published::sla_changes as published;
use super::style::table_layout::{Cell, TableLayout, cut_last};
use super::style::{humanize, palette};
use crate::domain::read_models::SlaChange;
use crate::domain::sla::clock::Clock;
use crate::error::Error;

/// The changes that a policy makes, or would make, to open tickets.
pub(crate) struct SlaChanges(pub(crate) Vec<SlaChange>);

impl SlaChanges {
    fn published<'a>(
        &'a self,
        options: &'a RenderOptions<'_>,
    ) -> impl Iterator<Item = published::SlaChange<'a>> {
        let all = self.0.iter();
        all.map(|change| published::SlaChange::new(change, options))
    }
}

impl Output for SlaChanges {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let rows = self.0.iter().flat_map(|change| rows(change, to.options));
        let mut rows: Vec<Vec<Cell>> = rows.collect();
        let headings = ["ID", "CLOCK", "TARGET", "DUE", "NOW SHOWS", "TITLE"];
        cut_last(&mut rows, &headings, to.options.width);
        to.rows(TableLayout::new(headings).right([0]), &rows)?;
        to.note(&match self.0.len() as u64 {
            0 => "no open ticket gets other targets".to_owned(),
            n => format!("{} with other targets", humanize::plural(n, "open ticket")),
        })
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(self.published(to.options))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let rows = self.published(to.options).flat_map(|change| change.rows());
        to.records(&published::SlaChange::CSV_HEADINGS, rows)
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.ids(self.0.iter().map(|change| change.after.id))
    }
}

/// The rows of a ticket, one per clock.
fn rows(change: &SlaChange, options: &RenderOptions<'_>) -> Vec<Vec<Cell>> {
    let both = |before: Option<String>, after: String| match before {
        Some(before) if before != after => format!("{before} -> {after}"),
        Some(_) | None => after,
    };
    let due = |clock: &Clock| match clock.due {
        Some(at) => humanize::time(at, options.now, options.zone),
        None => "-".to_owned(),
    };
    let target = |clock: &Clock| humanize::target(&clock.target);
    let shows = |clock: &Clock| clock.display_state(options.now);
    let word = |clock: &Clock| palette::clock_word(shows(clock)).to_owned();
    let row = |(name, before, after): (_, Option<&Clock>, &Clock)| {
        let style = palette::clock_style(shows(after));
        vec![
            Cell::plain(change.after.id.0.to_string()),
            Cell::plain(crate::domain::vocabulary::ClockName::as_str(name)),
            Cell::plain(both(before.map(target), target(after))),
            Cell::plain(both(before.map(due), due(after))),
            Cell::new(both(before.map(word), word(after)), style),
            Cell::untrusted(&change.after.title),
        ]
    };
    change.clocks().map(row).collect()
}
