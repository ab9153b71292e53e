//! Everything a desk decides for itself. Only the built-in policy exists so
//! far; it is version 1, and every promise says which version made it.

use chrono::TimeDelta;

use super::people::Tier;
use super::priority::{Matrix, Priority};
use super::sla::calendar::{ALWAYS, Calendar};
use super::sla::promise::Promise;
use super::word::{ClockName, Gate};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Policy {
    pub(crate) version: u32,
    pub(crate) matrix: Matrix,
    /// Support lines, from the first.
    pub(crate) tiers: Vec<Tier>,
    /// The share of a target after which a clock is at risk.
    pub(crate) warn_percent: u8,
    /// Gates that are switched on.
    pub(crate) gates: Vec<Gate>,
    /// Priorities that go to a tier at once.
    pub(crate) at_once: Vec<(Priority, Tier)>,
    /// Targets by priority; the first row is for what is not yet prioritised.
    targets: Vec<Targets>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Targets {
    priority: Option<Priority>,
    response: TimeDelta,
    resolution: TimeDelta,
    cadence: Option<TimeDelta>,
}

static ROUND_THE_CLOCK: Calendar = Calendar::Always;

impl Policy {
    /// The policy of a fresh desk: first response in 1 to 3 hours, resolution
    /// in 24 hours, round the clock.
    pub(crate) fn built_in() -> Self {
        let names = |list: [&str; 3]| list.map(str::to_owned).to_vec();
        let targets = |rank: Option<u8>, response, resolution, cadence: Option<i64>| Targets {
            priority: rank.map(Priority::of),
            response: TimeDelta::hours(response),
            resolution: TimeDelta::hours(resolution),
            cadence: cadence.map(TimeDelta::hours),
        };
        let tier = |name| Tier::recorded(name);
        Self {
            version: 1,
            matrix: Matrix {
                impact: names(["high", "medium", "low"]),
                urgency: names(["high", "medium", "low"]),
                cells: vec![vec![1, 2, 3], vec![2, 3, 4], vec![3, 4, 4]],
            },
            tiers: vec![tier("L1"), tier("L2"), tier("L3")],
            warn_percent: 75,
            gates: Gate::ALL.to_vec(),
            at_once: vec![(Priority::of(1), tier("L3"))],
            targets: vec![
                targets(None, 3, 24, None),
                targets(Some(1), 1, 4, Some(1)),
                targets(Some(2), 2, 8, None),
                targets(Some(3), 3, 24, None),
                targets(Some(4), 3, 24, None),
            ],
        }
    }

    /// What is promised for a clock of a ticket of this priority.
    pub(crate) fn promise(&self, clock: ClockName, priority: Option<Priority>) -> Promise {
        let row = self
            .targets
            .iter()
            .find(|row| row.priority == priority)
            .unwrap_or(&self.targets[0]);
        let (target, cadence) = match clock {
            ClockName::Response => (row.response, None),
            ClockName::Update => (row.response, row.cadence),
            ClockName::Resolution => (row.resolution, None),
        };
        Promise {
            target,
            cadence,
            calendar: ALWAYS.to_owned(),
            policy: self.version,
        }
    }

    /// The calendar of that name; one that is gone counts round the clock.
    #[expect(
        clippy::unused_self,
        reason = "calendars come from the policy document"
    )]
    pub(crate) fn calendar(&self, _name: &str) -> &Calendar {
        &ROUND_THE_CLOCK
    }

    pub(crate) fn requires(&self, gate: Gate) -> bool {
        self.gates.contains(&gate)
    }

    /// The line that takes new tickets.
    pub(crate) fn first_tier(&self) -> &Tier {
        &self.tiers[0]
    }

    /// The place of a tier among the lines; an unknown one counts as first.
    pub(crate) fn tier_rank(&self, tier: &Tier) -> usize {
        self.tiers.iter().position(|t| t == tier).unwrap_or(0)
    }

    /// The tier that must take a ticket of this priority at once.
    pub(crate) fn tier_at_once(&self, priority: Priority) -> Option<&Tier> {
        self.at_once
            .iter()
            .find(|(p, _)| *p == priority)
            .map(|(_, tier)| tier)
    }
}
