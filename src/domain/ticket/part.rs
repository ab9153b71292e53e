//! What a ticket is made of: its status and what belongs to it, hypotheses,
//! calls and messages.

use crate::domain::Moment;
use crate::domain::event::TicketId;
use crate::domain::people::Actor;
use crate::domain::word::{Awaited, Channel, Code, Medium, State};

/// Where a ticket is in the process, with the data of that place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Status {
    New,
    Active,
    Paused {
        awaited: Awaited,
        until: Option<Moment>,
        note: Option<String>,
    },
    Resolved(Resolution),
    Closed(Closure),
}

/// What fixed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Resolution {
    pub(crate) text: String,
    pub(crate) code: Code,
    pub(crate) by: Actor,
    pub(crate) at: Moment,
    /// Who confirmed that the service is restored, and when.
    pub(crate) restored: Option<(String, Moment)>,
}

/// How a ticket was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Closure {
    Done {
        /// Absent only in foreign histories.
        resolution: Option<Resolution>,
        satisfaction: Option<u8>,
        comment: Option<String>,
    },
    Merged {
        into: TicketId,
    },
}

impl Status {
    pub(crate) const fn state(&self) -> State {
        match self {
            Self::New => State::New,
            Self::Active => State::Active,
            Self::Paused { .. } => State::Paused,
            Self::Resolved(_) => State::Resolved,
            Self::Closed(_) => State::Closed,
        }
    }
}

/// Where a hypothesis stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    Open,
    Confirmed { evidence: String },
    Refuted { evidence: String },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hypothesis {
    pub(crate) number: u32,
    pub(crate) text: String,
    pub(crate) by: Actor,
    pub(crate) verdict: Verdict,
}

/// Where a call stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CallState {
    Arranged,
    Held { note: Option<String> },
    Cancelled { reason: Option<String> },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) number: u32,
    pub(crate) medium: Medium,
    pub(crate) when: Moment,
    pub(crate) note: Option<String>,
    pub(crate) state: CallState,
}

/// A public message, in either direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) at: Moment,
    /// Whether the requester wrote it.
    pub(crate) inbound: bool,
    pub(crate) text: String,
    pub(crate) via: Channel,
}
