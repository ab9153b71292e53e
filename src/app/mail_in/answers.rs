//! Answers to the notice that a ticket is resolved.

use super::conversation::execute;
use super::facts::has_address;
use super::new_ticket::person_of;
use super::reading;
use super::understand::Incoming;
use crate::app::ticket_commands::load;
use crate::domain::decide::{ClosingOptions, Command};
use crate::domain::mail::routing;
use crate::domain::read_models::TicketUpdate;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{Channel, NoticeKind, State};
use crate::error::Error;
use crate::store::Transaction;

/// Takes an answer to the resolution notice: yes confirms, no reopens, and a number
/// is the satisfaction.
pub(super) fn to_resolution(
    txn: &mut dyn Transaction,
    incoming: &Incoming<'_>,
    ticket: &Ticket,
) -> Result<Option<TicketUpdate>, Error> {
    if ticket.status.state() != State::Resolved {
        return Ok(None);
    }
    let ids = routing::answered_desk_ids(incoming.message);
    let about_other = ids
        .first()
        .is_some_and(|id| id.kind.is_some_and(|kind| kind != NoticeKind::Resolved));
    let Some(answer) = reading::answer(incoming.message).filter(|_| !about_other) else {
        return Ok(None);
    };
    let ctx = incoming.by_desk();
    let id = ticket.id;
    let by = person_of(routing::sender(incoming.message)).written();
    let is_own_requester = has_address(&ticket.requester, &incoming.from.address);
    let message = Command::RecordMessage {
        text: reading::message_text(incoming.message, incoming.mail.id),
        via: Some(Channel::Email),
        thanks: answer.confirms != Some(false),
        sender: (!is_own_requester).then(|| incoming.from.address.clone()),
        written_to: None,
    };
    let mut update = execute(txn, incoming, id, message, &ctx)?;
    if answer.confirms == Some(false) {
        if load(txn, id)?.status.state() == State::Resolved {
            let reason = "the requester says that it is not solved".to_owned();
            update = execute(txn, incoming, id, Command::Reopen { reason }, &ctx)?;
        }
        return Ok(Some(update));
    }
    if answer.confirms == Some(true) {
        update = execute(txn, incoming, id, Command::ConfirmRestored { by }, &ctx)?;
    }
    if let Some(satisfaction) = answer.rating {
        let command = Command::Close {
            satisfaction: Some(satisfaction),
            comment: None,
            closing: ClosingOptions {
                force: Some("the requester answered the resolution notice".to_owned()),
                ..ClosingOptions::default()
            },
        };
        update = execute(txn, incoming, id, command, &ctx)?;
    }
    Ok(Some(update))
}
