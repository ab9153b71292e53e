//! Resolution and recovery: a ticket is resolved, and the restored service is
//! confirmed.

use super::decision::Decision;
use super::{ClosingOptions, messages};
use crate::domain::event::{Fact, TicketId};
use crate::domain::mail::notices;
use crate::domain::rejection::Rejection;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{
    Channel, ClosureCode, FieldGate, Gate, Kind, NoticeKind, UnknownWord,
};

/// Resolves the ticket. The code is `fulfilled` for a request and `solved`
/// otherwise, unless one is given.
pub(super) fn resolve(
    decision: &mut Decision<'_>,
    text: String,
    code: Option<ClosureCode>,
    closing: ClosingOptions,
) -> Result<(), Rejection> {
    let ClosingOptions {
        restored_by,
        message,
        force,
    } = closing;
    let code = code.unwrap_or(match decision.ticket.kind {
        Some(Kind::Request) => ClosureCode::Fulfilled,
        Some(Kind::Incident) | None => ClosureCode::Solved,
    });
    let codes = &decision.policy().closure_codes;
    if !codes.contains(&code) {
        let known = codes.iter().map(|code| code.as_str());
        return Err(UnknownWord::new("closing code", code.as_str(), known).into());
    }
    let first_tier = decision.policy().first_tier();
    let ticket = &decision.ticket;
    let needs_cause =
        ticket.kind != Some(Kind::Request) && ticket.tier != *first_tier && !code.needs_no_cause();
    let gates = [
        (ticket.kind.is_none(), Gate::Identified),
        (ticket.category.is_none(), Gate::Categorized),
        (ticket.rating.is_none(), Gate::Prioritized),
        (
            needs_cause && !ticket.has_confirmed_cause(),
            Gate::ConfirmedCause,
        ),
        (ticket.checklist.progress().is_open(), Gate::Checklist),
    ];
    decision.check_gates(&gates, Some(FieldGate::Resolve), force)?;
    let resolution = text.clone();
    decision.record(Fact::Resolved { text, code });
    if let Some(by) = restored_by {
        decision.record(Fact::Restored { by });
    }
    match message {
        Some(text) => messages::reply(decision, text, None),
        None => reply_by_notice(decision, resolution),
    }
    Ok(())
}

/// Records the resolution as a message to those whom its notice tells of it, so
/// that what they wrote is answered. One that is dated back tells nobody then.
fn reply_by_notice(decision: &mut Decision<'_>, text: String) {
    if decision.is_dated_back() {
        return;
    }
    let kind = NoticeKind::Resolved;
    let told = notices::told_requesters(&decision.ticket, decision.policy(), kind, decision.by());
    let (own, also): (Vec<TicketId>, _) =
        told.into_iter().partition(|id| *id == decision.ticket.id);
    if !own.is_empty() {
        let via = Channel::Email;
        decision.record(Fact::Replied { text, via, also });
    }
}

/// Records who confirmed that the service is restored.
pub(super) fn confirm_restored(decision: &mut Decision<'_>, by: String) {
    if restored_by(&decision.ticket) != Some(by.as_str()) {
        decision.record(Fact::Restored { by });
    }
}

/// Returns who confirmed that the service is restored.
pub(super) fn restored_by(ticket: &Ticket) -> Option<&str> {
    let (by, _) = ticket.resolution()?.restored.as_ref()?;
    Some(by)
}
