//! Turns records into import rows through a mapping. Cells that cannot be
//! understood are kept as facts under their column name, and reported.

mod cells;
mod layout;
mod memory;

use std::cell::{Cell, RefCell};

use csv::ByteRecord;
use sha2::{Digest, Sha256};

pub(super) use self::layout::Layout;
use self::memory::Memory;
use super::date_formats::DateFormats;
use super::mapping::Mapping;
use crate::domain::Timestamp;
use crate::domain::custom_field::TypedField;
use crate::domain::external_record::{ImportOptions, ImportRow, ImportedStatus};
use crate::domain::import_report::ImportFinding;
use crate::domain::people::{Requester, Tier};
use crate::domain::priority::Priority;
use crate::domain::tag::Tag;
use crate::domain::text;
use crate::domain::vocabulary::{Channel, ClosureCode, Kind, UnknownWord};

/// Reads the rows of one table.
pub(crate) struct RowReader<'a> {
    mapping: &'a Mapping,
    dates: &'a DateFormats,
    layout: Layout,
    /// The values of columns that the table does not have, after its own.
    constants: Vec<&'a str>,
    /// The rows read so far.
    rows: Cell<u64>,
    memory: RefCell<Memory>,
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
    /// Finds the mapped columns in the header of a table, whose times have
    /// these formats.
    ///
    /// # Errors
    /// A message that names the missing columns.
    pub(crate) fn new(
        map: &'a Mapping,
        dates: &'a DateFormats,
        header: &[String],
        now: Timestamp,
    ) -> Result<Self, String> {
        Ok(Self {
            layout: Layout::new(map, header)?,
            constants: map.constants.values().map(String::as_str).collect(),
            mapping: map,
            dates,
            rows: Cell::new(0),
            memory: RefCell::default(),
            now,
        })
    }

    /// Says which columns were recognized by their names, if any were.
    pub(crate) fn recognized(&self) -> Option<String> {
        let found = self.layout.recognized.iter();
        let found: Vec<String> = found
            .map(|(field, name)| format!("{field} in '{name}'"))
            .collect();
        (!found.is_empty()).then(|| format!("recognized by name: {}", found.join(", ")))
    }

    /// The columns that the mapping neither maps, keeps nor ignores.
    pub(crate) fn left_out(&self) -> Vec<ImportFinding> {
        let columns = self.layout.left_out.iter();
        columns
            .map(|at| ImportFinding {
                line: 1,
                number: None,
                refused: false,
                reason: "left out the column: list it in ignore, or in keep".to_owned(),
                column: Some(self.layout.labels[*at].clone()),
                value: None,
            })
            .collect()
    }

    /// The options of the mapping, limited to the columns that the table has.
    pub(crate) fn options(&self) -> ImportOptions {
        let fields = &self.layout.fields;
        let has = |field: &str| fields.get(field).is_some_and(|found| !found.is_empty());
        let first = fields.iter().filter_map(|(field, found)| {
            Some((*field, self.layout.labels[*found.first()?].clone()))
        });
        ImportOptions {
            has_resolved_column: has("resolved"),
            has_assignee_column: has("assignee"),
            columns: first.collect(),
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
        let row_number = (self.rows.get() + 1).to_string();
        self.rows.set(self.rows.get() + 1);
        let cells: Result<Vec<&str>, _> = record.iter().map(std::str::from_utf8).collect();
        let mut cells = cells.map_err(|_| refused(None, "row is not valid UTF-8".to_owned()))?;
        let found = cells.len();
        cells.extend(&self.constants);
        cells.push(&row_number);
        let mut row = RowBuilder {
            reader: self,
            cells,
            line,
            number: String::new(),
            facts: Vec::new(),
            findings: Vec::new(),
        };
        let number = row.single_line("number");
        let reason = || match row.first("number") {
            Some(_) => format!("number is longer than {} characters", text::LINE),
            None => "row has no number".to_owned(),
        };
        row.number = number.ok_or_else(|| refused(None, reason()))?;
        if found != self.layout.width {
            let reason = format!("row has {found} cells, header has {}", self.layout.width);
            return Err(refused(Some(row.number), reason));
        }
        let opened = row.time("opened");
        let at = row.time("updated");
        let is_event = !self.mapping.options.one_row_per_ticket;
        if is_event && at.is_none() {
            return Err(row.refusal("updated", "update"));
        }
        if opened.or(at).is_none() {
            return Err(row.refusal("opened", "opening"));
        }
        if opened.is_none() && !is_event && !row.has("opened") {
            let finding = ImportFinding {
                refused: false,
                ..ImportFinding::refused(
                    line,
                    Some(row.number.clone()),
                    "no opening time: the time of the last update counts".to_owned(),
                )
            };
            row.findings.push(finding);
        }
        Ok(row.build(opened.or(at), at, digest(record)))
    }
}

