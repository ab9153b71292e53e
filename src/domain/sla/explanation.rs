//! The explanation of a clock, interval by interval: which time counted, why
//! other time did not, and the running total, so that anybody can check a due
//! time by hand.

use chrono::TimeDelta;

use super::calendar::{Segment, SegmentKind};
use super::clock::{Clock, ClockReading};
use super::stopwatch::{ClockRun, PauseKind};
use super::target::SlaTarget;
use super::whole_seconds::SecondsTotal;
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact};
use crate::domain::people::Actor;
use crate::domain::policy::TargetRule;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::ClockName;

/// Why an interval counted or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reason {
    Counted,
    /// Outside the opening hours of the calendar.
    Closed,
    /// On a holiday, with its name if it has one.
    Holiday(Option<String>),
    /// In a break of the calendar.
    Break,
    /// The ticket was paused.
    Paused,
    /// No update was required: the ticket was paused or resolved.
    Suspended,
    /// Between the end of the clock and a reopening.
    Stopped,
}

/// An interval of a clock, half-open. Its spans are in whole seconds and add up
/// to those of the reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ExplainedInterval {
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
    pub(crate) reason: Reason,
    /// The time that counted: all of the interval, or none. It is cut so that the
    /// intervals add up, and may be a second longer or shorter than their times say.
    pub(crate) counted: TimeDelta,
    /// The working time in it that did not count because of a pause.
    pub(crate) paused: TimeDelta,
    /// The time counted from the start of the clock to the end of the interval.
    pub(crate) total: TimeDelta,
    /// Whether the interval ends at the due time of the clock.
    pub(crate) due: bool,
    /// Whether the interval is in the future: a forecast if nothing happens.
    pub(crate) ahead: bool,
}

/// An SLA target with when and by whom it was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TargetAssignment {
    pub(crate) at: Timestamp,
    pub(crate) by: Actor,
    pub(crate) target: SlaTarget,
    /// The conditions of the rule in the policy, such as `P2`.
    pub(crate) conditions: Option<String>,
}

/// The explanation of one clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClockExplanation {
    pub(crate) name: ClockName,
    pub(crate) clock: Clock,
    pub(crate) reading: ClockReading,
    /// Every target set for the clock; the last one is in force.
    pub(crate) targets: Vec<TargetAssignment>,
    /// Every due time that was promised by hand, and every withdrawal.
    pub(crate) promises: Vec<PromiseStep>,
    pub(crate) intervals: Vec<ExplainedInterval>,
}

/// A due time that was promised by hand, or its withdrawal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PromiseStep {
    pub(crate) at: Timestamp,
    pub(crate) by: Actor,
    /// Absent for a withdrawal.
    pub(crate) due: Option<Timestamp>,
    pub(crate) reason: String,
}

impl ClockExplanation {
    /// Explains a clock as of `now`; `None` if the ticket does not have it.
    pub(crate) fn new(
        name: ClockName,
        ticket: &Ticket,
        history: &[Event],
        now: Timestamp,
        policies: &PolicyHistory,
    ) -> Option<Self> {
        let runs = ticket.clone().at(now).clock_events.runs(policies);
        let run = runs.get(name)?;
        let clock = run.clock(policies);
        let reading = clock.read_at(now, policies);
        Some(Self {
            name,
            intervals: intervals(run, &clock, now, policies),
            clock,
            reading,
            targets: targets(name, history, policies),
            promises: promises(name, history),
        })
    }
}

