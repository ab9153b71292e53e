//! The alarms of monitoring systems: a ticket for each subject, counted again each
//! time, and their ends.

use super::conversation::log;
use super::files;
use super::new_ticket::title;
use super::reading;
use super::understand::{Incoming, Outcome};
use crate::app::alarms::open_in;
use crate::app::ticket_commands::{load, survivor};
use crate::domain::decide::NewTicket;
use crate::domain::mail::alarm_subject;
use crate::domain::people::Requester;
use crate::domain::text::body;
use crate::domain::vocabulary::{Channel, State};
use crate::error::Error;
use crate::store::Transaction;

/// Takes an alarm or the end of one.
pub(super) fn take(txn: &mut dyn Transaction, incoming: &Incoming<'_>) -> Result<Outcome, Error> {
    let message = incoming.message;
    let recovery = &incoming.policies.current.mail.recovery;
    let subject = reading::plain_subject(&message.subject);
    let key = alarm_subject::key(&subject, recovery);
    let ctx = incoming.by_desk();
    if alarm_subject::is_recovery(&subject, recovery) {
        let holder = match txn.by_key(&key)? {
            Some(holder) => Some(survivor(txn, load(txn, holder)?)?),
            None => None,
        };
        let reason = format!("{} says that it is over", incoming.from.address);
        return Ok(match holder {
            Some(ticket) if ticket.status.state() != State::Closed => {
                let text = format!("{reason}: {}\n\n{}", subject.trim(), message.text.trim());
                let update = log(txn, incoming, ticket.id, reading::body(&text), &ctx)?;
                Outcome::updated(update).because(reason)
            }
            Some(ticket) => Outcome {
                ticket: Some(ticket.id),
                ..Outcome::without_effect(Some(reason))
            },
            None => Outcome::without_effect(Some(format!("{reason}, and nothing was open"))),
        });
    }
    let new = NewTicket {
        description: body("description", &reading::body_of(message, incoming.mail.id)).ok(),
        requester: Requester::default(),
        channel: Channel::Monitoring,
        key: Some(key),
        ..NewTicket::titled(title(message))
    };
    let mut update = open_in(txn, new, &ctx, incoming.circumstances())?;
    // A repeated alarm brings the same files again.
    if update.before.is_none() {
        files::keep(txn, incoming, message, &mut update, &ctx)?;
    }
    Ok(Outcome::updated(incoming.keep(update)))
}
