//! Properties of every calendar. `PROPTEST_CASES` sets the number of cases.

use super::oracle::Oracle;
use super::*;
use crate::testing::cases;
use proptest::prelude::*;

/// Zones with unusual transitions, and dates near them.
const PLACES: &[(&str, &[&str])] = &[
    ("UTC", &["2026-02-25"]),
    ("Europe/Berlin", &["2026-03-27", "2026-10-23", "2024-02-27"]),
    ("Europe/London", &["2026-10-23"]),
    ("America/New_York", &["2026-03-06", "2026-10-30"]),
    (
        "America/St_Johns",
        &["2006-10-27", "2007-03-09", "1988-04-01"],
    ),
    (
        "America/Sao_Paulo",
        &["2018-11-02", "2018-02-15", "2026-02-15"],
    ),
    ("America/Havana", &["2026-03-06", "2026-10-30"]),
    ("Asia/Tehran", &["2022-03-20", "2022-09-19", "2026-03-20"]),
    ("Asia/Beirut", &["2026-03-27", "2026-10-23"]),
    ("Asia/Kolkata", &["2026-08-13"]),
    ("Africa/Cairo", &["2026-04-22", "2026-10-27"]),
    ("Africa/Casablanca", &["2026-02-13", "2026-03-20"]),
    ("Australia/Lord_Howe", &["2026-04-03", "2026-10-02"]),
    ("Australia/Sydney", &["2026-04-03", "2026-10-02"]),
    ("Pacific/Apia", &["2011-12-28", "2012-03-30"]),
    ("Pacific/Kwajalein", &["1993-08-19"]),
    ("Antarctica/Troll", &["2026-03-27", "2026-10-23"]),
];

fn hours(most: usize) -> impl Strategy<Value = Vec<LocalHours>> {
    let quarter = (0..96_u32, 1..96_u32);
    let one = quarter.prop_map(|(from, length)| LocalHours {
        from_s: from * 900,
        to_s: (from + length).min(192) * 900,
    });
    let near_midnight = prop_oneof![
        Just(LocalHours {
            from_s: 0,
            to_s: 86_400
        }),
        Just(LocalHours {
            from_s: 79_200,
            to_s: 108_000
        }),
        Just(LocalHours {
            from_s: 0,
            to_s: 172_800
        }),
        Just(LocalHours {
            from_s: 32_400,
            to_s: 61_200
        }),
        Just(LocalHours {
            from_s: 6_600,
            to_s: 9_300
        }),
    ];
    prop::collection::vec(prop_oneof![2 => one, 1 => near_midnight], 0..=most)
}

fn dated(first: NaiveDate) -> impl Strategy<Value = Vec<(NaiveDate, Vec<LocalHours>)>> {
    let one = (-2..9_i64, hours(2));
    prop::collection::vec(
        one.prop_map(move |(day, hours)| (first + TimeDelta::days(day), hours)),
        0..3,
    )
}

fn holidays(first: NaiveDate) -> impl Strategy<Value = Vec<Holiday>> {
    use chrono::Datelike;
    let name = prop_oneof![
        Just(None),
        Just(Some("A".to_owned())),
        Just(Some("B".to_owned()))
    ];
    let source = prop_oneof![Just(HolidaySource::Policy), Just(HolidaySource::File)];
    let one = (-2..9_i64, 0..3_i64, any::<bool>(), name, source);
    prop::collection::vec(
        one.prop_map(move |(day, more, yearly, name, source)| {
            let date = first + TimeDelta::days(day);
            let dates = if yearly {
                HolidayDates::Yearly(date.month(), date.day())
            } else {
                HolidayDates::Range(date, date + TimeDelta::days(more))
            };
            // A file has no yearly dates: it is expanded.
            let source = match dates {
                HolidayDates::Range(..) => source,
                HolidayDates::Yearly(..) => HolidaySource::Policy,
            };
            Holiday {
                dates,
                name,
                source,
            }
        }),
        0..3,
    )
}

/// Events with times, of some minutes up to some days.
fn closures(first: NaiveDate) -> impl Strategy<Value = Vec<TimedClosure>> {
    let one = (
        -3 * 1440..9 * 1440_i64,
        prop_oneof![1..600_i64, 1..4000_i64],
    );
    prop::collection::vec(
        one.prop_map(move |(start, length)| {
            let from = midnight(first) + TimeDelta::minutes(start);
            TimedClosure {
                from,
                to: from + TimeDelta::minutes(length),
                name: None,
            }
        }),
        0..5,
    )
}

