//! The rules of the clocks, in the order of the specification.

use chrono::TimeDelta;

use super::super::clock::ClockState;
use super::super::clock_event::ClockEvent;
use super::super::target::SlaTarget;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::ClockName;
use crate::testing::ticket_story::{desk, moment};

#[test]
fn rule_1_reopening_continues_the_clock_and_is_counted() {
    let desk = desk().open_at(1).at("12:00").resolve();
    let desk = desk.at("18:00").reopen();
    assert_eq!(
        desk.resolution("18:30"),
        "at-risk, used 3h30m, left 30m, due Mon 19:00"
    );
    let desk = desk.at("19:30").resolve();
    assert_eq!(
        desk.resolution("20:00"),
        "missed, used 4h30m, left -30m, due Mon 19:00, stopped Mon 19:30"
    );
    assert_eq!(desk.ticket().reopenings, 1);
}

#[test]
fn rule_2_a_new_priority_keeps_start_used_time_and_pauses() {
    let desk = desk().open().at("10:00").pause().at("11:00").resume();
    let desk = desk.at("12:00").prioritize(2);
    assert_eq!(
        desk.resolution("12:00"),
        "ok, used 2h, left 6h, due Mon 18:00, paused 1h"
    );
    assert_eq!(
        desk.clock(ClockName::Resolution).unwrap().started,
        moment("9:00")
    );
}

#[test]
fn rule_2_a_clock_that_is_late_at_once_is_reclassified_until_it_is_in_time_again() {
    let desk = desk().open_at(3).at("15:00").prioritize(1);
    assert_eq!(
        desk.resolution("15:00"),
        "overdue, used 6h, left -2h, due Mon 13:00, reclassified"
    );
    assert_eq!(
        desk.clone().at("16:00").resolve().resolution("20:00"),
        "missed, used 7h, left -3h, due Mon 13:00, stopped Mon 16:00, reclassified"
    );
    let raised = desk.at("15:30").prioritize(2);
    assert_eq!(
        raised.resolution("15:30"),
        "at-risk, used 6h30m, left 1h30m, due Mon 17:00"
    );
}

#[test]
fn rule_2_a_clock_that_was_late_before_is_not_reclassified() {
    let desk = desk().open_at(2).at("18:00").prioritize(1);
    assert_eq!(
        desk.resolution("18:00"),
        "overdue, used 9h, left -5h, due Mon 13:00"
    );
    let twice = desk.at("18:01").prioritize(2);
    assert!(!twice.clock(ClockName::Resolution).unwrap().reclassified);
}

#[test]
fn rule_2_a_clock_stays_reclassified_when_the_next_target_is_late_too() {
    let desk = desk().open_at(3).at("18:00").prioritize(1);
    let desk = desk.at("18:30").prioritize(2);
    assert_eq!(
        desk.resolution("18:30"),
        "overdue, used 9h30m, left -1h30m, due Mon 17:00, reclassified"
    );
}

#[test]
fn rule_2_a_target_used_up_this_very_instant_is_not_late() {
    let desk = desk().open_at(3).at("13:00").prioritize(1);
    assert_eq!(
        desk.resolution("13:00"),
        "at-risk, used 4h, left 0s, due Mon 13:00"
    );
}

#[test]
fn rule_2_a_priority_set_while_resolved_counts_from_reopening() {
    let desk = desk().open_at(3).at("15:00").resolve();
    let desk = desk.at("16:00").prioritize(1);
    assert_eq!(
        desk.resolution("16:00"),
        "met, used 6h, left 18h, due Tue 9:00, stopped Mon 15:00"
    );
    assert_eq!(
        desk.at("17:00").reopen().resolution("17:00"),
        "overdue, used 6h, left -2h, due Mon 13:00, reclassified"
    );
}

#[test]
fn rule_2_holds_for_a_paused_clock_too() {
    let desk = desk().open_at(3).at("11:00").pause();
    let desk = desk.at("14:00").prioritize(2);
    assert_eq!(
        desk.resolution("15:00"),
        "paused, used 2h, left 6h, paused 4h"
    );
    assert_eq!(
        desk.at("15:00").resume().resolution("15:00"),
        "ok, used 2h, left 6h, due Mon 21:00, paused 4h"
    );
}

#[test]
fn rule_2_an_answered_ticket_keeps_the_target_it_was_answered_under() {
    let desk = desk().open().at("11:00").reply();
    assert_eq!(
        desk.at("11:30").prioritize(1).response("12:00"),
        "met, used 2h, left 1h, due Mon 12:00, stopped Mon 11:00"
    );
}

#[test]
fn rule_3_a_ticket_keeps_its_target_when_the_policy_changes() {
    let desk = desk().open_at(3).policy(|policy| {
        policy.version = 2;
        policy.matrix.cells[1][1] = 1;
    });
    assert_eq!(
        desk.resolution("10:00"),
        "ok, used 1h, left 23h, due Tue 9:00"
    );
    let target = desk.clock(ClockName::Resolution).unwrap().target;
    assert_eq!(
        (target.policy_version, target.calendar.as_str()),
        (1, "24x7")
    );
    assert_eq!(target.span, TimeDelta::hours(24));
}

