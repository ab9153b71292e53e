//! Merging a ticket into another one, and undoing it. What is open moves: who is
//! owed an answer, links, the mark as a known error, and what the ticket carries.

mod carried;

use std::collections::BTreeSet;

use super::decision::Decision;
use super::{Ancestry, Ctx, breach, close, messages};
use crate::domain::Timestamp;
use crate::domain::event::{BroughtAlong, Event, Fact, TicketId};
use crate::domain::rejection::Rejection;
use crate::domain::ticket::Ticket;
use crate::domain::ticket::merged::MergedTicket;
use crate::domain::vocabulary::{Relation, State};

/// The events of a decision about several tickets, by ticket.
pub(crate) type EventsByTicket = Vec<(TicketId, Vec<Event>)>;

/// What a merge has to know besides the two tickets.
#[derive(Debug, Clone, Default)]
pub(crate) struct Surroundings {
    /// The tickets to which the merged one is linked.
    pub(crate) linked: Vec<Ticket>,
    /// The tickets above the merged one, and above the surviving one.
    pub(crate) above_merged: Ancestry,
    pub(crate) above_survivor: Ancestry,
    /// Whether the data of the merged ticket's requester may only be stored: then
    /// what it carries is not used elsewhere.
    pub(crate) is_limited: bool,
}

/// Merges a ticket into the one that survives. What is open moves there.
///
/// # Errors
/// [`Rejection::WrongState`] or [`Rejection::Merged`] if either is closed,
/// [`Rejection::Itself`] if both are the same.
pub(crate) fn merge(
    ticket: &Ticket,
    survivor: &Ticket,
    around: &Surroundings,
    ctx: &Ctx<'_>,
) -> Result<EventsByTicket, Rejection> {
    if ticket.merged_into() == Some(survivor.id) {
        return Ok(Vec::new());
    }
    check(ticket, survivor)?;
    breach::check_closed(ticket, "merged")?;
    ctx.check_actor()?;
    let mut decisions = Decisions::new(ctx);
    let links = move_links(ticket, survivor, around, &mut decisions)?;
    let known = ticket.known_error.as_ref();
    let known = known.filter(|_| survivor.known_error.is_none());
    let remaining = decisions.on(survivor)?;
    if let Some(known) = known {
        remaining.record(Fact::KnownErrorMarked {
            workaround: known.workaround.clone(),
            cause: known.cause.clone(),
        });
    }
    for participant in &ticket.participants {
        messages::take_over(remaining, participant);
    }
    let mut carried = match around.is_limited {
        true => BroughtAlong::default(),
        false => carried::take_over(remaining, ticket),
    };
    for (from, mut brought) in brought_along(ticket, &links, known.is_some()) {
        if from == ticket.id {
            brought.carried = std::mem::take(&mut carried.carried);
            brought.items = std::mem::take(&mut carried.items);
        }
        remaining.record(Fact::MergedFrom { from, brought });
    }
    decisions.on(ticket)?.record(Fact::Merged {
        into: survivor.id,
        moved: true,
    });
    Ok(decisions.into_events())
}

