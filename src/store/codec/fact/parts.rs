//! The facts whose bodies take more than a line for each part.

use super::super::super::StoreError;
use super::super::body::{Body, Draft};
use crate::domain::event::{Answer, Submission};
use crate::domain::people::Requester;

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
    to.put("channel", channel.word());
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
