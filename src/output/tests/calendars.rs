//! Calendars in every format.

use chrono::{NaiveDate, TimeDelta};
use insta::assert_snapshot;

use super::super::test_terminal::TestTerminal;
use super::super::*;
use crate::domain::sla::calendar::{
    Calendar, CalendarDefinition, Holiday, HolidayDates, HolidaySource, LocalHours, TimedClosure,
};
use crate::domain::time::zone::Zone;
use crate::testing::sample_tickets::*;

fn hours(from: u32, to: u32) -> LocalHours {
    LocalHours {
        from_s: from * 1800,
        to_s: to * 1800,
    }
}

fn office() -> CalendarPage {
    let date = |text: &str| -> NaiveDate { text.parse().unwrap() };
    let day = || vec![hours(18, 24), hours(26, 35)];
    let holiday = |first, last, name: &str| Holiday {
        dates: HolidayDates::Range(date(first), date(last)),
        source: HolidaySource::Policy,
        name: (!name.is_empty()).then(|| name.to_owned()),
    };
    let plan = CalendarDefinition {
        zone: Zone::from_name("Europe/Berlin").unwrap(),
        week: [
            day(),
            day(),
            day(),
            day(),
            vec![hours(44, 60)],
            vec![],
            vec![],
        ],
        holidays: vec![
            holiday("2026-05-01", "2026-05-01", "Labour\u{1b}[31m Day"),
            holiday("2026-12-24", "2026-12-31", ""),
        ],
        breaks: vec![(date("2026-03-03"), vec![hours(20, 22)])],
        shifts: vec![
            (date("2026-03-07"), vec![hours(20, 28)]),
            (date("2026-03-09"), vec![]),
        ],
        open_holidays: [].into(),
        closures: vec![TimedClosure {
            from: "2026-03-10T12:00:00Z".parse().unwrap(),
            to: "2026-03-10T14:30:00Z".parse().unwrap(),
            name: Some("Staff\u{1b}[31m meeting".to_owned()),
        }],
    };
    let calendar = Calendar::new(plan.clone()).unwrap();
    let now = later(0);
    CalendarPage {
        state: CalendarState {
            name: "office".to_owned(),
            zone: Some(plan.zone.name().to_owned()),
            open: calendar.is_open(now),
            next_open: calendar.next_open(now),
            next_close: calendar.next_close(now),
        },
        hours: plan.week,
        outlook: calendar.upcoming(now, 10),
    }
}

fn always() -> CalendarState {
    CalendarState {
        name: "24x7".to_owned(),
        zone: None,
        open: true,
        next_open: Some(later(0)),
        next_close: None,
    }
}

pub(super) fn all() -> Vec<Box<dyn Output>> {
    vec![
        Box::new(CalendarList(vec![always(), office().state])),
        Box::new(office()),
        Box::new(CalendarAnswer::Due(later(100))),
        Box::new(CalendarAnswer::Elapsed {
            time: TimeDelta::minutes(90),
            days: None,
        }),
        Box::new(CalendarAnswer::Open(false)),
        Box::new(CalendarAnswer::NextOpen(Some(later(-100)))),
        Box::new(CalendarAnswer::NextOpen(None)),
    ]
}

fn printed(format: OutputFormat) -> String {
    let terminal = TestTerminal::new(format, Some(80), 0);
    let all: Vec<String> = (all().iter())
        .map(|output| terminal.shows(output.as_ref()))
        .collect();
    all.join("---\n")
}

#[test]
fn a_table_shows_hours_and_coming_dates() {
    assert_snapshot!(printed(OutputFormat::Table), @r"
    CALENDAR  ZONE           NOW
    24x7      -              always open
    office    Europe/Berlin  open until 11:00
    ---
    office
      now         open until 11:00
      zone        Europe/Berlin

    Hours
      mon  09:00-12:00 13:00-17:30
      tue  09:00-12:00 13:00-17:30
      wed  09:00-12:00 13:00-17:30
      thu  09:00-12:00 13:00-17:30
      fri  22:00-06:00
      sat  closed
      sun  closed

    Holidays
      Fri 2026-05-01  Labour\u{1b}[31m Day
      Thu 2026-12-24 to Thu 2026-12-31

    Exceptions
      Tue 2026-03-03  closed 10:00-11:00
      Sat 2026-03-07  open 10:00-14:00
      Mon 2026-03-09  closed
      Tue 2026-03-10  closed 13:00-15:30  Staff\u{1b}[31m meeting
    ---
    Mon 2026-03-02 10:40, in 1h 40m
    ---
    1h 30m
    ---
    closed
    ---
    Mon 2026-03-02 07:20, 1h 40m ago
    ---
    never
    ");
}

#[test]
fn csv_has_one_row_per_date() {
    assert_snapshot!(printed(OutputFormat::Csv), @r#"
    name,timezone,open,next_open,next_close
    24x7,,true,2026-03-02T09:00:00Z,
    office,Europe/Berlin,true,2026-03-02T09:00:00Z,2026-03-02T11:00:00Z
    ---
    what,date,value
    hours,mon,09:00-12:00 13:00-17:30
    hours,tue,09:00-12:00 13:00-17:30
    hours,wed,09:00-12:00 13:00-17:30
    hours,thu,09:00-12:00 13:00-17:30
    hours,fri,22:00-06:00
    hours,sat,
    hours,sun,
    holiday,2026-05-01,Labour\u{1b}[31m Day
    holiday,2026-12-24..2026-12-31,
    break,2026-03-03,10:00-11:00
    shift,2026-03-07,10:00-14:00
    shift,2026-03-09,
    break,2026-03-10,13:00-15:30
    ---
    due
    2026-03-02T10:40:00Z
    ---
    elapsed_s
    5400
    ---
    open
    false
    ---
    next_open
    2026-03-02T07:20:00Z
    ---
    next_open
    ""
    "#);
}

#[test]
fn json_has_the_same_content() {
    assert_snapshot!(printed(OutputFormat::Json), @r#"
    [
    {"name":"24x7","timezone":null,"open":true,"next_open":"2026-03-02T09:00:00Z","next_close":null},
    {"name":"office","timezone":"Europe/Berlin","open":true,"next_open":"2026-03-02T09:00:00Z","next_close":"2026-03-02T11:00:00Z"}
    ]
    ---
    {"name":"office","timezone":"Europe/Berlin","open":true,"next_open":"2026-03-02T09:00:00Z","next_close":"2026-03-02T11:00:00Z","week":{"mon":["09:00-12:00","13:00-17:30"],"tue":["09:00-12:00","13:00-17:30"],"wed":["09:00-12:00","13:00-17:30"],"thu":["09:00-12:00","13:00-17:30"],"fri":["22:00-06:00"],"sat":[],"sun":[]},"holidays":[{"first":"2026-05-01","last":"2026-05-01","name":"Labour\u001b[31m Day"},{"first":"2026-12-24","last":"2026-12-31","name":null}],"shifts":[{"date":"2026-03-07","hours":["10:00-14:00"]},{"date":"2026-03-09","hours":[]}],"breaks":[{"date":"2026-03-03","hours":["10:00-11:00"]},{"date":"2026-03-10","hours":["13:00-15:30"],"name":"Staff\u001b[31m meeting"}]}
    ---
    {"due":"2026-03-02T10:40:00Z"}
    ---
    {"elapsed_s":5400}
    ---
    {"open":false}
    ---
    {"next_open":"2026-03-02T07:20:00Z"}
    ---
    {"next_open":null}
    "#);
}
