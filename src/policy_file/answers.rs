//! Answers to questions as a file: keys and what was answered.

use std::fmt::Write;

use super::toml_reader::{Log, Table};
use crate::domain::policy::questions::Answers;

/// The most answers of a file.
const MOST: usize = 250;

/// Reads a file of answers: a TOML table of keys and texts, numbers, or true
/// and false.
///
/// # Errors
/// The first thing that is wrong with it, with its line.
pub(crate) fn answers(text: &str) -> Result<Vec<(String, String)>, String> {
    let log = Log::new(text);
    let (tree, errors) = toml::de::DeTable::parse_recoverable(text);
    for error in &errors {
        log.syntax(error.span().map_or(0, |span| span.start), error.message());
    }
    let root = Table::of("", 0, tree.get_ref());
    let wanted = "a text in quotes, a number, or true or false";
    let answers = root.entries(&log, MOST).iter();
    let answers: Vec<_> = answers
        .filter_map(|(key, node)| Some((key.clone(), node.answer(&log, wanted)?)))
        .collect();
    match log.end() {
        Ok(_) => Ok(answers),
        Err(faults) => Err(faults.first().map(ToString::to_string).unwrap_or_default()),
    }
}

/// Writes answers so that [`answers`] reads them.
pub(crate) fn write_answers(answers: &Answers) -> String {
    let line =
        |(key, answer): (&String, &String)| format!("{} = {}\n", quoted(key), quoted(answer));
    answers.iter().map(line).collect()
}

/// A text as TOML quotes it, on a line of its own and with nothing hidden in it.
pub(crate) fn quoted(text: &str) -> String {
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
