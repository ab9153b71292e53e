//! What happened to a ticket, as the timeline publishes it: who, when, the
//! kind of fact, and under `data` what that fact says. Absent is left out.

use serde::Serialize;

use super::ticket::Requester;
use super::value::{
    At, Awaited, Channel, ClockName, Code, Gate, Kind, Medium, Onset, Relation, Seconds,
};
use crate::domain::event;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Event<'a> {
    /// Its place in the history, from 1.
    n: u32,
    /// When it happened.
    at: At,
    /// When it was recorded.
    recorded_at: At,
    /// An agent, or `desk` for a rule of the policy.
    actor: &'a str,
    #[serde(flatten)]
    fact: Fact<'a>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Answer<'a> {
    key: &'a str,
    question: &'a str,
    answer: &'a str,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "kind", content = "data", rename_all = "kebab-case")]
enum Fact<'a> {
    Opened {
        title: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        description: Option<&'a str>,
        requester: Requester<'a>,
        channel: Channel,
        #[serde(skip_serializing_if = "Option::is_none")]
        key: Option<&'a str>,
        tier: &'a str,
    },
    Identified {
        kind: Kind,
        onset: Onset,
    },
    Logged {
        #[serde(skip_serializing_if = "Option::is_none")]
        text: Option<&'a str>,
        symptoms: &'a [String],
        affected: &'a [String],
        #[serde(skip_serializing_if = "Option::is_none")]
        began_at: Option<At>,
    },
    Corrected {
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        contact: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        language: Option<&'a str>,
    },
    Categorized {
        category: &'a str,
    },
    Prioritized {
        users: &'a str,
        business: &'a str,
        urgency: &'a str,
        priority: String,
    },
    Promised {
        clock: ClockName,
        target_s: Seconds,
        #[serde(skip_serializing_if = "Option::is_none")]
        cadence_s: Option<Seconds>,
        calendar: &'a str,
        policy_version: u32,
    },
    Diagnosed {
        answers: Vec<Answer<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        extent: Option<&'a str>,
        affected: &'a [String],
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<&'a str>,
    },
    Assigned {
        agent: &'a str,
    },
    Unassigned {
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<&'a str>,
    },
    Escalated {
        to: &'a str,
        up: bool,
        reason: &'a str,
    },
    ManagerTold {
        manager: &'a str,
        reason: &'a str,
    },
    Proposed {
        hypothesis: u32,
        text: &'a str,
    },
    Confirmed {
        hypothesis: u32,
        evidence: &'a str,
    },
    Refuted {
        hypothesis: u32,
        evidence: &'a str,
    },
    CallArranged {
        call: u32,
        medium: Medium,
        when: At,
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<&'a str>,
    },
    CallHeld {
        call: u32,
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<&'a str>,
    },
    CallCancelled {
        call: u32,
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<&'a str>,
    },
    Paused {
        awaited: Awaited,
        #[serde(skip_serializing_if = "Option::is_none")]
        until: Option<At>,
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<&'a str>,
    },
    Resumed {
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<&'a str>,
    },
    Replied {
        text: &'a str,
        via: Channel,
    },
    Heard {
        text: &'a str,
        via: Channel,
    },
    Resolved {
        text: &'a str,
        code: Code,
    },
    Restored {
        by: &'a str,
    },
    Closed {
        #[serde(skip_serializing_if = "Option::is_none")]
        satisfaction: Option<u8>,
        #[serde(skip_serializing_if = "Option::is_none")]
        comment: Option<&'a str>,
    },
    Reopened {
        reason: &'a str,
    },
    Merged {
        into: i64,
    },
    Absorbed {
        from: i64,
    },
    Parted {
        from: i64,
    },
    Linked {
        relation: Relation,
        other: i64,
    },
    Unlinked {
        relation: Relation,
        other: i64,
    },
    Warned {
        clock: ClockName,
        /// Of the target; 100 is the breach.
        percent: u16,
    },
    GatePassed {
        gate: Gate,
        reason: &'a str,
    },
}

pub(super) fn answers(answers: &[event::Answer]) -> Vec<Answer<'_>> {
    let published = answers.iter().map(|a| Answer {
        key: &a.key,
        question: &a.question,
        answer: &a.answer,
    });
    published.collect()
}

impl<'a> Event<'a> {
    pub(super) fn of(event: &'a event::Event) -> Self {
        Self {
            n: event.n,
            at: At(event.at),
            recorded_at: At(event.recorded),
            actor: event.actor.as_str(),
            fact: Fact::of(&event.fact),
        }
    }
}

