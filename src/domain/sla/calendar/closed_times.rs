//! The times that events of iCalendar files close, indexed. A shift opens its date
//! again.

use super::intervals::{OpenInterval, local_day_in, midnight_in};
use super::timetable::Day;
use super::{CalendarDefinition, LocalHours};

/// A closed time in Unix seconds, half-open and never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ClosedTime {
    pub(super) from: i64,
    pub(super) to: i64,
    /// The index of the event in the definition.
    pub(super) closure: usize,
}

impl ClosedTime {
    pub(super) fn interval(self) -> OpenInterval {
        OpenInterval {
            from: self.from,
            to: self.to,
        }
    }
}

/// Closed times, in order and disjoint.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ClosedTimes {
    times: Vec<ClosedTime>,
    /// The first and the last local day that each run of them touches, in order
    /// and disjoint.
    days: Vec<(Day, Day)>,
}

impl ClosedTimes {
    /// Indexes the closed times of a definition, without the dates on which a
    /// shift has hours.
    pub(super) fn new(definition: &CalendarDefinition, shifts: &[(Day, Vec<LocalHours>)]) -> Self {
        let mut all: Vec<ClosedTime> = (0..)
            .zip(&definition.closures)
            .map(|(closure, event)| ClosedTime {
                from: event.from.timestamp(),
                to: event.to.timestamp(),
                closure,
            })
            .collect();
        all.sort_unstable_by_key(|time| (time.from, time.closure));
        let mut reached = i64::MIN;
        for time in &mut all {
            time.from = time.from.max(reached);
            reached = reached.max(time.to);
        }
        all.retain(|time| time.from < time.to);
        let zone = &definition.zone;
        let open = shifts.iter().filter(|(_, hours)| !hours.is_empty());
        let open = open.map(|(day, _)| (midnight_in(zone, *day), midnight_in(zone, day + 1)));
        let times = match all.is_empty() {
            true => all,
            false => without(&all, open),
        };
        let mut days: Vec<(Day, Day)> = Vec::new();
        for time in &times {
            // The end is excluded.
            let (first, last) = (
                local_day_in(zone, time.from),
                local_day_in(zone, time.to - 1),
            );
            match days.last_mut() {
                Some(run) if first <= run.1 + 1 => run.1 = run.1.max(last),
                Some(_) | None => days.push((first, last)),
            }
        }
        Self { times, days }
    }

    /// Whether a closed time touches a local day.
    pub(super) fn touches(&self, day: Day) -> bool {
        let begun = self.days.partition_point(|run| run.0 <= day);
        begun.checked_sub(1).is_some_and(|i| day <= self.days[i].1)
    }

    /// The first and the last local day of each run of closed times.
    pub(super) fn days(&self) -> impl Iterator<Item = (Day, Day)> {
        self.days.iter().copied()
    }

    /// The closed times that end after an instant.
    pub(super) fn after(&self, at: i64) -> &[ClosedTime] {
        let past = self.times.partition_point(|time| time.to <= at);
        &self.times[past..]
    }

    /// The closed times that overlap an interval.
    pub(super) fn overlapping(&self, from: i64, to: i64) -> &[ClosedTime] {
        let after = self.after(from);
        &after[..after.partition_point(|time| time.from < to)]
    }
}

/// Closed times without the time between openings, both in order.
fn without(closed: &[ClosedTime], openings: impl Iterator<Item = (i64, i64)>) -> Vec<ClosedTime> {
    let mut openings = openings.peekable();
    let mut left = Vec::with_capacity(closed.len());
    for time in closed {
        let mut rest = *time;
        while let Some(&(opens, closes)) = openings.peek() {
            if opens >= rest.to {
                break;
            }
            if opens > rest.from {
                left.push(ClosedTime { to: opens, ..rest });
            }
            rest.from = rest.from.max(closes.min(rest.to));
            // The opening may reach into the next closed time.
            if closes > rest.to {
                break;
            }
            openings.next();
        }
        if rest.from < rest.to {
            left.push(rest);
        }
    }
    left
}