#[test]
fn rule_3_a_target_on_another_calendar_counts_from_when_it_was_set() {
    let desk = desk().open_at(3).at("10:00").pause().at("11:00").resume();
    let mut events = desk.ticket().clock_events.clone();
    let target = SlaTarget {
        span: TimeDelta::hours(4),
        days: None,
        cadence: None,
        cadence_days: None,
        end_of_day: false,
        calendar: "office".to_owned(),
        policy_version: 2,
    };
    events.push(
        moment("12:00"),
        ClockEvent::TargetSet(ClockName::Resolution, target.clone()),
    );
    let clock = events.clocks(&desk.policy);
    let clock = clock.get(ClockName::Resolution).unwrap();
    assert_eq!(clock.target, target);
    assert_eq!(
        (clock.started, clock.used),
        (moment("9:00"), TimeDelta::hours(2))
    );
    assert_eq!(clock.due, Some(moment("14:00")));
}

#[test]
fn rule_4_stopped_in_the_instant_it_is_due_is_met() {
    let desk = desk().open_at(1).at("10:00").reply().at("13:00").resolve();
    assert_eq!(
        desk.response("20:00"),
        "met, used 1h, left 0s, due Mon 10:00, stopped Mon 10:00"
    );
    assert_eq!(
        desk.resolution("20:00"),
        "met, used 4h, left 0s, due Mon 13:00, stopped Mon 13:00"
    );
}

#[test]
fn rule_4_stopped_a_second_later_is_missed() {
    let desk = desk().open_at(1).at("13:00:01").resolve();
    assert_eq!(
        desk.resolution("20:00"),
        "missed, used 4h1s, left -1s, due Mon 13:00, stopped Mon 13:00"
    );
}

#[test]
fn rule_4_a_running_clock_is_overdue_after_its_due_instant_only() {
    let desk = desk().open_at(1);
    assert!(
        desk.resolution("13:00")
            .starts_with("at-risk, used 4h, left 0s")
    );
    assert!(desk.resolution("13:00:01").starts_with("overdue"));
}

#[test]
fn rule_4_used_up_as_the_pause_begins_is_due_that_instant() {
    let desk = desk().open_at(1).at("13:00").pause().at("15:00").resume();
    assert_eq!(
        desk.resolution("15:00"),
        "at-risk, used 4h, left 0s, due Mon 13:00, paused 2h"
    );
    assert_eq!(
        desk.at("15:00").resolve().resolution("15:00"),
        "met, used 4h, left 0s, due Mon 15:00, stopped Mon 15:00, paused 2h",
        "it has not run past its due time, which moves like that of any pause"
    );
}

#[test]
fn rule_5_a_running_clock_has_one_state_and_three_displayed_states() {
    let desk = desk().open_at(1);
    let clock = desk.clock(ClockName::Resolution).unwrap();
    for (time, shown) in [
        ("11:59:59", "ok"),
        ("12:00", "at-risk"),
        ("13:00", "at-risk"),
        ("13:00:01", "overdue"),
    ] {
        let reading = clock.read_at(moment(time), &desk.policy);
        assert_eq!(reading.state, ClockState::Running, "{time}");
        assert_eq!(reading.display.as_str(), shown, "{time}");
    }
}

#[test]
fn rule_5_a_ticket_without_targets_has_no_clocks() {
    let desk = desk().open();
    let bare = Ticket::replay(&desk.history()[..1]).unwrap();
    let clocks = bare.clocks(&desk.policy);
    assert_eq!(clocks.values().count(), 0);
    assert_eq!((clocks.next_due(), clocks.next_warn()), (None, None));
}

#[test]
fn rule_6_the_first_warning_is_at_75_percent_of_working_time() {
    let desk = desk().open_at(1).at("10:00").pause().at("11:00").resume();
    let clock = desk.clock(ClockName::Resolution).unwrap();
    assert_eq!(clock.next_warn(), Some(moment("13:00")));
    assert_eq!(clock.next_due(), Some(moment("14:00")));
}

#[test]
fn rule_7_a_merged_ticket_is_never_due() {
    let desk = desk().open_at(1).reply().at("9:30").hear().merge();
    let clocks = desk.clocks();
    assert_eq!((clocks.next_due(), clocks.next_warn()), (None, None));
    assert_eq!(desk.summary().worst_clock(moment("Sun 9:00")), None);
    let silent = desk_unanswered_and_merged();
    assert_eq!(silent, "cancelled, used 30m, left 30m, stopped Mon 9:30");
}

fn desk_unanswered_and_merged() -> String {
    desk().open_at(1).at("9:30").merge().response("Sun 9:00")
}

#[test]
fn rule_8_clocks_use_the_time_it_happened_not_the_time_it_was_recorded() {
    let desk = desk().recorded("14:00").open_at(3);
    let desk = desk.at("11:00").recorded("14:00").reply();
    assert_eq!(
        desk.response("14:00"),
        "met, used 2h, left 1h, due Mon 12:00, stopped Mon 11:00"
    );
    let last = desk.history().last().unwrap();
    assert_eq!((last.at, last.recorded), (moment("11:00"), moment("14:00")));
}
