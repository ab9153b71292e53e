//! How the desk speaks: a command says what it has to say as a [`View`], and
//! [`emit`] is the only way to stdout. So every command has every format.

mod brief;
mod calendar;
mod cell;
mod column;
mod csv;
#[cfg(test)]
mod eye;
mod finding;
mod grid;
mod guide;
mod html;
mod ids;
mod intake;
mod json;
mod ledger;
mod line;
mod markdown;
mod matter;
mod page;
mod probe;
mod problem;
mod report;
#[cfg(test)]
mod sample;
mod sheet;
mod style;
mod table;
mod telling;
#[cfg(test)]
mod tests;
mod text;
mod untrusted;
mod words;

use std::io::{BufWriter, Write};
use std::path::PathBuf;

pub(crate) use calendar::{Calendars, Standing, Week};
pub(crate) use column::Column;
pub(crate) use finding::percent;
pub(crate) use guide::{Course, advice};
pub(crate) use html::paper;
pub(crate) use json::schema::{schema, schemas};
pub(crate) use markdown::markdown;
pub(crate) use matter::{Deeds, Lines, Matter};
pub(crate) use problem::{ErrorStyle, problem};

use crate::domain::Timestamp;
use crate::domain::group_counts::GroupCounts;
use crate::domain::monitoring_check::MonitoringCheck;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::read_models::{TicketDetails, TicketUpdate};
use crate::domain::search::similar::SimilarTickets;
use crate::domain::summary::Summary;
use crate::domain::time::zone::Zone;
use crate::error::Error;

/// What a command has to say.
pub(crate) enum View<'a> {
    /// What writing did, a ticket each.
    TicketUpdate(Vec<TicketUpdate>),
    /// What writing did to a ticket, and past tickets like it.
    Alike(Box<TicketUpdate>, Box<SimilarTickets>),
    /// Tickets, a line each.
    Tickets(Listing<'a>),
    /// The status table: tickets with their clocks, and a line per group.
    Sla(Listing<'a>, GroupCounts),
    /// All about tickets.
    Pages(Vec<TicketDetails>),
    /// The hand-over of tickets, in Markdown.
    Briefs(Vec<TicketDetails>),
    /// The hypotheses of a ticket.
    Hypotheses(Box<TicketDetails>),
    /// What calendars say.
    Calendars(Calendars),
    /// Where each setting comes from.
    Settings(Vec<Setting>),
    /// What a check of the store found.
    Verified(Verified),
    /// How the desk stands, for a monitoring system.
    MonitoringCheck(Box<MonitoringCheck>),
    /// Something done to the store as a whole.
    StoreOperation(StoreOperation),
    /// What the desk says of itself.
    Matter(Matter<'a>),
    /// Text that is printed as it is: a script, a manual page, a schema.
    Raw(Vec<u8>),
}

/// Tickets that were asked for.
pub(crate) struct Listing<'a> {
    pub(crate) rows: Rows<'a>,
    /// How many there are in all, where the rows were limited.
    pub(crate) total: Option<u64>,
    /// The columns picked, if any.
    pub(crate) columns: Option<Vec<Column>>,
    /// The sentence for when there are none; empty where it is said elsewhere.
    pub(crate) empty: &'static str,
    pub(crate) header: bool,
}

/// Takes rows one by one.
pub(crate) type Sink<'s> = dyn FnMut(&Summary) -> Result<(), Error> + 's;

/// Hands over rows, once.
pub(crate) type Stream<'a> = dyn FnOnce(&mut Sink<'_>) -> Result<(), Error> + 'a;

/// Rows at hand, or still in the store.
pub(crate) enum Rows<'a> {
    Held(Vec<Summary>),
    /// Hands over each row when called, so that memory does not grow with
    /// their number.
    Streamed(Box<Stream<'a>>),
    /// Only how many there are.
    Counted(u64),
}

impl Rows<'_> {
    /// Hands over each row; of what is only counted, there is none.
    fn each(self, take: &mut Sink<'_>) -> Result<(), Error> {
        match self {
            Self::Held(rows) => rows.iter().try_for_each(take),
            Self::Streamed(each) => each(take),
            Self::Counted(_) => Ok(()),
        }
    }
}

/// A setting, its value and where it came from.
pub(crate) struct Setting {
    pub(crate) name: &'static str,
    pub(crate) value: Option<String>,
    /// `flag`, `environment`, `user file` or `default`.
    pub(crate) source: &'static str,
}

/// What a check of the whole store found.
pub(crate) struct Verified {
    pub(crate) path: PathBuf,
    pub(crate) events: u64,
    pub(crate) tickets: u64,
    /// The last link of the chain, as `seq:hash`; to be kept elsewhere.
    pub(crate) head: String,
    /// What is wrong, in words; empty when all is well.
    pub(crate) faults: Vec<String>,
    /// What is odd but no fault.
    pub(crate) notes: Vec<String>,
}

/// Something done to the store as a whole.
pub(crate) struct StoreOperation {
    /// `created`, `backed up`, `restored` or `written`.
    pub(crate) done: &'static str,
    pub(crate) path: PathBuf,
    /// Where what was there before is kept.
    pub(crate) aside: Option<PathBuf>,
}

