//! The checklist of a ticket.

use super::Output;
use super::printer::Printer;
use super::published::checklist as published;
use super::style::page_writer::PageWriter;
use super::style::palette::Style;
use super::style::untrusted;
use crate::domain::checklist::ChecklistProgress;
use crate::domain::read_models::TicketDetails;
use crate::domain::ticket::Ticket;
use crate::error::Error;

/// The checklist of a ticket.
pub(crate) struct ChecklistPage(pub(crate) TicketDetails);

impl Output for ChecklistPage {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let ticket = &self.0.ticket;
        if ticket.checklist.items.is_empty() {
            let id = ticket.id;
            let how = format!("add an item with: desk checklist {} add TEXT", id.0);
            return to.note(&format!("{id} has no checklist; {how}"));
        }
        let mut page = PageWriter::new(to.options);
        items(ticket, &mut page);
        to.text(&page.text)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(published::ChecklistItem::all(&self.0.ticket))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(published::ChecklistItem::all(&self.0.ticket))
    }
}

/// `3 of 5 done`.
pub(super) fn progress(progress: ChecklistProgress) -> String {
    format!("{} of {} done", progress.done, progress.total)
}

/// Writes the section of the checklist, if there is one.
pub(super) fn section(ticket: &Ticket, to: &mut PageWriter<'_, '_>) {
    if !ticket.checklist.items.is_empty() {
        to.heading(&format!(
            "Checklist: {}",
            progress(ticket.checklist.progress())
        ));
        items(ticket, to);
    }
}

fn items(ticket: &Ticket, to: &mut PageWriter<'_, '_>) {
    for item in &ticket.checklist.items {
        let (mark, style) = if item.done {
            ("[x]", Style::Dim)
        } else {
            ("[ ]", Style::Plain)
        };
        let text = untrusted::line(&item.text);
        to.hanging(&format!("  {mark} {:>2} ", item.number), &text, style);
    }
}
