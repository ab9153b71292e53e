//! How the desk did over a span of time, group by group: a fold over the rows
//! of tickets and the hand-overs between tiers, once through each. What a
//! figure means is told to people in the help of `desk report`.

mod course;
pub(crate) mod figures;
mod spread;
#[cfg(test)]
pub(crate) mod tests;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Months, NaiveDate, NaiveTime, TimeDelta};

pub(crate) use course::ReportPage;
pub(crate) use spread::Distribution;

use super::Timestamp;
use super::event::TicketId;
use super::group_counts::GroupKey;
use super::people::Tier;
use super::query::TimeRange;
use super::sla::clock::Phase;
use super::summary::Summary;
use super::time::zone::Zone;
use super::vocabulary::{Breakdown, ClockName};
use figures::Figures;

/// A ticket handed from tier to tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TierTransfer {
    pub(crate) ticket: TicketId,
    pub(crate) at: Timestamp,
    pub(crate) from: Tier,
    pub(crate) to: Tier,
    /// To a higher tier, not back.
    pub(crate) up: bool,
}

/// What a report is of.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    pub(crate) by: Breakdown,
    pub(crate) range: TimeRange,
    /// The moment of which the rows tell.
    pub(crate) now: Timestamp,
    /// The zone of the months.
    pub(crate) zone: Zone,
    /// The line that takes new tickets.
    pub(crate) first: Tier,
}

impl Scope {
    /// The instant of the backlog: the end of the range, or now.
    pub(crate) fn end(&self) -> Timestamp {
        self.past_end().unwrap_or(self.now)
    }

    /// The end of the range, if it has gone by.
    fn past_end(&self) -> Option<Timestamp> {
        self.range.to.filter(|to| *to <= self.now)
    }
}

/// What reads tickets and hand-overs.
pub(crate) trait ReportCollector {
    /// Takes a ticket; each is handed over once.
    fn ticket(&mut self, row: &Summary);

    /// Takes a hand-over; those of a ticket follow each other, and come after
    /// all tickets.
    fn transfer(&mut self, handover: &TierTransfer);
}

/// A report in the making, and whole once it is [settled](Report::settled).
#[derive(Debug, Clone)]
pub(crate) struct Report {
    pub(crate) scope: Scope,
    /// Sorted as they are shown; none of them empty.
    pub(crate) groups: BTreeMap<GroupKey, Figures>,
    pub(crate) total: Figures,
    /// The tickets seen, with what they have in common.
    known: BTreeMap<TicketId, GroupKey>,
    /// Whose hand-overs back were counted last, and where.
    back: Option<(TicketId, BTreeSet<GroupKey>)>,
    /// How many tickets were handed back, whatever the month.
    handed_back: u64,
    /// When each month ends.
    months: BTreeMap<(i32, u32), Timestamp>,
}

impl Report {
    pub(crate) fn new(scope: Scope) -> Self {
        Self {
            scope,
            groups: BTreeMap::new(),
            total: Figures::default(),
            known: BTreeMap::new(),
            back: None,
            handed_back: 0,
            months: BTreeMap::new(),
        }
    }

    /// Sums up and sorts, once everything was read.
    pub(crate) fn finish(mut self) -> Self {
        let by_month = self.scope.by == Breakdown::Month;
        for figures in self.groups.values_mut() {
            // The backlogs of months are of different instants.
            self.total.merge(figures, !by_month);
            figures.settle();
        }
        // One that was handed back in two months is still one.
        self.total.handed_back = self.handed_back;
        self.total.settle();
        self
    }

    /// Where what happened to a ticket then is counted.
    fn figures(&mut self, of: &GroupKey, at: Timestamp) -> &mut Figures {
        let group = self.place(of, at);
        self.groups.entry(group).or_default()
    }

    fn place(&self, of: &GroupKey, at: Timestamp) -> GroupKey {
        match self.scope.by {
            Breakdown::Month => named(self.month(at)),
            Breakdown::Priority
            | Breakdown::Tier
            | Breakdown::Assignee
            | Breakdown::Category
            | Breakdown::Channel
            | Breakdown::Kind => of.clone(),
        }
    }

    fn month(&self, at: Timestamp) -> (i32, u32) {
        let date = self.scope.zone.local_time(at).date();
        (date.year(), date.month())
    }

    /// The first instant of the next month.
    fn end_of(&mut self, month: (i32, u32)) -> Option<Timestamp> {
        if let Some(known) = self.months.get(&month) {
            return Some(*known);
        }
        let first = NaiveDate::from_ymd_opt(month.0, month.1, 1)?;
        let next = first.checked_add_months(Months::new(1))?;
        let end = self
            .scope
            .zone
            .map_local_time(next.and_time(NaiveTime::MIN));
        let end = end.earliest();
        self.months.insert(month, end);
        Some(end)
    }

