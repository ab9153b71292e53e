//! `desk link`: links a ticket to a parent, a child or a related ticket.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::{self, TicketArgs};
use crate::domain::vocabulary::Relation;
use crate::error::Error;
use crate::output::TicketUpdates;

/// Link a ticket to its parent, a child or a related ticket
#[derive(Debug, Clone, clap::Args)]
#[command(group(clap::ArgGroup::new("other").required(true).args(["parent", "child", "related"])))]
#[command(after_long_help = "\
Examples:
  desk link 43 --parent 42
  desk link 43 --related 7 --remove")]
pub(crate) struct Args {
    #[command(flatten)]
    tickets: TicketArgs,
    /// The parent ticket
    #[arg(long, value_name = "ID", add = clap_complete::engine::ArgValueCandidates::new(crate::cli::completion::tickets))]
    parent: Option<String>,
    /// The child ticket
    #[arg(long, value_name = "ID", add = clap_complete::engine::ArgValueCandidates::new(crate::cli::completion::tickets))]
    child: Option<String>,
    /// A related ticket
    #[arg(long, value_name = "ID", add = clap_complete::engine::ArgValueCandidates::new(crate::cli::completion::tickets))]
    related: Option<String>,
    /// Remove the link
    #[arg(long)]
    remove: bool,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        tickets,
        parent,
        child,
        related,
        remove,
    } = args;
    let tickets = tickets.resolve(ctx)?;
    let (relation, other) = match (parent, child, related) {
        (Some(id), _, _) => (Relation::Parent, id),
        (None, Some(id), _) => (Relation::Child, id),
        (None, None, Some(id)) => (Relation::Related, id),
        (None, None, None) => {
            return Err(Error::usage(
                "the other ticket is missing",
                "give it with --parent, --child or --related",
            ));
        }
    };
    let other = ticket_selection::one(&other, ctx)?;
    ctx.for_each_ticket(&tickets, TicketUpdates::new, |id| {
        ctx.desk.link(id, relation, other, remove)
    })
}
