//! Valid and faulty policy files.

mod calendars;
mod default;
mod fuzz;
mod ics;
mod mail;
mod notifications;
mod questionnaire;

mod people;
mod recurrence;
mod syntax;
mod targets;
mod templates;

use super::{Diagnostic, ParsedPolicy, parse};

fn no_files(name: &str) -> Result<String, String> {
    Err(format!("{name} cannot be read: there is no such file"))
}

/// Parses a valid policy file that names no other files.
pub(super) fn parsed(text: &str) -> ParsedPolicy {
    parse(text, 2, &no_files).unwrap_or_else(|faults| panic!("{}", lines(&faults)))
}

/// The faults of a policy file, one per line.
pub(super) fn faults(text: &str) -> String {
    match parse(text, 2, &no_files) {
        Ok(_) => "none".to_owned(),
        Err(faults) => lines(&faults),
    }
}

pub(super) fn lines(diagnostics: &[Diagnostic]) -> String {
    let lines: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
    lines.join("\n")
}
