//! Closure, and reopening what was resolved or closed.

use super::decision::Decision;
use super::{ClosingOptions, assignment, breach, messages, resolve};
use crate::domain::event::Fact;
use crate::domain::people::Actor;
use crate::domain::rejection::Rejection;
use crate::domain::ticket::{Closure, Status, Ticket};
use crate::domain::vocabulary::{FieldGate, Gate, State};

/// Closes a resolved ticket. Closing a closed one again changes nothing.
///
/// # Errors
/// [`Rejection::WrongState`] if the ticket is already closed and the command
/// would add something, so that no text is lost silently.
pub(super) fn close(
    decision: &mut Decision<'_>,
    satisfaction: Option<u8>,
    comment: Option<String>,
    closing: ClosingOptions,
) -> Result<(), Rejection> {
    let ClosingOptions {
        restored_by,
        message,
        force,
    } = closing;
    let confirmed_by = |ticket: &Ticket| resolve::restored_by(ticket).map(str::to_owned);
    if decision.ticket.status.state() == State::Closed {
        let same = message.is_none()
            && (restored_by.is_none() || restored_by == confirmed_by(&decision.ticket))
            && is_recorded(&decision.ticket, satisfaction, comment.as_deref());
        if !same {
            return Err(closed_already(&decision.ticket));
        }
        decision.record_note(force);
        return Ok(());
    }
    breach::check_closed(&decision.ticket, "closed")?;
    if let Some(by) = restored_by {
        resolve::confirm_restored(decision, by);
    }
    if let Some(text) = message {
        messages::reply(decision, text, None);
    }
    let gates = [
        (
            confirmed_by(&decision.ticket).is_none(),
            Gate::ServiceRestored,
        ),
        (
            !decision.ticket.is_requester_informed(),
            Gate::RequesterInformed,
        ),
    ];
    decision.check_gates(&gates, Some(FieldGate::Close), force)?;
    decision.record(Fact::Closed {
        satisfaction,
        comment,
    });
    Ok(())
}

fn closed_already(ticket: &Ticket) -> Rejection {
    Rejection::WrongState {
        id: ticket.id,
        state: State::Closed,
        rule: "its closure is already recorded",
        help: format!("reopen {} REASON, then close it again", ticket.id.0),
    }
}

/// Returns whether the closure on record has the same satisfaction and comment,
/// as far as they are given.
fn is_recorded(ticket: &Ticket, satisfaction: Option<u8>, comment: Option<&str>) -> bool {
    let known = match &ticket.status {
        Status::Closed(Closure::Completed {
            satisfaction,
            comment,
            ..
        }) => (*satisfaction, comment.as_deref()),
        Status::New
        | Status::Active
        | Status::Paused { .. }
        | Status::Resolved(_)
        | Status::Closed(Closure::Merged { .. } | Closure::Undone) => (None, None),
    };
    satisfaction.is_none_or(|s| known.0 == Some(s)) && comment.is_none_or(|c| known.1 == Some(c))
}

/// Reopens a resolved or closed ticket, with the SLA targets that the policy
/// sets today.
pub(super) fn reopen(decision: &mut Decision<'_>, by: &Actor, reason: String) {
    if matches!(
        decision.ticket.status.state(),
        State::Resolved | State::Closed
    ) {
        decision.record_by(by.clone(), Fact::Reopened { reason });
        decision.set_targets();
        assignment::escalate_by_priority(decision);
    } else {
        decision.record_note(Some(reason));
    }
}
