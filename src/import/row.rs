//! Turns records into import rows through a mapping. Cells that cannot be
//! understood are kept as facts under their column name, and reported.

mod cells;

use std::collections::BTreeMap;

use csv::ByteRecord;
use sha2::{Digest, Sha256};

use super::mapping::Mapping;
use crate::domain::Timestamp;
use crate::domain::external_record::{ImportOptions, ImportRow, ImportedStatus};
use crate::domain::import_report::ImportFinding;
use crate::domain::people::{Requester, Tier};
use crate::domain::priority::Priority;
use crate::domain::text;
use crate::domain::vocabulary::{Channel, ClosureCode, Kind, UnknownWord};

/// Reads the rows of one table.
pub(crate) struct RowReader<'a> {
    mapping: &'a Mapping,
    header: Vec<String>,
    /// The column indexes of each field.
    columns: BTreeMap<&'static str, Vec<usize>>,
    /// The indexes of the columns to keep as facts.
    kept_columns: Vec<usize>,
    /// Later times are rejected.
    now: Timestamp,
}

/// A row while it is being read.
struct RowBuilder<'r> {
    reader: &'r RowReader<'r>,
    cells: Vec<&'r str>,
    line: u64,
    number: String,
    facts: Vec<(String, String)>,
    findings: Vec<ImportFinding>,
}

impl<'a> RowReader<'a> {
    /// Finds the mapped columns in the header of a table.
    ///
    /// # Errors
    /// A message that names the missing columns.
    pub(crate) fn new(map: &'a Mapping, header: &[String], now: Timestamp) -> Result<Self, String> {
        let index = |name: &str| {
            header.iter().position(|column| column == name).or_else(|| {
                header
                    .iter()
                    .position(|column| column.eq_ignore_ascii_case(name))
            })
        };
        let mut places = BTreeMap::new();
        let mut missing = Vec::new();
        let mut used = Vec::new();
        let mut find = |names: &'a [String]| {
            let mut found = Vec::new();
            for name in names {
                match index(name) {
                    Some(index) => found.push(index),
                    None => missing.push(name.as_str()),
                }
            }
            found
        };
        for (field, names) in &map.columns {
            let found = find(names);
            used.extend(found.iter().copied());
            places.insert(*field, found);
        }
        let mut kept = match &map.kept_columns {
            Some(names) => find(names),
            None => {
                used.extend(map.ignored_columns.iter().filter_map(|name| index(name)));
                (0..header.len()).filter(|at| !used.contains(at)).collect()
            }
        };
        // These fields have no counterpart on a ticket.
        for field in ["group", "reason", "began"] {
            kept.extend(places.get(field).into_iter().flatten().copied());
        }
        let lacks_required = ["number", "opened"]
            .iter()
            .any(|field| places[field].is_empty());
        if !missing.is_empty() && (lacks_required || !map.optional_columns) {
            return Err(format!(
                "missing columns: {}; found {}",
                missing.join(", "),
                header.join(", ")
            ));
        }
        Ok(Self {
            mapping: map,
            header: header.to_vec(),
            columns: places,
            kept_columns: kept,
            now,
        })
    }

    /// The options of the mapping, limited to the columns that the table has.
    pub(crate) fn options(&self) -> ImportOptions {
        let has = |field: &str| {
            self.columns
                .get(field)
                .is_some_and(|found| !found.is_empty())
        };
        ImportOptions {
            has_resolved_column: has("resolved"),
            has_assignee_column: has("assignee"),
            ..self.mapping.options.clone()
        }
    }

    /// Reads a row.
    ///
    /// # Errors
    /// A finding that says why the row is refused.
    pub(crate) fn read_row(
        &self,
        line: u64,
        record: &ByteRecord,
    ) -> Result<ImportRow, ImportFinding> {
        let refused = |number, reason| ImportFinding::refused(line, number, reason);
        let cells: Result<Vec<&str>, _> = record.iter().map(std::str::from_utf8).collect();
        let cells = cells.map_err(|_| refused(None, "row is not valid UTF-8".to_owned()))?;
        let mut row = RowBuilder {
            reader: self,
            cells,
            line,
            number: String::new(),
            facts: Vec::new(),
            findings: Vec::new(),
        };
        let number = row.single_line("number");
        row.number = number.ok_or_else(|| refused(None, "row has no number".to_owned()))?;
        if row.cells.len() != self.header.len() {
            let reason = format!(
                "row has {} cells, header has {}",
                row.cells.len(),
                self.header.len()
            );
            return Err(refused(Some(row.number), reason));
        }
        let opened = row.time("opened");
        let at = row.time("updated");
        if !self.mapping.options.one_row_per_ticket && at.is_none() {
            let number = Some(row.number.clone());
            return Err(refused(number, "row has no update time".to_owned()));
        }
        let opened = opened.or(at);
        if opened.is_none() {
            let number = Some(row.number.clone());
            return Err(refused(number, "row has no opening time".to_owned()));
        }
        Ok(row.build(opened, at, digest(record)))
    }

    fn is_missing(&self, cell: &str) -> bool {
        let cell = cell.trim();
        cell.is_empty()
            || self
                .mapping
                .empty_values
                .iter()
                .any(|word| word.eq_ignore_ascii_case(cell))
    }
}

