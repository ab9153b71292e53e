//! Decisions that concern two tickets: merging, parting, linking.

use super::Ctx;
use super::decision::Decision;
use crate::domain::event::{Event, Fact, TicketId};
use crate::domain::rejection::Rejection;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{Relation, State};

/// Events of the ticket named first and of the other one.
pub(crate) type EventPair = (Vec<Event>, Vec<Event>);

/// Merges a ticket into the one that survives.
///
/// # Errors
/// When either is closed, or both are the same.
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
    ctx.known_actor()?;
    let mut gone = Decision::on(ticket, ctx)?;
    let mut stays = Decision::on(survivor, ctx)?;
    gone.push(Fact::Merged { into: survivor.id });
    stays.push(Fact::MergedFrom { from: ticket.id });
    Ok((gone.events, stays.events))
}

/// Tells the survivor that a merged ticket goes its own way again.
///
/// # Errors
/// When the time lies before the survivor's last event.
pub(crate) fn unmerge(
    survivor: &Ticket,
    from: TicketId,
    ctx: &Ctx<'_>,
) -> Result<Vec<Event>, Rejection> {
    if !survivor.merged_tickets.contains(&from) {
        return Ok(Vec::new());
    }
    let mut stays = Decision::on(survivor, ctx)?;
    stays.push(Fact::Unmerged { from });
    Ok(stays.events)
}

/// Records how another ticket stands to this one, on both.
///
/// # Errors
/// When both are the same ticket.
pub(crate) fn link(
    ticket: &Ticket,
    relation: Relation,
    other: &Ticket,
    ctx: &Ctx<'_>,
) -> Result<EventPair, Rejection> {
    let fact = |relation, other| Fact::Linked { relation, other };
    relate(ticket, relation, other, ctx, false, fact)
}

/// Takes a link back, on both.
///
/// # Errors
/// When both are the same ticket.
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
    ctx.known_actor()?;
    let mut here = Decision::on(ticket, ctx)?;
    let mut there = Decision::on(other, ctx)?;
    here.push(fact(relation, other.id));
    there.push(fact(relation.inverse(), ticket.id));
    Ok((here.events, there.events))
}
