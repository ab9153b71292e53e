//! Single days, calculated by hand.

use super::super::upcoming::UpcomingHoliday;
use super::*;

fn office() -> CalendarDefinition {
    weekdays("Europe/Berlin", "9:00-12:00 13:00-17:00")
}

#[test]
fn a_span_passes_lunch_night_and_weekend() {
    // 2026-03-06 is a Friday.
    assert_eq!(
        due(office(), "2026-03-06 11:00", 60),
        "Fri 2026-03-06 12:00"
    );
    assert_eq!(
        due(office(), "2026-03-06 11:00", 61),
        "Fri 2026-03-06 13:01"
    );
    assert_eq!(
        due(office(), "2026-03-06 16:00", 120),
        "Mon 2026-03-09 10:00"
    );
    assert_eq!(
        minutes(office(), "2026-03-06 11:30", "2026-03-09 09:30"),
        300
    );
}

#[test]
fn a_span_used_up_exactly_at_closing_is_due_at_that_instant() {
    assert_eq!(
        due(office(), "2026-03-06 09:00", 420),
        "Fri 2026-03-06 17:00"
    );
    assert_eq!(
        due(office(), "2026-03-06 17:00", 420),
        "Mon 2026-03-09 17:00"
    );
}

#[test]
fn a_start_outside_the_hours_counts_from_the_next_opening() {
    assert_eq!(due(office(), "2026-03-06 17:00", 1), "Mon 2026-03-09 09:01");
    assert_eq!(
        due(office(), "2026-03-07 13:00", 60),
        "Mon 2026-03-09 10:00"
    );
    assert_eq!(
        due(office(), "2026-03-06 12:00", 60),
        "Fri 2026-03-06 14:00"
    );
    assert_eq!(
        due(office(), "2026-03-06 03:00", 60),
        "Fri 2026-03-06 10:00"
    );
}

#[test]
fn a_span_of_zero_is_used_up_at_once_even_outside_the_hours() {
    assert_eq!(due(office(), "2026-03-07 13:00", 0), "Sat 2026-03-07 13:00");
}

#[test]
fn parts_of_a_second_count() {
    let calendar = office().calendar();
    let from = moment("2026-03-06T15:59:59.250Z");
    assert_eq!(
        calendar.add(from, TimeDelta::milliseconds(750)),
        Some(moment("2026-03-06T16:00:00Z"))
    );
    assert_eq!(
        calendar.add(from, TimeDelta::milliseconds(751)),
        Some(moment("2026-03-09T08:00:00.001Z"))
    );
    let to = moment("2026-03-09T08:00:00.001Z");
    assert_eq!(calendar.between(from, to), TimeDelta::milliseconds(751));
    assert_eq!(calendar.between(to, from), TimeDelta::zero());
}

#[test]
fn hours_are_half_open() {
    let calendar = office().calendar();
    let open = |text| calendar.is_open(moment(text));
    assert!(open("2026-03-06T08:00:00Z"));
    assert!(!open("2026-03-06T07:59:59.999Z"));
    assert!(open("2026-03-06T10:59:59.999Z"));
    assert!(!open("2026-03-06T11:00:00Z"));
    assert!(open("2026-03-06T12:00:00Z"));
    assert!(!open("2026-03-07T12:00:00Z"));
}

#[test]
fn the_next_opening_is_now_where_it_is_open() {
    let calendar = office().calendar();
    let next = |text| calendar.next_open(moment(text)).unwrap().to_rfc3339();
    assert_eq!(
        next("2026-03-06T08:00:00.5Z"),
        "2026-03-06T08:00:00.500+00:00"
    );
    assert_eq!(next("2026-03-06T11:00:00Z"), "2026-03-06T12:00:00+00:00");
    assert_eq!(next("2026-03-06T16:00:00Z"), "2026-03-09T08:00:00+00:00");
}

#[test]
fn a_day_may_open_until_24_00_and_go_on_at_0_00() {
    let definition = || daily("Europe/Berlin", "20:00-24:00 0:00-4:00");
    assert_eq!(
        minutes(definition(), "2026-03-06 20:00", "2026-03-07 04:00"),
        480
    );
    assert_eq!(
        due(definition(), "2026-03-06 23:00", 61),
        "Sat 2026-03-07 00:01"
    );
}

