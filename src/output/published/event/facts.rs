//! Facts of the domain in their published form.

use super::super::value::At;
use super::{Fact, Labelled, advice};
use crate::domain::event;

impl<'a> From<&'a event::Fact> for Fact<'a> {
    #[expect(clippy::too_many_lines, reason = "one arm for each fact")]
    fn from(fact: &'a event::Fact) -> Self {
        use event::Fact as Is;
        match fact {
            Is::Opened(s) => Self::Opened {
                title: &s.title,
                description: s.description.as_deref(),
                requester: (&s.requester).into(),
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
            Is::TargetSet { clock, target } => Self::Promised {
                clock: (*clock).into(),
                target_s: target.span.into(),
                cadence_s: target.cadence.map(Into::into),
                calendar: &target.calendar,
                policy_version: target.policy_version,
            },
            Is::Diagnosed {
                answers: given,
                extent,
                affected,
                note,
                questionnaire: guided,
            } => Self::Diagnosed {
                answers: given.iter().map(Into::into).collect(),
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
                reason,
                until,
                note,
            } => Self::Paused {
                waiting_for: (*reason).into(),
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
                last_row_at,
                row_digests,
                extra_fields,
                ..
            } => Self::Imported {
                source,
                number,
                upto: At(*last_row_at),
                rows: row_digests.len(),
                facts: extra_fields
                    .iter()
                    .map(|(label, value)| Labelled { label, value })
                    .collect(),
            },
        }
    }
}