    /// Counts a ticket among those open at the end, and by month at the end of
    /// every month.
    fn backlog(&mut self, row: &Summary, group: &GroupKey) {
        let (end, past) = (self.scope.end(), self.scope.past_end());
        if self.scope.by != Breakdown::Month {
            if is_open(row, past) {
                let figures = self.groups.entry(group.clone()).or_default();
                figures.backlog.add(row, end, past.is_some());
            }
            return;
        }
        if is_open(row, past) {
            self.total.backlog.add(row, end, past.is_some());
        }
        let begin = self
            .scope
            .range
            .from
            .map_or(row.opened, |from| from.max(row.opened));
        let mut month = self.month(begin);
        let last = self.month(past.map_or(end, |to| to - TimeDelta::milliseconds(1)));
        while month <= last {
            let Some(next) = self.end_of(month) else {
                return;
            };
            let (at, gone) = if next <= end {
                (next, Some(next))
            } else {
                (end, past)
            };
            if is_open(row, gone) {
                let figures = self.groups.entry(named(month)).or_default();
                figures.backlog.add(row, at, gone.is_some());
            } else if row.closed.is_some_and(|closed| closed < at) {
                return;
            }
            month = match month {
                (year, 12) => (year + 1, 1),
                (year, month) => (year, month + 1),
            };
        }
    }
}

impl ReportCollector for Report {
    fn ticket(&mut self, row: &Summary) {
        let group = group(row, self.scope.by);
        let range = self.scope.range;
        let within = |at: Option<Timestamp>| at.filter(|at| range.contains(Some(*at)));
        if let Some(at) = within(Some(row.opened)) {
            self.figures(&group, at).opened(row);
        }
        if let Some(clock) = row.clocks.get(ClockName::Response) {
            let ended = match clock.phase {
                Phase::Stopped { at } | Phase::Cancelled { at } => Some(at),
                Phase::Running { .. } | Phase::Paused { .. } | Phase::Suspended { .. } => None,
            };
            if let Some(at) = within(ended) {
                self.figures(&group, at).answered(clock, at);
            }
        }
        if let Some(at) = within(row.resolved) {
            let first = self.scope.first.clone();
            self.figures(&group, at).resolved(row, at, &first);
        }
        if let Some(at) = within(row.closed) {
            self.figures(&group, at).closed(row);
        }
        self.backlog(row, &group);
        self.known.insert(row.id, group);
    }

    fn transfer(&mut self, handover: &TierTransfer) {
        let TierTransfer { ticket, at, up, .. } = handover;
        let at =
            Some(*at).filter(|at| *at <= self.scope.now && self.scope.range.contains(Some(*at)));
        let (Some(at), Some(group)) = (at, self.known.get(ticket)) else {
            return;
        };
        let group = self.place(group, at);
        let mut anew = false;
        if !up {
            if self.back.as_ref().is_none_or(|(last, _)| last != ticket) {
                self.back = Some((*ticket, BTreeSet::new()));
                self.handed_back += 1;
            }
            if let Some((_, counted)) = &mut self.back {
                anew = counted.insert(group.clone());
            }
        }
        let figures = self.groups.entry(group).or_default();
        figures.handed(handover, anew);
    }
}

/// Whether a ticket was open at an instant that has gone by, or is so now.
fn is_open(row: &Summary, past: Option<Timestamp>) -> bool {
    match past {
        Some(at) => row.opened < at && row.closed.is_none_or(|closed| closed >= at),
        None => row.is_open(),
    }
}

fn named((year, month): (i32, u32)) -> GroupKey {
    GroupKey::Named(format!("{year:04}-{month:02}"))
}

/// What a ticket has in common with others; by month, nothing.
fn group(row: &Summary, by: Breakdown) -> GroupKey {
    let named = match by {
        Breakdown::Priority => {
            let rating = row.rating.as_ref();
            return rating.map_or(GroupKey::None, |rating| GroupKey::Priority(rating.priority));
        }
        Breakdown::Month => None,
        Breakdown::Tier => Some(row.tier.as_str()),
        Breakdown::Assignee => row.assignee.as_ref().map(|agent| agent.as_str()),
        Breakdown::Category => row.category.as_ref().map(|category| category.as_str()),
        Breakdown::Channel => Some(row.channel.as_str()),
        Breakdown::Kind => row.kind.map(super::vocabulary::Kind::as_str),
    };
    named.map_or(GroupKey::None, |name| GroupKey::Named(name.to_owned()))
}
