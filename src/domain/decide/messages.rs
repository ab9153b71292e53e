//! Public messages, to the requester and from the requester. A message of the
//! requester is owed an answer in every status.

use super::decision::Decision;
use super::{Command, Ctx, close};
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact, Submission, TicketId};
use crate::domain::people::{Actor, Participant, Requester};
use crate::domain::policy::MessageRules;
use crate::domain::rejection::Rejection;
use crate::domain::ticket::{Closure, Status, Ticket};
use crate::domain::vocabulary::{Channel, OnResolved, ParticipantRole, Relation, State};

/// Records a message to the requester and to those of merged tickets, by the
/// ticket's channel by default.
pub(super) fn reply(decision: &mut Decision<'_>, text: String, via: Option<Channel>) {
    let via = via.unwrap_or(decision.ticket.channel);
    let merged = decision.ticket.merged_tickets.iter();
    let also = merged.map(|merged| merged.id).collect();
    decision.record(Fact::Replied { text, via, also });
}

/// Adds somebody to the conversation, in copy.
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
    let role = ParticipantRole::InCopy;
    take_over(decision, &Participant { person, role });
    Ok(())
}

/// Adds somebody to the conversation who does not take part yet, or only in copy.
pub(super) fn take_over(decision: &mut Decision<'_>, participant: &Participant) {
    let Participant { person, role } = participant;
    let takes_part = match role {
        ParticipantRole::InCopy => decision.ticket.takes_part(person),
        ParticipantRole::Requester => decision.ticket.is_requester(person),
    };
    if !takes_part {
        decision.record(Fact::ParticipantAdded {
            person: person.clone(),
            role: *role,
        });
    }
}

/// Removes a participant, who is named by contact or by name.
///
/// # Errors
/// [`Rejection::NotParticipant`] if nobody was added who is meant, and
/// [`Rejection::AmbiguousParticipant`] if several are.
pub(super) fn remove_participant(
    decision: &mut Decision<'_>,
    person: &Requester,
) -> Result<(), Rejection> {
    let typed = person.contact.as_ref().or(person.name.as_ref());
    let typed = typed.map_or("", String::as_str);
    let added = decision.ticket.participants.iter();
    let person = one_of(
        decision.ticket.id,
        added.map(|participant| &participant.person),
        typed,
    )?;
    decision.record(Fact::ParticipantRemoved { person });
    Ok(())
}

/// Returns the one of some people whom a contact or a name means.
fn one_of<'a>(
    id: TicketId,
    people: impl Iterator<Item = &'a Requester>,
    typed: &str,
) -> Result<Requester, Rejection> {
    let mut meant: Vec<&Requester> = Vec::new();
    for person in people.filter(|person| person.is(typed)) {
        if !meant.contains(&person) {
            meant.push(person);
        }
    }
    let typed = typed.to_owned();
    match meant.as_slice() {
        [] => Err(Rejection::NotParticipant { id, typed }),
        [one] => Ok((*one).clone()),
        [..] => Err(Rejection::AmbiguousParticipant {
            id,
            typed,
            people: meant.into_iter().cloned().collect(),
        }),
    }
}

/// Who wrote a message.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sender<'a> {
    /// The contact or the name that was typed.
    pub(crate) typed: Option<&'a str>,
    /// The requester of the ticket that was written to, if the message is recorded
    /// on another one.
    pub(crate) written_to: Option<&'a Requester>,
}

impl Sender<'_> {
    /// Finds out who wrote: `None` for the requester of the ticket.
    fn find(self, ticket: &Ticket) -> Result<Option<Requester>, Rejection> {
        let written_to = self.written_to.filter(|person| person.label().is_some());
        let person = match self.typed {
            None => written_to.cloned(),
            Some(typed) => {
                let everybody = ticket.everybody().into_iter();
                let everybody = everybody.map(|participant| participant.person);
                let everybody = everybody.chain([&ticket.requester]).chain(written_to);
                Some(one_of(ticket.id, everybody, typed)?)
            }
        };
        Ok(person.filter(|person| *person != ticket.requester))
    }

    /// Whether somebody wrote who is only in copy.
    fn is_in_copy(self, person: &Requester, ticket: &Ticket) -> bool {
        self.written_to != Some(person) && !ticket.is_requester(person)
    }
}

/// Records a message from the requester. It ends a pause, and takes a ticket up
/// again that was resolved or closed, unless it only thanks or comes from somebody
/// in copy.
///
/// # Errors
/// [`Rejection::WrongState`] for a ticket that was closed so long ago that the
/// message opens a new one, see [`needs_follow_up`], and
/// [`Rejection::NotParticipant`] or [`Rejection::AmbiguousParticipant`] for a
/// sender who is not known.
pub(super) fn receive(
    decision: &mut Decision<'_>,
    text: String,
    via: Option<Channel>,
    thanks: bool,
    sender: Sender<'_>,
) -> Result<(), Rejection> {
    let messages = decision.policy().messages;
    let person = sender.find(&decision.ticket)?;
    let in_copy = person
        .as_ref()
        .is_some_and(|person| sender.is_in_copy(person, &decision.ticket));
    let keeps_status = thanks || in_copy;
    if !keeps_status && !reopens(&decision.ticket, decision.at, &messages) {
        return Err(Rejection::WrongState {
            id: decision.ticket.id,
            state: State::Closed,
            rule: "a message so long after closing opens a new ticket",
            help: "open TITLE".to_owned(),
        });
    }
    if let Some(person) = person.clone().filter(|_| !in_copy) {
        // A requester of another ticket is one of this ticket from now on.
        let role = ParticipantRole::Requester;
        take_over(decision, &Participant { person, role });
    }
    let via = via.unwrap_or(decision.ticket.channel);
    decision.record(Fact::MessageReceived {
        text,
        via,
        thanks,
        sender: person,
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
        Status::Closed(Closure::Void { .. }) => false,
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
        written_to,
        ..
    } = command
    else {
        return false;
    };
    let sender = Sender {
        typed: sender.as_deref(),
        written_to: written_to.as_ref(),
    };
    // One who is not known is refused when the message is recorded.
    let person = sender.find(ticket).ok().flatten();
    let in_copy = person.is_some_and(|person| sender.is_in_copy(&person, ticket));
    !in_copy && !reopens(ticket, ctx.at, &ctx.policy.messages)
}

/// Opens the ticket `id` with a message to a closed one, for the requester who
/// wrote it, with everybody who took part, and links both. Returns the events of the new ticket and of the closed
/// one.
///
/// # Errors
/// [`Rejection::BeforeLast`] or [`Rejection::Future`] if the time does not fit, and
/// [`Rejection::NotParticipant`] or [`Rejection::AmbiguousParticipant`] for a sender
/// who is not known.
pub(crate) fn follow_up(
    id: TicketId,
    closed: &Ticket,
    text: String,
    via: Option<Channel>,
    sender: Sender<'_>,
    ctx: &Ctx<'_>,
) -> Result<(Vec<Event>, Vec<Event>), Rejection> {
    ctx.check_actor()?;
    let sender = sender.find(closed)?;
    let requester = sender.unwrap_or_else(|| closed.requester.clone());
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
    for Participant { person, role } in closed.conversation() {
        if !next.ticket.takes_part(&person) {
            next.record_by_desk(Fact::ParticipantAdded { person, role });
        }
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
