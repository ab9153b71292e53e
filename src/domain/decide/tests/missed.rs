//! What is missed stays missed, whatever the target is later.

use chrono::TimeDelta;

use crate::domain::decide::{Command, PauseRequest, apply_policy};
use crate::domain::policy::TargetRule;
use crate::domain::sla::clock_map::ClockMap;
use crate::domain::time::working_span::WorkingSpan;
use crate::domain::vocabulary::{ClockName, PauseReason};
use crate::testing::ticket_story::{TicketStory, desk, moment, note};

/// Puts a policy with one target for everything in force and applies it.
fn apply(desk: TicketStory, hours: i64) -> TicketStory {
    let span = |_| Some(WorkingSpan::Time(TimeDelta::hours(hours)));
    let mut desk = desk.enact(|policy| {
        policy.targets = vec![TargetRule {
            spans: ClockMap::from_fn(span),
            ..TargetRule::default()
        }];
    });
    let events = apply_policy(desk.ticket(), &desk.ctx()).unwrap();
    desk.take(events);
    desk
}

fn relaxed(desk: &TicketStory) -> bool {
    desk.clock(ClockName::Response).unwrap().relaxed.is_some()
}

#[test]
fn a_longer_target_after_the_due_time_does_not_make_it_met() {
    let desk = apply(desk().open_at(4).at("Sun 9:00"), 720).reply();
    assert!(
        desk.response("Sun 9:00")
            .starts_with("missed, used 6d, left 24d")
    );
    assert!(relaxed(&desk));
}

#[test]
fn a_longer_target_in_time_counts() {
    let desk = apply(desk().open_at(4).at("11:59"), 24)
        .at("Tue 8:00")
        .reply();
    assert!(desk.response("Tue 8:00").starts_with("met"));
    assert!(!relaxed(&desk));
    let at_the_due_time = apply(self::desk().open_at(4).at("12:00"), 24)
        .at("13:00")
        .reply();
    assert!(at_the_due_time.response("13:00").starts_with("met"));
}

#[test]
fn late_at_once_by_a_new_target_ends_with_that_target() {
    let desk = apply(desk().open_at(4).at("11:00"), 1);
    assert!(desk.response("11:00").ends_with("reclassified"));
    let desk = apply(desk.at("11:30"), 3).at("11:40").reply();
    assert!(desk.response("11:40").starts_with("met"));
    assert!(!relaxed(&desk));
}

#[test]
fn a_relaxed_clock_is_told_late_once_and_again_when_its_new_target_is_missed() {
    let mut desk = apply(desk().open_at(4).at("Tue 9:00"), 48);
    assert_eq!(desk.sweep(), "Mon 12:00 response 100");
    assert_eq!(desk.sweep(), "");
    let mut later = desk.run(note("still nothing")).at("Wed 9:01");
    assert!(later.sweep().contains("Wed 9:00 response 100"));
}

#[test]
fn a_breach_under_the_old_target_is_told_whatever_the_new_one_is() {
    for priority in [1, 4] {
        let mut desk = desk()
            .open_at(2)
            .at("13:56")
            .prioritize(priority)
            .at("14:00");
        let told = desk.sweep();
        assert!(
            told.starts_with("Mon 11:00 response 100"),
            "{priority}: {told}"
        );
    }
    // What a new target has passed already is told as of when it was set.
    let mut desk = desk().open_at(4).at("10:30").prioritize(1).at("10:40");
    assert!(
        desk.sweep()
            .starts_with("Mon 10:30 response 75, Mon 10:30 response 90")
    );
}

#[test]
fn a_clock_that_was_paused_with_nothing_left_is_late_after_it_goes_on() {
    let pause = Command::Pause(PauseRequest {
        reason: PauseReason::Vendor,
        until: Some(moment("Tue 11:00")),
        note: None,
        ask: None,
        force: None,
    });
    let desk = desk().open_at(4).reply().at("Tue 9:00").run(pause);
    let overdue = |at: &str| desk.summary().clocks.is_overdue(moment(at));
    assert!(
        desk.resolution("Tue 11:00")
            .starts_with("at-risk, used 1d, left 0s")
    );
    assert!(desk.resolution("Tue 11:01").starts_with("overdue"));
    assert_eq!((overdue("Tue 11:00"), overdue("Tue 11:01")), (false, true));
    let resolved = desk.clone().at("Tue 11:00").resolve();
    assert!(resolved.resolution("Tue 11:00").starts_with("met"));
    let mut swept = desk.at("Tue 11:00");
    assert!(!swept.sweep().contains("resolution 100"));
    let mut late = swept.at("Tue 11:01");
    assert_eq!(late.sweep(), "Tue 11:00 resolution 100");
}
