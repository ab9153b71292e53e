//! Who takes part in the conversation of a ticket besides its requester.

use super::Output;
use super::event_text;
use super::printer::Printer;
use super::published::ticket_page as published;
use super::style::page_writer::PageWriter;
use crate::domain::read_models::TicketDetails;
use crate::domain::ticket::Ticket;
use crate::domain::ticket::merged::TakesPart;
use crate::domain::vocabulary::ParticipantRole;
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
        participant_lines(ticket, &mut page);
        to.text(&page.text)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(published::Participant::all(&self.0.ticket))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(published::Participant::all(&self.0.ticket))
    }
}

/// Writes the section of the participants, if there are any.
pub(super) fn section(ticket: &Ticket, to: &mut PageWriter<'_, '_>) {
    if !ticket.everybody().is_empty() {
        to.heading("Participants");
        participant_lines(ticket, to);
    }
}

/// Writes the participants, a line each.
fn participant_lines(ticket: &Ticket, to: &mut PageWriter<'_, '_>) {
    for participant in ticket.everybody() {
        let person = event_text::person(participant.person);
        to.field(&participant_role(&participant), Some(&person));
    }
}

/// `of #2` for the requester of a merged ticket, `requester` or `in copy`.
pub(super) fn participant_role(participant: &TakesPart<'_>) -> String {
    match (participant.merged, participant.role) {
        (Some(id), _) => format!("of {id}"),
        (None, ParticipantRole::Requester) => "requester".to_owned(),
        (None, ParticipantRole::InCopy) => "in copy".to_owned(),
    }
}
