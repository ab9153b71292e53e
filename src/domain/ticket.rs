//! A ticket: the current state that follows from its history.

mod apply;
mod calls;
mod carried;
mod history;
pub(crate) mod merged;
mod opening;
mod rating_change;
mod replay;
mod undo;

pub(crate) use calls::{AnsweredCall, Call, CallState};
pub(crate) use history::{TimelineEntry, TimelineMark, timeline, until as history_until};
pub(crate) use rating_change::RatingChange;
use replay::Record;
pub(crate) use replay::{LaterEvent, TicketAt};

use std::collections::BTreeSet;

use super::Timestamp;
use super::breach::Breach;
use super::category::Category;
use super::checklist::Checklist;
use super::custom_field::FieldValue;
use super::event::{Answer, Attachment, QuestionnaireResult, TicketId};
use super::external_record::{LoggedContact, Origin};
use super::people::{Actor, Agent, Participant, Requester, Tier};
use super::policy::TicketFacts;
use super::policy::versions::PolicyHistory;
use super::priority::Rating;
use super::sla::clock::Clocks;
use super::sla::clock_events::ClockEvents;
use super::sla::level::Level;
use super::tag::Tag;
use super::vocabulary::{
    Channel, ClockName, ClosureCode, Kind, Occurrence, PauseReason, Relation, RetentionScope, State,
};
use merged::{MergedTicket, MovedAway};

/// The status of a ticket, with its data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Status {
    New,
    Active,
    Paused {
        reason: PauseReason,
        until: Option<Timestamp>,
        note: Option<String>,
    },
    Resolved(Resolution),
    Closed(Closure),
}

/// How a ticket was resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Resolution {
    pub(crate) text: String,
    pub(crate) code: ClosureCode,
    pub(crate) by: Actor,
    pub(crate) at: Timestamp,
    /// Who confirmed that the service is restored, and when.
    pub(crate) restored: Option<(String, Timestamp)>,
}

/// How a ticket was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Closure {
    Completed {
        /// Absent only in imported histories.
        resolution: Option<Resolution>,
        satisfaction: Option<u8>,
        comment: Option<String>,
    },
    Merged {
        into: TicketId,
    },
    /// The import that opened it was undone: it counts nowhere.
    Undone,
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

/// The verdict on a hypothesis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    Open,
    Confirmed { evidence: String },
    Refuted { evidence: String },
}

impl Verdict {
    pub(crate) const fn as_str(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Confirmed { .. } => "confirmed",
            Self::Refuted { .. } => "refuted",
        }
    }

    pub(crate) fn evidence(&self) -> Option<&str> {
        match self {
            Self::Open => None,
            Self::Confirmed { evidence } | Self::Refuted { evidence } => Some(evidence),
        }
    }
}

/// A suspected cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hypothesis {
    pub(crate) number: u32,
    pub(crate) text: String,
    pub(crate) by: Actor,
    pub(crate) verdict: Verdict,
}

/// A public message, in either direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) at: Timestamp,
    /// Whether the requester or a participant wrote it.
    pub(crate) inbound: bool,
    /// The participant who wrote it.
    pub(crate) sender: Option<Requester>,
    pub(crate) text: String,
    pub(crate) via: Channel,
}

impl Message {
    fn sent(at: Timestamp, text: &str, via: Channel) -> Self {
        Self {
            at,
            inbound: false,
            sender: None,
            text: text.to_owned(),
            via,
        }
    }

    fn received(at: Timestamp, text: &str, via: Channel, sender: Option<Requester>) -> Self {
        Self {
            inbound: true,
            sender,
            ..Self::sent(at, text, via)
        }
    }
}

/// The workaround and cause of a ticket that is marked as a known error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KnownError {
    pub(crate) workaround: String,
    pub(crate) cause: Option<String>,
    /// Who marked it, and when.
    pub(crate) by: Actor,
    pub(crate) since: Timestamp,
}

/// A warning that a clock has reached a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Warning {
    pub(crate) clock: ClockName,
    pub(crate) level: Level,
    pub(crate) at: Timestamp,
}

