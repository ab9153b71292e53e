//! What an erasure does to a ticket: which texts go, and what is owed no longer.

use std::collections::BTreeMap;

use super::erasure::Erasure;
use super::hold::{Held, Hold};
use super::person::{Certainty, Identity};
use super::pieces::{ALARMS, MAIL, Piece, PiecePlace};
use super::retention::{RetentionRule, scope_of};
use super::spelling::{normalized, normalized_contact};
use crate::domain::event::{Event, Fact, TicketId, path_of_kind};
use crate::domain::people::Requester;
use crate::domain::text::ERASED;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{ErasureCause, RetentionScope, State};

/// What a ticket has beside its events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Beside {
    pub(crate) alarms: bool,
    pub(crate) mails: bool,
}

/// Decides the erasure of some pieces of a ticket for a person; `None` if there is
/// none of that ticket.
pub(crate) fn erase_for_person<'a>(
    ticket: &Ticket,
    pieces: impl IntoIterator<Item = &'a Piece>,
    who: &Identity,
    reason: &str,
) -> Option<Erasure> {
    let mut fields: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for piece in pieces {
        if let PiecePlace::Ticket { id, n, path } = &piece.place
            && *id == ticket.id
        {
            let paths = fields.entry(*n).or_default();
            if !paths.contains(path) {
                paths.push(path.clone());
            }
        }
    }
    if fields.is_empty() {
        return None;
    }
    let is_theirs = |person: &Requester| who.is(person) == Some(Certainty::Certain);
    let is_open = ticket.status.state() != State::Closed;
    // A message of somebody else is owed its answer.
    let unanswered = ticket.unanswered_since.unwrap_or(ticket.updated);
    let others = ticket.messages.iter().any(|message| {
        let sender = message.sender.as_ref();
        message.inbound
            && message.at >= unanswered
            && sender.is_some_and(|sender| !is_theirs(sender))
    });
    let merged = ticket.merged_tickets.iter().filter(|merged| {
        is_open && merged.brought.owed_since.is_some() && is_theirs(&merged.brought.requester)
    });
    Some(Erasure {
        cause: ErasureCause::Person,
        fields,
        scopes: Vec::new(),
        cancels_owed: is_open && is_theirs(&ticket.requester) && !others,
        cancels_merged: merged.map(|merged| merged.id).collect(),
        reason: reason.to_owned(),
    })
}

/// Decides the erasure of a ticket by a rule of retention. It is recorded also
/// where nothing is left to erase, so that the rule has been applied.
pub(crate) fn erase_by_rule(
    history: &[Event],
    Beside { alarms, mails }: Beside,
    rule: &RetentionRule,
) -> Erasure {
    let mut fields: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for event in history {
        for (path, text) in event.fact.texts() {
            let scope = scope_of(event, &path);
            let is_due = scope.is_some_and(|scope| rule.erase.contains(&scope));
            if is_due && !text.is_empty() && text != ERASED {
                fields.entry(event.n).or_default().push(path.into_owned());
            }
        }
    }
    if alarms && rule.erase.contains(&RetentionScope::Texts) {
        fields.entry(0).or_default().push(ALARMS.to_owned());
    }
    if mails && rule.erase.contains(&RetentionScope::RawMail) {
        fields.entry(0).or_default().push(MAIL.to_owned());
    }
    Erasure {
        cause: ErasureCause::Retention,
        fields,
        scopes: rule.erase.clone(),
        cancels_owed: false,
        cancels_merged: Vec::new(),
        reason: format!("retention: {rule}"),
    }
}

/// The holds in force.
pub(crate) struct Holds<'a>(Vec<&'a Hold>);

impl<'a> Holds<'a> {
    pub(crate) fn in_force(holds: &'a [Hold]) -> Self {
        Self(holds.iter().filter(|hold| hold.lifted.is_none()).collect())
    }

    /// Returns the hold of a ticket.
    pub(crate) fn of_ticket(&self, id: TicketId) -> Option<&'a Hold> {
        let mut holds = self.0.iter();
        holds.find(|hold| hold.held == Held::Ticket(id)).copied()
    }

    /// Returns the hold of a person, or of somebody who may be that person: a hold
    /// keeps too much rather than too little.
    pub(crate) fn of_person(&self, who: &Identity) -> Option<&'a Hold> {
        let mut holds = self.0.iter();
        let held = |hold: &&&Hold| match &hold.held {
            Held::Person(person) => who.is(person).is_some() || shares_part(who, person),
            Held::Ticket(_) => false,
        };
        holds.find(held).copied()
    }

    /// Returns whether any person is held.
    pub(crate) fn any_person(&self) -> bool {
        let mut holds = self.0.iter();
        holds.any(|hold| matches!(hold.held, Held::Person(_)))
    }

    /// Returns the hold of a ticket, or of a person whom an event of it names.
    pub(crate) fn of_history(&self, id: TicketId, history: &[Event]) -> Option<&'a Hold> {
        self.of_ticket(id).or_else(|| {
            let mut holds = self.0.iter();
            let names = |hold: &&&Hold| match &hold.held {
                Held::Person(person) => history.iter().any(|event| names(&event.fact, person)),
                Held::Ticket(_) => false,
            };
            holds.find(names).copied()
        })
    }
}

fn shares_part(who: &Identity, person: &Requester) -> bool {
    let name = person.name.as_deref().map(normalized);
    let contact = person.contact.as_deref().map(normalized_contact);
    name.is_some_and(|name| who.names.contains(&name))
        || contact.is_some_and(|contact| who.contacts.contains(&contact))
}

/// Whether a fact names a person, by the contact or, without one, by the name.
fn names(fact: &Fact, person: &Requester) -> bool {
    let contact = person.contact.as_deref().map(normalized_contact);
    let name = person.name.as_deref().map(normalized);
    fact.texts()
        .iter()
        .any(|(path, text)| match path_of_kind(path) {
            "contact" => contact.as_ref() == Some(&normalized_contact(text)),
            "name" => name.as_ref() == Some(&normalized(text)),
            _ => false,
        })
}
