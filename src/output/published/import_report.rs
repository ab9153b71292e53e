//! The report of an import.

use serde::Serialize;

use crate::domain::import_report;

/// What an import did: in each count, `read` is the sum of the others.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ImportReport<'a> {
    /// The other system or store.
    source: &'a str,
    rows: OutcomeCounts,
    tickets: OutcomeCounts,
    /// The number of events added.
    events: u64,
    /// The number of policy versions added.
    policy_versions: u64,
    /// How the file was read, where that was detected.
    notes: &'a [String],
    reasons: Vec<ImportReason<'a>>,
    /// In the order of the rows.
    findings: Vec<ImportFinding<'a>>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct OutcomeCounts {
    read: u64,
    new: u64,
    extended: u64,
    unchanged: u64,
    refused: u64,
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

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ImportFinding<'a> {
    line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
    refused: bool,
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
}

impl From<&import_report::OutcomeCounts> for OutcomeCounts {
    fn from(counts: &import_report::OutcomeCounts) -> Self {
        Self {
            read: counts.read(),
            new: counts.new,
            extended: counts.extended,
            unchanged: counts.unchanged,
            refused: counts.refused,
        }
    }
}

impl<'a> From<&'a import_report::ImportReport> for ImportReport<'a> {
    fn from(report: &'a import_report::ImportReport) -> Self {
        let reason = |(reason, refused, count, first_line)| ImportReason {
            reason,
            refused,
            count,
            first_line,
        };
        Self {
            source: &report.source,
            rows: (&report.rows).into(),
            tickets: (&report.tickets).into(),
            events: report.events,
            policy_versions: report.policies,
            notes: &report.notes,
            reasons: report.reasons().into_iter().map(reason).collect(),
            findings: report.findings.iter().map(Into::into).collect(),
        }
    }
}

impl<'a> From<&'a import_report::ImportFinding> for ImportFinding<'a> {
    fn from(finding: &'a import_report::ImportFinding) -> Self {
        Self {
            line: finding.line,
            number: finding.number.as_deref(),
            refused: finding.refused,
            reason: &finding.reason,
            column: finding.column.as_deref(),
            value: finding.value.as_deref(),
        }
    }
}

impl ImportReport<'_> {
    pub(crate) const CSV_HEADINGS: [&'static str; 6] =
        ["line", "number", "refused", "reason", "column", "value"];

    /// The CSV rows, one per finding.
    pub(crate) fn rows(&self) -> impl Iterator<Item = [String; 6]> {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        self.findings.iter().map(move |finding| {
            [
                finding.line.to_string(),
                text(finding.number),
                finding.refused.to_string(),
                finding.reason.to_owned(),
                text(finding.column),
                text(finding.value),
            ]
        })
    }
}
