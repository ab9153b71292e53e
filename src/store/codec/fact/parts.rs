//! The facts whose bodies take more than a line for each part.

use super::super::super::StoreError;
use super::super::body::{Body, Draft};
use super::super::canonical::Json;
use crate::domain::event::Advice;
use crate::domain::event::{Answer, QuestionnaireResult, Submission, TicketId};
use crate::domain::people::{Requester, Tier};

pub(super) fn opened(to: &mut Draft, submission: &Submission) {
    let Submission {
        title,
        description,
        requester,
        channel,
        key,
        tier,
    } = submission;
    let Requester {
        name,
        contact,
        language,
    } = requester;
    to.text("title", title);
    to.maybe_text("description", description.as_deref());
    to.maybe_text("name", name.as_deref());
    to.maybe_text("contact", contact.as_deref());
    to.maybe_text("language", language.as_deref());
    to.maybe_text("key", key.as_deref());
    to.put("channel", channel.as_str());
    to.put("tier", tier.as_str());
}

/// The short names of the questions are words of the desk; a question that
/// was spelled out is a text.
pub(super) fn diagnosed(to: &mut Draft, answers: &[Answer]) {
    to.words("answers", answers.iter().map(|a| a.key.as_str()));
    for (place, found) in answers.iter().enumerate() {
        let Answer {
            key,
            question,
            answer,
        } = found;
        if question != key {
            to.text(format!("answers/{place}/question"), question);
        }
        to.text(format!("answers/{place}/answer"), answer);
    }
}

pub(super) fn answers(from: &Body) -> Result<Vec<Answer>, StoreError> {
    let read = |(place, key): (usize, &str)| {
        Ok(Answer {
            key: key.to_owned(),
            question: from
                .maybe_text(&format!("answers/{place}/question"))
                .unwrap_or_else(|| key.to_owned()),
            answer: from.text(&format!("answers/{place}/answer"))?,
        })
    };
    from.words("answers").enumerate().map(read).collect()
}

/// What the answers led to: its numbers and names are in the body, what the
/// policy says of it are texts. A diagnosis without questions of the policy
/// has none of it, as in every version before.
pub(super) fn led_to(to: &mut Draft, guided: Option<&QuestionnaireResult>) {
    let Some(QuestionnaireResult {
        policy,
        obsolete: moot,
        advice: found,
    }) = guided
    else {
        return;
    };
    to.put("policy", i64::from(*policy));
    to.words("moot", moot.iter().map(String::as_str));
    let mut entries = Vec::new();
    for (place, advice) in found.iter().enumerate() {
        let Advice {
            cause,
            known_error,
            workaround,
            escalate,
            reason,
        } = advice;
        let path = |part: &str| format!("found/{place}/{part}");
        to.maybe_text(&path("cause"), cause.as_deref());
        to.maybe_text(&path("workaround"), workaround.as_deref());
        to.maybe_text(&path("reason"), reason.as_deref());
        let known_error = known_error.map(|id| ("known_error".to_owned(), Json::Int(id.0)));
        let escalate =
            (escalate.as_ref()).map(|tier| ("escalate".to_owned(), Json::from(tier.as_str())));
        entries.push(Json::Map(known_error.into_iter().chain(escalate).collect()));
    }
    if !entries.is_empty() {
        to.put("found", Json::List(entries));
    }
}

pub(super) fn guided(from: &Body) -> Result<Option<QuestionnaireResult>, StoreError> {
    if from.maybe_int("policy").is_none() {
        return Ok(None);
    }
    let entries = from
        .entry("found")
        .and_then(Json::as_list)
        .unwrap_or_default();
    let read = |(place, entry): (usize, &Json)| {
        let part = |name: &str| entry.as_map().and_then(|map| map.get(name));
        let text = |name: &str| from.maybe_text(&format!("found/{place}/{name}"));
        Advice {
            cause: text("cause"),
            known_error: part("known_error").and_then(Json::as_int).map(TicketId),
            workaround: text("workaround"),
            escalate: part("escalate")
                .and_then(Json::as_text)
                .map(Tier::from_stored),
            reason: text("reason"),
        }
    };
    Ok(Some(QuestionnaireResult {
        policy: from.int("policy")?,
        obsolete: from.words("moot").map(str::to_owned).collect(),
        advice: entries.iter().enumerate().map(read).collect(),
    }))
}