impl StoreOperation {
    pub(crate) const fn done(done: &'static str, path: PathBuf) -> Self {
        Self {
            done,
            path,
            aside: None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Table,
    Json,
    Jsonl,
    Csv,
    Ids,
}

/// How it is to look, whatever is said.
pub(crate) struct RenderOptions<'a> {
    pub(crate) format: Format,
    /// The moment for which clocks are read.
    pub(crate) now: Timestamp,
    pub(crate) zone: &'a Zone,
    pub(crate) policy: &'a PolicyHistory,
    /// Whether colour may be used on stdout.
    pub(crate) color: bool,
    /// The width of the terminal to cut to; whole lines if absent.
    pub(crate) width: Option<usize>,
    /// Whether stdout is a terminal, where JSON too must be printable.
    pub(crate) terminal: bool,
    /// Whether several were asked for, so that one alone is still a list.
    pub(crate) several: bool,
    pub(crate) quiet: bool,
}

/// A stranger's text, safe to be shown on a single line of a terminal.
pub(crate) fn on_a_line(text: &str) -> String {
    untrusted::line(text).into_owned()
}

/// A stranger's text in lines that fit, safe to be shown on a terminal.
pub(crate) fn in_lines(text: &str, width: Option<usize>) -> Vec<String> {
    untrusted::wrap(&untrusted::block(text), width)
}

/// A text of one line, cut to a width.
pub(crate) fn within(text: &str, width: usize) -> String {
    untrusted::cut(text, width).into_owned()
}

/// Says it: data to `out`, conversation to `err`.
///
/// # Errors
/// [`Error::Output`] when either cannot be written (a closed pipe is
/// [`Error::is_closed_pipe`]), and whatever a streamed
/// listing meets on its way.
pub(crate) fn emit(
    view: View<'_>,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Error> {
    let mut buffer = BufWriter::with_capacity(64 * 1024, out);
    let said = match (view, look.format) {
        (View::Matter(matter), _) => matter::emit(matter, look, &mut buffer, err),
        (view, Format::Table) => for_people(view, look, &mut buffer, err),
        (view, Format::Json | Format::Jsonl) => json::view(view, look, &mut buffer, err),
        (view, Format::Csv) => csv::view(view, look, &mut buffer, err),
        (view, Format::Ids) => numbers(view, look, &mut buffer, err),
    };
    // What was said before a failure is still said, as it would be unbuffered.
    let flushed = buffer.flush().map_err(Error::from);
    // A closed pipe is reported once, not again when the buffer is dropped.
    let _ = buffer.into_parts();
    said.and(flushed)
}

fn for_people(
    view: View<'_>,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Error> {
    match view {
        View::TicketUpdate(_) | View::StoreOperation(_) if look.quiet => Ok(()),
        View::TicketUpdate(all) => {
            for done in &all {
                writeln!(out, "{}", line::of(done, look))?;
            }
            Ok(())
        }
        View::Alike(done, similar) => {
            if !look.quiet {
                writeln!(out, "{}", line::of(&done, look))?;
            }
            finding::beside(&similar, look, out)
        }
        View::Tickets(listing) => {
            let listed = table::list(listing, &table::LIST, look, out)?;
            remark(listed.remark.as_deref(), look, out, err)
        }
        View::Sla(listing, tallies) => {
            let listed = table::list(listing, &table::SLA, look, out)?;
            if listed.shown > 0 && !tallies.groups.is_empty() {
                writeln!(out)?;
                table::tallies(&tallies, look, out)?;
            }
            remark(listed.remark.as_deref(), look, out, err)
        }
        View::Pages(pages) => joined(pages.iter().map(|p| page::of(p, look)), out),
        View::Briefs(pages) => joined(pages.iter().map(|p| brief::of(p, look)), out),
        View::Hypotheses(page) => {
            let none = format!("{} has no hypotheses yet", page.ticket.id);
            let none = page.ticket.hypotheses.is_empty().then_some(none.as_str());
            out.write_all(page::hypotheses(&page, look).as_bytes())?;
            remark(none, look, out, err)
        }
        View::Calendars(said) => calendar::of(&said, look, out),
        View::Settings(settings) => text::settings(&settings, look, out),
        View::Verified(verified) => text::verified(&verified, look, out),
        View::MonitoringCheck(probe) => Ok(out.write_all(probe::line(&probe).as_bytes())?),
        View::StoreOperation(kept) => text::kept(&kept, out),
        View::Matter(matter) => matter::emit(matter, look, out, err),
        View::Raw(bytes) => Ok(out.write_all(&bytes)?),
    }
}

/// Says a sentence on stderr, after what stdout was told.
fn remark(
    sentence: Option<&str>,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Error> {
    if let Some(sentence) = sentence.filter(|said| !look.quiet && !said.is_empty()) {
        out.flush()?;
        writeln!(err, "{sentence}")?;
    }
    Ok(())
}

/// Writes texts with a blank line between them.
fn joined(texts: impl Iterator<Item = String>, out: &mut dyn Write) -> Result<(), Error> {
    for (i, text) in texts.enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        out.write_all(text.as_bytes())?;
    }
    Ok(())
}

fn numbers(
    view: View<'_>,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Error> {
    match view {
        View::TicketUpdate(all) => ids::all(all.iter().map(|done| done.after.id), out),
        View::Alike(done, _) => ids::all(std::iter::once(done.after.id), out),
        View::Tickets(listing) | View::Sla(listing, _) => ids::tickets(listing, look, out, err),
        View::Pages(pages) | View::Briefs(pages) => {
            ids::all(pages.iter().map(|page| page.ticket.id), out)
        }
        View::Hypotheses(_)
        | View::Calendars(_)
        | View::Settings(_)
        | View::Verified(_)
        | View::MonitoringCheck(_)
        | View::StoreOperation(_)
        | View::Matter(_)
        | View::Raw(_) => for_people(view, look, out, err),
    }
}
