//! Open tickets, counted by group.

use std::collections::BTreeMap;

use super::Timestamp;
use super::priority::Priority;
use super::summary::Summary;
use super::vocabulary::{Grouping, State};

/// The key of a group of tickets. Keys sort in display order: the highest
/// priority first, names alphabetically, tickets without a key last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum GroupKey {
    Priority(Priority),
    /// A tier, an assignee or a category.
    Named(String),
    None,
}

impl GroupKey {
    /// Returns the group of a ticket.
    fn new(row: &Summary, by: Grouping) -> Self {
        let named = match by {
            Grouping::Priority => {
                let rating = row.rating.as_ref();
                return rating.map_or(Self::None, |rating| Self::Priority(rating.priority));
            }
            Grouping::Tier => Some(row.tier.as_str()),
            Grouping::Assignee => row.assignee.as_ref().map(|agent| agent.as_str()),
            Grouping::Category => row.category.as_ref().map(|category| category.as_str()),
        };
        named.map_or(Self::None, |name| Self::Named(name.to_owned()))
    }

    /// Returns the name, or `None` for tickets without a key.
    pub(crate) fn name(&self) -> Option<String> {
        match self {
            Self::Priority(priority) => Some(priority.to_string()),
            Self::Named(name) => Some(name.clone()),
            Self::None => None,
        }
    }
}

/// Counts of open tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct GroupCount {
    pub(crate) open: u64,
    pub(crate) overdue: u64,
    pub(crate) at_risk: u64,
    pub(crate) paused: u64,
    pub(crate) resolved: u64,
    pub(crate) unassigned: u64,
    /// The earliest due time of their clocks, past or future.
    pub(crate) first_due: Option<Timestamp>,
}

impl GroupCount {
    fn add(&mut self, row: &Summary, now: Timestamp) {
        let due = row.clocks.next_due();
        self.open += 1;
        self.overdue += u64::from(row.clocks.is_overdue(now));
        self.at_risk += u64::from(row.clocks.is_at_risk(now));
        self.paused += u64::from(row.state_at(now) == State::Paused);
        self.resolved += u64::from(row.state == State::Resolved);
        self.unassigned += u64::from(row.assignee.is_none());
        self.first_due = self.first_due.into_iter().chain(due).min();
    }
}

/// Counts of open tickets by group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GroupCounts {
    pub(crate) by: Grouping,
    /// In display order, without empty groups.
    pub(crate) groups: Vec<(GroupKey, GroupCount)>,
}

impl GroupCounts {
    /// Counts the open tickets among `rows`.
    pub(crate) fn count<'a>(
        rows: impl IntoIterator<Item = &'a Summary>,
        by: Grouping,
        now: Timestamp,
    ) -> Self {
        let mut groups: BTreeMap<GroupKey, GroupCount> = BTreeMap::new();
        for row in rows.into_iter().filter(|row| row.is_open()) {
            groups
                .entry(GroupKey::new(row, by))
                .or_default()
                .add(row, now);
        }
        Self {
            by,
            groups: groups.into_iter().collect(),
        }
    }

    /// Returns the counts of all groups together.
    pub(crate) fn total(&self) -> GroupCount {
        let all = || self.groups.iter().map(|(_, counts)| counts);
        let sum = |part: fn(&GroupCount) -> u64| all().map(part).sum();
        GroupCount {
            open: sum(|t| t.open),
            overdue: sum(|t| t.overdue),
            at_risk: sum(|t| t.at_risk),
            paused: sum(|t| t.paused),
            resolved: sum(|t| t.resolved),
            unassigned: sum(|t| t.unassigned),
            first_due: all().filter_map(|t| t.first_due).min(),
        }
    }
}
