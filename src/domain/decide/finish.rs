//! Resolution, recovery, closure and reopening, with their gates.

use super::super::event::Fact;
use super::super::rejection::Rejection;
use super::super::ticket::{Closure, Status, Ticket};
use super::super::vocabulary::{ClosureCode, Gate, Kind, State, UnknownWord};
use super::decision::Decision;
use super::{ClosingOptions, classify, work};

pub(super) fn resolve(
    deed: &mut Decision<'_>,
    text: String,
    code: Option<ClosureCode>,
    ending: ClosingOptions,
) -> Result<(), Rejection> {
    let ClosingOptions {
        restored_by,
        tell,
        force,
    } = ending;
    let code = code.unwrap_or(match deed.ticket.kind {
        Some(Kind::Request) => ClosureCode::Fulfilled,
        Some(Kind::Incident) | None => ClosureCode::Solved,
    });
    let codes = &deed.policy().closure_codes;
    if !codes.contains(&code) {
        let known = codes.iter().map(|code| code.as_str());
        return Err(UnknownWord::new("closing code", code.as_str(), known).into());
    }
    let first = deed.policy().first_tier();
    let ticket = &deed.ticket;
    let escalated = ticket.kind != Some(Kind::Request) && ticket.tier != *first;
    let missing = [
        (ticket.kind.is_none(), Gate::Identified),
        (ticket.category.is_none(), Gate::Categorized),
        (ticket.rating.is_none(), Gate::Prioritized),
        (
            escalated && !code.needs_no_cause() && !ticket.has_confirmed_cause(),
            Gate::ConfirmedCause,
        ),
    ];
    deed.pass(&missing, force)?;
    deed.push(Fact::Resolved { text, code });
    if let Some(by) = restored_by {
        deed.push(Fact::Restored { by });
    }
    if let Some(text) = tell {
        work::reply(deed, text, None);
    }
    Ok(())
}

pub(super) fn confirm(deed: &mut Decision<'_>, by: String) {
    if restored_by(&deed.ticket) != Some(by.as_str()) {
        deed.push(Fact::Restored { by });
    }
}

pub(super) fn close(
    deed: &mut Decision<'_>,
    satisfaction: Option<u8>,
    comment: Option<String>,
    ending: ClosingOptions,
) -> Result<(), Rejection> {
    let ClosingOptions {
        restored_by: by,
        tell,
        force,
    } = ending;
    if deed.ticket.status.state() == State::Closed {
        let same = tell.is_none()
            && by.is_none_or(|by| restored_by(&deed.ticket) == Some(by.as_str()))
            && says_the_same(&deed.ticket, satisfaction, comment.as_deref());
        return closed_again(&deed.ticket, same);
    }
    if let Some(by) = by {
        confirm(deed, by);
    }
    if let Some(text) = tell {
        work::reply(deed, text, None);
    }
    let missing = [
        (restored_by(&deed.ticket).is_none(), Gate::ServiceRestored),
        (
            !deed.ticket.is_requester_informed(),
            Gate::RequesterInformed,
        ),
    ];
    deed.pass(&missing, force)?;
    deed.push(Fact::Closed {
        satisfaction,
        comment,
    });
    Ok(())
}

/// Closing what is closed changes nothing, unless it would say something new.
fn closed_again(ticket: &Ticket, same: bool) -> Result<(), Rejection> {
    if same {
        Ok(())
    } else {
        Err(Rejection::WrongState {
            id: ticket.id,
            state: State::Closed,
            rule: "its closure is on record already",
            help: format!("reopen {} REASON, then close it anew", ticket.id.0),
        })
    }
}

fn says_the_same(ticket: &Ticket, satisfaction: Option<u8>, comment: Option<&str>) -> bool {
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
        | Status::Closed(Closure::Merged { .. }) => (None, None),
    };
    satisfaction.is_none_or(|s| known.0 == Some(s)) && comment.is_none_or(|c| known.1 == Some(c))
}

/// Reopening is for what came to an end; the targets of today's priority
/// apply from there on.
pub(super) fn reopen(deed: &mut Decision<'_>, reason: String) {
    if matches!(deed.ticket.status.state(), State::Resolved | State::Closed) {
        deed.push(Fact::Reopened { reason });
        deed.set_targets();
        classify::hand_over_at_once(deed);
    }
}

fn restored_by(ticket: &Ticket) -> Option<&str> {
    let (by, _) = ticket.resolution()?.restored.as_ref()?;
    Some(by)
}
