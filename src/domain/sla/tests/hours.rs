//! Promises on business calendars, case by case: local times in, local times
//! out, each reckoned apart from this program.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::super::calendar::tests::plan_of;
use super::super::calendar::{ALWAYS, Calendar};
use crate::domain::Moment;
use crate::domain::decide::Command;
use crate::domain::fixture::{Desk, desk};
use crate::domain::policy::{Policy, Target};
use crate::domain::priority::Priority;
use crate::domain::span;
use crate::domain::word::{Awaited, ClockName};
use crate::domain::zone::Zone;

/// Zone, the Monday from which dates count, week, holidays and breaks.
type Hours = (
    &'static str,
    &'static str,
    &'static str,
    &'static [i64],
    &'static [(i64, &'static str)],
);

/// Calendars by name.
fn hours(name: &str) -> Hours {
    match name {
        // Good Friday, Easter Monday; a meeting on Thursday 2026-04-02.
        "office" => (
            "Europe/Berlin",
            "2026-03-30",
            "mon-fri 9:00-12:00 13:00-17:00",
            &[4, 7],
            &[(3, "10:00-11:00")],
        ),
        "long" => (
            "Europe/Berlin",
            "2026-03-30",
            "mon-fri 8:00-18:00",
            &[4, 7],
            &[],
        ),
        // Closed on Wednesday 2026-03-11, from midnight to midnight.
        "night" => (
            "Europe/Berlin",
            "2026-03-09",
            "daily 22:00-30:00",
            &[2],
            &[],
        ),
        "day" => (
            "America/New_York",
            "2026-03-02",
            "daily 0:00-24:00",
            &[],
            &[],
        ),
        "early" => ("Europe/Berlin", "2026-03-23", "daily 0:00-6:00", &[], &[]),
        "howe" => (
            "Australia/Lord_Howe",
            "2026-03-30",
            "daily 0:00-6:00",
            &[],
            &[],
        ),
        "paulo" => (
            "America/Sao_Paulo",
            "2018-02-12",
            "daily 22:00-26:00",
            &[],
            &[],
        ),
        "tehran" => ("Asia/Tehran", "2021-03-15", "daily 0:00-4:00", &[], &[]),
        other => panic!("no calendar {other}"),
    }
}

fn calendar(name: &str) -> Calendar {
    let (zone, monday, week, holidays, breaks) = hours(name);
    let monday: NaiveDate = monday.parse().unwrap();
    Calendar::of(plan_of(zone, monday, week, holidays, breaks, &[])).unwrap()
}

/// Priority 1 round the clock, 2 in long hours with a cadence, the others on
/// the calendar of the case.
fn promise(policy: &mut Policy, name: &str, response: i64, resolution: i64) {
    for name in [name, "long"] {
        policy.calendars.insert(name.to_owned(), calendar(name));
    }
    let target = |rank: Option<u8>, calendar: &str, response, resolution, cadence| Target {
        priority: rank.map(Priority::of),
        response: Some(TimeDelta::hours(response)),
        resolution: Some(TimeDelta::hours(resolution)),
        cadence: Some(TimeDelta::hours(cadence)),
        calendar: Some(calendar.to_owned()),
        ..Target::default()
    };
    policy.targets = vec![
        target(None, name, response, resolution, 0),
        target(Some(1), ALWAYS, 1, 4, 0),
        target(Some(2), "long", 2, 8, 4),
    ];
}

