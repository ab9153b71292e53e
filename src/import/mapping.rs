//! The mapping document: which column holds which field, and which values
//! translate to which words of desk. Reports every fault with its line, as a
//! policy does.

mod fields;
mod settings;

pub(crate) use settings::with_setting;

use std::collections::BTreeMap;

use self::fields::{Fields, first_columns};
use super::date_formats::{DETECT, DateFormats, ISO, has_offset};
use super::table::FileFormat;
use crate::domain::external_record::{ImportOptions, ImportedStatus};
use crate::domain::text;
use crate::domain::time::zone::Zone;
use crate::domain::vocabulary::{Channel, ClosureCode, Kind, UnknownWord};
use crate::policy_file::Diagnostic;
use crate::policy_file::toml_reader::{Faults, TomlTable, TomlValue, unknown_word};

/// The maximum number of entries in a table or list.
const MAX_ENTRIES: usize = 5_000;

/// The fields that columns map to.
pub(super) const FIELDS: [&str; 34] = [
    "number",
    "title",
    "description",
    "requester",
    "contact",
    "language",
    "channel",
    "kind",
    "status",
    "impact",
    "urgency",
    "priority",
    "category",
    "tier",
    "assignee",
    "opened",
    "opened_by",
    "updated",
    "updated_by",
    "resolved",
    "resolved_by",
    "closed",
    "first_response",
    "last_message",
    "resolution",
    "code",
    "symptom",
    "affected",
    "tags",
    "note",
    "satisfaction",
    "began",
    "group",
    "reason",
];

/// The fields that hold a time.
pub(super) const TIMES: [&str; 6] = [
    "opened",
    "updated",
    "resolved",
    "closed",
    "first_response",
    "last_message",
];

/// The fields whose values can be translated.
const TRANSLATED: [&str; 9] = [
    "channel",
    "kind",
    "status",
    "impact",
    "urgency",
    "priority",
    "tier",
    "code",
    "satisfaction",
];

/// A valid mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mapping {
    pub(crate) options: ImportOptions,
    pub(crate) format: FileFormat,
    /// Cell values that count as empty, in lower case.
    pub(super) empty_values: Vec<String>,
    pub(crate) dates: DateFormats,
    /// The columns of each field, in order.
    pub(super) columns: BTreeMap<&'static str, Vec<String>>,
    /// The fields with one value for all rows.
    pub(super) constants: BTreeMap<&'static str, String>,
    /// The columns of fields that the policy defines, by the name of the field.
    pub(super) custom_fields: BTreeMap<String, String>,
    /// Whether the number of a ticket is that of its row.
    pub(super) numbers_are_rows: bool,
    /// Translations by field, keyed by the other system's value in lower case.
    pub(super) values: BTreeMap<&'static str, BTreeMap<String, String>>,
    /// The columns to keep as facts; all unmapped ones if `None`.
    pub(super) kept_columns: Option<Vec<String>>,
    pub(super) ignored_columns: Vec<String>,
    /// Whether a file may lack mapped columns.
    pub(super) optional_columns: bool,
    /// Whether other columns and values are recognized by their words.
    pub(super) recognizes: bool,
}

impl Mapping {
    /// Whether a cell means nothing.
    pub(super) fn is_missing(&self, cell: &str) -> bool {
        let cell = cell.trim();
        cell.is_empty()
            || self
                .empty_values
                .iter()
                .any(|word| word.eq_ignore_ascii_case(cell))
    }
}

