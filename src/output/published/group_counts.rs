//! The SLA table: open tickets with their clocks, and counts by group.

use serde::Serialize;

use super::value::At;
use crate::domain::group_counts;
use crate::domain::vocabulary::Grouping;
use crate::output::options::RenderOptions;

/// The open tickets with their clocks, and counts by group.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct SlaTable<T> {
    /// The time at which the clocks were read.
    at: At,
    /// The counts by priority, where they are grouped by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    priorities: Option<Vec<PriorityCounts>>,
    /// What they are grouped by: `priority`, `tier`, `assignee` or `category`.
    by: &'static str,
    groups: Vec<GroupCounts>,
    tickets: Vec<T>,
}

/// The open tickets of a priority, counted.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct PriorityCounts {
    /// `null` for tickets without one.
    priority: Option<String>,
    #[serde(flatten)]
    counts: Counts,
}

/// The open tickets of a group, counted.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct GroupCounts {
    /// The priority, tier, assignee or category; `null` for tickets without one.
    group: Option<String>,
    #[serde(flatten)]
    counts: Counts,
}

published! {
    /// The number of open tickets, and of those in each condition.
    Counts from count: group_counts::GroupCount => {
        open: u64 = count.open,
        overdue: u64 = count.overdue,
        at_risk: u64 = count.at_risk,
        paused: u64 = count.paused,
        resolved: u64 = count.resolved,
        unassigned: u64 = count.unassigned,
    }
}

impl<T> SlaTable<T> {
    pub(crate) fn new(
        counts: &group_counts::GroupCounts,
        tickets: Vec<T>,
        options: &RenderOptions<'_>,
    ) -> Self {
        let groups = counts.groups.iter();
        let priorities = groups.clone().map(|(group, count)| PriorityCounts {
            priority: group.name(),
            counts: count.into(),
        });
        let by_priority = counts.by == Grouping::Priority;
        let groups = groups.map(|(group, count)| GroupCounts {
            group: group.name(),
            counts: count.into(),
        });
        Self {
            at: At(options.now),
            priorities: by_priority.then(|| priorities.collect()),
            by: counts.by.as_str(),
            groups: groups.collect(),
            tickets,
        }
    }
}

/// A number of tickets.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct TicketCount {
    pub(crate) count: u64,
}
