//! Decisions about two tickets: linking.

use super::decision::Decision;
use super::{Ancestry, Ctx};
use crate::domain::event::{Event, Fact, TicketId};
use crate::domain::rejection::Rejection;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::Relation;

/// The events of the first ticket and those of the other one.
pub(crate) type EventPair = (Vec<Event>, Vec<Event>);

/// Returns the parent of a link, if it is one of a parent and a child.
pub(crate) fn parent_in(ticket: TicketId, relation: Relation, other: TicketId) -> Option<TicketId> {
    match relation {
        Relation::Parent => Some(other),
        Relation::Child => Some(ticket),
        Relation::Related | Relation::FollowUp | Relation::Previous => None,
    }
}

/// Links two tickets. `relation` is what the other ticket is to this one, and
/// `ancestry` the tickets above the parent of the two (see [`parent_in`]).
///
/// # Errors
/// [`Rejection::Itself`] if both are the same, [`Rejection::Contradiction`] if
/// the opposite link exists, [`Rejection::ParentCycle`] if the child is above
/// the parent already.
pub(crate) fn link(
    ticket: &Ticket,
    relation: Relation,
    other: &Ticket,
    ancestry: &Ancestry,
    ctx: &Ctx<'_>,
) -> Result<EventPair, Rejection> {
    if let Some(parent) = parent_in(ticket.id, relation, other.id)
        && ticket.id != other.id
        && !ticket.links.contains(&(relation, other.id))
    {
        let child = if parent == other.id {
            ticket.id
        } else {
            other.id
        };
        match ancestry.path(parent, child) {
            // The opposite of a link of this ticket is a contradiction.
            Some(path) if !ticket.links.contains(&(relation.inverse(), other.id)) => {
                return Err(Rejection::ParentCycle {
                    parent,
                    child,
                    path,
                });
            }
            Some(_) | None => {}
        }
    }
    let fact = |relation, other| Fact::Linked { relation, other };
    relate(ticket, relation, other, ctx, false, fact)
}

/// Removes a link from both tickets.
///
/// # Errors
/// [`Rejection::Itself`] if both are the same.
pub(crate) fn unlink(
    ticket: &Ticket,
    relation: Relation,
    other: &Ticket,
    ctx: &Ctx<'_>,
) -> Result<EventPair, Rejection> {
    let fact = |relation, other| Fact::Unlinked { relation, other };
    relate(ticket, relation, other, ctx, true, fact)
}

fn relate(
    ticket: &Ticket,
    relation: Relation,
    other: &Ticket,
    ctx: &Ctx<'_>,
    linked: bool,
    fact: impl Fn(Relation, TicketId) -> Fact,
) -> Result<EventPair, Rejection> {
    if ticket.id == other.id {
        return Err(Rejection::Itself {
            id: ticket.id,
            what: "linked to",
        });
    }
    if ticket.links.contains(&(relation, other.id)) != linked {
        return Ok((Vec::new(), Vec::new()));
    }
    let inverse = (relation.inverse(), other.id);
    if !linked && relation != Relation::Related && ticket.links.contains(&inverse) {
        return Err(Rejection::Contradiction {
            id: ticket.id,
            other: other.id,
            known: relation.inverse(),
        });
    }
    ctx.check_actor()?;
    let mut first = Decision::begin(ticket, ctx)?;
    let mut second = Decision::begin(other, ctx)?;
    first.record(fact(relation, other.id));
    second.record(fact(relation.inverse(), ticket.id));
    Ok((first.finish(), second.finish()))
}
