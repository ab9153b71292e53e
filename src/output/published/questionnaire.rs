//! The questions of the policy, and known errors.

use serde::Serialize;

use super::value::{At, CsvRecord, CsvValue};
use crate::domain::questionnaire::Applicability;
use crate::domain::read_models;

/// A question of the policy for a ticket.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Question<'a> {
    /// The key that identifies it in answers.
    key: &'a str,
    question: &'a str,
    /// `text`, `yes-no` or `choice`.
    #[serde(rename = "type")]
    answer_type: &'static str,
    /// The accepted answers; empty if any answer is.
    choices: Vec<&'a str>,
    help: Option<&'a str>,
    /// The conditions, all of which must be met for it to be asked.
    when: Vec<Condition<'a>>,
    /// Whether it is asked; `null` while that depends on a missing answer.
    asked: Option<bool>,
    answer: Option<&'a str>,
}

/// A required answer to another question.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Condition<'a> {
    key: &'a str,
    answers: &'a [String],
}

impl<'a> From<&'a read_models::TicketQuestion> for Question<'a> {
    fn from(asked: &'a read_models::TicketQuestion) -> Self {
        let question = &asked.question;
        let when = question.when.0.iter();
        Self {
            key: &question.key,
            question: &question.text,
            answer_type: question.answer_type.as_str(),
            choices: question.answer_type.choices(),
            help: question.help.as_deref(),
            when: when
                .map(|(key, answers)| Condition { key, answers })
                .collect(),
            asked: match asked.applicability {
                Applicability::Asked => Some(true),
                Applicability::Skipped => Some(false),
                Applicability::Undecided => None,
            },
            answer: asked.answer.as_deref(),
        }
    }
}

published! {
    /// A ticket that is marked as a known error.
    KnownError<'a> from one: read_models::KnownErrorEntry => {
        id: i64 = one.summary.id.0,
        title: &'a str = &one.summary.title,
        category: Option<&'a str> = one.summary.category.as_ref().map(|c| c.as_str()),
        cause: Option<&'a str> = one.known_error.cause.as_deref(),
        workaround: &'a str = &one.known_error.workaround,
        by: &'a str = one.known_error.by.as_str(),
        at: At = At(one.known_error.since),
        /// The number of tickets linked to it or merged into it.
        alike: u64 = one.related,
    }
}

csv_columns!(KnownError<'_>: id, category, title, cause, workaround, by, at, alike);
