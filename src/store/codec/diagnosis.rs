//! Reads what questions were answered, and what that points to.

use super::super::StoreError;
use super::body::Body;
use super::canonical::Json;
use crate::domain::event::{Advice, Answer, QuestionnaireResult, TicketId};
use crate::domain::people::Tier;

pub(super) fn answers(from: &Body) -> Result<Vec<Answer>, StoreError> {
    let read = |(index, key): (usize, &str)| {
        Ok(Answer {
            key: key.to_owned(),
            question: from
                .maybe_text(&format!("answers/{index}/question"))
                .unwrap_or_else(|| key.to_owned()),
            answer: from.text(&format!("answers/{index}/answer"))?,
        })
    };
    from.words("answers").enumerate().map(read).collect()
}

pub(super) fn questionnaire(from: &Body) -> Result<Option<QuestionnaireResult>, StoreError> {
    if from.maybe_int("policy").is_none() {
        return Ok(None);
    }
    let entries = from
        .entry("found")
        .and_then(Json::as_list)
        .unwrap_or_default();
    let read = |(index, entry): (usize, &Json)| {
        let text = |name: &str| from.maybe_text(&format!("found/{index}/{name}"));
        Advice {
            cause: text("cause"),
            known_error: entry
                .get("known_error")
                .and_then(Json::as_int)
                .map(TicketId),
            workaround: text("workaround"),
            escalate: entry
                .get("escalate")
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
