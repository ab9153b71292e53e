//! `desk take`: an agent takes what nobody else has.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::Ids;
use crate::domain::decide::Command;
use crate::error::Error;

/// Assign it to yourself, if nobody has it
///
/// Of two agents who reach for the same ticket one gets it; the other sees
/// who, with exit code 4.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    ids: Ids,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { ids } = args;
    let ids = ids.resolve(ctx)?;
    let agent = (ctx.desk.actor)()?;
    ctx.act(&ids, &Command::Take { agent })
}
