//! What an import did: the counts, and what was found by reason; each row that
//! something was found about in JSON and CSV.

use std::io::Write;

use super::json::intake as published;
use super::{Format, RenderOptions, csv, json, remark, untrusted, words};
use crate::domain::import_report::{ImportReport, OutcomeCounts};
use crate::error::Error;

pub(super) fn emit(
    intake: &ImportReport,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Error> {
    match look.format {
        Format::Json | Format::Jsonl => {
            json::object(&published::ImportReport::of(intake), look, out)
        }
        Format::Csv => {
            let heads = ["line", "number", "refused", "reason", "column", "value"];
            let rows = intake.findings.iter().map(|found| {
                let text = |text: &Option<String>| text.clone().unwrap_or_default();
                vec![
                    found.line.to_string(),
                    text(&found.number),
                    found.refused.to_string(),
                    found.reason.clone(),
                    text(&found.column),
                    text(&found.value),
                ]
            });
            csv::rows(&heads, rows, out)
        }
        Format::Ids | Format::Table => table(intake, look, out, err),
    }
}

fn table(
    intake: &ImportReport,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Error> {
    for note in &intake.notes {
        let note = format!("note: {note}");
        remark(Some(&untrusted::line(&note)), look, out, err)?;
    }
    if look.quiet {
        return Ok(());
    }
    writeln!(out, "{}", counted("row", &intake.rows))?;
    writeln!(out, "{}", counted("ticket", &intake.tickets))?;
    let mut added = format!("added {}", words::plural(intake.events, "event"));
    if intake.policies > 0 {
        added += &format!(
            " and {} of the policy",
            words::plural(intake.policies, "version")
        );
    }
    writeln!(out, "{added}")?;
    for (reason, refused, count, first) in intake.reasons() {
        let fate = if refused { "refused" } else { "kept" };
        let rows = words::plural(count, "row");
        let reason = untrusted::line(reason);
        writeln!(out, "{fate} {rows}, the first in line {first}: {reason}")?;
    }
    let hint = "each of them is listed with: --json, or --format csv";
    remark(
        (!intake.findings.is_empty()).then_some(hint),
        look,
        out,
        err,
    )
}

/// `read 12 tickets: 3 new, 2 extended, 7 unchanged, 0 refused`.
fn counted(what: &str, fates: &OutcomeCounts) -> String {
    format!(
        "read {}: {} new, {} extended, {} unchanged, {} refused",
        words::plural(fates.read(), what),
        words::number(fates.new),
        words::number(fates.extended),
        words::number(fates.unchanged),
        words::number(fates.refused)
    )
}
