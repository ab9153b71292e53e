//! Timers: when the desk acts on a ticket automatically, to warn, escalate, end
//! a pause or close. [`super::decide`] decides the events of each action.

use chrono::TimeDelta;

use super::Timestamp;
use super::breach::DueWarning;
use super::people::Tier;
use super::policy::BREACH;
use super::policy::versions::PolicyHistory;
use super::sla::calendar::Calendar;
use super::sla::level::Level;
use super::sla::stopwatch::ClockRun;
use super::ticket::{Status, Ticket};
use super::time::working_span::WorkingSpan;
use super::vocabulary::ClockName;

/// An action that the desk takes by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TimerAction {
    /// Ends a pause whose end is reached.
    Wake,
    /// Warns that a clock has reached a level, with the percentage of the target
    /// that is used up then.
    Warn {
        clock: ClockName,
        level: Level,
        percent: u16,
    },
    /// Warns that the notification of a breach is due soon, or overdue.
    WarnOfNotification(DueWarning),
    /// Escalates a ticket that nobody has taken for this long.
    EscalateUnassigned { after: WorkingSpan, to: Tier },
    /// Closes a ticket that has been resolved for the auto-close delay.
    Close,
}

/// The next action on a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TimerDue {
    /// When the action is due: the time of its events.
    pub(crate) at: Timestamp,
    /// From when on the action can be taken. A target is missed only after its
    /// due time, so a breach is actionable one millisecond later.
    pub(crate) actionable_at: Timestamp,
    pub(crate) action: TimerAction,
}

/// Returns the next action on a ticket if nothing else happens. Of actions due
/// at the same time, waking comes first, and a lower percentage before a higher
/// one.
pub(crate) fn next_timer(ticket: &Ticket, policies: &PolicyHistory) -> Option<TimerDue> {
    let warnings = warnings(ticket, policies).chain(notifications(ticket));
    match &ticket.status {
        Status::Closed(_) => earliest(warnings),
        Status::Paused { until, .. } => {
            let wake = until.map(|at| timer(at, TimerAction::Wake));
            let unassigned = unassigned(ticket, policies);
            earliest(wake.into_iter().chain(warnings).chain(unassigned))
        }
        Status::Resolved(_) => {
            // A request that nobody answered yet, a message that waits for an answer,
            // and an open breach of personal data keep the ticket open.
            let owed = ticket.owed_since().or(ticket.requester_owed_since());
            let after = policies
                .auto_close
                .filter(|_| owed.is_none() && !ticket.has_open_breach());
            let close = after
                .and_then(|after| quiet_since(ticket)?.checked_add_signed(after))
                .map(|at| timer(at, TimerAction::Close));
            earliest(close.into_iter().chain(warnings))
        }
        Status::New | Status::Active => earliest(warnings.chain(unassigned(ticket, policies))),
    }
}

const fn timer(at: Timestamp, action: TimerAction) -> TimerDue {
    TimerDue {
        at,
        actionable_at: at,
        action,
    }
}

/// Returns the levels of notifications that are to be told. They do not depend on
/// the status of the ticket.
fn notifications(ticket: &Ticket) -> Vec<TimerDue> {
    let breach = ticket.breach.iter();
    let due = breach.flat_map(|breach| breach.due_warnings());
    let timer = |warning: DueWarning| {
        let late = TimeDelta::milliseconds(i64::from(warning.before.is_none()));
        TimerDue {
            at: warning.at,
            actionable_at: warning.at.checked_add_signed(late).unwrap_or(warning.at),
            action: TimerAction::WarnOfNotification(warning),
        }
    };
    due.map(timer).collect()
}

/// Returns since when nobody has written about a resolved ticket.
pub(super) fn quiet_since(ticket: &Ticket) -> Option<Timestamp> {
    let Status::Resolved(resolution) = &ticket.status else {
        return None;
    };
    let last_message = ticket.messages.last().map(|message| message.at);
    Some(resolution.at.max(last_message.unwrap_or(resolution.at)))
}

