//! Which tickets are asked for, and in which order. A store answers a query
//! with its own means; `matches` and `order` say what it must answer.

use std::cmp::Ordering;

use super::Timestamp;
use super::category::Category;
use super::people::{Agent, Tier};
use super::priority::Priority;
use super::summary::Summary;
use super::vocabulary::{Channel, Kind, State};

/// A span of time, half-open; an absent end is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct TimeRange {
    pub(crate) from: Option<Timestamp>,
    pub(crate) to: Option<Timestamp>,
}

impl TimeRange {
    /// Whether a moment lies in it; an absent one only lies in all time.
    pub(crate) fn contains(self, at: Option<Timestamp>) -> bool {
        if self == Self::default() {
            return true;
        }
        at.is_some_and(|at| {
            self.from.is_none_or(|from| at >= from) && self.to.is_none_or(|to| at < to)
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SortKey {
    /// What breaches next first.
    Due,
    Id,
    Priority,
    Opened,
    Updated,
    Resolved,
}

impl SortKey {
    pub(crate) const WORDS: &'static [&'static str] =
        &["due", "id", "priority", "opened", "updated", "resolved"];
    pub(crate) const ALL: &'static [(&'static str, Self)] = &[
        ("due", Self::Due),
        ("id", Self::Id),
        ("priority", Self::Priority),
        ("opened", Self::Opened),
        ("updated", Self::Updated),
        ("resolved", Self::Resolved),
    ];
}

/// Filters are joined by «and»; several values of one by «or»; an empty list
/// does not filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Query {
    pub(crate) states: Vec<State>,
    pub(crate) kinds: Vec<Kind>,
    pub(crate) channels: Vec<Channel>,
    pub(crate) tiers: Vec<Tier>,
    pub(crate) assignees: Vec<Agent>,
    pub(crate) unassigned: bool,
    /// Each with everything below it.
    pub(crate) categories: Vec<Category>,
    pub(crate) priorities: Vec<Priority>,
    /// Part of the requester's name or contact, in any case.
    pub(crate) requester: Option<String>,
    /// Part of the title, in any case.
    pub(crate) title: Option<String>,
    pub(crate) opened: TimeRange,
    pub(crate) resolved: TimeRange,
    /// Marked as a known error.
    pub(crate) known_errors: bool,
    /// A clock runs past its due time.
    pub(crate) overdue: bool,
    /// A clock has passed its first warning level, and none is overdue.
    pub(crate) at_risk: bool,
    /// A clock is due before this instant.
    pub(crate) due_before: Option<Timestamp>,
    pub(crate) sort: SortKey,
    pub(crate) reverse: bool,
    pub(crate) limit: Option<u32>,
}

impl Query {
    /// Everything that is open, what breaches next first.
    pub(crate) fn open() -> Self {
        Self {
            states: vec![State::New, State::Active, State::Paused, State::Resolved],
            ..Self::all()
        }
    }

    pub(crate) const fn all() -> Self {
        Self {
            states: Vec::new(),
            kinds: Vec::new(),
            channels: Vec::new(),
            tiers: Vec::new(),
            assignees: Vec::new(),
            unassigned: false,
            categories: Vec::new(),
            priorities: Vec::new(),
            requester: None,
            title: None,
            opened: TimeRange {
                from: None,
                to: None,
            },
            resolved: TimeRange {
                from: None,
                to: None,
            },
            known_errors: false,
            overdue: false,
            at_risk: false,
            due_before: None,
            sort: SortKey::Due,
            reverse: false,
            limit: None,
        }
    }

    /// Whether only open tickets can match.
    pub(crate) fn only_open(&self) -> bool {
        let running = self.overdue || self.at_risk || self.due_before.is_some();
        running || (!self.states.is_empty() && !self.states.contains(&State::Closed))
    }

    /// Whether a ticket is asked for, at `now`.
    pub(crate) fn matches(&self, row: &Summary, now: Timestamp) -> bool {
        let due = row.clocks.next_due();
        let has = |part: &Option<String>, text: &str| {
            part.as_ref()
                .is_none_or(|part| text.to_lowercase().contains(&part.to_lowercase()))
        };
        one_of(&self.states, Some(&row.state))
            && one_of(&self.kinds, row.kind.as_ref())
            && one_of(&self.channels, Some(&row.channel))
            && one_of(&self.tiers, Some(&row.tier))
            && one_of(&self.assignees, row.assignee.as_ref())
            && (!self.unassigned || row.assignee.is_none())
            && (self.categories.is_empty()
                || row.category.as_ref().is_some_and(|category| {
                    self.categories.iter().any(|root| category.is_within(root))
                }))
            && one_of(
                &self.priorities,
                row.rating.as_ref().map(|rating| &rating.priority),
            )
            && has(&self.requester, &row.requester_text())
            && has(&self.title, &row.title)
            && self.opened.contains(Some(row.opened))
            && self.resolved.contains(row.resolved)
            && (!self.known_errors || row.is_known_error)
            && (!self.overdue || row.clocks.is_overdue(now))
            && (!self.at_risk || row.clocks.is_at_risk(now))
            && self
                .due_before
                .is_none_or(|end| due.is_some_and(|due| due < end))
    }

    /// The order in which they are asked for; what has no value of the sort
    /// key comes last either way, and equals go by number.
    pub(crate) fn compare(&self, a: &Summary, b: &Summary) -> Ordering {
        let key = |row: &Summary| match self.sort {
            SortKey::Due => row.clocks.next_due().map(|at| at.timestamp_millis()),
            SortKey::Id => Some(row.id.0),
            SortKey::Priority => row.rating.as_ref().map(|r| i64::from(r.priority.rank())),
            SortKey::Opened => Some(row.opened.timestamp_millis()),
            SortKey::Updated => Some(row.updated.timestamp_millis()),
            SortKey::Resolved => row.resolved.map(|at| at.timestamp_millis()),
        };
        let turn = |ordering: Ordering| {
            if self.reverse {
                ordering.reverse()
            } else {
                ordering
            }
        };
        match (key(a), key(b)) {
            (Some(x), Some(y)) => turn(x.cmp(&y)).then(turn(a.id.cmp(&b.id))),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => turn(a.id.cmp(&b.id)),
        }
    }
}

fn one_of<T: PartialEq>(wanted: &[T], found: Option<&T>) -> bool {
    wanted.is_empty() || found.is_some_and(|found| wanted.contains(found))
}

#[cfg(test)]
mod tests;
