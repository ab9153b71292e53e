//! Promises by hand: a due time that goes before the targets of the policy.

use super::decision::Decision;
use super::messages;
use crate::domain::Timestamp;
use crate::domain::event::Fact;
use crate::domain::rejection::Rejection;
use crate::domain::sla::clock::Clock;
use crate::domain::vocabulary::ClockName;

/// What is promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PromiseRequest {
    pub(crate) clock: ClockName,
    pub(crate) due: Timestamp,
    pub(crate) reason: String,
    /// A public message to the requester about it.
    pub(crate) message: Option<String>,
}

/// Promises when a clock is due, and tells the requester if there is a message.
///
/// # Errors
/// [`Rejection::NotLater`] if that time has passed, and
/// [`Rejection::ClockNotRunning`] if there is nothing to promise any more.
pub(super) fn promise(
    decision: &mut Decision<'_>,
    request: PromiseRequest,
) -> Result<(), Rejection> {
    let PromiseRequest {
        clock,
        due,
        reason,
        message,
    } = request;
    if due <= decision.at {
        return Err(Rejection::NotLater {
            what: "the promised time",
            at: due,
            now: decision.at,
        });
    }
    if let Some(text) = message {
        // The next public message ends a promise of an update: this one goes before.
        messages::reply(decision, text, None);
    }
    let clocks = decision.ticket.clocks(decision.policy());
    let known = clocks.get(clock);
    // A clock that starts again can be promised before it does.
    let can_start = clock.definition().is_repeating() && decision.ticket.clock_events.has_targets();
    if known.is_none_or(Clock::has_ended) && !can_start {
        return Err(Rejection::ClockNotRunning {
            id: decision.ticket.id,
            clock,
        });
    }
    let in_force = known.is_some_and(|known| known.promised && !known.has_ended());
    let promise = decision.ticket.promises.get(clock);
    let is_known = promise.is_some_and(|known| known.due == due && known.reason == reason);
    if !(in_force && is_known) {
        decision.record(Fact::DuePromised { clock, due, reason });
    }
    Ok(())
}

/// What is withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WithdrawalRequest {
    pub(crate) clock: ClockName,
    pub(crate) reason: String,
    /// A public message to the requester about it.
    pub(crate) message: Option<String>,
}

/// Withdraws the promise of a clock, and tells the requester if there is a message.
///
/// # Errors
/// [`Rejection::NotPromised`] if none is in force.
pub(super) fn withdraw(
    decision: &mut Decision<'_>,
    request: WithdrawalRequest,
) -> Result<(), Rejection> {
    let WithdrawalRequest {
        clock,
        reason,
        message,
    } = request;
    let clocks = decision.ticket.clocks(decision.policy());
    let known = clocks.get(clock);
    if !known.is_some_and(|known| known.promised && !known.has_ended()) {
        let id = decision.ticket.id;
        return Err(Rejection::NotPromised { id, clock });
    }
    decision.record(Fact::PromiseWithdrawn { clock, reason });
    if let Some(text) = message {
        messages::reply(decision, text, None);
    }
    Ok(())
}
