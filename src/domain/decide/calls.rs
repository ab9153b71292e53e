//! Personal service: calls that are arranged, moved, held or cancelled, and what
//! was answered to their invitations.

use super::decision::Decision;
use super::numbering::{given_or_only_open, next_number, no_such};
use crate::domain::Timestamp;
use crate::domain::event::Fact;
use crate::domain::people::Requester;
use crate::domain::rejection::Rejection;
use crate::domain::ticket::{AnsweredCall, Call, CallState, Ticket};
use crate::domain::vocabulary::{CallAnswer, Medium};

/// Arranges a call at a later time.
pub(super) fn arrange(
    decision: &mut Decision<'_>,
    medium: Medium,
    when: Timestamp,
    note: Option<String>,
) -> Result<(), Rejection> {
    check_is_to_come(decision, when)?;
    let call = next_number(decision.ticket.calls.iter().map(|call| call.number));
    decision.record(Fact::CallArranged {
        call,
        medium,
        when,
        note,
    });
    Ok(())
}

/// Checks that a call is not to be in the past.
const fn check_is_to_come(decision: &Decision<'_>, when: Timestamp) -> Result<(), Rejection> {
    if when.timestamp_millis() < decision.at.timestamp_millis() {
        return Err(Rejection::NotLater {
            what: "the time of the call",
            at: when,
            now: decision.at,
        });
    }
    Ok(())
}

/// Finds a call by its number, or the only arranged one.
fn find(ticket: &Ticket, call: Option<u32>) -> Result<&Call, Rejection> {
    let arranged = ticket.calls.iter();
    let arranged = arranged.filter(|call| call.state == CallState::Arranged);
    let arranged = arranged.map(|call| call.number);
    let call = given_or_only_open(ticket, "call", "calls", call, arranged)?;
    ticket
        .call(call)
        .ok_or_else(|| no_such(ticket, "call", call))
}

fn already_done(ticket: &Ticket, call: &Call) -> Rejection {
    Rejection::AlreadyDone {
        id: ticket.id,
        what: "call",
        number: call.number,
        done: call.state.as_str(),
    }
}

/// Moves an arranged call to another time. `known` is the time at which whoever
/// moves it takes it to be: somebody else may have moved it in the meantime.
pub(super) fn move_to(
    decision: &mut Decision<'_>,
    call: Option<u32>,
    known: Option<Timestamp>,
    when: Timestamp,
    note: Option<String>,
) -> Result<(), Rejection> {
    let ticket = &decision.ticket;
    let call = find(ticket, call)?;
    if call.state != CallState::Arranged {
        return Err(already_done(ticket, call));
    }
    let new_note = note
        .as_ref()
        .filter(|note| call.note.as_ref() != Some(note));
    if when == call.when && new_note.is_none() {
        return Ok(());
    }
    let (id, number, at) = (ticket.id, call.number, call.when);
    if when == at {
        return Err(Rejection::CallIsThen { id, number, at });
    }
    if known.is_some_and(|known| known != at) {
        return Err(Rejection::CallWasMoved { id, number, at });
    }
    check_is_to_come(decision, when)?;
    decision.record(Fact::CallMoved {
        call: number,
        from: at,
        to: when,
        note,
    });
    Ok(())
}

/// Records what somebody answered to a version of the invitation to a call. An
/// arranged call that its requester declines is cancelled.
pub(super) fn answer(
    decision: &mut Decision<'_>,
    (number, version): (u32, u32),
    answer: CallAnswer,
    person: Option<Requester>,
    note: Option<String>,
) -> Result<(), Rejection> {
    let call = find(&decision.ticket, Some(number))?;
    let is_current = version == call.version();
    let same = |known: &AnsweredCall| known.person == person && known.answer == answer;
    if is_current && note.is_none() && call.answers.iter().any(same) {
        return Ok(());
    }
    let ends = is_current
        && call.state == CallState::Arranged
        && answer == CallAnswer::Declined
        && person.is_none();
    decision.record(Fact::CallAnswered {
        call: number,
        version,
        when: call.time_of(version),
        answer,
        person,
        note,
    });
    if ends {
        decision.record(Fact::CallCancelled {
            call: number,
            reason: Some("the requester declined".to_owned()),
        });
    }
    Ok(())
}

/// Records that a call was held or cancelled; the only arranged one if no
/// number is given.
pub(super) fn end(
    decision: &mut Decision<'_>,
    call: Option<u32>,
    held: bool,
    note: Option<String>,
) -> Result<(), Rejection> {
    let ticket = &decision.ticket;
    let known = find(ticket, call)?;
    let call = known.number;
    let was_held = match known.state {
        CallState::Arranged => None,
        CallState::Held { .. } => Some(true),
        CallState::Cancelled { .. } => Some(false),
    };
    let known_note = match &known.state {
        CallState::Arranged => None,
        CallState::Held { note } => note.as_ref(),
        CallState::Cancelled { reason } => reason.as_ref(),
    };
    let same_note = note.is_none() || note.as_ref() == known_note;
    match was_held {
        Some(before) if before == held && same_note => {}
        Some(_) => {
            return Err(already_done(ticket, known));
        }
        None if held => decision.record(Fact::CallHeld { call, note }),
        None => decision.record(Fact::CallCancelled { call, reason: note }),
    }
    Ok(())
}
