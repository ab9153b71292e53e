//! `desk show`: all about a ticket, or its hand-over.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::Ids;
use crate::error::Error;
use crate::render::View;

/// Show all about a ticket
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    ids: Ids,
    /// Print the hand-over for the next line, in Markdown
    #[arg(long)]
    brief: bool,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { ids, brief } = args;
    let ids = ids.resolve(ctx)?;
    let view = if brief { View::Briefs } else { View::Pages };
    ctx.each(&ids, view, |id| ctx.desk.page(id))
}
