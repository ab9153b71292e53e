//! Erasing texts of a ticket within a transaction, and scrubbing the store
//! afterwards.

use super::Desk;
use super::ticket_commands::replay;
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact};
use crate::domain::people::Actor;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::privacy::erasure::Erasure;
use crate::domain::read_models::TicketUpdate;
use crate::domain::summary::Summary;
use crate::error::Error;
use crate::store::{Scrub, Transaction, redact};

/// Returns the update of a ticket by an erasure, without recording it.
pub(super) fn preview(
    mut history: Vec<Event>,
    erasure: Erasure,
    actor: Actor,
    now: Timestamp,
    policies: &PolicyHistory,
) -> Result<TicketUpdate, Error> {
    let before = Summary::new(&replay(history.clone())?, policies);
    redact::erase_in_history(&mut history, &erasure)?;
    let event = Event {
        ticket: before.id,
        n: before.n + 1,
        at: now,
        recorded: now,
        actor,
        fact: Fact::Erased(erasure),
    };
    history.push(event.clone());
    let after = Summary::new(&replay(history)?, policies);
    Ok(TicketUpdate::new(Some(before), after, vec![event]))
}

/// Erases texts of a ticket, and records it.
pub(super) fn erase(
    txn: &mut dyn Transaction,
    history: Vec<Event>,
    erasure: Erasure,
    actor: Actor,
    now: Timestamp,
    policies: &PolicyHistory,
) -> Result<TicketUpdate, Error> {
    let update = preview(history, erasure, actor, now, policies)?;
    txn.save(update.after.n - 1, &update.events, &update.after)?;
    Ok(update)
}

impl Desk<'_> {
    /// Scrubs the store after an erasure that was committed.
    pub(super) fn scrub(&self) -> Result<Scrub, Error> {
        match self.writer()?.file_store() {
            Some(files) => Ok(files.scrub()?),
            None => Ok(Scrub::Done),
        }
    }

    /// Scrubs the store if an erasure was interrupted, or a reader was in its way.
    pub(super) fn finish_scrub(&self) -> Result<(), Error> {
        let is_pending = match self.read()? {
            Some(txn) => txn.needs_scrub()?,
            None => false,
        };
        if is_pending {
            self.scrub()?;
        }
        Ok(())
    }
}
