//! Warnings and escalations at spans before and after the due time.

use crate::domain::people::Tier;
use crate::domain::policy::{EscalationRule, Policy};
use crate::domain::sla::calendar::Calendar;
use crate::domain::sla::calendar::tests::calendar_definition;
use crate::domain::sla::level::{Level, Offset};
use crate::domain::time::working_span::WorkingSpan;
use crate::domain::vocabulary::ClockName;
use crate::testing::ticket_story::{TicketStory, desk, moment};

fn offset(typed: &str) -> Level {
    Level::Offset(Offset::parse(typed).unwrap())
}

/// Sets warning levels: percentages and offsets.
fn warnings(levels: &[&str]) -> impl FnOnce(&mut Policy) {
    let level = |typed: &&str| {
        let percent = typed.parse().map(Level::Percent);
        percent.unwrap_or_else(|_| offset(typed))
    };
    let levels = levels.iter().map(level).collect();
    move |policy| policy.warnings = levels
}

/// Four business days for an office that is open from 9 to 17, from Monday to
/// Friday.
fn in_the_office(policy: &mut Policy) {
    let monday = moment("0:00").date_naive();
    let week = "mon-fri 9:00-17:00";
    let office = calendar_definition("UTC", monday, week, &[], &[], &[]);
    let office = Calendar::new(office).unwrap();
    policy.calendars.insert("office".to_owned(), office);
    policy.targets.truncate(1);
    policy.targets[0].calendar = Some("office".to_owned());
    let days = Some(WorkingSpan::Days(4));
    policy.targets[0].spans.set(ClockName::Resolution, days);
}

#[test]
fn spans_before_and_after_the_due_time_warn_beside_percentages() {
    let story = desk().policy(warnings(&["75", "1h before", "30m after"]));
    let mut desk = story.open_at(2).at("18:00");
    assert_eq!(
        desk.sweep(),
        "Mon 10:00 response 1h before, Mon 10:30 response 75, Mon 11:00 response 100, \
         Mon 11:30 response 30m after, Mon 15:00 resolution 75, Mon 16:00 resolution 1h before, \
         Mon 17:00 resolution 100, Mon 17:30 resolution 30m after"
    );
    assert_eq!(desk.at("Tue 18:00").sweep(), "");
}

#[test]
fn a_span_that_is_not_shorter_than_the_target_does_nothing() {
    let mut desk = desk()
        .policy(warnings(&["2h before"]))
        .open_at(2)
        .at("10:59");
    assert_eq!(desk.sweep(), "");
    let mut desk = desk.at("12:00");
    assert_eq!(desk.sweep(), "Mon 11:00 response 100");
}

#[test]
fn the_first_level_before_the_due_time_is_where_a_clock_is_at_risk() {
    let shows = |levels: &[&str], at: &str| {
        let desk = desk().policy(warnings(levels)).open_at(2).reply();
        let reading = desk.resolution(at);
        reading.split(',').next().unwrap().to_owned()
    };
    for (levels, ok, at_risk) in [
        (&["75", "3h before"] as &[_], "13:59", "14:00"),
        (&["75", "1h before"], "14:59", "15:00"),
        (&["1h before", "2h before"], "14:59", "15:00"),
        // What comes after the due time is no risk.
        (&["75", "1h after"], "14:59", "15:00"),
    ] {
        assert_eq!(shows(levels, ok), "ok", "{levels:?}");
        assert_eq!(shows(levels, at_risk), "at-risk", "{levels:?}");
    }
    assert_eq!(shows(&["1h after"], "16:59"), "ok");
    assert_eq!(shows(&["1h after"], "17:01"), "overdue");
}

#[test]
fn a_pause_moves_the_levels_and_one_that_moved_later_warns_again() {
    let story = || desk().policy(warnings(&["2h before"])).open_at(2).reply();
    let mut desk = story().at("15:30");
    assert_eq!(desk.sweep(), "Mon 15:00 resolution 2h before");
    let mut desk = desk.at("15:40").pause().at("16:40").resume();
    assert_eq!(desk.sweep(), "");
    // Half an hour was left to the level when it paused.
    let mut desk = story().at("14:30").pause().at("15:30").resume().at("17:00");
    assert_eq!(desk.sweep(), "Mon 16:00 resolution 2h before");
}

#[test]
fn business_days_before_and_after_count_on_the_calendar_of_the_target() {
    let story = desk().enact(in_the_office).policy(|policy| {
        warnings(&["1bd before", "3bd before", "2h after", "1bd after"])(policy);
    });
    let mut desk = story.at("10:30").open().reply();
    // Four business days are over on Friday at 10:30.
    let mut at = |typed| {
        desk = desk.clone().at(typed);
        desk.sweep()
    };
    assert_eq!(at("Tue 17:00"), "Tue 10:30 resolution 3bd before");
    assert_eq!(at("Fri 10:00"), "Thu 10:30 resolution 1bd before");
    assert_eq!(
        at("Fri 18:00"),
        "Fri 10:30 resolution 100, Fri 12:30 resolution 2h after"
    );
    assert_eq!(at("Sun 18:00"), "");
}

#[test]
fn rules_escalate_at_spans() {
    let rule = |level: &str, from: &str, to: &str| EscalationRule {
        clock: ClockName::Resolution,
        level: offset(level),
        from: Tier::from_stored(from),
        to: Tier::from_stored(to),
    };
    let desk: TicketStory = desk().policy(|policy| {
        policy.warnings.clear();
        policy.escalations = vec![rule("2h before", "L1", "L2"), rule("1h after", "L2", "L3")];
    });
    let mut desk = desk.open_at(2).reply().at("20:00");
    assert_eq!(
        desk.sweep(),
        "Mon 15:00 resolution 2h before -> L2, Mon 17:00 resolution 100, \
         Mon 18:00 resolution 1h after -> L3"
    );
    assert_eq!(desk.ticket().tier, Tier::from_stored("L3"));
}

#[test]
fn the_percentage_of_an_offset_says_on_which_side_of_the_due_time_it_is() {
    let desk = desk().policy(warnings(&["1s before", "1s after", "2h before"]));
    let mut desk = desk.open_at(2).reply().at("18:00");
    desk.sweep();
    let percents: Vec<u16> = desk
        .history()
        .iter()
        .filter_map(|event| {
            let crate::domain::event::Fact::Warned { percent, .. } = event.fact else {
                return None;
            };
            Some(percent)
        })
        .collect();
    assert_eq!(percents, [75, 99, 100, 101]);
}
