//! SLA targets on business calendars, case by case, in local times. The
//! expected values were calculated independently of this program.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::super::calendar::tests::calendar_definition;
use super::super::calendar::{ALWAYS, Calendar};
use crate::domain::Timestamp;
use crate::domain::decide::{Command, PauseRequest};
use crate::domain::policy::{Policy, TargetRule};
use crate::domain::priority::Priority;
use crate::domain::sla::clock_map::ClockMap;
use crate::domain::time::parse_duration;
use crate::domain::time::working_span::WorkingSpan;
use crate::domain::time::zone::Zone;
use crate::domain::vocabulary::{ClockName, PauseReason};
use crate::testing::ticket_story::{TicketStory, desk};

/// Zone, the Monday from which dates count, week, holidays and breaks.
type CalendarCase = (
    &'static str,
    &'static str,
    &'static str,
    &'static [i64],
    &'static [(i64, &'static str)],
);

/// Calendars by name.
fn hours(name: &str) -> CalendarCase {
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
    Calendar::new(calendar_definition(
        zone,
        monday,
        week,
        holidays,
        breaks,
        &[],
    ))
    .unwrap()
}

/// Priority 1 round the clock, 2 in long hours with a cadence, the others on
/// the calendar of the case.
fn set_target_rules(policy: &mut Policy, name: &str, response: i64, resolution: i64) {
    for name in [name, "long"] {
        policy.calendars.insert(name.to_owned(), calendar(name));
    }
    let target = |rank: Option<u8>, calendar: &str, response, resolution, cadence| TargetRule {
        priority: rank.map(Priority::from_rank),
        spans: ClockMap::from([
            (
                ClockName::Response,
                WorkingSpan::Time(TimeDelta::hours(response)),
            ),
            (
                ClockName::Resolution,
                WorkingSpan::Time(TimeDelta::hours(resolution)),
            ),
        ]),
        cadence: Some(WorkingSpan::Time(TimeDelta::hours(cadence))),
        calendar: Some(calendar.to_owned()),
        ..TargetRule::default()
    };
    policy.targets = vec![
        target(None, name, response, resolution, 0),
        target(Some(1), ALWAYS, 1, 4, 0),
        target(Some(2), "long", 2, 8, 4),
    ];
}

