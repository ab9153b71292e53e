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

    pub(crate) const fn total(&self) -> u64 {
        self.new + self.extended + self.unchanged + self.refused
    }
}

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
    /// Groups the findings by reason: whether refused, the count, and the first
    /// line. Refusals come first.
    pub(crate) fn reasons(&self) -> Vec<(&str, bool, u64, u64)> {
        let mut reasons: BTreeMap<(bool, &str), (u64, u64)> = BTreeMap::new();
        for finding in &self.findings {
            let key = (!finding.refused, finding.reason.as_str());
            reasons.entry(key).or_insert((0, finding.line)).0 += 1;
        }
        reasons
            .into_iter()
            .map(|((imported, reason), (count, line))| (reason, !imported, count, line))
            .collect()
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
        assert_eq!(report.reasons(), [("z", true, 1, 3), ("a", false, 2, 2)]);
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