/// A valid definition, and a date near its special days.
pub(super) fn definitions() -> impl Strategy<Value = (CalendarDefinition, NaiveDate)> {
    let place = prop::sample::select(PLACES)
        .prop_flat_map(|(zone, dates)| (Just(zone), prop::sample::select(dates)));
    place.prop_flat_map(|(zone, on)| {
        let first = date(on);
        let week = prop::collection::vec(hours(3), 7);
        let opened = prop::collection::vec(any::<bool>(), 3);
        (
            week,
            holidays(first),
            dated(first),
            (dated(first), opened),
            closures(first),
        )
            .prop_map(
                move |(week, holidays, breaks, (shifts, opened), closures)| {
                    let mut week: [Vec<LocalHours>; 7] = week.try_into().unwrap();
                    week[2].push(LocalHours {
                        from_s: 36_000,
                        to_s: 43_200,
                    });
                    let zone = Zone::from_name(zone).unwrap();
                    let dates = shifts.iter().map(|(date, _)| *date);
                    let opened = dates.zip(opened).filter(|(_, opened)| *opened);
                    let open_holidays = opened.map(|(date, _)| date).collect();
                    (
                        CalendarDefinition {
                            open_holidays,
                            closures,
                            zone,
                            week,
                            holidays,
                            breaks,
                            shifts,
                        },
                        first,
                    )
                },
            )
    })
}

/// Milliseconds within a few weeks after a date.
pub(super) fn after(first: NaiveDate, ms: i64) -> Timestamp {
    midnight(first) - TimeDelta::days(4) + TimeDelta::milliseconds(ms)
}

