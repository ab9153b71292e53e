//! What happened to a person rather than to a ticket: contacts that are one
//! person, and data that may only be stored. Events of the desk itself, as policy
//! versions are.

use super::person_query::PersonKey;
use crate::domain::Timestamp;
use crate::domain::event::TicketId;
use crate::domain::people::Actor;

/// A fact about a person, with its time and its actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PersonEvent {
    /// Its number among the events of its kind, from 1.
    pub(crate) n: u32,
    pub(crate) at: Timestamp,
    pub(crate) actor: Actor,
    pub(crate) fact: PersonFact,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PersonFact {
    /// Two contacts or names are those of one person.
    Joined {
        one: PersonKey,
        other: PersonKey,
        reason: Option<String>,
    },
    /// A join was taken back.
    Separated { join: u32, reason: Option<String> },
    /// The data of a person may be stored, and used for nothing else (Art. 18
    /// GDPR).
    ProcessingLimited { person: PersonKey, reason: String },
    /// That limit ended.
    LimitLifted { limit: u32, reason: String },
    /// Somebody looked at limited data all the same: at a ticket, or at all in an
    /// export.
    LimitedDataShown {
        ticket: Option<TicketId>,
        reason: String,
    },
}

/// The kinds of facts about people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PersonFactKind {
    Joined,
    Separated,
    ProcessingLimited,
    LimitLifted,
    LimitedDataShown,
}

impl PersonFactKind {
    pub(crate) const ALL: [Self; 5] = [
        Self::Joined,
        Self::Separated,
        Self::ProcessingLimited,
        Self::LimitLifted,
        Self::LimitedDataShown,
    ];

    /// The stored and published name, which never changes.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Joined => "person-joined",
            Self::Separated => "person-separated",
            Self::ProcessingLimited => "person-limited",
            Self::LimitLifted => "person-limit-lifted",
            Self::LimitedDataShown => "person-limited-shown",
        }
    }

    pub(crate) fn from_stored(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

impl PersonFact {
    pub(crate) const fn kind(&self) -> PersonFactKind {
        match self {
            Self::Joined { .. } => PersonFactKind::Joined,
            Self::Separated { .. } => PersonFactKind::Separated,
            Self::ProcessingLimited { .. } => PersonFactKind::ProcessingLimited,
            Self::LimitLifted { .. } => PersonFactKind::LimitLifted,
            Self::LimitedDataShown { .. } => PersonFactKind::LimitedDataShown,
        }
    }

    /// Returns the contacts and names that it is about.
    pub(crate) fn people(&self) -> Vec<&PersonKey> {
        match self {
            Self::Joined { one, other, .. } => vec![one, other],
            Self::ProcessingLimited { person, .. } => vec![person],
            Self::Separated { .. } | Self::LimitLifted { .. } | Self::LimitedDataShown { .. } => {
                Vec::new()
            }
        }
    }

    pub(crate) fn reason(&self) -> Option<&str> {
        match self {
            Self::Joined { reason, .. } | Self::Separated { reason, .. } => reason.as_deref(),
            Self::ProcessingLimited { reason, .. }
            | Self::LimitLifted { reason, .. }
            | Self::LimitedDataShown { reason, .. } => Some(reason),
        }
    }
}
