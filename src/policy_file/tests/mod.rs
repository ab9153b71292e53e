//! What documents say, and what is wrong with them.

mod calendars;
mod default;
mod fuzz;
mod ics;
mod questionnaire;

mod people;
mod promises;
mod recurrence;
mod syntax;

use super::{Diagnostic, ParsedPolicy, parse};

fn no_files(name: &str) -> Result<String, String> {
    Err(format!("{name} cannot be read: there is no such file"))
}

/// Reads a document that names no files.
pub(super) fn parsed(text: &str) -> ParsedPolicy {
    parse(text, 2, &no_files).unwrap_or_else(|faults| panic!("{}", lines(&faults)))
}

/// The faults of a document.
pub(super) fn faults(text: &str) -> String {
    match parse(text, 2, &no_files) {
        Ok(_) => "none".to_owned(),
        Err(faults) => lines(&faults),
    }
}

pub(super) fn lines(remarks: &[Diagnostic]) -> String {
    let lines: Vec<String> = remarks.iter().map(ToString::to_string).collect();
    lines.join("\n")
}
