//! Pausing a ticket and resuming it.

use super::decision::Decision;
use super::messages;
use crate::domain::Timestamp;
use crate::domain::event::Fact;
use crate::domain::rejection::Rejection;
use crate::domain::ticket::Status;
use crate::domain::vocabulary::{Gate, PauseReason, State};

/// What a ticket is paused for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PauseRequest {
    pub(crate) reason: PauseReason,
    /// When the pause ends at the latest.
    pub(crate) until: Option<Timestamp>,
    pub(crate) note: Option<String>,
    /// A public question to the requester, sent first.
    pub(crate) ask: Option<String>,
    /// Why the gate is passed by force.
    pub(crate) force: Option<String>,
}

/// Pauses the ticket. A pause on the requester needs a public message that
/// asks for something.
pub(super) fn pause(decision: &mut Decision<'_>, request: PauseRequest) -> Result<(), Rejection> {
    let PauseRequest {
        reason,
        mut until,
        mut note,
        ask,
        force,
    } = request;
    // A second pause for the same reason keeps the details it does not replace.
    if let Status::Paused {
        reason: known_reason,
        until: known_until,
        note: known_note,
    } = &decision.ticket.status
        && *known_reason == reason
    {
        until = until.or(*known_until);
        note = note.or_else(|| known_note.clone());
    }
    let paused = Status::Paused {
        reason,
        until,
        note: note.clone(),
    };
    if ask.is_none() && decision.ticket.status == paused {
        decision.record_note(force);
        return Ok(());
    }
    if let Some(at) = until
        && at <= decision.at
    {
        return Err(Rejection::NotLater {
            what: "the wake time",
            at,
            now: decision.at,
        });
    }
    if let Some(text) = ask {
        messages::reply(decision, text, None);
    }
    let asked = decision.ticket.messages.last().is_some_and(|m| !m.inbound);
    let missing = reason == PauseReason::Requester && !asked;
    decision.check_gates(&[(missing, Gate::RequesterAsked)], None, force)?;
    if decision.ticket.status != paused {
        decision.record(Fact::Paused {
            reason,
            until,
            note,
        });
    }
    Ok(())
}

pub(super) fn resume(decision: &mut Decision<'_>, note: Option<String>) {
    if decision.ticket.status.state() == State::Paused {
        decision.record(Fact::Resumed { note });
    } else {
        decision.record_note(note);
    }
}
