//! The time between two instants, cut into stretches of a kind.

use super::super::super::Timestamp;
use super::intervals::{END, FIRST, OpenInterval, OpenIntervals, local_day, midnight};
use super::timetable::{Day, Timetable};
use super::{Segment, SegmentKind};

/// Cuts it; `from` lies before `to`.
pub(super) fn of(table: &Timetable, from: Timestamp, to: Timestamp) -> Vec<Segment> {
    let open = |walk: OpenIntervals<'_>| joined(walk.map(|stretch| (stretch, ())));
    let opened = open(OpenIntervals::over(table, from, to));
    let unbroken = open(OpenIntervals::over(table, from, to).without_breaks());
    let holidays = joined(holidays(table, from, to));
    let mut edges: Vec<Timestamp> = opened
        .iter()
        .chain(&unbroken)
        .map(|(stretch, ())| *stretch)
        .chain(holidays.iter().map(|(stretch, _)| *stretch))
        .flat_map(|stretch| [stretch.from, stretch.to])
        .filter_map(|edge| Timestamp::from_timestamp(edge, 0))
        .filter(|edge| from < *edge && *edge < to)
        .chain([from, to])
        .collect();
    edges.sort_unstable();
    edges.dedup();
    let mut pieces: Vec<Segment> = Vec::new();
    for (from, to) in edges.iter().zip(edges.iter().skip(1)) {
        let kind = match at(&holidays, *from) {
            _ if at(&opened, *from).is_some() => SegmentKind::Open,
            Some(holiday) => SegmentKind::Holiday(table.definition.holidays[*holiday].name.clone()),
            None if at(&unbroken, *from).is_some() => SegmentKind::Break,
            None => SegmentKind::Closed,
        };
        match pieces.last_mut() {
            Some(last) if last.kind == kind => last.to = *to,
            Some(_) | None => pieces.push(Segment {
                from: *from,
                to: *to,
                kind,
            }),
        }
    }
    pieces
}

/// The holidays around the time between two instants, by their place in the
/// plan.
fn holidays(
    table: &Timetable,
    from: Timestamp,
    to: Timestamp,
) -> impl Iterator<Item = (OpenInterval, usize)> {
    let first: Day = (local_day(table, from) - 1).max(FIRST);
    let last = (local_day(table, to) + 1).min(END - 1);
    (first..=last).filter_map(move |day| {
        let holiday = table.holiday(day)?;
        let stretch = OpenInterval {
            from: midnight(table, day),
            to: midnight(table, day + 1),
        };
        (stretch.from < stretch.to).then_some((stretch, holiday))
    })
}

/// Joins stretches of the same that touch.
fn joined<T: PartialEq>(all: impl Iterator<Item = (OpenInterval, T)>) -> Vec<(OpenInterval, T)> {
    let mut joined: Vec<(OpenInterval, T)> = Vec::new();
    for (stretch, what) in all {
        match joined.last_mut() {
            Some((last, same)) if last.to >= stretch.from && *same == what => last.to = stretch.to,
            Some(_) | None => joined.push((stretch, what)),
        }
    }
    joined
}

/// What holds at an instant.
fn at<T>(all: &[(OpenInterval, T)], at: Timestamp) -> Option<&T> {
    let at = at.timestamp();
    let past = all.partition_point(|(stretch, _)| stretch.from <= at);
    let (stretch, what) = all.get(past.checked_sub(1)?)?;
    (at < stretch.to).then_some(what)
}
