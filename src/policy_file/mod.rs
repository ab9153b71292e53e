//! Parses the policy file, TOML text, into a [`Policy`] and reports every fault
//! at once. Reads no file and no clock: the files that a policy names come from
//! a callback, and today's date is an argument.

mod answers;
mod calendars;
mod categories;
mod closed_dates;
mod conditions;
mod escalations;
mod faults;
mod fields;
mod holidays;
mod hours;
mod ics;
mod levels;
mod mail;
mod notifications;
mod offsets;
mod people;
mod questionnaire;
mod retention;
mod review;
mod targets;
mod templates;
pub(crate) mod toml_reader;
mod views;
mod working_spans;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use chrono::{NaiveDate, TimeDelta};

use crate::domain::characters::is_hidden;
pub(crate) use crate::domain::policy::Diagnostic;
use crate::domain::policy::versions::PolicyVersion;
use crate::domain::policy::{MessageRules, Policy, UNDO_WITHIN};
use crate::domain::sla::calendar::Calendar;
use crate::domain::time::parse_duration;
use crate::domain::time::zone::Zone;
use crate::domain::vocabulary::{ClosureCode, Gate, OnResolved, UnknownWord};
pub(crate) use answers::{format_answers, parse_answers, toml_string};
use toml_reader::{Faults, TomlTable, TomlValue, unknown_word};

/// The built-in policy as a commented policy file.
pub(crate) const BUILT_IN: &str = include_str!("default.toml");

/// Maximum size of a policy file in bytes.
const MAX_BYTES: usize = 1024 * 1024;

/// The top-level keys of a policy file.
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
    "messages",
    "undo",
    "codes",
    "retention",
    "notifications",
    "breach",
    "mail",
    "views",
    "fields",
    "review",
    "templates",
];

/// Returns the text of a file that the policy names, or a message why it cannot
/// be read.
pub(crate) type FileLoader<'a> = dyn Fn(&str) -> Result<String, String> + 'a;

/// A valid policy file.
#[derive(Debug)]
pub(crate) struct ParsedPolicy {
    pub(crate) policy: Policy,
    /// Remarks on valid but suspicious entries.
    pub(crate) notes: Vec<Diagnostic>,
    /// The texts of the files that the policy names, by name.
    pub(crate) files: BTreeMap<String, String>,
    /// The place of each rule of retention, without a message.
    pub(crate) retention_places: Vec<Diagnostic>,
    /// The last date of each list of holidays that ends, with the diagnostic for
    /// when it has passed.
    pub(crate) holiday_ends: Vec<(Diagnostic, NaiveDate)>,
}

impl ParsedPolicy {
    /// The diagnostics for lists of holidays that are entirely in the past.
    pub(crate) fn expired_holidays(&self, today: NaiveDate) -> Vec<Diagnostic> {
        let past = self.holiday_ends.iter().filter(|(_, end)| *end < today);
        past.map(|(diagnostic, _)| diagnostic.clone()).collect()
    }
}

/// Parses a stored policy version, with the files stored with it.
///
/// # Errors
/// As [`parse`].
pub(crate) fn parse_version(version: &PolicyVersion) -> Result<ParsedPolicy, Vec<Diagnostic>> {
    let files = |name: &str| version.files.get(name).cloned().ok_or_else(String::new);
    parse(&version.text, version.version, &files)
}

/// The names and logins of people in a policy file, as byte ranges in order.
pub(crate) fn personal_parts(text: &str) -> Vec<Range<usize>> {
    people::personal_parts(text)
}

