//! `desk merge`: tickets about the same go into one.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::Ids;
use crate::cli::ticket_selector::ticket;
use crate::domain::event::TicketId;
use crate::error::Error;
use crate::render::View;

/// Merge tickets into another one
///
/// They close as duplicates, their clocks are cancelled, and later messages
/// to them land on the surviving ticket. desk reopen undoes it.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    ids: Ids,
    /// The ticket that survives
    #[arg(long, value_name = "ID", value_parser = ticket, add = clap_complete::engine::ArgValueCandidates::new(crate::cli::completion::tickets))]
    into: TicketId,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { ids, into } = args;
    let ids = ids.resolve(ctx)?;
    ctx.each(&ids, View::TicketUpdate, |id| ctx.desk.merge(id, into))
}
