//! Escalations of tickets that nobody takes.

use chrono::TimeDelta;

use crate::domain::decide::Command;
use crate::domain::people::{Agent, Tier};
use crate::domain::policy::{Policy, UnassignedRule};
use crate::domain::sla::calendar::Calendar;
use crate::domain::sla::calendar::tests::calendar_definition;
use crate::domain::summary::Summary;
use crate::domain::time::working_span::WorkingSpan;
use crate::testing::ticket_story::{TicketStory, desk, escalate, moment};

fn rule(after: &str, from: Option<&str>, to: &str) -> UnassignedRule {
    UnassignedRule {
        after: WorkingSpan::parse(after).unwrap(),
        from: from.map(Tier::from_stored),
        to: Tier::from_stored(to),
    }
}

/// A desk that does nothing else by itself.
fn desk_with(rules: Vec<UnassignedRule>) -> TicketStory {
    desk().policy(|policy: &mut Policy| {
        policy.warnings.clear();
        policy.gates.clear();
        for rule in &mut policy.targets {
            rule.spans = rule
                .spans
                .clone()
                .map(|_| WorkingSpan::Time(TimeDelta::days(300)));
        }
        policy.unassigned_rules = rules;
    })
}

fn half_an_hour() -> Vec<UnassignedRule> {
    vec![rule("30m", None, "L2")]
}

fn assign() -> Command {
    Command::Assign {
        agent: Agent::parse("ben").unwrap(),
    }
}

fn unassign() -> Command {
    Command::Unassign { reason: None }
}

#[test]
fn no_rule_is_on_by_default() {
    let mut desk = desk().open_at(4).at("Mon 11:00");
    assert_eq!(desk.sweep(), "");
    assert_eq!(Policy::built_in().unassigned_rules, []);
}

#[test]
fn a_ticket_that_nobody_takes_is_escalated_once_and_dated_when_due() {
    let mut desk = desk_with(half_an_hour()).open().at("9:29");
    assert_eq!(desk.sweep(), "");
    let mut desk = desk.at("15:00");
    assert_eq!(desk.sweep(), "Mon 9:30 -> L2");
    assert_eq!(desk.ticket().escalations, 1);
    assert_eq!(desk.at("Tue 15:00").sweep(), "");
}

#[test]
fn one_that_was_taken_in_time_or_since_is_not_escalated() {
    for taken in ["9:10", "9:30", "14:00"] {
        let desk = desk_with(half_an_hour()).open().at(taken).run(assign());
        assert_eq!(desk.at("15:00").sweep(), "", "{taken}");
    }
}

#[test]
fn the_time_counts_again_from_when_the_ticket_lost_its_agent() {
    let desk = desk_with(half_an_hour()).open().at("9:10").run(assign());
    let mut desk = desk.at("10:00").run(unassign()).at("15:00");
    assert_eq!(desk.sweep(), "Mon 10:30 -> L2");
    // Back at the first tier, it waits anew.
    let mut desk = desk.run(escalate(Some("L1"))).at("15:29");
    assert_eq!(desk.sweep(), "");
    assert_eq!(desk.at("16:00").sweep(), "Mon 15:30 -> L2");
}

#[test]
fn a_pause_and_a_resolution_are_no_waiting() {
    let desk = desk_with(half_an_hour()).open().at("9:10").pause();
    let mut desk = desk.at("12:00");
    assert_eq!(desk.sweep(), "");
    let mut desk = desk.resume().at("12:29");
    assert_eq!(desk.sweep(), "");
    assert_eq!(desk.at("13:00").sweep(), "Mon 12:30 -> L2");
    let mut desk = desk_with(half_an_hour())
        .open()
        .at("9:10")
        .resolve()
        .at("12:00");
    assert_eq!(desk.sweep(), "");
    let mut desk = desk.reopen().at("13:00");
    assert_eq!(desk.sweep(), "Mon 12:30 -> L2");
}

#[test]
fn rules_go_up_from_tier_to_tier_or_from_the_one_that_they_name() {
    let rules = vec![rule("30m", None, "L2"), rule("2h", None, "L3")];
    let mut desk = desk_with(rules).open().at("20:00");
    assert_eq!(desk.sweep(), "Mon 9:30 -> L2, Mon 11:30 -> L3");
    let rules = vec![rule("30m", Some("L2"), "L3")];
    let mut desk = desk_with(rules.clone()).open().at("20:00");
    assert_eq!(desk.sweep(), "");
    let mut desk = desk_with(rules)
        .open()
        .run(escalate(Some("L2")))
        .at("20:00");
    assert_eq!(desk.sweep(), "Mon 9:30 -> L3");
}

#[test]
fn the_time_counts_on_the_calendar_of_the_response_target() {
    let office = |rules| {
        desk_with(rules).enact(|policy| {
            let monday = moment("0:00").date_naive();
            let week = "mon-fri 9:00-17:00";
            let office = calendar_definition("UTC", monday, week, &[], &[], &[]);
            let office = Calendar::new(office).unwrap();
            policy.calendars.insert("office".to_owned(), office);
            for rule in &mut policy.targets {
                rule.calendar = Some("office".to_owned());
            }
        })
    };
    let mut desk = office(half_an_hour()).at("16:45").open().at("Tue 12:00");
    assert_eq!(desk.sweep(), "Tue 9:15 -> L2");
    let days = vec![rule("1bd", None, "L2")];
    let mut desk = office(days).at("16:45").open().at("Wed 12:00");
    assert_eq!(desk.sweep(), "Tue 16:45 -> L2");
}

#[test]
fn the_next_action_of_the_row_is_the_escalation() {
    let next = |desk: &TicketStory| Summary::new(desk.ticket(), &desk.policy).next_action_at;
    let desk = desk_with(half_an_hour()).open();
    assert_eq!(next(&desk), Some(moment("9:30")));
    let desk = desk.run(assign());
    assert!(next(&desk) > Some(moment("Sun 9:30")));
}

#[test]
fn sweeping_every_minute_or_once_gives_the_same() {
    let rules = || vec![rule("30m", None, "L2"), rule("2h", None, "L3")];
    let once = desk_with(rules()).open().at("14:00").sweep();
    let mut desk = desk_with(rules()).open();
    let mut each = Vec::new();
    for minute in 0..300 {
        let at = moment("9:00") + TimeDelta::minutes(minute);
        desk.stand(at, at);
        each.push(desk.sweep());
    }
    each.retain(|swept| !swept.is_empty());
    assert_eq!(each.join(", "), once);
    assert_eq!(once, "Mon 9:30 -> L2, Mon 11:30 -> L3");
}

#[test]
fn a_rule_that_was_due_before_a_pause_or_a_resolution_applies_if_it_is_open() {
    let waited = || desk_with(half_an_hour()).open().at("9:40");
    let mut paused = waited().pause().at("11:00");
    assert_eq!(paused.sweep(), "Mon 9:30 -> L2");
    assert_eq!(paused.sweep(), "");
    let mut resumed = waited().pause().at("10:00").resume().at("10:10");
    assert_eq!(resumed.sweep(), "Mon 9:30 -> L2");
    let mut reopened = waited().resolve().at("9:50").reopen().at("9:55");
    assert_eq!(reopened.sweep(), "Mon 9:30 -> L2");
    let mut taken = waited().pause().at("10:00").run(assign()).at("11:00");
    assert_eq!(taken.sweep(), "");
    let mut early = desk_with(half_an_hour())
        .open()
        .at("9:20")
        .pause()
        .at("11:00");
    assert_eq!(early.sweep(), "", "it was paused before it was due");
}
