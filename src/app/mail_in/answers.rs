//! Answers to what the desk sends: to invitations, and to resolutions.

use super::conversation::{execute, log};
use super::facts::has_address;
use super::new_ticket::person_of;
use super::reading;
use super::understand::Incoming;
use crate::app::ticket_commands::load;
use crate::domain::decide::{ClosingOptions, Command};
use crate::domain::event::TicketId;
use crate::domain::mail::identifiers::read_message_id;
use crate::domain::mail::message::Invitation;
use crate::domain::mail::routing;
use crate::domain::read_models::TicketUpdate;
use crate::domain::ticket::{CallState, Ticket};
use crate::domain::vocabulary::{Channel, NoticeKind, State};
use crate::error::Error;
use crate::store::Transaction;

/// Takes the answer to an invitation: who declines, the call is cancelled for.
pub(super) fn to_invitation(
    txn: &mut dyn Transaction,
    incoming: &Incoming<'_>,
    ticket: &Ticket,
    invitation: &Invitation,
) -> Result<Option<TicketUpdate>, Error> {
    let from = incoming.from.address.as_str();
    let mut attendees = invitation.attendees.iter();
    let own = attendees.find(|(mailbox, _)| mailbox.address.eq_ignore_ascii_case(from));
    let own = own.or_else(|| invitation.attendees.first());
    let Some((_, answer)) = own else {
        return Ok(None);
    };
    let who = person_of(routing::sender(incoming.message)).written();
    let ctx = incoming.by_desk();
    let id = ticket.id;
    if ticket.status.state() == State::Closed {
        return Ok(None);
    }
    let own = invited_call(&invitation.uid, id);
    let arranged = ticket.calls.iter().rev().find(|call| {
        call.state == CallState::Arranged
            && match own {
                Some(number) => call.number == number,
                None => invitation.start == Some(call.when),
            }
    });
    let arranged = arranged.map(|call| call.number);
    let note = match answer.as_str() {
        "DECLINED" => {
            if arranged.is_some() {
                let (call, held) = (arranged, false);
                let note = Some(format!("{who} declined"));
                let command = Command::EndCall { call, held, note };
                return execute(txn, incoming, id, command, &ctx).map(Some);
            }
            format!("{who} declined {}", invitation.summary)
        }
        "ACCEPTED" => format!("{who} accepted {}", invitation.summary),
        other => format!("{who} answered {other} to {}", invitation.summary),
    };
    log(txn, incoming, id, reading::body(&note), &ctx).map(Some)
}

/// The number of the call of a ticket in the id of an invitation that this desk
/// made.
fn invited_call(uid: &str, ticket: TicketId) -> Option<u32> {
    let id = read_message_id(uid)?;
    let (local, _) = uid.rsplit_once('@')?;
    let is_own = id.kind == Some(NoticeKind::Call) && id.about.ticket == ticket;
    let number = local.rsplit('.').next()?;
    number.parse().ok().filter(|_| is_own)
}

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
