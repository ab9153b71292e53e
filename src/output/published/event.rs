//! The events of a ticket's timeline: who, when, the kind of fact, and its
//! details under `data`. Absent details are left out.

use serde::Serialize;

use super::advice::{Advice, advice};
use super::answer::Answer;
use super::breach_event::BreachFact;
use super::correction::Correction;
use super::event_parts::{Labelled, MovedLink};
use super::facts_macro::facts;
use super::fields::Fields;
use super::login::Login;
use super::requester::Requester;
use super::timeline_mark::Mark;
use super::value::{
    At, CallAnswer, Channel, ChecklistMark, ClockName, ClosureCode, Gate, Kind, Medium, Occurrence,
    ParticipantRole, PauseReason, Relation, Seconds,
};
use crate::domain::tag::Tag;
use crate::domain::ticket::TimelineEntry;
use crate::domain::{event, people};

published! {
    Event<'a> from event: event::Event => {
        /// Its position in the history, from 1.
        n: u32 = event.n,
        /// When it happened.
        at: At = At(event.at),
        /// When it was recorded.
        recorded_at: At = At(event.recorded),
        /// An agent, or `desk` for a rule of the policy.
        actor: &'a str = event.actor.as_str(),
        /// The account under which the agent acted; absent in imported events and
        /// in those of versions before 0.3.
        #[serde(skip_serializing_if = "Option::is_none")]
        login: Option<Login<'a>> = event.actor.login().map(Login::from),
        /// What to know about it; absent for most.
        #[serde(skip_serializing_if = "Option::is_none")]
        mark: Option<Mark> = None,
        #[serde(flatten)]
        fact: Fact<'a> = (&event.fact).into(),
    }
}

impl<'a> From<TimelineEntry<'a>> for Event<'a> {
    fn from(entry: TimelineEntry<'a>) -> Self {
        Self {
            mark: entry.mark.map(Mark::from),
            ..entry.event.into()
        }
    }
}