/// Parses a policy file; the policy gets this version number.
///
/// # Errors
/// All faults, sorted by line.
pub(crate) fn parse(
    text: &str,
    version: u32,
    files: &FileLoader<'_>,
) -> Result<ParsedPolicy, Vec<Diagnostic>> {
    let faults = Faults::new(text);
    if text.len() > MAX_BYTES {
        let n = text.len();
        faults.add_syntax_error(
            0,
            &format!("the file has {n} bytes; at most {MAX_BYTES} are allowed"),
        );
        return Err(faults.finish().err().unwrap_or_default());
    }
    let tree = faults.parse(text);
    let root = TomlTable::root(&tree);
    root.allow_keys(&faults, SECTIONS);

    let built_in = Policy::built_in();
    let (matrix, tiers) = (levels::parse(&root, &faults), people::tiers(&root, &faults));
    let agents = people::agents(&root, &faults, &tiers);
    let categories = categories::parse(&root, &faults, &tiers);
    let calendars = calendars::parse(&root, &faults, files);
    let escalations = escalations::parse(&root, &faults, &tiers, &matrix);
    let retention = retention::parse(&root, &faults);
    let zone = common_zone(&calendars.by_name);
    let mail = mail::parse(&root, &faults, &tiers, &zone);
    let fields = fields::parse(&root, &faults);
    let views = views::parse(&root, &faults, &tiers, &matrix, &fields);
    let review = review::parse(&root, &faults);
    let policy = Policy {
        version,
        agents,
        targets: targets::parse(&root, &faults).unwrap_or(built_in.targets),
        warnings: offsets::warnings(&root, &faults).unwrap_or(built_in.warnings),
        gates: word_list(&root, &faults, "gates", gate).unwrap_or(built_in.gates),
        auto_close: auto_close(&root, &faults),
        messages: messages(&root, &faults),
        undo_within: undo_within(&root, &faults),
        closure_codes: codes(&root, &faults).unwrap_or(built_in.closure_codes),
        notifications: notifications::rules(&root, &faults, &zone)
            .unwrap_or(built_in.notifications),
        worksheet: notifications::worksheet(&root, &faults),
        categories,
        escalations: escalations.by_clock,
        unassigned_rules: escalations.unassigned,
        immediate_tiers: escalations.immediate,
        calendars: calendars.by_name,
        retention: retention.rules,
        mail,
        views,
        fields,
        review,
        templates: templates::parse(&root, &faults, &tiers),
        matrix,
        tiers,
    };
    targets::check(&root, &faults, &policy, &calendars.names);
    offsets::check(&root, &faults, &policy);
    templates::check(&root, &faults, &policy);
    let notes = faults.finish()?;
    Ok(ParsedPolicy {
        policy,
        notes,
        files: calendars.files,
        retention_places: retention.places,
        holiday_ends: calendars.holiday_ends,
    })
}

/// A gate that a policy enables. A field that is required says so itself.
fn gate(typed: &str) -> Result<Gate, UnknownWord> {
    let gates = || {
        Gate::ALL
            .iter()
            .filter(|gate| **gate != Gate::RequiredFields)
    };
    let unknown = || UnknownWord::new("gate", typed, gates().map(|gate| gate.as_str()));
    let gate = Gate::parse(typed).ok();
    gate.filter(|gate| *gate != Gate::RequiredFields)
        .ok_or_else(unknown)
}

/// A list of words of one vocabulary without repetitions.
fn word_list<T: PartialEq>(
    root: &TomlTable<'_>,
    faults: &Faults,
    name: &str,
    parse: fn(&str) -> Result<T, UnknownWord>,
) -> Option<Vec<T>> {
    let mut words = Vec::new();
    for item in root.get(name)?.items(faults, 100, "a list of words")? {
        let Some(typed) = item.text(faults, "a word in quotes") else {
            continue;
        };
        match parse(typed) {
            Ok(word) if words.contains(&word) => {
                faults.add(&item, format!("'{typed}' is listed twice"));
            }
            Ok(word) => words.push(word),
            Err(fault) => faults.add(&item, unknown_word(&fault)),
        }
    }
    Some(words)
}

fn codes(root: &TomlTable<'_>, faults: &Faults) -> Option<Vec<ClosureCode>> {
    let codes = word_list(root, faults, "codes", ClosureCode::parse)?;
    if let Some(node) = root.get("codes")
        && codes.is_empty()
        && faults.is_valid("codes")
    {
        let all = ClosureCode::WORDS.join(", ");
        faults.add(
            node,
            format!("without codes no ticket can be closed; accepted: {all}"),
        );
    }
    Some(codes)
}

