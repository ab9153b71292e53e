//! Why something was not done, for standard error: what is wrong, and one
//! thing to type instead.

use super::json::report::{Fault, MonitoringCheck, Problem};
use super::style::Tone;
use super::{Format, json, probe, untrusted, words};
use crate::domain::event::TicketId;
use crate::domain::rejection::Rejection;
use crate::domain::time::zone::Zone;
use crate::error::Error;

/// How an error is to look.
pub(crate) struct ErrorStyle<'a> {
    pub(crate) format: Format,
    pub(crate) zone: &'a Zone,
    /// Whether colour may be used on stderr.
    pub(crate) color: bool,
    /// Whether stderr is a terminal.
    pub(crate) terminal: bool,
    /// Without the hint, for people.
    pub(crate) quiet: bool,
    /// Whether a monitoring system asks: it is told on stdout, in its dialect.
    pub(crate) probe: bool,
}

/// Tells an error, with its line break; `ticket` is the one it is about, where
/// a command was given several.
pub(crate) fn problem(error: &Error, ticket: Option<TicketId>, voice: &ErrorStyle<'_>) -> String {
    let json = match voice.format {
        Format::Json | Format::Jsonl => true,
        Format::Table | Format::Csv | Format::Ids => false,
    };
    match (voice.probe, json) {
        (false, false) => text(error, ticket, voice),
        (false, true) => object(error, ticket, voice),
        (true, false) => probe::unknown(&reason(error, voice)),
        (true, true) => json::line(
            &MonitoringCheck::unknown(&reason(error, voice)),
            voice.terminal,
        ),
    }
}

fn text(error: &Error, ticket: Option<TicketId>, voice: &ErrorStyle<'_>) -> String {
    let message = message(error, voice.zone);
    let message = untrusted::line(&message);
    // Most messages name their ticket.
    let about = ticket.map(|id| id.to_string());
    let about = about.filter(|id| !message.split([' ', ':', ',']).any(|word| word == id));
    let about = about.map_or_else(String::new, |id| format!("{id}: "));
    let name = Tone::Bad.paint("desk:", voice.color);
    let mut said = format!("{name} {about}{message}\n");
    if let Some(hint) = error.hint().filter(|_| !voice.quiet) {
        let lead = Tone::Quiet.paint("hint:", voice.color);
        said += &format!("  {lead} {}\n", untrusted::line(&hint));
    }
    said
}

fn object(error: &Error, ticket: Option<TicketId>, voice: &ErrorStyle<'_>) -> String {
    let problem = Problem {
        error: Fault {
            id: ticket.map(|id| id.0),
            code: error.as_str(),
            message: message(error, voice.zone),
            hint: error.hint(),
            exit_code: error.code(),
        },
    };
    json::line(&problem, voice.terminal)
}

/// The message and the hint as one text.
fn reason(error: &Error, voice: &ErrorStyle<'_>) -> String {
    let message = message(error, voice.zone);
    match error.hint().filter(|_| !voice.quiet) {
        Some(hint) => format!("{message}; {hint}"),
        None => message,
    }
}

/// The message, with its moments in the display zone.
fn message(error: &Error, zone: &Zone) -> String {
    let Error::Rejected(rejection) = error else {
        return error.to_string();
    };
    match rejection {
        Rejection::Future { at, now } => {
            let (at, now) = words::both(*at, *now, zone);
            format!("the time {at} is in the future; it is {now} now")
        }
        Rejection::BeganLater { at, now } => {
            let (at, now) = words::both(*at, *now, zone);
            format!("the trouble cannot have begun at {at}, after it was told at {now}")
        }
        Rejection::BeforeLast { id, at, last } => {
            let (at, last) = words::both(*at, *last, zone);
            format!("the time {at} is before the last event of {id}, at {last}")
        }
        Rejection::ClockBehind { id, now, last } => {
            let (now, last) = words::both(*now, *last, zone);
            format!("the machine's clock says {now}, but the last event of {id} was at {last}")
        }
        Rejection::NotLater { what, at, now } => {
            let (at, now) = words::both(*at, *now, zone);
            format!("{what} {at} is not later than {now}")
        }
        Rejection::WrongState { .. }
        | Rejection::Merged { .. }
        | Rejection::Gate { .. }
        | Rejection::Taken { .. }
        | Rejection::NoSuch { .. }
        | Rejection::NoneOpen { .. }
        | Rejection::Contradiction { .. }
        | Rejection::AlreadyDone { .. }
        | Rejection::Which { .. }
        | Rejection::Itself { .. }
        | Rejection::NoHigherTier { .. }
        | Rejection::RatingIncomplete { .. }
        | Rejection::WrongAnswer { .. }
        | Rejection::NotAsked { .. }
        | Rejection::NoCategory { .. }
        | Rejection::NoQuestions { .. }
        | Rejection::NotKnown { .. }
        | Rejection::Unknown(_)
        | Rejection::Text(_) => rejection.to_string(),
    }
}
