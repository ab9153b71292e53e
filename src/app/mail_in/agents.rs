//! What an agent writes by mail.

use super::conversation::{add_copies, execute, is_requester, log, note};
use super::understand::{Incoming, Outcome};
use super::{files, reading};
use crate::domain::decide::Command;
use crate::domain::mail::address::is_same_address;
use crate::domain::mail::outgoing::AfterAttempt;
use crate::domain::people::Agent;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{Channel, NoticeKind, OutboxState, State};
use crate::error::Error;
use crate::store::Transaction;

/// Records what an agent wrote: a public reply if it went to the requester too,
/// otherwise a note. What is not certain stays internal.
pub(super) fn take(
    txn: &mut dyn Transaction,
    incoming: &Incoming<'_>,
    agent: &Agent,
    ticket: &Ticket,
) -> Result<Outcome, Error> {
    if ticket.status.state() == State::Closed {
        let id = ticket.id;
        return Ok(Outcome::held(format!(
            "{agent} wrote to {id}, which is closed; reopen it, then accept the mail"
        )));
    }
    if incoming.from.certain_agent().is_none() {
        let head = format!("mail from {} (not authenticated)", incoming.from.address);
        return note(txn, incoming, ticket.id, &head);
    }
    let text = reading::message_text(incoming.message, incoming.mail.id);
    let ctx = incoming.by_agent(agent);
    let message = incoming.message;
    let mut written = message.to.iter().chain(&message.cc);
    let mut update = if written.any(|to| is_requester(ticket, &to.address)) {
        let via = Some(Channel::Email);
        let command = Command::Reply { text, via };
        let update = execute(txn, incoming, ticket.id, command, &ctx)?;
        cancel_copies(txn, incoming)?;
        update
    } else {
        log(txn, incoming, ticket.id, text, &ctx)?
    };
    files::keep(txn, incoming, message, &mut update, &ctx)?;
    add_copies(txn, incoming, ticket.id)?;
    Ok(Outcome::updated(update))
}

/// Cancels the mails with a reply to those who got it from the agent.
fn cancel_copies(txn: &mut dyn Transaction, incoming: &Incoming<'_>) -> Result<(), Error> {
    let message = incoming.message;
    let has = |address: &str| {
        let mut all = message.to.iter().chain(&message.cc);
        all.any(|mailbox| is_same_address(&mailbox.address, address))
    };
    let cancelled = AfterAttempt {
        state: OutboxState::Cancelled,
        not_before: incoming.now,
        error: None,
    };
    for mail in incoming.queued.borrow_mut().iter_mut() {
        if mail.kind == NoticeKind::Reply && has(&mail.recipient) {
            txn.move_mail(mail.number, mail.state, &cancelled)?;
            mail.state = OutboxState::Cancelled;
        }
    }
    Ok(())
}
