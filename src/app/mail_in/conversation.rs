//! A message that belongs to a ticket: what its requester, a participant or an
//! agent wrote, and what a machine sent.

use super::facts::{has_address, is_own, takes_part};
use super::files;
use super::new_ticket::{self, person_of};
use super::reading;
use super::understand::{Incoming, Outcome};
use super::{agents, answers, invitations};
use crate::app::ticket_commands::{execute_in, follow_up, load, survivor};
use crate::domain::decide::{Command, Ctx};
use crate::domain::event::TicketId;
use crate::domain::mail::address::{is_address, is_same_address};
use crate::domain::mail::message::Mailbox;
use crate::domain::mail::routing;
use crate::domain::people::Requester;
use crate::domain::privacy::view::View;
use crate::domain::read_models::TicketUpdate;
use crate::domain::text::ERASED;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{Channel, State};
use crate::error::Error;
use crate::store::Transaction;

/// How many people in Cc take part because of one message.
const MOST_COPIES: usize = 25;

/// Executes a command without anybody's view: the desk sees everything.
pub(super) fn execute(
    txn: &mut dyn Transaction,
    incoming: &Incoming<'_>,
    id: TicketId,
    command: Command,
    ctx: &Ctx<'_>,
) -> Result<TicketUpdate, Error> {
    let ctx = || Ok(ctx.clone());
    let circumstances = incoming.circumstances();
    let update = execute_in(txn, &View::default(), id, command, ctx, circumstances)?;
    Ok(incoming.keep(update))
}

/// Logs an internal note.
pub(super) fn log(
    txn: &mut dyn Transaction,
    incoming: &Incoming<'_>,
    id: TicketId,
    text: String,
    ctx: &Ctx<'_>,
) -> Result<TicketUpdate, Error> {
    execute(txn, incoming, id, Command::note(text), ctx)
}

/// The ticket that a message to another one reaches.
pub(super) fn reached(txn: &dyn Transaction, id: TicketId) -> Result<Ticket, Error> {
    follow_up(txn, survivor(txn, load(txn, id)?)?)
}

/// Logs what no person wrote. It has no other effect, and none at all on a closed
/// ticket.
pub(super) fn note_automatic(
    txn: &mut dyn Transaction,
    incoming: &Incoming<'_>,
    id: TicketId,
    reason: &str,
) -> Result<Outcome, Error> {
    let head = format!("automatic mail ({reason}) from {}", incoming.from.address);
    note(txn, incoming, id, &head)
}

/// Logs a mail under a heading; on a closed ticket it is only kept.
pub(super) fn note(
    txn: &mut dyn Transaction,
    incoming: &Incoming<'_>,
    id: TicketId,
    head: &str,
) -> Result<Outcome, Error> {
    let ticket = survivor(txn, load(txn, id)?)?;
    if ticket.status.state() == State::Closed {
        return Ok(Outcome {
            ticket: Some(ticket.id),
            ..Outcome::without_effect(Some(format!("{head}; {} is closed", ticket.id)))
        });
    }
    let text = format!("{head}\n\n{}", quoted(incoming));
    let update = log(
        txn,
        incoming,
        ticket.id,
        reading::body(&text),
        &incoming.by_desk(),
    )?;
    Ok(Outcome::updated(update).because(head))
}

/// Subject and text of a mail, for a note.
fn quoted(incoming: &Incoming<'_>) -> String {
    let subject = incoming.message.subject.trim();
    format!("{subject}\n\n{}", incoming.message.text.trim())
        .trim()
        .to_owned()
}

