//! The report of an import.

use serde::Serialize;

use super::value::{At, CsvRecord, CsvValue};
use crate::domain::{external_record, import_report};

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
            .map(|(first, count)| ImportReason {
                reason: &first.reason,
                refused: first.refused,
                count,
                first_line: first.line,
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

published! {
    /// One run of an import.
    ImportRun<'a> from run: external_record::ImportRun => {
        run: u32 = run.number,
        /// The other system.
        source: &'a str = &run.source,
        recorded_at: At = At(run.recorded),
        /// The number of tickets to which it added.
        tickets: u64 = run.tickets.len() as u64,
    }
}

csv_columns!(ImportRun<'_>: run, source, recorded_at, tickets);

published! {
    /// A run that was taken back.
    UndoneRun<'a> from undone: external_record::UndoneRun => {
        run: u32 = undone.run.number,
        source: &'a str = &undone.run.source,
        /// The tickets that it had opened, which count nowhere any more.
        removed: u64 = undone.removed,
        /// The tickets that are again what they were before.
        restored: u64 = undone.restored,
    }
}

csv_columns!(UndoneRun<'_>: run, source, removed, restored);
