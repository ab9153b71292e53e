//! The changes that a policy makes to the clocks of a ticket.

use serde::Serialize;

use super::clock::Clock;
use super::value::{ClockName, CsvValue};
use crate::domain::read_models;
use crate::output::columns::Ticket;
use crate::output::options::RenderOptions;

/// The changes that a policy makes, or would make, to a ticket's clocks.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct SlaChange<'a> {
    id: i64,
    title: &'a str,
    clocks: Vec<ClockChange<'a>>,
    /// The ticket after the change.
    ticket: Ticket<'a>,
}

/// A clock before and after the change.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ClockChange<'a> {
    clock: ClockName,
    before: Clock<'a>,
    after: Clock<'a>,
}

impl<'a> SlaChange<'a> {
    pub(crate) const CSV_HEADINGS: [&'static str; 9] = [
        "id",
        "clock",
        "target_before_s",
        "target_after_s",
        "due_before",
        "due_after",
        "shows_before",
        "shows_after",
        "title",
    ];

    pub(crate) fn new(change: &'a read_models::SlaChange, options: &'a RenderOptions<'_>) -> Self {
        let clocks = change.clocks().map(|(name, before, after)| ClockChange {
            clock: name.into(),
            before: Clock::new(before, options),
            after: Clock::new(Some(after), options),
        });
        Self {
            id: change.after.id.0,
            title: &change.after.title,
            clocks: clocks.collect(),
            ticket: Ticket::new(&change.after, options),
        }
    }

    /// The CSV rows, one per clock.
    pub(crate) fn rows(&self) -> Vec<Vec<String>> {
        let row = |change: &ClockChange<'_>| {
            let ClockChange {
                clock,
                before,
                after,
            } = change;
            let mut cells = Vec::with_capacity(9);
            self.id.csv(&mut cells);
            clock.csv(&mut cells);
            before.target_s.csv(&mut cells);
            after.target_s.csv(&mut cells);
            before.due.csv(&mut cells);
            after.due.csv(&mut cells);
            before.shows.csv(&mut cells);
            after.shows.csv(&mut cells);
            self.title.csv(&mut cells);
            cells
        };
        self.clocks.iter().map(row).collect()
    }
}
