//! The reckoning of a clock, line by line: which stretch of time counted, why
//! another one did not, and what the sum is. To be checked by hand.

use chrono::TimeDelta;

use super::calendar::SegmentKind;
use super::clock::{Clock, ClockReading};
use super::stopwatch::{ClockRun, PauseKind};
use super::target::SlaTarget;
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact};
use crate::domain::people::Actor;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::ClockName;

/// Why a stretch of time counted or did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reason {
    Counted,
    /// Outside the opening hours of the calendar.
    Closed,
    /// On a holiday, with its name if it has one.
    Holiday(Option<String>),
    /// In a break of the calendar.
    Break,
    /// The ticket waited for somebody.
    Paused,
    /// No update was asked for: the ticket was paused or resolved.
    Suspended,
    /// Between its end and a reopening.
    Stopped,
}

/// A stretch of time, half-open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ExplainedInterval {
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
    pub(crate) reason: Reason,
    /// How much of it counted: all or nothing.
    pub(crate) counted: TimeDelta,
    /// Working time in it that a pause left out.
    pub(crate) paused: TimeDelta,
    /// What has counted from the start of the clock to its end.
    pub(crate) total: TimeDelta,
    /// Whether its end is the due time of the clock.
    pub(crate) due: bool,
    /// Whether it lies ahead: so it will be if nothing happens.
    pub(crate) ahead: bool,
}

/// A promise with where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TargetAssignment {
    pub(crate) at: Timestamp,
    pub(crate) by: Actor,
    pub(crate) target: SlaTarget,
    /// The conditions of the target in the policy, such as `P2`.
    pub(crate) conditions: Option<String>,
}

/// The reckoning of one clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClockExplanation {
    pub(crate) name: ClockName,
    pub(crate) clock: Clock,
    pub(crate) reading: ClockReading,
    /// Every promise made for it, the last one in force.
    pub(crate) targets: Vec<TargetAssignment>,
    pub(crate) intervals: Vec<ExplainedInterval>,
}

impl ClockExplanation {
    /// The reckoning of a clock as of `now`; `None` where nothing was promised
    /// or awaited.
    pub(crate) fn new(
        name: ClockName,
        ticket: &Ticket,
        history: &[Event],
        now: Timestamp,
        policies: &PolicyHistory,
    ) -> Option<Self> {
        let runs = ticket.clock_events.runs(policies);
        let run = runs.get(name)?;
        let clock = run.clock(policies);
        let reading = clock.read_at(now, policies);
        Some(Self {
            name,
            intervals: lines(run, &clock, now, policies),
            clock,
            reading,
            targets: promises(name, history, policies),
        })
    }
}

fn lines(
    run: &ClockRun,
    clock: &Clock,
    now: Timestamp,
    policies: &PolicyHistory,
) -> Vec<ExplainedInterval> {
    let mut lines = Lines {
        all: Vec::new(),
        total: TimeDelta::zero(),
        due: clock.due,
    };
    for stretch in run.intervals() {
        let to = stretch.to.unwrap_or(now);
        let calendar = stretch.calendar(policies);
        match stretch.pause {
            None => lines.add_pieces(calendar.segments(stretch.from, to), false),
            Some(hold) => {
                let paused = match hold {
                    PauseKind::Paused | PauseKind::Suspended => calendar.between(stretch.from, to),
                    PauseKind::Stopped => TimeDelta::zero(),
                };
                let why = match hold {
                    PauseKind::Paused => Reason::Paused,
                    PauseKind::Suspended => Reason::Suspended,
                    PauseKind::Stopped => Reason::Stopped,
                };
                lines.add(stretch.from, to, why, false, paused);
            }
        }
    }
    if run.is_running()
        && let Some(due) = clock.due.filter(|due| *due > now)
    {
        let calendar = clock.target.calendar(policies);
        lines.add_pieces(calendar.segments(now, due), true);
    }
    lines.all
}

struct Lines {
    all: Vec<ExplainedInterval>,
    total: TimeDelta,
    due: Option<Timestamp>,
}

impl Lines {
    fn add_pieces(&mut self, pieces: Vec<super::calendar::Segment>, ahead: bool) {
        for piece in pieces {
            let why = match piece.kind {
                SegmentKind::Open => Reason::Counted,
                SegmentKind::Closed => Reason::Closed,
                SegmentKind::Holiday(name) => Reason::Holiday(name),
                SegmentKind::Break => Reason::Break,
            };
            // The due time ends a line, so that it can be seen in the sum.
            let inside = |due: &Timestamp| piece.from < *due && *due < piece.to;
            if why == Reason::Counted
                && let Some(cut) = self.due.filter(inside)
            {
                self.add(piece.from, cut, why.clone(), ahead, TimeDelta::zero());
                self.add(cut, piece.to, why, ahead, TimeDelta::zero());
            } else {
                self.add(piece.from, piece.to, why, ahead, TimeDelta::zero());
            }
        }
    }

    fn add(&mut self, from: Timestamp, to: Timestamp, why: Reason, ahead: bool, paused: TimeDelta) {
        if to <= from {
            return;
        }
        let why_counts = why == Reason::Counted;
        let counted = if why_counts {
            to - from
        } else {
            TimeDelta::zero()
        };
        self.total += counted;
        self.all.push(ExplainedInterval {
            from,
            to,
            reason: why,
            counted,
            paused,
            total: self.total,
            due: why_counts && self.due == Some(to),
            ahead,
        });
    }
}

/// Every promise made for a clock, with the target that the policy of its day
/// took it from.
fn promises(name: ClockName, history: &[Event], policies: &PolicyHistory) -> Vec<TargetAssignment> {
    let mut made = Vec::new();
    let Some(mut ticket) = history
        .first()
        .and_then(|first| Ticket::replay(std::slice::from_ref(first)))
    else {
        return made;
    };
    for event in &history[1..] {
        if let Fact::TargetSet {
            clock,
            target: promise,
        } = &event.fact
            && *clock == name
        {
            let policy = policies.version(promise.policy_version);
            let target = policy.target_rule(name, &ticket.facts());
            made.push(TargetAssignment {
                at: event.at,
                by: event.actor.clone(),
                target: promise.clone(),
                conditions: target.map(crate::domain::policy::TargetRule::conditions),
            });
        }
        ticket.apply(event);
    }
    made
}
