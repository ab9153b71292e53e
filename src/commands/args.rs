//! Arguments that several commands share, parsed into words of the domain.

use std::fmt::Display;

use clap::Args;

use super::Seat;
use crate::domain::category::{Category, NotACategory};
use crate::domain::decide::{Ending, Ratings};
use crate::domain::event::{Note, TicketId};
use crate::domain::people::Agent;
use crate::domain::text;
use crate::domain::when::Lean;
use crate::domain::word::UnknownWord;
use crate::domain::{Moment, span, when};
use crate::error::Error;

/// The most tickets that one range may name.
const RANGE: i64 = 10_000;

/// Tickets by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Which {
    These(Vec<TicketId>),
    /// One a line, from stdin.
    Stdin,
}

/// Reads `42`, `#42`, `42,43`, `40-45` or `-`.
///
/// # Errors
/// What is accepted instead.
pub(crate) fn which(typed: &str) -> Result<Which, String> {
    if typed == "-" {
        return Ok(Which::Stdin);
    }
    let wrong = || format!("'{typed}' is no ticket number; use 42, 42,43, 40-45, or - for stdin");
    let mut ids = Vec::new();
    for part in typed.split(',') {
        let number = |text: &str| {
            let digits = text.trim().trim_start_matches('#');
            let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            digits
                .parse::<i64>()
                .ok()
                .filter(|n| plain && *n > 0)
                .ok_or_else(wrong)
        };
        match part.split_once('-') {
            None => ids.push(TicketId(number(part)?)),
            Some((from, to)) => {
                let (from, to) = (number(from)?, number(to)?);
                if to < from || to - from >= RANGE {
                    return Err(format!(
                        "'{part}' is no range of tickets; use the lower number first, at most {RANGE} tickets"
                    ));
                }
                ids.extend((from..=to).map(TicketId));
            }
        }
    }
    Ok(Which::These(ids))
}

/// The tickets a command acts on.
#[derive(Debug, Clone, Args)]
pub(crate) struct Ids {
    /// Tickets: 42, 42,43, 40-45, or - to read them from stdin
    #[arg(value_name = "ID", value_parser = which, required = true,
          add = clap_complete::engine::ArgValueCandidates::new(crate::complete::open_tickets))]
    ids: Vec<Which>,
}

impl Ids {
    /// All of them, each once, in the order given.
    pub(crate) fn resolve(&self, seat: &Seat<'_>) -> Result<Vec<TicketId>, Error> {
        resolve(&self.ids, seat)
    }
}

/// Tickets, then words: the numbers come first, the text follows.
#[derive(Debug, Clone, Args)]
pub(crate) struct Words {
    /// Tickets (42, 42,43, 40-45, or - for stdin), then the text
    #[arg(value_name = "ID|TEXT", required = true,
          add = clap_complete::engine::ArgValueCandidates::new(crate::complete::open_tickets))]
    words: Vec<String>,
}

impl Words {
    /// The tickets, and the words after them.
    pub(crate) fn split(&self, seat: &Seat<'_>) -> Result<(Vec<TicketId>, Vec<String>), Error> {
        let mut named = Vec::new();
        let mut rest = Vec::new();
        for word in &self.words {
            match which(word) {
                Ok(which) if rest.is_empty() => named.push(which),
                Ok(_) | Err(_) => rest.push(word.clone()),
            }
        }
        if named.is_empty() {
            let first = self.words.first().map_or("", String::as_str);
            let message = which(first).err().unwrap_or_default();
            return Err(Error::usage(message, "name the tickets first"));
        }
        Ok((resolve(&named, seat)?, rest))
    }
}

fn resolve(named: &[Which], seat: &Seat<'_>) -> Result<Vec<TicketId>, Error> {
    let mut ids = Vec::new();
    let mut add = |more: Vec<TicketId>| {
        for id in more {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
    };
    for which_ones in named {
        match which_ones {
            Which::These(these) => add(these.clone()),
            Which::Stdin => {
                for line in seat.ask.stdin()?.split_whitespace() {
                    match which(line) {
                        Ok(Which::These(these)) => add(these),
                        Ok(Which::Stdin) | Err(_) => {
                            return Err(Error::usage(
                                format!("stdin has '{line}', which is no ticket number"),
                                "give one number a line, as desk list --format ids writes them",
                            ));
                        }
                    }
                }
            }
        }
    }
    Ok(ids)
}

/// A text, by `-m` or as the last words.
#[derive(Debug, Clone, Args)]
pub(crate) struct Message {
    /// The text, or - to read it from stdin
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true)]
    message: Option<String>,
}

