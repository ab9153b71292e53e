//! `desk unassign`: returns a ticket to the queue of its tier.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::TextArgs;
use crate::domain::decide::Command;
use crate::error::Error;

/// Return a ticket to the queue
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk unassign <ID> [REASON] [OPTIONS]")]
#[command(after_long_help = "\
Examples:
  desk unassign 42 'on leave until monday'")]
pub(crate) struct Args {
    #[command(flatten)]
    input: TextArgs,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { input } = args;
    let (tickets, text) = input.split(ctx)?;
    let reason = text.given(ctx, "reason")?;
    ctx.execute(&tickets, &Command::Unassign { reason })
}
