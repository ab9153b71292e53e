//! The report of an import.

use serde::Serialize;

use super::value::{CsvRecord, CsvValue};
use crate::domain::import_report;

published! {
    /// The report of an import; in each count, `read` is the sum of the others.
    ImportReport<'a> from report: import_report::ImportReport => {
        /// The other system or store.
        source: &'a str = &report.source,
        rows: OutcomeCounts = (&report.rows).into(),
        tickets: OutcomeCounts = (&report.tickets).into(),
        /// The number of events added.
        events: u64 = report.events,
        /// The number of policy versions added.
        policy_versions: u64 = report.policies,
        /// How the file was read, where that was detected.
        notes: &'a [String] = &report.notes,
        reasons: Vec<ImportReason<'a>> = (report.reasons().into_iter())
            .map(|(reason, refused, count, first_line)| ImportReason {
                reason,
                refused,
                count,
                first_line,
            })
            .collect(),
        /// In the order of the rows.
        findings: Vec<ImportFinding<'a>> = report.findings.iter().map(Into::into).collect(),
    }
}

published! {
    OutcomeCounts from counts: import_report::OutcomeCounts => {
        read: u64 = counts.total(),
        new: u64 = counts.new,
        extended: u64 = counts.extended,
        unchanged: u64 = counts.unchanged,
        refused: u64 = counts.refused,
    }
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ImportReason<'a> {
    reason: &'a str,
    /// Whether such rows were refused; else they were imported, and what was not
    /// understood was kept verbatim.
    refused: bool,
    count: u64,
    first_line: u64,
}

published! {
    ImportFinding<'a> from finding: import_report::ImportFinding => {
        line: u64 = finding.line,
        #[serde(skip_serializing_if = "Option::is_none")]
        number: Option<&'a str> = finding.number.as_deref(),
        refused: bool = finding.refused,
        reason: &'a str = &finding.reason,
        #[serde(skip_serializing_if = "Option::is_none")]
        column: Option<&'a str> = finding.column.as_deref(),
        #[serde(skip_serializing_if = "Option::is_none")]
        value: Option<&'a str> = finding.value.as_deref(),
    }
}

csv_columns!(ImportFinding<'_>: line, number, refused, reason, column, value);