fn auto_close(root: &TomlTable<'_>, faults: &Faults) -> Option<TimeDelta> {
    let node = root.get("auto_close")?;
    let wanted = "a duration such as \"7d\", or \"off\"";
    match node.text(faults, wanted)?.trim() {
        "off" => None,
        _ => positive_duration(node, faults, wanted),
    }
}

fn messages(root: &TomlTable<'_>, faults: &Faults) -> MessageRules {
    let mut rules = MessageRules::default();
    let wanted = "a table such as [messages] with on_resolved = \"reopen\"";
    let Some(table) = root.table("messages", faults, wanted) else {
        return rules;
    };
    table.allow_keys(faults, &["on_resolved", "reopen_within"]);
    if let Some(node) = table.get("on_resolved") {
        let word = node.word(faults, "\"reopen\" or \"keep\"", OnResolved::parse);
        rules.on_resolved = word.unwrap_or(rules.on_resolved);
    }
    if let Some(node) = table.get("reopen_within") {
        let wanted = "a duration such as \"14d\", or \"never\"";
        rules.reopen_within = match node.text(faults, wanted).map(str::trim) {
            Some("never") => None,
            _ => positive_duration(node, faults, wanted),
        };
    }
    rules
}

/// How long after it a step can be taken back.
fn undo_within(root: &TomlTable<'_>, faults: &Faults) -> Option<TimeDelta> {
    let wanted = "a table such as [undo] with within = \"1h\"";
    let Some(table) = root.table("undo", faults, wanted) else {
        return Some(UNDO_WITHIN);
    };
    table.allow_keys(faults, &["within"]);
    let Some(node) = table.get("within") else {
        return Some(UNDO_WITHIN);
    };
    let wanted = "a duration such as \"1h\", or \"never\"";
    match node.text(faults, wanted).map(str::trim) {
        Some("never") => None,
        _ => positive_duration(node, faults, wanted),
    }
}

/// The zone of the calendars if they have one in common, else UTC.
fn common_zone(calendars: &BTreeMap<String, Calendar>) -> Zone {
    let definitions = calendars.values().filter_map(Calendar::definition);
    let mut zones = definitions.map(|definition| &definition.zone);
    match zones.next() {
        Some(first) if zones.all(|zone| zone == first) => first.clone(),
        Some(_) | None => Zone::utc(),
    }
}

/// A time zone by its name.
fn time_zone(node: &TomlValue<'_>, faults: &Faults) -> Option<Zone> {
    let typed = node.text(faults, "an IANA name such as \"Europe/Berlin\"")?;
    let found = Zone::from_name(typed);
    faults.ok_or_add(
        node,
        found.map_err(|fault| format!("{fault}: {}", fault.hint())),
    )
}

/// A duration greater than zero.
fn positive_duration(node: &TomlValue<'_>, faults: &Faults, wanted: &str) -> Option<TimeDelta> {
    let is_zero = |span: &TimeDelta| *span <= TimeDelta::zero();
    non_zero(node, faults, wanted, parse_duration::parse, is_zero)
}

/// A value that is not zero; `wanted` describes what to write.
fn non_zero<T, E: fmt::Display>(
    node: &TomlValue<'_>,
    faults: &Faults,
    wanted: &str,
    parse: impl Fn(&str) -> Result<T, E>,
    is_zero: impl Fn(&T) -> bool,
) -> Option<T> {
    let typed = node.text(faults, wanted)?;
    match parse(typed) {
        Ok(value) if !is_zero(&value) => Some(value),
        Ok(_) => {
            faults.add(node, format!("'{typed}' is zero; write {wanted}"));
            None
        }
        Err(fault) => {
            faults.add(node, format!("{fault}; write {wanted}"));
            None
        }
    }
}

/// Validates the name of a tier, calendar, level or question: letters, digits and
/// `- _ .`.
fn short_name(what: &str, typed: &str) -> Result<String, String> {
    let name = typed.trim();
    let fits = |c: char| c.is_alphanumeric() && !is_hidden(c) || "-_.".contains(c);
    if !name.is_empty() && name.chars().count() <= 40 && name.chars().all(fits) {
        Ok(name.to_owned())
    } else {
        Err(format!(
            "'{typed}' cannot be the name of a {what}: use at most 40 letters, digits and - _ ."
        ))
    }
}
