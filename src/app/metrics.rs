//! Collects the figures of the desk at a moment. They count what is restricted too,
//! and name nothing.

use std::ops::ControlFlow;

use chrono::TimeDelta;

use super::Desk;
use crate::domain::filter::{Condition, Test, TimeField};
use crate::domain::mail::outgoing::OutboxQuery;
use crate::domain::metrics::Metrics;
use crate::domain::privacy::view::RestrictedTickets;
use crate::domain::query::{Query, TimeRange};
use crate::domain::report::Report;
use crate::domain::vocabulary::{Breakdown, State};
use crate::error::Error;

impl Desk<'_> {
    /// Returns the figures of the desk now, with a report of the last `period`.
    ///
    /// # Errors
    /// Any error of the store; also that there is none.
    pub(crate) fn metrics(&self, period: TimeDelta) -> Result<Metrics, Error> {
        let now = self.now();
        let from = now - period;
        let range = TimeRange {
            from: Some(from),
            to: None,
        };
        let mut report = Report::new(self.scope(Breakdown::Priority, range)?);
        // Whatever happened since then has updated a ticket, and what is late now is
        // open.
        let changed = Test::Time(TimeField::Updated, range);
        let counts = Query {
            conditions: vec![Condition {
                negated: false,
                tests: vec![Test::Open, changed],
            }],
            ..Query::all()
        };
        self.report(&counts, false, &mut report)?;
        let mut metrics = Metrics::new(now, report.finish(), period);
        metrics.mail = self.mail_channel()?;
        let txn = self.read_everything()?;
        let txn = txn.ok_or_else(|| self.missing())?;
        let open = Query {
            restricted: RestrictedTickets::Count,
            ..Query::open()
        };
        txn.each(&open, now, &mut |row| {
            metrics.add_open(&row);
            ControlFlow::Continue(())
        })?;
        for (priority, count) in txn.closed_by_priority()? {
            metrics.add(State::Closed, priority, count);
        }
        for entry in txn.outbox(OutboxQuery::default())? {
            // One that was sent is listed if it came back.
            if let Some(count) = metrics.mails.get_mut(&entry.state) {
                *count += 1;
            }
        }
        metrics.deliveries = txn.delivery_counts()?;
        metrics.due_actions = txn.due_actions(now)?.len() as u64;
        metrics.last_write = txn.last_clock_time()?;
        metrics.last_link = txn.last_link()?;
        Ok(metrics)
    }
}
