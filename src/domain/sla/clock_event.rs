//! The events that move clocks, and what is known of a ticket after them.

use super::target::SlaTarget;
use crate::domain::Timestamp;
use crate::domain::vocabulary::ClockName;

/// An event that moves a clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ClockEvent {
    /// The ticket was reported; `live` if an agent spoke to the requester.
    Reported {
        live: bool,
    },
    TargetSet(ClockName, SlaTarget),
    /// An agent made public contact.
    PublicContact,
    /// The requester wrote.
    RequesterMessage,
    Paused,
    Resumed,
    Resolved {
        withdrawn: bool,
    },
    Reopened,
    Closed,
    Merged,
}

/// What every clock may look at.
#[derive(Default)]
pub(super) struct TicketState {
    pub(super) reported: Option<Timestamp>,
    /// The first public contact by an agent.
    pub(super) first_contact: Option<Timestamp>,
    pub(super) last_contact: Option<Timestamp>,
    /// Whether the ticket is paused or resolved.
    pub(super) interrupted: bool,
}

impl TicketState {
    pub(super) fn apply(&mut self, at: Timestamp, event: &ClockEvent) {
        match event {
            ClockEvent::Reported { live } => {
                self.reported = Some(at);
                if *live {
                    self.last_contact = Some(at);
                    self.first_contact = Some(at);
                }
            }
            ClockEvent::PublicContact => {
                self.last_contact = Some(at);
                self.first_contact.get_or_insert(at);
            }
            ClockEvent::Paused | ClockEvent::Resolved { .. } => self.interrupted = true,
            ClockEvent::Resumed | ClockEvent::Reopened => self.interrupted = false,
            ClockEvent::TargetSet(..)
            | ClockEvent::RequesterMessage
            | ClockEvent::Closed
            | ClockEvent::Merged => {}
        }
    }
}
