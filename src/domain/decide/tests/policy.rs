//! What a new version of the policy does, and what it leaves alone.

use chrono::TimeDelta;

use crate::domain::category::Category;
use crate::domain::decide::{Command, apply_policy};
use crate::domain::people::Agent;
use crate::domain::policy::{AgentEntry, CategoryNode, Policy, TargetRule};
use crate::domain::priority::Priority;
use crate::domain::rejection::Rejection;
use crate::domain::sla::clock_map::ClockMap;
use crate::domain::vocabulary::{ClockName, ClosureCode, Kind};
use crate::testing::ticket_story::{desk, kinds};

fn hours(clock: ClockName, hours: i64) -> ClockMap<TimeDelta> {
    ClockMap::from([(clock, TimeDelta::hours(hours))])
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
fn tickets_keep_the_promises_of_their_day() {
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
fn later_promises_are_made_by_the_policy_of_their_day() {
    let desk = desk().enact(slower).open_at(2);
    assert_eq!(
        desk.resolution("10:00"),
        "ok, used 1h, left 11h, due Mon 21:00"
    );
}

#[test]
fn applying_the_policy_gives_new_targets_and_keeps_the_time_used() {
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
fn a_category_or_kind_that_a_target_names_renews_the_promise() {
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
    // The update clock answers as soon as the response clock.
    assert_eq!(
        desk.gives(kind(Kind::Request)),
        "identified+promised+promised"
    );
}

#[test]
fn with_a_roster_nobody_else_acts_or_is_assigned() {
    let roster = |policy: &mut Policy| {
        policy.agents = vec![AgentEntry {
            agent: Agent::from_stored("anna"),
            tier: None,
            name: None,
        }];
    };
    let desk = desk().open().policy(roster);
    let assign = |name| Command::Assign {
        agent: Agent::from_stored(name),
    };
    assert_eq!(desk.gives(assign("anna")), "assigned");
    let (message, hint) = desk.refuses(assign("ana"));
    assert_eq!(message, "unknown agent 'ana'");
    assert_eq!(hint, "did you mean 'anna'? accepted: anna");
    let ben = desk.by(crate::domain::people::Actor::Agent(Agent::from_stored(
        "ben",
    )));
    let (message, _) = ben.refuses(assign("anna"));
    assert_eq!(message, "unknown agent 'ben'");
}

#[test]
fn with_a_tree_other_categories_are_refused_and_parents_are_not() {
    let desk = desk().open().policy(|policy| {
        policy.categories = vec![CategoryNode {
            path: Category::parse("network/vpn").unwrap(),
            title: None,
            questions: Vec::new(),
            findings: Vec::new(),
        }];
    });
    let to = |path| Command::Categorize {
        category: Category::parse(path).unwrap(),
    };
    assert_eq!(desk.gives(to("network")), "categorized");
    let (message, hint) = desk.refuses(to("network/vpm"));
    assert_eq!(message, "unknown category 'network/vpm'");
    assert_eq!(hint, "did you mean 'network/vpn'? accepted: network/vpn");
}

#[test]
fn only_the_codes_of_the_policy_close_a_ticket() {
    let desk = desk().open_at(2);
    let desk = desk.policy(|policy| {
        policy
            .closure_codes
            .retain(|code| *code != ClosureCode::NoFault);
    });
    let refused = desk.decides(Command::Resolve {
        text: "nothing".to_owned(),
        code: Some(ClosureCode::NoFault),
        known_error: None,
        closing: Default::default(),
    });
    assert!(matches!(refused, Err(Rejection::Unknown(_))), "{refused:?}");
}
