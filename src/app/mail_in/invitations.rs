//! Answers to the invitations that the desk sent: what somebody answers, and what
//! they propose instead.

use super::conversation::{execute, log};
use super::facts::has_address;
use super::new_ticket::person_of;
use super::reading;
use super::understand::Incoming;
use crate::domain::decide::Command;
use crate::domain::event::TicketId;
use crate::domain::mail::identifiers::read_message_id;
use crate::domain::mail::message::Invitation;
use crate::domain::mail::routing;
use crate::domain::people::Requester;
use crate::domain::read_models::TicketUpdate;
use crate::domain::ticket::{Call, Ticket};
use crate::domain::vocabulary::{CallAnswer, NoticeKind, State};
use crate::error::Error;
use crate::store::Transaction;

/// Takes an answer to an invitation; `None` on a closed ticket, where it is a
/// message like any other.
pub(super) fn take(
    txn: &mut dyn Transaction,
    incoming: &Incoming<'_>,
    ticket: &Ticket,
    invitation: &Invitation,
) -> Result<Option<TicketUpdate>, Error> {
    let from = incoming.from.address.as_str();
    let mut attendees = invitation.attendees.iter();
    let own = attendees.find(|(mailbox, _)| mailbox.address.eq_ignore_ascii_case(from));
    let Some((_, answer)) = own.or_else(|| invitation.attendees.first()) else {
        return Ok(None);
    };
    if ticket.status.state() == State::Closed {
        return Ok(None);
    }
    let person = person_of(routing::sender(incoming.message));
    let (id, ctx) = (ticket.id, incoming.by_desk());
    let Some(call) = invited_call(ticket, invitation) else {
        let (who, summary) = (person.written(), invitation.summary.trim());
        let note = match answer.as_str() {
            "DECLINED" => format!("{who} declined {summary}"),
            "ACCEPTED" => format!("{who} accepted {summary}"),
            other => format!("{who} answered {other} to {summary}"),
        };
        return log(txn, incoming, id, reading::body(&note), &ctx).map(Some);
    };
    let said = reading::comment(incoming.message, invitation);
    let answered = match answer.as_str() {
        "ACCEPTED" => CallAnswer::Accepted,
        "DECLINED" => CallAnswer::Declined,
        "TENTATIVE" => CallAnswer::Tentative,
        // Somebody else goes instead, or a calendar makes something up.
        other => {
            let (who, number) = (person.written(), call.number);
            let note = format!("{who} answered {other} to call {number}\n\n{said}");
            return log(txn, incoming, id, reading::body(note.trim()), &ctx).map(Some);
        }
    };
    let is_own_requester = has_address(&ticket.requester, from);
    let command = Command::AnswerCall {
        call: call.number,
        version: version(call, invitation),
        answer: answered,
        person: (!is_own_requester).then_some(Requester {
            language: None,
            ..person
        }),
        note: (!said.is_empty()).then_some(said),
    };
    execute(txn, incoming, id, command, &ctx).map(Some)
}

/// The call that an invitation is about: by the id that this desk made, or else by
/// its time.
fn invited_call<'t>(ticket: &'t Ticket, invitation: &Invitation) -> Option<&'t Call> {
    match number_in(&invitation.uid, ticket.id) {
        Some(number) => ticket.call(number),
        None => {
            let mut calls = ticket.calls.iter().rev();
            calls.find(|call| invitation.start == Some(call.when))
        }
    }
}

/// The number of the call of a ticket in the id of an invitation that this desk
/// made.
fn number_in(uid: &str, ticket: TicketId) -> Option<u32> {
    let id = read_message_id(uid)?;
    let (local, _) = uid.rsplit_once('@')?;
    let is_own = id.kind == Some(NoticeKind::Call) && id.about.ticket == ticket;
    let number = local.rsplit('.').next()?;
    number.parse().ok().filter(|_| is_own)
}

/// The version of the invitation that was answered. A calendar that leaves out its
/// number means the first one (RFC 5545, 3.8.7.4), unless it says another time.
fn version(call: &Call, invitation: &Invitation) -> u32 {
    let newest = call.version();
    match (invitation.sequence, invitation.start) {
        (Some(version), _) => version.min(newest),
        (None, Some(start)) if start == call.when => newest,
        (None, _) => 0,
    }
}

/// What somebody proposes instead of the time of a call, in words.
pub(super) fn proposal(ticket: &Ticket, invitation: &Invitation) -> String {
    let about = match invited_call(ticket, invitation) {
        Some(call) => format!("call {}", call.number),
        None => "the call".to_owned(),
    };
    let time = "%Y-%m-%d %H:%M UTC";
    let start = invitation.start.map(|start| start.format(time).to_string());
    let start = start.unwrap_or_else(|| "a time that cannot be read".to_owned());
    format!("proposes another time for {about}: {start}")
}
