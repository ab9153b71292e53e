//! Saves what was decided: the events, the new row, and the mails that the events
//! come to, in one transaction.

use super::outbox::notify;
use super::ticket_commands::replay;
use crate::domain::event::{Event, Fact, TicketId};
use crate::domain::mail::notices::Circumstances;
use crate::domain::people::Requester;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::read_models::TicketUpdate;
use crate::domain::summary::Summary;
use crate::domain::ticket::Ticket;
use crate::error::Error;
use crate::store::Transaction;

/// Saves the events of a new ticket, and queues the mails that they come to.
pub(super) fn record_new(
    txn: &mut dyn Transaction,
    events: Vec<Event>,
    policies: &PolicyHistory,
    circumstances: Circumstances,
) -> Result<TicketUpdate, Error> {
    let ticket = replay(events.clone())?;
    let after = Summary::new(&ticket, policies);
    txn.save(0, &events, &after)?;
    let mails = notify(txn, &events, &ticket, policies, circumstances)?;
    Ok(TicketUpdate {
        mails,
        ..TicketUpdate::new(None, after, events)
    })
}

/// Saves the events of a decision together with the new summary, and queues the
/// mails that they come to.
pub(super) fn record(
    txn: &mut dyn Transaction,
    ticket: Ticket,
    events: Vec<Event>,
    policies: &PolicyHistory,
) -> Result<TicketUpdate, Error> {
    record_and_notify(txn, ticket, events, policies, Circumstances::default())
}

/// As [`record`], in circumstances that matter to who is told.
pub(super) fn record_and_notify(
    txn: &mut dyn Transaction,
    mut ticket: Ticket,
    events: Vec<Event>,
    policies: &PolicyHistory,
    circumstances: Circumstances,
) -> Result<TicketUpdate, Error> {
    let mut update = save(txn, &mut ticket, events, policies)?;
    update.mails = notify(txn, &update.events, &ticket, policies, circumstances)?;
    Ok(update)
}

/// Saves the events of a decision together with the new summary. Nobody is told.
pub(super) fn record_silently(
    txn: &mut dyn Transaction,
    mut ticket: Ticket,
    events: Vec<Event>,
    policies: &PolicyHistory,
) -> Result<TicketUpdate, Error> {
    save(txn, &mut ticket, events, policies)
}

/// Saves the events of a decision, and applies them to the ticket.
fn save(
    txn: &mut dyn Transaction,
    ticket: &mut Ticket,
    events: Vec<Event>,
    policies: &PolicyHistory,
) -> Result<TicketUpdate, Error> {
    let before = Summary::new(ticket, policies);
    if events.is_empty() {
        return Ok(TicketUpdate::unchanged(before));
    }
    for event in &events {
        ticket.apply(event);
    }
    let after = Summary::new(ticket, policies);
    txn.save(before.n, &events, &after)?;
    let answered = events.iter().find_map(|event| {
        if let Fact::Replied { also, .. } = &event.fact {
            Some(ticket.addressed(also))
        } else {
            None
        }
    });
    // A single requester needs no mention.
    let is_other = |(_, person): &(TicketId, Requester)| *person != ticket.requester;
    let addressed = answered.filter(|people| people.len() > 1 || people.iter().any(is_other));
    Ok(TicketUpdate {
        addressed: addressed.unwrap_or_default(),
        ..TicketUpdate::new(Some(before), after, events)
    })
}
