//! How the open tickets stand, counted by priority.

use super::Moment;
use super::priority::Priority;
use super::summary::Summary;
use super::word::State;

/// The standing of the open tickets of one priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) priority: Option<Priority>,
    pub(crate) open: u64,
    pub(crate) overdue: u64,
    pub(crate) at_risk: u64,
    pub(crate) paused: u64,
    pub(crate) resolved: u64,
    pub(crate) unassigned: u64,
}

impl Tally {
    /// Counts the open ones among `rows`, the highest priority first, what
    /// has none last.
    pub(crate) fn of(rows: &[Summary], now: Moment) -> Vec<Self> {
        let mut tallies: Vec<Self> = Vec::new();
        for row in rows.iter().filter(|row| row.is_open()) {
            let priority = row.rating.as_ref().map(|rating| rating.priority);
            let at = tallies
                .iter()
                .position(|tally| tally.priority == priority)
                .unwrap_or_else(|| {
                    tallies.push(Self {
                        priority,
                        open: 0,
                        overdue: 0,
                        at_risk: 0,
                        paused: 0,
                        resolved: 0,
                        unassigned: 0,
                    });
                    tallies.len() - 1
                });
            let tally = &mut tallies[at];
            tally.open += 1;
            tally.overdue += u64::from(row.clocks.is_overdue(now));
            tally.at_risk += u64::from(row.clocks.is_at_risk(now));
            tally.paused += u64::from(row.state == State::Paused);
            tally.resolved += u64::from(row.state == State::Resolved);
            tally.unassigned += u64::from(row.assignee.is_none());
        }
        tallies.sort_by_key(|tally| tally.priority.map_or(u8::MAX, Priority::rank));
        tallies
    }
}