#[test]
fn an_overnight_shift_belongs_to_the_day_on_which_it_begins() {
    let mut definition = daily("Asia/Kolkata", "");
    definition.week[4] = hours("22:00-30:00");
    // Friday night to Saturday morning, and no other night.
    assert_eq!(
        due(definition.clone(), "2026-03-06 12:00", 480),
        "Sat 2026-03-07 06:00"
    );
    assert_eq!(
        due(definition.clone(), "2026-03-06 12:00", 481),
        "Fri 2026-03-13 22:01"
    );
    assert_eq!(
        minutes(definition, "2026-03-07 00:00", "2026-03-13 22:00"),
        360
    );
}

#[test]
fn hours_of_two_days_that_overlap_count_once() {
    let definition = daily("UTC", "22:00-32:00 6:00-10:00");
    assert_eq!(
        minutes(definition, "2026-03-06 12:00", "2026-03-07 12:00"),
        12 * 60
    );
    let definition = daily("UTC", "9:00-12:00 11:00-13:00 9:30-10:00");
    assert_eq!(
        minutes(definition, "2026-03-06 00:00", "2026-03-07 00:00"),
        240
    );
    let definition = daily("UTC", "0:00-48:00");
    assert_eq!(
        minutes(definition, "2026-03-06 00:00", "2026-03-09 00:00"),
        3 * 1440
    );
}

#[test]
fn empty_or_reversed_hours_are_ignored() {
    let definition = daily("UTC", "9:00-9:00 12:00-11:00 14:00-15:00 25:00-26:00");
    assert_eq!(
        minutes(definition, "2026-03-06 00:00", "2026-03-07 00:00"),
        60
    );
}

#[test]
fn a_day_on_which_the_clock_is_put_forward_is_an_hour_shorter() {
    let round = |zone| daily(zone, "0:00-24:00");
    for (zone, day, after, hours) in [
        ("Europe/Berlin", "2026-03-29", "2026-03-30", 23),
        ("Europe/Berlin", "2026-10-25", "2026-10-26", 25),
        ("America/New_York", "2026-03-08", "2026-03-09", 23),
        ("America/New_York", "2026-11-01", "2026-11-02", 25),
        ("America/Sao_Paulo", "2018-11-04", "2018-11-05", 23),
        ("America/Sao_Paulo", "2018-02-17", "2018-02-18", 25),
        ("America/Sao_Paulo", "2026-11-04", "2026-11-05", 24),
        ("Australia/Sydney", "2026-10-04", "2026-10-05", 23),
        ("Australia/Sydney", "2026-04-05", "2026-04-06", 25),
        ("Africa/Cairo", "2026-04-24", "2026-04-25", 23),
        ("Africa/Cairo", "2026-10-29", "2026-10-30", 25),
        ("Asia/Tehran", "2022-03-22", "2022-03-23", 23),
        ("Asia/Tehran", "2022-09-21", "2022-09-22", 25),
        ("Asia/Tehran", "2023-03-22", "2023-03-23", 24),
        ("Asia/Beirut", "2026-03-29", "2026-03-30", 23),
        ("Asia/Beirut", "2026-10-24", "2026-10-25", 25),
        ("Pacific/Apia", "2011-12-29", "2011-12-31", 24),
        ("Antarctica/Troll", "2026-03-29", "2026-03-30", 22),
    ] {
        let span = minutes(
            round(zone),
            &format!("{day} 00:00"),
            &format!("{after} 00:00"),
        );
        assert_eq!(span, hours * 60, "{zone} {day}");
    }
}

#[test]
fn lord_howe_moves_its_clock_by_half_an_hour() {
    let round = || daily("Australia/Lord_Howe", "0:00-24:00");
    assert_eq!(
        minutes(round(), "2026-10-04 00:00", "2026-10-05 00:00"),
        1410
    );
    assert_eq!(
        minutes(round(), "2026-04-05 00:00", "2026-04-06 00:00"),
        1470
    );
    // 02:15 is skipped: clocks go from 02:00 to 02:30.
    let early = || daily("Australia/Lord_Howe", "2:15-3:00");
    assert_eq!(minutes(early(), "2026-10-04 00:00", "2026-10-05 00:00"), 30);
    // Open from the first 01:45 to the second 01:50.
    let early = daily("Australia/Lord_Howe", "1:45-1:50");
    assert_eq!(minutes(early, "2026-04-05 00:00", "2026-04-06 00:00"), 35);
}

