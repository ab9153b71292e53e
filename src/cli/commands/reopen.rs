//! `desk reopen`: what had come to an end goes on.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::Saying;
use crate::domain::decide::Command;
use crate::error::Error;

/// Take up again what was resolved, closed or merged
///
/// The resolution clock continues; the time since the end is left out.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk reopen <ID>... <REASON> [OPTIONS]")]
pub(crate) struct Args {
    #[command(flatten)]
    saying: Saying,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { saying } = args;
    let (ids, said) = saying.split(ctx)?;
    let reason = said.needed(ctx, "reason")?;
    ctx.act(&ids, &Command::Reopen { reason })
}
