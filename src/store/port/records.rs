//! What goes through the port besides the types of the domain.

use std::path::PathBuf;

use crate::domain::Timestamp;
use crate::domain::alarms::Alarms;
use crate::domain::event::{Event, TicketId};
use crate::domain::health::HealthCheck;
use crate::domain::policy::versions::PolicyVersion;
use crate::domain::privacy::person_event::PersonEvent;

/// Names in use that can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameKind {
    /// Categories of tickets.
    Categories,
    /// Assignees of tickets, closed tickets included.
    Agents,
}

/// Names in use that a new one is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UsedNames {
    /// Agents who act, or who are assigned tickets.
    Agents,
    /// Categories of the newest tickets.
    Categories,
    /// Contacts of the requesters of the newest tickets.
    Contacts,
}

/// One line of an exported store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ExportRecord {
    /// The first line: the id of the exported store.
    Head {
        store: String,
        /// See [`Transaction::export_keys`].
        keys: Vec<String>,
    },
    Policy(PolicyVersion),
    /// What happened to a person.
    Person(PersonEvent),
    Ticket {
        /// All events of one ticket, in order.
        history: Vec<Event>,
        /// The alarms that were counted under its key.
        alarms: Option<Alarms>,
    },
    /// A chunk of the content of an attached file, behind the first ticket that
    /// has it.
    Content {
        digest: String,
        n: u32,
        bytes: Vec<u8>,
    },
}

/// Some histories in the order of ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HistoryPage {
    pub(crate) histories: Vec<Vec<Event>>,
    /// The first ticket of the next page; `None` after the last one.
    pub(crate) next: Option<TicketId>,
}

/// The result of a check of the whole store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Verification {
    pub(crate) events: u64,
    pub(crate) tickets: u64,
    /// The head of the chain as `seq:hash`, to be recorded elsewhere.
    pub(crate) head: String,
    /// What is wrong, as sentences; empty if the store is sound.
    pub(crate) faults: Vec<String>,
    /// What is unusual but not wrong.
    pub(crate) notes: Vec<String>,
}

/// What is wrong with a store although it can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoreWarning {
    pub(crate) message: String,
    pub(crate) hint: &'static str,
}

/// What an inspection of a store found.
#[derive(Debug, Clone, Default)]
pub(crate) struct StoreHealth {
    pub(crate) checks: Vec<HealthCheck>,
    /// When the newest event was recorded, if it can be read.
    pub(crate) last_event: Option<Timestamp>,
    /// Files that killed commands left.
    pub(crate) leftovers: Vec<PathBuf>,
}

/// A group of users of this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) gid: u32,
}