impl<'a> Fact<'a> {
    fn of(fact: &'a event::Fact) -> Self {
        use event::Fact as Is;
        match fact {
            Is::Opened(s) => Self::Opened {
                title: &s.title,
                description: s.description.as_deref(),
                requester: Requester {
                    name: s.requester.name.as_deref(),
                    contact: s.requester.contact.as_deref(),
                    language: s.requester.language.as_deref(),
                },
                channel: s.channel.into(),
                key: s.key.as_deref(),
                tier: s.tier.as_str(),
            },
            Is::Identified { kind, onset } => Self::Identified {
                kind: (*kind).into(),
                onset: (*onset).into(),
            },
            Is::Logged(note) => Self::Logged {
                text: note.text.as_deref(),
                symptoms: &note.symptoms,
                affected: &note.affected,
                began_at: note.began.map(At),
            },
            Is::Corrected(c) => Self::Corrected {
                title: c.title.as_deref(),
                name: c.name.as_deref(),
                contact: c.contact.as_deref(),
                language: c.language.as_deref(),
            },
            Is::Categorized { category } => Self::Categorized {
                category: category.as_str(),
            },
            Is::Prioritized(rating) => Self::Prioritized {
                users: rating.users.as_str(),
                business: rating.business.as_str(),
                urgency: rating.urgency.as_str(),
                priority: rating.priority.to_string(),
            },
            Is::Promised { clock, promise } => Self::Promised {
                clock: (*clock).into(),
                target_s: Seconds::of(promise.target),
                cadence_s: promise.cadence.map(Seconds::of),
                calendar: &promise.calendar,
                policy_version: promise.policy,
            },
            Is::Diagnosed {
                answers: given,
                extent,
                affected,
                note,
            } => Self::Diagnosed {
                answers: answers(given),
                extent: extent.as_deref(),
                affected,
                note: note.as_deref(),
            },
            Is::Assigned { agent } => Self::Assigned {
                agent: agent.as_str(),
            },
            Is::Unassigned { reason } => Self::Unassigned {
                reason: reason.as_deref(),
            },
            Is::Escalated { to, up, reason } => Self::Escalated {
                to: to.as_str(),
                up: *up,
                reason,
            },
            Is::ManagerTold { manager, reason } => Self::ManagerTold { manager, reason },
            Is::Proposed { hypothesis, text } => Self::Proposed {
                hypothesis: *hypothesis,
                text,
            },
            Is::Confirmed {
                hypothesis,
                evidence,
            } => Self::Confirmed {
                hypothesis: *hypothesis,
                evidence,
            },
            Is::Refuted {
                hypothesis,
                evidence,
            } => Self::Refuted {
                hypothesis: *hypothesis,
                evidence,
            },
            Is::CallArranged {
                call,
                medium,
                when,
                note,
            } => Self::CallArranged {
                call: *call,
                medium: (*medium).into(),
                when: At(*when),
                note: note.as_deref(),
            },
            Is::CallHeld { call, note } => Self::CallHeld {
                call: *call,
                note: note.as_deref(),
            },
            Is::CallCancelled { call, reason } => Self::CallCancelled {
                call: *call,
                reason: reason.as_deref(),
            },
            Is::Paused {
                awaited,
                until,
                note,
            } => Self::Paused {
                awaited: (*awaited).into(),
                until: until.map(At),
                note: note.as_deref(),
            },
            Is::Resumed { note } => Self::Resumed {
                note: note.as_deref(),
            },
            Is::Replied { text, via } => Self::Replied {
                text,
                via: (*via).into(),
            },
            Is::Heard { text, via } => Self::Heard {
                text,
                via: (*via).into(),
            },
            Is::Resolved { text, code } => Self::Resolved {
                text,
                code: (*code).into(),
            },
            Is::Restored { by } => Self::Restored { by },
            Is::Closed {
                satisfaction,
                comment,
            } => Self::Closed {
                satisfaction: *satisfaction,
                comment: comment.as_deref(),
            },
            Is::Reopened { reason } => Self::Reopened { reason },
            Is::Merged { into } => Self::Merged { into: into.0 },
            Is::Absorbed { from } => Self::Absorbed { from: from.0 },
            Is::Parted { from } => Self::Parted { from: from.0 },
            Is::Linked { relation, other } => Self::Linked {
                relation: (*relation).into(),
                other: other.0,
            },
            Is::Unlinked { relation, other } => Self::Unlinked {
                relation: (*relation).into(),
                other: other.0,
            },
            Is::Warned { clock, percent } => Self::Warned {
                clock: (*clock).into(),
                percent: *percent,
            },
            Is::GatePassed { gate, reason } => Self::GatePassed {
                gate: (*gate).into(),
                reason,
            },
        }
    }
}
