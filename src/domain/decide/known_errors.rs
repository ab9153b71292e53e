//! Known errors: what is known of a resolved ticket and helps with others.

use super::KnownErrorInput;
use super::decision::Decision;
use crate::domain::event::Fact;
use crate::domain::rejection::Rejection;

/// Marks a ticket as a known error, or says it anew in other words. What is
/// left out stays as it is marked, or is what the ticket knows.
pub(super) fn mark(deed: &mut Decision<'_>, known: KnownErrorInput) -> Result<(), Rejection> {
    let ticket = &deed.ticket;
    let marked = ticket.known_error.as_ref();
    let KnownErrorInput { workaround, cause } = known;
    let workaround = workaround
        .or_else(|| marked.map(|marked| marked.workaround.clone()))
        .or_else(|| {
            ticket
                .resolution()
                .map(|resolution| resolution.text.clone())
        })
        .ok_or(Rejection::NotKnown { id: ticket.id })?;
    let cause = cause
        .or_else(|| marked.and_then(|marked| marked.cause.clone()))
        .or_else(|| {
            ticket
                .confirmed_hypothesis()
                .map(|hypothesis| hypothesis.text.clone())
        });
    let same = marked.is_some_and(|m| m.workaround == workaround && m.cause == cause);
    if !same {
        deed.push(Fact::KnownErrorMarked { workaround, cause });
    }
    Ok(())
}

pub(super) fn withdraw(deed: &mut Decision<'_>, reason: String) {
    if deed.ticket.known_error.is_some() {
        deed.push(Fact::KnownErrorWithdrawn { reason });
    }
}
