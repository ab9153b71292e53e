//! `desk confirm`: records that someone confirmed the restored service.

use crate::cli::args::usage;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::TicketArgs;
use crate::domain::decide::Command;
use crate::domain::text;
use crate::error::Error;

/// Record who confirmed that the service is restored
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk confirm 42 --by 'Mia Sand'")]
pub(crate) struct Args {
    #[command(flatten)]
    tickets: TicketArgs,
    /// Who confirmed it
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { tickets, by } = args;
    let tickets = tickets.resolve(ctx)?;
    let by = match by {
        Some(by) => by,
        None => ctx.prompt.line("name of who confirmed", "--by WHO")?,
    };
    let by = text::line("name of who confirmed", &by).map_err(usage)?;
    ctx.execute(&tickets, &Command::ConfirmRestored { by })
}
