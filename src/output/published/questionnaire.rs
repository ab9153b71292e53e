//! The questions of the policy, and known errors.

use serde::Serialize;

use super::value::{At, CsvRecord, CsvValue};
use crate::domain::questionnaire::Applicability;
use crate::domain::read_models;

published! {
    /// A question of the policy for a ticket.
    Question<'a> from asked: read_models::TicketQuestion => {
        /// The key that identifies it in answers.
        key: &'a str = &asked.question.key,
        question: &'a str = &asked.question.text,
        /// `text`, `yes-no` or `choice`.
        #[serde(rename = "type")]
        answer_type: &'static str = asked.question.answer_type.as_str(),
        /// The accepted answers; empty if any answer is.
        choices: Vec<&'a str> = asked.question.answer_type.choices(),
        help: Option<&'a str> = asked.question.help.as_deref(),
        /// The conditions, all of which must be met for it to be asked.
        when: Vec<Condition<'a>> = (asked.question.when.0.iter())
            .map(|(key, answers)| Condition { key, answers })
            .collect(),
        /// Whether it is asked; `null` while that depends on a missing answer.
        asked: Option<bool> = match asked.applicability {
            Applicability::Asked => Some(true),
            Applicability::Skipped => Some(false),
            Applicability::Undecided => None,
        },
        answer: Option<&'a str> = asked.answer.as_deref(),
    }
}

/// A required answer to another question.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Condition<'a> {
    key: &'a str,
    answers: &'a [String],
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