#[test]
fn an_opening_that_is_skipped_moves_to_the_first_instant_after_the_gap() {
    // Clocks go from 02:00 to 03:00.
    let night = |text| daily("Europe/Berlin", text);
    let sunday = |definition| minutes(definition, "2026-03-29 00:00", "2026-03-30 00:00");
    assert_eq!(sunday(night("2:30-5:00")), 120);
    assert_eq!(sunday(night("1:00-2:30")), 60);
    assert_eq!(sunday(night("2:10-2:50")), 0);
    assert_eq!(sunday(night("1:00-4:00")), 120);
    // Both move to 03:00 and are not counted twice.
    assert_eq!(sunday(night("2:15-4:00 2:45-3:30")), 60);
    assert_eq!(
        due(night("2:10-2:50"), "2026-03-28 12:00", 1),
        "Mon 2026-03-30 02:11"
    );
}

#[test]
fn an_opening_that_comes_twice_is_the_first_and_a_closing_the_last() {
    // Clocks go from 03:00 back to 02:00.
    let sunday = |text| {
        let definition = daily("Europe/Berlin", text);
        minutes(definition, "2026-10-25 00:00", "2026-10-26 00:00")
    };
    assert_eq!(sunday("2:30-5:00"), 210);
    assert_eq!(sunday("1:00-2:30"), 150);
    assert_eq!(sunday("2:10-2:50"), 100);
    assert_eq!(sunday("1:00-2:00"), 120);
    assert_eq!(sunday("3:00-4:00"), 60);
    // The two overlap because the hour repeats; the overlap counts once.
    assert_eq!(sunday("2:00-2:30 2:45-3:00"), 120);
}

#[test]
fn a_clock_change_may_skip_midnight() {
    // São Paulo went from 24:00 on Saturday to 01:00 on Sunday.
    let definition = || daily("America/Sao_Paulo", "0:00-2:00");
    assert_eq!(
        minutes(definition(), "2018-11-04 01:00", "2018-11-05 00:00"),
        60
    );
    let late = daily("America/Sao_Paulo", "22:00-24:00");
    assert_eq!(minutes(late, "2018-11-03 12:00", "2018-11-04 12:00"), 120);
    let over = daily("America/Sao_Paulo", "22:00-26:00");
    assert_eq!(minutes(over, "2018-11-03 12:00", "2018-11-04 12:00"), 180);
    // And from 24:00 back to 23:00.
    let late = daily("America/Sao_Paulo", "22:00-24:00");
    assert_eq!(minutes(late, "2018-02-17 12:00", "2018-02-18 12:00"), 180);
    // A holiday whose midnight is skipped begins with its first instant.
    let definition =
        daily("America/Sao_Paulo", "22:00-26:00").holiday("2018-11-04", "2018-11-04", "");
    assert_eq!(
        minutes(definition, "2018-11-03 12:00", "2018-11-05 12:00"),
        120
    );
}

#[test]
fn a_skipped_date_has_no_hours() {
    let definition = || daily("Pacific/Apia", "9:00-17:00");
    assert_eq!(
        minutes(definition(), "2011-12-29 00:00", "2012-01-01 00:00"),
        2 * 480
    );
    // From Thursday evening to Saturday morning is one night.
    let night = || daily("Pacific/Apia", "22:00-30:00");
    assert_eq!(
        minutes(night(), "2011-12-29 12:00", "2011-12-31 12:00"),
        480
    );
    let closed = definition().holiday("2011-12-30", "2011-12-30", "Gone");
    assert_eq!(
        segments_between(closed, "2011-12-30T00:00:00Z", "2011-12-30T22:00:00Z"),
        "12-29 14:00 - 12-29 17:00 Open\n\
         12-29 17:00 - 12-31 09:00 Closed\n\
         12-31 09:00 - 12-31 12:00 Open"
    );
}

#[test]
fn a_holiday_closes_its_local_date() {
    let definition = office().holiday("2026-05-01", "2026-05-01", "Labour Day");
    assert_eq!(
        due(definition, "2026-04-30 16:00", 120),
        "Mon 2026-05-04 10:00"
    );
    let definition = office().holiday("2026-12-24", "2026-12-31", "");
    assert_eq!(
        due(definition, "2026-12-23 16:00", 61),
        "Fri 2027-01-01 09:01"
    );
}

