//! Arguments that several commands share, and their conversion to domain types.

use std::fmt::Display;

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use crate::cli::clap_errors::InvalidValue;
use crate::cli::completion;
use crate::cli::context::CommandContext;
use crate::domain::Timestamp;
use crate::domain::category::{Category, NotACategory};
use crate::domain::decide::{ClosingOptions, Ratings};
use crate::domain::event::Note;
use crate::domain::people::{Agent, Requester};
use crate::domain::query::SortKey;
use crate::domain::text;
use crate::domain::time::parse_time::Prefer;
use crate::domain::time::working_span::WorkingSpan;
use crate::domain::time::{parse_duration, parse_time};
use crate::domain::vocabulary::UnknownWord;
use crate::error::Error;

/// The three ratings of a ticket.
#[derive(Debug, Clone, Args)]
pub(crate) struct RatingArgs {
    /// Impact on the users, such as high, medium or low
    #[arg(long, short = 'u', value_name = "LEVEL", add = ArgValueCandidates::new(completion::impact_levels))]
    users: Option<String>,
    /// Impact on the business, such as high, medium or low
    #[arg(long, short = 'b', value_name = "LEVEL", add = ArgValueCandidates::new(completion::impact_levels))]
    business: Option<String>,
    /// Urgency, such as high, medium or low
    #[arg(long, short = 'g', value_name = "LEVEL", add = ArgValueCandidates::new(completion::urgency_levels))]
    urgency: Option<String>,
}

impl RatingArgs {
    /// The ratings that were given.
    pub(crate) fn ratings(&self) -> Ratings {
        Ratings {
            users: self.users.clone(),
            business: self.business.clone(),
            urgency: self.urgency.clone(),
        }
    }
}

/// Refuses ratings of a new ticket of which only one or two are known.
///
/// # Errors
/// [`Error::Usage`] with the flags.
pub(crate) fn all_or_none(ratings: Ratings) -> Result<Ratings, Error> {
    let given = [&ratings.users, &ratings.business, &ratings.urgency];
    if (1..3).contains(&given.iter().filter(|level| level.is_some()).count()) {
        return Err(Error::usage(
            "a new ticket needs all three ratings, or none",
            "give --users, --business and --urgency, or rate the ticket later with: desk prioritize",
        ));
    }
    Ok(ratings)
}

/// Symptoms and other observations.
#[derive(Debug, Clone, Args)]
pub(crate) struct ObservationArgs {
    /// A symptom; can be repeated
    #[arg(long = "symptom", value_name = "TEXT")]
    symptoms: Vec<String>,
    /// An affected service, device or place; can be repeated
    #[arg(long = "affected", value_name = "TEXT")]
    affected: Vec<String>,
    /// When the problem began
    #[arg(long, value_name = "TIME")]
    began: Option<String>,
}

impl ObservationArgs {
    /// The observations as a note, together with this text.
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

/// Options that `resolve` and `close` share.
#[derive(Debug, Clone, Args)]
pub(crate) struct EndingArgs {
    /// Who confirmed that the service is restored
    #[arg(long, value_name = "WHO")]
    restored_by: Option<String>,
    #[command(flatten)]
    tell: TellArgs,
    #[command(flatten)]
    force: ForceArgs,
}

/// What the requester is told besides.
#[derive(Debug, Clone, Args)]
pub(crate) struct TellArgs {
    /// Also send this public message to the requester
    #[arg(long, value_name = "TEXT")]
    tell: Option<String>,
}

impl TellArgs {
    /// The message, if there is one.
    ///
    /// # Errors
    /// [`Error::Usage`] for what cannot be a text.
    pub(crate) fn message(&self) -> Result<Option<String>, Error> {
        body("message", self.tell.as_ref())
    }
}

/// Overriding gates.
#[derive(Debug, Clone, Args)]
pub(crate) struct ForceArgs {
    /// Override gates that are not satisfied; this is recorded
    #[arg(long, requires = "reason")]
    force: bool,
    /// Why the gates are overridden
    #[arg(long, value_name = "TEXT", requires = "force")]
    reason: Option<String>,
}

impl ForceArgs {
    /// The reason for overriding gates, if they are overridden.
    pub(crate) fn reason(&self) -> Result<Option<String>, Error> {
        body("reason", self.reason.as_ref())
    }
}

impl EndingArgs {
    /// The options of the command.
    pub(crate) fn ending(&self) -> Result<ClosingOptions, Error> {
        Ok(ClosingOptions {
            restored_by: line("name of who confirmed", self.restored_by.as_ref())?,
            message: self.tell.message()?,
            force: self.force.reason()?,
        })
    }
}

/// The requester of a ticket.
#[derive(Debug, Clone, Args)]
pub(crate) struct RequesterArgs {
    /// The requester: "Name <mail or phone>"
    #[arg(long, short = 'r', value_name = "WHO", add = ArgValueCandidates::new(completion::requesters))]
    requester: Option<String>,
    /// The requester's mail address or phone number
    #[arg(long, value_name = "CONTACT")]
    contact: Option<String>,
    /// The requester's language, such as de or pt-BR
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
}

impl RequesterArgs {
    /// Whether the requester is named as a whole, and not only a contact or a language.
    pub(crate) const fn is_named(&self) -> bool {
        self.requester.is_some()
    }

