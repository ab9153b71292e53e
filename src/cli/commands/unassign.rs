//! `desk unassign`: a ticket goes back to the queue of its tier.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::Saying;
use crate::domain::decide::Command;
use crate::error::Error;

/// Give it back to the queue
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk unassign <ID>... [REASON] [OPTIONS]")]
pub(crate) struct Args {
    #[command(flatten)]
    saying: Saying,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { saying } = args;
    let (ids, said) = saying.split(ctx)?;
    let reason = said.given(ctx, "reason")?;
    ctx.act(&ids, &Command::Unassign { reason })
}
