//! A query for tickets: filters, order and limit. A store runs it in its own
//! way; [`Query::matches`] and [`Query::compare`] define the result.

use std::cmp::Ordering;

use super::Timestamp;
use super::category::Category;
use super::filter::Condition;
use super::people::{Agent, Tier};
use super::priority::Priority;
use super::privacy::view::RestrictedTickets;
use super::summary::Summary;
use super::vocabulary::{Channel, Kind, State};

/// A half-open range of time; an absent end is unbounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct TimeRange {
    pub(crate) from: Option<Timestamp>,
    pub(crate) to: Option<Timestamp>,
}

impl TimeRange {
    /// Returns whether a time lies in the range. An absent time lies only in the
    /// unbounded range.
    pub(crate) fn contains(self, at: Option<Timestamp>) -> bool {
        if self == Self::default() {
            return true;
        }
        at.is_some_and(|at| {
            self.from.is_none_or(|from| at >= from) && self.to.is_none_or(|to| at < to)
        })
    }
}

/// What tickets are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum SortKey {
    /// The next due time first.
    #[default]
    Due,
    Id,
    Priority,
    Opened,
    Updated,
    Resolved,
    /// The longest unanswered first.
    Unanswered,
}

impl SortKey {
    pub(crate) const WORDS: &'static [&'static str] = &[
        "due",
        "id",
        "priority",
        "opened",
        "updated",
        "resolved",
        "unanswered",
    ];
    pub(crate) const ALL: &'static [(&'static str, Self)] = &[
        ("due", Self::Due),
        ("id", Self::Id),
        ("priority", Self::Priority),
        ("opened", Self::Opened),
        ("updated", Self::Updated),
        ("resolved", Self::Resolved),
        ("unanswered", Self::Unanswered),
    ];
}

/// A query for tickets. All filters must match; of several values of one filter
/// any must match; an empty list does not filter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Query {
    pub(crate) states: Vec<State>,
    pub(crate) kinds: Vec<Kind>,
    pub(crate) channels: Vec<Channel>,
    pub(crate) tiers: Vec<Tier>,
    pub(crate) assignees: Vec<Agent>,
    pub(crate) unassigned: bool,
    /// Each includes its descendants.
    pub(crate) categories: Vec<Category>,
    pub(crate) priorities: Vec<Priority>,
    /// Tickets without a priority, besides those of [`Self::priorities`].
    pub(crate) without_priority: bool,
    /// A part of the requester's name or contact, in any letter case.
    pub(crate) requester: Option<String>,
    /// A part of the title, in any letter case.
    pub(crate) title: Option<String>,
    pub(crate) opened: TimeRange,
    pub(crate) updated: TimeRange,
    pub(crate) resolved: TimeRange,
    /// Only tickets that are marked as known errors.
    pub(crate) known_errors: bool,
    /// Only tickets with a clock past its due time.
    pub(crate) overdue: bool,
    /// Only tickets with a clock past its first warning level, and none overdue.
    pub(crate) at_risk: bool,
    /// Only tickets with a clock that is due before this time.
    pub(crate) due_before: Option<Timestamp>,
    /// What becomes of tickets that are restricted to others.
    pub(crate) restricted: RestrictedTickets,
    /// What the filter language says.
    pub(crate) conditions: Vec<Condition>,
    pub(crate) sort: SortKey,
    pub(crate) reverse: bool,
    pub(crate) limit: Option<u32>,
}

impl Query {
    /// Returns a query for all open tickets, the next due one first.
    pub(crate) fn open() -> Self {
        Self {
            states: vec![State::New, State::Active, State::Paused, State::Resolved],
            ..Self::all()
        }
    }

    /// Returns a query for all tickets, the next due one first.
    pub(crate) fn all() -> Self {
        Self::default()
    }

    /// Returns whether only open tickets can match.
    pub(crate) fn only_open(&self) -> bool {
        let running = self.overdue || self.at_risk || self.due_before.is_some();
        running
            || (!self.states.is_empty() && !self.states.contains(&State::Closed))
            || self.conditions.iter().any(Condition::only_open)
    }

