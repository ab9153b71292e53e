//! A fact of the domain as the one that is published.

use super::super::ticket::Requester;
use super::super::value::{At, Seconds};
use super::{Fact, Labelled, advice, answers};
use crate::domain::event;

impl<'a> Fact<'a> {
    pub(super) fn of(fact: &'a event::Fact) -> Self {
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
            Is::TargetSet {
                clock,
                target: promise,
            } => Self::Promised {
                clock: (*clock).into(),
                target_s: Seconds::of(promise.span),
                cadence_s: promise.cadence.map(Seconds::of),
                calendar: &promise.calendar,
                policy_version: promise.policy_version,
            },
            Is::Diagnosed {
                answers: given,
                extent,
                affected,
                note,
                questionnaire: guided,
            } => Self::Diagnosed {
                answers: answers(given),
                extent: extent.as_deref(),
                affected,
                note: note.as_deref(),
                policy_version: guided.as_ref().map(|guided| guided.policy),
                moot: guided.as_ref().map_or(&[], |guided| &guided.obsolete),
                findings: advice(guided.as_ref()),
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
            Is::ManagerInformed { manager, reason } => Self::ManagerTold { manager, reason },
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
                reason: awaited,
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
            Is::MessageReceived { text, via } => Self::Heard {
                text,
                via: (*via).into(),
            },
            Is::Resolved { text, code } => Self::Resolved {
                text,
                code: (*code).into(),
            },
            Is::KnownErrorMarked { workaround, cause } => Self::KnownErrorMarked {
                workaround,
                cause: cause.as_deref(),
            },
            Is::KnownErrorWithdrawn { reason } => Self::KnownErrorWithdrawn { reason },
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
            Is::MergedFrom { from } => Self::Absorbed { from: from.0 },
            Is::Unmerged { from } => Self::Parted { from: from.0 },
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
            Is::Imported {
                source,
                number,
                last_row_at: upto,
                row_digests: rows,
                extra_fields: facts,
            } => Self::Imported {
                source,
                number,
                upto: At(*upto),
                rows: rows.len(),
                facts: facts
                    .iter()
                    .map(|(label, value)| Labelled { label, value })
                    .collect(),
            },
        }
    }
}
