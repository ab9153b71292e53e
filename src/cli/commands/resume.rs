//! `desk resume`: resumes a paused ticket.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::TextArgs;
use crate::domain::decide::Command;
use crate::error::Error;

/// Resume a paused ticket
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk resume <ID> [NOTE] [OPTIONS]")]
#[command(after_long_help = "\
Examples:
  desk resume 42 'the vendor has replied'")]
pub(crate) struct Args {
    #[command(flatten)]
    input: TextArgs,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { input } = args;
    let (tickets, text) = input.split(ctx)?;
    let note = text.given(ctx, "note")?;
    ctx.execute(&tickets, &Command::Resume { note })
}
