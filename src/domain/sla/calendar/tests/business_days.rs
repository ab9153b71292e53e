//! Business days: a table calculated by hand, properties, and random calendars
//! against a naive calculation, day by day.

use proptest::prelude::*;

use super::properties::{WEEKS, after, definitions};
use super::*;
use crate::testing::cases;
use chrono::{Datelike, NaiveDateTime};

/// Mon-Fri 9 to 17, with a lunch break on Wednesdays and a short Friday.
fn office() -> CalendarDefinition {
    let mut definition = weekdays("Europe/Berlin", "9:00-17:00");
    definition.week[2] = hours("9:00-12:00 13:00-17:00");
    definition.week[4] = hours("9:00-14:00");
    definition
}

fn at(definition: &CalendarDefinition, text: &str) -> Timestamp {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    definition.zone.map_local_time(local).earliest()
}

/// When business days are over, in local time.
#[track_caller]
fn due_days(definition: CalendarDefinition, from: &str, days: u32, end_of_day: bool) -> String {
    let (zone, from) = (definition.zone.clone(), at(&definition, from));
    let due = definition.calendar().add_days(from, days, end_of_day);
    let local = zone.local_time(due.unwrap());
    local.format("%a %Y-%m-%d %H:%M").to_string()
}

/// Start, days, due, due at the end of the day. 2026-03-02 is a Monday.
type Case = (&'static str, u32, &'static str, &'static str);

#[track_caller]
fn check(definition: &CalendarDefinition, cases: &[Case]) {
    for (from, days, due, end) in cases {
        let due_at = |end_of_day| due_days(definition.clone(), from, *days, end_of_day);
        assert_eq!(due_at(false), *due, "{days}bd from {from}");
        assert_eq!(
            due_at(true),
            *end,
            "{days}bd from {from} to the end of the day"
        );
    }
}

#[test]
fn business_days_keep_the_clock_time() {
    check(
        &weekdays("Europe/Berlin", "9:00-17:00"),
        &[
            (
                "2026-03-02 10:30",
                1,
                "Tue 2026-03-03 10:30",
                "Tue 2026-03-03 17:00",
            ),
            (
                "2026-03-02 10:30",
                5,
                "Mon 2026-03-09 10:30",
                "Mon 2026-03-09 17:00",
            ),
            (
                "2026-03-05 16:59",
                2,
                "Mon 2026-03-09 16:59",
                "Mon 2026-03-09 17:00",
            ),
            (
                "2026-03-02 10:30",
                22,
                "Wed 2026-04-01 10:30",
                "Wed 2026-04-01 17:00",
            ),
            // From opening on, a day is over at its closing.
            (
                "2026-03-02 09:00",
                5,
                "Fri 2026-03-06 17:00",
                "Mon 2026-03-09 17:00",
            ),
            (
                "2026-03-02 09:00",
                1,
                "Mon 2026-03-02 17:00",
                "Tue 2026-03-03 17:00",
            ),
        ],
    );
}

#[test]
fn a_start_outside_the_hours_moves_to_the_next_opening() {
    check(
        &weekdays("Europe/Berlin", "9:00-17:00").holiday("2026-03-03", "2026-03-04", "Carnival"),
        &[
            // At night, after closing, at closing, at the weekend, on a holiday.
            (
                "2026-03-02 03:00",
                1,
                "Mon 2026-03-02 17:00",
                "Thu 2026-03-05 17:00",
            ),
            (
                "2026-03-05 20:00",
                1,
                "Fri 2026-03-06 17:00",
                "Mon 2026-03-09 17:00",
            ),
            (
                "2026-03-05 17:00",
                1,
                "Fri 2026-03-06 17:00",
                "Mon 2026-03-09 17:00",
            ),
            (
                "2026-03-07 12:00",
                2,
                "Tue 2026-03-10 17:00",
                "Wed 2026-03-11 17:00",
            ),
            (
                "2026-03-03 12:00",
                1,
                "Thu 2026-03-05 17:00",
                "Fri 2026-03-06 17:00",
            ),
            // The holidays are no business days.
            (
                "2026-03-02 11:00",
                1,
                "Thu 2026-03-05 11:00",
                "Thu 2026-03-05 17:00",
            ),
        ],
    );
}

#[test]
fn a_clock_time_outside_the_hours_of_the_day_moves_into_them() {
    check(
        &office(),
        &[
            // In the lunch break and after the short Friday nothing counts.
            (
                "2026-03-02 12:30",
                2,
                "Wed 2026-03-04 12:00",
                "Wed 2026-03-04 17:00",
            ),
            (
                "2026-03-03 16:00",
                3,
                "Fri 2026-03-06 14:00",
                "Fri 2026-03-06 14:00",
            ),
            (
                "2026-03-03 16:00",
                4,
                "Mon 2026-03-09 16:00",
                "Mon 2026-03-09 17:00",
            ),
            // Split days are one day.
            (
                "2026-03-04 11:00",
                1,
                "Thu 2026-03-05 11:00",
                "Thu 2026-03-05 17:00",
            ),
            (
                "2026-03-04 13:00",
                5,
                "Wed 2026-03-11 12:00",
                "Wed 2026-03-11 17:00",
            ),
        ],
    );
    // A shift on a Saturday makes it a business day; a break of all day ends one.
    check(
        &office()
            .shift("2026-03-07", "10:00-12:00")
            .pause("2026-03-09", "0:00-24:00"),
        &[
            (
                "2026-03-06 09:30",
                1,
                "Fri 2026-03-06 14:00",
                "Sat 2026-03-07 12:00",
            ),
            (
                "2026-03-06 11:00",
                1,
                "Sat 2026-03-07 11:00",
                "Sat 2026-03-07 12:00",
            ),
            (
                "2026-03-06 11:00",
                2,
                "Tue 2026-03-10 11:00",
                "Tue 2026-03-10 17:00",
            ),
        ],
    );
}

#[test]
fn hours_past_midnight_belong_to_the_day_they_begin_on() {
    check(
        &weekdays("UTC", "22:00-30:00"),
        &[
            (
                "2026-03-02 23:00",
                1,
                "Tue 2026-03-03 23:00",
                "Wed 2026-03-04 06:00",
            ),
            (
                "2026-03-03 02:00",
                1,
                "Wed 2026-03-04 02:00",
                "Wed 2026-03-04 06:00",
            ),
            (
                "2026-03-02 23:00",
                5,
                "Mon 2026-03-09 23:00",
                "Tue 2026-03-10 06:00",
            ),
            (
                "2026-03-07 02:00",
                1,
                "Tue 2026-03-10 02:00",
                "Tue 2026-03-10 06:00",
            ),
            (
                "2026-03-07 06:00",
                1,
                "Tue 2026-03-10 06:00",
                "Wed 2026-03-11 06:00",
            ),
        ],
    );
    // Open all day, a day ends at midnight.
    check(
        &weekdays("UTC", "0:00-24:00"),
        &[
            (
                "2026-03-05 12:00",
                1,
                "Fri 2026-03-06 12:00",
                "Sat 2026-03-07 00:00",
            ),
            (
                "2026-03-05 12:00",
                2,
                "Mon 2026-03-09 12:00",
                "Tue 2026-03-10 00:00",
            ),
            (
                "2026-03-07 12:00",
                1,
                "Tue 2026-03-10 00:00",
                "Wed 2026-03-11 00:00",
            ),
        ],
    );
}

#[test]
fn a_clock_change_keeps_the_clock_time() {
    // 2026-03-29 02:00 becomes 03:00, and 2026-10-25 03:00 becomes 02:00.
    let daily = daily("Europe/Berlin", "0:00-24:00");
    check(
        &daily,
        &[
            (
                "2026-03-28 10:00",
                1,
                "Sun 2026-03-29 10:00",
                "Mon 2026-03-30 00:00",
            ),
            (
                "2026-03-28 02:30",
                1,
                "Sun 2026-03-29 03:00",
                "Mon 2026-03-30 00:00",
            ),
            (
                "2026-03-28 02:30",
                2,
                "Mon 2026-03-30 02:30",
                "Tue 2026-03-31 00:00",
            ),
            (
                "2026-10-24 02:30",
                1,
                "Sun 2026-10-25 02:30",
                "Mon 2026-10-26 00:00",
            ),
            (
                "2026-10-25 01:30",
                1,
                "Mon 2026-10-26 01:30",
                "Tue 2026-10-27 00:00",
            ),
        ],
    );
    let calendar = daily.clone().calendar();
    let open = |from: &str| calendar.days_span(at(&daily, from), 1, false).unwrap();
    assert_eq!(open("2026-03-28 10:00"), TimeDelta::hours(23));
    assert_eq!(open("2026-10-24 10:00"), TimeDelta::hours(25));
    assert_eq!(open("2026-10-24 02:30"), TimeDelta::hours(24));
    // In an office that sleeps through the change, a day has its usual hours.
    let office = weekdays("Europe/Berlin", "9:00-17:00");
    let calendar = office.clone().calendar();
    let span = calendar.days_span(at(&office, "2026-03-27 10:00"), 1, false);
    assert_eq!(span, Some(TimeDelta::hours(8)));
}

#[test]
fn days_run_over_the_end_of_the_year() {
    check(
        &weekdays("Europe/Berlin", "9:00-17:00")
            .holiday("2026-12-24", "2026-12-26", "Christmas")
            .yearly(1, 1),
        &[
            (
                "2026-12-23 11:00",
                1,
                "Mon 2026-12-28 11:00",
                "Mon 2026-12-28 17:00",
            ),
            (
                "2026-12-23 11:00",
                5,
                "Mon 2027-01-04 11:00",
                "Mon 2027-01-04 17:00",
            ),
            (
                "2026-12-31 09:00",
                1,
                "Thu 2026-12-31 17:00",
                "Mon 2027-01-04 17:00",
            ),
        ],
    );
}

#[test]
fn around_the_clock_a_business_day_is_24_hours() {
    let from = moment("2026-03-07T10:00:00Z");
    let due = moment("2026-03-09T10:00:00Z");
    assert_eq!(Calendar::Always.add_days(from, 2, false), Some(due));
    assert_eq!(Calendar::Always.add_days(from, 2, true), Some(due));
    assert_eq!(Calendar::Always.days_between(from, due), 0);
    let end = moment("9999-12-30T10:00:00Z");
    assert_eq!(Calendar::Always.add_days(end, 2, false), None);
    assert_eq!(office().calendar().add_days(end, 9, false), None);
}

#[test]
fn days_that_open_at_the_same_instant_are_over_together() {
    // Tuesday's night shift and Wednesday both open when a closure ends.
    let mut definition = weekdays("Europe/Berlin", "9:00-17:00").event(
        "2026-03-31T10:00:00Z",
        "2026-04-01T11:00:00Z",
        "",
    );
    definition.week[1] = hours("17:00-38:00");
    let calendar = definition.clone().calendar();
    let from = at(&definition, "2026-03-30 10:00");
    let due = calendar.add_days(from, 1, false).unwrap();
    assert_eq!(due, at(&definition, "2026-03-30 17:00"));
    assert_eq!(calendar.add_days(from, 2, false), Some(due));
    assert_eq!(calendar.days_between(from, due), 2);
    assert_eq!(calendar.days_between(from, due - TimeDelta::seconds(1)), 0);
}

#[test]
fn the_end_of_the_day_comes_again_after_a_pause() {
    let definition = office();
    let calendar = definition.clone().calendar();
    let end = |from: &str, hours| {
        let end = calendar.end_of_day(at(&definition, from), TimeDelta::hours(hours));
        let local = definition.zone.local_time(end.unwrap());
        local.format("%a %Y-%m-%d %H:%M").to_string()
    };
    assert_eq!(end("2026-03-02 10:00", 1), "Mon 2026-03-02 17:00");
    assert_eq!(end("2026-03-02 10:00", 7), "Mon 2026-03-02 17:00");
    assert_eq!(end("2026-03-02 10:00", 8), "Tue 2026-03-03 17:00");
    assert_eq!(end("2026-03-02 10:00", 0), "Mon 2026-03-02 17:00");
    assert_eq!(end("2026-03-02 17:00", 0), "Tue 2026-03-03 17:00");
    assert_eq!(end("2026-03-05 16:00", 2), "Fri 2026-03-06 14:00");
    assert_eq!(
        Calendar::Always.end_of_day(moment("2026-03-02T10:00:00Z"), TimeDelta::hours(1)),
        None
    );
}

#[test]
fn days_before_an_instant_keep_the_clock_time() {
    let definition = office();
    let calendar = definition.clone().calendar();
    let before = |text: &str, days| {
        let at = calendar.subtract_days(at(&definition, text), days);
        let local = definition.zone.local_time(at.unwrap());
        local.format("%a %Y-%m-%d %H:%M").to_string()
    };
    assert_eq!(before("2026-03-10 11:00", 1), "Mon 2026-03-09 11:00");
    assert_eq!(before("2026-03-10 11:00", 2), "Fri 2026-03-06 11:00");
    assert_eq!(before("2026-03-10 16:00", 2), "Fri 2026-03-06 14:00");
    assert_eq!(before("2026-03-06 14:00", 5), "Fri 2026-02-27 14:00");
}

/// The open time of the hours that begin on one date, from the text of the
/// rules. It shares only the definition and the zone with the real calculation.
fn naive_hours(definition: &CalendarDefinition, on: NaiveDate) -> Vec<(i64, i64)> {
    let has_shift = |date: NaiveDate| {
        let mut shifts = definition.shifts.iter();
        shifts.any(|(on, hours)| *on == date && !hours.is_empty())
    };
    let closed = |date: NaiveDate| {
        let even = definition.open_holidays.contains(&date);
        definition.holidays.iter().any(|holiday| {
            let opened = has_shift(date) && (even || holiday.source == HolidaySource::File);
            !opened
                && match holiday.dates {
                    HolidayDates::Range(first, last) => first <= date && date <= last,
                    HolidayDates::Yearly(month, day) => (date.month(), date.day()) == (month, day),
                }
        })
    };
    if closed(on) {
        return Vec::new();
    }
    let ends = |date: NaiveDate, hours: &LocalHours| {
        let local = |s: u32| date.and_time(NaiveTime::MIN) + TimeDelta::seconds(s.into());
        let from = definition
            .zone
            .map_local_time(local(hours.from_s))
            .earliest();
        let to = definition.zone.map_local_time(local(hours.to_s)).latest();
        (from.timestamp(), to.timestamp())
    };
    let weekday = usize::try_from(on.weekday().num_days_from_monday()).unwrap();
    let shifts = definition.shifts.iter().filter(|(date, _)| *date == on);
    let shifts: Vec<&Vec<LocalHours>> = shifts.map(|(_, hours)| hours).collect();
    let hours: Vec<&LocalHours> = match shifts.as_slice() {
        [] => definition.week[weekday].iter().collect(),
        some => some.iter().copied().flatten().collect(),
    };
    let mut open: Vec<(i64, i64)> = hours.into_iter().map(|hours| ends(on, hours)).collect();
    for next in on.iter_days().skip(1).take(3).filter(|next| closed(*next)) {
        let midnight = definition
            .zone
            .map_local_time(next.and_time(NaiveTime::MIN));
        for interval in &mut open {
            interval.1 = interval.1.min(midnight.earliest().timestamp());
        }
    }
    let breaks = definition.breaks.iter();
    let breaks = breaks.flat_map(|(date, hours)| hours.iter().map(|hours| ends(*date, hours)));
    let midnight = |date: NaiveDate| {
        let local = date.and_time(NaiveTime::MIN);
        definition.zone.map_local_time(local).earliest().timestamp()
    };
    let without = |all: Vec<(i64, i64)>, gap: (i64, i64)| -> Vec<(i64, i64)> {
        // An empty gap cuts nothing.
        if gap.0 >= gap.1 {
            return all;
        }
        let parts = |(from, to): &(i64, i64)| [(*from, gap.0.min(*to)), (gap.1.max(*from), *to)];
        let parts = all.iter().flat_map(parts);
        parts.filter(|(from, to)| from < to).collect()
    };
    let events = definition.closures.iter().flat_map(|event| {
        let whole = vec![(event.from.timestamp(), event.to.timestamp())];
        let shifts = definition.shifts.iter().map(|(date, _)| *date);
        let shifts = shifts.filter(|date| has_shift(*date));
        shifts.fold(whole, |all, date| {
            without(all, (midnight(date), midnight(date.succ_opt().unwrap())))
        })
    });
    for gap in breaks.chain(events) {
        open = without(open, gap);
    }
    open.retain(|(from, to)| from < to);
    open.sort_unstable();
    open
}

/// All days with open time around a date: the date, and its hours.
fn naive_days(
    definition: &CalendarDefinition,
    first: NaiveDate,
) -> Vec<(NaiveDate, Vec<(i64, i64)>)> {
    let dates = (first - TimeDelta::days(14)).iter_days().take(120);
    let days = dates.map(|date| (date, naive_hours(definition, date)));
    days.filter(|(_, hours)| !hours.is_empty()).collect()
}

/// When business days are over, step by step; `None` beyond the known days.
fn naive_due(
    definition: &CalendarDefinition,
    days: &[(NaiveDate, Vec<(i64, i64)>)],
    from_s: i64,
    count: usize,
    end_of_day: bool,
) -> Option<i64> {
    let all = || days.iter().flat_map(|(_, hours)| hours);
    let opens = |day: usize| days[day].1.iter().map(|open| open.0).min().unwrap();
    let closes = |day: usize| days[day].1.iter().map(|open| open.1).max().unwrap();
    let start = all()
        .filter(|open| open.1 > from_s)
        .map(|open| open.0.max(from_s))
        .min()?;
    let day = (0..days.len()).rev().find(|day| opens(*day) <= start)?;
    let end = day + count;
    if end + 1 >= days.len() {
        return None;
    }
    if end_of_day {
        return (day..=end).map(closes).max();
    }
    let local = definition
        .zone
        .local_time(Timestamp::from_timestamp(start, 0)?);
    let local = local + (days[end].0 - days[day].0);
    let same = definition.zone.map_local_time(local).earliest().timestamp();
    let latest = opens(end + 1).max(opens(end)).min(closes(end));
    let due = same.max(opens(end)).min(latest);
    // The first instant without open time until then.
    let open = all().any(|open| open.0 < due && due <= open.1);
    let closing = all().map(|open| open.1).filter(|to| *to <= due).max();
    if open { Some(due) } else { closing }
}

fn compare(
    definition: &CalendarDefinition,
    first: NaiveDate,
    seconds: i64,
    count: usize,
) -> Result<(), TestCaseError> {
    let calendar = Calendar::new(definition.clone()).unwrap();
    let from = after(first, seconds * 1_000);
    let days = naive_days(definition, first);
    for end_of_day in [false, true] {
        let expected = naive_due(definition, &days, from.timestamp(), count, end_of_day);
        if let Some(expected) = expected {
            let due = calendar.add_days(from, u32::try_from(count).unwrap(), end_of_day);
            prop_assert_eq!(due.map(|due| due.timestamp()), Some(expected));
        }
    }
    Ok(())
}

#[test]
fn the_naive_calculation_is_no_copy_of_a_wrong_one() {
    let definition = office();
    let days = naive_days(&definition, date("2026-03-02"));
    let from = at(&definition, "2026-03-03 16:00").timestamp();
    let due = naive_due(&definition, &days, from, 3, false).unwrap();
    assert_eq!(due, at(&definition, "2026-03-06 14:00").timestamp());
    let wrong = office()
        .calendar()
        .add_days(moment("2026-03-03T15:00:00Z"), 4, false);
    assert_ne!(wrong.unwrap().timestamp(), due);
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn business_days_equal_a_calculation_day_by_day(
        (definition, first) in definitions(),
        seconds in 0..WEEKS / 1_000,
        count in 1..12_usize,
    ) {
        compare(&definition, first, seconds, count)?;
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn due_in_business_days_is_open_or_closing_time(
        (definition, first) in definitions(),
        ms in 0..WEEKS,
        days in 1..12_u32,
        end_of_day in any::<bool>(),
    ) {
        let calendar = Calendar::new(definition).unwrap();
        let from = after(first, ms);
        let due = calendar.add_days(from, days, end_of_day).unwrap();
        prop_assert!(calendar.between(due - TimeDelta::milliseconds(1), due) > TimeDelta::zero());
        // Its open time brings back the due time, and is what has passed then.
        let span = calendar.days_span(from, days, end_of_day).unwrap();
        prop_assert_eq!(calendar.add(from, span), Some(due));
        prop_assert_eq!(calendar.elapsed(from, due, &Pauses::default()), span);
        let passed = calendar.days_between(from, due);
        prop_assert!(passed >= days, "{} of {}", passed, days);
        if !end_of_day {
            let before = due - TimeDelta::milliseconds(1);
            prop_assert!(calendar.days_between(from, before) < days);
        }
    }

    #[test]
    fn more_business_days_or_a_later_start_are_never_due_earlier(
        (definition, first) in definitions(),
        mut ms in [0..WEEKS, 0..WEEKS],
        days in 1..12_u32,
        end_of_day in any::<bool>(),
    ) {
        ms.sort_unstable();
        let zone = definition.zone.clone();
        let calendar = Calendar::new(definition).unwrap();
        let [a, b] = ms.map(|ms| after(first, ms));
        let due = |from, days| calendar.add_days(from, days, end_of_day).unwrap();
        prop_assert!(due(a, days) <= due(a, days + 1));
        // A clock that is set back between two starts sets the later one back.
        let clock = |at| zone.local_time(calendar.next_open(at).unwrap());
        if clock(a) <= clock(b) {
            prop_assert!(due(a, days) <= due(b, days));
        }
    }
}