/// Parses a mapping.
///
/// # Errors
/// Every fault, with its line.
pub(crate) fn parse_mapping(text: &str) -> Result<Mapping, Vec<Diagnostic>> {
    let log = Faults::new(text);
    let tree = log.parse(text);
    let root = TomlTable::root(&tree);
    root.allow_keys(
        &log,
        &[
            "source",
            "shape",
            "encoding",
            "delimiter",
            "missing",
            "dates",
            "zone",
            "channel",
            "kind",
            "keep",
            "ignore",
            "optional_columns",
            "recognize",
            "columns",
            "fields",
            "values",
        ],
    );
    let Fields {
        columns,
        constants,
        numbers_are_rows,
    } = Fields::read(&root, &log);
    let has = |field: &str| columns.contains_key(field);
    let options = ImportOptions {
        source: text_of(&root, &log, "source", "the name of the other system")
            .map(|source| text::visible_nul(source.trim()).into_owned())
            .unwrap_or_default(),
        one_row_per_ticket: rows_are_tickets(&root, &log),
        channel: word(&root, &log, "channel", Channel::parse).unwrap_or(Channel::Other),
        kind: word(&root, &log, "kind", Kind::parse),
        has_resolved_column: has("resolved"),
        has_assignee_column: has("assignee"),
        columns: first_columns(&columns),
    };
    if options.source.is_empty() && !log.has_syntax_errors() {
        root.add_fault(
            &log,
            "missing source: give the name of the other system, such as source = \"servicenow\"",
        );
    }
    let missing = strings(&root, &log, "missing").map_or_else(
        || vec![String::new(), "?".to_owned(), "null".to_owned()],
        |words| {
            words
                .iter()
                .map(|word| word.trim().to_lowercase())
                .collect()
        },
    );
    let map = Mapping {
        format: shape(&root, &log),
        empty_values: missing,
        dates: dates(&root, &log, &columns),
        values: values(&root, &log),
        kept_columns: match root.get("keep") {
            Some(node) if node.is_text() => {
                if node.text(&log, "").is_some_and(|text| text != "rest") {
                    log.add(node, "write \"rest\", or a list of columns");
                }
                None
            }
            Some(_) => strings(&root, &log, "keep"),
            None => None,
        },
        optional_columns: flag(&root, &log, "optional_columns"),
        recognizes: flag(&root, &log, "recognize"),
        ignored_columns: strings(&root, &log, "ignore").unwrap_or_default(),
        columns,
        constants,
        custom_fields: fields::custom(&root, &log),
        numbers_are_rows,
        options,
    };
    log.finish()?;
    Ok(map)
}

fn text_of<'a>(root: &TomlTable<'a>, log: &Faults, key: &str, wanted: &str) -> Option<&'a str> {
    root.get(key)?.text(log, wanted)
}

fn flag(root: &TomlTable<'_>, log: &Faults, key: &str) -> bool {
    let node = root.get(key);
    node.and_then(|node| node.boolean(log)).unwrap_or(false)
}

fn rows_are_tickets(root: &TomlTable<'_>, log: &Faults) -> bool {
    let Some(node) = root.get("shape") else {
        return true;
    };
    match node.text(log, "\"tickets\" or \"events\"") {
        Some("tickets") | None => true,
        Some("events") => false,
        Some(other) => {
            let choices = ["tickets", "events"];
            log.add(
                node,
                unknown_word(&UnknownWord::new("shape", other, choices)),
            );
            true
        }
    }
}

fn shape(root: &TomlTable<'_>, log: &Faults) -> FileFormat {
    let encoding = text_of(root, log, "encoding", "the name of an encoding");
    if let (Some(label), Some(node)) = (encoding, root.get("encoding"))
        && encoding_rs::Encoding::for_label(label.as_bytes()).is_none()
    {
        log.add(
            node,
            format!("'{label}' is not an encoding; use utf-8, windows-1252, latin1 …"),
        );
    }
    let delimiter = text_of(
        root,
        log,
        "delimiter",
        "a character such as \";\" or \"\\t\"",
    );
    let delimiter = delimiter.and_then(|text| match text.as_bytes() {
        [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() => Some(*byte),
        _ => {
            if let Some(node) = root.get("delimiter") {
                log.add(node, "write a single character, such as \";\" or \"\\t\"");
            }
            None
        }
    });
    FileFormat {
        encoding: encoding.map(str::to_owned),
        delimiter,
    }
}

/// Reads a string, or a list of strings.
fn list<'a>(node: &TomlValue<'a>, log: &Faults) -> Option<Vec<&'a str>> {
    let wanted = "a string, or a list of strings";
    if node.is_text() {
        return Some(vec![node.text(log, wanted)?]);
    }
    let items = node.items(log, MAX_ENTRIES, wanted)?;
    Some(
        items
            .iter()
            .filter_map(|item| item.text(log, "a string in quotes"))
            .collect(),
    )
}

fn strings(root: &TomlTable<'_>, log: &Faults, key: &str) -> Option<Vec<String>> {
    let list = list(root.get(key)?, log)?;
    Some(list.into_iter().map(str::to_owned).collect())
}

fn word<T>(
    root: &TomlTable<'_>,
    log: &Faults,
    key: &str,
    parse: fn(&str) -> Result<T, UnknownWord>,
) -> Option<T> {
    root.get(key)?.word(log, "a word in quotes", parse)
}

