//! What the page of a report draws besides the report: the same tickets by
//! priority and by month, and how many were open in the course of time.

use super::super::Timestamp;
use super::super::summary::Summary;
use super::super::vocabulary::Breakdown;
use super::{Report, ReportCollector, Scope, TierTransfer};

/// A report with everything that is drawn beside it.
#[derive(Debug, Clone)]
pub(crate) struct ReportPage {
    pub(crate) report: Report,
    pub(crate) priorities: Report,
    pub(crate) months: Report,
    /// When each ticket was opened, and when those closed were closed.
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

    /// Sums up and sorts, once everything was read.
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

    /// How many tickets were open at so many instants, evenly from the
    /// beginning (of the range, or the first ticket) to the end.
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
    fn ticket(&mut self, row: &Summary) {
        self.report.ticket(row);
        self.priorities.ticket(row);
        self.months.ticket(row);
        self.opened.push(row.opened);
        self.closed.extend(row.closed);
    }

    fn transfer(&mut self, handover: &TierTransfer) {
        self.report.transfer(handover);
        self.priorities.transfer(handover);
        self.months.transfer(handover);
    }
}