/// Records a message on a ticket, for whoever wrote it.
pub(super) fn take(
    txn: &mut dyn Transaction,
    incoming: &Incoming<'_>,
    id: TicketId,
) -> Result<Outcome, Error> {
    let written_to = load(txn, id)?;
    let ticket = reached(txn, id)?;
    let address = incoming.from.address.as_str();
    let asks = has_address(&written_to.requester, address) || is_requester(&ticket, address);
    if let Some(agent) = incoming.from.agent.as_ref().filter(|_| !asks) {
        return agents::take(txn, incoming, agent, &ticket);
    }
    let known = asks || takes_part(&ticket, address);
    let is_erased = ticket.requester.contact.as_deref() == Some(ERASED);
    let is_closed = ticket.status.state() == State::Closed;
    // Nobody would see what somebody unknown writes to a closed ticket.
    if !known && (is_closed || is_erased) {
        return new_ticket::open(txn, incoming, Some(id));
    }
    if !address.is_empty() {
        txn.clear_undeliverable(address)?;
    }
    let ctx = incoming.by_desk();
    if let Some(invitation) = &incoming.message.invitation
        && invitation.method == "REPLY"
        && let Some(update) = invitations::take(txn, incoming, &ticket, invitation)?
    {
        return Ok(Outcome::updated(update).because("an answer to an invitation"));
    }
    if asks && let Some(update) = answers::to_resolution(txn, incoming, &ticket)? {
        return Ok(Outcome::updated(update).because("an answer to the resolution"));
    }
    if !known {
        let person = person_of(routing::sender(incoming.message));
        execute(
            txn,
            incoming,
            ticket.id,
            Command::AddParticipant { person },
            &ctx,
        )?;
    }
    let sender = match has_address(&written_to.requester, address) {
        true => None,
        false => Some(typed_name(&load(txn, ticket.id)?, address)),
    };
    let counter = incoming.message.invitation.as_ref();
    let counter = counter.filter(|invitation| invitation.method == "COUNTER");
    let proposal = counter.map(|counter| invitations::proposal(&ticket, counter));
    let text = match &proposal {
        Some(proposal) => reading::with_heading(proposal, incoming.message, incoming.mail.id),
        None => reading::message_text(incoming.message, incoming.mail.id),
    };
    let command = Command::RecordMessage {
        text,
        via: Some(Channel::Email),
        thanks: false,
        sender,
        written_to: None,
    };
    let mut update = execute(txn, incoming, id, command, &ctx)?;
    files::keep(txn, incoming, incoming.message, &mut update, &ctx)?;
    let id = update.after.id;
    add_copies(txn, incoming, id)?;
    Ok(Outcome::updated(update))
}

/// What means the participant with an address: the address, or the name where
/// several people have it.
fn typed_name(ticket: &Ticket, address: &str) -> String {
    let everybody = ticket.everybody();
    let people = || {
        everybody
            .iter()
            .map(|one| one.person)
            .chain([&ticket.requester])
    };
    let mut same: Vec<&Requester> = Vec::new();
    for person in people().filter(|person| has_address(person, address)) {
        if !same.contains(&person) {
            same.push(person);
        }
    }
    let is_only = |name: &&String| people().filter(|person| person.is(name)).count() == 1;
    let names = same.iter().filter_map(|person| person.name.as_ref());
    match same.len() {
        0 | 1 => address.to_owned(),
        _ => names
            .into_iter()
            .find(is_only)
            .map_or_else(|| address.to_owned(), Clone::clone),
    }
}

/// Whether an address is that of somebody who asked for help.
pub(super) fn is_requester(ticket: &Ticket, address: &str) -> bool {
    let everybody = ticket.everybody().into_iter();
    let people = everybody.map(|one| one.person).chain([&ticket.requester]);
    people
        .filter(|person| has_address(person, address))
        .any(|person| ticket.is_requester(person))
}

/// Adds the people in To and Cc to the conversation.
pub(super) fn add_copies(
    txn: &mut dyn Transaction,
    incoming: &Incoming<'_>,
    id: TicketId,
) -> Result<(), Error> {
    let ticket = load(txn, id)?;
    if ticket.status.state() == State::Closed {
        return Ok(());
    }
    let policy = &incoming.policies.current;
    let message = incoming.message;
    let mut new: Vec<&Mailbox> = Vec::new();
    // Which of those in To is the desk, only the policy says.
    let to = message
        .to
        .iter()
        .filter(|_| !policy.mail.addresses.is_empty());
    for mailbox in to.chain(&message.cc) {
        let address = mailbox.address.trim();
        let is_desk = || {
            message
                .delivered_to
                .iter()
                .any(|to| is_same_address(to, address))
        };
        let is_person = is_address(address)
            && !is_own(&policy.mail, address)
            && !is_desk()
            && policy.agent_with_email(address).is_none()
            && !takes_part(&ticket, address)
            && !address.eq_ignore_ascii_case(&incoming.from.address);
        let is_new = |known: &&Mailbox| known.address.trim().eq_ignore_ascii_case(address);
        if is_person && (new.len() > MOST_COPIES || !new.iter().any(is_new)) {
            new.push(mailbox);
        }
    }
    let ctx = incoming.by_desk();
    for mailbox in new.iter().take(MOST_COPIES) {
        let person = person_of(Some(mailbox));
        if person.contact.is_some() {
            execute(txn, incoming, id, Command::AddParticipant { person }, &ctx)?;
        }
    }
    let left_out = new.len().saturating_sub(MOST_COPIES);
    if left_out > 0 {
        let text = format!(
            "{left_out} more recipients of {} do not take part; add one with: \
             desk participants {} add PERSON",
            incoming.mail.id, id.0
        );
        log(txn, incoming, id, text, &ctx)?;
    }
    Ok(())
}

/// Who is affected, by a mailbox.
pub(super) fn requester_of(mailbox: Option<&Mailbox>, language: Option<String>) -> Requester {
    Requester {
        language,
        ..person_of(mailbox)
    }
}
