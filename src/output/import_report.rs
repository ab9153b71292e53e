//! The report of an import: counts, and the refused or kept rows by reason.
//! JSON and CSV list each of these rows.

use super::Output;
use super::printer::Printer;
use super::published::import_report as published;
use super::style::{humanize, untrusted};
use crate::domain::import_report::{ImportReport, OutcomeCounts};
use crate::error::Error;

impl Output for ImportReport {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        for note in &self.notes {
            to.note(&untrusted::line(&format!("note: {note}")))?;
        }
        if to.options.quiet {
            return Ok(());
        }
        let mut text = counts("row", &self.rows) + &counts("ticket", &self.tickets);
        text += &format!("added {}", humanize::plural(self.events, "event"));
        if self.policies > 0 {
            let versions = humanize::plural(self.policies, "policy version");
            text += &format!(" and {versions}");
        }
        text += "\n";
        for (first, count) in self.reasons() {
            let outcome = if first.refused { "refused" } else { "kept" };
            let rows = humanize::plural(count, "row");
            let (line, reason) = (first.line, first.described());
            let reason = untrusted::line(&reason);
            text += &format!("{outcome} {rows}, the first in line {line}: {reason}\n");
        }
        to.text(&text)?;
        if !self.findings.is_empty() {
            to.note("to list each of them: --json, or --format csv")?;
        }
        Ok(())
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.object(&published::ImportReport::from(self))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(self.findings.iter().map(published::ImportFinding::from))
    }
}

/// `read 12 tickets: 3 new, 2 extended, 7 unchanged, 0 refused`.
fn counts(what: &str, counts: &OutcomeCounts) -> String {
    format!(
        "read {}: {} new, {} extended, {} unchanged, {} refused\n",
        humanize::plural(counts.total(), what),
        humanize::number(counts.new),
        humanize::number(counts.extended),
        humanize::number(counts.unchanged),
        humanize::number(counts.refused)
    )
}
