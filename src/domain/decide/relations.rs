//! Decisions about two tickets: merging, undoing a merge, linking.

use super::decision::Decision;
use super::{Ancestry, Ctx};
use crate::domain::event::{Event, Fact, TicketId};
use crate::domain::rejection::Rejection;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{Relation, State};

/// The events of the first ticket and those of the other one.
pub(crate) type EventPair = (Vec<Event>, Vec<Event>);

/// Merges a ticket into the one that survives.
///
/// # Errors
/// [`Rejection::WrongState`] or [`Rejection::Merged`] if either is closed,
/// [`Rejection::Itself`] if both are the same.
pub(crate) fn merge(
    ticket: &Ticket,
    survivor: &Ticket,
    ctx: &Ctx<'_>,
) -> Result<EventPair, Rejection> {
    if ticket.id == survivor.id {
        return Err(Rejection::Itself {
            id: ticket.id,
            what: "merged into",
        });
    }
    if ticket.merged_into() == Some(survivor.id) {
        return Ok((Vec::new(), Vec::new()));
    }
    for either in [ticket, survivor] {
        if let Some(into) = either.merged_into() {
            return Err(Rejection::Merged {
                id: either.id,
                into,
            });
        }
        if either.status.state() == State::Closed {
            return Err(Rejection::WrongState {
                id: either.id,
                state: State::Closed,
                rule: "only open tickets can be merged",
                help: format!("reopen {} REASON", either.id.0),
            });
        }
    }
    ctx.check_actor()?;
    let mut merged = Decision::begin(ticket, ctx)?;
    let mut remaining = Decision::begin(survivor, ctx)?;
    merged.record(Fact::Merged { into: survivor.id });
    remaining.record(Fact::MergedFrom { from: ticket.id });
    Ok((merged.finish(), remaining.finish()))
}

/// Decides the event of the survivor when a merge is undone.
///
/// # Errors
/// [`Rejection::BeforeLast`] if the time is before the survivor's last event.
pub(crate) fn unmerge(
    survivor: &Ticket,
    from: TicketId,
    ctx: &Ctx<'_>,
) -> Result<Vec<Event>, Rejection> {
    if !survivor.merged_tickets.contains(&from) {
        return Ok(Vec::new());
    }
    let mut remaining = Decision::begin(survivor, ctx)?;
    remaining.record(Fact::Unmerged { from });
    Ok(remaining.finish())
}

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
