//! A set of dates: ranges and days of every year.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use crate::domain::sla::calendar::HolidayDates;

/// Dates, by range and by day of the year.
#[derive(Debug, Default)]
pub(super) struct ClosedDates {
    /// First dates in order, each with the latest end of all spans up to it.
    spans: Vec<(NaiveDate, NaiveDate)>,
    yearly: BTreeSet<(u32, u32)>,
}

impl ClosedDates {
    pub(super) fn new(dates: impl Iterator<Item = HolidayDates>) -> Self {
        let (mut spans, mut yearly) = (Vec::new(), BTreeSet::new());
        for dates in dates {
            match dates {
                HolidayDates::Range(from, to) => spans.push((from, to)),
                HolidayDates::Yearly(month, day) => {
                    yearly.insert((month, day));
                }
            }
        }
        spans.sort_unstable();
        let mut last = NaiveDate::MIN;
        for span in &mut spans {
            last = last.max(span.1);
            span.1 = last;
        }
        Self { spans, yearly }
    }

    pub(super) fn contains(&self, date: NaiveDate) -> bool {
        let started = self.spans.partition_point(|span| span.0 <= date);
        let last = started.checked_sub(1).map(|at| self.spans[at].1);
        last.is_some_and(|last| date <= last)
            || (!self.yearly.is_empty() && self.yearly.contains(&(date.month(), date.day())))
    }
}
