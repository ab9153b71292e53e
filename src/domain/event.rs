//! Events: what happened to a ticket. Facts never change, and hold the inputs
//! that mattered; a ticket is the replay of its events.

mod correction;
mod diagnosis;
mod kind;
mod parts;
mod texts;

pub(crate) use correction::{Correction, Replaced};
pub(crate) use diagnosis::{Advice, Answer, QuestionnaireResult};
pub(crate) use parts::{Attachment, BroughtAlong, Note, Submission};
pub(crate) use texts::{DIGEST, ROWS, path_of_kind};

use std::fmt;

use chrono::TimeDelta;

use super::Timestamp;
use super::breach::fact::BreachFact;
use super::category::Category;
use super::custom_field::FieldValue;
use super::external_record::LoggedContact;
use super::people::{Actor, Agent, Requester, Tier};
use super::priority::Rating;
use super::privacy::erasure::Erasure;
use super::sla::level::Offset;
use super::sla::target::SlaTarget;
use super::tag::Tag;
use super::vocabulary::{
    CallAnswer, Channel, ChecklistMark, ClockName, ClosureCode, Gate, Kind, Medium, Occurrence,
    ParticipantRole, PauseReason, Relation,
};

/// The number of a ticket: 1, 2, 3 … without gaps. Prints as `#1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TicketId(pub(crate) i64);

impl fmt::Display for TicketId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("#{}", self.0))
    }
}

/// A fact about a ticket, with its time and its actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) ticket: TicketId,
    /// The position in the ticket's history, from 1.
    pub(crate) n: u32,
    /// When it happened. Clocks use this time.
    pub(crate) at: Timestamp,
    /// When it was recorded by the machine's clock.
    pub(crate) recorded: Timestamp,
    pub(crate) actor: Actor,
    pub(crate) fact: Fact,
}

impl Event {
    /// Whether both happened and were recorded at the same times, as the events of
    /// one command are.
    pub(crate) fn is_together_with(&self, other: &Self) -> bool {
        (self.at, self.recorded) == (other.at, other.recorded)
    }
}

