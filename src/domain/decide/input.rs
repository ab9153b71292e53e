//! What commands hold besides the ticket, as it was typed.

use chrono::TimeDelta;

use super::Command;
use crate::domain::event::{Correction, Note};

impl Command {
    /// Adds the time that was spent with it, if there is any.
    pub(crate) fn with_time(self, time: Option<TimeDelta>) -> Self {
        match time {
            Some(time) => Self::Timed {
                command: Box::new(self),
                time,
            },
            None => self,
        }
    }

    /// Returns the command without the time that was spent with it.
    pub(crate) fn untimed(&self) -> &Self {
        if let Self::Timed { command, .. } = self {
            command.untimed()
        } else {
            self
        }
    }

    /// Logs an internal note, and corrects nothing.
    pub(crate) fn note(text: String) -> Self {
        Self::Log {
            note: Note {
                text: Some(text),
                ..Note::default()
            },
            correction: Correction::default(),
        }
    }
}

/// The three ratings as typed; one that is absent stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Ratings {
    pub(crate) users: Option<String>,
    pub(crate) business: Option<String>,
    pub(crate) urgency: Option<String>,
}

/// What to keep of a ticket as a known error.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct KnownErrorInput {
    /// The resolution if absent.
    pub(crate) workaround: Option<String>,
    /// The confirmed hypothesis if absent.
    pub(crate) cause: Option<String>,
}

/// What can be done together with resolving or closing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ClosingOptions {
    /// Who confirmed that the service is restored.
    pub(crate) restored_by: Option<String>,
    /// A public message to send to the requester.
    pub(crate) message: Option<String>,
    /// Why gates are passed by force.
    pub(crate) force: Option<String>,
}
