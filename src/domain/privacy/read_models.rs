//! What the use cases of personal data return for output.

use super::hold::Hold;
use super::person::Identity;
use super::pieces::Piece;
use super::retention::RetentionRule;
use crate::domain::event::TicketId;
use crate::domain::people::Requester;

/// A person, and every piece about them.
#[derive(Debug, Clone)]
pub(crate) struct FoundPerson {
    /// As they were looked for.
    pub(crate) typed: Requester,
    pub(crate) who: Identity,
    pub(crate) pieces: Vec<Piece>,
    /// The link of the chain up to which was looked.
    pub(crate) last_link: i64,
    /// A hold that keeps the person, or one of their tickets.
    pub(crate) hold: Option<Hold>,
    /// How many events of earlier versions have the name of the agent in the chain.
    pub(crate) named_acts: u64,
}

/// A person who was erased, or would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PersonErasure {
    pub(crate) tickets: Vec<TicketId>,
    /// How many texts were erased.
    pub(crate) erased: u64,
    /// How many texts about the person stay.
    pub(crate) kept: u64,
    /// On how many tickets something is owed no longer.
    pub(crate) cancelled: u64,
    /// How many events of earlier versions keep the name of the agent.
    pub(crate) named_acts: u64,
    /// Whether pages of the file still have what was erased.
    pub(crate) scrub_pending: bool,
    pub(crate) dry_run: bool,
    /// The texts that would be erased, if that was asked for.
    pub(crate) pieces: Option<Vec<Piece>>,
}

/// How many tickets, and of how many persons, a rule of retention reaches now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RetentionDue {
    pub(crate) rule: RetentionRule,
    pub(crate) tickets: u64,
    pub(crate) persons: u64,
    /// How many tickets a hold keeps.
    pub(crate) held: u64,
}
