//! `desk merge`: merges duplicate tickets into one.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::{self, TicketArgs};
use crate::error::Error;
use crate::output::TicketUpdates;

/// Merge tickets into another
///
/// Merged tickets are closed as duplicates and their clocks are cancelled. What is
/// open moves to the remaining ticket: answers that are owed, with the time since
/// which they are, links, and the mark as a known error. It gets the tags, the values
/// of fields and the open items of checklists that it does not have itself. Its replies
/// go to every requester. Later messages go to the remaining ticket too. desk reopen
/// undoes the merge: what moved and is still open comes back.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk merge 43 44 --into 42")]
pub(crate) struct Args {
    #[command(flatten)]
    tickets: TicketArgs,
    /// The ticket to merge into
    #[arg(long, value_name = "ID", add = clap_complete::engine::ArgValueCandidates::new(crate::cli::completion::tickets))]
    into: String,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { tickets, into } = args;
    let tickets = tickets.resolve(ctx)?;
    let into = ticket_selection::one(&into, ctx)?;
    ctx.for_each_ticket(&tickets, TicketUpdates::new, |id| ctx.desk.merge(id, into))
}
