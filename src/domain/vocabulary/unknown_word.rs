//! A word that is not among those that are accepted.

use crate::domain::did_you_mean::nearest;

/// A word that is not in a list of accepted words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {what} '{typed}'")]
pub(crate) struct UnknownWord {
    pub(crate) what: &'static str,
    pub(crate) typed: String,
    pub(crate) choices: Vec<String>,
}

impl UnknownWord {
    pub(crate) fn new<I>(what: &'static str, typed: &str, choices: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<String>,
    {
        Self {
            what,
            typed: typed.to_owned(),
            choices: choices.into_iter().map(Into::into).collect(),
        }
    }

    /// Suggests the word that was probably meant, and lists all accepted ones.
    pub(crate) fn hint(&self) -> String {
        let all = self.choices.join(", ");
        match nearest(&self.typed, self.choices.iter().map(String::as_str)).first() {
            Some(meant) => format!("did you mean '{meant}'? accepted: {all}"),
            None => format!("accepted: {all}"),
        }
    }
}
