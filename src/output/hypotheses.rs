//! The hypotheses of a ticket.

use super::Output;
use super::printer::Printer;
use super::published::ticket_page as published;
use super::style::page_writer::PageWriter;
use super::ticket_page;
use crate::domain::read_models::TicketDetails;
use crate::error::Error;

/// The hypotheses of a ticket.
pub(crate) struct Hypotheses(pub(crate) TicketDetails);

impl Hypotheses {
    fn published(&self) -> impl Iterator<Item = published::Hypothesis<'_>> {
        self.0.ticket.hypotheses.iter().map(Into::into)
    }
}

impl Output for Hypotheses {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let ticket = &self.0.ticket;
        if ticket.hypotheses.is_empty() {
            return to.note(&format!("{} has no hypotheses yet", ticket.id));
        }
        let mut page = PageWriter::new(to.options);
        for hypothesis in &ticket.hypotheses {
            ticket_page::hypothesis(hypothesis, &mut page);
        }
        to.text(&page.text)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(self.published())
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(self.published())
    }
}
