//! The result of checking a policy document.

use super::Output;
use super::printer::Printer;
use super::published::policy as published;
use super::style::palette::Style;
use super::style::{humanize, untrusted};
use crate::domain::policy::Diagnostic;
use crate::domain::read_models::PolicyCheck;
use crate::error::Error;

/// The diagnostics with their severity, faults first.
fn diagnostics(check: &PolicyCheck) -> impl Iterator<Item = (&'static str, &Diagnostic)> {
    let faults = check.faults.iter().map(|diagnostic| ("fault", diagnostic));
    faults.chain(check.notes.iter().map(|diagnostic| ("note", diagnostic)))
}

impl Output for PolicyCheck {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        for (severity, diagnostic) in diagnostics(self) {
            let style = match severity {
                "fault" => Style::Error,
                _ => Style::Warning,
            };
            let severity = style.paint(severity, to.options.color);
            let diagnostic = diagnostic.to_string();
            to.text(&format!("{severity}: {}\n", untrusted::line(&diagnostic)))?;
        }
        let name = untrusted::line(&self.name);
        to.note(&match self.faults.len() as u64 {
            0 => format!("{name} is a valid policy"),
            n => {
                let faults = humanize::plural(n, "fault");
                format!("{name} has {faults}; nothing was changed")
            }
        })
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.object(&published::PolicyCheck::from(self))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let record = |(severity, diagnostic): (&str, &Diagnostic)| {
            [
                severity.to_owned(),
                diagnostic.line.to_string(),
                diagnostic.key.clone(),
                diagnostic.message.clone(),
            ]
        };
        let headings = ["severity", "line", "key", "message"];
        to.records(&headings, diagnostics(self).map(record))
    }
}
