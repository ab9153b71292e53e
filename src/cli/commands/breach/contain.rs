//! `desk breach contain`: records a step of containment.

use super::execute;
use crate::cli::args::time;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::TextArgs;
use crate::domain::decide::BreachCommand;
use crate::domain::time::parse_time::Prefer;
use crate::error::Error;

/// Record a step of containment
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk breach contain <ID> [MEASURE] [OPTIONS]")]
#[command(after_long_help = "\
Examples:
  desk breach contain 42 'all sessions of the account ended'
  desk breach contain 42 'disk wiped from afar' --when '20m ago'")]
pub(super) struct Args {
    #[command(flatten)]
    input: TextArgs,
    /// When it was done [default: now]
    #[arg(long, value_name = "TIME")]
    when: Option<String>,
}

pub(super) fn run(ctx: &CommandContext<'_>, args: Args) -> Result<CommandOutput<'static>, Error> {
    let Args { input, when } = args;
    let (tickets, text) = input.split(ctx)?;
    let id = tickets.one(
        "a measure is recorded for",
        "desk breach contain ID MEASURE",
    )?;
    let measure = text.required(ctx, "measure")?;
    let when = when.as_deref();
    let at = when
        .map(|typed| time(ctx, typed, Prefer::Past))
        .transpose()?;
    execute(ctx, id, BreachCommand::Contain { measure, at })
}
