//! Similar tickets, each with how it was resolved.

use super::Output;
use super::options::RenderOptions;
use super::printer::Printer;
use super::published::search as published;
use super::search_results::prefix::Prefixes;
use super::style::highlight::{HighlightedLine, cut_beside};
use super::style::palette::Style;
use super::style::{humanize, untrusted};
use crate::domain::search::similar::{SimilarTicket, SimilarTickets};
use crate::error::Error;

impl Output for SimilarTickets {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.text(&tickets(&self.tickets, to.options))?;
        for hint in hints(self) {
            to.note(&hint)?;
        }
        empty_note(self, to)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(published::SimilarTicket::all(self, to.options))?;
        empty_note(self, to)
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let records = self.tickets.iter().map(published::similar_cells);
        to.records(&published::SimilarTicket::CSV_HEADINGS, records)?;
        empty_note(self, to)
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.ids(self.tickets.iter().map(|one| one.summary.id))?;
        empty_note(self, to)
    }
}

fn empty_note(similar: &SimilarTickets, to: &mut Printer<'_>) -> Result<(), Error> {
    let none = similar.tickets.is_empty();
    to.note(if none { "no similar tickets" } else { "" })
}

/// Prints similar tickets below the confirmation of a write, if there are any.
pub(super) fn below_confirmation(
    similar: &SimilarTickets,
    to: &mut Printer<'_>,
) -> Result<(), Error> {
    let mut text = String::new();
    if !similar.tickets.is_empty() {
        let heading = Style::Dim.paint("similar tickets:", to.options.color);
        text += &format!("\n{heading}\n{}", tickets(&similar.tickets, to.options));
    }
    for hint in hints(similar) {
        text += &format!("{hint}\n");
    }
    to.text(&text)
}

/// The tickets, each with how it was resolved below.
fn tickets(similar: &[SimilarTicket], options: &RenderOptions<'_>) -> String {
    let rows = similar.iter().map(|one| (&one.summary, Some(one.score)));
    let prefixes = Prefixes::new(rows);
    let mut text = String::new();
    for (i, one) in similar.iter().enumerate() {
        let title = untrusted::line(&one.summary.title);
        let title = cut_beside(&title, prefixes.width, options);
        text += &format!("{}{title}\n", prefixes.render(i, options));
        for (label, details) in details(one) {
            let taken = prefixes.indent + untrusted::width(&label);
            let details = HighlightedLine::new(&details, &[]).render(taken, options);
            let label = Style::Dim.paint(&label, options.color);
            text += &format!("{}{label}{details}\n", " ".repeat(prefixes.indent));
        }
    }
    text
}

/// How a ticket was resolved, in lines with their labels.
fn details(one: &SimilarTicket) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    if let Some(known) = &one.known_error {
        let label = "known error, workaround: ".to_owned();
        lines.push((label, known.workaround.clone()));
        let cause = known.cause.iter();
        lines.extend(cause.map(|cause| ("cause: ".to_owned(), cause.clone())));
    }
    if let Some(remedy) = &one.resolution {
        let took = humanize::duration(remedy.at - one.summary.opened);
        let by = untrusted::line(remedy.by.as_str());
        let label = format!("{} by {by} in {took}: ", remedy.code);
        lines.push((label, remedy.text.clone()));
    } else if let Some(agent) = &one.summary.assignee {
        let agent = untrusted::line(agent.as_str());
        lines.push((format!("with {agent}"), String::new()));
    }
    lines
}

/// What similar tickets suggest to do.
fn hints(similar: &SimilarTickets) -> Vec<String> {
    let mut hints = Vec::new();
    if !similar.same_outage.is_empty() {
        let ids: Vec<String> = similar
            .same_outage
            .iter()
            .map(ToString::to_string)
            .collect();
        let tickets = match ids.len() {
            1 => "similar open ticket".to_owned(),
            n => format!("{} similar open tickets", humanize::number(n as u64)),
        };
        let ids = humanize::list(&ids);
        hints.push(format!(
            "{tickets} opened within the hour: {ids} (same outage?)"
        ));
    }
    if let Some(of) = similar.ticket.as_ref().filter(|of| of.category.is_none())
        && let Some(best) = similar.suggestions.first()
    {
        hints.push(format!(
            "no category yet; {} {} {}: desk categorize {} {}",
            humanize::plural(best.tickets, "similar ticket"),
            if best.tickets == 1 { "has" } else { "have" },
            best.category,
            of.id.0,
            best.category
        ));
    }
    hints
}
