//! The events that move clocks, and what is known of a ticket after them.

use super::target::SlaTarget;
use crate::domain::Timestamp;
use crate::domain::event::TicketId;
use crate::domain::external_record::LoggedContact;
use crate::domain::vocabulary::ClockName;

/// An event that moves a clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ClockEvent {
    /// The ticket was reported; `live` if an agent spoke to the requester.
    Reported {
        live: bool,
    },
    /// The ticket comes from the log of another system: what is known before
    /// is what that log says.
    Imported,
    ContactLogged(LoggedContact),
    TargetSet(ClockName, SlaTarget),
    /// A due time was promised by hand.
    Promised(ClockName, Timestamp),
    PromiseWithdrawn(ClockName),
    /// An agent made public contact.
    PublicContact,
    /// The requester wrote.
    RequesterMessage,
    /// The ticket is paused, until that time if there is one.
    Paused {
        until: Option<Timestamp>,
    },
    Resumed,
    Resolved {
        withdrawn: bool,
    },
    Reopened,
    Closed,
    Merged,
    /// A ticket was merged into this one whose requester has been owed an answer
    /// since then.
    OwedByMerge {
        from: TicketId,
        since: Timestamp,
    },
    MergeUndone {
        from: TicketId,
    },
    /// The requester was erased, and is owed nothing any longer.
    RequesterErased,
}

impl ClockEvent {
    /// The clock for which a due time is promised from now on, and that time; none
    /// if a promise is withdrawn.
    pub(super) const fn promise(&self) -> Option<(ClockName, Option<Timestamp>)> {
        match self {
            Self::Promised(clock, due) => Some((*clock, Some(*due))),
            Self::PromiseWithdrawn(clock) => Some((*clock, None)),
            Self::Reported { .. }
            | Self::Imported
            | Self::ContactLogged(_)
            | Self::TargetSet(..)
            | Self::PublicContact
            | Self::RequesterMessage
            | Self::Paused { .. }
            | Self::Resumed
            | Self::Resolved { .. }
            | Self::Reopened
            | Self::Closed
            | Self::Merged
            | Self::OwedByMerge { .. }
            | Self::MergeUndone { .. }
            | Self::RequesterErased => None,
        }
    }
}

/// What every clock may look at.
#[derive(Default)]
pub(super) struct TicketState {
    pub(super) reported: Option<Timestamp>,
    /// The first public contact by an agent that is an event of its own.
    first_contact: Option<Timestamp>,
    pub(super) last_contact: Option<Timestamp>,
    /// What is known of the first response to an imported ticket.
    evidence: ResponseEvidence,
    /// Whether the ticket is paused, resolved or merged.
    pub(super) interrupted: bool,
    /// When the pause ends by itself, if it does.
    pub(super) interrupted_until: Option<Timestamp>,
}

/// What is known of the first response before the import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum ResponseEvidence {
    /// The ticket was not imported.
    #[default]
    OwnHistory,
    /// The log does not say whether and when there was one.
    Unknown,
    /// The log says that there was none.
    NoneYet,
    Given(Timestamp),
}

impl TicketState {
    /// Whether the history says when the first response was given, or that
    /// there was none yet.
    pub(super) const fn knows_response(&self) -> bool {
        !matches!(self.evidence, ResponseEvidence::Unknown)
    }

    /// The first response. What the desk does after the import of a log that
    /// does not know the first one cannot be it.
    pub(super) fn first_response(&self) -> Option<Timestamp> {
        match self.evidence {
            ResponseEvidence::OwnHistory | ResponseEvidence::NoneYet => self.first_contact,
            ResponseEvidence::Unknown => None,
            ResponseEvidence::Given(at) => {
                Some(self.first_contact.map_or(at, |contact| contact.min(at)))
            }
        }
    }

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
            ClockEvent::Paused { until } => {
                self.interrupted = true;
                self.interrupted_until = *until;
            }
            ClockEvent::Resolved { .. } | ClockEvent::Merged => {
                self.interrupted = true;
                self.interrupted_until = None;
            }
            ClockEvent::Resumed | ClockEvent::Reopened => {
                self.interrupted = false;
                self.interrupted_until = None;
            }
            ClockEvent::Imported => {
                if self.evidence == ResponseEvidence::OwnHistory {
                    // Nobody at this desk spoke to the requester.
                    self.first_contact = None;
                    self.last_contact = None;
                    self.evidence = ResponseEvidence::Unknown;
                }
            }
            ClockEvent::ContactLogged(contact) => {
                self.evidence = match (contact, self.evidence) {
                    (LoggedContact::LastMessage(_), known)
                    | (LoggedContact::NoResponseYet, known @ ResponseEvidence::Given(_)) => known,
                    (LoggedContact::NoResponseYet, _) => ResponseEvidence::NoneYet,
                    (LoggedContact::FirstResponse(at), ResponseEvidence::Given(known)) => {
                        ResponseEvidence::Given(known.min(*at))
                    }
                    (LoggedContact::FirstResponse(at), _) => ResponseEvidence::Given(*at),
                };
                self.last_contact = self.last_contact.max(contact.at());
            }
            ClockEvent::TargetSet(..)
            | ClockEvent::Promised(..)
            | ClockEvent::PromiseWithdrawn(_)
            | ClockEvent::RequesterMessage
            | ClockEvent::Closed
            | ClockEvent::OwedByMerge { .. }
            | ClockEvent::MergeUndone { .. }
            | ClockEvent::RequesterErased => {}
        }
    }
}
