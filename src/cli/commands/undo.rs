//! `desk undo`: takes back one's own last step on a ticket.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::TicketArgs;
use crate::error::Error;
use crate::output::TicketUpdates;

/// Take back your own last step on a ticket
///
/// Everything is again as it was before, the clocks too; the timeline shows what was
/// taken back. Again, it takes back the step before that. It works for as long as the
/// policy says (an hour), while nobody else has gone on, and nothing has left the
/// desk: a message that was sent stays sent.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk undo 42
  desk undo 42,43")]
pub(crate) struct Args {
    #[command(flatten)]
    tickets: TicketArgs,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { tickets } = args;
    let tickets = tickets.resolve(ctx)?;
    ctx.for_each_ticket(&tickets, TicketUpdates::new, |id| ctx.desk.undo(id))
}
