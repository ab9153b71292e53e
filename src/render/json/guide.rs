//! The questions of the policy and the known errors, as they are published.

use serde::Serialize;

use super::value::At;
use crate::domain::questionnaire::Applicability;
use crate::domain::read_models;

/// A question of the policy, as it stands for a ticket.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Question<'a> {
    /// By which an answer is given.
    key: &'a str,
    question: &'a str,
    /// `text`, `yes-no` or `choice`.
    #[serde(rename = "type")]
    form: &'static str,
    /// The answers that are accepted; none where any is.
    choices: Vec<&'a str>,
    help: Option<&'a str>,
    /// Asked only if to each of these one of the answers was given.
    when: Vec<Condition<'a>>,
    /// Whether it is asked; absent while that depends on an answer to come.
    asked: Option<bool>,
    answer: Option<&'a str>,
}

/// An answer that must have been given.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Condition<'a> {
    key: &'a str,
    answers: &'a [String],
}

impl<'a> Question<'a> {
    pub(in crate::render) fn of(asked: &'a read_models::TicketQuestion) -> Self {
        let question = &asked.question;
        let when = question.when.0.iter();
        Self {
            key: &question.key,
            question: &question.text,
            form: question.answer_type.as_str(),
            choices: question.answer_type.choices(),
            help: question.help.as_deref(),
            when: when
                .map(|(key, answers)| Condition { key, answers })
                .collect(),
            asked: match asked.reach {
                Applicability::Asked => Some(true),
                Applicability::Skipped => Some(false),
                Applicability::Undecided => None,
            },
            answer: asked.answer.as_deref(),
        }
    }
}

/// A ticket that is marked as a known error.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct KnownError<'a> {
    id: i64,
    title: &'a str,
    category: Option<&'a str>,
    cause: Option<&'a str>,
    workaround: &'a str,
    by: &'a str,
    at: At,
    /// How many tickets are linked to it or were merged into it.
    alike: u64,
}

impl<'a> KnownError<'a> {
    pub(in crate::render) fn of(one: &'a read_models::KnownErrorEntry) -> Self {
        Self {
            id: one.summary.id.0,
            title: &one.summary.title,
            category: one.summary.category.as_ref().map(|c| c.as_str()),
            cause: one.known_error.cause.as_deref(),
            workaround: &one.known_error.workaround,
            by: one.known_error.by.as_str(),
            at: At(one.known_error.since),
            alike: one.related,
        }
    }
}