/// Lets a story happen, `03-30 9:00 open 3; 03-30 12:00 pause; …`, and reads a
/// clock: what it shows, used and left time, and due time.
fn tell(promised: &str, story: &str, clock: &str) -> String {
    let mut words = promised.split(' ');
    let name = words.next().unwrap();
    let mut hour = || words.next().unwrap().parse::<i64>().unwrap();
    let (response, resolution) = (hour(), hour());
    let (zone, monday, ..) = hours(name);
    let (zone, year) = (Zone::named(zone).unwrap(), &monday[..4]);
    let moment = |day: &str, time: &str| -> Moment {
        let local = format!("{year}-{day} {time}");
        let local = NaiveDateTime::parse_from_str(&local, "%Y-%m-%d %H:%M").unwrap();
        zone.instants(local).first()
    };
    let spelled = |at: Moment| zone.local(at).format("%m-%d %-H:%M").to_string();
    let mut desk: Desk = desk().enact(|policy| promise(policy, name, response, resolution));
    for step in story.split("; ") {
        let words: Vec<&str> = step.split(' ').collect();
        let at = moment(words[0], words[1]);
        desk.stand(at, at);
        desk = match words[2..] {
            ["open", priority] => desk.open_at(priority.parse().unwrap()),
            ["rate", priority] => desk.prioritize(priority.parse().unwrap()),
            ["pause"] => desk.pause(),
            ["pause", day, time] => desk.run(Command::Pause {
                awaited: Awaited::Vendor,
                until: Some(moment(day, time)),
                note: None,
                ask: None,
                force: None,
            }),
            ["sweep"] => {
                desk.sweep();
                desk
            }
            ["resume"] => desk.resume(),
            ["reply"] => desk.reply(),
            ["hear"] => desk.hear(),
            ["resolve"] => desk.resolve(),
            ["withdraw"] => desk.withdraw(),
            ["reopen"] => desk.reopen(),
            ["merge"] => desk.merge(),
            ref other => panic!("no step {other:?}"),
        };
    }
    let words: Vec<&str> = clock.split(' ').collect();
    let name = match words[0] {
        "response" => ClockName::Response,
        "update" => ClockName::Update,
        "resolution" => ClockName::Resolution,
        other => panic!("no clock {other}"),
    };
    let Some(clock) = desk.clock(name) else {
        return "none".to_owned();
    };
    let reading = clock.at(moment(words[1], words[2]), &desk.policy);
    let (used, left) = (span::print(reading.used), span::print(reading.left));
    let mut text = format!("{}, used {used}, left {left}", reading.shown.word());
    if reading.paused > TimeDelta::zero() {
        text += &format!(", paused {}", span::print(reading.paused));
    }
    for (word, at) in [("due", reading.due), ("stopped", reading.stopped)] {
        if let Some(at) = at {
            text += &format!(", {word} {}", spelled(at));
        }
    }
    if clock.reclassified {
        text += ", reclassified";
    }
    text
}

#[test]
fn what_ends_after_closing_time_when_it_was_due_at_closing_is_missed() {
    let story = |end: &str| format!("03-30 9:00 open 3; 03-30 10:00 reply; {end}");
    let told = |end: &str| tell("office 3 7", &story(end), "resolution 03-31 8:00");
    assert_eq!(
        told("03-30 17:00 resolve"),
        "met, used 7h, left 0s, due 03-30 17:00, stopped 03-30 17:00"
    );
    for end in ["03-30 17:01 resolve", "03-31 8:00 resolve"] {
        assert!(
            told(end).starts_with("missed, used 7h, left 0s, due 03-30 17:00"),
            "{end}"
        );
    }
    assert_eq!(
        told("03-30 17:01 pause"),
        "overdue, used 7h, left 0s, due 03-30 17:00"
    );
    // A pause that began at the due instant does not make it late.
    assert_eq!(told("03-30 17:00 pause"), "paused, used 7h, left 0s");
    assert_eq!(
        told("03-30 17:00 pause; 03-31 8:00 resolve"),
        "met, used 7h, left 0s, due 03-31 8:00, stopped 03-31 8:00"
    );
}

#[test]
fn a_target_that_was_used_up_at_closing_time_makes_it_late_at_once() {
    let told = |at: &str| {
        let story = format!("03-30 13:00 open 3; 03-30 14:00 reply; {at} rate 1");
        tell("office 3 30", &story, "resolution 03-30 21:00")
    };
    let late = "overdue, used 5h, left -1h, due 03-30 17:00, reclassified";
    assert_eq!(told("03-30 20:00"), late);
    // At the due instant it is not late yet.
    let just = "overdue, used 8h, left -4h, due 03-30 17:00";
    assert_eq!(told("03-30 17:00"), just);
}

#[test]
fn what_was_awaited_when_a_ticket_was_withdrawn_ended_then_whatever_follows() {
    let story = "03-30 9:00 open 3; 03-30 10:00 reply; 03-30 11:00 hear; 03-30 12:00 withdraw";
    let told = |more: &str| tell("office 3 7", &format!("{story}{more}"), "update 03-31 8:00");
    let expected = "cancelled, used 1h, left 2h, stopped 03-30 12:00";
    assert_eq!(told(""), expected);
    assert_eq!(told("; 03-30 15:00 merge"), expected);
    let rated = "cancelled, used 1h, left 0s, stopped 03-30 12:00";
    assert_eq!(told("; 03-30 15:00 rate 1"), rated);
}
