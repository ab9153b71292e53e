//! SLA targets under changing policies.

use chrono::TimeDelta;

use crate::domain::category::Category;
use crate::domain::decide::{Command, apply_policy};
use crate::domain::policy::{Policy, TargetRule};
use crate::domain::priority::Priority;
use crate::domain::sla::clock_map::ClockMap;
use crate::domain::time::working_span::WorkingSpan;
use crate::domain::vocabulary::{ClockName, Kind};
use crate::testing::ticket_story::{desk, kinds};

fn hours(clock: ClockName, hours: i64) -> ClockMap<WorkingSpan> {
    ClockMap::from([(clock, WorkingSpan::Time(TimeDelta::hours(hours)))])
}

/// Twelve hours instead of eight for priority 2.
fn slower(policy: &mut Policy) {
    policy.targets.push(TargetRule {
        priority: Some(Priority::from_rank(2)),
        kind: Some(Kind::Incident),
        spans: hours(ClockName::Resolution, 12),
        ..TargetRule::default()
    });
}

#[test]
fn tickets_keep_the_targets_of_the_policy_they_were_opened_under() {
    let desk = desk().open_at(2).enact(slower);
    assert_eq!(
        desk.resolution("10:00"),
        "ok, used 1h, left 7h, due Mon 17:00"
    );
    let desk = desk.at("10:00").resolve().at("11:00").reopen();
    assert_eq!(
        desk.resolution("11:00"),
        "ok, used 1h, left 7h, due Mon 18:00"
    );
}

#[test]
fn new_tickets_get_the_targets_of_the_policy_in_force() {
    let desk = desk().enact(slower).open_at(2);
    assert_eq!(
        desk.resolution("10:00"),
        "ok, used 1h, left 11h, due Mon 21:00"
    );
}

#[test]
fn applying_the_policy_sets_new_targets_and_keeps_the_time_used() {
    let desk = desk().open_at(2).at("10:00").pause().at("12:00").resume();
    let mut desk = desk.enact(slower).at("13:00");
    let events = apply_policy(desk.ticket(), &desk.ctx()).unwrap();
    assert_eq!(kinds(&events), "promised");
    desk.take(events);
    assert_eq!(
        desk.resolution("13:00"),
        "ok, used 2h, left 10h, due Mon 23:00, paused 2h"
    );
    assert_eq!(apply_policy(desk.ticket(), &desk.ctx()).unwrap(), []);
}

#[test]
fn a_category_or_kind_with_its_own_target_updates_the_target() {
    let desk = desk().policy(|policy| {
        policy.targets.push(TargetRule {
            category: Category::parse("network").ok(),
            spans: hours(ClockName::Resolution, 2),
            ..TargetRule::default()
        });
        policy.targets.push(TargetRule {
            kind: Some(Kind::Request),
            spans: hours(ClockName::Response, 9),
            ..TargetRule::default()
        });
    });
    let desk = desk.open();
    let to = |path| Command::Categorize {
        category: Category::parse(path).unwrap(),
    };
    assert_eq!(desk.gives(to("mail")), "categorized");
    assert_eq!(desk.gives(to("network/vpn")), "categorized+promised");
    let kind = |kind| Command::Identify { kind, onset: None };
    assert_eq!(desk.gives(kind(Kind::Incident)), "identified");
    // The update target follows the response target.
    assert_eq!(
        desk.gives(kind(Kind::Request)),
        "identified+promised+promised"
    );
}