    /// The requester, with the contact given together with the name or separately.
    ///
    /// # Errors
    /// [`Error::Usage`] for two contacts, and for what cannot be one;
    /// [`Error::Interrupted`] at the prompt, or an error of the store.
    pub(crate) fn requester(&self, ctx: &CommandContext<'_>) -> Result<Requester, Error> {
        let who = self.requester.as_deref();
        let who = who.map(Requester::parse).transpose().map_err(usage)?;
        let mut who = who.unwrap_or_default();
        match (line("contact", self.contact.as_ref())?, &who.contact) {
            (Some(given), Some(known)) if given != *known => {
                return Err(Error::usage(
                    format!("two contacts given: '{known}' and '{given}'"),
                    "give one, as --requester \"Name <contact>\" or with --contact",
                ));
            }
            (Some(given), _) => {
                Requester::check_contact(&given).map_err(usage)?;
                who.contact = Some(given);
            }
            (None, _) => {}
        }
        who.language = line("language", self.language.as_ref())?;
        ctx.requester(who)
    }
}

/// Parses a time such as `tomorrow 9:00` or `2h ago`.
pub(crate) fn time(
    ctx: &CommandContext<'_>,
    typed: &str,
    lean: Prefer,
) -> Result<Timestamp, Error> {
    parse_time::parse(typed, ctx.desk.now(), ctx.desk.zone, lean)
        .map_err(|fault| Error::usage(fault.to_string(), fault.hint()))
}

/// Value parser for the number of a hypothesis or a call.
pub(crate) fn number(typed: &str) -> Result<u32, InvalidValue> {
    typed
        .parse()
        .map_err(|_| InvalidValue::new("not a number", "use one from desk show, such as 1"))
}

/// Value parser for a duration.
pub(crate) fn duration(typed: &str) -> Result<chrono::TimeDelta, InvalidValue> {
    parse_duration::parse(typed).map_err(|fault| InvalidValue::new(fault.to_string(), fault.hint()))
}

/// Value parser for a span of working time.
pub(crate) fn working_span(typed: &str) -> Result<WorkingSpan, InvalidValue> {
    WorkingSpan::parse(typed).map_err(|fault| InvalidValue::new(fault.to_string(), fault.hint()))
}

/// The word that begins with what was typed, if it is the only one; otherwise what was
/// typed.
pub(crate) fn completed<'a>(typed: &'a str, words: &[&'a str]) -> &'a str {
    let lower = typed.trim().to_ascii_lowercase();
    let begins = |word: &&&str| !lower.is_empty() && word.starts_with(&lower);
    let mut found = words.iter().filter(begins);
    match (found.next(), found.next()) {
        (Some(word), None) => word,
        (Some(_) | None, _) => typed,
    }
}

/// As [`value_of`], for words of which the beginning is enough.
pub(crate) fn beginning_of<T>(
    words: &'static [&'static str],
    parse: fn(&str) -> Result<T, UnknownWord>,
) -> impl Fn(&str) -> Result<T, InvalidValue> + Clone {
    move |typed| value_of(parse)(completed(typed, words))
}

/// Value parser for `--sort`.
pub(crate) fn sort_key(typed: &str) -> Result<SortKey, InvalidValue> {
    let known = SortKey::ALL.iter().find(|(word, _)| *word == typed);
    known.map(|(_, key)| *key).ok_or_else(|| {
        let words = SortKey::ALL.iter().map(|(word, _)| *word);
        let fault = UnknownWord::new("sort key", typed, words);
        InvalidValue::new(fault.to_string(), fault.hint())
    })
}

/// Value parser for an enum of the domain.
pub(crate) fn value_of<T>(
    parse: fn(&str) -> Result<T, UnknownWord>,
) -> impl Fn(&str) -> Result<T, InvalidValue> + Clone {
    move |typed| parse(typed).map_err(|fault| InvalidValue::new(fault.to_string(), fault.hint()))
}

/// Checks an optional single-line text.
pub(crate) fn line(what: &'static str, typed: Option<&String>) -> Result<Option<String>, Error> {
    typed
        .map(|t| text::line(what, t))
        .transpose()
        .map_err(usage)
}

/// Checks an optional text of several lines.
pub(crate) fn body(what: &'static str, typed: Option<&String>) -> Result<Option<String>, Error> {
    typed
        .map(|t| text::body(what, t))
        .transpose()
        .map_err(usage)
}

/// Checks single-line texts.
pub(crate) fn lines(what: &'static str, typed: &[String]) -> Result<Vec<String>, Error> {
    typed
        .iter()
        .map(|t| text::line(what, t).map_err(usage))
        .collect()
}

/// Parses a category.
pub(crate) fn category(typed: &str) -> Result<Category, Error> {
    Category::parse(typed).map_err(|fault| Error::usage(fault.to_string(), NotACategory::HINT))
}

/// Parses an agent's name.
pub(crate) fn agent(typed: &str) -> Result<Agent, Error> {
    Agent::parse(typed).map_err(usage)
}

/// The one word that may follow the tickets.
pub(crate) fn single(words: &[String], what: &str) -> Result<Option<String>, Error> {
    match words {
        [] => Ok(None),
        [word] => Ok(Some(word.clone())),
        [_, more @ ..] => Err(Error::usage(
            format!("expected one {what}, found also '{}'", more.join(" ")),
            "name several tickets as one list, such as 4,5; quote words that belong together",
        )),
    }
}

/// Turns a rejection by the domain into a usage error.
pub(crate) fn usage(fault: impl Display + Into<crate::domain::rejection::Rejection>) -> Error {
    let rejection = fault.into();
    Error::usage(rejection.to_string(), rejection.hint())
}
