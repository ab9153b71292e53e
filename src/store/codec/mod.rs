//! Events, clocks and policy versions as stored texts. Bodies are canonical
//! JSON; free and personal texts are stored beside them. Every form that a
//! released version wrote can be read. Does not check commitments.

mod body;
mod canonical;
mod clocks;
mod fact;
mod policy;
pub(crate) mod portable;

use std::collections::BTreeMap;

pub(super) use body::{timestamp, word};
pub(super) use clocks::{read_clocks, write_clocks};
pub(super) use fact::draft;
pub(super) use policy::{read_policy, write_policy};

use super::StoreError;
use crate::domain::event::{Event, TicketId};
use crate::domain::people::{Actor, Tier};
use body::Body;

/// An event as it is stored, with its texts that have not been erased.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct StoredEvent {
    pub(super) ticket: i64,
    pub(super) n: i64,
    pub(super) at_ms: i64,
    pub(super) recorded_ms: i64,
    pub(super) actor: String,
    pub(super) kind: String,
    pub(super) body: String,
    pub(super) texts: BTreeMap<String, String>,
}

impl StoredEvent {
    /// Reads the event.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if an entry is missing or a word is unknown.
    pub(super) fn event(self) -> Result<Event, StoreError> {
        let body = Body::read(&self.body, self.texts)?;
        Ok(Event {
            ticket: TicketId(self.ticket),
            n: u32::try_from(self.n).map_err(|_| {
                StoreError::damaged(format!("{} is not a position in a history", self.n))
            })?,
            at: timestamp(self.at_ms)?,
            recorded: timestamp(self.recorded_ms)?,
            actor: Actor::from_stored(&self.actor),
            fact: fact::read(&self.kind, &body)?,
        })
    }
}

/// The first tier of a ticket, from the body of its opening event.
///
/// # Errors
/// [`StoreError::Damaged`] for any other body.
pub(super) fn opening_tier(body: &str) -> Result<Tier, StoreError> {
    let body = Body::read(body, BTreeMap::new())?;
    body.name("tier").map(Tier::from_stored)
}

/// The new tier, and whether it is a higher one, from the body of an
/// escalation.
///
/// # Errors
/// [`StoreError::Damaged`] for any other body.
pub(super) fn escalation(body: &str) -> Result<(Tier, bool), StoreError> {
    let body = Body::read(body, BTreeMap::new())?;
    Ok((Tier::from_stored(body.name("to")?), body.bool("up")?))
}

/// The commitments of a body to its texts, by path.
///
/// # Errors
/// [`StoreError::Damaged`] for an invalid body.
pub(super) fn commitments(body: &str) -> Result<BTreeMap<String, String>, StoreError> {
    Body::read(body, BTreeMap::new()).map(|body| body.commitments())
}

#[cfg(test)]
mod tests;
