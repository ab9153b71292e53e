//! Known errors: workaround and cause of a resolved ticket, kept for others
//! like it.

use super::KnownErrorInput;
use super::decision::Decision;
use crate::domain::event::Fact;
use crate::domain::rejection::Rejection;

/// Marks a ticket as a known error, or updates the mark. A part that is left
/// out keeps its marked value, or else is taken from the ticket.
///
/// # Errors
/// [`Rejection::NotKnown`] if there is no workaround, marked or resolved.
pub(super) fn mark(decision: &mut Decision<'_>, input: KnownErrorInput) -> Result<(), Rejection> {
    let ticket = &decision.ticket;
    let marked = ticket.known_error.as_ref();
    let workaround = input
        .workaround
        .or_else(|| marked.map(|marked| marked.workaround.clone()))
        .or_else(|| {
            ticket
                .resolution()
                .map(|resolution| resolution.text.clone())
        })
        .ok_or(Rejection::NotKnown { id: ticket.id })?;
    let cause = input
        .cause
        .or_else(|| marked.and_then(|marked| marked.cause.clone()))
        .or_else(|| {
            let confirmed = ticket.confirmed_hypothesis();
            confirmed.map(|hypothesis| hypothesis.text.clone())
        });
    let same = marked.is_some_and(|m| m.workaround == workaround && m.cause == cause);
    if !same {
        decision.record(Fact::KnownErrorMarked { workaround, cause });
    }
    Ok(())
}

/// Withdraws the mark.
///
/// # Errors
/// [`Rejection::NotKnown`] if there is none, so that no reason is lost silently.
pub(super) fn withdraw(decision: &mut Decision<'_>, reason: String) -> Result<(), Rejection> {
    if decision.ticket.known_error.is_none() {
        return Err(Rejection::NotKnown {
            id: decision.ticket.id,
        });
    }
    decision.record(Fact::KnownErrorWithdrawn { reason });
    Ok(())
}
