//! The checklist of a ticket, and how much of it is done.

use serde::Serialize;

use super::value::{CsvRecord, CsvValue};
use crate::domain::checklist::{self, ChecklistProgress};
use crate::domain::ticket;

/// How much of a checklist is done.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(inline))]
pub(crate) struct Progress {
    /// The number of items that are done.
    done: u32,
    /// The number of all items.
    total: u32,
}

impl Progress {
    /// The progress of a checklist that has items.
    pub(crate) fn of(ChecklistProgress { done, total }: ChecklistProgress) -> Option<Self> {
        (total > 0).then_some(Self { done, total })
    }
}

/// `3/5`.
impl CsvValue for Progress {
    fn csv(&self, to: &mut Vec<String>) {
        to.push(format!("{}/{}", self.done, self.total));
    }
}

published! {
    /// An item of a checklist.
    ChecklistItem<'a> from item: checklist::ChecklistItem => {
        /// Its number within the ticket, which it keeps.
        number: u32 = item.number,
        text: &'a str = &item.text,
        done: bool = item.done,
    }
}

csv_columns!(ChecklistItem<'_>: number, text, done);

impl<'a> ChecklistItem<'a> {
    pub(crate) fn all(ticket: &'a ticket::Ticket) -> Vec<Self> {
        ticket.checklist.items.iter().map(Into::into).collect()
    }
}
