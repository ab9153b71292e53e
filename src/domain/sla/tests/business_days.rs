//! Targets in business days: when they are due, and what pauses do to them.

use chrono::{NaiveDate, TimeDelta};

use super::super::calendar::Calendar;
use super::super::calendar::tests::calendar_definition;
use super::super::clock::DisplayState;
use super::super::explanation::ClockExplanation;
use crate::domain::Timestamp;
use crate::domain::decide::apply_policy;
use crate::domain::event::Fact;
use crate::domain::policy::Policy;
use crate::domain::time::parse_duration;
use crate::domain::time::working_span::WorkingSpan;
use crate::domain::vocabulary::ClockName;
use crate::testing::ticket_story::{TicketStory, desk, kinds};

/// An office in UTC, from Monday to Friday.
fn office(week: &str) -> Calendar {
    let monday = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    Calendar::new(calendar_definition("UTC", monday, week, &[], &[], &[])).unwrap()
}

/// Puts targets in business days on an office in force.
fn days(resolution: u32, end_of_day: bool) -> impl FnOnce(&mut Policy) {
    move |policy| {
        let calendar = office("mon-fri 9:00-17:00");
        policy.calendars.insert("office".to_owned(), calendar);
        policy.targets.truncate(1);
        let rule = &mut policy.targets[0];
        rule.calendar = Some("office".to_owned());
        rule.end_of_day = Some(end_of_day);
        let span = Some(WorkingSpan::Days(resolution));
        rule.spans.set(ClockName::Resolution, span);
        rule.spans
            .set(ClockName::Update, Some(WorkingSpan::Days(1)));
    }
}

/// Reads `03-09 10:00`.
fn on(typed: &str) -> Timestamp {
    let (day, time) = typed.split_once(' ').unwrap();
    format!("2026-{day}T{time}:00Z").parse().unwrap()
}

fn at(mut desk: TicketStory, typed: &str) -> TicketStory {
    desk.stand(on(typed), on(typed));
    desk
}

fn opened(resolution: u32, end_of_day: bool, typed: &str) -> TicketStory {
    at(desk().enact(days(resolution, end_of_day)), typed).open()
}

/// The target in hours, the due time, and how the clock shows.
#[track_caller]
fn check(
    desk: &TicketStory,
    name: ClockName,
    now: &str,
    target: &str,
    due: &str,
    shows: DisplayState,
) {
    let clock = desk.clock(name).unwrap();
    let reading = clock.read_at(on(now), &desk.policy);
    let due_at = reading.due.map(|due| due.format("%m-%d %H:%M").to_string());
    assert_eq!(due_at.unwrap_or_default(), due);
    assert_eq!(parse_duration::parse(target), Ok(clock.target.span));
    assert_eq!(reading.display, shows);
    assert_eq!(reading.used + reading.remaining, clock.target.span);
}

#[track_caller]
fn resolution(desk: &TicketStory, now: &str, target: &str, due: &str) {
    check(
        desk,
        ClockName::Resolution,
        now,
        target,
        due,
        DisplayState::Ok,
    );
}

#[test]
fn the_target_is_the_open_time_until_the_same_clock_time() {
    let desk = opened(5, false, "03-02 10:30");
    resolution(&desk, "03-02 11:00", "40h", "03-09 10:30");
    // From a night on, the days count from the next opening.
    let desk = opened(5, false, "03-06 21:00");
    resolution(&desk, "03-06 22:00", "40h", "03-13 17:00");
    let desk = opened(1, true, "03-06 21:00");
    resolution(&desk, "03-06 22:00", "16h", "03-10 17:00");
}

#[test]
fn the_event_holds_the_open_time_and_the_days() {
    let desk = opened(2, true, "03-02 10:30");
    let set: Vec<_> = desk
        .history()
        .iter()
        .filter_map(|event| {
            let Fact::TargetSet { clock, target } = &event.fact else {
                return None;
            };
            let minutes = target.span.num_minutes();
            Some((*clock, minutes, target.days, target.end_of_day))
        })
        .collect();
    assert_eq!(
        set,
        [
            (ClockName::Response, 180, None, false),
            (ClockName::Update, 870, Some(1), true),
            (ClockName::Resolution, 1350, Some(2), true),
        ]
    );
}

