//! What lies ahead on open tickets.

use serde::Serialize;

use super::value::{At, ClockName, CsvRecord, CsvValue};
use crate::domain::calendar_feed::{self, FeedKind};

/// An entry of a calendar.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct FeedEntry<'a> {
    /// The same as long as the ticket has such an entry.
    uid: String,
    ticket: i64,
    /// `due`, `call` or `wait`.
    kind: &'static str,
    /// The clock that is due.
    clock: Option<ClockName>,
    /// The number of the call.
    call: Option<u32>,
    start_at: At,
    end_at: At,
    summary: &'a str,
    note: Option<&'a str>,
}

csv_columns!(FeedEntry<'_>: uid, ticket, kind, clock, call, start_at, end_at, summary, note);

impl<'a> FeedEntry<'a> {
    pub(crate) fn new(entry: &'a calendar_feed::FeedEntry, store: &str) -> Self {
        let (kind, clock, call) = match entry.kind {
            FeedKind::Due(clock) => ("due", Some(clock.into()), None),
            FeedKind::Call(number) => ("call", None, Some(number)),
            FeedKind::Wait => ("wait", None, None),
        };
        Self {
            uid: entry.uid(store),
            ticket: entry.ticket.0,
            kind,
            clock,
            call,
            start_at: At(entry.start),
            end_at: At(entry.start + entry.length),
            summary: &entry.summary,
            note: entry.note.as_deref(),
        }
    }
}
