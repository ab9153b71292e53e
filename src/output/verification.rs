//! The result of verifying the whole store.

use std::path::PathBuf;

use super::Output;
use super::printer::Printer;
use super::published::store as published;
use super::style::palette::Style;
use super::style::{humanize, untrusted};
use crate::error::Error;

/// The result of verifying the whole store.
pub(crate) struct Verification {
    pub(crate) path: PathBuf,
    pub(crate) events: u64,
    pub(crate) tickets: u64,
    /// The last link of the chain, as `seq:hash`; to be kept elsewhere.
    pub(crate) head: String,
    /// Damage and tampering, as sentences.
    pub(crate) faults: Vec<String>,
    /// What is unusual, but not a fault.
    pub(crate) notes: Vec<String>,
}

impl Verification {
    fn published(&self) -> published::Verification<'_> {
        published::Verification {
            path: self.path.display().to_string(),
            ok: self.faults.is_empty(),
            events: self.events,
            tickets: self.tickets,
            head: &self.head,
            faults: &self.faults,
            notes: &self.notes,
        }
    }
}

impl Output for Verification {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let color = to.options.color;
        let path = self.path.display().to_string();
        let (style, verdict) = match self.faults.len() as u64 {
            0 => (Style::Success, "✓ sound".to_owned()),
            n => (Style::Error, format!("✗ {}", humanize::plural(n, "fault"))),
        };
        let mut text = format!(
            "{}: {}, {}, {}\n",
            untrusted::line(&path),
            style.paint(&verdict, color),
            humanize::plural(self.events, "event"),
            humanize::plural(self.tickets, "ticket")
        );
        for (label, style, lines) in [
            ("fault:", Style::Error, &self.faults),
            ("note:", Style::Warning, &self.notes),
        ] {
            let label = style.paint(label, color);
            for line in lines {
                text += &format!("  {label} {}\n", untrusted::line(line));
            }
        }
        text += &format!("  head: {}\n", untrusted::line(&self.head));
        to.text(&text)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.object(&self.published())
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list([self.published()])
    }
}