#[test]
fn overnight_hours_end_where_a_holiday_begins_and_none_begin_on_it() {
    let night = || daily("America/Bogota", "22:00-30:00");
    let definition = night().holiday("2026-05-01", "2026-05-01", "");
    assert_eq!(
        minutes(definition.clone(), "2026-04-30 12:00", "2026-05-02 12:00"),
        120
    );
    assert_eq!(
        due(definition, "2026-04-30 22:00", 121),
        "Sat 2026-05-02 22:01"
    );
    let long = daily("UTC", "0:00-48:00").holiday("2026-05-01", "2026-05-01", "");
    assert_eq!(
        minutes(long, "2026-04-29 00:00", "2026-05-03 00:00"),
        3 * 1440
    );
}

#[test]
fn a_yearly_holiday_comes_every_year_and_the_leap_day_in_leap_years() {
    let definition = || {
        daily("Asia/Tokyo", "9:00-17:00")
            .yearly(2, 29)
            .yearly(12, 25)
    };
    let year = |from: &str, to: &str| minutes(definition(), from, to) / 480;
    assert_eq!(year("2024-01-01 00:00", "2025-01-01 00:00"), 364);
    assert_eq!(year("2025-01-01 00:00", "2026-01-01 00:00"), 364);
    assert_eq!(year("2100-02-01 00:00", "2100-03-31 00:00"), 58);
    assert_eq!(year("2000-02-28 00:00", "2000-03-02 00:00"), 2);
}

#[test]
fn a_shift_replaces_what_begins_on_its_date() {
    let definition = || {
        office()
            .shift("2026-03-07", "10:00-14:00")
            .shift("2026-03-09", "")
    };
    assert_eq!(
        due(definition(), "2026-03-06 16:00", 120),
        "Sat 2026-03-07 11:00"
    );
    assert_eq!(
        due(definition(), "2026-03-06 16:00", 301),
        "Tue 2026-03-10 09:01"
    );
    // The night before stays.
    let night = daily("UTC", "22:00-30:00").shift("2026-03-07", "8:00-9:00");
    assert_eq!(
        segments_between(night, "2026-03-06T21:00:00Z", "2026-03-08T23:00:00Z"),
        "03-06 21:00 - 03-06 22:00 Closed\n\
         03-06 22:00 - 03-07 06:00 Open\n\
         03-07 06:00 - 03-07 08:00 Closed\n\
         03-07 08:00 - 03-07 09:00 Open\n\
         03-07 09:00 - 03-08 22:00 Closed\n\
         03-08 22:00 - 03-08 23:00 Open"
    );
}

#[test]
fn a_holiday_beats_a_shift() {
    let definition = office()
        .holiday("2026-03-07", "2026-03-07", "")
        .shift("2026-03-07", "10:00-14:00");
    assert_eq!(
        due(definition, "2026-03-06 16:00", 120),
        "Mon 2026-03-09 10:00"
    );
}

#[test]
fn a_break_cuts_its_time_out_of_whatever_is_open() {
    let definition = office().pause("2026-03-09", "10:00-11:00 11:30-13:30");
    assert_eq!(
        minutes(definition, "2026-03-09 00:00", "2026-03-10 00:00"),
        420 - 120
    );
    // A break in the night that began the day before, and one across midnight.
    let night = daily("UTC", "22:00-30:00").pause("2026-03-07", "1:00-2:00 23:00-25:00");
    assert_eq!(
        segments_between(night, "2026-03-06T22:00:00Z", "2026-03-08T06:00:00Z"),
        "03-06 22:00 - 03-07 01:00 Open\n\
         03-07 01:00 - 03-07 02:00 Break\n\
         03-07 02:00 - 03-07 06:00 Open\n\
         03-07 06:00 - 03-07 22:00 Closed\n\
         03-07 22:00 - 03-07 23:00 Open\n\
         03-07 23:00 - 03-08 01:00 Break\n\
         03-08 01:00 - 03-08 06:00 Open"
    );
    // A break in the hours of a shift.
    let definition = office()
        .shift("2026-03-07", "10:00-14:00")
        .pause("2026-03-07", "9:00-11:00");
    assert_eq!(
        minutes(definition, "2026-03-07 00:00", "2026-03-08 00:00"),
        180
    );
}

