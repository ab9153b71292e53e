//! What people wrote in a fact, for pages and hand-overs.

use std::borrow::Cow;

use super::breach_text;
use crate::domain::event::{Advice, Answer, Fact};

/// The texts of a fact, as their author wrote them.
pub(super) fn texts(fact: &Fact) -> Vec<Cow<'_, str>> {
    let all: Vec<Option<&str>> = match fact {
        Fact::Opened(submission) => vec![submission.description.as_deref()],
        Fact::Logged(note) => vec![note.text.as_deref()],
        Fact::Diagnosed {
            answers,
            extent,
            note,
            questionnaire: result,
            ..
        } => {
            let found = result.iter().flat_map(|result| &result.advice);
            return diagnosis(answers, found, extent.as_deref(), note.as_deref());
        }
        Fact::KnownErrorMarked { workaround, cause } => {
            return vec![
                cause.as_ref().map(|cause| format!("cause: {cause}")),
                Some(format!("workaround: {workaround}")),
            ]
            .into_iter()
            .flatten()
            .map(Cow::Owned)
            .collect();
        }
        Fact::Unassigned { reason }
        | Fact::CallCancelled { reason, .. }
        | Fact::Restricted { reason, .. } => vec![reason.as_deref()],
        Fact::RestrictionLifted { reason }
        | Fact::Escalated { reason, .. }
        | Fact::ManagerInformed { reason, .. }
        | Fact::Reopened { reason }
        | Fact::KnownErrorWithdrawn { reason }
        | Fact::GatePassed { reason, .. } => vec![Some(reason)],
        Fact::Erased(erasure) => vec![Some(&erasure.reason)],
        Fact::Proposed { text, .. }
        | Fact::Replied { text, .. }
        | Fact::MessageReceived { text, .. }
        | Fact::Resolved { text, .. } => vec![Some(text)],
        Fact::Confirmed { evidence, .. } | Fact::Refuted { evidence, .. } => vec![Some(evidence)],
        Fact::CallArranged { note, .. }
        | Fact::CallMoved { note, .. }
        | Fact::CallAnswered { note, .. }
        | Fact::CallHeld { note, .. }
        | Fact::Paused { note, .. }
        | Fact::Resumed { note } => vec![note.as_deref()],
        Fact::Closed { comment, .. } => vec![comment.as_deref()],
        Fact::ChecklistAdded { items, .. } => {
            items.iter().map(|item| Some(item.as_str())).collect()
        }
        Fact::Breach(fact) => return breach_text::texts(fact),
        Fact::Identified { .. }
        | Fact::Corrected(_)
        | Fact::Categorized { .. }
        | Fact::Prioritized(_)
        | Fact::TargetSet { .. }
        | Fact::Assigned { .. }
        | Fact::Restored { .. }
        | Fact::Merged { .. }
        | Fact::MergedFrom { .. }
        | Fact::Unmerged { .. }
        | Fact::AnsweredElsewhere { .. }
        | Fact::ParticipantAdded { .. }
        | Fact::ParticipantRemoved { .. }
        | Fact::Linked { .. }
        | Fact::Unlinked { .. }
        | Fact::WorkStarted
        | Fact::ImportUndone { .. }
        | Fact::Warned { .. }
        | Fact::Unfounded { .. }
        | Fact::ContactLogged(_)
        | Fact::Tagged { .. }
        | Fact::FieldsSet { .. }
        | Fact::ChecklistMarked { .. }
        | Fact::Attached(_)
        | Fact::Imported { .. } => vec![],
    };
    all.into_iter().flatten().map(Cow::Borrowed).collect()
}

/// The texts of a diagnosis: answers, extent, advice and note.
fn diagnosis<'a>(
    answers: &[Answer],
    found: impl Iterator<Item = &'a Advice>,
    extent: Option<&str>,
    note: Option<&'a str>,
) -> Vec<Cow<'a, str>> {
    let answers = answers
        .iter()
        .map(|known| format!("{}: {}", known.question, known.answer));
    let extent = extent.map(|extent| format!("extent: {extent}"));
    let found = found.flat_map(|advice| advice_parts(advice, &str::to_owned));
    let found = found.map(|(name, text)| format!("{name}: {text}"));
    answers
        .chain(extent)
        .chain(found)
        .map(Cow::Owned)
        .chain(note.map(Cow::Borrowed))
        .collect()
}

/// The parts of an advice with their labels; `safe` makes their texts safe.
pub(super) fn advice_parts(
    advice: &Advice,
    safe: &dyn Fn(&str) -> String,
) -> Vec<(&'static str, String)> {
    let Advice {
        cause,
        known_error,
        workaround,
        escalate,
        reason,
    } = advice;
    let escalate = escalate.as_ref().map(|tier| match reason {
        Some(reason) => format!("{}, {}", safe(tier.as_str()), safe(reason)),
        None => safe(tier.as_str()),
    });
    [
        ("suspected cause", cause.as_deref().map(safe)),
        ("known error", known_error.map(|id| id.to_string())),
        ("workaround", workaround.as_deref().map(safe)),
        ("escalate to", escalate),
    ]
    .into_iter()
    .filter_map(|(name, text)| Some((name, text?)))
    .collect()
}
