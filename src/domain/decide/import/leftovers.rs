//! What a row says and no event holds: a resolution of a ticket that is not
//! resolved, an end before the beginning, a second channel. It is kept under
//! the name of its column and reported, so that no cell of a log is lost.

use super::ImportDecision;
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact};
use crate::domain::external_record::ImportRow;
use crate::domain::import_report::ImportFinding;
use crate::domain::people::Agent;
use crate::domain::vocabulary::{Channel, ClosureCode};

/// A value of a row that may not be in an event yet.
#[derive(Debug, Clone, PartialEq, Eq)]
enum CellValue {
    Time(Timestamp),
    Text(String),
    Agent(Agent),
    Code(ClosureCode),
    Channel(Channel),
    Grade(u8),
}

impl CellValue {
    fn text(&self) -> String {
        match self {
            Self::Time(at) => at.to_rfc3339(),
            Self::Text(text) => text.clone(),
            Self::Agent(agent) => {
                let written = agent.display_name();
                written.unwrap_or(agent.as_str()).to_owned()
            }
            Self::Code(code) => code.as_str().to_owned(),
            Self::Channel(channel) => channel.as_str().to_owned(),
            Self::Grade(grade) => grade.to_string(),
        }
    }
}

/// A value with its field and the line that it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Leftover {
    line: u64,
    field: &'static str,
    value: CellValue,
}

/// Why a value is left over, if the importer should know. Who changed a row in
/// which nothing changed, and when, is kept without a word.
fn reason(field: &str) -> Option<String> {
    match field {
        "updated" | "updated_by" => None,
        "resolved" | "resolved_by" | "closed" | "resolution" | "code" | "satisfaction" => {
            Some(format!("kept {field} as a fact: the ticket did not end so"))
        }
        _ => Some(format!(
            "kept {field} as a fact: it differs from the first row of the ticket"
        )),
    }
}

impl ImportDecision<'_> {
    /// Remembers the values of a row that are not in an event yet. A later row
    /// may still bring them to it: some logs tell the end in every row.
    pub(super) fn remember_leftovers(&mut self, row: &ImportRow) {
        let text = |text: &Option<String>| text.clone().map(CellValue::Text);
        let agent = |agent: &Option<Agent>| agent.clone().map(CellValue::Agent);
        // A log of changes without a time of opening maps that of the row.
        let opened = row.opened.filter(|opened| Some(*opened) != row.at);
        let values = [
            ("opened", opened.map(CellValue::Time)),
            ("opened_by", agent(&row.opened_by)),
            ("updated_by", agent(&row.by)),
            (
                "updated",
                (row.at.filter(|_| self.options.one_row_per_ticket)).map(CellValue::Time),
            ),
            ("channel", row.channel.map(CellValue::Channel)),
            ("description", text(&row.description)),
            ("resolved", row.resolved.map(CellValue::Time)),
            ("resolved_by", agent(&row.resolved_by)),
            ("closed", row.closed.map(CellValue::Time)),
            ("resolution", text(&row.resolution)),
            ("code", row.code.map(CellValue::Code)),
            ("satisfaction", row.satisfaction.map(CellValue::Grade)),
        ];
        for (field, value) in values {
            let Some(value) = value else { continue };
            let is_known = |known: &Leftover| known.field == field && known.value == value;
            if !self.leftovers.iter().any(is_known) {
                let line = row.line;
                self.leftovers.push(Leftover { line, field, value });
            }
        }
    }

    /// Keeps what is still in no event, after the last row.
    pub(super) fn keep_leftovers(&mut self, number: &str) {
        let leftovers = std::mem::take(&mut self.leftovers).into_iter();
        let leftovers: Vec<Leftover> = leftovers.filter(|cell| !self.is_recorded(cell)).collect();
        let mut extra_fields = Vec::new();
        for Leftover { line, field, value } in leftovers {
            let column = self.options.label(field);
            let value = value.text();
            let known = &self.decision.ticket.extra_fields;
            if known.contains(&(column.clone(), value.clone())) {
                continue;
            }
            if let Some(reason) = reason(field) {
                self.findings.push(ImportFinding {
                    line,
                    number: Some(number.to_owned()),
                    refused: false,
                    reason,
                    column: Some(column.clone()),
                    value: Some(value.clone()),
                });
            }
            extra_fields.push((column, value));
        }
        if !extra_fields.is_empty() {
            self.record_fields(number, extra_fields);
        }
    }

    fn is_recorded(&self, cell: &Leftover) -> bool {
        let events = self.history.iter().chain(&self.decision.events);
        events.into_iter().any(|event| holds(event, cell))
    }
}

/// Whether an event holds the value of a field.
fn holds(event: &Event, Leftover { field, value, .. }: &Leftover) -> bool {
    let is = |found: Option<CellValue>| found.as_ref() == Some(value);
    let text = |text: &Option<String>| is(text.clone().map(CellValue::Text));
    let by = || is(event.actor.agent().cloned().map(CellValue::Agent));
    let at = || is(Some(CellValue::Time(event.at)));
    match (*field, &event.fact) {
        ("updated_by", _)
        | ("opened_by", Fact::Opened(_))
        | ("resolved_by", Fact::Resolved { .. }) => by(),
        ("updated", Fact::Imported { last_row_at, .. }) => {
            at() || is(Some(CellValue::Time(*last_row_at)))
        }
        ("opened", Fact::Opened(_))
        | ("updated", _)
        | ("resolved", Fact::Resolved { .. })
        | ("closed", Fact::Closed { .. }) => at(),
        ("channel", Fact::Opened(submission)) => is(Some(CellValue::Channel(submission.channel))),
        ("description", Fact::Opened(submission)) => text(&submission.description),
        ("description", Fact::Logged(note)) => text(&note.text),
        ("resolution", Fact::Resolved { text, .. }) => is(Some(CellValue::Text(text.clone()))),
        ("code", Fact::Resolved { code, .. }) => is(Some(CellValue::Code(*code))),
        ("satisfaction", Fact::Closed { satisfaction, .. }) => {
            is(satisfaction.map(CellValue::Grade))
        }
        (_, _) => false,
    }
}
