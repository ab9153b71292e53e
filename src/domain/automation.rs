//! What the desk does by itself as time passes: it warns, escalates, wakes
//! and closes. Says what comes next for a ticket; doing it is `decide`'s.

use chrono::TimeDelta;

use super::Timestamp;
use super::policy::BREACH;
use super::policy::versions::PolicyHistory;
use super::ticket::{Status, Ticket};
use super::vocabulary::ClockName;

/// Something to do by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimerAction {
    /// The time for which a ticket waits at most is over.
    Wake,
    /// A clock has used up this percentage of its target.
    Warn { clock: ClockName, percent: u16 },
    /// It has been resolved for long enough.
    Close,
}

/// The next thing to do about a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TimerDue {
    /// When it was due: the time that its events carry.
    pub(crate) at: Timestamp,
    /// From when on it is to be done. A target is missed only after its due
    /// time, so a breach is ripe one millisecond later.
    pub(crate) actionable_at: Timestamp,
    pub(crate) action: TimerAction,
}

/// What comes next for a ticket if nothing else happens; of things due at the
/// same time, waking comes first and the lower percentage before the higher.
pub(crate) fn next_timer(ticket: &Ticket, policies: &PolicyHistory) -> Option<TimerDue> {
    let plain = |at, act| TimerDue {
        at,
        actionable_at: at,
        action: act,
    };
    match &ticket.status {
        Status::Closed(_) => None,
        Status::Paused { until, .. } => {
            let wake = until.map(|at| plain(at, TimerAction::Wake));
            earliest(wake.into_iter().chain(warnings(ticket, policies)))
        }
        Status::Resolved(resolution) => {
            let said = ticket.messages.last().map_or(resolution.at, |m| m.at);
            let quiet = resolution.at.max(said);
            let close = policies
                .auto_close
                .and_then(|after| quiet.checked_add_signed(after))
                .map(|at| plain(at, TimerAction::Close));
            earliest(close.into_iter().chain(warnings(ticket, policies)))
        }
        Status::New | Status::Active => earliest(warnings(ticket, policies)),
    }
}

fn earliest(all: impl Iterator<Item = TimerDue>) -> Option<TimerDue> {
    // Of equals, `min_by_key` takes the first one it meets.
    all.min_by_key(|due| due.actionable_at)
}

/// The levels that running clocks have not reached yet, or reached without
/// anybody being warned. Each warns once, and again only if it has since moved
/// to a later time than the warning's.
fn warnings(ticket: &Ticket, policies: &PolicyHistory) -> impl Iterator<Item = TimerDue> {
    let mut all = Vec::new();
    for (clock, run) in ticket.clock_events.running(policies).iter() {
        let levels = policies.levels(clock).into_iter();
        let reached = |percent| Some((percent, run.percent_used_at(percent, policies)?));
        for (percent, at) in levels.filter_map(reached) {
            let warned = ticket
                .warnings
                .iter()
                .find(|warned| (warned.clock, warned.percent) == (clock, percent));
            if warned.is_none_or(|warned| at > warned.at) {
                let late = if percent == BREACH { 1 } else { 0 };
                let ripe = at.checked_add_signed(TimeDelta::milliseconds(late));
                all.push(TimerDue {
                    at,
                    actionable_at: ripe.unwrap_or(at),
                    action: TimerAction::Warn { clock, percent },
                });
            }
        }
    }
    all.into_iter()
}
