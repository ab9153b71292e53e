//! The lines on the page of a ticket that say who sees it, and why its texts are
//! covered.

use super::style::page_writer::PageWriter;
use super::style::palette::Style;
use super::style::untrusted;
use crate::domain::people::Agent;
use crate::domain::read_models::TicketDetails;

/// Who sees the ticket, and why its texts are covered.
pub(super) fn write(page: &TicketDetails, to: &mut PageWriter<'_, '_>) {
    let names: Vec<&str> = page
        .ticket
        .restricted_to
        .iter()
        .map(Agent::as_str)
        .collect();
    if !names.is_empty() {
        let names = untrusted::line(&names.join(", ")).into_owned();
        to.hanging("  ", &format!("restricted to {names}"), Style::Plain);
    }
    if let Some(limit) = &page.limit {
        let since = to.time(limit.since);
        let by = untrusted::line(limit.by.as_str()).into_owned();
        let id = page.ticket.id.0;
        to.hanging(
            "  ",
            &format!("processing limited {since} by {by}; see the texts with: desk show {id} --limited REASON"),
            Style::Plain,
        );
        to.quote(2, &limit.reason);
    }
}
