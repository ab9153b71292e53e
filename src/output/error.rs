//! Errors on stderr: a message, and a hint with one thing to type instead.

use super::json;
use super::monitoring_check;
use super::published::error::{ErrorDetails, ErrorReport};
use super::published::monitoring_check::MonitoringCheck;
use super::style::palette::Style;
use super::style::{humanize, untrusted};
use crate::domain::breach::refusal::BreachRefusal;
use crate::domain::decide::UndoRefusal;
use crate::domain::event::TicketId;
use crate::domain::rejection::Rejection;
use crate::domain::time::zone::Zone;
use crate::error::Error;
use crate::output_format::OutputFormat;

/// How errors are rendered.
pub(crate) struct ErrorStyle<'a> {
    pub(crate) format: OutputFormat,
    pub(crate) zone: &'a Zone,
    /// Whether colour may be used on stderr.
    pub(crate) color: bool,
    /// Whether stderr is a terminal.
    pub(crate) terminal: bool,
    /// Leaves out the hint for people.
    pub(crate) quiet: bool,
    /// Whether a monitoring system asks, which reads a plugin line from stdout.
    pub(crate) monitoring: bool,
}

/// The text of an error with its line break; `ticket` is the one concerned,
/// where a command was given several.
pub(crate) fn error_text(
    error: &Error,
    ticket: Option<TicketId>,
    style: &ErrorStyle<'_>,
) -> String {
    let json = match style.format {
        OutputFormat::Json | OutputFormat::Jsonl => true,
        OutputFormat::Table
        | OutputFormat::Csv
        | OutputFormat::Tsv
        | OutputFormat::Ids
        | OutputFormat::Html => false,
    };
    match (style.monitoring, json) {
        (false, false) => text(error, ticket, style),
        (false, true) => object(error, ticket, style),
        (true, false) => monitoring_check::unknown(&reason(error, style)),
        (true, true) => json::line(
            &MonitoringCheck::unknown(monitoring_check::ascii(&reason(error, style))),
            style.terminal,
        ),
    }
}

fn text(error: &Error, ticket: Option<TicketId>, style: &ErrorStyle<'_>) -> String {
    let message = message(error, style.zone);
    let message = untrusted::message(&message);
    // Most messages name their ticket already.
    let about = ticket.map(|id| id.to_string());
    let about = about.filter(|id| !message.split([' ', ':', ',']).any(|word| word == id));
    let about = about.map_or_else(String::new, |id| format!("{id}: "));
    let name = Style::Error.paint("desk:", style.color);
    let mut text = format!("{name} {about}{message}\n");
    if let Some(hint) = error.hint().filter(|_| !style.quiet) {
        let label = Style::Dim.paint("hint:", style.color);
        text += &format!("  {label} {}\n", untrusted::message(&hint));
    }
    text
}

fn object(error: &Error, ticket: Option<TicketId>, style: &ErrorStyle<'_>) -> String {
    let report = ErrorReport {
        error: ErrorDetails {
            id: ticket.map(|id| id.0),
            code: error.as_str(),
            message: message(error, style.zone),
            hint: error.hint(),
            exit_code: error.code(),
        },
    };
    json::line(&report, style.terminal)
}

/// The message and the hint as one text.
fn reason(error: &Error, style: &ErrorStyle<'_>) -> String {
    let message = message(error, style.zone);
    match error.hint().filter(|_| !style.quiet) {
        Some(hint) => format!("{message}; {hint}"),
        None => message,
    }
}

