//! The cells of a row, parsed by field.

use super::RowBuilder;
use crate::domain::Timestamp;
use crate::domain::category::Category;
use crate::domain::import_report::ImportFinding;
use crate::domain::people::Agent;
use crate::domain::text::{self, BadText};
use crate::domain::vocabulary::UnknownWord;

impl RowBuilder<'_> {
    /// The non-empty cells of a field, each with its column index.
    pub(super) fn cells(&self, field: &str) -> Vec<(usize, String)> {
        let places = self.reader.columns.get(field).into_iter().flatten();
        let cell = |at: &usize| Some((*at, (*self.cells.get(*at)?).trim()));
        places
            .filter_map(cell)
            .filter(|(_, cell)| !self.reader.is_missing(cell))
            .map(|(at, cell)| (at, text::visible_nul(cell).into_owned()))
            .collect()
    }

    /// Returns whether the table has columns for a field and all are empty.
    pub(super) fn is_empty(&self, field: &str) -> bool {
        let columns = self.reader.columns.get(field);
        columns.is_some_and(|columns| !columns.is_empty()) && self.cells(field).is_empty()
    }

    pub(super) fn first(&self, field: &str) -> Option<(usize, String)> {
        self.cells(field).into_iter().next()
    }

    /// Keeps a cell that could not be understood as a fact, and reports it.
    pub(super) fn keep_as_fact(&mut self, at: usize, cell: String, reason: String) {
        let column = self.reader.header[at].clone();
        self.findings.push(ImportFinding {
            line: self.line,
            number: Some(self.number.clone()),
            refused: false,
            reason,
            column: Some(column.clone()),
            value: Some(cell.clone()),
        });
        if !self.reader.kept_columns.contains(&at) {
            self.facts.push((column, cell));
        }
    }

    pub(super) fn time(&mut self, field: &str) -> Option<Timestamp> {
        let (at, cell) = self.first(field)?;
        let reason = match self.reader.mapping.dates.read(&cell) {
            Ok(moment) if moment <= self.reader.now => return Some(moment),
            Ok(_) => "it is in the future",
            Err(reason) => reason,
        };
        self.keep_as_fact(at, cell, format!("ignored the time {field}: {reason}"));
        None
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
        self.keep_as_fact(at, cell, format!("unknown {field}"));
        None
    }

    pub(super) fn level(&self, field: &str) -> Option<String> {
        let (_, cell) = self.first(field)?;
        Some(self.translate(field, &cell))
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

    /// An agent name. Spaces become dashes.
    pub(super) fn agent(&mut self, field: &str) -> Option<Agent> {
        let (at, cell) = self.first(field)?;
        let name = cell.split_whitespace().collect::<Vec<_>>().join("-");
        let agent = Agent::parse(&name);
        let safe = agent.and_then(|agent| text::check_scripts(agent.as_str()).map(|()| agent));
        let reason = match safe {
            Ok(agent) => return Some(agent),
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
        let mut names = Vec::new();
        for (_, part) in &parts {
            names.extend(
                part.split(['/', '>'])
                    .map(slug)
                    .filter(|name| !name.is_empty()),
            );
        }
        let typed = parts
            .into_iter()
            .map(|(_, part)| part)
            .collect::<Vec<_>>()
            .join("/");
        let reason = match Category::parse(&names.join("/")) {
            Ok(category) => match category.check_scripts() {
                Ok(()) => return Some(category),
                Err(_) => "could pass for another category name",
            },
            Err(_) => "not a category name",
        };
        self.keep_as_fact(at, typed, reason.to_owned());
        None
    }

    pub(super) fn satisfaction(&mut self) -> Option<u8> {
        let (at, cell) = self.first("satisfaction")?;
        let word = self.translate("satisfaction", &cell);
        if let Some(grade) = word.parse().ok().filter(|grade| (1..=5).contains(grade)) {
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

/// Converts a name to the form of category names.
fn slug(name: &str) -> String {
    let fits = |c: char| c.is_alphanumeric() || "-_.+&".contains(c);
    let name = name.trim().to_lowercase();
    let parts = name.split(|c| !fits(c)).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}