#[test]
fn a_pause_adds_its_open_time() {
    let desk = at(opened(2, false, "03-02 10:00"), "03-02 16:00").pause();
    let desk = at(desk, "03-03 10:00").resume();
    resolution(&desk, "03-03 11:00", "16h", "03-04 12:00");
}

#[test]
fn after_a_pause_the_day_ends_anew() {
    let desk = opened(1, true, "03-02 10:00");
    resolution(&desk, "03-02 11:00", "15h", "03-03 17:00");
    // Half an hour moves the due time to Wednesday, and so to its end.
    let desk = at(at(desk, "03-03 10:00").pause(), "03-03 10:30").resume();
    resolution(&desk, "03-03 11:00", "22h30m", "03-04 17:00");
    // Two more hours stay within that day.
    let desk = at(at(desk, "03-04 09:00").pause(), "03-04 11:00").resume();
    resolution(&desk, "03-04 11:30", "20h30m", "03-04 17:00");
    // In the afternoon the target without its end of day is used up already.
    let desk = at(at(desk, "03-04 15:00").pause(), "03-05 09:00").resume();
    resolution(&desk, "03-05 09:30", "26h30m", "03-05 17:00");
    let explained = ClockExplanation::new(
        ClockName::Resolution,
        desk.ticket(),
        desk.history(),
        on("03-05 09:30"),
        &desk.policy,
    );
    let explained = explained.unwrap();
    let due = explained
        .intervals
        .iter()
        .find(|interval| interval.due)
        .unwrap();
    assert_eq!(due.total, explained.clock.target.span);
}

#[test]
fn a_clock_that_was_late_before_a_pause_stays_late() {
    let desk = at(opened(1, true, "03-02 10:00"), "03-03 18:00").pause();
    let desk = at(desk, "03-04 10:00").resume();
    check(
        &desk,
        ClockName::Resolution,
        "03-04 11:00",
        "15h",
        "03-03 17:00",
        DisplayState::Overdue,
    );
}

#[test]
fn every_message_has_business_days_of_its_own() {
    let desk = at(opened(5, false, "03-02 10:00").reply(), "03-03 16:00").hear();
    check(
        &desk,
        ClockName::Update,
        "03-03 16:30",
        "8h",
        "03-04 16:00",
        DisplayState::Ok,
    );
    let desk = at(at(desk, "03-04 10:00").reply(), "03-06 20:00").hear();
    check(
        &desk,
        ClockName::Update,
        "03-07 10:00",
        "8h",
        "03-09 17:00",
        DisplayState::Ok,
    );
    let desk = at(opened(5, true, "03-02 10:00").reply(), "03-03 16:00").hear();
    check(
        &desk,
        ClockName::Update,
        "03-03 16:30",
        "9h",
        "03-04 17:00",
        DisplayState::Ok,
    );
}

#[test]
fn a_cadence_in_business_days_counts_from_the_last_message() {
    let desk = desk().enact(days(5, false)).policy(|policy| {
        policy.targets[0].cadence = Some(WorkingSpan::Days(2));
    });
    let desk = at(at(desk, "03-02 10:00").open(), "03-05 11:00").reply();
    check(
        &desk,
        ClockName::Update,
        "03-05 12:00",
        "16h",
        "03-09 11:00",
        DisplayState::Ok,
    );
}

#[test]
fn a_policy_applied_again_sets_no_other_target() {
    let mut desk = at(opened(5, false, "03-02 10:00"), "03-03 10:00");
    let events = apply_policy(desk.ticket(), &desk.ctx()).unwrap();
    assert_eq!(events, []);
    // Other hours make other days.
    desk = desk.enact(|policy| {
        let calendar = office("mon-fri 8:00-12:00");
        policy.calendars.insert("office".to_owned(), calendar);
    });
    let events = apply_policy(desk.ticket(), &desk.ctx()).unwrap();
    assert_eq!(kinds(&events), "promised+promised+promised");
    desk.take(events);
    let clock = desk.clock(ClockName::Resolution).unwrap();
    assert_eq!(clock.target.span, TimeDelta::hours(20));
}
