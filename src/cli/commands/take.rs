//! `desk take`: assigns an unassigned ticket to the acting agent.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::TicketArgs;
use crate::domain::decide::Command;
use crate::error::Error;

/// Assign a ticket to yourself, if nobody has it
///
/// If two agents take the same ticket, the first one gets it; the other gets an
/// error that names the assignee, and exit code 4.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk take 42
  desk take 4 5 8-12")]
pub(crate) struct Args {
    #[command(flatten)]
    tickets: TicketArgs,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { tickets } = args;
    let tickets = tickets.resolve(ctx)?;
    let agent = ctx.desk.agent()?;
    ctx.execute(&tickets, &Command::Take { agent })
}
