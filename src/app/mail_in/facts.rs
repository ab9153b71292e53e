//! What store and policy know about a message: the questions of the rules of
//! routing, answered.

use std::collections::HashSet;

use super::reading;
use crate::app::ticket_commands::{follow_up, load, survivor};
use crate::domain::event::TicketId;
use crate::domain::mail::address::is_same_address;
use crate::domain::mail::identifiers::{TicketToken, read_reply_address};
use crate::domain::mail::incoming::IncomingMail;
use crate::domain::mail::message::MailMessage;
use crate::domain::mail::policy::{MailPolicy, SenderTrust};
use crate::domain::mail::routing::{self, Candidate, MailFacts};
use crate::domain::mail::{authentication, routing::sender};
use crate::domain::people::{Agent, Requester};
use crate::domain::policy::Policy;
use crate::domain::ticket::Ticket;
use crate::error::Error;
use crate::store::Transaction;

/// How many ids of other messages are looked up.
const MOST_IDS: usize = 100;

/// How many tickets of other messages are looked at.
const MOST_TICKETS: usize = 20;

/// How many tokens are compared.
const MOST_TOKENS: usize = 20;

/// Who sent a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SenderFacts {
    /// Empty if there is none.
    pub(super) address: String,
    /// Whether they are who the message says.
    pub(super) authenticated: bool,
    /// The agent of the policy who has the address.
    pub(super) agent: Option<Agent>,
}

impl SenderFacts {
    pub(super) fn of(message: &MailMessage, policy: &Policy) -> Self {
        let address = sender(message).map(|mailbox| mailbox.address.trim().to_owned());
        let address = address.unwrap_or_default();
        let authenticated = match &policy.mail.trust {
            SenderTrust::Nobody => false,
            SenderTrust::Network => true,
            SenderTrust::Server(server) => authentication::is_authenticated(message, server),
        };
        let agent = policy.agent_with_email(&address).cloned();
        Self {
            address,
            authenticated,
            agent,
        }
    }

    /// The agent who certainly wrote it.
    pub(super) fn certain_agent(&self) -> Option<&Agent> {
        self.agent.as_ref().filter(|_| self.authenticated)
    }
}

/// Finds out what the rules of routing ask.
pub(super) fn of(
    txn: &mut dyn Transaction,
    mail: &IncomingMail,
    message: &MailMessage,
    from: &SenderFacts,
    policy: &Policy,
) -> Result<MailFacts, Error> {
    let now = mail.received;
    let own_tokens = routing::own_tokens(message);
    let reported = match message.delivery_report {
        Some(_) => first_right(txn, mail, &routing::reported_tokens(message))?,
        None => None,
    };
    let by_subject = match reading::ticket_in_subject(&message.subject) {
        Some(id) => candidate(txn, id, from)?,
        None => None,
    };
    Ok(MailFacts {
        same_as: same_message(txn, mail, message)?,
        store_id: txn.mail_store_id(now)?,
        own_id: first_right(txn, mail, &own_tokens)?.is_some(),
        automatic: reading::automatic(message),
        monitoring: policy.mail.is_monitoring(&from.address),
        from_desk: is_own(&policy.mail, &from.address),
        authenticated: from.authenticated,
        by_token: first_right(txn, mail, &routing::tokens(message))?,
        by_reference: by_reference(txn, message, from)?,
        by_subject,
        reported,
    })
}

/// Whether an address is one of the desk, also with a ticket as its detail.
pub(super) fn is_own(policy: &MailPolicy, address: &str) -> bool {
    let without_detail = || {
        let (local, domain) = address.rsplit_once('@')?;
        let (local, _) = local.split_once('+')?;
        Some(format!("{local}@{domain}"))
    };
    policy.is_own(address)
        || read_reply_address(address).is_some()
            && without_detail().is_some_and(|address| policy.is_own(&address))
}