pub(super) const WEEKS: i64 = 21 * 86_400_000;

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn the_result_equals_a_count_of_minutes(
        (definition, first) in definitions(),
        a in 0..7 * 1440_usize,
        b in 0..7 * 1440_usize,
    ) {
        let oracle = Oracle::new(&definition, first, 7);
        let open = oracle.open(first, 7);
        let calendar = Calendar::new(definition.clone()).unwrap();
        let at = |n: usize| midnight(first) + TimeDelta::minutes(n.try_into().unwrap());
        let (a, b) = (a.min(b), a.max(b));
        let count = open[a..b].iter().filter(|open| **open).count();
        prop_assert_eq!(calendar.between(at(a), at(b)), TimeDelta::minutes(count.try_into().unwrap()));
        // When that is used up: after the last open minute.
        let due = open[a..b].iter().rposition(|open| *open).map_or(a, |last| a + last + 1);
        prop_assert_eq!(calendar.add(at(a), TimeDelta::minutes(count.try_into().unwrap())), Some(at(due)));
        for segment in calendar.segments(at(0), at(open.len())) {
            let from = usize::try_from((segment.from - at(0)).num_minutes()).unwrap();
            let to = usize::try_from((segment.to - at(0)).num_minutes()).unwrap();
            prop_assert!(open[from..to].iter().all(|open| *open == (segment.kind == SegmentKind::Open)), "{:?}", segment);
        }
        let next = open[a..].iter().position(|open| *open).map(|n| at(a + n));
        prop_assert!(next.is_none() || calendar.next_open(at(a)) == next);
        prop_assert_eq!(calendar.is_open(at(a)), open[a]);
    }
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn added_time_is_the_time_between(
        (definition, first) in definitions(),
        ms in 0..WEEKS,
        span in 0..WEEKS,
    ) {
        let calendar = Calendar::new(definition).unwrap();
        let (from, span) = (after(first, ms), TimeDelta::milliseconds(span));
        let due = calendar.add(from, span).unwrap();
        prop_assert_eq!(calendar.between(from, due), span);
        // The first such instant.
        if span > TimeDelta::zero() {
            let before = due - TimeDelta::milliseconds(1);
            prop_assert_eq!(calendar.between(from, before), span - TimeDelta::milliseconds(1));
        }
    }

    #[test]
    fn open_time_adds_up((definition, first) in definitions(), mut ms in [0..WEEKS, 0..WEEKS, 0..WEEKS]) {
        ms.sort_unstable();
        let calendar = Calendar::new(definition).unwrap();
        let [a, b, c] = ms.map(|ms| after(first, ms));
        let (ab, bc, ac) = (calendar.between(a, b), calendar.between(b, c), calendar.between(a, c));
        prop_assert_eq!(ab + bc, ac);
        prop_assert!(ac <= c - a);
        prop_assert!(TimeDelta::zero() <= ab && ab <= ac);
    }

    #[test]
    fn a_later_start_or_a_longer_span_is_never_due_earlier(
        (definition, first) in definitions(),
        mut ms in [0..WEEKS, 0..WEEKS],
        mut spans in [0..WEEKS, 0..WEEKS],
    ) {
        ms.sort_unstable();
        spans.sort_unstable();
        let calendar = Calendar::new(definition).unwrap();
        let [a, b] = ms.map(|ms| after(first, ms));
        let [short, long] = spans.map(TimeDelta::milliseconds);
        let due = |from, span| calendar.add(from, span).unwrap();
        prop_assert!(due(a, short) <= due(b, short));
        prop_assert!(due(a, short) <= due(a, long));
        // In two steps or in one.
        let step = due(a, short);
        if long > short {
            prop_assert_eq!(due(step, long - short), due(a, long));
        }
    }

    #[test]
    fn segments_cover_the_time_and_add_up((definition, first) in definitions(), mut ms in [0..WEEKS, 0..WEEKS]) {
        ms.sort_unstable();
        let calendar = Calendar::new(definition).unwrap();
        let [from, to] = ms.map(|ms| after(first, ms));
        let segments = calendar.segments(from, to);
        let mut at = from;
        for segment in &segments {
            prop_assert_eq!(segment.from, at);
            prop_assert!(segment.from < segment.to);
            prop_assert_eq!(calendar.is_open(segment.from), segment.kind == SegmentKind::Open);
            at = segment.to;
        }
        prop_assert_eq!(at, to);
        prop_assert!(segments.windows(2).all(|pair| pair[0].kind != pair[1].kind));
        let open = segments.iter().filter(|segment| segment.kind == SegmentKind::Open);
        let sum: TimeDelta = open.map(|segment| segment.to - segment.from).sum();
        prop_assert_eq!(sum, calendar.between(from, to));
    }

    #[test]
    fn a_pause_moves_due_by_exactly_its_open_time(
        (definition, first) in definitions(),
        ms in 0..WEEKS,
        span in 0..WEEKS,
        pauses in prop::collection::vec((0..WEEKS, 0..WEEKS / 4), 0..4),
    ) {
        let calendar = Calendar::new(definition).unwrap();
        let (from, span) = (after(first, ms), TimeDelta::milliseconds(span));
        let pauses = pauses.into_iter().map(|(at, length)| (after(first, at), after(first, at + length)));
        let pauses = Pauses::new(pauses.collect());
        let due = calendar.due(from, span, &pauses).unwrap();
        prop_assert_eq!(calendar.elapsed(from, due, &pauses), span);
        let without = calendar.add(from, span).unwrap();
        let paused = calendar.between(from, due) - calendar.elapsed(from, due, &pauses);
        prop_assert_eq!(calendar.between(without, due), paused);
    }

    #[test]
    fn the_next_opening_is_where_the_first_time_counts((definition, first) in definitions(), ms in 0..WEEKS) {
        let calendar = Calendar::new(definition).unwrap();
        let at = after(first, ms);
        let next = calendar.next_open(at).unwrap();
        prop_assert!(next >= at && calendar.is_open(next));
        prop_assert_eq!(calendar.between(at, next), TimeDelta::zero());
        prop_assert_eq!(next == at, calendar.is_open(at));
    }

    #[test]
    fn a_calendar_open_all_day_is_plain_subtraction(
        place in prop::sample::select(PLACES),
        ms in 0..WEEKS,
        span in 0..40 * WEEKS,
    ) {
        let definition = daily(place.0, "0:00-24:00");
        let calendar = definition.calendar();
        for on in place.1 {
            let (from, span) = (after(date(on), ms), TimeDelta::milliseconds(span));
            prop_assert_eq!(calendar.add(from, span), Some(from + span));
            prop_assert_eq!(calendar.between(from, from + span), span);
        }
    }

    #[test]
    fn any_instant_and_any_span_are_supported((definition, _) in definitions(), at in any::<i64>(), span in any::<i64>()) {
        let seconds = at % 8_000_000_000_000;
        let at = Timestamp::from_timestamp(seconds, 0).unwrap();
        let calendar = Calendar::new(definition).unwrap();
        let _ = calendar.is_open(at);
        let _ = calendar.next_open(at);
        // Ten thousand years take too long in a debug build.
        let _ = calendar.add(at, TimeDelta::seconds(span % 100_000_000));
    }
}