#[test]
fn a_break_over_a_clock_change_lasts_as_long_as_it_really_does() {
    let definition = |on| daily("Europe/Berlin", "0:00-24:00").pause(on, "1:00-4:00");
    assert_eq!(
        minutes(
            definition("2026-03-29"),
            "2026-03-29 00:00",
            "2026-03-30 00:00"
        ),
        21 * 60
    );
    assert_eq!(
        minutes(
            definition("2026-10-25"),
            "2026-10-25 00:00",
            "2026-10-26 00:00"
        ),
        21 * 60
    );
}

#[test]
fn holidays_in_a_row_keep_their_names() {
    let definition = office()
        .holiday("2026-12-25", "2026-12-25", "Christmas Day")
        .holiday("2026-12-26", "2026-12-26", "Boxing Day")
        .holiday("2026-12-24", "2026-12-31", "")
        .pause("2026-12-23", "10:00-20:00");
    assert_eq!(
        segments_between(definition, "2026-12-23T08:00:00Z", "2027-01-01T08:30:00Z"),
        "12-23 09:00 - 12-23 10:00 Open\n\
         12-23 10:00 - 12-23 12:00 Break\n\
         12-23 12:00 - 12-23 13:00 Closed\n\
         12-23 13:00 - 12-23 17:00 Break\n\
         12-23 17:00 - 12-24 00:00 Closed\n\
         12-24 00:00 - 12-25 00:00 Holiday(None)\n\
         12-25 00:00 - 12-26 00:00 Holiday(Some(\"Christmas Day\"))\n\
         12-26 00:00 - 12-27 00:00 Holiday(Some(\"Boxing Day\"))\n\
         12-27 00:00 - 01-01 00:00 Holiday(None)\n\
         01-01 00:00 - 01-01 09:00 Closed\n\
         01-01 09:00 - 01-01 09:30 Open"
    );
}

#[test]
fn always_open_is_one_segment() {
    let (from, to) = (
        moment("2026-03-06T08:00:00Z"),
        moment("2026-03-07T08:00:00Z"),
    );
    let segments = Calendar::Always.segments(from, to);
    assert_eq!(segments.len(), 1);
    assert_eq!(segments[0].kind, SegmentKind::Open);
    assert_eq!(Calendar::Always.segments(to, from), []);
    assert_eq!(office().calendar().segments(to, to), []);
    assert!(Calendar::Always.is_open(from));
    assert_eq!(Calendar::Always.next_open(from), Some(from));
    assert_eq!(Calendar::Always.definition(), None);
}

#[test]
fn zones_of_five_continents_open_by_their_own_clock() {
    for (zone, opens) in [
        ("Europe/London", "2026-07-01T08:00:00Z"),
        ("Africa/Nairobi", "2026-07-01T06:00:00Z"),
        ("Asia/Kathmandu", "2026-07-01T03:15:00Z"),
        ("America/St_Johns", "2026-07-01T11:30:00Z"),
        ("Pacific/Chatham", "2026-06-30T20:15:00Z"),
        ("Pacific/Kiritimati", "2026-06-30T19:00:00Z"),
    ] {
        let calendar = daily(zone, "9:00-17:00").calendar();
        let before = moment(opens) - TimeDelta::hours(8);
        assert_eq!(calendar.next_open(before), Some(moment(opens)), "{zone}");
    }
}

#[test]
fn the_earliest_and_the_latest_instant_are_supported() {
    let calendar = office().calendar();
    let (first, last) = (Timestamp::MIN_UTC, Timestamp::MAX_UTC);
    let minute = TimeDelta::minutes(1);
    assert_eq!(calendar.add(last, minute), None);
    assert_eq!(calendar.add(last, TimeDelta::zero()), Some(last));
    assert_eq!(calendar.next_open(last), None);
    assert!(!calendar.is_open(last));
    // 0001-01-01 was a Monday, and Berlin 53 min 28 s ahead of Greenwich.
    let opening = moment("0001-01-01T08:06:32Z");
    assert_eq!(calendar.next_open(first), Some(opening));
    assert_eq!(calendar.add(first, minute), Some(opening + minute));
    let end = moment("9999-12-31T15:59:00Z");
    assert_eq!(calendar.add(end, minute), Some(end + minute));
    assert_eq!(calendar.add(end + minute, minute), None);
    assert_eq!(calendar.add(end, TimeDelta::MAX), None);
    assert_eq!(calendar.between(last - minute, last), TimeDelta::zero());
    assert_eq!(calendar.between(first, first + minute), TimeDelta::zero());
    assert_eq!(Calendar::Always.add(end, TimeDelta::days(1)), None);
    assert_eq!(Calendar::Always.add(last, TimeDelta::MAX), None);
    let west = daily("America/Los_Angeles", "0:00-24:00").calendar();
    assert_eq!(west.add(moment("9999-12-31T23:59:00Z"), minute), None);
    assert!(west.is_open(moment("9999-12-31T23:59:59Z")));
}

