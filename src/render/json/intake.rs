//! What an import did, as it is published.

use serde::Serialize;

use crate::domain::import_report;

/// What an import did: in each count, `read` is the sum of the others.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct ImportReport<'a> {
    /// The other system, or the other store.
    source: &'a str,
    rows: OutcomeCounts,
    tickets: OutcomeCounts,
    /// How many events were added.
    events: u64,
    /// How many versions of the policy were added.
    policy_versions: u64,
    /// How the file was read, where that was found out.
    notes: &'a [String],
    reasons: Vec<Reason<'a>>,
    /// A row each, in order.
    findings: Vec<Finding<'a>>,
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
struct Reason<'a> {
    reason: &'a str,
    /// Whether such rows were refused; else they were taken in, and what was
    /// not understood is kept as it was.
    refused: bool,
    count: u64,
    first_line: u64,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Finding<'a> {
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

impl OutcomeCounts {
    const fn of(fates: &import_report::OutcomeCounts) -> Self {
        Self {
            read: fates.read(),
            new: fates.new,
            extended: fates.extended,
            unchanged: fates.unchanged,
            refused: fates.refused,
        }
    }
}

impl<'a> ImportReport<'a> {
    pub(in crate::render) fn of(intake: &'a import_report::ImportReport) -> Self {
        let reason = |(reason, refused, count, first_line)| Reason {
            reason,
            refused,
            count,
            first_line,
        };
        Self {
            source: &intake.source,
            rows: OutcomeCounts::of(&intake.rows),
            tickets: OutcomeCounts::of(&intake.tickets),
            events: intake.events,
            policy_versions: intake.policies,
            notes: &intake.notes,
            reasons: intake.reasons().into_iter().map(reason).collect(),
            findings: intake.findings.iter().map(Finding::of).collect(),
        }
    }
}

impl<'a> Finding<'a> {
    fn of(found: &'a import_report::ImportFinding) -> Self {
        Self {
            line: found.line,
            number: found.number.as_deref(),
            refused: found.refused,
            reason: &found.reason,
            column: found.column.as_deref(),
            value: found.value.as_deref(),
        }
    }
}
