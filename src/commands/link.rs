//! `desk link`: how tickets belong together.

use super::which::Ids;
use super::{Answer, Seat};
use crate::domain::event::TicketId;
use crate::domain::word::Relation;
use crate::error::Error;
use crate::render::View;

/// Link it to its parent, a child or a related ticket
#[derive(Debug, Clone, clap::Args)]
#[command(group(clap::ArgGroup::new("other").required(true).args(["parent", "child", "related"])))]
pub(crate) struct Args {
    #[command(flatten)]
    ids: Ids,
    /// That ticket is its parent
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    parent: Option<i64>,
    /// That ticket is its child
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    child: Option<i64>,
    /// That ticket is related
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    related: Option<i64>,
    /// Take the link back
    #[arg(long)]
    remove: bool,
}

pub(crate) fn run<'a>(seat: &'a Seat<'a>, args: Args) -> Result<Answer<'a>, Error> {
    let Args {
        ids,
        parent,
        child,
        related,
        remove,
    } = args;
    let ids = ids.resolve(seat)?;
    let (relation, other) = match (parent, child, related) {
        (Some(id), _, _) => (Relation::Parent, id),
        (None, Some(id), _) => (Relation::Child, id),
        (None, None, id) => (Relation::Related, id.unwrap_or_default()),
    };
    let other = TicketId(other);
    seat.each(&ids, View::Done, |id| seat.desk.link(id, relation, other, remove))
}
