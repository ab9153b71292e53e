//! Splits the time between two instants into segments of one kind.

use super::super::super::Timestamp;
use super::intervals::{END, FIRST, OpenInterval, OpenIntervals, local_day, midnight};
use super::timetable::{Day, Timetable};
use super::{Segment, SegmentKind};

/// Splits the time; `from` must be before `to`.
pub(super) fn segments(table: &Timetable, from: Timestamp, to: Timestamp) -> Vec<Segment> {
    let open = |interview: OpenIntervals<'_>| merged(interview.map(|interval| (interval, ())));
    let opened = open(OpenIntervals::over(table, from, to));
    let unbroken = open(OpenIntervals::over(table, from, to).without_breaks());
    let holidays = merged(holidays(table, from, to));
    let closed = merged(closed_times(table, from, to));
    let mut edges: Vec<Timestamp> = opened
        .iter()
        .chain(&unbroken)
        .map(|(interval, ())| *interval)
        .chain(holidays.iter().map(|(interval, _)| *interval))
        .chain(closed.iter().map(|(interval, _)| *interval))
        .flat_map(|interval| [interval.from, interval.to])
        .filter_map(|edge| Timestamp::from_timestamp(edge, 0))
        .filter(|edge| from < *edge && *edge < to)
        .chain([from, to])
        .collect();
    edges.sort_unstable();
    edges.dedup();
    let mut segments: Vec<Segment> = Vec::new();
    for (from, to) in edges.iter().zip(edges.iter().skip(1)) {
        let kind = match value_at(&holidays, *from) {
            _ if value_at(&opened, *from).is_some() => SegmentKind::Open,
            Some(holiday) => SegmentKind::Holiday(table.definition.holidays[*holiday].name.clone()),
            None if let Some(event) = value_at(&closed, *from) => {
                SegmentKind::Holiday(table.definition.closures[*event].name.clone())
            }
            None if value_at(&unbroken, *from).is_some() => SegmentKind::Break,
            None => SegmentKind::Closed,
        };
        match segments.last_mut() {
            Some(last) if last.kind == kind => last.to = *to,
            Some(_) | None => segments.push(Segment {
                from: *from,
                to: *to,
                kind,
            }),
        }
    }
    segments
}

/// The holidays around the time between two instants, by their index in the
/// definition.
fn holidays(
    table: &Timetable,
    from: Timestamp,
    to: Timestamp,
) -> impl Iterator<Item = (OpenInterval, usize)> {
    let first: Day = (local_day(table, from) - 1).max(FIRST);
    let last = (local_day(table, to) + 1).min(END - 1);
    (first..=last).filter_map(move |day| {
        let holiday = table.holiday(day)?;
        let interval = OpenInterval {
            from: midnight(table, day),
            to: midnight(table, day + 1),
        };
        (interval.from < interval.to).then_some((interval, holiday))
    })
}

/// The times closed by events between two instants, by their index in the
/// definition.
fn closed_times(
    table: &Timetable,
    from: Timestamp,
    to: Timestamp,
) -> impl Iterator<Item = (OpenInterval, usize)> {
    let all = table.closed.overlapping(from.timestamp(), to.timestamp());
    all.iter().map(|time| (time.interval(), time.closure))
}

/// Merges intervals of the same holiday that touch.
fn merged<T: PartialEq>(all: impl Iterator<Item = (OpenInterval, T)>) -> Vec<(OpenInterval, T)> {
    let mut merged: Vec<(OpenInterval, T)> = Vec::new();
    for (interval, what) in all {
        match merged.last_mut() {
            Some((last, same)) if last.to >= interval.from && *same == what => {
                last.to = interval.to;
            }
            Some(_) | None => merged.push((interval, what)),
        }
    }
    merged
}

/// The value at an instant.
fn value_at<T>(all: &[(OpenInterval, T)], at: Timestamp) -> Option<&T> {
    let at = at.timestamp();
    let past = all.partition_point(|(interval, _)| interval.from <= at);
    let (interval, what) = all.get(past.checked_sub(1)?)?;
    (at < interval.to).then_some(what)
}
