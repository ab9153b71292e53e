//! How the desk speaks: a command says what it has to say as a [`View`], and
//! [`emit`] is the only way to stdout. So every command has every format.

use std::io::Write;
use std::path::PathBuf;

use crate::domain::Moment;
use crate::domain::page::{Done, Page};
use crate::domain::policy::Policy;
use crate::domain::summary::Summary;
use crate::domain::tally::Tally;
use crate::domain::zone::Zone;
use crate::error::Error;

/// What a command has to say.
pub(crate) enum View<'a> {
    /// What writing did, a ticket each.
    Done(Vec<Done>),
    /// Tickets, a line each.
    Tickets(Listing<'a>),
    /// Only the numbers of tickets, a line each.
    Ids(Listing<'a>),
    /// The status table: tickets with their clocks, and a line per priority.
    Sla(Listing<'a>, Vec<Tally>),
    /// All about tickets.
    Pages(Vec<Page>),
    /// The hand-over of tickets, in Markdown.
    Briefs(Vec<Page>),
    /// The hypotheses of a ticket.
    Hypotheses(Vec<Page>),
    /// Where each setting comes from.
    Settings(Vec<Setting>),
    /// What a check of the store found.
    Verified(Verified),
    /// Something done to the store as a whole.
    Kept(Kept),
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
    /// The sentence for when there are none.
    pub(crate) empty: &'static str,
    pub(crate) header: bool,
}

/// Takes rows one by one.
pub(crate) type Sink<'s> = dyn FnMut(&Summary) -> Result<(), Error> + 's;

/// Rows at hand, or still in the store.
pub(crate) enum Rows<'a> {
    Held(Vec<Summary>),
    /// Hands over each row when called, so that memory does not grow with
    /// their number.
    Streamed(Box<dyn FnOnce(&mut Sink<'_>) -> Result<(), Error> + 'a>),
    /// Only how many there are.
    Counted(u64),
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
pub(crate) struct Kept {
    /// `created`, `backed up` or `restored`.
    pub(crate) done: &'static str,
    pub(crate) path: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Table,
    Json,
    Jsonl,
    Csv,
    Ids,
}

/// A field of a ticket that a listing can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {}

/// How it is to look, whatever is said.
pub(crate) struct Look<'a> {
    pub(crate) format: Format,
    /// The moment for which clocks are read.
    pub(crate) now: Moment,
    pub(crate) zone: &'a Zone,
    pub(crate) policy: &'a Policy,
    /// Whether colour may be used on stdout.
    pub(crate) color: bool,
    /// The width of the terminal to cut to; whole lines if absent.
    pub(crate) width: Option<usize>,
    /// Whether stdout is a terminal, where JSON too must be printable.
    pub(crate) terminal: bool,
    pub(crate) quiet: bool,
}

/// Says it: data to `out`, conversation to `err`.
///
/// # Errors
/// [`Error::Output`] when either cannot be written, and whatever a streamed
/// listing meets on its way.
pub(crate) fn emit(
    _view: View<'_>,
    _look: &Look<'_>,
    _out: &mut dyn Write,
    _err: &mut dyn Write,
) -> Result<(), Error> {
    Ok(())
}

impl Column {
    pub(crate) fn parse(_: &str) -> Result<Self, crate::domain::word::UnknownWord> {
        unimplemented!()
    }
}
pub(crate) fn schema(_: Option<&str>) -> Result<String, crate::domain::word::UnknownWord> {
    unimplemented!()
}
pub(crate) fn problem(
    _: &Error,
    _: Option<crate::domain::event::TicketId>,
    _: &Look<'_>,
) -> String {
    unimplemented!()
}