/// A hash that identifies the content of a row.
fn digest(record: &ByteRecord) -> String {
    let mut hash = Sha256::new();
    for cell in record {
        hash.update((cell.len() as u64).to_be_bytes());
        hash.update(cell);
    }
    hash.finalize()
        .iter()
        .take(8)
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

impl RowBuilder<'_> {
    fn build(
        mut self,
        opened: Option<Timestamp>,
        at: Option<Timestamp>,
        digest: String,
    ) -> ImportRow {
        let [resolved, closed, first_response, last_message] =
            ["resolved", "closed", "first_response", "last_message"].map(|field| self.time(field));
        let standing = self.parse_value("status", |word| {
            let fault = || UnknownWord::new("status", word, ImportedStatus::WORDS);
            ImportedStatus::parse(word).ok_or_else(fault)
        });
        let requester = Requester {
            name: self.single_line("requester"),
            contact: self.single_line("contact"),
            language: self.single_line("language"),
        };
        let import_row = ImportRow {
            line: self.line,
            digest,
            at,
            by: self.agent("updated_by"),
            opened,
            opened_by: self.agent("opened_by"),
            resolved,
            resolved_by: self.agent("resolved_by"),
            closed,
            first_response,
            is_unanswered: self.is_empty("first_response"),
            last_message,
            title: self.single_line("title"),
            description: self.body("description"),
            requester,
            channel: self.parse_value("channel", Channel::parse),
            kind: self.parse_value("kind", Kind::parse),
            status: standing,
            impact: self.level("impact"),
            urgency: self.level("urgency"),
            priority: self.parse_value("priority", Priority::parse),
            category: self.category(),
            tier: self.level("tier").map(|tier| Tier::from_stored(&tier)),
            assignee: self.agent("assignee"),
            symptoms: self.all("symptom"),
            affected: self.all("affected"),
            note: self.body("note"),
            resolution: self.body("resolution"),
            code: self.parse_value("code", ClosureCode::parse),
            satisfaction: self.satisfaction(),
            number: self.number.clone(),
            extra_fields: Vec::new(),
            findings: Vec::new(),
        };
        for at in &self.reader.kept_columns {
            let cell = self.cells.get(*at).copied().unwrap_or_default();
            let cell = if self.reader.is_missing(cell) {
                ""
            } else {
                cell.trim()
            };
            self.facts.push((
                self.reader.header[*at].clone(),
                text::visible_nul(cell).into_owned(),
            ));
        }
        ImportRow {
            extra_fields: self.facts,
            findings: self.findings,
            ..import_row
        }
    }
}
