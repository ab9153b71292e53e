//! Known errors with their causes and workarounds.

use super::Output;
use super::options::RenderOptions;
use super::printer::Printer;
use super::published::questionnaire as published;
use super::style::page_writer::PageWriter;
use super::style::palette::Style;
use super::style::{humanize, untrusted};
use crate::domain::read_models::KnownErrorEntry;
use crate::error::Error;

/// Known errors, latest first.
pub(crate) struct KnownErrors(pub(crate) Vec<KnownErrorEntry>);

impl Output for KnownErrors {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if self.0.is_empty() {
            return to
                .note("no known errors; mark a resolved ticket with: desk known-errors add ID");
        }
        to.paragraphs(self.0.iter().map(|one| paragraph(one, to.options)))
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(self.0.iter().map(published::KnownError::from))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(self.0.iter().map(published::KnownError::from))
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.ids(self.0.iter().map(|one| one.summary.id))
    }
}

fn paragraph(one: &KnownErrorEntry, options: &RenderOptions<'_>) -> String {
    let mut to = PageWriter::new(options);
    let title = untrusted::line(&one.summary.title);
    to.hanging(&format!("{} ", one.summary.id), &title, Style::Bold);
    let category = one.summary.category.as_ref();
    let category = category.map_or("no category", |c| c.as_str());
    let mut marked = format!(
        "{}, marked by {}, {}",
        untrusted::line(category),
        untrusted::line(one.known_error.by.as_str()),
        to.time(one.known_error.since)
    );
    if one.related > 0 {
        let tickets = humanize::plural(one.related, "ticket");
        marked += &format!(", {tickets} linked or merged");
    }
    to.hanging("  ", &marked, Style::Dim);
    to.field("cause", one.known_error.cause.as_deref());
    to.line("  workaround");
    to.quote(4, &one.known_error.workaround);
    to.text
}
