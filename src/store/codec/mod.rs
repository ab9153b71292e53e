//! The stored form of events and clocks. Bodies are canonical JSON without
//! personal data; what people wrote lies beside them. Old forms are read for
//! ever; whether a text is the one committed to is the verification's work.

mod body;
mod canonical;
mod clocks;
mod edition;
mod fact;
pub(crate) mod portable;

use std::collections::BTreeMap;

pub(super) use clocks::{read_clocks, write_clocks};
pub(super) use edition::{read_edition, write_edition};
pub(super) use fact::draft;

use super::StoreError;
use super::driver;
use crate::domain::event::{Event, TicketId};
use crate::domain::people::{Actor, Tier};
use body::Body;

/// An event as it lies in the store, with the texts that are still there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Stored {
    pub(super) ticket: i64,
    pub(super) n: i64,
    pub(super) at_ms: i64,
    pub(super) recorded_ms: i64,
    pub(super) actor: String,
    pub(super) kind: String,
    pub(super) body: String,
    pub(super) texts: BTreeMap<String, String>,
}

impl Stored {
    /// Reads the event.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when a part is missing or no known word.
    pub(super) fn event(self) -> Result<Event, StoreError> {
        let body = Body::read(&self.body, self.texts)?;
        Ok(Event {
            ticket: TicketId(self.ticket),
            n: u32::try_from(self.n)
                .map_err(|_| driver::damaged(format!("{} is no place in a history", self.n)))?,
            at: driver::moment(self.at_ms)?,
            recorded: driver::moment(self.recorded_ms)?,
            actor: Actor::from_stored(&self.actor),
            fact: fact::read(&self.kind, &body)?,
        })
    }
}

/// The tier that the opening of a ticket names, from its body alone.
///
/// # Errors
/// [`StoreError::Damaged`] for what is no body of an opening.
pub(super) fn opening_tier(body: &str) -> Result<Tier, StoreError> {
    let body = Body::read(body, BTreeMap::new())?;
    body.name("tier").map(Tier::from_stored)
}

/// The tier that an escalation leads to, and whether that is up, from its body
/// alone.
///
/// # Errors
/// [`StoreError::Damaged`] for what is no body of an escalation.
pub(super) fn escalation(body: &str) -> Result<(Tier, bool), StoreError> {
    let body = Body::read(body, BTreeMap::new())?;
    Ok((Tier::from_stored(body.name("to")?), body.truth("up")?))
}

/// What a body promises of its texts: commitments by path.
///
/// # Errors
/// [`StoreError::Damaged`] for what is no body.
pub(super) fn commitments(body: &str) -> Result<BTreeMap<String, String>, StoreError> {
    Body::read(body, BTreeMap::new()).map(|body| body.commitments())
}

#[cfg(test)]
mod tests;
