//! Who takes part in the conversation of a ticket besides its requester.

use super::Output;
use super::printer::Printer;
use super::published::ticket_page as published;
use super::style::page_writer::PageWriter;
use super::ticket_page;
use crate::domain::read_models::TicketDetails;
use crate::error::Error;

/// The participants of a ticket.
pub(crate) struct Participants(pub(crate) TicketDetails);

impl Output for Participants {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let ticket = &self.0.ticket;
        if ticket.everybody().is_empty() {
            return to.note(&format!("{} has no participants yet", ticket.id));
        }
        let mut page = PageWriter::new(to.options);
        ticket_page::participant_lines(ticket, &mut page);
        to.text(&page.text)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(published::Participant::all(&self.0.ticket))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(published::Participant::all(&self.0.ticket))
    }
}
