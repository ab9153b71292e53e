//! What an import made of what it was given. Every row and every ticket is
//! counted once, so that the counts add up to what was read.

use std::collections::BTreeMap;

/// What became of a row, or of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RowOutcome {
    /// It made a ticket, or is part of one that was made.
    New,
    /// It added to a ticket that was known.
    Extended,
    /// It was known already.
    Unchanged,
    /// It was not taken in.
    Refused,
}

/// How many there were of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct OutcomeCounts {
    pub(crate) new: u64,
    pub(crate) extended: u64,
    pub(crate) unchanged: u64,
    pub(crate) refused: u64,
}

impl OutcomeCounts {
    pub(crate) const fn add(&mut self, fate: RowOutcome, count: u64) {
        match fate {
            RowOutcome::New => self.new += count,
            RowOutcome::Extended => self.extended += count,
            RowOutcome::Unchanged => self.unchanged += count,
            RowOutcome::Refused => self.refused += count,
        }
    }

    pub(crate) const fn read(&self) -> u64 {
        self.new + self.extended + self.unchanged + self.refused
    }
}

/// Something about a row that whoever imports should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ImportFinding {
    /// Where the row begins, from 1.
    pub(crate) line: u64,
    /// The number of the ticket, as far as it is known.
    pub(crate) number: Option<String>,
    /// Whether the row was refused; else it was taken in, and what could not
    /// be understood is kept as it was.
    pub(crate) refused: bool,
    /// The same words for all rows with the same fault.
    pub(crate) reason: String,
    /// The column, and what is in it.
    pub(crate) column: Option<String>,
    pub(crate) value: Option<String>,
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ImportReport {
    /// Where it came from: the other system, or the other store.
    pub(crate) source: String,
    pub(crate) rows: OutcomeCounts,
    pub(crate) tickets: OutcomeCounts,
    /// How many events were added.
    pub(crate) events: u64,
    /// How many versions of the policy were added.
    pub(crate) policies: u64,
    pub(crate) findings: Vec<ImportFinding>,
    /// How the file was read, where that was found out.
    pub(crate) notes: Vec<String>,
}

impl ImportReport {
    /// The findings by reason: how many, and the first line.
    pub(crate) fn reasons(&self) -> Vec<(&str, bool, u64, u64)> {
        let mut by: BTreeMap<(bool, &str), (u64, u64)> = BTreeMap::new();
        for found in &self.findings {
            let key = (!found.refused, found.reason.as_str());
            by.entry(key).or_insert((0, found.line)).0 += 1;
        }
        by.into_iter()
            .map(|((kept, reason), (count, line))| (reason, !kept, count, line))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_counted_and_the_refused_come_first() {
        let found = |line, refused, reason: &str| ImportFinding {
            line,
            number: None,
            refused,
            reason: reason.to_owned(),
            column: None,
            value: None,
        };
        let intake = ImportReport {
            findings: vec![
                found(2, false, "a"),
                found(3, true, "z"),
                found(4, false, "a"),
            ],
            ..ImportReport::default()
        };
        assert_eq!(intake.reasons(), [("z", true, 1, 3), ("a", false, 2, 2)]);
    }

    #[test]
    fn what_was_read_is_the_sum() {
        let mut fates = OutcomeCounts::default();
        fates.add(RowOutcome::New, 2);
        fates.add(RowOutcome::Extended, 3);
        fates.add(RowOutcome::Unchanged, 5);
        fates.add(RowOutcome::Refused, 7);
        assert_eq!(fates.read(), 17);
    }
}
