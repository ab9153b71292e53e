//! Reports: the figures of a period by group, computed in one pass over the
//! tickets and one over their moves between tiers. The help of `desk report`
//! explains each figure.

pub(crate) mod backlog;
mod credits;
mod distribution;
pub(crate) mod figures;
mod groups;
mod page;
#[cfg(test)]
pub(crate) mod tests;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Months, NaiveDate, NaiveTime, TimeDelta};

pub(crate) use credits::{Credit, CreditKind};
pub(crate) use distribution::Distribution;
use groups::{group_keys, month_key};
pub(crate) use page::ReportPage;

use super::Timestamp;
use super::event::TicketId;
use super::group_counts::GroupKey;
use super::people::{Actor, Tier};
use super::query::TimeRange;
use super::sla::clock::Phase;
use super::summary::Summary;
use super::time::zone::Zone;
use super::vocabulary::{Breakdown, ClockName};
use credits::Credits;
use figures::Figures;

/// A move of a ticket from one tier to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TierTransfer {
    pub(crate) ticket: TicketId,
    pub(crate) at: Timestamp,
    pub(crate) from: Tier,
    pub(crate) to: Tier,
    /// Whether the move is to a higher tier.
    pub(crate) up: bool,
}

/// Time that an agent spent on a ticket; a correction is negative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SpentTime {
    pub(crate) ticket: TicketId,
    pub(crate) at: Timestamp,
    pub(crate) by: Actor,
    pub(crate) time: TimeDelta,
}

/// What a report covers.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    pub(crate) by: Breakdown,
    pub(crate) range: TimeRange,
    /// The time as of which the rows were read.
    pub(crate) now: Timestamp,
    /// The time zone of the months.
    pub(crate) zone: Zone,
    /// The tier of new tickets.
    pub(crate) first: Tier,
}

impl Scope {
    /// Returns the time of the backlog: the end of the range, or now.
    pub(crate) fn end(&self) -> Timestamp {
        self.past_end().unwrap_or(self.now)
    }

    /// Returns whether the tickets are grouped by who gets a credit.
    pub(crate) const fn needs_credits(&self) -> bool {
        matches!(self.by, Breakdown::Responder | Breakdown::Resolver)
    }

    /// Returns the end of the range, if it has passed.
    fn past_end(&self) -> Option<Timestamp> {
        self.range.to.filter(|to| *to <= self.now)
    }
}

/// Collects tickets and their moves between tiers.
pub(crate) trait ReportCollector {
    /// Adds a credit, if the scope needs them. Those of one ticket are in order;
    /// all come before the tickets.
    fn credit(&mut self, credit: &Credit);

    /// Adds a ticket. Each ticket is added once.
    fn ticket(&mut self, row: &Summary);

    /// Adds a move. The moves of one ticket follow each other, after all
    /// tickets.
    fn transfer(&mut self, transfer: &TierTransfer);

    /// Adds time that was spent, after all tickets.
    fn spent(&mut self, spent: &SpentTime);
}

/// A report. It is complete after [`Report::finish`].
#[derive(Debug, Clone)]
pub(crate) struct Report {
    pub(crate) scope: Scope,
    /// In display order, without empty groups.
    pub(crate) groups: BTreeMap<GroupKey, Figures>,
    pub(crate) total: Figures,
    credits: Credits,
    /// The groups of the tickets so far.
    known: BTreeMap<TicketId, Vec<GroupKey>>,
    /// The same tickets in groups of which each ticket is in one, where it may be in
    /// several.
    whole: Option<Box<Self>>,
    /// The last ticket that was moved back, and the groups it was counted in.
    back: Option<(TicketId, BTreeSet<GroupKey>)>,
    /// The number of tickets that were moved back, in any month.
    handed_back: u64,
    /// The end of each month.
    months: BTreeMap<(i32, u32), Timestamp>,
}

impl Report {
    pub(crate) fn new(scope: Scope) -> Self {
        let whole = (scope.by == Breakdown::Tag).then(|| {
            Box::new(Self::new(Scope {
                by: Breakdown::Kind,
                ..scope.clone()
            }))
        });
        Self {
            whole,
            scope,
            groups: BTreeMap::new(),
            total: Figures::default(),
            credits: Credits::default(),
            known: BTreeMap::new(),
            back: None,
            handed_back: 0,
            months: BTreeMap::new(),
        }
    }

    /// Completes the report, once everything was added.
    pub(crate) fn finish(mut self) -> Self {
        let by_month = self.scope.by == Breakdown::Month;
        for figures in self.groups.values_mut() {
            // The backlogs of different months are not at the same time.
            self.total.merge(figures, !by_month);
            figures.finish();
        }
        // A ticket that was moved back in two months still counts once.
        self.total.handed_back = self.handed_back;
        self.total.finish();
        if let Some(whole) = self.whole.take() {
            self.total = whole.finish().total;
        }
        self
    }

    /// Returns the figures that count what happened to a ticket at a time.
    fn figures(&mut self, key: &GroupKey, at: Timestamp) -> &mut Figures {
        let group = self.key_at(key, at);
        self.groups.entry(group).or_default()
    }