impl Message {
    /// The text if there is one: the words, `-m`, or stdin.
    pub(crate) fn given(
        &self,
        seat: &Seat<'_>,
        what: &'static str,
        words: &[String],
    ) -> Result<Option<String>, Error> {
        let typed = match (&self.message, words.is_empty()) {
            (None, true) => return Ok(None),
            (None, false) => words.join(" "),
            (Some(text), true) if text == "-" => seat.ask.stdin()?,
            (Some(text), true) => text.clone(),
            (Some(_), false) => {
                return Err(Error::usage(
                    format!(
                        "the {what} is given twice, with -m and as '{}'",
                        words.join(" ")
                    ),
                    "give it once; quote it if it holds numbers only",
                ));
            }
        };
        text::body(what, &typed).map(Some).map_err(usage)
    }

    /// The text, asked for in the editor if it is missing.
    pub(crate) fn needed(
        &self,
        seat: &Seat<'_>,
        what: &'static str,
        words: &[String],
    ) -> Result<String, Error> {
        match self.given(seat, what, words)? {
            Some(text) => Ok(text),
            None => {
                let typed = seat.ask.text(what, "-m TEXT, or as the last words")?;
                text::body(what, &typed).map_err(usage)
            }
        }
    }
}

/// The three ratings.
#[derive(Debug, Clone, Args)]
pub(crate) struct RatingArgs {
    /// Impact on the users: high, medium or low
    #[arg(long, short = 'u', value_name = "LEVEL")]
    users: Option<String>,
    /// Impact on the business: high, medium or low
    #[arg(long, short = 'b', value_name = "LEVEL")]
    business: Option<String>,
    /// How soon it must be dealt with: high, medium or low
    #[arg(long, short = 'g', value_name = "LEVEL")]
    urgency: Option<String>,
}

impl RatingArgs {
    pub(crate) fn ratings(&self) -> Ratings {
        Ratings {
            users: self.users.clone(),
            business: self.business.clone(),
            urgency: self.urgency.clone(),
        }
    }

    /// The ratings of a ticket that has none yet: all three, or none.
    pub(crate) fn whole(&self) -> Result<Ratings, Error> {
        let ratings = self.ratings();
        let given = [&ratings.users, &ratings.business, &ratings.urgency];
        if (1..3).contains(&given.iter().filter(|level| level.is_some()).count()) {
            return Err(Error::usage(
                "a new ticket needs all three ratings, or none",
                "give --users, --business and --urgency, or rate it later with: desk prioritize",
            ));
        }
        Ok(ratings)
    }
}

/// What was seen.
#[derive(Debug, Clone, Args)]
pub(crate) struct Seen {
    /// A symptom; may be given several times
    #[arg(long = "symptom", value_name = "TEXT")]
    symptoms: Vec<String>,
    /// An affected service, device or place; may be given several times
    #[arg(long = "affected", value_name = "TEXT")]
    affected: Vec<String>,
    /// When the trouble began
    #[arg(long, value_name = "TIME")]
    began: Option<String>,
}

impl Seen {
    /// Everything seen, as a note with this text.
    pub(crate) fn note(&self, seat: &Seat<'_>, text: Option<String>) -> Result<Note, Error> {
        let began = match &self.began {
            Some(typed) => Some(time(seat, typed, Lean::Past)?),
            None => None,
        };
        if let Some(at) = began
            && at > seat.desk.now()
        {
            return Err(Error::usage(
                format!(
                    "the trouble cannot have begun in the future ('{}')",
                    self.began.as_deref().unwrap_or_default()
                ),
                "give a past time, such as '2h ago'",
            ));
        }
        Ok(Note {
            text,
            symptoms: lines("symptom", &self.symptoms)?,
            affected: lines("affected element", &self.affected)?,
            began,
        })
    }
}

