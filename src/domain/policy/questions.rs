//! Troubleshooting questions of a category: what they ask, which answers they
//! accept, when they are asked, and what the answers point to.

use std::collections::BTreeMap;
use std::fmt;

use crate::domain::event::Advice;
use crate::domain::text::{self, BadText};

/// Answers by the keys of their questions.
pub(crate) type Answers = BTreeMap<String, String>;

/// A question that the first line asks during diagnosis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Question {
    /// A short name, unique within the category.
    pub(crate) key: String,
    pub(crate) text: String,
    pub(crate) answer_type: AnswerType,
    /// Tells the agent how to find out.
    pub(crate) help: Option<String>,
    /// The question is asked only if this condition is met.
    pub(crate) when: Condition,
}

/// Which answers a question accepts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum AnswerType {
    #[default]
    Text,
    YesNo,
    Choice(Vec<String>),
}

/// Why an answer is not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AnswerError {
    /// The answer is not one of these choices.
    NotAChoice(Vec<String>),
    Text(BadText),
}

impl AnswerType {
    pub(crate) const WORDS: &'static [&'static str] = &["text", "yes-no", "choice"];

    pub(crate) const fn as_str(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::YesNo => "yes-no",
            Self::Choice(_) => "choice",
        }
    }

    /// Returns the accepted answers; empty if any text is accepted.
    pub(crate) fn choices(&self) -> Vec<&str> {
        match self {
            Self::Text => Vec::new(),
            Self::YesNo => vec!["yes", "no"],
            Self::Choice(choices) => choices.iter().map(String::as_str).collect(),
        }
    }

    /// Parses an answer, in any letter case, into its stored form.
    ///
    /// # Errors
    /// [`AnswerError`] with the accepted choices, or the fault of a text.
    pub(crate) fn parse(&self, typed: &str) -> Result<String, AnswerError> {
        let word = typed.trim();
        let found = match self {
            Self::Text => return text::body("answer", typed).map_err(AnswerError::Text),
            Self::YesNo => match word.to_lowercase().as_str() {
                "yes" | "y" | "true" => Some("yes".to_owned()),
                "no" | "n" | "false" => Some("no".to_owned()),
                _ => None,
            },
            Self::Choice(choices) => choices
                .iter()
                .find(|choice| same_answer(choice, word))
                .map(ToOwned::to_owned),
        };
        let accepted = || self.choices().into_iter().map(str::to_owned).collect();
        found.ok_or_else(|| AnswerError::NotAChoice(accepted()))
    }
}

/// A condition on earlier answers: each question needs one of the listed
/// values. An empty condition is always met.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Condition(pub(crate) Vec<(String, Vec<String>)>);

impl Condition {
    /// Returns whether the condition needs no answer at all.
    pub(crate) const fn is_always(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns whether these answers meet the condition.
    pub(crate) fn is_met(&self, answers: &Answers) -> bool {
        self.0.iter().all(|(key, values)| {
            answers
                .get(key)
                .is_some_and(|answer| values.iter().any(|value| same_answer(value, answer)))
        })
    }
}

/// Prints as `'error' is 691 or 809 and 'mfa' is yes`.
impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (key, values)) in self.0.iter().enumerate() {
            let and = if at == 0 { "" } else { " and " };
            write!(f, "{and}'{key}' is {}", values.join(" or "))?;
        }
        Ok(())
    }
}

/// A finding: the advice that answers point to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FindingRule {
    pub(crate) when: Condition,
    pub(crate) advice: Advice,
}

/// Returns whether two answers are equal, ignoring letter case and surrounding
/// white space.
pub(crate) fn same_answer(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}
