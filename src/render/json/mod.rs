//! The published form: types of its own, so that what programs rely on does
//! not move when the desk is rebuilt inside. An object is a line; lists are
//! arrays, or lines alone as JSON Lines.

pub(super) mod calendar;
pub(super) mod fact;
pub(super) mod figures;
pub(super) mod finding;
pub(super) mod guide;
pub(super) mod intake;
pub(super) mod matter;
pub(super) mod page;
pub(super) mod report;
pub(super) mod schema;
#[cfg(test)]
mod tests;
pub(super) mod ticket;
pub(super) mod value;

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::{Calendars, Format, Listing, RenderOptions, Rows, View, remark, untrusted};
use crate::domain::group_counts::GroupCounts;
use crate::domain::summary::Summary;
use crate::error::Error;
use page::Page;
use report::{Count, Setting, Sla, StoreOperation, TicketUpdate, Verified};
use ticket::{Picked, Ticket};
use value::{At, Seconds};

/// Writes a view as JSON or JSON Lines.
pub(super) fn view(
    view: View<'_>,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Error> {
    let (now, policy) = (look.now, look.policy);
    match view {
        View::TicketUpdate(all) => {
            let all: Vec<TicketUpdate<'_>> = all
                .iter()
                .map(|d| TicketUpdate::of(d, now, policy))
                .collect();
            one_or_all(&all, look, out)
        }
        View::Alike(done, similar) => object(
            &TicketUpdate::alike(&done, &similar, now, policy),
            look,
            out,
        ),
        View::Tickets(listing) => tickets(listing, look, out, err),
        View::Sla(listing, tallies) => sla(listing, &tallies, look, out, err),
        View::Pages(pages) | View::Briefs(pages) => {
            let all: Vec<Page<'_>> = pages.iter().map(|p| Page::of(p, now, policy)).collect();
            one_or_all(&all, look, out)
        }
        View::Hypotheses(page) => all(&page::hypotheses(&page.ticket.hypotheses), look, out),
        View::Calendars(said) => calendars(&said, look, out),
        View::Settings(settings) => {
            let settings: Vec<Setting<'_>> = settings.iter().map(Setting::of).collect();
            all(&settings, look, out)
        }
        View::Verified(verified) => object(&Verified::of(&verified), look, out),
        View::MonitoringCheck(probe) => object(&report::MonitoringCheck::of(&probe), look, out),
        View::StoreOperation(kept) => object(&StoreOperation::of(&kept), look, out),
        View::Matter(matter) => super::matter::emit(matter, look, out, err),
        View::Raw(bytes) => Ok(out.write_all(&bytes)?),
    }
}

/// Writes what calendars say.
fn calendars(said: &Calendars, look: &RenderOptions<'_>, out: &mut dyn Write) -> Result<(), Error> {
    match said {
        Calendars::All(standings) => {
            let calendars: Vec<_> = standings.iter().map(calendar::Calendar::of).collect();
            all(&calendars, look, out)
        }
        Calendars::One(week) => object(&calendar::Whole::of(week), look, out),
        Calendars::Due(due) => object(&calendar::Due { due: At(*due) }, look, out),
        Calendars::Elapsed(span) => {
            let elapsed_s = Seconds::of(*span);
            object(&calendar::Elapsed { elapsed_s }, look, out)
        }
        Calendars::Open(open) => object(&calendar::OpenAt { open: *open }, look, out),
        Calendars::NextOpen(at) => {
            let next_open = at.map(At);
            object(&calendar::NextOpen { next_open }, look, out)
        }
    }
}

/// Writes a list of tickets row by row, whatever its length.
fn tickets(
    listing: Listing<'_>,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Error> {
    if let Rows::Counted(count) = listing.rows {
        return object(&Count { count }, look, out);
    }
    let columns = listing.columns.as_deref();
    let array = look.format != Format::Jsonl;
    let mut count: u64 = 0;
    let mut take = |row: &Summary| -> Result<(), Error> {
        let lead: &[u8] = match (array, count) {
            (false, _) => b"",
            (true, 0) => b"[\n",
            (true, _) => b",\n",
        };
        out.write_all(lead)?;
        count += 1;
        let ticket = Ticket::of(row, look.now, look.policy);
        match columns {
            Some(columns) => value(
                &Picked {
                    ticket: &ticket,
                    columns,
                },
                look,
                out,
            )?,
            None => value(&ticket, look, out)?,
        }
        if !array {
            out.write_all(b"\n")?;
        }
        Ok(())
    };
    listing.rows.each(&mut take)?;
    if array {
        let end: &[u8] = if count == 0 { b"[]\n" } else { b"\n]\n" };
        out.write_all(end)?;
    }
    remark((count == 0).then_some(listing.empty), look, out, err)
}