#[test]
fn only_the_years_1_to_9999_have_open_time() {
    use super::super::{intervals, timetable};
    assert_eq!(intervals::FIRST, timetable::day(date("0001-01-01")));
    assert_eq!(intervals::END, timetable::day(date("+10000-01-01")));
}

#[test]
fn overlapping_pauses_count_once_and_closed_time_in_them_not_at_all() {
    let calendar = office().calendar();
    let pauses = |all: &[(&str, &str)]| {
        let one = |(from, to): &(&str, &str)| (moment(from), moment(to));
        Pauses::new(all.iter().map(one).collect())
    };
    let from = moment("2026-03-06T08:00:00Z");
    let two = pauses(&[
        ("2026-03-06T09:30:00Z", "2026-03-06T10:30:00Z"),
        ("2026-03-06T09:00:00Z", "2026-03-06T10:00:00Z"),
        ("2026-03-06T20:00:00Z", "2026-03-06T10:00:00Z"),
        ("2026-03-06T15:00:00Z", "2026-03-09T09:00:00Z"),
    ]);
    let due = |hours| calendar.due(from, TimeDelta::hours(hours), &two).unwrap();
    // Used up where a pause begins.
    assert_eq!(due(1), moment("2026-03-06T09:00:00Z"));
    assert_eq!(due(2), moment("2026-03-06T12:30:00Z"));
    assert_eq!(due(5), moment("2026-03-09T09:30:00Z"));
    assert_eq!(due(0), from);
    let to = moment("2026-03-09T09:30:00Z");
    assert_eq!(calendar.elapsed(from, to, &two), TimeDelta::hours(5));
    assert_eq!(calendar.elapsed(to, from, &two), TimeDelta::zero());
}

#[test]
fn upcoming_dates_are_in_order() {
    let definition = office()
        .holiday("2026-12-24", "2026-12-31", "Works holiday")
        .yearly(12, 25)
        .yearly(1, 1)
        .holiday("2026-01-01", "2026-01-01", "Gone")
        .shift("2026-12-12", "10:00-14:00")
        .pause("2026-11-30", "12:00-13:00")
        .pause("2026-01-30", "12:00-13:00");
    let outlook = definition
        .calendar()
        .upcoming(moment("2026-11-30T23:30:00Z"), 2);
    let dates =
        |coming: &UpcomingHoliday| format!("{} {} {:?}", coming.first, coming.last, coming.name);
    assert_eq!(
        outlook.holidays.iter().map(dates).collect::<Vec<_>>(),
        [
            "2026-12-24 2026-12-31 Some(\"Works holiday\")",
            "2027-01-01 2027-01-01 None",
        ]
    );
    // In Berlin the 30th is already over.
    let date = |exception: &UpcomingException| (exception.date.to_string(), exception.is_break);
    assert_eq!(
        outlook.exceptions.iter().map(date).collect::<Vec<_>>(),
        [("2026-12-12".to_owned(), false)]
    );
    assert_eq!(
        Calendar::Always.upcoming(Timestamp::UNIX_EPOCH, 2),
        UpcomingDates::default()
    );
}

#[test]
fn the_next_closing_ends_the_current_or_next_open_interval() {
    let close =
        |definition: CalendarDefinition, at: &str| definition.calendar().next_close(moment(at));
    let some = |text: &str| Some(moment(text));
    assert_eq!(
        close(office(), "2026-03-06T09:00:00Z"),
        some("2026-03-06T11:00:00Z")
    );
    assert_eq!(
        close(office(), "2026-03-06T11:00:00Z"),
        some("2026-03-06T16:00:00Z")
    );
    let night = daily("UTC", "18:00-24:00 0:00-6:00");
    assert_eq!(
        close(night, "2026-03-06T23:00:00Z"),
        some("2026-03-07T06:00:00Z")
    );
    assert_eq!(
        close(daily("UTC", "0:00-24:00"), "2026-03-06T23:00:00Z"),
        None
    );
    assert_eq!(Calendar::Always.next_close(Timestamp::UNIX_EPOCH), None);
    assert_eq!(office().calendar().next_close(Timestamp::MAX_UTC), None);
}

