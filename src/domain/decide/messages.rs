//! Public messages, to the requester and from the requester. A message of the
//! requester is owed an answer in every status.

use super::decision::Decision;
use super::{Command, Ctx, close};
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact, Submission, TicketId};
use crate::domain::people::{Actor, Requester};
use crate::domain::policy::MessageRules;
use crate::domain::rejection::Rejection;
use crate::domain::ticket::{Closure, Status, Ticket};
use crate::domain::vocabulary::{Channel, OnResolved, Relation, State};

/// Records a message to the requester and to those of merged tickets, by the
/// ticket's channel by default.
pub(super) fn reply(decision: &mut Decision<'_>, text: String, via: Option<Channel>) {
    let via = via.unwrap_or(decision.ticket.channel);
    let merged = decision.ticket.merged_tickets.iter();
    let also = merged.map(|merged| merged.id).collect();
    decision.record(Fact::Replied { text, via, also });
}

/// Adds somebody to the conversation.
///
/// # Errors
/// [`Rejection::NoContact`] for a person without a contact.
pub(super) fn add_participant(
    decision: &mut Decision<'_>,
    person: Requester,
) -> Result<(), Rejection> {
    if person.contact.is_none() {
        return Err(Rejection::NoContact {
            id: decision.ticket.id,
            name: person.name.unwrap_or_default(),
        });
    }
    if !decision.ticket.participants.contains(&person) {
        decision.record(Fact::ParticipantAdded { person });
    }
    Ok(())
}

/// Removes a participant, who is named by contact or by name.
///
/// # Errors
/// [`Rejection::NotParticipant`] if nobody was added who is meant.
pub(super) fn remove_participant(
    decision: &mut Decision<'_>,
    person: &Requester,
) -> Result<(), Rejection> {
    let typed = person.contact.as_ref().or(person.name.as_ref());
    let typed = typed.map_or("", String::as_str);
    let known = decision.ticket.participant(typed);
    match known.filter(|known| decision.ticket.participants.contains(known)) {
        Some(known) => {
            let person = known.clone();
            decision.record(Fact::ParticipantRemoved { person });
            Ok(())
        }
        None => Err(Rejection::NotParticipant {
            id: decision.ticket.id,
            typed: typed.to_owned(),
        }),
    }
}

/// Finds out who wrote a message: `None` for the requester.
fn sender(ticket: &Ticket, typed: Option<&str>) -> Result<Option<Requester>, Rejection> {
    let Some(typed) = typed else { return Ok(None) };
    match ticket.participant(typed) {
        Some(person) => Ok(Some(person.clone())),
        None if ticket.requester.is(typed) => Ok(None),
        None => Err(Rejection::NotParticipant {
            id: ticket.id,
            typed: typed.to_owned(),
        }),
    }
}

/// Records a message from the requester. It ends a pause, and takes a ticket up
/// again that was resolved or closed, unless it only thanks or comes from somebody
/// in copy.
///
/// # Errors
/// [`Rejection::WrongState`] for a ticket that was closed so long ago that the
/// message opens a new one, see [`needs_follow_up`], and
/// [`Rejection::NotParticipant`] for an unknown sender.
pub(super) fn receive(
    decision: &mut Decision<'_>,
    text: String,
    via: Option<Channel>,
    thanks: bool,
    typed: Option<&str>,
) -> Result<(), Rejection> {
    let messages = decision.policy().messages;
    let sender = sender(&decision.ticket, typed)?;
    let in_copy = sender
        .as_ref()
        .is_some_and(|sender| decision.ticket.is_in_copy(sender));
    let keeps_status = thanks || in_copy;
    if !keeps_status && !reopens(&decision.ticket, decision.at, &messages) {
        return Err(Rejection::WrongState {
            id: decision.ticket.id,
            state: State::Closed,
            rule: "a message so long after closing opens a new ticket",
            help: "open TITLE".to_owned(),
        });
    }
    let via = via.unwrap_or(decision.ticket.channel);
    decision.record(Fact::MessageReceived {
        text,
        via,
        thanks,
        sender,
    });
    if keeps_status {
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
        | Status::Closed(Closure::Merged { .. } | Closure::Undone) => true,
    }
}

/// Returns whether a command is a message to a ticket that was closed so long
/// ago that a new one follows it up.
pub(crate) fn needs_follow_up(ticket: &Ticket, command: &Command, ctx: &Ctx<'_>) -> bool {
    let Command::RecordMessage {
        thanks: false,
        sender,
        ..
    } = command
    else {
        return false;
    };
    let is_requester = sender.as_deref().is_none_or(|typed| {
        let person = ticket.participant(typed);
        person.is_none_or(|person| !ticket.is_in_copy(person))
    });
    is_requester && !reopens(ticket, ctx.at, &ctx.policy.messages)
}

/// Opens the ticket `id` with a message to a closed one, for the requester who
/// wrote it, and links both. Returns the events of the new ticket and of the closed
/// one.
///
/// # Errors
/// [`Rejection::BeforeLast`] or [`Rejection::Future`] if the time does not fit, and
/// [`Rejection::NotParticipant`] for an unknown sender.
pub(crate) fn follow_up(
    id: TicketId,
    closed: &Ticket,
    text: String,
    via: Option<Channel>,
    typed: Option<&str>,
    ctx: &Ctx<'_>,
) -> Result<(Vec<Event>, Vec<Event>), Rejection> {
    ctx.check_actor()?;
    let requester = sender(closed, typed)?.unwrap_or_else(|| closed.requester.clone());
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
            requester,
            channel: via,
            key: None,
            tier: ctx.policy.first_tier().clone(),
        }),
    };
    let mut next = Decision::open(opened, ctx)?;
    next.set_targets();
    if !closed.restricted_to.is_empty() {
        // What was not to be seen before is not to be seen now.
        next.record_by_desk(Fact::Restricted {
            to: closed.restricted_to.clone(),
            reason: None,
        });
    }
    for person in closed.participants.iter().cloned() {
        next.record_by_desk(Fact::ParticipantAdded { person });
    }
    next.record(Fact::MessageReceived {
        text,
        via,
        thanks: false,
        sender: None,
    });
    let linked = |relation, other| Fact::Linked { relation, other };
    next.record_by_desk(linked(Relation::Previous, closed.id));
    before.record_by_desk(linked(Relation::FollowUp, id));
    Ok((next.events, before.events))
}
