//! Files of diagnosis answers: question keys with answers, in TOML.

use std::fmt::Write;

use super::toml_reader::{Faults, TomlTable};
use crate::domain::policy::questions::Answers;

/// Maximum number of answers in a file.
const MAX_ANSWERS: usize = 250;

/// Parses a file of answers: a TOML table of strings, numbers and booleans.
///
/// # Errors
/// The first fault, with its line.
pub(crate) fn parse_answers(text: &str) -> Result<Vec<(String, String)>, String> {
    let faults = Faults::new(text);
    let tree = faults.parse(text);
    let root = TomlTable::root(&tree);
    let wanted = "a text in quotes, a number, or true or false";
    let answers = root.entries(&faults, MAX_ANSWERS).iter();
    let answers: Vec<_> = answers
        .filter_map(|(key, node)| Some((key.clone(), node.answer_text(&faults, wanted)?)))
        .collect();
    match faults.finish() {
        Ok(_) => Ok(answers),
        Err(faults) => Err(faults.first().map(ToString::to_string).unwrap_or_default()),
    }
}

/// Formats answers so that [`parse_answers`] reads them.
pub(crate) fn format_answers(answers: &Answers) -> String {
    let line = |(key, answer): (&String, &String)| {
        format!("{} = {}\n", toml_string(key), toml_string(answer))
    };
    answers.iter().map(line).collect()
}

/// A text as a TOML string on one line, with control and invisible characters
/// escaped.
pub(crate) fn toml_string(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            quoted.push('\\');
            quoted.push(c);
        } else if c.escape_debug().count() > 1 && c != '\'' {
            write!(quoted, "\\U{:08X}", u32::from(c)).expect("writing to a string cannot fail");
        } else {
            quoted.push(c);
        }
    }
    quoted.push('"');
    quoted
}