/// The message, with times in the display zone.
#[expect(clippy::too_many_lines, reason = "one arm for each rejection")]
fn message(error: &Error, zone: &Zone) -> String {
    let Error::Rejected(rejection) = error else {
        return error.to_string();
    };
    match rejection {
        Rejection::Future { at, now } => {
            let (at, now) = humanize::both(*at, *now, zone);
            format!("the time {at} is in the future; it is {now} now")
        }
        Rejection::Undo(UndoRefusal::NotOwn { id, by, what, at }) => {
            let at = humanize::full_time(*at, zone);
            format!("the last step on {id} is by {by} ({what}, {at}), and not yours")
        }
        Rejection::BeganLater { at, now } => {
            let (at, now) = humanize::both(*at, *now, zone);
            format!("the problem cannot have begun at {at}, after it was reported at {now}")
        }
        Rejection::BeforeLast { id, at, last } => {
            let (at, last) = humanize::both(*at, *last, zone);
            format!("the time {at} is before the last thing that an agent did on {id}, at {last}")
        }
        Rejection::BeforePolicy { version, at, set } => {
            let (at, set) = humanize::both(*at, *set, zone);
            format!("the time {at} is before version {version} of the policy, set at {set}")
        }
        Rejection::ClockUnset { now } => {
            let now = humanize::full_time(*now, zone);
            format!("the machine's clock says {now}, before 1970; nothing was written")
        }
        Rejection::CallIsThen { id, number, at } => {
            let at = humanize::full_time(*at, zone);
            format!("call {number} of {id} is at {at} already")
        }
        Rejection::CallWasMoved { id, number, at } => {
            let at = humanize::full_time(*at, zone);
            format!("call {number} of {id} was moved to {at} in the meantime")
        }
        Rejection::NotLater { what, at, now } => {
            let (at, now) = humanize::both(*at, *now, zone);
            format!("{what} {at} is not later than {now}")
        }
        Rejection::Breach(BreachRefusal::OutOfOrder {
            later,
            at,
            earlier,
            other,
        }) => {
            let (at, other) = humanize::both(*at, *other, zone);
            format!("{later} at {at} cannot be before {earlier} at {other}")
        }
        Rejection::Breach(BreachRefusal::DelayReason { name, due }) => {
            let due = humanize::full_time(*due, zone);
            format!(
                "the notification {name} was due at {due}, so the reason of the delay is needed"
            )
        }
        Rejection::Breach(_)
        | Rejection::WrongState { .. }
        | Rejection::Merged { .. }
        | Rejection::Gate { .. }
        | Rejection::NewGate { .. }
        | Rejection::Taken { .. }
        | Rejection::OtherLogin { .. }
        | Rejection::LoginOfOther { .. }
        | Rejection::NoSuch { .. }
        | Rejection::NoneOpen { .. }
        | Rejection::Contradiction { .. }
        | Rejection::AlreadyDone { .. }
        | Rejection::Which { .. }
        | Rejection::ParentCycle { .. }
        | Rejection::Itself { .. }
        | Rejection::NoHigherTier { .. }
        | Rejection::RatingIncomplete { .. }
        | Rejection::WrongAnswer { .. }
        | Rejection::NotAsked { .. }
        | Rejection::NoCategory { .. }
        | Rejection::NoQuestions { .. }
        | Rejection::NotKnown { .. }
        | Rejection::NoContact { .. }
        | Rejection::NotParticipant { .. }
        | Rejection::AmbiguousParticipant { .. }
        | Rejection::NotThePerson { .. }
        | Rejection::OnHold { .. }
        | Rejection::StillAgent { .. }
        | Rejection::NotHeld
        | Rejection::ReasonNames
        | Rejection::Restricted { .. }
        | Rejection::NotNamed { .. }
        | Rejection::NotRestricted { .. }
        | Rejection::ClockNotRunning { .. }
        | Rejection::NotPromised { .. }
        | Rejection::LessThanNoTime { .. }
        | Rejection::NoSuchPerson { .. }
        | Rejection::SeveralPeople { .. }
        | Rejection::SamePerson { .. }
        | Rejection::NotJoined { .. }
        | Rejection::LimitedAlready { .. }
        | Rejection::NotLimited { .. }
        | Rejection::TooMany { .. }
        | Rejection::TagBothWays { .. }
        | Rejection::Tag(_)
        | Rejection::Field(_)
        | Rejection::Unknown(_)
        | Rejection::NotIdentified { .. }
        | Rejection::EditConflict { .. }
        | Rejection::Undo(_)
        | Rejection::Text(_) => rejection.to_string(),
    }
}
