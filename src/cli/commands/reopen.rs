//! `desk reopen`: reopens a resolved, closed or merged ticket.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::TextArgs;
use crate::domain::decide::Command;
use crate::error::Error;

/// Reopen a resolved, closed or merged ticket
///
/// The resolution clock continues; the time in between does not count.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk reopen <ID> <REASON> [OPTIONS]")]
#[command(after_long_help = "\
Examples:
  desk reopen 42 'the error is back'")]
pub(crate) struct Args {
    #[command(flatten)]
    input: TextArgs,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { input } = args;
    let (tickets, text) = input.split(ctx)?;
    let reason = text.required(ctx, "reason")?;
    let done = ctx.execute(&tickets, &Command::Reopen { reason })?;
    Ok(done.explain_notes("is open already"))
}
