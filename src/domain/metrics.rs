//! The figures of the desk at a moment, for systems that collect them.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::Timestamp;
use super::hooks::DeliveryCounts;
use super::mail::incoming::MailChannel;
use super::priority::Priority;
use super::report::Report;
use super::sla::clock::DisplayState;
use super::summary::Summary;
use super::vocabulary::{ClockName, OutboxState, State};

/// The figures of the desk at a moment.
#[derive(Debug, Clone)]
pub(crate) struct Metrics {
    pub(crate) now: Timestamp,
    /// Tickets by status and priority.
    pub(crate) tickets: BTreeMap<(State, Option<Priority>), u64>,
    /// Open tickets that nobody has.
    pub(crate) unassigned: u64,
    /// Open tickets by a clock that is overdue or at risk.
    pub(crate) overdue: BTreeMap<ClockName, u64>,
    pub(crate) at_risk: BTreeMap<ClockName, u64>,
    /// When the clock was due that is overdue for the longest time.
    pub(crate) oldest_overdue: Option<Timestamp>,
    /// Since when the ticket waits that waits for the first response for the
    /// longest time.
    pub(crate) oldest_unanswered: Option<Timestamp>,
    pub(crate) mails: BTreeMap<OutboxState, u64>,
    pub(crate) mail: MailChannel,
    pub(crate) deliveries: DeliveryCounts,
    /// Actions that a sweep would take.
    pub(crate) due_actions: u64,
    /// What the clock showed at the last write; exact to a day for sweeps that did
    /// nothing.
    pub(crate) last_write: Option<Timestamp>,
    /// The number of the last event.
    pub(crate) last_link: i64,
    /// The report of the last days.
    pub(crate) report: Report,
    pub(crate) period: TimeDelta,
}

impl Metrics {
    /// Begins with no tickets; the report covers this period until now.
    pub(crate) fn new(now: Timestamp, report: Report, period: TimeDelta) -> Self {
        // Those that were sent are not on their way.
        let is_over =
            |state: &&OutboxState| matches!(state, OutboxState::Sent | OutboxState::Cancelled);
        let unfinished = OutboxState::ALL.iter().filter(|state| !is_over(state));
        let zero = || ClockName::ALL.iter().map(|name| (*name, 0)).collect();
        Self {
            now,
            tickets: BTreeMap::new(),
            unassigned: 0,
            overdue: zero(),
            at_risk: zero(),
            oldest_overdue: None,
            oldest_unanswered: None,
            mails: unfinished.map(|state| (*state, 0)).collect(),
            mail: MailChannel::default(),
            deliveries: DeliveryCounts::default(),
            due_actions: 0,
            last_write: None,
            last_link: 0,
            report,
            period,
        }
    }

    /// Counts a ticket that is not closed.
    pub(crate) fn add_open(&mut self, row: &Summary) {
        let now = self.now;
        let priority = row.rating.as_ref().map(|rating| rating.priority);
        self.add(row.state_at(now), priority, 1);
        self.unassigned += u64::from(row.assignee.is_none());
        let earliest = |first: &mut Option<Timestamp>, at: Option<Timestamp>| {
            *first = [*first, at].into_iter().flatten().min();
        };
        for name in ClockName::ALL {
            let Some(clock) = row.clocks.get(*name) else {
                continue;
            };
            match clock.display_state(now) {
                DisplayState::Overdue => {
                    *self.overdue.entry(*name).or_default() += 1;
                    earliest(&mut self.oldest_overdue, clock.next_due());
                }
                DisplayState::AtRisk => *self.at_risk.entry(*name).or_default() += 1,
                DisplayState::None
                | DisplayState::Ok
                | DisplayState::Paused
                | DisplayState::Met
                | DisplayState::Missed
                | DisplayState::Cancelled => {}
            }
            if *name == ClockName::Response && !clock.has_ended() {
                earliest(&mut self.oldest_unanswered, Some(clock.started));
            }
        }
    }

    /// Counts so many tickets.
    pub(crate) fn add(&mut self, state: State, priority: Option<Priority>, count: u64) {
        *self.tickets.entry((state, priority)).or_default() += count;
    }
}
