//! The outcome of an import. Every row and every ticket is counted once, so
//! that the counts add up to what was read.

use std::collections::BTreeMap;

/// What happened to a row or to a ticket. If the rows of a ticket differ, the
/// first of these outcomes counts for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RowOutcome {
    /// It created a ticket or is part of a created one.
    New,
    /// It was added to an existing ticket.
    Extended,
    /// It was imported before.
    Unchanged,
    /// It was not imported.
    Refused,
}

/// The number of rows or tickets by outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct OutcomeCounts {
    pub(crate) new: u64,
    pub(crate) extended: u64,
    pub(crate) unchanged: u64,
    pub(crate) refused: u64,
}

impl OutcomeCounts {
    pub(crate) const fn add(&mut self, outcome: RowOutcome, count: u64) {
        match outcome {
            RowOutcome::New => self.new += count,
            RowOutcome::Extended => self.extended += count,
            RowOutcome::Unchanged => self.unchanged += count,
            RowOutcome::Refused => self.refused += count,
        }
    }

    const fn add_all(&mut self, others: &Self) {
        let Self {
            new,
            extended,
            unchanged,
            refused,
        } = *others;
        self.new += new;
        self.extended += extended;
        self.unchanged += unchanged;
        self.refused += refused;
    }

    pub(crate) const fn total(&self) -> u64 {
        self.new + self.extended + self.unchanged + self.refused
    }
}

/// How many characters of a cell are shown with a problem.
const LONGEST_SHOWN: usize = 60;

/// A problem with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ImportFinding {
    /// The line where the row begins, from 1.
    pub(crate) line: u64,
    /// The number of the ticket, if known.
    pub(crate) number: Option<String>,
    /// Whether the row was refused. Otherwise it was imported, and the value in
    /// question is kept as an extra field.
    pub(crate) refused: bool,
    /// The problem, in the same words for all rows that have it.
    pub(crate) reason: String,
    /// The column and its content.
    pub(crate) column: Option<String>,
    pub(crate) value: Option<String>,
}

impl ImportFinding {
    /// The problem with the cell that has it: `unknown status (state '-100')`.
    pub(crate) fn described(&self) -> String {
        let shown = |value: &str| match value.char_indices().nth(LONGEST_SHOWN) {
            Some((end, _)) => format!("'{}…'", &value[..end]),
            None => format!("'{value}'"),
        };
        let reason = &self.reason;
        match (&self.column, &self.value) {
            (Some(column), Some(value)) => format!("{reason} ({column} {})", shown(value)),
            (Some(column), None) => format!("{reason} ({column})"),
            (None, Some(value)) => format!("{reason} ({})", shown(value)),
            (None, None) => reason.clone(),
        }
    }

    /// Creates the finding of a refused row.
    pub(crate) const fn refused(line: u64, number: Option<String>, reason: String) -> Self {
        Self {
            line,
            number,
            refused: true,
            reason,
            column: None,
            value: None,
        }
    }
}

/// The result of an import.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ImportReport {
    /// The other system or the other store.
    pub(crate) source: String,
    pub(crate) rows: OutcomeCounts,
    pub(crate) tickets: OutcomeCounts,
    /// The number of added events.
    pub(crate) events: u64,
    /// The number of added policy versions.
    pub(crate) policies: u64,
    pub(crate) findings: Vec<ImportFinding>,
    /// What was detected about the format of the file.
    pub(crate) notes: Vec<String>,
}

impl ImportReport {
    /// Adds the result of a part of the same import.
    pub(crate) fn add(&mut self, part: Self) {
        let Self {
            source: _,
            rows,
            tickets,
            events,
            policies,
            findings,
            notes,
        } = part;
        self.rows.add_all(&rows);
        self.tickets.add_all(&tickets);
        self.events += events;
        self.policies += policies;
        self.findings.extend(findings);
        self.notes.extend(notes);
    }

    /// Groups the findings by reason: the first of each, and their number.
    /// Refusals come first.
    pub(crate) fn reasons(&self) -> Vec<(&ImportFinding, u64)> {
        let mut reasons: BTreeMap<(bool, &str), (&ImportFinding, u64)> = BTreeMap::new();
        for finding in &self.findings {
            let key = (!finding.refused, finding.reason.as_str());
            reasons.entry(key).or_insert((finding, 0)).1 += 1;
        }
        reasons.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_counted_and_refusals_come_first() {
        let finding = |line, refused, reason: &str| ImportFinding {
            line,
            number: None,
            refused,
            reason: reason.to_owned(),
            column: None,
            value: None,
        };
        let report = ImportReport {
            findings: vec![
                finding(2, false, "a"),
                finding(3, true, "z"),
                finding(4, false, "a"),
            ],
            ..ImportReport::default()
        };
        let reasons = report.reasons().into_iter();
        let reasons: Vec<_> = reasons
            .map(|(first, count)| (first.reason.as_str(), first.line, count))
            .collect();
        assert_eq!(reasons, [("z", 3, 1), ("a", 2, 2)]);
    }

    #[test]
    fn a_problem_names_the_column_and_the_cell() {
        let finding = ImportFinding {
            column: Some("opened".to_owned()),
            value: Some("3/17/2025 6:04".to_owned()),
            ..ImportFinding::refused(2, None, "does not fit ISO 8601".to_owned())
        };
        let text = finding.described();
        assert_eq!(text, "does not fit ISO 8601 (opened '3/17/2025 6:04')");
        let long = ImportFinding {
            value: Some("ü".repeat(100)),
            ..finding
        };
        assert!(long.described().ends_with("ü…')"), "{}", long.described());
    }

    #[test]
    fn the_total_is_the_sum_of_the_outcomes() {
        let mut counts = OutcomeCounts::default();
        counts.add(RowOutcome::New, 2);
        counts.add(RowOutcome::Extended, 3);
        counts.add(RowOutcome::Unchanged, 5);
        counts.add(RowOutcome::Refused, 7);
        assert_eq!(counts.total(), 17);
    }
}
