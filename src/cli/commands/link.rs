//! `desk link`: how tickets belong together.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::Ids;
use crate::cli::ticket_selector::ticket;
use crate::domain::event::TicketId;
use crate::domain::vocabulary::Relation;
use crate::error::Error;
use crate::render::View;

/// Link it to its parent, a child or a related ticket
#[derive(Debug, Clone, clap::Args)]
#[command(group(clap::ArgGroup::new("other").required(true).args(["parent", "child", "related"])))]
pub(crate) struct Args {
    #[command(flatten)]
    ids: Ids,
    /// That ticket is its parent
    #[arg(long, value_name = "ID", value_parser = ticket, add = clap_complete::engine::ArgValueCandidates::new(crate::cli::completion::tickets))]
    parent: Option<TicketId>,
    /// That ticket is its child
    #[arg(long, value_name = "ID", value_parser = ticket, add = clap_complete::engine::ArgValueCandidates::new(crate::cli::completion::tickets))]
    child: Option<TicketId>,
    /// That ticket is related
    #[arg(long, value_name = "ID", value_parser = ticket, add = clap_complete::engine::ArgValueCandidates::new(crate::cli::completion::tickets))]
    related: Option<TicketId>,
    /// Take the link back
    #[arg(long)]
    remove: bool,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        ids,
        parent,
        child,
        related,
        remove,
    } = args;
    let ids = ids.resolve(ctx)?;
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
    ctx.each(&ids, View::TicketUpdate, |id| {
        ctx.desk.link(id, relation, other, remove)
    })
}
