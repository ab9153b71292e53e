//! Arguments that several commands share, parsed into words of the domain.

use std::fmt::Display;

use clap::Args;

use crate::cli::completion::words;
use crate::cli::context::CommandContext;
use crate::domain::Timestamp;
use crate::domain::category::{Category, NotACategory};
use crate::domain::decide::{Ending, Ratings};
use crate::domain::event::Note;
use crate::domain::people::{Agent, Requester};
use crate::domain::text;
use crate::domain::time::parse_time::Prefer;
use crate::domain::time::{parse_duration, parse_time};
use crate::domain::vocabulary::UnknownWord;
use crate::error::Error;

/// The three ratings.
#[derive(Debug, Clone, Args)]
pub(crate) struct RatingArgs {
    /// Impact on the users: high, medium or low
    #[arg(long, short = 'u', value_name = "LEVEL", add = words(&["high", "medium", "low"]))]
    users: Option<String>,
    /// Impact on the business: high, medium or low
    #[arg(long, short = 'b', value_name = "LEVEL", add = words(&["high", "medium", "low"]))]
    business: Option<String>,
    /// How soon it must be dealt with: high, medium or low
    #[arg(long, short = 'g', value_name = "LEVEL", add = words(&["high", "medium", "low"]))]
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
    pub(crate) fn note(
        &self,
        ctx: &CommandContext<'_>,
        text: Option<String>,
    ) -> Result<Note, Error> {
        let began = match &self.began {
            Some(typed) => Some(time(ctx, typed, Prefer::Past)?),
            None => None,
        };
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

/// Reads who is affected, with a contact of its own if there is one.
pub(crate) fn requester(
    who: Option<&String>,
    contact: Option<&String>,
    language: Option<&String>,
) -> Result<Requester, Error> {
    let mut requester = match who {
        Some(typed) => Requester::parse(typed).map_err(usage)?,
        None => Requester::default(),
    };
    match (line("contact", contact)?, &requester.contact) {
        (Some(given), Some(known)) if given != *known => {
            return Err(Error::usage(
                format!("two contacts are given: '{known}' and '{given}'"),
                "give one, as --requester \"Name <contact>\" or with --contact",
            ));
        }
        (Some(given), _) => requester.contact = Some(given),
        (None, _) => {}
    }
    requester.language = line("language", language)?;
    Ok(requester)
}

/// Reads a time as a person writes it.
pub(crate) fn time(
    ctx: &CommandContext<'_>,
    typed: &str,
    lean: Prefer,
) -> Result<Timestamp, Error> {
    parse_time::parse(typed, ctx.desk.now(), ctx.desk.zone, lean)
        .map_err(|fault| Error::usage(fault.to_string(), fault.hint()))
}

/// Reads the number of a hypothesis or a call.
pub(crate) fn number(typed: &str) -> Result<u32, String> {
    typed
        .parse()
        .map_err(|_| format!("'{typed}' is no number; use one that desk show tells, such as 1"))
}

/// A value parser for a duration.
pub(crate) fn duration(typed: &str) -> Result<chrono::TimeDelta, String> {
    parse_duration::parse(typed).map_err(|fault| format!("{fault}; {}", fault.hint()))
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
