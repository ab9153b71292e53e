//! The filter language: words that each name a field and its values. All words must
//! be met; of several values of one word, separated by commas, one must be; `-`
//! before a word turns it round.

use super::custom;
use super::fields::{FIELDS, Field, FieldHelp, find_field, looks_like_name};
use super::time_span::Clock;
use super::values::read_value;
use super::{Condition, Test};
use crate::domain::custom_field::FieldDefinition;
use crate::domain::people::{Agent, Tier};
use crate::domain::vocabulary::FieldType;

/// The most bytes in a word.
const LONGEST_WORD: usize = 1_000;
/// The most values in all words together; engines limit what a statement may have.
const MOST_TESTS: usize = 200;

/// Why a filter is not understood: the word, what is wrong with it, and what to
/// type instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("in the filter word '{word}': {problem}")]
pub(crate) struct FilterError {
    pub(crate) word: String,
    pub(crate) problem: String,
    pub(crate) hint: String,
}

/// What words mean besides themselves.
pub(crate) struct FilterContext<'a> {
    pub(crate) clock: Clock<'a>,
    /// The acting agent, whom `@me` stands for.
    pub(crate) me: &'a dyn Fn() -> Option<Agent>,
    pub(crate) tiers: &'a [Tier],
    /// The rank of the lowest priority of the policy.
    pub(crate) lowest_priority: u8,
    /// The fields that the policy defines.
    pub(crate) fields: &'a [FieldDefinition],
    /// The type of a field that the policy has defined, if tickets have values.
    pub(crate) retired: &'a dyn Fn(&str) -> Option<FieldType>,
}

/// Reads words as they are typed, one argument each.
///
/// # Errors
/// [`FilterError`] for the first word that is not understood.
pub(crate) fn parse(
    words: &[String],
    ctx: &FilterContext<'_>,
) -> Result<Vec<Condition>, FilterError> {
    let mut conditions = Vec::new();
    let mut tests = 0;
    for word in words {
        let condition = read_word(word, ctx)?;
        tests += condition.tests.len();
        if tests > MOST_TESTS {
            return Err(fault(
                word,
                format!("there are more than {MOST_TESTS} values"),
                "give fewer, or a category or a time span that includes them",
            ));
        }
        conditions.push(condition);
    }
    Ok(conditions)
}

/// Splits a text of several words: blanks separate, double quotes keep together.
///
/// # Errors
/// [`FilterError`] if a quote is not closed.
pub(crate) fn split(text: &str) -> Result<Vec<String>, FilterError> {
    let (mut words, mut word) = (Vec::new(), None::<String>);
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            c if c.is_whitespace() && !quoted => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    if quoted {
        return Err(fault(
            &word.unwrap_or_default(),
            "a quote is not closed".to_owned(),
            "close it with \"",
        ));
    }
    words.extend(word);
    Ok(words)
}

pub(super) fn fault(word: &str, problem: String, hint: impl Into<String>) -> FilterError {
    const SHOWN: usize = 60;
    let word = match word.strip_prefix("not:") {
        Some(rest) => &format!("-{rest}"),
        None => word,
    };
    let shown = match word.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &word[..end]),
        None => word.to_owned(),
    };
    FilterError {
        word: shown,
        problem,
        hint: hint.into(),
    }
}

fn read_word(word: &str, ctx: &FilterContext<'_>) -> Result<Condition, FilterError> {
    if word.len() > LONGEST_WORD {
        let problem = format!("it is longer than {LONGEST_WORD} bytes");
        return Err(fault(
            word,
            problem,
            "give fewer values, or a part of the text",
        ));
    }
    let (negated, rest) = match word.strip_prefix('-').or_else(|| word.strip_prefix("not:")) {
        Some(rest) => (true, rest),
        None => (false, word),
    };
    if rest.trim().is_empty() {
        let hint = "give a text or FIELD:VALUE; desk help filters lists the fields";
        return Err(fault(word, "it is empty".to_owned(), hint));
    }
    // Only letters name a field: 10:30 and C:\temp are texts.
    let named = rest.split_once(':').filter(|(name, _)| {
        looks_like_name(name)
            || FIELDS.iter().any(|field| field.short == Some(*name))
            || custom::defined(name, ctx).is_some()
    });
    if rest.bytes().all(|byte| byte.is_ascii_digit()) {
        let hint = format!("write id:{rest} for the ticket, or text:{rest} for the text");
        let problem = "it could be a ticket or a text".to_owned();
        return Err(fault(word, problem, hint));
    }
    let tests = match named {
        None => vec![Test::Text(rest.to_owned())],
        Some((name, values)) => match custom::find(name, ctx) {
            Some(field) => custom::read(word, &field, values, ctx)?,
            None => {
                let help = find_field(word, name, ctx.fields)?;
                values_of(word, help, values, ctx)?
            }
        },
    };
    Ok(Condition { negated, tests })
}

fn values_of(
    word: &str,
    help: &FieldHelp,
    values: &str,
    ctx: &FilterContext<'_>,
) -> Result<Vec<Test>, FilterError> {
    let empty = || {
        let problem = format!("'{}:' has no value", help.name);
        fault(word, problem, format!("give one: {}", help.values))
    };
    // A text may have commas of its own.
    if matches!(help.field, Field::Text | Field::Title) {
        let text = values.trim();
        return match (help.field, text.is_empty()) {
            (_, true) => Err(empty()),
            (Field::Text, false) => Ok(vec![Test::Text(text.to_owned())]),
            (_, false) => Ok(vec![Test::Title(text.to_owned())]),
        };
    }
    let values = values.split(',').map(str::trim);
    let tests = values.map(|value| match value.is_empty() {
        true => Err(empty()),
        false => read_value(word, help, value, ctx),
    });
    tests.collect()
}

#[cfg(test)]
mod tests;
