//! `desk identify`: incident or request, occurred or anticipated.

use super::args::{single, usage, word};
use super::which::Words;
use super::{Answer, Seat};
use crate::complete::words;
use crate::domain::decide::Command;
use crate::domain::vocabulary::{Kind, Onset};
use crate::error::Error;

/// Say whether it is an incident or a request
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk identify <ID>... <incident|request> [OPTIONS]")]
pub(crate) struct Args {
    #[command(flatten)]
    words: Words,
    /// Whether it occurred or is anticipated (a warning sign)
    #[arg(long, value_name = "ONSET", value_parser = word(Onset::parse), add = words(Onset::WORDS))]
    onset: Option<Onset>,
}

pub(crate) fn run<'a>(seat: &'a Seat<'a>, args: Args) -> Result<Answer<'a>, Error> {
    let Args { words, onset } = args;
    let (ids, rest) = words.split(seat)?;
    let choices: Vec<String> = Kind::WORDS.iter().map(ToString::to_string).collect();
    let given = single(&rest, "kind")?;
    let kind = seat.chosen(given, "kind", "desk identify ID incident", &choices)?;
    let kind = Kind::parse(&kind).map_err(usage)?;
    seat.act(&ids, &Command::Identify { kind, onset })
}
