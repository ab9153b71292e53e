//! Texts that were typed and are not stored.

use super::Output;
use super::printer::Printer;
use super::published::draft as published;
use super::style::table_layout::{Cell, TableLayout};
use super::style::{humanize, untrusted};
use crate::domain::read_models::Draft;
use crate::error::Error;

/// Drafts, each with the command that goes on with it.
pub(crate) struct DraftList {
    drafts: Vec<(Draft, Option<String>)>,
    /// Whether the text is shown, and not only how it begins.
    in_full: bool,
}

impl DraftList {
    pub(crate) const fn all(drafts: Vec<(Draft, Option<String>)>) -> Self {
        Self {
            drafts,
            in_full: false,
        }
    }

    pub(crate) fn one(draft: (Draft, Option<String>)) -> Self {
        Self {
            drafts: vec![draft],
            in_full: true,
        }
    }

    fn published(&self) -> impl Iterator<Item = published::Draft<'_>> {
        self.drafts.iter().map(Into::into)
    }
}

/// The first line that says something.
fn first_line(text: &str) -> &str {
    let mut lines = text.lines().map(str::trim);
    lines.find(|line| !line.is_empty()).unwrap_or_default()
}

impl Output for DraftList {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if self.in_full {
            return self.drafts.iter().try_for_each(|(draft, command)| {
                to.text(&untrusted::block(&draft.text))?;
                if !draft.text.ends_with('\n') {
                    to.text("\n")?;
                }
                match command {
                    Some(command) => to.note(&format!("go on with: {command}")),
                    None => to.note(&format!("the file is {}", draft.path)),
                }
            });
        }
        if self.drafts.is_empty() {
            return to.note("there are no drafts");
        }
        let (now, zone) = (to.options.now, to.options.zone);
        let row = |(draft, _): &(Draft, Option<String>)| {
            let verb = draft.verb.as_deref().unwrap_or("-");
            let tickets = draft.tickets.as_deref().unwrap_or("-");
            vec![
                Cell::plain(draft.number.to_string()),
                Cell::plain(tickets.to_owned()),
                Cell::untrusted(verb),
                Cell::untrusted(&draft.what),
                Cell::plain(humanize::time(draft.changed, now, zone)),
                Cell::untrusted(first_line(&draft.text)),
            ]
        };
        let rows: Vec<_> = self.drafts.iter().map(row).collect();
        let heads = ["N", "TICKET", "COMMAND", "WHAT", "CHANGED", "TEXT"];
        to.rows(TableLayout::new(heads).right([0]), &rows)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        match (self.in_full, self.published().next()) {
            (true, Some(draft)) => to.object(&draft),
            (true | false, _) => to.list(self.published()),
        }
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(self.published())
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let mut all = self.drafts.iter();
        all.try_for_each(|(draft, _)| to.text(&format!("{}\n", draft.number)))
    }
}

/// A draft that was deleted.
pub(crate) struct DroppedDraft(pub(crate) (Draft, Option<String>));

impl Output for DroppedDraft {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        match to.options.quiet {
            true => Ok(()),
            false => to.text(&format!("dropped draft {}\n", self.0.0.number)),
        }
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.object(&published::Draft::from(&self.0))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(std::iter::once(published::Draft::from(&self.0)))
    }
}
