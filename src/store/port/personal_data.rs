//! The part of the port for personal data: finding and erasing it, holds and
//! retention.

use std::ops::ControlFlow;

use super::super::StoreError;
use crate::domain::Timestamp;
use crate::domain::event::TicketId;
use crate::domain::people::{Actor, Requester};
use crate::domain::privacy::hold::{Held, Hold};
use crate::domain::privacy::person::DeskText;
use crate::domain::privacy::retention::RetentionRule;
use crate::domain::summary::Summary;
use crate::domain::vocabulary::ErasureCause;

/// Where a search goes on: after a ticket of a range of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct RetentionCursor {
    pub(in crate::store) erased: i64,
    pub(in crate::store) closed_ms: i64,
    pub(in crate::store) id: i64,
}

impl RetentionCursor {
    /// Before the first ticket.
    pub(crate) const fn start() -> Self {
        Self {
            erased: 0,
            closed_ms: i64::MIN,
            id: 0,
        }
    }
}

/// Reads and writes of personal data within a transaction.
pub(crate) trait PersonalData {
    /// Calls `take` with the name and the contact of each person whom an event of
    /// a ticket names.
    fn each_person(
        &self,
        take: &mut dyn FnMut(Requester) -> ControlFlow<()>,
    ) -> Result<(), StoreError>;

    /// The tickets that have texts of repeated alarms.
    fn alarm_tickets(&self) -> Result<Vec<TicketId>, StoreError>;

    /// The texts of events of the desk itself that may name a person.
    fn desk_texts(&self) -> Result<Vec<DeskText>, StoreError>;

    /// Erases texts of the desk itself, by sequence number and path, and appends
    /// an event that lists them.
    fn erase_desk_texts(
        &mut self,
        texts: &[(i64, String)],
        why: (ErasureCause, &str),
        actor: &Actor,
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// Replaces the row of a ticket whose events did not change, as after the
    /// erasure of an agent.
    fn replace_row(&mut self, row: &Summary) -> Result<(), StoreError>;

    /// How many events of earlier versions have this agent's name in the chain,
    /// from which it cannot be erased.
    fn named_acts(&self, agent: &str) -> Result<u64, StoreError>;

    /// Every hold, in the order in which they were placed.
    fn holds(&self) -> Result<Vec<Hold>, StoreError>;

    /// Places a hold and returns its number.
    fn place_hold(
        &mut self,
        held: &Held,
        reason: &str,
        actor: &Actor,
        now: Timestamp,
    ) -> Result<u32, StoreError>;

    /// Lifts a hold.
    fn lift_hold(
        &mut self,
        number: u32,
        reason: &str,
        actor: &Actor,
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// At most `limit` closed tickets that a rule of retention reaches, were
    /// closed by then, and come after the cursor; and where to go on.
    fn due_for_retention(
        &self,
        rule: &RetentionRule,
        closed_by: Timestamp,
        from: RetentionCursor,
        limit: u32,
    ) -> Result<(Vec<TicketId>, RetentionCursor), StoreError>;

    /// Whether the file may still have pages with erased texts.
    fn needs_scrub(&self) -> Result<bool, StoreError>;
}
