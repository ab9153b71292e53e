//! The cells of a row, parsed by field.

use chrono::Datelike;

use super::RowBuilder;
use super::layout::JOINED;
use crate::domain::Timestamp;
use crate::domain::category::Category;
use crate::domain::import_report::ImportFinding;
use crate::domain::people::Agent;
use crate::domain::text::{self, BadText};
use crate::domain::vocabulary::UnknownWord;
use crate::import::suggest;

impl RowBuilder<'_> {
    /// The non-empty cells of a field, each with its column index.
    fn found(&self, field: &str) -> impl Iterator<Item = (usize, &str)> {
        let places = self.reader.layout.fields.get(field).into_iter().flatten();
        let cell = |at: &usize| Some((*at, (*self.cells.get(*at)?).trim()));
        let cells = places.filter_map(cell);
        cells.filter(|(_, cell)| !self.reader.mapping.is_missing(cell))
    }

    pub(super) fn cells(&self, field: &str) -> Vec<(usize, String)> {
        let cells = self.found(field);
        cells
            .map(|(at, cell)| (at, text::visible_nul(cell).into_owned()))
            .collect()
    }

    /// Returns whether the table has columns for a field and all are empty.
    pub(super) fn is_empty(&self, field: &str) -> bool {
        let columns = self.reader.layout.fields.get(field);
        columns.is_some_and(|columns| !columns.is_empty()) && self.found(field).next().is_none()
    }

    pub(super) fn has(&self, field: &str) -> bool {
        self.found(field).next().is_some()
    }

    pub(super) fn first(&self, field: &str) -> Option<(usize, String)> {
        let (at, cell) = self.found(field).next()?;
        Some((at, text::visible_nul(cell).into_owned()))
    }

    /// Keeps a cell that could not be understood as a fact, and reports it.
    pub(super) fn keep_as_fact(&mut self, at: usize, cell: String, reason: String) {
        let column = self.reader.layout.labels[at].clone();
        self.report(at, cell.clone(), reason);
        if !self.reader.layout.kept.contains(&at) {
            self.facts.push((column, cell));
        }
    }

    /// Reports a cell.
    fn report(&mut self, at: usize, cell: String, reason: String) {
        self.findings.push(ImportFinding {
            line: self.line,
            number: Some(self.number.clone()),
            refused: false,
            reason,
            column: Some(self.reader.layout.labels[at].clone()),
            value: Some(cell),
        });
    }

    pub(super) fn time(&mut self, field: &'static str) -> Option<Timestamp> {
        let (at, cell) = self.found(field).next()?;
        if let Some(known) = self.reader.memory.borrow().time(field, cell) {
            return Some(known);
        }
        let read = self.reader.dates.read(cell);
        let cell = text::visible_nul(cell).into_owned();
        let reason = match read {
            Ok(moment) if moment <= self.reader.now => {
                if !self.check_year(at, &cell, moment) {
                    let mut memory = self.reader.memory.borrow_mut();
                    memory.keep_time(field, cell, moment);
                }
                return Some(moment);
            }
            Ok(_) => "is in the future".to_owned(),
            Err(reason) => reason.to_string(),
        };
        self.keep_as_fact(at, cell, format!("the time {field} {reason}"));
        None
    }

    /// Reports a year in which hardly a ticket was opened. Returns whether it did.
    fn check_year(&mut self, at: usize, cell: &str, moment: Timestamp) -> bool {
        let years = FIRST_LIKELY_YEAR..=self.reader.now.year() + 1;
        if !years.contains(&moment.year()) {
            let (first, last) = years.into_inner();
            let reason = format!(
                "took the year {} as it is, though it is not from {first} to {last}",
                moment.year()
            );
            self.report(at, cell.to_owned(), reason);
            return true;
        }
        false
    }

    /// Keeps the cells that no event will hold: all but the first of a field
    /// that takes one.
    pub(super) fn keep_other_cells(&mut self) {
        let layout = &self.reader.layout;
        for (field, places) in &layout.fields {
            if JOINED.contains(field) || places.len() < 2 {
                continue;
            }
            let cells = self.cells(field);
            let Some((_, counted)) = cells.first() else {
                continue;
            };
            for (at, cell) in &cells[1..] {
                if cell != counted && *at < layout.width && !layout.kept.contains(at) {
                    self.facts.push((layout.labels[*at].clone(), cell.clone()));
                }
            }
        }
    }

    /// Translates a cell to a word of desk.
    pub(super) fn translate(&self, field: &str, cell: &str) -> String {
        let words = self.reader.mapping.values.get(field);
        let ours = words.and_then(|words| words.get(&cell.to_lowercase()));
        ours.map_or_else(|| cell.to_owned(), Clone::clone)
    }

    pub(super) fn parse_value<T>(
        &mut self,
        field: &str,
        parse: impl Fn(&str) -> Result<T, UnknownWord>,
    ) -> Option<T> {
        let (at, cell) = self.first(field)?;
        if let Ok(word) = parse(&self.translate(field, &cell)) {
            return Some(word);
        }
        if let Some(Ok(word)) = self.recognized(field, &cell).map(parse) {
            return Some(word);
        }
        self.keep_as_fact(at, cell, format!("unknown {field}"));
        None
    }

    pub(super) fn level(&self, field: &str) -> Option<String> {
        let (_, cell) = self.first(field)?;
        let ours = self.translate(field, &cell);
        if ours != cell {
            return Some(ours);
        }
        Some(self.recognized(field, &cell).map_or(ours, str::to_owned))
    }

    /// The word of desk for a cell, where the mapping has none and allows it.
    fn recognized(&self, field: &str, cell: &str) -> Option<&'static str> {
        if !self.reader.mapping.recognizes {
            return None;
        }
        let mut memory = self.reader.memory.borrow_mut();
        memory.word(field, cell, || suggest::translation(field, cell))
    }

    /// Joins a cell to a single line. A longer text is shortened, and kept in
    /// full as a fact.
    pub(super) fn single_line(&mut self, field: &str) -> Option<String> {
        let (at, cell) = self.first(field)?;
        let flat = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        if flat.chars().count() <= text::LINE {
            return Some(flat).filter(|flat| !flat.is_empty());
        }
        let cut: String = flat.chars().take(text::LINE - 1).collect();
        if field == "number" {
            return None;
        }
        self.keep_as_fact(
            at,
            cell,
            format!("the {field} is too long for one line: kept in full as a fact"),
        );
        Some(format!("{cut}…"))
    }

    /// A text of any length. Several columns become paragraphs.
    pub(super) fn body(&mut self, field: &str) -> Option<String> {
        let parts = self.all(field);
        (!parts.is_empty()).then(|| parts.join("\n\n"))
    }

    pub(super) fn all(&self, field: &str) -> Vec<String> {
        self.cells(field)
            .into_iter()
            .map(|(_, cell)| cell)
            .collect()
    }

    /// An agent, by a short name and the one in the log.
    pub(super) fn agent(&mut self, field: &str) -> Option<Agent> {
        let (at, cell) = self.found(field).next()?;
        if let Some(known) = self.reader.memory.borrow().agents.get(cell) {
            return Some(known.clone());
        }
        let cell = text::visible_nul(cell).into_owned();
        let written = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        let agent = match written.chars().count() <= text::LINE {
            true => Agent::from_foreign(&written),
            false => Agent::parse(&written),
        };
        let safe = agent.and_then(|agent| text::check_scripts(agent.as_str()).map(|()| agent));
        let reason = match safe {
            Ok(agent) => {
                self.reader.memory.borrow_mut().keep_agent(cell, &agent);
                return Some(agent);
            }
            Err(BadText::MixedScripts { .. } | BadText::Disguised { .. }) => {
                format!("{field} could pass for another agent name")
            }
            Err(_) => format!("{field} is not an agent name"),
        };
        self.keep_as_fact(at, cell, reason);
        None
    }

    pub(super) fn category(&mut self) -> Option<Category> {
        let parts = self.cells("category");
        let (at, _) = parts.first()?.clone();
        let written: Vec<&str> = parts.iter().map(|(_, part)| part.as_str()).collect();
        let written = written.join("/");
        if let Some(known) = self.reader.memory.borrow().categories.get(&written) {
            return Some(known.clone());
        }
        let mut names = Vec::new();
        for (_, part) in &parts {
            names.extend(
                part.replace("::", "/")
                    .split(['/', '>'])
                    .map(slug)
                    .filter(|name| !name.is_empty()),
            );
        }
        let reason = match Category::parse(&names.join("/")) {
            Ok(category) => match category.check_scripts() {
                Ok(()) => {
                    if !self.keep_spelling(&parts) {
                        let mut memory = self.reader.memory.borrow_mut();
                        memory.keep_category(written, &category);
                    }
                    return Some(category);
                }
                Err(_) => "could pass for another category name",
            },
            Err(_) => "not a category name",
        };
        self.keep_as_fact(at, written, reason.to_owned());
        None
    }

    /// Keeps what the form of category names cannot show, as in `C# (old)`.
    /// Returns whether there is such a part.
    fn keep_spelling(&mut self, parts: &[(usize, String)]) -> bool {
        let known = self.facts.len();
        let is_shown = |c: char| is_in_category(c) || c.is_whitespace() || "/>".contains(c);
        for (at, part) in parts {
            if !part.replace("::", "/").chars().all(is_shown) {
                let label = self.reader.layout.labels[*at].clone();
                self.facts.push((label, part.clone()));
            }
        }
        self.facts.len() > known
    }

    pub(super) fn satisfaction(&mut self) -> Option<u8> {
        let (at, cell) = self.first("satisfaction")?;
        let word = self.translate("satisfaction", &cell);
        // Spreadsheets write 4 as 4.0 or 4,0, and questionnaires as 4/5.
        let whole = word.trim_end_matches("/5").trim_end();
        let whole = whole
            .split_once(['.', ','])
            .filter(|(_, fraction)| !fraction.is_empty() && fraction.bytes().all(|b| b == b'0'))
            .map_or(whole, |(whole, _)| whole);
        if let Some(grade) = whole.parse().ok().filter(|grade| (1..=5).contains(grade)) {
            return Some(grade);
        }
        self.keep_as_fact(
            at,
            cell,
            "satisfaction is not a number from 1 to 5".to_owned(),
        );
        None
    }
}

/// The first year in which a ticket is likely to have been opened.
const FIRST_LIKELY_YEAR: i32 = 1990;

/// Converts a name to the form of category names.
fn slug(name: &str) -> String {
    let name = name.trim().to_lowercase();
    let parts = name
        .split(|c| !is_in_category(c))
        .filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}

fn is_in_category(c: char) -> bool {
    c.is_alphanumeric() || "-_.+&".contains(c)
}
