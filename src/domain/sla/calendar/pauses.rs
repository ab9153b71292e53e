//! Open time without pauses.

use chrono::TimeDelta;

use super::super::super::Timestamp;
use super::Calendar;

/// Pauses in order. Those that overlap or touch are merged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Pauses(Vec<(Timestamp, Timestamp)>);

impl Pauses {
    /// Accepts pauses in any order and drops empty ones.
    pub(crate) fn new(mut all: Vec<(Timestamp, Timestamp)>) -> Self {
        all.retain(|(from, to)| from < to);
        all.sort_unstable();
        all.dedup_by(|next, kept| {
            let touches = next.0 <= kept.1;
            if touches {
                kept.1 = kept.1.max(next.1);
            }
            touches
        });
        Self(all)
    }
}

impl Calendar {
    /// The first instant at which `span` of open time outside the pauses has
    /// passed since `from`; `None` past the year 9999.
    pub(crate) fn due(
        &self,
        from: Timestamp,
        span: TimeDelta,
        pauses: &Pauses,
    ) -> Option<Timestamp> {
        let (mut at, mut left) = (from, span);
        for &(begins, ends) in pauses.0.iter().filter(|pause| pause.1 > from) {
            let passed = self.between(at, begins);
            if left <= passed {
                break;
            }
            left -= passed;
            at = at.max(ends);
        }
        self.add(at, left)
    }

    /// The open time between two instants outside the pauses.
    pub(crate) fn elapsed(&self, from: Timestamp, to: Timestamp, pauses: &Pauses) -> TimeDelta {
        let within =
            |pause: &(Timestamp, Timestamp)| self.between(pause.0.max(from), pause.1.min(to));
        let paused: TimeDelta = pauses.0.iter().map(within).sum();
        self.between(from, to) - paused
    }
}