/// What happened. Each fact has a stored kind, see [`Fact::kind`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fact {
    Opened(Submission),
    Identified {
        kind: Kind,
        onset: Occurrence,
    },
    Logged(Note),
    Corrected(Correction),
    Categorized {
        category: Category,
    },
    Prioritized(Rating),
    /// A clock got its target.
    TargetSet {
        clock: ClockName,
        target: SlaTarget,
    },
    /// An agent promised by hand when a clock is due.
    DuePromised {
        clock: ClockName,
        due: Timestamp,
        reason: String,
    },
    /// The promise of a clock was withdrawn: the target of the policy is in force.
    PromiseWithdrawn {
        clock: ClockName,
        reason: String,
    },
    /// An agent worked on it for so long. A negative time corrects what was too
    /// much.
    TimeSpent {
        time: TimeDelta,
        note: Option<String>,
    },
    Diagnosed {
        answers: Vec<Answer>,
        extent: Option<String>,
        affected: Vec<String>,
        note: Option<String>,
        /// Absent if no question of the policy was answered.
        questionnaire: Option<QuestionnaireResult>,
    },
    Assigned {
        agent: Agent,
    },
    Unassigned {
        reason: Option<String>,
    },
    /// Functional escalation to another tier, higher or lower.
    Escalated {
        to: Tier,
        up: bool,
        reason: String,
    },
    /// Hierarchical escalation: a manager was informed.
    ManagerInformed {
        manager: String,
        reason: String,
    },
    /// A hypothesis, numbered from 1 within the ticket.
    Proposed {
        hypothesis: u32,
        text: String,
    },
    Confirmed {
        hypothesis: u32,
        evidence: String,
    },
    Refuted {
        hypothesis: u32,
        evidence: String,
    },
    /// A call, numbered from 1 within the ticket.
    CallArranged {
        call: u32,
        medium: Medium,
        when: Timestamp,
        note: Option<String>,
    },
    /// An arranged call got another time.
    CallMoved {
        call: u32,
        from: Timestamp,
        to: Timestamp,
        note: Option<String>,
    },
    /// Somebody answered the invitation to a call.
    CallAnswered {
        call: u32,
        /// The version of the invitation: how often the call had been moved.
        version: u32,
        /// The time that was answered.
        when: Timestamp,
        answer: CallAnswer,
        /// The participant who answered; absent for the requester.
        person: Option<Requester>,
        note: Option<String>,
    },
    CallHeld {
        call: u32,
        note: Option<String>,
    },
    CallCancelled {
        call: u32,
        reason: Option<String>,
    },
    Paused {
        reason: PauseReason,
        until: Option<Timestamp>,
        note: Option<String>,
    },
    Resumed {
        note: Option<String>,
    },
    /// Work on a new ticket began, says the log of another system.
    WorkStarted,
    /// A public message to the requester.
    Replied {
        text: String,
        via: Channel,
        /// The merged tickets whose requesters it answers too.
        also: Vec<TicketId>,
    },
    /// A message from the requester or a participant.
    MessageReceived {
        text: String,
        via: Channel,
        /// It only thanks: no answer is owed.
        thanks: bool,
        /// The participant who wrote it; absent for the requester.
        sender: Option<Requester>,
    },
    Resolved {
        text: String,
        code: ClosureCode,
    },
    /// The ticket is a known error until the mark is withdrawn.
    KnownErrorMarked {
        workaround: String,
        cause: Option<String>,
    },
    KnownErrorWithdrawn {
        reason: String,
    },
    /// Somebody confirmed that the service is restored.
    Restored {
        by: String,
    },
    Closed {
        satisfaction: Option<u8>,
        comment: Option<String>,
    },
    Reopened {
        reason: String,
    },
    /// The ticket was merged into another one.
    Merged {
        into: TicketId,
        /// Whether its links and its mark as a known error went along, which
        /// earlier versions left behind.
        moved: bool,
    },
    /// Another ticket was merged into this one, by itself or with the one that it
    /// was merged into before.
    MergedFrom {
        from: TicketId,
        brought: BroughtAlong,
    },
    /// The merge of another ticket into this one was undone.
    Unmerged {
        from: TicketId,
    },
    /// While this ticket was merged, its requester was answered on the surviving
    /// one.
    AnsweredElsewhere {
        ticket: TicketId,
        time: Timestamp,
    },
    /// Somebody else takes part in the conversation.
    ParticipantAdded {
        person: Requester,
        role: ParticipantRole,
    },
    ParticipantRemoved {
        person: Requester,
    },
    Linked {
        relation: Relation,
        other: TicketId,
    },
    Unlinked {
        relation: Relation,
        other: TicketId,
    },
    /// A clock reached a level.
    Warned {
        clock: ClockName,
        /// The percentage of the target that is used up; 100 is the breach. At
        /// an offset it is rounded, below 100 before the due time and above 100
        /// after it.
        percent: u16,
        /// The level, if it is a span before or after the due time.
        offset: Option<Offset>,
    },
    /// What the desk did by itself, as the events of these numbers, proved
    /// unfounded by what was recorded later: it has no effect any more.
    Unfounded {
        events: Vec<u32>,
    },
    /// An agent took back what one command did, as the events of these numbers:
    /// they have no effect any more.
    Undone {
        events: Vec<u32>,
    },
    /// The ticket was a mistake: it counts nowhere.
    Voided {
        reason: String,
    },
    /// A gate was passed by force.
    GatePassed {
        gate: Gate,
        reason: String,
    },
    /// From now on only these agents see the ticket.
    Restricted {
        to: Vec<Agent>,
        reason: Option<String>,
    },
    /// Every agent sees the ticket again.
    RestrictionLifted {
        reason: String,
    },
    /// The log of another system says when the requester was contacted.
    ContactLogged(LoggedContact),
    /// Rows of another system were imported.
    Imported {
        /// The other system.
        source: String,
        /// The number of the ticket there.
        number: String,
        /// The time of the last of these rows.
        last_row_at: Timestamp,
        /// The digests of the rows.
        row_digests: Vec<String>,
        /// Fields without a counterpart here, by label; an empty value removes one.
        extra_fields: Vec<(String, String)>,
    },
    /// The import of rows was taken back.
    ImportUndone {
        /// The number of events that still count; 0 if the import opened the
        /// ticket.
        kept: u32,
    },
    /// Texts of the ticket were erased.
    Erased(Erasure),
    /// A file was added.
    Attached(Attachment),
    /// Tags were put on the ticket and removed from it.
    Tagged {
        added: Vec<Tag>,
        removed: Vec<Tag>,
    },
    /// Fields that the policy defines got values, or lost them.
    FieldsSet {
        values: Vec<FieldValue>,
        /// The names of the fields that lost their values.
        cleared: Vec<String>,
    },
    /// Items were added to the checklist.
    ChecklistAdded {
        /// The number of the first of them.
        first: u32,
        items: Vec<String>,
    },
    /// Items of the checklist were done, reopened or dropped.
    ChecklistMarked {
        items: Vec<u32>,
        mark: ChecklistMark,
    },
    /// Something about a breach of personal data.
    Breach(BreachFact),
}

impl Fact {
    /// Returns the rating that it records, if it does.
    pub(crate) const fn rating(&self) -> Option<&Rating> {
        if let Self::Prioritized(rating) = self {
            Some(rating)
        } else {
            None
        }
    }
}
