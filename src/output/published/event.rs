//! The events of a ticket's timeline: who, when, the kind of fact, and its
//! details under `data`. Absent details are left out.

mod facts;

use serde::Serialize;

use super::requester::Requester;
use super::value::{
    At, Channel, ClockName, ClosureCode, Gate, Kind, Medium, Occurrence, PauseReason, Relation,
    Seconds,
};
use crate::domain::event;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Event<'a> {
    /// Its position in the history, from 1.
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
pub(crate) struct Answer<'a> {
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
        onset: Occurrence,
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
        /// The policy version that the questions are from.
        #[serde(skip_serializing_if = "Option::is_none")]
        policy_version: Option<u32>,
        /// The keys of earlier answers that no longer apply.
        #[serde(skip_serializing_if = "<[_]>::is_empty")]
        moot: &'a [String],
        /// What the answers point to.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Advice<'a>>,
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
        waiting_for: PauseReason,
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
        code: ClosureCode,
    },
    KnownErrorMarked {
        workaround: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        cause: Option<&'a str>,
    },
    KnownErrorWithdrawn {
        reason: &'a str,
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
    /// Rows of another system's log were imported.
    Imported {
        source: &'a str,
        /// The number of the ticket there.
        number: &'a str,
        /// The time of the last of these rows.
        upto: At,
        /// The number of rows.
        rows: usize,
        /// Details without a field here; empty once they ended.
        facts: Vec<Labelled<'a>>,
    },
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Labelled<'a> {
    label: &'a str,
    value: &'a str,
}

/// What a finding of the policy says.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Advice<'a> {
    /// The suspected cause.
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<&'a str>,
    /// The ticket that is the known error.
    #[serde(skip_serializing_if = "Option::is_none")]
    known_error: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    workaround: Option<&'a str>,
    /// The tier that should take it.
    #[serde(skip_serializing_if = "Option::is_none")]
    escalate: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

/// The advice that the last answers led to.
pub(crate) fn advice(guided: Option<&event::QuestionnaireResult>) -> Vec<Advice<'_>> {
    let found = guided.into_iter().flat_map(|guided| &guided.advice);
    let published = found.map(|advice| Advice {
        cause: advice.cause.as_deref(),
        known_error: advice.known_error.map(|id| id.0),
        workaround: advice.workaround.as_deref(),
        escalate: advice.escalate.as_ref().map(|tier| tier.as_str()),
        reason: advice.reason.as_deref(),
    });
    published.collect()
}

impl<'a> From<&'a event::Answer> for Answer<'a> {
    fn from(answer: &'a event::Answer) -> Self {
        Self {
            key: &answer.key,
            question: &answer.question,
            answer: &answer.answer,
        }
    }
}

impl<'a> From<&'a event::Event> for Event<'a> {
    fn from(event: &'a event::Event) -> Self {
        Self {
            n: event.n,
            at: At(event.at),
            recorded_at: At(event.recorded),
            actor: event.actor.as_str(),
            fact: (&event.fact).into(),
        }
    }
}