/// A hash that identifies the content of a row.
fn digest(record: &ByteRecord) -> String {
    let mut hash = Sha256::new();
    for cell in record {
        hash.update((cell.len() as u64).to_be_bytes());
        hash.update(cell);
    }
    let hash: [u8; 32] = hash.finalize().into();
    let [a, b, c, d, e, f, g, h, ..] = hash;
    format!("{:016x}", u64::from_be_bytes([a, b, c, d, e, f, g, h]))
}

impl RowBuilder<'_> {
    /// Why a row without this time is refused: its cell is empty, or is no time.
    fn refusal(mut self, field: &str, time: &str) -> ImportFinding {
        let unread = self.layout().fields.get(field).into_iter().flatten();
        let unread = unread.map(|at| self.layout().labels[*at].clone());
        let unread: Vec<String> = unread.collect();
        let finding = self.findings.drain(..).find(|finding| {
            let column = finding.column.as_ref();
            column.is_some_and(|column| unread.contains(column))
        });
        let number = Some(self.number);
        match finding {
            Some(finding) => ImportFinding {
                refused: true,
                ..finding
            },
            None => ImportFinding {
                column: unread.into_iter().next(),
                ..ImportFinding::refused(self.line, number, format!("row has no {time} time"))
            },
        }
    }

    /// The tags of a row. Commas, semicolons, bars and line ends separate them; blanks
    /// within one become hyphens. What is no tag even then is reported.
    fn tags(&mut self) -> Vec<Tag> {
        let cells = self.all("tags");
        let typed = cells
            .iter()
            .flat_map(|cell| cell.split([',', ';', '|', '\n']));
        let mut tags = Vec::new();
        for typed in typed.map(str::trim).filter(|typed| !typed.is_empty()) {
            match Tag::parse(typed).ok().or_else(|| Tag::likely(typed)) {
                Some(tag) if tags.contains(&tag) => {}
                Some(tag) => tags.push(tag),
                None => self.findings.push(ImportFinding {
                    line: self.line,
                    number: Some(self.number.clone()),
                    refused: false,
                    reason: "it cannot be a tag".to_owned(),
                    column: None,
                    value: Some(typed.to_owned()),
                }),
            }
        }
        tags
    }

    /// The cells of fields that the policy defines; their values are checked when they
    /// are set.
    fn custom_fields(&self) -> Vec<TypedField> {
        let custom = self.layout().custom.iter();
        let fields = custom.filter_map(|(name, at)| {
            let cell = self.cells.get(*at)?.trim();
            let value = text::visible_nul(cell).into_owned();
            (!self.reader.mapping.is_missing(cell)).then(|| TypedField {
                name: name.clone(),
                value,
            })
        });
        fields.collect()
    }

    fn layout(&self) -> &Layout {
        &self.reader.layout
    }

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
            has_status: self.has("status"),
            impact: self.level("impact"),
            urgency: self.level("urgency"),
            priority: self.parse_value("priority", Priority::parse),
            category: self.category(),
            tier: self.level("tier").map(|tier| Tier::from_stored(&tier)),
            assignee: self.agent("assignee"),
            symptoms: self.all("symptom"),
            affected: self.all("affected"),
            tags: self.tags(),
            fields: self.custom_fields(),
            note: self.body("note"),
            resolution: self.body("resolution"),
            code: self.parse_value("code", ClosureCode::parse),
            satisfaction: self.satisfaction(),
            number: self.number.clone(),
            extra_fields: Vec::new(),
            findings: Vec::new(),
        };
        self.keep_other_cells();
        let layout = &self.reader.layout;
        for at in &layout.kept {
            let cell = self.cells.get(*at).copied().unwrap_or_default();
            let cell = if self.reader.mapping.is_missing(cell) {
                ""
            } else {
                cell.trim()
            };
            let label = layout.labels[*at].clone();
            self.facts
                .push((label, text::visible_nul(cell).into_owned()));
        }
        ImportRow {
            extra_fields: self.facts,
            findings: self.findings,
            ..import_row
        }
    }
}
