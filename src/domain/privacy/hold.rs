//! Holds: what must not be erased, because somebody may need it as evidence.

use crate::domain::Timestamp;
use crate::domain::event::TicketId;
use crate::domain::people::{Actor, Requester};

/// What a hold keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Held {
    Ticket(TicketId),
    Person(Requester),
}

/// A hold that was placed, and perhaps lifted since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hold {
    /// Holds are numbered from 1.
    pub(crate) number: u32,
    pub(crate) held: Held,
    pub(crate) reason: String,
    pub(crate) by: Actor,
    pub(crate) since: Timestamp,
    pub(crate) lifted: Option<LiftedHold>,
}

/// How a hold ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LiftedHold {
    pub(crate) reason: String,
    pub(crate) by: Actor,
    pub(crate) at: Timestamp,
}
