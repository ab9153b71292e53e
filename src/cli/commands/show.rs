//! `desk show`: everything about a ticket, or its handover.

use crate::cli::args::body;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::TicketArgs;
use crate::error::Error;
use crate::output::{FullTicketPages, Handovers, TicketPages};

/// Show everything about a ticket
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk show 42
  desk show 42 --brief
  desk show 42 --limited 'the requester asked for a copy'")]
pub(crate) struct Args {
    #[command(flatten)]
    tickets: TicketArgs,
    /// Print a handover for the next tier, in Markdown
    #[arg(long)]
    brief: bool,
    /// Print every text of a repeated alarm, not only the last one, and what
    /// messages quote from earlier ones
    #[arg(long, conflicts_with = "brief")]
    full: bool,
    /// Show texts of a person whose processing is limited; REASON is recorded
    #[arg(long, value_name = "REASON")]
    limited: Option<String>,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        tickets,
        brief,
        full,
        limited,
    } = args;
    let tickets = tickets.resolve(ctx)?;
    let limited = body("reason", limited.as_ref())?;
    let details = |id| {
        if let Some(reason) = &limited {
            ctx.desk.show_limited_data(Some(id), &reason.clone())?;
        }
        ctx.desk.details(id)
    };
    if brief {
        ctx.for_each_ticket(&tickets, |all| Handovers(TicketPages(all)), details)
    } else if full {
        ctx.for_each_ticket(&tickets, |all| FullTicketPages(TicketPages(all)), details)
    } else {
        ctx.for_each_ticket(&tickets, TicketPages, details)
    }
}