fn check(ticket: &Ticket, survivor: &Ticket) -> Result<(), Rejection> {
    if ticket.id == survivor.id {
        return Err(Rejection::Itself {
            id: ticket.id,
            what: "merged into",
        });
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
    Ok(())
}

/// Moves the links of a merged ticket, and returns those that the survivor got:
/// not those that it has already, that are between the two, or that would make
/// it a parent above itself.
fn move_links(
    ticket: &Ticket,
    survivor: &Ticket,
    around: &Surroundings,
    decisions: &mut Decisions<'_>,
) -> Result<Vec<(Relation, TicketId)>, Rejection> {
    let mut moved = Vec::new();
    for (relation, id) in ticket.links.iter().copied() {
        let inverse = relation.inverse();
        if id == survivor.id {
            let other = ticket.id;
            unlink(decisions.on(survivor)?, inverse, other);
            continue;
        }
        let Some(other) = around.linked.iter().find(|other| other.id == id) else {
            continue;
        };
        let makes_cycle = match relation {
            Relation::Child => around.above_survivor.path(survivor.id, id).is_some(),
            Relation::Parent => around.above_merged.path(id, survivor.id).is_some(),
            Relation::Related | Relation::FollowUp | Relation::Previous => false,
        };
        unlink(decisions.on(other)?, inverse, ticket.id);
        if !makes_cycle && link(decisions.on(survivor)?, relation, id) {
            link(decisions.on(other)?, inverse, survivor.id);
            moved.push((relation, id));
        }
    }
    Ok(moved)
}

/// What a ticket brings along, and each ticket that was merged into it before.
fn brought_along(
    ticket: &Ticket,
    links: &[(Relation, TicketId)],
    known_error: bool,
) -> Vec<(TicketId, BroughtAlong)> {
    let mut rest = links.to_vec();
    let mut known = known_error;
    let mut all = Vec::new();
    for merged in &ticket.merged_tickets {
        let earlier = &merged.brought;
        let known_error = known && earlier.known_error;
        known &= !known_error;
        let links = rest.extract_if(.., |link| earlier.links.contains(link));
        let brought = BroughtAlong {
            requester: earlier.requester.clone(),
            owed_since: earlier.owed_since,
            links: links.collect(),
            known_error,
            ..BroughtAlong::default()
        };
        all.push((merged.id, brought));
    }
    let own = BroughtAlong {
        requester: ticket.requester.clone(),
        owed_since: ticket.requester_owed_since(),
        links: rest,
        known_error: known,
        ..BroughtAlong::default()
    };
    all.insert(0, (ticket.id, own));
    all
}

/// Undoes the merge of a ticket: what moved and is still open comes back. `chain`
/// is the ticket that it was merged into, the one that this was merged into, and
/// so on; `still_merged` are the other tickets that were merged into one of these;
/// `linked` are the tickets that it was linked to, each with the ticket that it was
/// merged into since, or itself; `above` has the parents of all these.
///
/// # Errors
/// [`Rejection::BeforeLast`] if the time is before the last event of a ticket
/// that changes.
pub(crate) fn undo_merge(
    ticket: &Ticket,
    reason: String,
    (chain, still_merged): (&[Ticket], &[Ticket]),
    linked: &[(TicketId, Ticket)],
    above: Ancestry,
    ctx: &Ctx<'_>,
) -> Result<EventsByTicket, Rejection> {
    ctx.check_actor()?;
    let mut decisions = Decisions::new(ctx);
    let undone = decisions.on(ticket)?;
    for (on, time) in answers(ticket.id, chain) {
        undone.record_by_desk(Fact::AnsweredElsewhere { ticket: on, time });
    }
    close::reopen(undone, &ctx.actor, reason);
    let mut moved = Vec::new();
    for (place, holder) in chain.iter().enumerate() {
        let is_last = place + 1 == chain.len();
        let gone = [ticket.id].into_iter();
        let gone = gone.chain(ticket.merged_tickets.iter().map(|merged| merged.id));
        for entry in gone.filter_map(|id| holder.merged_ticket(id)) {
            let remaining = decisions.on(holder)?;
            remaining.record(Fact::Unmerged { from: entry.id });
            if is_last {
                moved.extend(entry.brought.links.iter().copied());
                withdraw_mark(remaining, entry);
            }
        }
    }
    carried::give_back(ticket, (chain, still_merged), &mut decisions)?;
    if let Some(survivor) = chain.last() {
        let around = (chain, linked);
        return_links(ticket, survivor, around, &moved, above, &mut decisions)?;
    }
    Ok(decisions.into_events())
}

/// Returns the tickets that stay merged into those of a chain when a ticket is taken
/// out of it.
pub(crate) fn still_merged(ticket: &Ticket, chain: &[Ticket]) -> BTreeSet<TicketId> {
    let merged = chain.iter().flat_map(|holder| &holder.merged_tickets);
    let mut still: BTreeSet<TicketId> = merged.map(|merged| merged.id).collect();
    still.remove(&ticket.id);
    for merged in &ticket.merged_tickets {
        still.remove(&merged.id);
    }
    for holder in chain {
        still.remove(&holder.id);
    }
    still
}

/// The first and the last public contact since a ticket was merged, and where.
fn answers(id: TicketId, chain: &[Ticket]) -> Vec<(TicketId, Timestamp)> {
    let entries = chain
        .iter()
        .filter_map(|holder| Some((holder.id, holder.merged_ticket(id)?.contacts?)));
    let mut times: Vec<_> = entries
        .flat_map(|(on, (first, last))| [(on, first), (on, last)])
        .collect();
    times.sort_by_key(|(_, time)| *time);
    times.dedup_by_key(|(_, time)| *time);
    if times.len() > 2 {
        times.drain(1..times.len() - 1);
    }
    times
}

fn withdraw_mark(remaining: &mut Decision<'_>, entry: &MergedTicket) {
    if entry.brought.known_error && remaining.ticket.known_error.is_some() {
        let reason = format!("{} is no longer merged into this", entry.id);
        remaining.record_by_desk(Fact::KnownErrorWithdrawn { reason });
    }
}

/// Gives a ticket its links back, except those that were removed meanwhile, and
/// those that would make a ticket its own parent by now.
fn return_links(
    ticket: &Ticket,
    survivor: &Ticket,
    (chain, linked): (&[Ticket], &[(TicketId, Ticket)]),
    moved: &[(Relation, TicketId)],
    mut above: Ancestry,
    decisions: &mut Decisions<'_>,
) -> Result<(), Rejection> {
    for (relation, id) in ticket.moved_away.links.iter().copied() {
        let inverse = relation.inverse();
        let other = linked.iter().find(|(before, _)| *before == id);
        let other = other.map(|(_, now)| now);
        let was_between = chain.iter().any(|holder| holder.id == id);
        let other = if was_between { Some(survivor) } else { other };
        let came_along = moved.contains(&(relation, id));
        let now = other.filter(|now| {
            let inside = now.id == ticket.id || (now.id == survivor.id && !was_between);
            let removed = came_along && !survivor.links.contains(&(relation, now.id));
            !inside && !removed
        });
        let family = |one: TicketId, other: TicketId| match relation {
            Relation::Parent => Some((one, other)),
            Relation::Child => Some((other, one)),
            Relation::Related | Relation::FollowUp | Relation::Previous => None,
        };
        if came_along && let Some(now) = now {
            unlink(decisions.on(survivor)?, relation, now.id);
            unlink(decisions.on(now)?, inverse, survivor.id);
            if let Some((child, parent)) = family(survivor.id, now.id) {
                above.remove(child, parent);
            }
        }
        let now = now.filter(|now| {
            let family = family(ticket.id, now.id);
            family.is_none_or(|(child, parent)| above.path(parent, child).is_none())
        });
        if now.is_none_or(|now| now.id != id) {
            unlink(decisions.on(ticket)?, relation, id);
        }
        let Some(now) = now else { continue };
        if let Some((child, parent)) = family(ticket.id, now.id) {
            above.add(child, parent);
        }
        link(decisions.on(ticket)?, relation, now.id);
        link(decisions.on(now)?, inverse, ticket.id);
    }
    Ok(())
}

/// Records a link unless the ticket has it, and returns whether it was missing.
fn link(on: &mut Decision<'_>, relation: Relation, other: TicketId) -> bool {
    let missing = !on.ticket.links.contains(&(relation, other));
    if missing {
        on.record_by_desk(Fact::Linked { relation, other });
    }
    missing
}

fn unlink(on: &mut Decision<'_>, relation: Relation, other: TicketId) {
    if on.ticket.links.contains(&(relation, other)) {
        on.record_by_desk(Fact::Unlinked { relation, other });
    }
}

/// Decisions on several tickets at once, each begun when it is first needed.
struct Decisions<'a> {
    ctx: &'a Ctx<'a>,
    begun: Vec<Decision<'a>>,
}

impl<'a> Decisions<'a> {
    const fn new(ctx: &'a Ctx<'a>) -> Self {
        let begun = Vec::new();
        Self { ctx, begun }
    }

    fn on(&mut self, ticket: &Ticket) -> Result<&mut Decision<'a>, Rejection> {
        let known = self.begun.iter().position(|d| d.ticket.id == ticket.id);
        let place = match known {
            Some(place) => place,
            None => {
                self.begun.push(Decision::begin(ticket, self.ctx)?);
                self.begun.len() - 1
            }
        };
        Ok(&mut self.begun[place])
    }

    /// The events by ticket, without the tickets that do not change.
    fn into_events(self) -> EventsByTicket {
        let decided = self.begun.into_iter();
        let decided = decided.filter(|decision| !decision.events.is_empty());
        decided.map(|d| (d.ticket.id, d.events)).collect()
    }
}
