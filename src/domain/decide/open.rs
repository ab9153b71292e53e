//! Opening a ticket, with as much of the first steps as is already known.

use super::super::category::Category;
use super::super::event::{Event, Fact, Note, Submission, TicketId};
use super::super::people::{Agent, Requester};
use super::super::rejection::Rejection;
use super::super::vocabulary::{Channel, Kind, Occurrence};
use super::classify;
use super::decision::Decision;
use super::{Ctx, Ratings, work};

/// A ticket about to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewTicket {
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) requester: Requester,
    pub(crate) channel: Channel,
    pub(crate) key: Option<String>,
    pub(crate) kind: Option<Kind>,
    pub(crate) onset: Option<Occurrence>,
    pub(crate) note: Note,
    pub(crate) category: Option<Category>,
    pub(crate) ratings: Ratings,
    pub(crate) assignee: Option<Agent>,
}

/// Decides the first events of a ticket.
///
/// # Errors
/// A time in the future, an unknown level, or ratings that are not complete.
pub(crate) fn open(id: TicketId, new: NewTicket, ctx: &Ctx<'_>) -> Result<Vec<Event>, Rejection> {
    ctx.known_actor()?;
    let NewTicket {
        title,
        description,
        requester,
        channel,
        key,
        kind,
        onset,
        note,
        category,
        ratings,
        assignee,
    } = new;
    let opened = Event {
        ticket: id,
        n: 1,
        at: ctx.at,
        recorded: ctx.now,
        actor: ctx.actor.clone(),
        fact: Fact::Opened(Submission {
            title,
            description,
            requester,
            channel,
            key,
            tier: ctx.policy.first_tier().clone(),
        }),
    };
    let mut deed = Decision::opening(opened, ctx)?;
    // A warning sign is handled like the disruption it announces.
    let kind = kind.or(onset.map(|_| Kind::Incident));
    if let Some(kind) = kind {
        classify::identify(&mut deed, kind, onset);
    }
    work::see(&mut deed, note)?;
    if let Some(category) = category {
        classify::categorize(&mut deed, category)?;
    }
    if ratings == Ratings::default() {
        deed.set_targets();
    } else {
        classify::prioritize(&mut deed, &ratings)?;
    }
    if let Some(agent) = assignee {
        work::assign(&mut deed, agent)?;
    }
    Ok(deed.events)
}
