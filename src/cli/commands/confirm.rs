//! `desk confirm`: somebody confirms that the service is restored.

use crate::cli::args::usage;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::Ids;
use crate::domain::decide::Command;
use crate::domain::text;
use crate::error::Error;

/// Record who confirmed that the service is restored
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    ids: Ids,
    /// Who confirmed it
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { ids, by } = args;
    let ids = ids.resolve(ctx)?;
    let by = match by {
        Some(by) => by,
        None => ctx.ask.line("name of who confirmed", "--by WHO")?,
    };
    let by = text::line("name of who confirmed", &by).map_err(usage)?;
    ctx.act(&ids, &Command::ConfirmRestored { by })
}
