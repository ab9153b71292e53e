//! Where a message goes: the first rule that applies decides. What the rules ask
//! of store and policy is passed in.

use super::identifiers::{self, DeskMessageId, LOOP_HEADER, TicketToken};
use super::incoming::MailId;
use super::message::{MailMessage, Mailbox};
use crate::domain::event::TicketId;

/// The most Received headers of a message that is not going round in circles.
const MOST_HOPS: usize = 50;

/// What store and policy know about a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct MailFacts {
    /// A mail that has the same id and says the same.
    pub(crate) same_as: Option<MailId>,
    /// The id of the store in mails that it sends.
    pub(crate) store_id: String,
    /// Whether the message has an id that this desk made.
    pub(crate) own_id: bool,
    /// Why nobody wrote it by hand, if so.
    pub(crate) automatic: Option<String>,
    /// Whether the sender is a monitoring system of the policy.
    pub(crate) monitoring: bool,
    /// Whether the sender is an address of the desk itself.
    pub(crate) from_desk: bool,
    /// Whether the sender is who the message says.
    pub(crate) authenticated: bool,
    /// The ticket whose token is in an address or an id.
    pub(crate) by_token: Option<TicketId>,
    /// The ticket of a mail that it refers to.
    pub(crate) by_reference: Option<Candidate>,
    /// The ticket whose number is in the subject.
    pub(crate) by_subject: Option<Candidate>,
    /// The ticket of the mail that a delivery report is about.
    pub(crate) reported: Option<TicketId>,
}

/// A ticket that a message may belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) ticket: TicketId,
    /// Whether the sender is its requester, a participant or an agent.
    pub(crate) takes_part: bool,
}

/// By which rule a message belongs to a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Match {
    /// The token of the ticket in an address or in a Message-ID.
    Token,
    /// A mail that is known.
    Reference,
    /// The number in the subject.
    Subject,
}

/// Where a message goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Destination {
    /// Nowhere: the same one was received before.
    Seen(MailId),
    /// Nowhere: this desk sent it.
    OwnMail,
    /// To the ticket of the mail that could not be delivered.
    DeliveryReport(TicketId),
    /// To the ticket, without any effect but to be read.
    Automatic { ticket: TicketId, reason: String },
    /// It is the alarm, or the end of one, of a monitoring system.
    Alarm,
    /// Nowhere until somebody decides.
    Quarantine(String),
    /// To the conversation of the ticket.
    Message { ticket: TicketId, by: Match },
    /// To a new ticket, which may belong to another one.
    New { may_belong_to: Option<TicketId> },
}

/// Decides where a message goes.
pub(crate) fn route(mail: &MailMessage, facts: &MailFacts) -> Destination {
    if let Some(same) = facts.same_as {
        return Destination::Seen(same);
    }
    if facts.own_id || has_loop_header(mail, &facts.store_id) {
        return Destination::OwnMail;
    }
    if mail.header_values("Received").count() > MOST_HOPS {
        return held("it went through more than 50 mail systems");
    }
    if mail.delivery_report.is_some() {
        return match facts.reported {
            Some(ticket) => Destination::DeliveryReport(ticket),
            None => held("a delivery report about a mail that is not known"),
        };
    }
    if facts.monitoring && facts.by_token.is_none() {
        return Destination::Alarm;
    }
    let known = facts.by_reference.filter(|known| known.takes_part);
    if let Some(reason) = &facts.automatic {
        return match facts
            .by_token
            .or(facts.by_reference.map(|known| known.ticket))
        {
            Some(ticket) => Destination::Automatic {
                ticket,
                reason: reason.clone(),
            },
            None => Destination::Quarantine(reason.clone()),
        };
    }
    if facts.from_desk {
        return held("it comes from an address of the desk itself");
    }
    if let Some(ticket) = facts.by_token {
        let by = Match::Token;
        return Destination::Message { ticket, by };
    }
    if let Some(Candidate { ticket, .. }) = known {
        let by = Match::Reference;
        return Destination::Message { ticket, by };
    }
    let named = facts.by_subject;
    if let Some(Candidate { ticket, takes_part }) = named
        && takes_part
        && facts.authenticated
    {
        let by = Match::Subject;
        return Destination::Message { ticket, by };
    }
    // What failed of these was the sender.
    let may_belong_to = facts.by_reference.or(named).map(|other| other.ticket);
    Destination::New { may_belong_to }
}

fn held(reason: &str) -> Destination {
    Destination::Quarantine(reason.to_owned())
}

fn has_loop_header(mail: &MailMessage, store_id: &str) -> bool {
    let mut values = mail.header_values(LOOP_HEADER);
    values.any(|value| value.eq_ignore_ascii_case(store_id))
}

/// Returns who sent a message: the author, else the sender, else whom to answer.
pub(crate) fn sender(mail: &MailMessage) -> Option<&Mailbox> {
    let all = mail.from.iter().chain(&mail.sender).chain(&mail.reply_to);
    let mut all = all.filter(|mailbox| mailbox.address.contains('@'));
    all.next().or_else(|| mail.from.first())
}

/// Returns the tickets that a message names by tokens, which the store is still to
/// check: where it was delivered first, then whom it was written to, then what it
/// answers, then what it refers to, the newest first.
pub(crate) fn tokens(mail: &MailMessage) -> Vec<TicketToken> {
    let written = mail.to.iter().chain(&mail.cc);
    let written = written.map(|mailbox| mailbox.address.as_str());
    let addresses = mail.delivered_to.iter().map(String::as_str).chain(written);
    let addresses = addresses.filter_map(identifiers::read_reply_address);
    let ids = answered_ids(mail).filter_map(identifiers::read_message_id);
    let ids = ids.map(|id| id.about);
    distinct(addresses.chain(ids))
}

/// Returns the ids of what a message answers and refers to, the nearest first.
pub(crate) fn answered_ids(mail: &MailMessage) -> impl Iterator<Item = &str> {
    let references = mail.references.iter().rev();
    mail.in_reply_to
        .iter()
        .chain(references)
        .map(String::as_str)
}

/// Returns the ids in the form of those that a desk makes, which it answers.
pub(crate) fn answered_desk_ids(mail: &MailMessage) -> Vec<DeskMessageId> {
    answered_ids(mail)
        .filter_map(identifiers::read_message_id)
        .collect()
}

/// Returns the tickets that the own ids of a message name.
pub(crate) fn own_tokens(mail: &MailMessage) -> Vec<TicketToken> {
    let ids = mail.message_ids.iter();
    let ids = ids.filter_map(|id| identifiers::read_message_id(id));
    distinct(ids.map(|id| id.about))
}

/// Returns the tickets of the mails that a delivery report is about.
pub(crate) fn reported_tokens(mail: &MailMessage) -> Vec<TicketToken> {
    let reports = mail.delivery_report.iter();
    let ids = reports.flat_map(|report| &report.original_ids);
    let ids = ids.filter_map(|id| identifiers::read_message_id(id));
    distinct(ids.map(|id| id.about).chain(tokens(mail)))
}

fn distinct<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut found = Vec::new();
    for one in all {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
}

#[cfg(test)]
mod tests;