    fn key_at(&self, key: &GroupKey, at: Timestamp) -> GroupKey {
        match self.scope.by {
            Breakdown::Month => month_key(self.month(at)),
            Breakdown::Priority
            | Breakdown::Tier
            | Breakdown::Assignee
            | Breakdown::Category
            | Breakdown::Channel
            | Breakdown::Kind
            | Breakdown::Tag
            | Breakdown::Domain
            | Breakdown::Responder
            | Breakdown::Resolver => key.clone(),
        }
    }

    fn month(&self, at: Timestamp) -> (i32, u32) {
        let date = self.scope.zone.local_time(at).date();
        (date.year(), date.month())
    }

    /// Returns the first instant of the next month.
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

    /// Counts a ticket in the backlog at the end or, by month, at the end of each
    /// month.
    /// Counts the notifications of a breach that ended in the period, and those
    /// that were still to be sent at its end.
    fn notifications(&mut self, row: &Summary, group: &GroupKey) {
        let end = self.scope.end();
        for one in &row.clocks.notifications {
            let ended = match one.clock.phase {
                Phase::Stopped { at } | Phase::Cancelled { at } => Some(at),
                Phase::Running { .. } | Phase::Paused { .. } | Phase::Suspended { .. } => None,
            };
            match ended.filter(|at| *at < end || self.scope.range.to.is_none()) {
                Some(at) if self.scope.range.contains(Some(at)) => {
                    self.figures(group, at).notifications.ended(&one.clock);
                }
                Some(_) => {}
                None if one.clock.started < end => {
                    let last = end - TimeDelta::milliseconds(1);
                    self.figures(group, last)
                        .notifications
                        .open_at(&one.clock, end);
                }
                None => {}
            }
        }
    }

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
                let figures = self.groups.entry(month_key(month)).or_default();
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
    fn credit(&mut self, credit: &Credit) {
        if credit.at <= self.scope.now {
            self.credits.add(credit);
        }
    }

    fn ticket(&mut self, row: &Summary) {
        if let Some(whole) = &mut self.whole {
            whole.ticket(row);
        }
        let groups = group_keys(row, self.scope.by, &self.credits);
        for group in &groups {
            self.ticket_in(row, group);
        }
        self.known.insert(row.id, groups);
    }

    fn transfer(&mut self, transfer: &TierTransfer) {
        if let Some(whole) = &mut self.whole {
            whole.transfer(transfer);
        }
        let TierTransfer { ticket, at, .. } = transfer;
        let at =
            Some(*at).filter(|at| *at <= self.scope.now && self.scope.range.contains(Some(*at)));
        let (Some(at), Some(groups)) = (at, self.known.get(ticket)) else {
            return;
        };
        for group in groups.clone() {
            self.transfer_in(transfer, at, &group);
        }
    }

    fn spent(&mut self, spent: &SpentTime) {
        if let Some(whole) = &mut self.whole {
            whole.spent(spent);
        }
        let SpentTime {
            ticket,
            at,
            by,
            time,
        } = spent;
        let counts = *at <= self.scope.now && self.scope.range.contains(Some(*at));
        let (true, Some(agent), Some(groups)) = (counts, by.agent(), self.known.get(ticket)) else {
            return;
        };
        for group in groups.clone() {
            let group = self.key_at(&group, *at);
            let figures = self.groups.entry(group).or_default();
            *figures.spent.entry(agent.clone()).or_default() += *time;
        }
    }
}

impl Report {
    /// Counts what happened to a ticket in a group.
    fn ticket_in(&mut self, row: &Summary, group: &GroupKey) {
        let range = self.scope.range;
        let within = |at: Option<Timestamp>| at.filter(|at| range.contains(Some(*at)));
        if let Some(at) = within(Some(row.opened)) {
            self.figures(group, at).opened(row);
        }
        if let Some(clock) = row.clocks.get(ClockName::Response) {
            let ended = match clock.phase {
                Phase::Stopped { at } | Phase::Cancelled { at } => Some(at),
                Phase::Running { .. } | Phase::Paused { .. } | Phase::Suspended { .. } => None,
            };
            if let Some(at) = within(ended) {
                self.figures(group, at).answered(clock, at);
            }
        }
        if let Some(at) = within(row.resolved) {
            let first = self.scope.first.clone();
            self.figures(group, at).resolved(row, at, &first);
        }
        if let Some(at) = within(row.closed) {
            self.figures(group, at).closed(row);
        }
        self.notifications(row, group);
        self.backlog(row, group);
    }

    /// Counts a move in a group.
    fn transfer_in(&mut self, transfer: &TierTransfer, at: Timestamp, group: &GroupKey) {
        let TierTransfer { ticket, up, .. } = transfer;
        let group = self.key_at(group, at);
        let mut is_first = false;
        if !up {
            if self.back.as_ref().is_none_or(|(last, _)| last != ticket) {
                self.back = Some((*ticket, BTreeSet::new()));
                self.handed_back += 1;
            }
            if let Some((_, counted)) = &mut self.back {
                is_first = counted.insert(group.clone());
            }
        }
        let figures = self.groups.entry(group).or_default();
        figures.count_move(transfer, is_first);
    }
}

/// Returns whether a ticket was open at a past time, or is open now.
fn is_open(row: &Summary, past: Option<Timestamp>) -> bool {
    match past {
        Some(at) => row.opened < at && row.closed.is_none_or(|closed| closed >= at),
        None => row.is_open(),
    }
}
