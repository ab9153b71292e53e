//! `desk identify`: incident or request, occurred or anticipated.

use crate::cli::args::{single, usage, word};
use crate::cli::completion::words;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::Words;
use crate::domain::decide::Command;
use crate::domain::vocabulary::{Kind, Occurrence};
use crate::error::Error;

/// Say whether it is an incident or a request
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk identify <ID>... <incident|request> [OPTIONS]")]
pub(crate) struct Args {
    #[command(flatten)]
    words: Words,
    /// Whether it occurred or is anticipated (a warning sign)
    #[arg(long, value_name = "ONSET", value_parser = word(Occurrence::parse), add = words(Occurrence::WORDS))]
    onset: Option<Occurrence>,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { words, onset } = args;
    let (ids, rest) = words.split(ctx)?;
    let choices: Vec<String> = Kind::WORDS.iter().map(ToString::to_string).collect();
    let given = single(&rest, "kind")?;
    let kind = ctx.chosen(given, "kind", "desk identify ID incident", &choices)?;
    let kind = Kind::parse(&kind).map_err(usage)?;
    ctx.act(&ids, &Command::Identify { kind, onset })
}
