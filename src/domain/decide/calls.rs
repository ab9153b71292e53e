//! Personal service: calls that are arranged, held or cancelled.

use super::decision::Decision;
use super::numbering::{given_or_only_open, next_number, no_such};
use crate::domain::Timestamp;
use crate::domain::event::Fact;
use crate::domain::rejection::Rejection;
use crate::domain::ticket::CallState;
use crate::domain::vocabulary::Medium;

/// Arranges a call at a later time.
pub(super) fn arrange(
    decision: &mut Decision<'_>,
    medium: Medium,
    when: Timestamp,
    note: Option<String>,
) -> Result<(), Rejection> {
    if when < decision.at {
        return Err(Rejection::NotLater {
            what: "the time of the call",
            at: when,
            now: decision.at,
        });
    }
    let call = next_number(decision.ticket.calls.iter().map(|call| call.number));
    decision.record(Fact::CallArranged {
        call,
        medium,
        when,
        note,
    });
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
    let arranged = ticket
        .calls
        .iter()
        .filter(|call| call.state == CallState::Arranged)
        .map(|call| call.number);
    let call = given_or_only_open(ticket, "call", "calls", call, arranged)?;
    let Some(known) = ticket.calls.iter().find(|known| known.number == call) else {
        return Err(no_such(ticket, "call", call));
    };
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
            return Err(Rejection::AlreadyDone {
                id: ticket.id,
                what: "call",
                number: call,
                done: known.state.as_str(),
            });
        }
        None if held => decision.record(Fact::CallHeld { call, note }),
        None => decision.record(Fact::CallCancelled { call, reason: note }),
    }
    Ok(())
}