#[test]
fn an_event_with_times_closes_only_its_time() {
    let office = || weekdays("Europe/Berlin", "8:00-18:00");
    let half = office().event(
        "2026-12-24T11:00:00Z",
        "2026-12-24T17:00:00Z",
        "Christmas Eve",
    );
    assert_eq!(
        minutes(half.clone(), "2026-12-24 00:00", "2026-12-25 00:00"),
        240
    );
    assert_eq!(
        due(half.clone(), "2026-12-24 10:00", 180),
        "Fri 2026-12-25 09:00"
    );
    insta::assert_snapshot!(segments_between(half, "2026-12-24T00:00:00Z", "2026-12-25T08:00:00Z"), @r#"
    12-24 01:00 - 12-24 08:00 Closed
    12-24 08:00 - 12-24 12:00 Open
    12-24 12:00 - 12-24 18:00 Holiday(Some("Christmas Eve"))
    12-24 18:00 - 12-25 08:00 Closed
    12-25 08:00 - 12-25 09:00 Open
    "#);
}

#[test]
fn events_that_overlap_close_once_and_may_last_for_days() {
    let calendar = weekdays("Europe/Berlin", "8:00-18:00")
        .event("2026-03-03T10:00:00Z", "2026-03-03T12:00:00Z", "a")
        .event("2026-03-03T11:00:00Z", "2026-03-05T08:00:00Z", "b")
        .event("2026-03-03T11:30:00Z", "2026-03-03T11:45:00Z", "c");
    assert_eq!(
        minutes(calendar.clone(), "2026-03-03 00:00", "2026-03-06 00:00"),
        (3 + 9) * 60
    );
    insta::assert_snapshot!(segments_between(calendar, "2026-03-03T07:00:00Z", "2026-03-05T17:00:00Z"), @r#"
    03-03 08:00 - 03-03 11:00 Open
    03-03 11:00 - 03-03 13:00 Holiday(Some("a"))
    03-03 13:00 - 03-05 09:00 Holiday(Some("b"))
    03-05 09:00 - 03-05 18:00 Open
    "#);
}

#[test]
fn a_shift_wins_over_a_file_and_not_over_the_policy() {
    let office = || weekdays("Europe/Berlin", "8:00-18:00").shift("2026-03-03", "9:00-11:00");
    let on = |definition| minutes(definition, "2026-03-03 00:00", "2026-03-04 00:00");
    let file = office().file_holiday("2026-03-02", "2026-03-04", "").event(
        "2026-03-03T00:00:00Z",
        "2026-03-03T22:00:00Z",
        "",
    );
    assert_eq!(on(file.clone()), 120);
    assert_eq!(
        minutes(file.clone(), "2026-03-01 00:00", "2026-03-05 00:00"),
        120
    );
    let listed = file.holiday("2026-03-03", "2026-03-03", "");
    assert_eq!(on(listed.clone()), 0);
    let mut even = listed;
    even.open_holidays.insert(date("2026-03-03"));
    assert_eq!(on(even.clone()), 120);
    // A shift without hours keeps the holiday.
    even.shifts[0].1.clear();
    assert_eq!(on(even), 0);
}

#[test]
fn night_hours_run_into_an_event_and_out_of_it() {
    let calendar = daily("Europe/Berlin", "22:00-30:00").event(
        "2026-03-03T00:00:00Z",
        "2026-03-03T02:00:00Z",
        "backup",
    );
    assert_eq!(
        minutes(calendar, "2026-03-02 22:00", "2026-03-03 06:00"),
        360
    );
}

#[test]
fn a_calendar_that_events_never_leave_open_is_rejected() {
    let definition =
        daily("UTC", "9:00-10:00").event("2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z", "");
    assert_eq!(
        Calendar::new(definition),
        Err(CalendarError::NeverOpen {
            from: date("2025-12-31")
        })
    );
}