fn intervals(
    run: &ClockRun,
    clock: &Clock,
    now: Timestamp,
    policies: &PolicyHistory,
) -> Vec<ExplainedInterval> {
    let mut list = IntervalList {
        intervals: Vec::new(),
        total: SecondsTotal::zero(),
        paused: SecondsTotal::zero(),
        due: clock.due,
    };
    let run = run.expected();
    for interval in run.intervals() {
        let from = interval.from;
        let to = interval.to.unwrap_or(now.max(from));
        let calendar = interval.calendar(policies);
        let reason = match interval.pause {
            None => {
                list.add_segments(calendar.segments(from, to), false);
                continue;
            }
            Some(PauseKind::Paused) => Reason::Paused,
            Some(PauseKind::Suspended) => Reason::Suspended,
            Some(PauseKind::Stopped) => Reason::Stopped,
        };
        let paused = |from, to| match interval.pause {
            Some(PauseKind::Paused | PauseKind::Suspended) => calendar.between(from, to),
            Some(PauseKind::Stopped) | None => TimeDelta::zero(),
        };
        // A pause that ends by itself lasts beyond now.
        let passed = to.min(now);
        list.add(from, passed, reason.clone(), false, paused(from, passed));
        if clock.due > Some(now) {
            list.add(passed, to, reason, true, paused(passed, to));
        }
    }
    let runs_from = run
        .intervals()
        .last()
        .map_or(now, |last| last.from.max(now));
    if run.is_running()
        && let Some(due) = clock.due.filter(|due| *due > runs_from)
    {
        let calendar = clock.target.calendar(policies);
        list.add_segments(calendar.segments(runs_from, due), true);
    }
    list.intervals
}

/// Intervals in order, with the running total.
struct IntervalList {
    intervals: Vec<ExplainedInterval>,
    total: SecondsTotal,
    paused: SecondsTotal,
    due: Option<Timestamp>,
}

impl IntervalList {
    fn add_segments(&mut self, segments: Vec<Segment>, ahead: bool) {
        for Segment { from, to, kind } in segments {
            let reason = match kind {
                SegmentKind::Open => Reason::Counted,
                SegmentKind::Closed => Reason::Closed,
                SegmentKind::Holiday(name) => Reason::Holiday(name),
                SegmentKind::Break => Reason::Break,
            };
            // The due time ends an interval, so that it shows in the total.
            let cut = self
                .due
                .filter(|due| reason == Reason::Counted && from < *due && *due < to);
            let from = cut.map_or(from, |cut| {
                self.add(from, cut, reason.clone(), ahead, TimeDelta::zero());
                cut
            });
            self.add(from, to, reason, ahead, TimeDelta::zero());
        }
    }

    fn add(
        &mut self,
        from: Timestamp,
        to: Timestamp,
        reason: Reason,
        ahead: bool,
        paused: TimeDelta,
    ) {
        if to <= from {
            return;
        }
        let counts = reason == Reason::Counted;
        let counted = if counts { to - from } else { TimeDelta::zero() };
        self.intervals.push(ExplainedInterval {
            from,
            to,
            reason,
            counted: self.total.add(counted),
            paused: self.paused.add(paused),
            total: self.total.get(),
            due: counts && self.due == Some(to),
            ahead,
        });
    }
}

/// Every target set for a clock, with the rule it came from in the policy of
/// that day.
fn targets(name: ClockName, history: &[Event], policies: &PolicyHistory) -> Vec<TargetAssignment> {
    let mut targets = Vec::new();
    let Some(mut ticket) = history
        .first()
        .and_then(|first| Ticket::replay(std::slice::from_ref(first)))
    else {
        return targets;
    };
    for event in &history[1..] {
        if let Fact::TargetSet { clock, target } = &event.fact
            && *clock == name
        {
            let policy = policies.version(target.policy_version);
            let rule = policy.target_rule(name, &ticket.facts());
            targets.push(TargetAssignment {
                at: event.at,
                by: event.actor.clone(),
                target: target.clone(),
                conditions: rule.map(TargetRule::conditions),
            });
        }
        ticket.apply(event);
    }
    targets
}

/// Every promise for a clock, and every withdrawal.
fn promises(name: ClockName, history: &[Event]) -> Vec<PromiseStep> {
    let step = |event: &Event| {
        let (clock, due, reason) = if let Fact::DuePromised { clock, due, reason } = &event.fact {
            (clock, Some(*due), reason)
        } else if let Fact::PromiseWithdrawn { clock, reason } = &event.fact {
            (clock, None, reason)
        } else {
            return None;
        };
        (*clock == name).then(|| PromiseStep {
            at: event.at,
            by: event.actor.clone(),
            due,
            reason: reason.clone(),
        })
    };
    history.iter().filter_map(step).collect()
}
