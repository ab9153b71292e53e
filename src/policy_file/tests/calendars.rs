//! Opening hours, holidays, breaks and shifts.

use chrono::NaiveDate;

use super::{faults, lines, parsed};
use crate::domain::sla::calendar::{CalendarDefinition, HolidayDates};

fn plan(calendar: &str) -> CalendarDefinition {
    let read = parsed(&format!("[calendars.office]\n{calendar}"));
    let calendar = &read.policy.calendars["office"];
    calendar.definition().expect("hours").clone()
}

/// The faults of a calendar that is open on Mondays.
fn wrong(rest: &str) -> String {
    faults(&format!(
        "[calendars.office]\ntimezone = 'Europe/Berlin'\nmon = ['09:00-17:00']\n{rest}"
    ))
}

#[test]
fn hours_are_sorted_seconds_of_the_day() {
    let plan = plan(
        "timezone = 'europe/berlin'\nmon = ['13:00-17:30', '9:00 - 12:00', '18:00-24:00']\n\
         fri = ['22:00-06:00']\nsat = ['06:00:00-06:00:01']",
    );
    assert_eq!(plan.zone.name(), "Europe/Berlin");
    let seconds = |day: usize| {
        let hours = plan.week[day].iter();
        hours.map(|h| (h.from_s, h.to_s)).collect::<Vec<_>>()
    };
    assert_eq!(
        seconds(0),
        [(32_400, 43_200), (46_800, 63_000), (64_800, 86_400)]
    );
    assert_eq!(seconds(4), [(79_200, 108_000)]);
    assert_eq!(seconds(5), [(21_600, 21_601)]);
    assert_eq!(seconds(6), []);
}

