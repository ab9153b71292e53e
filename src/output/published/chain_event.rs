//! Events of all tickets in the order of the chain.

use serde::Serialize;

use super::event::Event;
use super::value::{At, CsvRecord, CsvValue};
use crate::domain::event;

/// An event of a ticket, as a line of `desk events`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ChainEvent<'a> {
    /// Its number: events are recorded in this order. For --since.
    seq: i64,
    ticket: i64,
    #[serde(flatten)]
    event: Event<'a>,
}

impl<'a> ChainEvent<'a> {
    pub(crate) fn new(seq: i64, event: &'a event::Event) -> Self {
        Self {
            seq,
            ticket: event.ticket.0,
            event: event.into(),
        }
    }
}

/// The same without details.
pub(crate) struct ChainEventRecord<'a> {
    seq: i64,
    ticket: i64,
    n: u32,
    at: At,
    recorded_at: At,
    actor: &'a str,
    kind: &'a str,
}

csv_columns!(ChainEventRecord<'_>: seq, ticket, n, at, recorded_at, actor, kind);

impl<'a> ChainEventRecord<'a> {
    pub(crate) fn new(seq: i64, event: &'a event::Event) -> Self {
        Self {
            seq,
            ticket: event.ticket.0,
            n: event.n,
            at: At(event.at),
            recorded_at: At(event.recorded),
            actor: event.actor.as_str(),
            kind: event.fact.kind(),
        }
    }
}
