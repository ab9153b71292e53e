//! Tickets with their texts, for a spreadsheet: a row each, as CSV or TSV. In the
//! form for Excel, times are local and their headings name the zone.

use super::Output;
use super::columns::{Column, Ticket, csv_cells, csv_headings};
use super::csv;
use super::printer::Printer;
use super::published::value::At;
use crate::domain::Timestamp;
use crate::domain::summary::Summary;
use crate::domain::ticket;
use crate::domain::time::zone::Zone;
use crate::error::Error;

/// The headings of the texts, after those of a list.
const TEXTS: [&str; 3] = ["description", "resolution", "messages"];
/// Maximum number of characters of a cell: Excel cuts a longer one into two rows.
const MAX_EXCEL_CELL: usize = 32_000;

/// Receives tickets.
pub(crate) type TicketSink<'s> = dyn FnMut(&Summary, &ticket::Ticket) -> Result<(), Error> + 's;

/// A spreadsheet, written while it is read; it passes each ticket to the sink.
pub(crate) struct Spreadsheet<F> {
    pub(crate) tickets: F,
    /// Whether it is for Excel.
    pub(crate) excel: bool,
    /// Whether rows have the texts of a ticket.
    pub(crate) texts: bool,
}

impl<F: Fn(&mut TicketSink<'_>) -> Result<(), Error>> Output for Spreadsheet<F> {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.csv(to)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.csv(to)
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let options = to.options;
        let mut headings = csv_headings(Column::CSV);
        if self.texts {
            headings.extend(TEXTS.map(str::to_owned));
        }
        let times: Vec<bool> = headings.iter().map(|heading| is_time(heading)).collect();
        let mut sheet = match self.excel {
            true => to.excel()?,
            false => to.csv(),
        };
        if self.excel {
            for (heading, _) in headings.iter_mut().zip(&times).filter(|(_, time)| **time) {
                *heading = format!("{heading} ({})", options.zone.name());
            }
        }
        let zone = self.excel.then_some(options.zone);
        let mut header = Some(headings);
        (self.tickets)(&mut |row, ticket| {
            if let Some(headings) = header.take() {
                sheet.row(headings)?;
            }
            let mut cells = csv_cells(Column::CSV, &Ticket::new(row, options));
            if self.texts {
                cells.extend(texts(ticket, zone));
            }
            if let Some(zone) = zone {
                for (cell, time) in cells.iter_mut().zip(&times) {
                    if *time {
                        *cell = local_cell(cell, zone);
                    }
                    shorten(cell);
                }
            }
            sheet.row(cells)
        })?;
        sheet.end()
    }
}

/// Whether a column has times.
fn is_time(heading: &str) -> bool {
    matches!(heading, "since" | "next_due") || heading.ends_with("_at") || heading.ends_with("_due")
}

/// The description, the resolution and the messages of a ticket.
fn texts(ticket: &ticket::Ticket, zone: Option<&Zone>) -> [String; 3] {
    let safe = |text: &str| csv::safe(text).into_owned();
    let at = |at: Timestamp| match zone {
        Some(zone) => local(at, zone),
        None => At(at).to_string(),
    };
    let messages = ticket.messages.iter().map(|message| {
        let from = if message.inbound { "requester" } else { "desk" };
        format!("{} {from}: {}", at(message.at), message.text)
    });
    let messages: Vec<String> = messages.collect();
    [
        safe(ticket.description.as_deref().unwrap_or_default()),
        safe(
            ticket
                .resolution()
                .map_or("", |resolution| &resolution.text),
        ),
        safe(&messages.join("\n")),
    ]
}

/// A time as Excel reads it: without a zone, which the heading names.
fn local(at: Timestamp, zone: &Zone) -> String {
    zone.local_time(at).format("%Y-%m-%d %H:%M:%S").to_string()
}

fn local_cell(cell: &str, zone: &Zone) -> String {
    cell.parse::<Timestamp>()
        .map_or_else(|_| cell.to_owned(), |at| local(at, zone))
}

/// Cuts a cell that is too long for Excel.
fn shorten(cell: &mut String) {
    if let Some((end, _)) = cell.char_indices().nth(MAX_EXCEL_CELL) {
        cell.truncate(end);
        cell.push('…');
    }
}
