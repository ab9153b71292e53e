//! Suggests a mapping for a file, from its column names and a sample of rows.
//! Uncertain lines are comments.

mod heads;
mod values;
mod words;

pub(super) use self::values::translation;

use std::collections::{BTreeMap, BTreeSet};

use csv::ByteRecord;

use super::date_proof::{DateProof, ProvedFormats};
use super::mapping::TIMES;
use crate::policy_file::toml_string;

/// The fields whose values are translated.
const TRANSLATED: [&str; 7] = [
    "status", "channel", "kind", "impact", "urgency", "priority", "code",
];

/// The maximum number of different values listed per column.
const MAX_VALUES: usize = 40;

/// The columns of the fields, and what the sample shows.
struct Draft<'a> {
    header: &'a [String],
    sample: &'a [ByteRecord],
    columns: BTreeMap<&'static str, Vec<usize>>,
    proof: DateProof,
}

/// Suggests a mapping for a table.
pub(crate) fn suggest_mapping(header: &[String], sample: &[ByteRecord]) -> String {
    let mut draft = Draft {
        header,
        sample,
        columns: BTreeMap::new(),
        proof: DateProof::new(),
    };
    draft.assign_columns();
    let events = draft.find_time_of_changes();
    draft.write(events)
}

/// The columns that hold fields by their names, of the fields and columns that
/// are not mapped.
pub(super) fn recognized(
    header: &[String],
    mapped: &BTreeMap<&'static str, Vec<usize>>,
) -> Vec<(&'static str, usize)> {
    let taken: BTreeSet<usize> = mapped.values().flatten().copied().collect();
    let found = |field: &str| mapped.get(field).is_some_and(|columns| !columns.is_empty());
    let mut guesses: Vec<(i32, usize, &'static str)> = Vec::new();
    for (at, head) in header
        .iter()
        .enumerate()
        .filter(|(at, _)| !taken.contains(at))
    {
        if let Some((field, score)) = heads::guess(head) {
            let field = if field == "subcategory" {
                "category"
            } else {
                field
            };
            if !found(field) && !["group", "code"].contains(&field) {
                guesses.push((score, at, field));
            }
        }
    }
    guesses.sort_by_key(|(score, at, _)| (-score, *at));
    let mut recognized: Vec<(&'static str, usize)> = Vec::new();
    for (_, at, field) in guesses {
        let is_first = recognized.iter().all(|(known, _)| *known != field);
        if is_first || field == "category" {
            recognized.push((field, at));
        }
    }
    recognized
}

impl Draft<'_> {
    /// Gives each field the column whose name fits best, if its cells fit too.
    fn assign_columns(&mut self) {
        let mut guesses: Vec<(i32, usize, &'static str)> = Vec::new();
        for (at, head) in self.header.iter().enumerate() {
            if let Some((field, score)) = heads::guess(head) {
                guesses.push((score, at, field));
            }
        }
        guesses.sort_by_key(|(score, at, _)| (-score, *at));
        let mut subcategory = None;
        for (_, at, field) in guesses {
            if field == "subcategory" {
                subcategory = subcategory.or(Some(at));
                continue;
            }
            let Some(field) = self.field_by_cells(field, at) else {
                continue;
            };
            self.columns.entry(field).or_insert_with(|| vec![at]);
        }
        if let (Some(at), Some(columns)) = (subcategory, self.columns.get_mut("category")) {
            columns.push(at);
        }
    }

    /// The field that the cells of a column allow: dates are no resolution, and
    /// sentences are no scale.
    fn field_by_cells(&self, field: &'static str, at: usize) -> Option<&'static str> {
        let cells = self.cells(at);
        if cells.is_empty() {
            return Some(field);
        }
        let times = cells.iter().filter(|cell| self.proof.is_time(cell)).count();
        let are_times = times * 2 >= cells.len();
        if TIMES.contains(&field) {
            return match are_times {
                true => Some(field),
                // An answer such as "fixed" is no time.
                false if field == "resolved" && !is_free_text(&cells) => Some("code"),
                false => None,
            };
        }
        match field {
            "resolution" if are_times => Some("resolved"),
            "resolution" if values::are_codes(&cells) => Some("code"),
            _ if TRANSLATED.contains(&field) && is_free_text(&cells) => None,
            _ if are_times && field != "number" => None,
            _ => Some(field),
        }
    }

    /// The cells of a column that are not empty.
    fn cells(&self, at: usize) -> Vec<String> {
        let cells = self.sample.iter().map(|record| cell(record, at));
        cells.filter(|cell| !is_empty_value(cell)).collect()
    }

    fn at(&self, field: &str) -> Option<usize> {
        self.columns.get(field)?.first().copied()
    }

    fn is_taken(&self, at: usize) -> bool {
        self.columns.values().flatten().any(|taken| *taken == at)
    }

    /// Returns whether rows are changes of tickets: numbers come again with
    /// other times. Then finds the column of these times.
    fn find_time_of_changes(&mut self) -> bool {
        let Some(number) = self.at("number") else {
            return false;
        };
        let updated = self.at("updated");
        let rest = (0..self.header.len()).filter(|at| !self.is_taken(*at));
        let candidates: Vec<usize> = updated
            .into_iter()
            .chain(self.at("opened"))
            .chain(rest)
            .collect();
        let found = candidates
            .into_iter()
            .find(|at| self.changes_with(number, *at));
        let Some(found) = found else {
            return false;
        };
        if self.at("opened") == Some(found) {
            self.columns.remove("opened");
        }
        self.columns.insert("updated", vec![found]);
        // Without a time of opening that of the first row counts.
        self.columns.entry("opened").or_insert_with(|| vec![found]);
        true
    }

    /// Whether the times of a column differ between rows of one number.
    fn changes_with(&self, number: usize, at: usize) -> bool {
        let mut times: BTreeMap<String, String> = BTreeMap::new();
        let mut changed = false;
        let (mut read, mut all) = (0, 0);
        for record in self.sample {
            let time = cell(record, at);
            if is_empty_value(&time) {
                continue;
            }
            all += 1;
            read += usize::from(self.proof.is_time(&time));
            // Garbage in the first rows ends it.
            if all >= 20 && read * 2 < all {
                return false;
            }
            let known = times
                .entry(cell(record, number))
                .or_insert_with(|| time.clone());
            changed |= *known != time;
        }
        changed && read * 2 >= all
    }

    fn write(mut self, events: bool) -> String {
        let mut lines =
            vec!["# Suggested from the header and a sample of rows: check every line.".to_owned()];
        lines.push("source = \"other\"  # the name of the other system".to_owned());
        lines.push(
            match events {
                true => "shape = \"events\"  # one row per change",
                false => "shape = \"tickets\"  # one row per ticket",
            }
            .to_owned(),
        );
        let times: BTreeSet<usize> = TIMES.iter().filter_map(|field| self.at(field)).collect();
        let times: Vec<String> = times.into_iter().flat_map(|at| self.cells(at)).collect();
        times.iter().for_each(|time| self.proof.add(time));
        lines.push(dates(&self.proof));
        lines.push("zone = \"UTC\"  # the zone of times without an offset".to_owned());
        lines.push("missing = [\"\", \"?\", \"NULL\"]".to_owned());
        lines.push(String::new());
        lines.push("[columns]".to_owned());
        lines.extend(self.column_lines());
        let rest: Vec<String> = (0..self.header.len())
            .filter(|at| !self.is_taken(*at))
            .map(|at| toml_string(&self.header[at]))
            .collect();
        if !rest.is_empty() {
            lines.push(format!("# kept as facts: {}", rest.join(", ")));
        }
        for field in TRANSLATED {
            lines.extend(self.value_lines(field));
        }
        lines.join("\n") + "\n"
    }

    fn column_lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (field, _) in heads::NAMES {
            let Some(columns) = self.columns.get(field) else {
                continue;
            };
            let names: Vec<String> = columns
                .iter()
                .map(|at| toml_string(&self.header[*at]))
                .collect();
            lines.push(match names.as_slice() {
                [one] => format!("{field} = {one}"),
                several => format!("{field} = [{}]", several.join(", ")),
            });
        }
        if let Some(note) = self.at("note") {
            lines.push(format!("note = {}", toml_string(&self.header[note])));
        }
        if self.at("number").is_none() {
            lines.push("number = { row = true }  # no column of numbers was recognized".to_owned());
        }
        if self.at("opened").is_none() {
            lines.push(
                "# opened = \"\"  # required: which column is it? or one time for all: \
                 opened = { value = \"2026-01-01\" }"
                    .to_owned(),
            );
        }
        lines
    }

    fn value_lines(&self, field: &str) -> Vec<String> {
        let cells = self.at(field).map(|at| self.cells(at));
        let words: BTreeSet<String> = cells.into_iter().flatten().collect();
        let mut lines = Vec::new();
        if words.is_empty() {
            return lines;
        }
        lines.push(String::new());
        lines.push(format!("[values.{field}]"));
        for word in words.iter().take(MAX_VALUES) {
            lines.push(match translation(field, word) {
                Some(ours) => format!("{} = {ours:?}", toml_string(word)),
                None => format!("# {} = \"\"", toml_string(word)),
            });
        }
        lines
    }
}

fn cell(record: &ByteRecord, at: usize) -> String {
    String::from_utf8_lossy(record.get(at).unwrap_or_default())
        .trim()
        .to_owned()
}

fn is_empty_value(cell: &str) -> bool {
    matches!(cell.to_lowercase().as_str(), "" | "?" | "null")
}

/// Whether cells are sentences and not words that come again.
fn is_free_text(cells: &[String]) -> bool {
    let distinct: BTreeSet<&String> = cells.iter().collect();
    let long = cells
        .iter()
        .filter(|cell| cell.chars().count() > MAX_VALUES)
        .count();
    long * 4 > cells.len() || distinct.len() > MAX_VALUES && distinct.len() * 2 > cells.len()
}

/// The line that declares the formats of the times.
fn dates(proof: &DateProof) -> String {
    let unread = proof.unread().map_or_else(String::new, |(count, first)| {
        let first: String = first.chars().filter(|c| !c.is_control()).take(30).collect();
        format!(
            "  # {count} of the sample fit no format, such as {}",
            toml_string(&first)
        )
    });
    match proof.result() {
        ProvedFormats::Proved(formats) => match formats.as_slice() {
            [one] => format!("dates = {}{unread}", toml_string(one)),
            several => {
                let several: Vec<String> = several.iter().map(|form| toml_string(form)).collect();
                format!("dates = [{}]{unread}", several.join(", "))
            }
        },
        ProvedFormats::Ambiguous {
            formats: [one, other],
            example,
        } => format!(
            "# dates = {one:?}  # or {other:?}: the sample matches both, such as {}: choose one",
            toml_string(&example)
        ),
        ProvedFormats::Contradicted {
            formats: [one, other],
            examples: [not_one, not_other],
        } => format!(
            "# dates = {one:?}  # but not {}; and not {other:?} because of {}",
            toml_string(&not_one),
            toml_string(&not_other)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::mapping;
    use super::*;

    #[test]
    fn a_suggestion_is_a_valid_mapping() {
        let header = [
            "number",
            "incident_state",
            "opened_at",
            "sys_updated_at",
            "impact",
            "odd",
        ];
        let header: Vec<String> = header.iter().map(|h| (*h).to_owned()).collect();
        let row = |state: &str, minute: &str| {
            ByteRecord::from(vec![
                "INC1",
                state,
                "29/2/2016 01:16",
                minute,
                "1 - High",
                "x",
            ])
        };
        let text = suggest_mapping(
            &header,
            &[
                row("New", "29/2/2016 01:20"),
                row("Awaiting User Info", "29/2/2016 01:21"),
                row("-100", "29/2/2016 01:22"),
            ],
        );
        assert!(text.contains("shape = \"events\""), "{text}");
        assert!(text.contains("dates = \"%d/%m/%Y %H:%M\""), "{text}");
        assert!(text.contains("# \"-100\" = \"\""), "{text}");
        let map = mapping::parse_mapping(&text).unwrap();
        assert_eq!(
            map.values["status"]["awaiting user info"],
            "paused for requester"
        );
    }

    fn line(times: &[&str]) -> String {
        let mut proof = DateProof::new();
        times.iter().for_each(|time| proof.add(time));
        dates(&proof)
    }

    #[test]
    fn one_time_that_contradicts_a_format_rules_it_out() {
        let mut times = vec!["03-01-2025 10:00:00"; 50];
        assert!(line(&times).starts_with("# dates = "), "{}", line(&times));
        times.push("03-28-2025 10:00:00");
        assert_eq!(line(&times), "dates = \"%m-%d-%Y %H:%M:%S\"");
        times.push("28-03-2025 10:00:00");
        let both = line(&times);
        assert!(both.starts_with("# dates = "), "{both}");
        assert!(
            both.contains("28-03-2025") && both.contains("03-28-2025"),
            "{both}"
        );
        assert_eq!(line(&["2024-03-02 10:00"]), "dates = \"iso\"");
        assert_eq!(line(&["13/03/25 10:00"]), "dates = \"%d/%m/%y %H:%M\"");
        assert_eq!(
            line(&["01/Mar/25 1:05 PM"]),
            "dates = \"%d/%b/%y %I:%M %p\""
        );
        assert_eq!(line(&[]), "dates = \"iso\"");
        let mixed = line(&["13.03.2025 10:00", "2025-03-13T10:00:00Z", "never"]);
        assert_eq!(
            mixed,
            "dates = [\"iso\", \"%d.%m.%Y %H:%M\"]  # 1 of the sample fit no format, such as \"never\""
        );
    }

    #[test]
    fn sentences_are_no_scale() {
        let header = ["id", "opened", "Impact"].map(str::to_owned);
        let text =
            "The whole floor cannot work since Monday and everybody asks when it will be high time";
        let row = |n: &str| ByteRecord::from(vec![n, "2026-01-05", text]);
        let map = suggest_mapping(&header, &[row("1"), row("2")]);
        assert!(map.contains("# kept as facts: \"Impact\""), "{map}");
        assert!(!map.contains("[values.impact]"), "{map}");
    }
}