fn dates(
    root: &TomlTable<'_>,
    log: &Faults,
    columns: &BTreeMap<&'static str, Vec<String>>,
) -> DateFormats {
    let formats = strings(root, log, "dates").unwrap_or_default();
    let is_word = |format: &String| [ISO, DETECT].contains(&format.as_str());
    for format in formats.iter().filter(|format| !is_word(format)) {
        let bad = chrono::format::StrftimeItems::new(format)
            .any(|item| item == chrono::format::Item::Error);
        if let (true, Some(node)) = (bad || !format.contains('%'), root.get("dates")) {
            let message = format!(
                "'{format}' is not a time format; use one such as \"%d/%m/%Y %H:%M\", or \"iso\", or \"detect\""
            );
            log.add(node, message);
        }
    }
    let mut zone = None;
    if let Some(node) = root.get("zone")
        && let Some(name) = node.text(log, "a time zone such as \"Europe/Berlin\"")
    {
        match Zone::from_name(name) {
            Ok(known) => zone = Some(known),
            Err(fault) => log.add(node, format!("{fault}; {}", fault.hint())),
        }
    }
    let timed = TIMES.iter().any(|field| columns.contains_key(field));
    if zone.is_none()
        && timed
        && formats
            .iter()
            .any(|format| !is_word(format) && !has_offset(format))
        && root.get("zone").is_none()
        && let Some(node) = root.get("dates")
    {
        log.add(node, "times in this format have no offset: declare their zone, such as zone = \"Europe/Berlin\"");
    }
    DateFormats::new(formats, zone)
}

fn values(root: &TomlTable<'_>, log: &Faults) -> BTreeMap<&'static str, BTreeMap<String, String>> {
    let mut values = BTreeMap::new();
    let wanted = "a table of values, the other system's on the left";
    let Some(table) = root.table("values", log, wanted) else {
        return values;
    };
    table.allow_keys(log, &TRANSLATED);
    for (name, node) in table.entries(log, MAX_ENTRIES) {
        let Some(field) = TRANSLATED.iter().find(|field| *field == name) else {
            continue;
        };
        let Some(words) = node.table(log, wanted) else {
            continue;
        };
        let mut known = BTreeMap::new();
        for (theirs, node) in words.entries(log, MAX_ENTRIES) {
            if let Some(ours) = node.text(log, "a word of desk in quotes") {
                if let Some(fault) = check_word(field, ours) {
                    log.add(node, fault);
                }
                let ours = text::visible_nul(ours.trim()).into_owned();
                known.insert(text::visible_nul(theirs.trim()).to_lowercase(), ours);
            }
        }
        values.insert(*field, known);
    }
    values
}

/// Checks a word of desk against the closed vocabularies; returns the fault.
fn check_word(field: &str, ours: &str) -> Option<String> {
    let message = |fault: UnknownWord| unknown_word(&fault);
    match field {
        "channel" => Channel::parse(ours).err().map(message),
        "kind" => Kind::parse(ours).err().map(message),
        "code" => ClosureCode::parse(ours).err().map(message),
        "priority" => crate::domain::priority::Priority::parse(ours)
            .err()
            .map(message),
        "status" => ImportedStatus::parse(ours)
            .is_none()
            .then(|| unknown_word(&UnknownWord::new("status", ours, ImportedStatus::WORDS))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        let faults = parse_mapping(text).err().unwrap_or_default();
        faults.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_mapping_assigns_columns_to_fields() {
        let map = parse_mapping(
            "source = \"x\"\nshape = \"events\"\ndates = \"%d/%m/%Y %H:%M\"\nzone = \"UTC\"\n\
             [columns]\nnumber = \"id\"\nopened = \"o\"\nupdated = \"u\"\ncategory = [\"a\", \"b\"]\n\
             [values.status]\n\"On Hold\" = \"paused for vendor\"\n",
        )
        .unwrap();
        assert!(!map.options.one_row_per_ticket);
        assert_eq!(map.columns["category"], ["a", "b"]);
        assert_eq!(map.values["status"]["on hold"], "paused for vendor");
    }

    #[test]
    fn every_fault_is_reported() {
        let faults = faults(
            "shape = \"evnts\"\ndates = \"%d/%m/%Y\"\nencoding = \"klingon\"\n\
             [columns]\nnumbr = \"id\"\nopened = \"o\"\n[values.status]\nOpen = \"opne\"\n",
        );
        assert_eq!(faults.len(), 7, "{faults:#?}");
    }
}
