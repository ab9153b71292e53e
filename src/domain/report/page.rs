//! The data of a report page: the report, the same tickets by priority and by
//! month, and the number of open tickets over time.

use super::super::Timestamp;
use super::super::summary::Summary;
use super::super::vocabulary::Breakdown;
use super::{Credit, Report, ReportCollector, Scope, SpentTime, TierTransfer};

/// A report with the data for its charts.
#[derive(Debug, Clone)]
pub(crate) struct ReportPage {
    pub(crate) report: Report,
    pub(crate) priorities: Report,
    pub(crate) months: Report,
    /// The opening time of each ticket, and the closing times of closed ones.
    opened: Vec<Timestamp>,
    closed: Vec<Timestamp>,
}

impl ReportPage {
    pub(crate) fn new(scope: Scope) -> Self {
        let by = |by| {
            Report::new(Scope {
                by,
                ..scope.clone()
            })
        };
        Self {
            priorities: by(Breakdown::Priority),
            months: by(Breakdown::Month),
            report: Report::new(scope),
            opened: Vec::new(),
            closed: Vec::new(),
        }
    }

    /// Completes the reports, once everything was added.
    pub(crate) fn finish(mut self) -> Self {
        self.opened.sort_unstable();
        self.closed.sort_unstable();
        Self {
            report: self.report.finish(),
            priorities: self.priorities.finish(),
            months: self.months.finish(),
            ..self
        }
    }

    /// Returns the number of open tickets at evenly spaced times, from the start
    /// of the range or the first ticket to the end.
    pub(crate) fn open_over_time(&self, steps: u32) -> Vec<(Timestamp, u64)> {
        let end = self.report.scope.end();
        let begin = self.report.scope.range.from;
        let Some(begin) = begin.or_else(|| self.opened.first().copied()) else {
            return Vec::new();
        };
        let Ok(steps) = i32::try_from(steps) else {
            return Vec::new();
        };
        if begin >= end || steps == 0 {
            return Vec::new();
        }
        let before = |all: &[Timestamp], at: Timestamp| all.partition_point(|one| *one < at) as u64;
        (0..=steps)
            .map(|step| {
                let at = begin + (end - begin) * step / steps;
                let open = before(&self.opened, at).saturating_sub(before(&self.closed, at));
                (at, open)
            })
            .collect()
    }
}

impl ReportCollector for ReportPage {
    /// The charts by priority and by month need no credits.
    fn credit(&mut self, credit: &Credit) {
        self.report.credit(credit);
    }

    fn ticket(&mut self, row: &Summary) {
        self.report.ticket(row);
        self.priorities.ticket(row);
        self.months.ticket(row);
        self.opened.push(row.opened);
        self.closed.extend(row.closed);
    }

    fn transfer(&mut self, transfer: &TierTransfer) {
        self.report.transfer(transfer);
        self.priorities.transfer(transfer);
        self.months.transfer(transfer);
    }

    fn spent(&mut self, spent: &SpentTime) {
        self.report.spent(spent);
        self.priorities.spent(spent);
        self.months.spent(spent);
    }
}
