//! The end of a ticket's page: known error, resolution and links.

use crate::domain::ticket::Ticket;
use crate::output::style::page_writer::PageWriter;
use crate::output::style::{humanize, untrusted};

pub(super) fn known_error(ticket: &Ticket, to: &mut PageWriter<'_, '_>) {
    let Some(known) = &ticket.known_error else {
        return;
    };
    to.heading("Known error");
    let by = untrusted::line(known.by.as_str());
    let since = to.time(known.since);
    to.line(&format!("  marked by {by}, {since}"));
    to.field("cause", known.cause.as_deref());
    to.line("  workaround");
    to.quote(4, &known.workaround);
}

pub(super) fn resolution(ticket: &Ticket, to: &mut PageWriter<'_, '_>) {
    let Some(resolution) = ticket.resolution() else {
        return;
    };
    to.heading("Resolution");
    let by = untrusted::line(resolution.by.as_str());
    let at = to.time(resolution.at);
    to.line(&format!("  {} by {by}, {at}", resolution.code));
    to.quote(2, &resolution.text);
    match &resolution.restored {
        Some((who, at)) => {
            let who = format!("confirmed by {who}, {}", to.time(*at));
            to.field("restored", Some(&who));
        }
        None => to.field("restored", Some("not confirmed yet")),
    }
}

pub(super) fn links(ticket: &Ticket, to: &mut PageWriter<'_, '_>) {
    if ticket.links.is_empty() && ticket.merged_tickets.is_empty() {
        return;
    }
    to.heading("Links");
    for (relation, other) in &ticket.links {
        to.field(relation.as_str(), Some(&other.to_string()));
    }
    let merged: Vec<String> = ticket
        .merged_tickets
        .iter()
        .map(|merged| merged.id.to_string())
        .collect();
    if !merged.is_empty() {
        to.field("merged", Some(&humanize::list(&merged)));
    }
}