#[test]
fn holidays_can_be_written_in_several_ways() {
    let plan = plan(
        "timezone = 'UTC'\nmon = ['09:00-17:00']\nholidays = ['2026-01-01', 2026-01-02, '12-25', \
         '02-29', '2026-12-24..2026-12-31', '12-30..12-31', { date = '2026-05-01', name = 'Labour Day' }]",
    );
    let holidays = plan.holidays.iter().map(|holiday| {
        let name = holiday.name.as_deref().unwrap_or("-");
        match holiday.dates {
            HolidayDates::Range(from, to) => format!("{from} {to} {name}"),
            HolidayDates::Yearly(month, day) => format!("{month}/{day} {name}"),
        }
    });
    insta::assert_snapshot!(holidays.collect::<Vec<_>>().join("\n"), @r"
    2026-01-01 2026-01-01 -
    2026-01-02 2026-01-02 -
    12/25 -
    2/29 -
    2026-12-24 2026-12-31 -
    12/30 -
    12/31 -
    2026-05-01 2026-05-01 Labour Day
    ");
}

#[test]
fn breaks_and_shifts_apply_to_single_dates() {
    let plan = plan(
        "timezone = 'UTC'\nmon = ['09:00-17:00']\n\
         breaks = { '2026-03-02' = ['10:00-11:00'] }\nshifts = { 2026-03-07 = [], '2026-03-09' = ['10:00-14:00'] }",
    );
    assert_eq!(plan.breaks[0].1.len(), 1);
    assert_eq!(plan.shifts[0].1, []);
    assert_eq!(plan.shifts[1].1[0].from_s, 36_000);
}

#[test]
fn an_invalid_time_range_names_the_accepted_formats() {
    insta::assert_snapshot!(faults(r#"
[calendars.office]
timezone = "Europe/Belrin"
mon = ["09:00", "09:00-09:00", "24:00-25:00", "24:00-06:00", "9-17", "09:60-10:00", "00:00-24:01", "", 9]
tue = "09:00-17:00"
"#), @r#"
    line 3: calendars.office.timezone: unknown time zone 'Europe/Belrin', did you mean Europe/Berlin?; give an IANA name such as Europe/Berlin, or UTC
    line 4: calendars.office.mon: '09:00' is not a time range: write from-to as in 09:00-17:30, 22:00-06:00 or 18:00-24:00
    line 4: calendars.office.mon: '09:00-09:00' is empty: for a whole day write 00:00-24:00
    line 4: calendars.office.mon: '24:00-25:00' is not a time range: write from-to as in 09:00-17:30, 22:00-06:00 or 18:00-24:00
    line 4: calendars.office.mon: '24:00-06:00' starts at 24:00, which can only end a day: write from-to as in 09:00-17:30, 22:00-06:00 or 18:00-24:00
    line 4: calendars.office.mon: '9-17' is not a time range: write from-to as in 09:00-17:30, 22:00-06:00 or 18:00-24:00
    line 4: calendars.office.mon: '09:60-10:00' is not a time range: write from-to as in 09:00-17:30, 22:00-06:00 or 18:00-24:00
    line 4: calendars.office.mon: '00:00-24:01' is not a time range: write from-to as in 09:00-17:30, 22:00-06:00 or 18:00-24:00
    line 4: calendars.office.mon: '' is not a time range: write from-to as in 09:00-17:30, 22:00-06:00 or 18:00-24:00
    line 4: calendars.office.mon: it is an integer; write a time range such as "09:00-17:30"
    line 5: calendars.office.tue: it is a string; write a list such as ["09:00-12:00", "13:00-17:30"]
    "#);
}

#[test]
fn hours_must_not_overlap_even_past_midnight() {
    insta::assert_snapshot!(wrong(r#"
tue = ["09:00-12:00", "11:59-13:00"]
wed = ["22:00-06:00"]
thu = ["05:00-07:00"]
sun = ["20:00-10:00"]
sat = ["08:00-09:00", "09:00-10:00", "22:00-20:00"]
"#), @r"
    line 5: calendars.office.tue: 09:00-12:00 and 11:59-13:00 overlap
    line 6: calendars.office.wed: 22:00-06:00 runs into 05:00-07:00 of thu
    line 8: calendars.office.sun: 20:00-10:00 runs into 09:00-17:00 of mon
    ");
    assert_eq!(wrong("sun = ['20:00-09:00']"), "none");
}

#[test]
fn a_shift_must_not_overlap_the_neighbouring_days() {
    insta::assert_snapshot!(wrong(r#"
fri = ["22:00-06:00"]
holidays = ["2026-03-27"]
[calendars.office.shifts]
2026-03-07 = ["05:00-10:00"]
2026-03-08 = ["22:00-10:00"]
2026-03-21 = ["22:00-07:00"]
2026-03-22 = ["06:00-08:00"]
2026-03-28 = ["05:00-10:00"]
2026-13-01 = []
12-25 = []
[calendars.office.breaks]
2026-03-09 = ["09:00-11:00", "10:00-12:00"]
"#), @"
    line 8: calendars.office.shifts.2026-03-07: 22:00-06:00 of 2026-03-06 runs into 05:00-10:00 of the next day
    line 9: calendars.office.shifts.2026-03-08: 22:00-10:00 of 2026-03-08 runs into 09:00-17:00 of the next day
    line 10: calendars.office.shifts.2026-03-21: 22:00-07:00 of 2026-03-21 runs into 06:00-08:00 of the next day
    line 13: calendars.office.shifts.2026-13-01: 2026-13-01 does not exist
    line 14: calendars.office.shifts.12-25: '12-25' is not a date: write it as 2026-12-25
    line 16: calendars.office.breaks.2026-03-09: 09:00-11:00 and 10:00-12:00 overlap
    ");
}

#[test]
fn a_shift_on_a_holiday_is_noted() {
    let read = parsed(
        "[[targets]]\nresponse = '1h'\nresolution = '2h'\ncalendar = 'office'\n\
         [calendars.office]\ntimezone = 'UTC'\nmon = ['09:00-17:00']\n\
         holidays = ['2026-01-01..2026-01-10', '2026-01-02', '12-25']\n\
         [calendars.office.shifts]\n2026-01-09 = ['09:00-10:00']\n2026-01-08 = []\n\
         2026-01-11 = ['09:00-10:00']\n2027-12-25 = ['09:00-10:00']",
    );
    insta::assert_snapshot!(lines(&read.notes), @"
    line 10: calendars.office.shifts.2026-01-09: these hours do not count: the date is a holiday; write { hours = […], even_on_holidays = true } if they should
    line 13: calendars.office.shifts.2027-12-25: these hours do not count: the date is a holiday; write { hours = […], even_on_holidays = true } if they should
    ");
}

#[test]
fn shifts_can_win_over_holidays_written_by_hand() {
    let plan = plan(
        "timezone = 'UTC'\nmon = ['09:00-17:00']\nholidays = ['2026-01-01']\n\
         [calendars.office.shifts]\n2026-01-01 = { hours = ['09:00-10:00'], even_on_holidays = true }\n\
         2026-01-02 = { hours = ['09:00-10:00'] }\n2026-01-03 = ['09:00-10:00']",
    );
    let dates = |plan: &CalendarDefinition| {
        let dates = plan.open_holidays.iter().map(ToString::to_string);
        dates.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(dates(&plan), "2026-01-01");
    assert_eq!(plan.shifts[0].1, plan.shifts[2].1);
    let all = self::plan(
        "timezone = 'UTC'\nmon = ['09:00-17:00']\neven_on_holidays = true\n\
         [calendars.office.shifts]\n2026-01-02 = { hours = [], even_on_holidays = false }\n\
         2026-01-03 = ['09:00-10:00']",
    );
    assert_eq!(dates(&all), "2026-01-03");
    insta::assert_snapshot!(wrong(
        "even_on_holidays = 1\nshifts = { 2026-01-02 = { even_on_holidays = true }, \
         2026-01-03 = { hours = '9', from = 1 } }\nbreaks = { 2026-01-02 = { hours = [] } }"
    ), @r#"
    line 4: calendars.office.even_on_holidays: it is an integer; write true or false
    line 5: calendars.office.shifts.2026-01-02: a shift needs hours: write { hours = ["10:00-14:00"], even_on_holidays = true }
    line 5: calendars.office.shifts.2026-01-03.from: unknown key 'from': accepted: hours, even_on_holidays
    line 5: calendars.office.shifts.2026-01-03.hours: it is a string; write a list such as ["09:00-12:00", "13:00-17:30"]
    line 6: calendars.office.breaks.2026-01-02: it is a table; write a list such as ["09:00-12:00", "13:00-17:30"]
    "#);
}

#[test]
fn an_invalid_holiday_names_the_accepted_formats() {
    insta::assert_snapshot!(wrong(r#"
holidays = [
  "2026-02-30",
  "13-01",
  "01/02/2026",
  "24.12.2026",
  "2026-12-31..2026-12-24",
  "12-24..01-02",
  "12-24..2026-12-31",
  "0000-01-01",
  "10000-01-01",
  "2026-1-1",
  "2026-01-01..",
  "Christmas",
  1979-05-27T07:32:00Z,
  2026-02-30,
  { date = "02-30", name = "" },
  { name = "Easter" },
  { ics = "" },
  { ics = "easter.ics", date = "2026-01-01" },
  20260101,
]
"#), @r#"
    line 6: calendars.office.holidays: 2026-02-30 does not exist
    line 7: calendars.office.holidays: 13-01 does not exist
    line 8: calendars.office.holidays: '01/02/2026' is ambiguous: write 2026-12-25, 12-25 for every year, or 2026-12-24..2026-12-31
    line 9: calendars.office.holidays: '24.12.2026' is not a date: write 2026-12-25, 12-25 for every year, or 2026-12-24..2026-12-31
    line 10: calendars.office.holidays: '2026-12-31..2026-12-24' ends before it starts
    line 11: calendars.office.holidays: '12-24..01-02' ends before it starts; across New Year write two ranges, the first up to 12-31
    line 12: calendars.office.holidays: '12-24..2026-12-31' has a year on one side only: give both ends a year, or neither
    line 13: calendars.office.holidays: 0000-01-01 does not exist
    line 14: calendars.office.holidays: '10000-01-01' is not a date: write 2026-12-25, 12-25 for every year, or 2026-12-24..2026-12-31
    line 15: calendars.office.holidays: '2026-1-1' is not a date: write 2026-12-25, 12-25 for every year, or 2026-12-24..2026-12-31
    line 16: calendars.office.holidays: '' is not a date: write 2026-12-25, 12-25 for every year, or 2026-12-24..2026-12-31
    line 17: calendars.office.holidays: 'Christmas' is not a date: write 2026-12-25, 12-25 for every year, or 2026-12-24..2026-12-31
    line 18: calendars.office.holidays: it is a datetime; write a date such as "2026-12-25", or "12-25" for every year
    line 19: invalid date, expected day between 01 and 28
    line 20: calendars.office.holidays.name: the name is empty
    line 20: calendars.office.holidays.date: 02-30 does not exist
    line 21: calendars.office.holidays: a holiday needs a date, or an ics file
    line 22: calendars.office.holidays.ics: write the path of an iCalendar file
    line 23: calendars.office.holidays.date: unknown key 'date': accepted: ics, whole_days, transparent, except, strict
    line 23: calendars.office.holidays.ics: easter.ics cannot be read: there is no such file
    line 24: calendars.office.holidays: it is an integer; write a date such as "2026-12-25", or "12-25" for every year
    "#);
}

#[test]
fn a_calendar_needs_a_new_name_and_a_time_zone() {
    insta::assert_snapshot!(faults(r#"
[calendars.24x7]
timezone = "UTC"
[calendars."my office"]
timezone = "UTC"
[calendars.office]
mon = ["09:00-17:00"]
[[targets]]
response = "1h"
resolution = "4h"
calendar = "office"
"#), @r#"
    line 2: calendars.24x7: this calendar is built in: choose another name
    line 4: calendars."my office": 'my office' cannot be the name of a calendar: use at most 40 letters, digits and - _ .
    line 6: calendars.office: timezone is missing: write an IANA name such as "Europe/Berlin"
    "#);
}

#[test]
fn a_calendar_that_never_opens_is_rejected() {
    insta::assert_snapshot!(faults(r#"
[calendars.office]
timezone = "UTC"
[calendars.closed]
timezone = "UTC"
mon = ["09:00-17:00"]
holidays = ["2000-01-01..9999-12-31"]
"#), @r"
    line 2: calendars.office: the calendar 'office' cannot be used: it has no open second in 400 days, from 1970-01-01 on
    line 4: calendars.closed: the calendar 'closed' cannot be used: it has no open second in 400 days, from 1999-12-27 on
    ");
}

#[test]
fn lists_of_dates_expire_unless_they_have_yearly_dates() {
    let office = "[calendars.office]\ntimezone = 'UTC'\nmon = ['09:00-17:00']\n";
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let read = parsed(&format!(
        "{office}holidays = ['2026-01-01', '2025-12-24..2026-01-06']"
    ));
    assert_eq!(lines(&read.expired_holidays(day("2026-01-06"))), "");
    insta::assert_snapshot!(lines(&read.expired_holidays(day("2026-01-07"))), @"line 4: calendars.office.holidays: the last date of this list has passed: 2026-01-06");
    let read = parsed(&format!("{office}holidays = ['2026-01-01', '12-25']"));
    assert_eq!(lines(&read.expired_holidays(day("2030-01-01"))), "");
}