/// What may be said along with resolving or closing.
#[derive(Debug, Clone, Args)]
pub(crate) struct EndingArgs {
    /// Who confirmed that the service is restored
    #[arg(long, value_name = "WHO")]
    restored_by: Option<String>,
    /// Send this public message to the requester as well
    #[arg(long, value_name = "TEXT")]
    tell: Option<String>,
    #[command(flatten)]
    force: Force,
}

/// Passing gates by force.
#[derive(Debug, Clone, Args)]
pub(crate) struct Force {
    /// Pass the gates that are not satisfied, on the record
    #[arg(long, requires = "reason")]
    force: bool,
    /// Why the gates are passed
    #[arg(long, value_name = "TEXT", requires = "force")]
    reason: Option<String>,
}

impl Force {
    /// Why they are passed, if they are.
    pub(crate) fn reason(&self) -> Result<Option<String>, Error> {
        body("reason", self.reason.as_ref())
    }
}

impl EndingArgs {
    pub(crate) fn ending(&self) -> Result<Ending, Error> {
        Ok(Ending {
            restored_by: line("name of who confirmed", self.restored_by.as_ref())?,
            tell: body("message", self.tell.as_ref())?,
            force: self.force.reason()?,
        })
    }
}

/// Reads a time as a person writes it.
pub(crate) fn time(seat: &Seat<'_>, typed: &str, lean: Lean) -> Result<Moment, Error> {
    when::parse(typed, seat.desk.now(), seat.desk.zone, lean)
        .map_err(|fault| Error::usage(fault.to_string(), fault.hint()))
}

/// Reads a duration.
pub(crate) fn duration(typed: &str) -> Result<chrono::TimeDelta, String> {
    span::parse(typed).map_err(|fault| format!("{fault}; {}", fault.hint()))
}

/// A value parser for a word of the domain.
pub(crate) fn word<T>(
    parse: fn(&str) -> Result<T, UnknownWord>,
) -> impl Fn(&str) -> Result<T, String> + Clone {
    move |typed| parse(typed).map_err(|fault| format!("{fault}; {}", fault.hint()))
}

pub(crate) fn line(what: &'static str, typed: Option<&String>) -> Result<Option<String>, Error> {
    typed
        .map(|t| text::line(what, t))
        .transpose()
        .map_err(usage)
}

pub(crate) fn body(what: &'static str, typed: Option<&String>) -> Result<Option<String>, Error> {
    typed
        .map(|t| text::body(what, t))
        .transpose()
        .map_err(usage)
}

pub(crate) fn lines(what: &'static str, typed: &[String]) -> Result<Vec<String>, Error> {
    typed
        .iter()
        .map(|t| text::line(what, t).map_err(usage))
        .collect()
}

/// Reads a category.
pub(crate) fn category(typed: &str) -> Result<Category, Error> {
    Category::parse(typed).map_err(|fault| Error::usage(fault.to_string(), NotACategory::HINT))
}

/// Reads the name of an agent.
pub(crate) fn agent(typed: &str) -> Result<Agent, Error> {
    Agent::parse(typed).map_err(usage)
}

/// The one word that must follow the tickets.
pub(crate) fn single(words: &[String], what: &str) -> Result<Option<String>, Error> {
    match words {
        [] => Ok(None),
        [word] => Ok(Some(word.clone())),
        [_, more @ ..] => Err(Error::usage(
            format!("one {what} is expected, not also '{}'", more.join(" ")),
            "name the tickets first, then one word; quote words that belong together",
        )),
    }
}

/// A fault of a text, as wrong usage.
pub(crate) fn usage(fault: impl Display + Into<crate::domain::rejection::Rejection>) -> Error {
    let rejection = fault.into();
    Error::usage(rejection.to_string(), rejection.hint())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tickets_are_named_by_number_list_and_range() {
        let these = |ids: &[i64]| Ok(Which::These(ids.iter().copied().map(TicketId).collect()));
        assert_eq!(which("42"), these(&[42]));
        assert_eq!(which("#42,7"), these(&[42, 7]));
        assert_eq!(which("40-42"), these(&[40, 41, 42]));
        assert_eq!(which("-"), Ok(Which::Stdin));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for typed in [
            "",
            "0",
            "-1",
            "4.2",
            "x",
            "42,",
            "5-3",
            "1-99999999",
            "+4",
            "9223372036854775808",
        ] {
            assert!(which(typed).is_err(), "{typed:?}");
        }
    }
}
