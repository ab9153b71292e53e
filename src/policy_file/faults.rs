//! The faults and notes of a TOML file, with their lines.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fmt;

use toml::de::DeTable;

use super::Diagnostic;
use super::toml_reader::TomlValue;

/// Maximum number of reported faults.
const MAX_FAULTS: usize = 200;
/// Maximum length of a message, and of a key in it, in characters.
const MAX_MESSAGE_CHARS: usize = 400;

/// Collects the faults and notes of a document.
pub(crate) struct Faults {
    /// Byte offset of the start of each line.
    line_starts: Vec<usize>,
    faults: RefCell<Vec<Diagnostic>>,
    notes: RefCell<Vec<Diagnostic>>,
    /// Numbers of the lines with syntax errors.
    invalid_lines: RefCell<BTreeSet<usize>>,
    /// Number of faults beyond [`MAX_FAULTS`].
    dropped: Cell<usize>,
}

impl Faults {
    pub(crate) fn new(text: &str) -> Self {
        let after = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            line_starts: std::iter::once(0).chain(after).collect(),
            faults: RefCell::default(),
            notes: RefCell::default(),
            invalid_lines: RefCell::default(),
            dropped: Cell::new(0),
        }
    }

    /// Parses as much of the text as possible and adds its syntax errors.
    pub(crate) fn parse<'t>(&self, text: &'t str) -> toml::Spanned<DeTable<'t>> {
        let (tree, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            self.add_syntax_error(error.span().map_or(0, |span| span.start), error.message());
        }
        tree
    }

    fn diagnostic_at(&self, at: usize, key: &str, message: &str) -> Diagnostic {
        Diagnostic {
            line: self.line_starts.partition_point(|start| *start <= at),
            key: truncated(key),
            message: truncated(message),
        }
    }

    /// Adds a syntax error. Other faults of the same line are suppressed, since
    /// they only follow from it.
    pub(crate) fn add_syntax_error(&self, at: usize, message: &str) {
        self.add_at(at, "", message);
        let line = self.line_starts.partition_point(|start| *start <= at);
        self.invalid_lines.borrow_mut().insert(line);
    }

    pub(crate) fn add_at(&self, at: usize, key: &str, message: &str) {
        let diagnostic = self.diagnostic_at(at, key, message);
        let mut faults = self.faults.borrow_mut();
        if self.invalid_lines.borrow().contains(&diagnostic.line) || faults.contains(&diagnostic) {
            return;
        }
        if faults.len() < MAX_FAULTS {
            faults.push(diagnostic);
        } else {
            self.dropped.set(self.dropped.get() + 1);
        }
    }

    pub(crate) fn add(&self, node: &TomlValue<'_>, message: impl fmt::Display) {
        self.add_at(node.offset, &node.key, &message.to_string());
    }

    pub(crate) fn add_note(&self, at: usize, key: &str, message: &str) {
        let diagnostic = self.diagnostic_at(at, key, message);
        self.notes.borrow_mut().push(diagnostic);
    }

    pub(crate) fn diagnostic(&self, node: &TomlValue<'_>, message: &str) -> Diagnostic {
        self.diagnostic_at(node.offset, &node.key, message)
    }

    /// Returns the value of a result, or adds its error as a fault.
    pub(crate) fn ok_or_add<T>(
        &self,
        node: &TomlValue<'_>,
        result: Result<T, impl fmt::Display>,
    ) -> Option<T> {
        result.map_err(|error| self.add(node, error)).ok()
    }

    /// Whether the document has syntax errors, so that seemingly missing entries
    /// may exist after all.
    pub(crate) fn has_syntax_errors(&self) -> bool {
        !self.invalid_lines.borrow().is_empty()
    }

    /// Whether a section has no faults so far, so that others can be checked
    /// against it.
    pub(crate) fn is_valid(&self, section: &str) -> bool {
        let within = |key: &str| {
            key.strip_prefix(section)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let faults = self.faults.borrow();
        !self.has_syntax_errors() && !faults.iter().any(|fault| within(&fault.key))
    }

    /// Returns the notes, or all faults if there are any, sorted by line.
    pub(crate) fn finish(self) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        let sorted = |mut diagnostics: Vec<Diagnostic>| {
            diagnostics.sort_by_key(|diagnostic| diagnostic.line);
            diagnostics
        };
        let mut faults = sorted(self.faults.into_inner());
        let dropped = self.dropped.get();
        if dropped > 0 {
            faults.push(Diagnostic {
                line: faults.last().map_or(1, |last| last.line),
                key: String::new(),
                message: format!("{dropped} more faults are not shown"),
            });
        }
        if faults.is_empty() {
            Ok(sorted(self.notes.into_inner()))
        } else {
            Err(faults)
        }
    }
}

fn truncated(text: &str) -> String {
    match text.char_indices().nth(MAX_MESSAGE_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
