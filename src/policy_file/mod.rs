//! The policy as a document: TOML text into a [`Policy`], with every fault at
//! once. Reads no file and no clock: what it refers to is handed in, and
//! whether it has gone stale is asked with today's date.

mod answers;
mod calendars;
mod categories;
mod escalations;
mod hours;
mod ics;
mod levels;
mod people;
mod questionnaire;
mod recur;
mod targets;
pub(crate) mod toml_reader;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use toml::de::DeTable;

pub(crate) use crate::domain::policy::Diagnostic;
use crate::domain::policy::Policy;
use crate::domain::policy::versions::PolicyVersion;
use crate::domain::time::parse_duration;
use crate::domain::vocabulary::{ClosureCode, Gate, UnknownWord};
pub(crate) use answers::{answers, quoted, write_answers};
use toml_reader::{Log, Node, Table, unknown};

/// The policy of a fresh desk as a document with comments.
pub(crate) const BUILT_IN: &str = include_str!("default.toml");

/// The longest document, in bytes.
const LONGEST: usize = 1024 * 1024;

/// What a document consists of.
const SECTIONS: &[&str] = &[
    "levels",
    "matrix",
    "tiers",
    "agents",
    "categories",
    "calendars",
    "targets",
    "warnings",
    "escalations",
    "gates",
    "auto_close",
    "codes",
];

/// Hands over the text of a file that a document names, or says why not.
pub(crate) type Files<'a> = dyn Fn(&str) -> Result<String, String> + 'a;

/// A document that was understood.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) policy: Policy,
    /// What is odd but no fault.
    pub(crate) notes: Vec<Diagnostic>,
    /// The files it names, with their texts, as they were read.
    pub(crate) files: BTreeMap<String, String>,
    /// Lists of holidays that come to an end, with their last date.
    pub(crate) calendars_end: Vec<(Diagnostic, NaiveDate)>,
}

impl Document {
    /// The lists of holidays that are all in the past.
    pub(crate) fn stale(&self, today: NaiveDate) -> Vec<Diagnostic> {
        let past = self.calendars_end.iter().filter(|(_, end)| *end < today);
        past.map(|(remark, _)| remark.clone()).collect()
    }
}

/// Reads a version as it is kept, with the files that were kept with it.
///
/// # Errors
/// As [`read`].
pub(crate) fn read_edition(edition: &PolicyVersion) -> Result<Document, Vec<Diagnostic>> {
    let files = |name: &str| edition.files.get(name).cloned().ok_or_else(String::new);
    read(&edition.text, edition.version, &files)
}

/// Reads a document as the policy of this version.
///
/// # Errors
/// Every fault of it, by line.
pub(crate) fn read(
    text: &str,
    version: u32,
    files: &Files<'_>,
) -> Result<Document, Vec<Diagnostic>> {
    let log = Log::new(text);
    if text.len() > LONGEST {
        let n = text.len();
        log.syntax(
            0,
            &format!("the document has {n} bytes; at most {LONGEST} are read"),
        );
        return Err(log.end().err().unwrap_or_default());
    }
    let (tree, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        log.syntax(error.span().map_or(0, |span| span.start), error.message());
    }
    let root = Table::of("", 0, tree.get_ref());
    root.only(&log, SECTIONS);

    let built_in = Policy::built_in();
    let (matrix, tiers) = (levels::read(&root, &log), people::tiers(&root, &log));
    let agents = people::agents(&root, &log, &tiers);
    let categories = categories::read(&root, &log, &tiers);
    let calendars = calendars::read(&root, &log, files);
    let (escalations, at_once) = escalations::read(&root, &log, &tiers, &matrix);
    let policy = Policy {
        version,
        agents,
        targets: targets::read(&root, &log).unwrap_or(built_in.targets),
        warnings: warnings(&root, &log).unwrap_or(built_in.warnings),
        gates: words(&root, &log, "gates", Gate::parse).unwrap_or(built_in.gates),
        auto_close: auto_close(&root, &log),
        closure_codes: codes(&root, &log).unwrap_or(built_in.closure_codes),
        matrix,
        tiers,
        categories,
        escalations,
        immediate_tiers: at_once,
        calendars: calendars.made,
    };
    targets::check(&root, &log, &policy, &calendars.names);
    let notes = log.end()?;
    Ok(Document {
        policy,
        notes,
        files: calendars.files,
        calendars_end: calendars.ends,
    })
}

fn warnings(root: &Table<'_>, log: &Log) -> Option<Vec<u16>> {
    let node = root.get("warnings")?;
    let items = node.items(log, 20, "a list of percentages such as [75, 90]")?;
    let mut levels: Vec<u16> = Vec::new();
    for item in &items {
        let Some(level) = item.number(log, 1, 99) else {
            continue;
        };
        match levels.last() {
            Some(last) if *last >= level => {
                let message = format!("{level} follows {last}: write them ascending, each once");
                log.fault(item, message);
            }
            Some(_) | None => levels.push(level),
        }
    }
    Some(levels)
}

/// A list of words of one vocabulary, each once.
fn words<T: PartialEq>(
    root: &Table<'_>,
    log: &Log,
    name: &str,
    parse: fn(&str) -> Result<T, UnknownWord>,
) -> Option<Vec<T>> {
    let mut words = Vec::new();
    for item in root.get(name)?.items(log, 100, "a list of words")? {
        let Some(typed) = item.text(log, "a word in quotes") else {
            continue;
        };
        match parse(typed) {
            Ok(word) if words.contains(&word) => {
                log.fault(&item, format!("'{typed}' is named twice"));
            }
            Ok(word) => words.push(word),
            Err(fault) => log.fault(&item, unknown(&fault)),
        }
    }
    Some(words)
}

fn codes(root: &Table<'_>, log: &Log) -> Option<Vec<ClosureCode>> {
    let codes = words(root, log, "codes", ClosureCode::parse)?;
    if let Some(node) = root.get("codes")
        && codes.is_empty()
        && log.is_sound("codes")
    {
        let all = ClosureCode::WORDS.join(", ");
        log.fault(node, format!("no ticket could be closed; accepted: {all}"));
    }
    Some(codes)
}

fn auto_close(root: &Table<'_>, log: &Log) -> Option<TimeDelta> {
    let node = root.get("auto_close")?;
    let wanted = "a duration such as \"7d\", or \"off\"";
    match node.text(log, wanted)?.trim() {
        "off" => None,
        _ => duration(node, log, wanted),
    }
}

/// A length of time above zero.
fn duration(node: &Node<'_>, log: &Log, wanted: &str) -> Option<TimeDelta> {
    let typed = node.text(log, wanted)?;
    match parse_duration::parse(typed) {
        Ok(span) if span > TimeDelta::zero() => Some(span),
        Ok(_) => {
            log.fault(node, format!("'{typed}' is no time at all; write {wanted}"));
            None
        }
        Err(fault) => {
            log.fault(node, format!("{fault}; write {wanted}"));
            None
        }
    }
}

/// A short name of letters, digits and `- _ .`, such as a tier or a calendar has.
fn short_name(what: &str, typed: &str) -> Result<String, String> {
    let name = typed.trim();
    let fits = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    if !name.is_empty() && name.chars().count() <= 40 && name.chars().all(fits) {
        Ok(name.to_owned())
    } else {
        Err(format!(
            "'{typed}' cannot be the name of a {what}: use at most 40 letters, digits and - _ ."
        ))
    }
}
