//! Public messages, to the requester and from the requester. A message of the
//! requester is owed an answer in every status.

use super::decision::Decision;
use super::{Command, Ctx, close};
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact, Submission, TicketId};
use crate::domain::people::Actor;
use crate::domain::policy::MessageRules;
use crate::domain::rejection::Rejection;
use crate::domain::ticket::{Closure, Status, Ticket};
use crate::domain::vocabulary::{Channel, OnResolved, Relation, State};

/// Records a message to the requester, by the ticket's channel by default.
pub(super) fn reply(decision: &mut Decision<'_>, text: String, via: Option<Channel>) {
    let via = via.unwrap_or(decision.ticket.channel);
    decision.record(Fact::Replied { text, via });
}

/// Records a message from the requester. It ends a pause, and takes a ticket up
/// again that was resolved or closed, unless it only thanks.
///
/// # Errors
/// [`Rejection::WrongState`] for a ticket that was closed so long ago that the
/// message opens a new one, see [`needs_follow_up`].
pub(super) fn receive(
    decision: &mut Decision<'_>,
    text: String,
    via: Option<Channel>,
    thanks: bool,
) -> Result<(), Rejection> {
    let messages = decision.policy().messages;
    if !thanks && !reopens(&decision.ticket, decision.at, &messages) {
        return Err(Rejection::WrongState {
            id: decision.ticket.id,
            state: State::Closed,
            rule: "a message so long after closing opens a new ticket",
            help: "open TITLE".to_owned(),
        });
    }
    let via = via.unwrap_or(decision.ticket.channel);
    decision.record(Fact::MessageReceived { text, via, thanks });
    if thanks {
        return Ok(());
    }
    let reason = "the requester wrote".to_owned();
    match decision.ticket.status.state() {
        State::Paused => decision.record_by_desk(Fact::Resumed { note: Some(reason) }),
        State::Resolved if messages.on_resolved == OnResolved::Keep => {}
        State::Resolved | State::Closed => close::reopen(decision, &Actor::Desk, reason),
        State::New | State::Active => {}
    }
    Ok(())
}

/// Returns whether a message belongs to a ticket: it is open, or it was closed
/// so shortly before that it is taken up again.
fn reopens(ticket: &Ticket, at: Timestamp, messages: &MessageRules) -> bool {
    match ticket.status {
        Status::Closed(Closure::Completed { .. }) => messages.reopens(ticket.since, at),
        Status::New
        | Status::Active
        | Status::Paused { .. }
        | Status::Resolved(_)
        | Status::Closed(Closure::Merged { .. }) => true,
    }
}

/// Returns whether a command is a message to a ticket that was closed so long
/// ago that a new one follows it up.
pub(crate) fn needs_follow_up(ticket: &Ticket, command: &Command, ctx: &Ctx<'_>) -> bool {
    let is_message = matches!(command, Command::RecordMessage { thanks: false, .. });
    is_message && !reopens(ticket, ctx.at, &ctx.policy.messages)
}

/// Opens the ticket `id` with a message to a closed one, for the same requester,
/// and links both. Returns the events of the new ticket and of the closed one.
///
/// # Errors
/// [`Rejection::BeforeLast`] or [`Rejection::Future`] if the time does not fit.
pub(crate) fn follow_up(
    id: TicketId,
    closed: &Ticket,
    text: String,
    via: Option<Channel>,
    ctx: &Ctx<'_>,
) -> Result<(Vec<Event>, Vec<Event>), Rejection> {
    ctx.check_actor()?;
    let mut before = Decision::begin(closed, ctx)?;
    let via = via.unwrap_or(closed.channel);
    let opened = Event {
        ticket: id,
        n: 1,
        at: before.at,
        recorded: ctx.now,
        // The desk opens it by itself: nobody has answered the requester.
        actor: Actor::Desk,
        fact: Fact::Opened(Submission {
            title: closed.title.clone(),
            description: None,
            requester: closed.requester.clone(),
            channel: via,
            key: None,
            tier: ctx.policy.first_tier().clone(),
        }),
    };
    let mut next = Decision::open(opened, ctx)?;
    next.set_targets();
    let thanks = false;
    next.record(Fact::MessageReceived { text, via, thanks });
    let linked = |relation, other| Fact::Linked { relation, other };
    next.record_by_desk(linked(Relation::Previous, closed.id));
    before.record_by_desk(linked(Relation::FollowUp, id));
    Ok((next.events, before.events))
}
