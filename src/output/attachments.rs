//! The files that are kept with a ticket.

use std::io::Write;

use super::Output;
use super::printer::Printer;
use super::published::attachment as published;
use super::style::page_writer::PageWriter;
use super::style::table_layout::{Cell, TableLayout};
use super::style::untrusted;
use crate::domain::event::Attachment;
use crate::domain::health;
use crate::domain::read_models::TicketDetails;
use crate::domain::ticket::Ticket;
use crate::error::Error;

/// The files of a ticket, or one of them.
pub(crate) struct Attachments {
    details: TicketDetails,
    only: Option<u32>,
}

impl Attachments {
    pub(crate) const fn all(details: TicketDetails) -> Self {
        Self {
            details,
            only: None,
        }
    }

    pub(crate) const fn one(details: TicketDetails, number: u32) -> Self {
        Self {
            details,
            only: Some(number),
        }
    }

    fn files(&self) -> impl Iterator<Item = &Attachment> {
        let is_shown = |file: &&Attachment| self.only.is_none_or(|only| only == file.number);
        self.details.ticket.attachments.iter().filter(is_shown)
    }
}

impl Output for Attachments {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let ticket = &self.details.ticket;
        if ticket.attachments.is_empty() {
            return to.note(&format!("{} has no files", ticket.id));
        }
        let mut page = PageWriter::new(to.options);
        write_table(self.files(), &mut page);
        to.text(&page.text)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(self.files().map(published::Attachment::from))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(self.files().map(published::Attachment::from))
    }
}

fn write_table<'a>(files: impl Iterator<Item = &'a Attachment>, to: &mut PageWriter<'_, '_>) {
    let rows: Vec<Vec<Cell>> = files
        .map(|file| {
            vec![
                Cell::plain(file.number.to_string()),
                Cell::untrusted(&file.name),
                Cell::untrusted(&file.media_type),
                Cell::plain(health::size(file.size)),
            ]
        })
        .collect();
    let layout = TableLayout::new(["N", "NAME", "TYPE", "SIZE"]).right([0, 3]);
    to.table(layout, &rows);
}

/// Writes the section of the files, if there are any.
pub(super) fn section(ticket: &Ticket, to: &mut PageWriter<'_, '_>) {
    if ticket.attachments.is_empty() {
        return;
    }
    to.heading("Files");
    for file in &ticket.attachments {
        let label = file.number.to_string();
        to.field(&label, Some(&described(file)));
    }
}

/// `report.pdf (120 KiB)`.
fn described(file: &Attachment) -> String {
    format!("{} ({})", file.name, health::size(file.size))
}

/// `attached report.pdf (120 KiB) as file 2`.
pub(super) fn attached(file: &Attachment) -> String {
    let described = described(file);
    let described = untrusted::line(&described);
    format!("attached {described} as file {}", file.number)
}

/// Receives a content in pieces.
pub(crate) type ContentSink<'s> = dyn FnMut(&[u8]) -> Result<(), Error> + 's;

/// The content of a file, written while it is read, in every format.
pub(crate) struct AttachmentContent<F>(pub(crate) F);

impl<F: Fn(&mut ContentSink<'_>) -> Result<(), Error>> Output for AttachmentContent<F> {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.json(to)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        (self.0)(&mut |bytes| Ok(to.write_all(bytes)?))
    }
}