    /// Returns whether void tickets can match: only where they are asked for.
    pub(crate) fn asks_for_void(&self) -> bool {
        self.conditions.iter().any(Condition::asks_for_void)
    }

    /// Returns what becomes of tickets that are restricted to others. Where only
    /// their numbers are shown, a filter on anything else must not tell it.
    pub(crate) fn restricted_tickets(&self) -> RestrictedTickets {
        let asks = !self.kinds.is_empty()
            || !self.channels.is_empty()
            || !self.assignees.is_empty()
            || self.unassigned
            || !self.categories.is_empty()
            || self.requester.is_some()
            || self.title.is_some()
            || self.known_errors
            || !self.conditions.is_empty();
        if asks && self.restricted == RestrictedTickets::NumberOnly {
            return RestrictedTickets::LeaveOut;
        }
        self.restricted
    }

    /// Returns whether a ticket matches at `now`, regardless of the limit.
    pub(crate) fn matches(&self, row: &Summary, now: Timestamp) -> bool {
        let due = row.clocks.next_due();
        let has = |part: &Option<String>, text: &str| {
            part.as_ref()
                .is_none_or(|part| text.to_lowercase().contains(&part.to_lowercase()))
        };
        !row.is_undone
            && (!row.is_void || self.asks_for_void())
            && one_of(&self.states, Some(&row.state_at(now)))
            && one_of(&self.kinds, row.kind.as_ref())
            && one_of(&self.channels, Some(&row.channel))
            && one_of(&self.tiers, Some(&row.tier))
            && one_of(&self.assignees, row.assignee.as_ref())
            && (!self.unassigned || row.assignee.is_none())
            && (self.categories.is_empty()
                || row.category.as_ref().is_some_and(|category| {
                    self.categories.iter().any(|root| category.is_within(root))
                }))
            && match &row.rating {
                Some(rating) if !self.without_priority => {
                    one_of(&self.priorities, Some(&rating.priority))
                }
                Some(rating) => self.priorities.contains(&rating.priority),
                None => self.without_priority || self.priorities.is_empty(),
            }
            && has(&self.requester, &row.requester_text())
            && has(&self.title, &row.title)
            && self.opened.contains(Some(row.opened))
            && self.updated.contains(Some(row.updated))
            && self.resolved.contains(row.resolved)
            && (!self.known_errors || row.is_known_error)
            && (!self.overdue || row.clocks.is_overdue(now))
            && (!self.at_risk || row.clocks.is_at_risk(now))
            && self
                .due_before
                .is_none_or(|end| due.is_some_and(|due| due < end))
            && self.conditions.iter().all(|one| one.matches(row, now))
    }

    /// Compares two tickets in the order of the query. Tickets without a value of
    /// the sort key come last in either direction; equal ones are sorted by
    /// number.
    pub(crate) fn compare(&self, a: &Summary, b: &Summary) -> Ordering {
        let key = |row: &Summary| match self.sort {
            SortKey::Due => row.clocks.next_due().map(|at| at.timestamp_millis()),
            SortKey::Id => Some(row.id.0),
            SortKey::Priority => row.rating.as_ref().map(|r| i64::from(r.priority.rank())),
            SortKey::Opened => Some(row.opened.timestamp_millis()),
            SortKey::Updated => Some(row.updated.timestamp_millis()),
            SortKey::Resolved => row.resolved.map(|at| at.timestamp_millis()),
            SortKey::Unanswered => row.unanswered_since.map(|at| at.timestamp_millis()),
        };
        let directed = |ordering: Ordering| {
            if self.reverse {
                ordering.reverse()
            } else {
                ordering
            }
        };
        match (key(a), key(b)) {
            (Some(x), Some(y)) => directed(x.cmp(&y)).then(directed(a.id.cmp(&b.id))),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => directed(a.id.cmp(&b.id)),
        }
    }
}

fn one_of<T: PartialEq>(wanted: &[T], found: Option<&T>) -> bool {
    wanted.is_empty() || found.is_some_and(|found| wanted.contains(found))
}

#[cfg(test)]
mod tests;