/// A ticket. It is built by [`Ticket::replay`] and [`Ticket::apply`] only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ticket {
    record: Record,
    pub(crate) id: TicketId,
    /// The number of its events.
    pub(crate) n: u32,
    pub(crate) opened: Timestamp,
    pub(crate) opened_by: Actor,
    /// When the last of its events happened.
    pub(crate) updated: Timestamp,
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) requester: Requester,
    pub(crate) channel: Channel,
    pub(crate) key: Option<String>,
    pub(crate) kind: Option<Kind>,
    pub(crate) onset: Occurrence,
    pub(crate) category: Option<Category>,
    pub(crate) rating: Option<Rating>,
    pub(crate) tier: Tier,
    pub(crate) assignee: Option<Agent>,
    /// The only agents who see it; empty if it is not restricted.
    pub(crate) restricted_to: Vec<Agent>,
    /// Since when it has waited at its tier for somebody to take it, if nobody
    /// has: from the opening, the loss of its assignee, a handover, the end of a
    /// pause, or a reopening.
    pub(crate) unassigned_since: Timestamp,
    /// The earlier times in which it has waited so, from and to, since somebody
    /// last had it or its tier changed.
    pub(crate) earlier_waits: Vec<(Timestamp, Timestamp)>,
    pub(crate) status: Status,
    /// When and by whom the status was set.
    pub(crate) since: Timestamp,
    pub(crate) since_by: Actor,
    /// When the problem began.
    pub(crate) began: Option<Timestamp>,
    pub(crate) symptoms: Vec<String>,
    pub(crate) affected: Vec<String>,
    pub(crate) extent: Option<String>,
    pub(crate) answers: Vec<Answer>,
    /// The outcome of the last answers to questions of the policy.
    pub(crate) questionnaire: Option<QuestionnaireResult>,
    pub(crate) hypotheses: Vec<Hypothesis>,
    pub(crate) calls: Vec<Call>,
    pub(crate) messages: Vec<Message>,
    /// When the requester wrote the oldest message that no public contact has
    /// answered since.
    pub(crate) unanswered_since: Option<Timestamp>,
    /// The same of a message that was unanswered when the ticket was withdrawn. It
    /// is owed an answer again if the ticket is reopened.
    pub(crate) withdrawn_message: Option<Timestamp>,
    /// Present while it is marked as a known error, in any status.
    pub(crate) known_error: Option<KnownError>,
    pub(crate) links: Vec<(Relation, TicketId)>,
    /// The tickets that were merged into this one.
    pub(crate) merged_tickets: Vec<MergedTicket>,
    /// What went to the surviving ticket, while this one is merged.
    pub(crate) moved_away: MovedAway,
    /// Who takes part in the conversation besides the requesters.
    pub(crate) participants: Vec<Participant>,
    /// The files that are kept with it, in the order in which they came.
    pub(crate) attachments: Vec<Attachment>,
    /// Sorted.
    pub(crate) tags: Vec<Tag>,
    /// The values of fields that the policy defines or has defined, by name.
    pub(crate) fields: Vec<FieldValue>,
    pub(crate) checklist: Checklist,
    pub(crate) escalations: u32,
    pub(crate) reopenings: u32,
    pub(crate) clock_events: ClockEvents,
    /// The last warning for each clock and level.
    pub(crate) warnings: Vec<Warning>,
    /// What imported logs said about contacts with the requester.
    pub(crate) logged_contacts: Vec<LoggedContact>,
    /// Where it was imported from.
    pub(crate) origin: Option<Origin>,
    /// Fields of the other system without a counterpart here, by label.
    pub(crate) extra_fields: Vec<(String, String)>,
    /// When it was first imported.
    pub(crate) imported: Option<Timestamp>,
    /// What rules of retention have erased since it was last reopened.
    pub(crate) erased_scopes: BTreeSet<RetentionScope>,
    /// Present if it is about a breach of personal data.
    pub(crate) breach: Option<Box<Breach>>,
}

impl Ticket {
    /// Returns the resolution of a resolved ticket, or of one closed after it.
    pub(crate) fn resolution(&self) -> Option<&Resolution> {
        match &self.status {
            Status::Resolved(resolution)
            | Status::Closed(Closure::Completed {
                resolution: Some(resolution),
                ..
            }) => Some(resolution),
            Status::New | Status::Active | Status::Paused { .. } | Status::Closed(_) => None,
        }
    }

    /// Returns the reason of a paused ticket.
    pub(crate) const fn pause_reason(&self) -> Option<PauseReason> {
        match self.status {
            Status::Paused { reason, .. } => Some(reason),
            Status::New | Status::Active | Status::Resolved(_) | Status::Closed(_) => None,
        }
    }

    /// Returns the ticket that this one was merged into.
    pub(crate) fn merged_into(&self) -> Option<TicketId> {
        match self.status {
            Status::Closed(Closure::Merged { into }) => Some(into),
            Status::New
            | Status::Active
            | Status::Paused { .. }
            | Status::Resolved(_)
            | Status::Closed(Closure::Completed { .. } | Closure::Undone) => None,
        }
    }

    /// Returns whether the requester got a message at or after the resolution, and
    /// nobody is owed an answer.
    pub(crate) fn is_requester_informed(&self) -> bool {
        let informed = self.resolution().is_some_and(|resolution| {
            self.messages
                .iter()
                .any(|m| !m.inbound && m.at >= resolution.at)
        });
        informed && self.owed_since().is_none()
    }

    pub(crate) fn has_confirmed_cause(&self) -> bool {
        self.confirmed_hypothesis().is_some()
    }

    /// Returns the confirmed hypothesis, the last proposed one of several.
    pub(crate) fn confirmed_hypothesis(&self) -> Option<&Hypothesis> {
        let confirmed = |h: &&Hypothesis| matches!(h.verdict, Verdict::Confirmed { .. });
        self.hypotheses.iter().rfind(confirmed)
    }

    /// Returns the facts that its SLA targets depend on.
    pub(crate) fn facts(&self) -> TicketFacts<'_> {
        TicketFacts {
            priority: self.rating.as_ref().map(|rating| rating.priority),
            kind: self.kind,
            category: self.category.as_ref(),
        }
    }

    pub(crate) fn clocks(&self, policy: &PolicyHistory) -> Clocks {
        let mut clocks = self.clock_events.clocks(policy);
        if let Some(breach) = &self.breach {
            clocks.notifications = breach.clocks();
        }
        clocks
    }

    /// Returns whether it is about a breach of personal data that is not closed.
    pub(crate) fn has_open_breach(&self) -> bool {
        self.breach.as_ref().is_some_and(|breach| breach.is_open())
    }
}
