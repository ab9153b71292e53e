//! `desk resume`: work goes on after a pause.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::Saying;
use crate::domain::decide::Command;
use crate::error::Error;

/// Go on after a pause
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk resume <ID>... [NOTE] [OPTIONS]")]
pub(crate) struct Args {
    #[command(flatten)]
    saying: Saying,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { saying } = args;
    let (ids, said) = saying.split(ctx)?;
    let note = said.given(ctx, "note")?;
    ctx.act(&ids, &Command::Resume { note })
}