facts! { Fact from event::Fact;
    Opened = event::Fact::Opened(s) => {
        title: &'a str = &s.title,
        #[serde(skip_serializing_if = "Option::is_none")] description: Option<&'a str> = s.description.as_deref(),
        requester: Requester<'a> = (&s.requester).into(),
        channel: Channel = s.channel.into(),
        #[serde(skip_serializing_if = "Option::is_none")] key: Option<&'a str> = s.key.as_deref(),
        tier: &'a str = s.tier.as_str(),
    }
    Identified = event::Fact::Identified { kind, onset } => {
        kind: Kind = (*kind).into(),
        onset: Occurrence = (*onset).into(),
    }
    Logged = event::Fact::Logged(note) => {
        #[serde(skip_serializing_if = "Option::is_none")] text: Option<&'a str> = note.text.as_deref(),
        symptoms: &'a [String] = &note.symptoms,
        affected: &'a [String] = &note.affected,
        #[serde(skip_serializing_if = "Option::is_none")] began_at: Option<At> = note.began.map(At),
    }
    Corrected = event::Fact::Corrected(c) => {
        #[serde(flatten)] correction: Correction<'a> = c.into(),
    }
    Categorized = event::Fact::Categorized { category } => {
        category: &'a str = category.as_str(),
    }
    Prioritized = event::Fact::Prioritized(rating) => {
        /// Absent if another system gave nothing but the priority.
        #[serde(skip_serializing_if = "Option::is_none")] users: Option<&'a str> = rating.levels.as_ref().map(|levels| levels.users.as_str()),
        #[serde(skip_serializing_if = "Option::is_none")] business: Option<&'a str> = rating.levels.as_ref().map(|levels| levels.business.as_str()),
        #[serde(skip_serializing_if = "Option::is_none")] urgency: Option<&'a str> = rating.levels.as_ref().map(|levels| levels.urgency.as_str()),
        priority: String = rating.priority.to_string(),
    }
    Promised = event::Fact::TargetSet { clock, target } => {
        clock: ClockName = (*clock).into(),
        target_s: Seconds = target.span.into(),
        /// The target in business days, if the policy gives it so.
        #[serde(skip_serializing_if = "Option::is_none")] business_days: Option<u32> = target.days,
        #[serde(skip_serializing_if = "Option::is_none")] cadence_s: Option<Seconds> = target.cadence.map(Into::into),
        #[serde(skip_serializing_if = "Option::is_none")] cadence_business_days: Option<u32> = target.cadence_days,
        /// Whether business days end at the last closing of the day.
        #[serde(skip_serializing_if = "std::ops::Not::not")] end_of_day: bool = target.end_of_day,
        calendar: &'a str = &target.calendar,
        policy_version: u32 = target.policy_version,
    }
    /// A due time that was promised by hand.
    DuePromised = event::Fact::DuePromised { clock, due, reason } => {
        clock: ClockName = (*clock).into(),
        due: At = At(*due),
        reason: &'a str = reason,
    }
    /// The target of the policy is in force again.
    PromiseWithdrawn = event::Fact::PromiseWithdrawn { clock, reason } => {
        clock: ClockName = (*clock).into(),
        reason: &'a str = reason,
    }
    /// Time that the agent spent; negative where it corrects.
    TimeSpent = event::Fact::TimeSpent { time, note } => {
        spent_s: Seconds = (*time).into(),
        #[serde(skip_serializing_if = "Option::is_none")] note: Option<&'a str> = note.as_deref(),
    }
    Diagnosed = event::Fact::Diagnosed { answers: given, extent, affected, note, questionnaire: result } => {
        answers: Vec<Answer<'a>> = given.iter().map(Into::into).collect(),
        #[serde(skip_serializing_if = "Option::is_none")] extent: Option<&'a str> = extent.as_deref(),
        affected: &'a [String] = affected,
        #[serde(skip_serializing_if = "Option::is_none")] note: Option<&'a str> = note.as_deref(),
        /// The policy version that the questions are from.
        #[serde(skip_serializing_if = "Option::is_none")]
        policy_version: Option<u32> = result.as_ref().map(|result| result.policy),
        /// The keys of earlier answers that no longer apply.
        #[serde(skip_serializing_if = "<[_]>::is_empty")]
        moot: &'a [String] = result.as_ref().map_or(&[], |result| &result.obsolete),
        /// What the answers point to.
        #[serde(skip_serializing_if = "Vec::is_empty")] findings: Vec<Advice<'a>> = advice(result.as_ref()),
    }
    Assigned = event::Fact::Assigned { agent } => {
        agent: &'a str = agent.as_str(),
    }
    Unassigned = event::Fact::Unassigned { reason } => {
        #[serde(skip_serializing_if = "Option::is_none")] reason: Option<&'a str> = reason.as_deref(),
    }
    Escalated = event::Fact::Escalated { to, up, reason } => {
        to: &'a str = to.as_str(),
        up: bool = *up,
        reason: &'a str = reason,
    }
    ManagerTold = event::Fact::ManagerInformed { manager, reason } => {
        manager: &'a str = manager,
        reason: &'a str = reason,
    }
    Proposed = event::Fact::Proposed { hypothesis, text } => {
        hypothesis: u32 = *hypothesis,
        text: &'a str = text,
    }
    Confirmed = event::Fact::Confirmed { hypothesis, evidence } => {
        hypothesis: u32 = *hypothesis,
        evidence: &'a str = evidence,
    }
    Refuted = event::Fact::Refuted { hypothesis, evidence } => {
        hypothesis: u32 = *hypothesis,
        evidence: &'a str = evidence,
    }
    CallArranged = event::Fact::CallArranged { call, medium, when, note } => {
        call: u32 = *call,
        medium: Medium = (*medium).into(),
        when: At = At(*when),
        #[serde(skip_serializing_if = "Option::is_none")] note: Option<&'a str> = note.as_deref(),
    }
    /// An arranged call got another time.
    CallMoved = event::Fact::CallMoved { call, from, to, note } => {
        call: u32 = *call,
        from: At = At(*from),
        when: At = At(*to),
        #[serde(skip_serializing_if = "Option::is_none")] note: Option<&'a str> = note.as_deref(),
    }
    /// Somebody answered the invitation to a call.
    CallAnswered = event::Fact::CallAnswered { call, version, when, answer, person, note } => {
        call: u32 = *call,
        /// How often the call had been moved when that invitation was sent.
        version: u32 = *version,
        /// The time that was answered.
        when: At = At(*when),
        answer: CallAnswer = (*answer).into(),
        /// The participant who answered; absent for the requester.
        #[serde(skip_serializing_if = "Option::is_none")]
        person: Option<Requester<'a>> = person.as_ref().map(Into::into),
        #[serde(skip_serializing_if = "Option::is_none")] note: Option<&'a str> = note.as_deref(),
    }
    CallHeld = event::Fact::CallHeld { call, note } => {
        call: u32 = *call,
        #[serde(skip_serializing_if = "Option::is_none")] note: Option<&'a str> = note.as_deref(),
    }
    CallCancelled = event::Fact::CallCancelled { call, reason } => {
        call: u32 = *call,
        #[serde(skip_serializing_if = "Option::is_none")] reason: Option<&'a str> = reason.as_deref(),
    }
    Paused = event::Fact::Paused { reason, until, note } => {
        waiting_for: PauseReason = (*reason).into(),
        #[serde(skip_serializing_if = "Option::is_none")] until: Option<At> = until.map(At),
        #[serde(skip_serializing_if = "Option::is_none")] note: Option<&'a str> = note.as_deref(),
    }
    Resumed = event::Fact::Resumed { note } => {
        #[serde(skip_serializing_if = "Option::is_none")] note: Option<&'a str> = note.as_deref(),
    }
    WorkStarted = event::Fact::WorkStarted => {}
    ImportUndone = event::Fact::ImportUndone { kept } => {
        /// The number of events that still count.
        kept: u32 = *kept,
    }
    /// Texts were erased.
    Erased = event::Fact::Erased(erasure) => {
        /// `person`, `retention` or `restore`.
        by: &'static str = erasure.cause.as_str(),
        /// The paths of the erased texts, by the number of their event.
        fields: std::collections::BTreeMap<u32, &'a [String]> = erasure.fields.iter().map(|(n, paths)| (*n, paths.as_slice())).collect(),
        /// The scopes of the rule of retention.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        scopes: Vec<&'static str> = erasure.scopes.iter().map(|scope| scope.as_str()).collect(),
        /// Whether the requester is owed no answer any longer.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        cancels_owed: bool = erasure.cancels_owed,
        reason: &'a str = &erasure.reason,
    }
    Replied = event::Fact::Replied { text, via, also } => {
        text: &'a str = text,
        via: Channel = (*via).into(),
        /// The merged tickets whose requesters it answers too.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        also_to: Vec<i64> = also.iter().map(|id| id.0).collect(),
    }
    Heard = event::Fact::MessageReceived { text, via, thanks, sender } => {
        /// The participant who wrote it; absent for the requester.
        #[serde(skip_serializing_if = "Option::is_none")]
        sender: Option<Requester<'a>> = sender.as_ref().map(Into::into),
        /// It only thanks: no answer is owed.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        thanks: bool = *thanks,
        text: &'a str = text,
        via: Channel = (*via).into(),
    }
    Resolved = event::Fact::Resolved { text, code } => {
        text: &'a str = text,
        code: ClosureCode = (*code).into(),
    }
    KnownErrorMarked = event::Fact::KnownErrorMarked { workaround, cause } => {
        workaround: &'a str = workaround,
        #[serde(skip_serializing_if = "Option::is_none")] cause: Option<&'a str> = cause.as_deref(),
    }
    KnownErrorWithdrawn = event::Fact::KnownErrorWithdrawn { reason } => {
        reason: &'a str = reason,
    }
    Restored = event::Fact::Restored { by } => {
        by: &'a str = by,
    }
    Closed = event::Fact::Closed { satisfaction, comment } => {
        #[serde(skip_serializing_if = "Option::is_none")] satisfaction: Option<u8> = *satisfaction,
        #[serde(skip_serializing_if = "Option::is_none")] comment: Option<&'a str> = comment.as_deref(),
    }
    Reopened = event::Fact::Reopened { reason } => {
        reason: &'a str = reason,
    }
    Merged = event::Fact::Merged { into, moved } => {
        into: i64 = into.0,
        /// Whether its links and its mark as a known error went along.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        moved: bool = *moved,
    }
    Absorbed = event::Fact::MergedFrom { from, brought } => {
        from: i64 = from.0,
        /// The requester of the merged ticket.
        #[serde(skip_serializing_if = "Requester::is_empty")]
        requester: Requester<'a> = (&brought.requester).into(),
        /// Since when the requester has been owed an answer.
        #[serde(skip_serializing_if = "Option::is_none")]
        owed_since: Option<At> = brought.owed_since.map(At),
        /// The links that this ticket got.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        links: Vec<MovedLink> = brought.links.iter().map(|(relation, other)| MovedLink {
            relation: (*relation).into(),
            id: other.0,
        }).collect(),
        /// Whether this ticket got the mark of a known error.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        known_error: bool = brought.known_error,
        /// The numbers of the events by which this ticket got tags, fields and items
        /// of the checklist.
        #[serde(skip_serializing_if = "<[u32]>::is_empty")]
        carried: &'a [u32] = &brought.carried,
        /// The numbers that these items have on the merged ticket.
        #[serde(skip_serializing_if = "<[u32]>::is_empty")]
        items: &'a [u32] = &brought.items,
    }
    Parted = event::Fact::Unmerged { from } => {
        from: i64 = from.0,
    }
    /// While it was merged, its requester was answered on another ticket.
    AnsweredElsewhere = event::Fact::AnsweredElsewhere { ticket, time } => {
        ticket: i64 = ticket.0,
        answered_at: At = At(*time),
    }
    ParticipantAdded = event::Fact::ParticipantAdded { person, role } => {
        person: Requester<'a> = person.into(),
        role: ParticipantRole = (*role).into(),
    }
    ParticipantRemoved = event::Fact::ParticipantRemoved { person } => {
        person: Requester<'a> = person.into(),
    }
    Linked = event::Fact::Linked { relation, other } => {
        relation: Relation = (*relation).into(),
        other: i64 = other.0,
    }
    Unlinked = event::Fact::Unlinked { relation, other } => {
        relation: Relation = (*relation).into(),
        other: i64 = other.0,
    }
    Warned = event::Fact::Warned { clock, percent, offset } => {
        clock: ClockName = (*clock).into(),
        /// The percentage of the target that is used up; 100 is the breach.
        percent: u16 = *percent,
        /// The level in working time, such as `1h before`; absent if it is a
        /// percentage.
        #[serde(skip_serializing_if = "Option::is_none")] offset: Option<String> = offset.map(|offset| offset.to_string()),
    }
    /// What the desk did by itself proved unfounded by what was recorded later.
    Unfounded = event::Fact::Unfounded { events } => {
        /// The numbers of those events in the history.
        events: &'a [u32] = events,
    }
    /// An agent took back what one command did.
    Undone = event::Fact::Undone { events } => {
        /// The numbers of those events in the history.
        events: &'a [u32] = events,
    }
    /// The ticket was a mistake, and counts nowhere.
    Voided = event::Fact::Voided { reason } => {
        reason: &'a str = reason,
    }
    GatePassed = event::Fact::GatePassed { gate, reason } => {
        gate: Gate = (*gate).into(),
        reason: &'a str = reason,
    }
    /// Only these agents see the ticket.
    Restricted = event::Fact::Restricted { to, reason } => {
        to: Vec<&'a str> = to.iter().map(people::Agent::as_str).collect(),
        #[serde(skip_serializing_if = "Option::is_none")] reason: Option<&'a str> = reason.as_deref(),
    }
    /// Every agent sees the ticket again.
    RestrictionLifted = event::Fact::RestrictionLifted { reason } => {
        reason: &'a str = reason,
    }
    /// What the log of another system says about contacts with the requester.
    ContactLogged = event::Fact::ContactLogged(contact) => {
        /// `no-response-yet`, `first-response` or `last-message`.
        contact: &'static str = contact.as_str(),
        /// When the requester was contacted.
        #[serde(skip_serializing_if = "Option::is_none")] contact_at: Option<At> = contact.at().map(At),
    }
    /// Rows of another system's log were imported.
    Imported = event::Fact::Imported { source, number, last_row_at, row_digests, extra_fields, .. } => {
        source: &'a str = source,
        /// The number of the ticket there.
        number: &'a str = number,
        /// The time of the last of these rows.
        upto: At = At(*last_row_at),
        /// The number of rows.
        rows: usize = row_digests.len(),
        /// Fields without a counterpart here, by label; an empty value removes one.
        facts: Vec<Labelled<'a>> = extra_fields.iter().map(|(label, value)| Labelled { label, value }).collect(),
    }
    Attached = event::Fact::Attached(file) => {
        /// Its number within the ticket.
        number: u32 = file.number,
        #[serde(skip_serializing_if = "Option::is_none")] event: Option<u32> = file.event,
        name: &'a str = &file.name,
        media_type: &'a str = &file.media_type,
        /// In bytes.
        size: u64 = file.size,
        sha256: &'a str = &file.digest,
    }
    /// Tags were put on the ticket and removed from it.
    Tagged = event::Fact::Tagged { added, removed } => {
        added: Vec<&'a str> = added.iter().map(Tag::as_str).collect(),
        removed: Vec<&'a str> = removed.iter().map(Tag::as_str).collect(),
    }
    /// Fields that the policy defines got values, or lost them.
    FieldsSet = event::Fact::FieldsSet { values, cleared } => {
        fields: Fields<'a> = Fields(values),
        /// The names of the fields that lost their values.
        cleared: &'a [String] = cleared,
    }
    /// Items were added to the checklist.
    ChecklistAdded = event::Fact::ChecklistAdded { first, items } => {
        /// The number of the first of them.
        first: u32 = *first,
        items: &'a [String] = items,
    }
    /// Items of the checklist were done, reopened or dropped.
    ChecklistMarked = event::Fact::ChecklistMarked { items, mark } => {
        /// Their numbers.
        items: &'a [u32] = items,
        mark: ChecklistMark = (*mark).into(),
    }
    ; Breach(BreachFact<'a>) = event::Fact::Breach(fact) => fact.into()
}