/// Returns the rules for unassigned tickets that apply to a ticket. The time
/// counts on the calendar of the response target, and without one around the
/// clock.
fn unassigned(ticket: &Ticket, policies: &PolicyHistory) -> impl Iterator<Item = TimerDue> {
    let target = ticket.clock_events.target(ClockName::Response);
    let calendar = target.map_or(&Calendar::Always, |target| target.calendar(policies));
    let rules = policies.unassigned_rules.iter();
    let rules =
        rules.filter(|rule| ticket.assignee.is_none() && policies.applies_at(rule, &ticket.tier));
    let waits_now = matches!(ticket.status, Status::New | Status::Active);
    let present = waits_now.then_some((ticket.unassigned_since, Timestamp::MAX_UTC));
    rules.filter_map(move |rule| {
        let due = |(since, until): (Timestamp, Timestamp)| {
            let at = match rule.after {
                WorkingSpan::Time(time) => calendar.add(since, time),
                WorkingSpan::Days(days) => calendar.add_days(since, days, false),
            };
            at.filter(|at| *at < until)
        };
        let mut waits = ticket.earlier_waits.iter().copied().chain(present);
        let at = waits.find_map(due)?;
        Some(TimerDue {
            at,
            actionable_at: at,
            action: TimerAction::EscalateUnassigned {
                after: rule.after,
                to: rule.to.clone(),
            },
        })
    })
}

fn earliest(all: impl Iterator<Item = TimerDue>) -> Option<TimerDue> {
    // `min_by_key` returns the first of equals.
    all.min_by_key(|due| due.actionable_at)
}

/// Returns the levels without a warning that clocks reach or, before they were
/// stopped too late, have reached. A level warns once, and again only if it has
/// moved to a later time since.
fn warnings(ticket: &Ticket, policies: &PolicyHistory) -> impl Iterator<Item = TimerDue> {
    let mut all = Vec::new();
    for (clock, run) in reportable_runs(ticket, policies) {
        // Of a closed ticket only a breach is news.
        let levels = match ticket.status {
            Status::Closed(_) => vec![Level::BREACH],
            Status::New | Status::Active | Status::Paused { .. } | Status::Resolved(_) => {
                policies.levels(clock)
            }
        };
        let levels = levels.into_iter();
        let reached = |level| Some((level, run.level_reached(level, policies)?));
        let reached = levels
            .filter_map(reached)
            .map(|(level, (percent, at))| (level, (percent, run.told_at(level, at, policies))));
        let missed = run.missed_before().iter();
        let missed = missed.map(|due| (Level::BREACH, (BREACH, *due)));
        for (level, (percent, at)) in missed.chain(reached) {
            let warned = ticket
                .warnings
                .iter()
                .find(|warned| (warned.clock, warned.level) == (clock, level));
            if is_reportable(ticket, &run, at) && warned.is_none_or(|warned| at > warned.at) {
                let late = if level == Level::BREACH { 1 } else { 0 };
                let actionable_at = at.checked_add_signed(TimeDelta::milliseconds(late));
                all.push(TimerDue {
                    at,
                    actionable_at: actionable_at.unwrap_or(at),
                    action: TimerAction::Warn {
                        clock,
                        level,
                        percent,
                    },
                });
            }
        }
    }
    all.into_iter()
}

/// Returns the last time up to `now` at which a clock reached a level that is
/// reported.
pub(super) fn level_reached_by(
    ticket: &Ticket,
    clock: ClockName,
    level: Level,
    now: Timestamp,
    policies: &PolicyHistory,
) -> Option<Timestamp> {
    let runs = reportable_runs(ticket, policies);
    let runs = runs.into_iter().filter(|(name, _)| *name == clock);
    let reached = runs.flat_map(|(_, run)| {
        let missed = run.missed_before().iter().copied();
        let missed = missed.filter(|_| level == Level::BREACH);
        let reached = run.level_reached(level, policies);
        let reached = reached.map(|(_, at)| run.told_at(level, at, policies));
        let times = missed.chain(reached);
        let times = times.filter(|at| *at <= now && is_reportable(ticket, &run, *at));
        times.collect::<Vec<_>>()
    });
    reached.max()
}

/// Returns the runs of the clocks that were not stopped in time. A merged ticket
/// has none.
fn reportable_runs(ticket: &Ticket, policies: &PolicyHistory) -> Vec<(ClockName, ClockRun)> {
    if ticket.merged_into().is_some() {
        return Vec::new();
    }
    let runs = ticket.clock_events.all_runs(policies).into_iter();
    runs.filter(|(_, run)| {
        run.ended()
            .is_none_or(|end| run.is_missed_at(end, policies))
    })
    .collect()
}

/// Returns whether a clock reached a level before it ended. What an ended clock
/// had reached before the ticket was imported is not news.
fn is_reportable(ticket: &Ticket, run: &ClockRun, reached: Timestamp) -> bool {
    run.ended().is_none_or(|end| {
        reached < end && ticket.imported.is_none_or(|imported| reached >= imported)
    })
}
