//! `desk identify`: sets the kind of a ticket, incident or request.

use crate::cli::args::{completed, single, usage, value_of};
use crate::cli::completion::fixed;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::{EscapedWords, Expected, FirstArgument, TicketsAndWords};
use crate::domain::decide::Command;
use crate::domain::vocabulary::{Kind, Occurrence};
use crate::error::Error;

/// Set the kind: incident or request
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk identify <ID> <incident|request> [OPTIONS]")]
#[command(after_long_help = "\
Examples:
  desk identify 42 incident
  desk identify 42 incident --onset anticipated")]
pub(crate) struct Args {
    #[command(flatten)]
    tickets: FirstArgument,
    /// The kind: incident or request
    #[arg(value_name = "KIND", add = fixed(Kind::WORDS))]
    kind: Vec<String>,
    #[command(flatten)]
    escaped: EscapedWords,
    /// Whether it has occurred, or is anticipated (a warning sign)
    #[arg(long, value_name = "ONSET", value_parser = value_of(Occurrence::parse), add = fixed(Occurrence::WORDS))]
    onset: Option<Occurrence>,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        tickets,
        kind: words,
        escaped,
        onset,
    } = args;
    let words = TicketsAndWords::new(tickets, words, escaped);
    let (tickets, rest) = words.split(ctx, Expected::Word("kind"))?;
    let choices: Vec<String> = Kind::WORDS.iter().map(ToString::to_string).collect();
    let given = single(&rest, "kind")?;
    let kind = ctx.given_or_chosen(given, "kind", "desk identify ID incident", &choices)?;
    let kind = Kind::parse(completed(&kind, Kind::WORDS)).map_err(usage)?;
    ctx.execute(&tickets, &Command::Identify { kind, onset })
}
