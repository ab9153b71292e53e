//! The reckoning of a clock, line by line: which stretch of time counted, why
//! another one did not, and what the sum is. To be checked by hand.

use chrono::TimeDelta;

use super::calendar::Kind;
use super::clock::{Clock, Reading};
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
pub(crate) enum Why {
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
    Off,
    /// Between its end and a reopening.
    Ended,
}

/// A stretch of time, half-open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
    pub(crate) why: Why,
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
pub(crate) struct Made {
    pub(crate) at: Timestamp,
    pub(crate) by: Actor,
    pub(crate) promise: SlaTarget,
    /// The conditions of the target in the policy, such as `P2`.
    pub(crate) target_of: Option<String>,
}

/// The reckoning of one clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ledger {
    pub(crate) name: ClockName,
    pub(crate) clock: Clock,
    pub(crate) reading: Reading,
    /// Every promise made for it, the last one in force.
    pub(crate) promises: Vec<Made>,
    pub(crate) lines: Vec<Line>,
}

impl Ledger {
    /// The reckoning of a clock as of `now`; `None` where nothing was promised
    /// or awaited.
    pub(crate) fn of(
        name: ClockName,
        ticket: &Ticket,
        history: &[Event],
        now: Timestamp,
        policies: &PolicyHistory,
    ) -> Option<Self> {
        let run = ticket.marks.run(name, policies)?;
        let clock = run.clock(policies);
        let reading = clock.at(now, policies);
        Some(Self {
            name,
            lines: lines(&run, &clock, now, policies),
            clock,
            reading,
            promises: promises(name, history, policies),
        })
    }
}

fn lines(run: &ClockRun, clock: &Clock, now: Timestamp, policies: &PolicyHistory) -> Vec<Line> {
    let mut lines = Lines {
        all: Vec::new(),
        total: TimeDelta::zero(),
        due: clock.due,
    };
    for stretch in run.stretches() {
        let to = stretch.to.unwrap_or(now);
        let calendar = stretch.calendar(policies);
        match stretch.hold {
            None => lines.add_pieces(calendar.pieces(stretch.from, to), false),
            Some(hold) => {
                let paused = match hold {
                    PauseKind::Paused | PauseKind::Off => calendar.between(stretch.from, to),
                    PauseKind::Ended => TimeDelta::zero(),
                };
                let why = match hold {
                    PauseKind::Paused => Why::Paused,
                    PauseKind::Off => Why::Off,
                    PauseKind::Ended => Why::Ended,
                };
                lines.add(stretch.from, to, why, false, paused);
            }
        }
    }
    if run.is_running()
        && let Some(due) = clock.due.filter(|due| *due > now)
    {
        let calendar = clock.promise.calendar(policies);
        lines.add_pieces(calendar.pieces(now, due), true);
    }
    lines.all
}

struct Lines {
    all: Vec<Line>,
    total: TimeDelta,
    due: Option<Timestamp>,
}

impl Lines {
    fn add_pieces(&mut self, pieces: Vec<super::calendar::Piece>, ahead: bool) {
        for piece in pieces {
            let why = match piece.kind {
                Kind::Open => Why::Counted,
                Kind::Closed => Why::Closed,
                Kind::Holiday(name) => Why::Holiday(name),
                Kind::Break => Why::Break,
            };
            // The due time ends a line, so that it can be seen in the sum.
            let inside = |due: &Timestamp| piece.from < *due && *due < piece.to;
            if why == Why::Counted
                && let Some(cut) = self.due.filter(inside)
            {
                self.add(piece.from, cut, why.clone(), ahead, TimeDelta::zero());
                self.add(cut, piece.to, why, ahead, TimeDelta::zero());
            } else {
                self.add(piece.from, piece.to, why, ahead, TimeDelta::zero());
            }
        }
    }

    fn add(&mut self, from: Timestamp, to: Timestamp, why: Why, ahead: bool, paused: TimeDelta) {
        if to <= from {
            return;
        }
        let why_counts = why == Why::Counted;
        let counted = if why_counts {
            to - from
        } else {
            TimeDelta::zero()
        };
        self.total += counted;
        self.all.push(Line {
            from,
            to,
            why,
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
fn promises(name: ClockName, history: &[Event], policies: &PolicyHistory) -> Vec<Made> {
    let mut made = Vec::new();
    let Some(mut ticket) = history
        .first()
        .and_then(|first| Ticket::replay(std::slice::from_ref(first)))
    else {
        return made;
    };
    for event in &history[1..] {
        if let Fact::Promised { clock, promise } = &event.fact
            && *clock == name
        {
            let policy = policies.version(promise.policy);
            let target = policy.basis(name, &ticket.subject());
            made.push(Made {
                at: event.at,
                by: event.actor.clone(),
                promise: promise.clone(),
                target_of: target.map(crate::domain::policy::Target::conditions),
            });
        }
        ticket.apply(event);
    }
    made
}