/// What a message says, to tell whether two are the same.
pub(super) fn says(message: &MailMessage) -> Vec<&[u8]> {
    let files = message.attachments.iter().map(|file| file.bytes.as_slice());
    let texts = [message.subject.as_bytes(), message.text.as_bytes()];
    texts.into_iter().chain(files).collect()
}

/// A mail that has the same id and says the same.
fn same_message(
    txn: &dyn Transaction,
    mail: &IncomingMail,
    message: &MailMessage,
) -> Result<Option<crate::domain::mail::incoming::MailId>, Error> {
    let says = says(message);
    for id in message.message_ids.iter().take(MOST_IDS) {
        let known = txn.messages_with_id(id, &says)?;
        let mut same = known
            .iter()
            .filter(|known| known.same_body && known.mail != mail.id);
        if let Some(same) = same.next() {
            return Ok(Some(same.mail));
        }
    }
    Ok(None)
}

/// The first ticket of which the token is right.
fn first_right(
    txn: &mut dyn Transaction,
    mail: &IncomingMail,
    tokens: &[TicketToken],
) -> Result<Option<TicketId>, Error> {
    for TicketToken { ticket, token } in tokens.iter().take(MOST_TOKENS) {
        if txn.mail_token(*ticket, mail.received)? == *token && txn.summary(*ticket)?.is_some() {
            return Ok(Some(*ticket));
        }
    }
    Ok(None)
}

/// The ids of other messages that a message refers to, the nearest first.
pub(super) fn references(message: &MailMessage) -> Vec<&str> {
    routing::answered_ids(message).take(MOST_IDS).collect()
}

/// The ticket of the mail that a message refers to, or that refers to it or to the
/// same one, as messages arrive in any order. One where the sender takes part is
/// preferred, then the nearest.
fn by_reference(
    txn: &dyn Transaction,
    message: &MailMessage,
    from: &SenderFacts,
) -> Result<Option<Candidate>, Error> {
    let references = references(message);
    let mut tickets = Vec::new();
    for id in &references {
        let known = txn.messages_with_id(id, &[])?;
        tickets.extend(known.iter().filter_map(|known| known.ticket));
    }
    let own = message.message_ids.iter().map(String::as_str);
    for id in own.chain(references).take(MOST_IDS) {
        tickets.extend(txn.tickets_referring_to(id)?);
    }
    let mut nearest = None;
    let mut seen = HashSet::new();
    tickets.retain(|ticket| seen.insert(*ticket));
    for ticket in tickets.into_iter().take(MOST_TICKETS) {
        let found = candidate(txn, ticket, from)?;
        if found.is_some_and(|found| found.takes_part) {
            return Ok(found);
        }
        nearest = nearest.or(found);
    }
    Ok(nearest)
}

/// A ticket, and whether the sender takes part in it, or in the one that it was
/// merged into.
fn candidate(
    txn: &dyn Transaction,
    id: TicketId,
    from: &SenderFacts,
) -> Result<Option<Candidate>, Error> {
    let ticket = match load(txn, id) {
        Err(Error::NotFound(_)) => return Ok(None),
        loaded => loaded?,
    };
    let takes_part = from.agent.is_some() || takes_part(&ticket, &from.address) || {
        let now = follow_up(txn, survivor(txn, ticket)?)?;
        takes_part(&now, &from.address)
    };
    let ticket = id;
    Ok(Some(Candidate { ticket, takes_part }))
}

/// Whether somebody with an address takes part in the conversation.
pub(super) fn takes_part(ticket: &Ticket, address: &str) -> bool {
    has_address(&ticket.requester, address)
        || ticket
            .everybody()
            .iter()
            .any(|one| has_address(one.person, address))
}

/// Whether it is the address of a person.
pub(super) fn has_address(person: &Requester, address: &str) -> bool {
    let contact = person.contact.as_deref();
    contact.is_some_and(|contact| is_same_address(contact, address))
}
