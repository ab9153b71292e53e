//! `desk pause`: the resolution clock stops while the ticket waits.

use crate::cli::args::{Force, body, time, usage};
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::Saying;
use crate::domain::decide::Command;
use crate::domain::time::parse_time::Prefer;
use crate::domain::vocabulary::PauseReason;
use crate::error::Error;

/// Stop the resolution clock while waiting
///
/// Waiting for the requester needs a public message that asks: the latest
/// word on the ticket, or the one given with --ask. Whatever the requester
/// answers wakes the ticket. The response clock never stops.
#[derive(Debug, Clone, clap::Args)]
#[command(
    override_usage = "desk pause <ID>... <requester|vendor|change|evidence|other> [NOTE] [OPTIONS]"
)]
pub(crate) struct Args {
    #[command(flatten)]
    saying: Saying,
    /// When to go on at the latest; from then on lists show it as "to resume"
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// Send this public question to the requester
    #[arg(long, value_name = "TEXT")]
    ask: Option<String>,
    #[command(flatten)]
    force: Force,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        saying,
        until,
        ask,
        force,
    } = args;
    let (ids, mut said) = saying.split(ctx)?;
    let choices: Vec<String> = PauseReason::WORDS.iter().map(ToString::to_string).collect();
    let given = said.first(|_| true);
    let awaited = ctx.chosen(given, "pause reason", "desk pause ID REASON", &choices)?;
    let command = Command::Pause {
        awaited: PauseReason::parse(&awaited).map_err(usage)?,
        until: until
            .map(|typed| time(ctx, &typed, Prefer::Future))
            .transpose()?,
        note: said.given(ctx, "note")?,
        ask: body("question", ask.as_ref())?,
        force: force.reason()?,
    };
    ctx.act(&ids, &command)
}