/// Runs a story, `03-30 9:00 open 3; 03-30 12:00 pause; …`, and reads a clock:
/// displayed state, used and remaining time, and due time.
fn reading_after(targets: &str, story: &str, clock: &str) -> String {
    let mut words = targets.split(' ');
    let name = words.next().unwrap();
    let mut hour = || words.next().unwrap().parse::<i64>().unwrap();
    let (response, resolution) = (hour(), hour());
    let (zone, monday, ..) = hours(name);
    let (zone, year) = (Zone::from_name(zone).unwrap(), &monday[..4]);
    let moment = |day: &str, time: &str| -> Timestamp {
        let local = format!("{year}-{day} {time}");
        let local = NaiveDateTime::parse_from_str(&local, "%Y-%m-%d %H:%M").unwrap();
        zone.map_local_time(local).earliest()
    };
    let spelled = |at: Timestamp| zone.local_time(at).format("%m-%d %-H:%M").to_string();
    let mut desk: TicketStory =
        desk().enact(|policy| set_target_rules(policy, name, response, resolution));
    for step in story.split("; ") {
        let words: Vec<&str> = step.split(' ').collect();
        let at = moment(words[0], words[1]);
        desk.stand(at, at);
        desk = match words[2..] {
            ["open", priority] => desk.open_at(priority.parse().unwrap()),
            ["rate", priority] => desk.prioritize(priority.parse().unwrap()),
            ["pause"] => desk.pause(),
            ["pause", day, time] => desk.run(Command::Pause(PauseRequest {
                reason: PauseReason::Vendor,
                until: Some(moment(day, time)),
                note: None,
                ask: None,
                force: None,
            })),
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
    let reading = clock.read_at(moment(words[1], words[2]), &desk.policy);
    let (used, left) = (
        parse_duration::format(reading.used),
        parse_duration::format(reading.remaining),
    );
    let mut text = format!("{}, used {used}, left {left}", reading.display.as_str());
    if reading.paused > TimeDelta::zero() {
        text += &format!(", paused {}", parse_duration::format(reading.paused));
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
fn a_clock_due_at_closing_time_that_stops_later_is_missed() {
    let story = |end: &str| format!("03-30 9:00 open 3; 03-30 10:00 reply; {end}");
    let reading = |end: &str| reading_after("office 3 7", &story(end), "resolution 03-31 8:00");
    assert_eq!(
        reading("03-30 17:00 resolve"),
        "met, used 7h, left 0s, due 03-30 17:00, stopped 03-30 17:00"
    );
    for end in ["03-30 17:01 resolve", "03-31 8:00 resolve"] {
        assert!(
            reading(end).starts_with("missed, used 7h, left 0s, due 03-30 17:00"),
            "{end}"
        );
    }
    assert_eq!(
        reading("03-30 17:01 pause"),
        "overdue, used 7h, left 0s, due 03-30 17:00"
    );
    // A pause that began at the due instant does not make it late.
    assert_eq!(reading("03-30 17:00 pause"), "paused, used 7h, left 0s");
    assert_eq!(
        reading("03-30 17:00 pause; 03-31 8:00 resolve"),
        "met, used 7h, left 0s, due 03-31 8:00, stopped 03-31 8:00"
    );
}

#[test]
fn a_new_target_used_up_at_closing_time_makes_the_clock_late_at_once() {
    let reading = |at: &str| {
        let story = format!("03-30 13:00 open 3; 03-30 14:00 reply; {at} rate 1");
        reading_after("office 3 30", &story, "resolution 03-30 21:00")
    };
    let late = "overdue, used 5h, left -1h, due 03-30 17:00, reclassified";
    assert_eq!(reading("03-30 20:00"), late);
    // At the due instant it is not late yet.
    let just = "overdue, used 8h, left -4h, due 03-30 17:00";
    assert_eq!(reading("03-30 17:00"), just);
}

#[test]
fn the_update_clock_is_cancelled_at_the_withdrawal_whatever_follows() {
    let story = "03-30 9:00 open 3; 03-30 10:00 reply; 03-30 11:00 hear; 03-30 12:00 withdraw";
    let reading =
        |more: &str| reading_after("office 3 7", &format!("{story}{more}"), "update 03-31 8:00");
    let expected = "cancelled, used 1h, left 2h, stopped 03-30 12:00";
    assert_eq!(reading(""), expected);
    assert_eq!(reading("; 03-30 15:00 merge"), expected);
    let rated = "cancelled, used 1h, left 0s, stopped 03-30 12:00";
    assert_eq!(reading("; 03-30 15:00 rate 1"), rated);
}

/// What the case shows; calendar and targets in hours; the story; which clock
/// is read when; the expected reading. Calculated minute by minute with another
/// time zone library.
type Case = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const CASES: &[Case] = &[
    (
        "used up exactly at closing",
        "office 3 7",
        "03-30 9:00 open 3",
        "resolution 03-30 17:00",
        "at-risk, used 7h, left 0s, due 03-30 17:00",
    ),
    (
        "used up exactly at noon",
        "office 3 7",
        "03-30 9:00 open 3",
        "response 03-30 11:00",
        "ok, used 2h, left 1h, due 03-30 12:00",
    ),
    (
        "opened before opening",
        "office 3 7",
        "03-30 6:15 open 3",
        "resolution 03-30 10:00",
        "ok, used 1h, left 6h, due 03-30 17:00",
    ),
    (
        "opened in the lunch break",
        "office 3 7",
        "03-30 12:20 open 3",
        "resolution 03-30 14:00",
        "ok, used 1h, left 6h, due 03-31 12:00",
    ),
    (
        "opened in a break of the day",
        "office 3 7",
        "04-02 10:30 open 3",
        "resolution 04-02 12:30",
        "ok, used 1h, left 6h, due 04-07 11:00",
    ),
    (
        "opened at closing",
        "office 3 7",
        "03-30 17:00 open 3",
        "resolution 03-31 9:30",
        "ok, used 30m, left 6h30m, due 03-31 17:00",
    ),
    (
        "opened a minute before closing",
        "office 3 7",
        "03-30 16:59 open 3",
        "resolution 03-31 9:30",
        "ok, used 31m, left 6h29m, due 03-31 16:59",
    ),
    (
        "opened on a holiday",
        "office 3 7",
        "04-03 10:00 open 3",
        "resolution 04-07 10:00",
        "ok, used 1h, left 6h, due 04-07 17:00",
    ),
    (
        "over Easter",
        "office 3 7",
        "04-02 16:00 open 3",
        "resolution 04-05 12:00",
        "ok, used 1h, left 6h, due 04-07 16:00",
    ),
    (
        "opened on a Saturday",
        "office 3 7",
        "03-28 12:00 open 3",
        "response 03-30 12:00",
        "at-risk, used 3h, left 0s, due 03-30 12:00",
    ),
    (
        "due over a weekend",
        "office 3 14",
        "04-09 14:00 open 3",
        "resolution 04-11 8:00",
        "ok, used 10h, left 4h, due 04-13 14:00",
    ),
    (
        "a break of the day pushes it",
        "office 3 7",
        "04-02 9:30 open 3",
        "resolution 04-02 11:30",
        "ok, used 1h, left 6h, due 04-07 10:30",
    ),
    (
        "a pause over a night",
        "office 3 7",
        "03-30 14:00 open 3; 03-30 16:00 pause; 03-31 10:00 resume",
        "resolution 03-31 11:00",
        "ok, used 3h, left 4h, paused 2h, due 03-31 16:00",
    ),
    (
        "a pause inside closing time",
        "office 3 7",
        "03-30 14:00 open 3; 03-30 18:00 pause; 03-31 8:00 resume",
        "resolution 03-31 10:00",
        "ok, used 4h, left 3h, due 03-31 14:00",
    ),
    (
        "a pause inside the lunch break",
        "office 3 7",
        "03-30 9:00 open 3; 03-30 12:10 pause; 03-30 12:50 resume",
        "resolution 03-30 14:00",
        "ok, used 4h, left 3h, due 03-30 17:00",
    ),
    (
        "a pause over a weekend",
        "office 3 14",
        "04-10 10:00 open 3; 04-10 16:00 pause; 04-13 9:30 resume",
        "resolution 04-13 10:00",
        "ok, used 5h30m, left 8h30m, paused 1h30m, due 04-14 11:30",
    ),
    (
        "a pause over Easter",
        "office 3 7",
        "04-02 15:00 open 3; 04-02 16:30 pause; 04-07 9:30 resume",
        "resolution 04-07 10:00",
        "ok, used 2h, left 5h, paused 1h, due 04-07 16:00",
    ),
    (
        "weekly pauses",
        "office 3 14",
        "03-30 15:00 open 3; 03-30 16:00 pause; 04-07 10:00 resume; 04-07 11:00 pause; 04-14 10:00 resume; 04-14 12:00 pause; 04-20 9:00 resume",
        "resolution 04-20 10:00",
        "ok, used 5h, left 9h, paused 3d9h, due 04-21 12:00",
    ),
    (
        "paused is what is left",
        "office 3 7",
        "03-30 9:00 open 3; 03-30 11:00 pause",
        "resolution 03-31 11:00",
        "paused, used 2h, left 5h, paused 7h",
    ),
    (
        "woken at its time",
        "office 3 7",
        "03-30 9:00 open 3; 03-30 11:00 pause 03-31 10:00; 04-01 9:00 sweep",
        "resolution 04-01 9:00",
        "overdue, used 8h, left -1h, paused 6h, due 03-31 16:00",
    ),
    (
        "a pause does not hold a response",
        "office 3 7",
        "03-30 10:00 open 3; 03-30 10:30 pause",
        "response 03-30 15:00",
        "overdue, used 4h, left -1h, due 03-30 14:00",
    ),
    (
        "a response over closing",
        "office 3 7",
        "03-30 16:00 open 3; 03-31 10:30 reply",
        "response 03-31 12:00",
        "met, used 2h30m, left 30m, due 03-31 11:00, stopped 03-31 10:30",
    ),
    (
        "a response too late",
        "office 3 7",
        "03-30 16:00 open 3; 03-31 11:30 reply",
        "response 03-31 12:00",
        "missed, used 3h30m, left -30m, due 03-31 11:00, stopped 03-31 11:30",
    ),
    (
        "a response late by closed time only",
        "office 2 7",
        "03-30 15:00 open 3; 03-30 17:30 reply",
        "response 03-31 12:00",
        "missed, used 2h, left 0s, due 03-30 17:00, stopped 03-30 17:30",
    ),
    (
        "round the clock beside it",
        "office 3 7",
        "03-30 16:00 open 1",
        "resolution 03-30 21:00",
        "overdue, used 5h, left -1h, due 03-30 20:00",
    ),
    (
        "raised to round the clock",
        "office 3 7",
        "03-30 15:00 open 3; 03-30 18:00 rate 1",
        "resolution 03-30 19:00",
        "at-risk, used 3h, left 1h, due 03-30 20:00",
    ),
    (
        "raised overnight",
        "office 3 7",
        "03-30 16:00 open 3; 03-31 2:00 rate 1",
        "resolution 03-31 4:30",
        "at-risk, used 3h30m, left 30m, due 03-31 5:00",
    ),
    (
        "raised while paused",
        "office 3 7",
        "03-30 9:00 open 3; 03-30 11:00 pause; 03-30 20:00 rate 1; 03-30 22:00 resume",
        "resolution 03-30 23:00",
        "at-risk, used 3h, left 1h, paused 7h, due 03-31 0:00",
    ),
    (
        "late at once",
        "office 3 7",
        "03-30 9:00 open 3; 03-30 15:00 rate 1",
        "resolution 03-30 16:00",
        "overdue, used 6h, left -2h, due 03-30 14:00, reclassified",
    ),
    (
        "late at once and back",
        "office 3 7",
        "03-30 9:00 open 3; 03-30 15:00 rate 1; 03-30 15:30 rate 3",
        "resolution 03-30 16:00",
        "at-risk, used 6h, left 1h, due 03-30 17:00",
    ),
    (
        "lowered from round the clock",
        "office 3 7",
        "03-30 6:00 open 1; 03-30 8:00 rate 3",
        "resolution 03-30 10:00",
        "ok, used 3h, left 4h, due 03-30 15:00",
    ),
    (
        "to longer hours",
        "office 3 7",
        "03-30 13:00 open 3; 03-30 17:00 rate 2",
        "resolution 03-30 18:00",
        "ok, used 5h, left 3h, due 03-31 11:00",
    ),
    (
        "reopened on a Saturday",
        "office 3 7",
        "04-09 14:00 open 3; 04-09 16:00 resolve; 04-11 11:00 reopen",
        "resolution 04-13 10:00",
        "ok, used 3h, left 4h, due 04-13 15:00",
    ),
    (
        "reopened in working time",
        "office 3 7",
        "03-30 9:00 open 3; 03-30 11:00 resolve; 03-31 14:00 reopen",
        "resolution 03-31 15:00",
        "ok, used 3h, left 4h, due 04-01 11:00",
    ),
    (
        "reopened on a holiday after a miss",
        "office 3 2",
        "04-02 13:00 open 3; 04-02 16:00 resolve; 04-03 11:00 reopen",
        "resolution 04-07 9:30",
        "overdue, used 3h30m, left -1h30m, due 04-02 15:00",
    ),
    (
        "resolved out of a pause",
        "office 3 7",
        "03-30 9:00 open 3; 03-30 11:00 pause; 03-31 16:00 resolve",
        "resolution 04-01 9:00",
        "met, used 2h, left 5h, paused 11h, due 04-01 14:00, stopped 03-31 16:00",
    ),
    (
        "withdrawn",
        "office 3 7",
        "03-30 9:00 open 3; 03-30 11:00 withdraw",
        "resolution 03-31 9:00",
        "cancelled, used 2h, left 5h, stopped 03-30 11:00",
    ),
    (
        "merged at night",
        "office 3 7",
        "03-30 14:00 open 3; 03-30 22:00 merge",
        "resolution 03-31 9:00",
        "cancelled, used 3h, left 4h, stopped 03-30 22:00",
    ),
    (
        "a cadence in long hours",
        "office 3 7",
        "03-30 15:00 open 2; 03-30 16:00 reply",
        "update 03-30 17:30",
        "ok, used 1h30m, left 2h30m, due 03-31 10:00",
    ),
    (
        "a cadence over a night",
        "office 3 7",
        "03-30 15:00 open 2; 03-30 16:00 reply",
        "update 03-31 9:30",
        "at-risk, used 3h30m, left 30m, due 03-31 10:00",
    ),
    (
        "a cadence is off in a pause",
        "office 3 7",
        "03-30 15:00 open 2; 03-30 16:00 reply; 03-30 17:00 pause; 03-31 12:00 resume",
        "update 03-31 13:00",
        "ok, used 2h, left 2h, paused 5h, due 03-31 15:00",
    ),
    (
        "a cadence over Easter",
        "office 3 7",
        "04-02 16:30 open 2; 04-02 17:00 reply",
        "update 04-05 9:00",
        "ok, used 1h, left 3h, due 04-07 11:00",
    ),
    (
        "a night",
        "night 2 8",
        "03-09 23:00 open 3",
        "resolution 03-10 3:00",
        "ok, used 4h, left 4h, due 03-10 23:00",
    ),
    (
        "a night cut by a holiday",
        "night 2 8",
        "03-10 21:00 open 3",
        "resolution 03-11 12:00",
        "ok, used 2h, left 6h, due 03-13 4:00",
    ),
    (
        "no night begins on a holiday",
        "night 2 8",
        "03-11 23:00 open 3",
        "resolution 03-12 22:30",
        "ok, used 30m, left 7h30m, due 03-13 6:00",
    ),
    (
        "a pause over a holiday night",
        "night 2 8",
        "03-09 23:00 open 3; 03-10 1:00 pause; 03-12 23:00 resume",
        "resolution 03-13 0:30",
        "ok, used 3h30m, left 4h30m, paused 8h, due 03-13 5:00",
    ),
    (
        "a day of 23 hours",
        "day 3 24",
        "03-07 12:00 open 3",
        "resolution 03-08 10:00",
        "at-risk, used 21h, left 3h, due 03-08 13:00",
    ),
    (
        "a pause over a day of 23 hours",
        "day 3 24",
        "03-07 12:00 open 3; 03-08 0:00 pause; 03-09 0:00 resume",
        "resolution 03-09 6:00",
        "at-risk, used 18h, left 6h, paused 23h, due 03-09 12:00",
    ),
    (
        "a day of 25 hours",
        "day 3 24",
        "10-31 12:00 open 3",
        "resolution 11-01 9:00",
        "at-risk, used 22h, left 2h, due 11-01 11:00",
    ),
    (
        "a pause over the hour that comes twice",
        "day 3 24",
        "10-31 12:00 open 3; 11-01 0:30 pause; 11-01 4:00 resume",
        "resolution 11-01 9:00",
        "ok, used 17h30m, left 6h30m, paused 4h30m, due 11-01 15:30",
    ),
    (
        "spring in Berlin",
        "early 2 6",
        "03-29 1:00 open 3",
        "resolution 03-29 5:00",
        "ok, used 3h, left 3h, due 03-30 2:00",
    ),
    (
        "autumn in Berlin",
        "early 2 6",
        "10-25 1:00 open 3",
        "resolution 10-25 4:00",
        "ok, used 4h, left 2h, due 10-25 6:00",
    ),
    (
        "a pause over spring in Berlin",
        "early 2 6",
        "03-29 0:30 open 3; 03-29 1:30 pause; 03-29 4:00 resume",
        "resolution 03-29 5:00",
        "ok, used 2h, left 4h, paused 1h30m, due 03-30 3:00",
    ),
    (
        "half an hour more on Lord Howe",
        "howe 2 6",
        "04-05 0:00 open 3",
        "resolution 04-05 5:30",
        "at-risk, used 6h, left 0s, due 04-05 5:30",
    ),
    (
        "half an hour less on Lord Howe",
        "howe 2 6",
        "10-04 1:00 open 3",
        "resolution 10-04 5:00",
        "ok, used 3h30m, left 2h30m, due 10-05 1:30",
    ),
    (
        "the hour before midnight twice",
        "paulo 2 5",
        "02-17 22:00 open 3",
        "resolution 02-18 1:00",
        "at-risk, used 4h, left 1h, due 02-18 2:00",
    ),
    (
        "no midnight",
        "paulo 2 5",
        "11-03 22:30 open 3",
        "resolution 11-04 1:30",
        "ok, used 2h, left 3h, due 11-05 0:30",
    ),
    (
        "no midnight in Tehran",
        "tehran 2 4",
        "03-21 22:00 open 3",
        "resolution 03-22 3:00",
        "ok, used 2h, left 2h, due 03-23 1:00",
    ),
    (
        "midnight again in Tehran",
        "tehran 2 4",
        "09-21 22:00 open 3",
        "resolution 09-22 3:00",
        "at-risk, used 3h, left 1h, due 09-22 4:00",
    ),
];

#[test]
fn every_case_equals_the_independent_calculation() {
    let wrong = CASES
        .iter()
        .filter_map(|(shows, promised, story, clock, expected)| {
            let reading = reading_after(promised, story, clock);
            (reading != *expected).then(|| format!("{shows}:\n  {reading}\n  {expected}"))
        });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