fn sla(
    listing: Listing<'_>,
    tallies: &GroupCounts,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Error> {
    if look.format == Format::Jsonl {
        return tickets(listing, look, out, err);
    }
    let rows = match listing.rows {
        Rows::Counted(count) => return object(&Count { count }, look, out),
        Rows::Held(rows) => rows,
        Rows::Streamed(each) => {
            let mut rows = Vec::new();
            each(&mut |row| {
                rows.push(row.clone());
                Ok(())
            })?;
            rows
        }
    };
    let tickets = rows
        .iter()
        .map(|row| Ticket::of(row, look.now, look.policy));
    let tickets: Vec<Ticket<'_>> = tickets.collect();
    let at = At(look.now);
    let priorities = report::GroupCount::priorities(tallies);
    let (by, groups) = (tallies.by.as_str(), report::Group::all(tallies));
    if let Some(columns) = &listing.columns {
        let picked = tickets.iter().map(|ticket| Picked { ticket, columns });
        let tickets = picked.collect();
        object(
            &Sla::<Picked<'_>> {
                at,
                priorities,
                by,
                groups,
                tickets,
            },
            look,
            out,
        )?;
    } else {
        object(
            &Sla {
                at,
                priorities,
                by,
                groups,
                tickets,
            },
            look,
            out,
        )?;
    }
    remark(rows.is_empty().then_some(listing.empty), look, out, err)
}

/// One as an object, several as a list; a list is one whatever came of it.
pub(super) fn one_or_all<T: Serialize>(
    items: &[T],
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    match items {
        [one] if !look.several => object(one, look, out),
        _ => all(items, look, out),
    }
}

pub(super) fn all<T: Serialize>(
    items: &[T],
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    if look.format == Format::Jsonl {
        return items.iter().try_for_each(|item| object(item, look, out));
    }
    for (i, item) in items.iter().enumerate() {
        out.write_all(if i == 0 { b"[\n" } else { b",\n" })?;
        value(item, look, out)?;
    }
    let end: &[u8] = if items.is_empty() { b"[]\n" } else { b"\n]\n" };
    Ok(out.write_all(end)?)
}

pub(super) fn object<T: Serialize>(
    item: &T,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    value(item, look, out)?;
    Ok(out.write_all(b"\n")?)
}

fn value<T: Serialize>(
    item: &T,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    write(item, look.terminal, out)?;
    Ok(())
}

/// Writes a line of JSON that was made elsewhere.
pub(super) fn verbatim(
    line: &str,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let mut text = Vec::with_capacity(line.len() + 1);
    if look.terminal {
        // What is to be hidden can only be within a text.
        Printable.write_string_fragment(&mut text, line)?;
    } else {
        text.extend_from_slice(line.as_bytes());
    }
    text.push(b'\n');
    Ok(out.write_all(&text)?)
}

/// A value as a line of its own.
pub(super) fn line<T: Serialize>(item: &T, terminal: bool) -> String {
    let mut line = Vec::new();
    write(item, terminal, &mut line).expect("memory can be written to");
    line.push(b'\n');
    String::from_utf8(line).expect("JSON is UTF-8")
}

/// Writes a value without a line break.
pub(super) fn write<T: Serialize + ?Sized>(
    item: &T,
    terminal: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    // A value is hundreds of small pieces: gathered first, written once.
    let mut text = Vec::with_capacity(2048);
    let written = if terminal {
        item.serialize(&mut Serializer::with_formatter(&mut text, Printable))
    } else {
        item.serialize(&mut Serializer::new(&mut text))
    };
    written.map_err(io::Error::from)?;
    out.write_all(&text)
}

/// Escapes what a terminal would obey or hide; the value stays the same.
struct Printable;

impl Formatter for Printable {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        to: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        for part in fragment.split_inclusive(untrusted::is_hidden) {
            let hidden = part
                .chars()
                .next_back()
                .filter(|c| untrusted::is_hidden(*c));
            let shown = &part[..part.len() - hidden.map_or(0, char::len_utf8)];
            to.write_all(shown.as_bytes())?;
            if let Some(c) = hidden {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(to, "\\u{unit:04x}")?;
                }
            }
        }
        Ok(())
    }
}
