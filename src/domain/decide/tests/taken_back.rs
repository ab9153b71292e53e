//! A priority that is taken back takes its consequences back.

use chrono::TimeDelta;

use crate::domain::decide::{Command, apply_policy};
use crate::domain::event::Fact;
use crate::domain::people::{Agent, Tier};
use crate::domain::policy::{AgentEntry, TargetRule};
use crate::domain::priority::Priority;
use crate::domain::sla::clock_map::ClockMap;
use crate::domain::ticket::{TimelineMark, timeline};
use crate::domain::time::working_span::WorkingSpan;
use crate::testing::ticket_story::{TicketStory, agent, desk, escalate, note};

fn assign(name: &str) -> Command {
    let agent = agent(name).agent().cloned().unwrap();
    Command::Assign { agent }
}

/// A ticket of priority 4 that ben has, rated 1 at 9:30 by mistake.
fn mistaken() -> TicketStory {
    let desk = desk()
        .open_at(4)
        .run(assign("ben"))
        .at("9:30")
        .prioritize(1);
    assert_eq!(described(&desk), "L3 -");
    desk.at("9:40")
}

fn described(desk: &TicketStory) -> String {
    let ticket = desk.ticket();
    let assignee = ticket.assignee.as_ref().map_or("-", Agent::as_str);
    format!("{} {assignee}", ticket.tier)
}

#[test]
fn tier_assignee_and_targets_come_back() {
    let before = desk().open_at(4).run(assign("ben"));
    let desk = mistaken().prioritize(4);
    assert_eq!(described(&desk), "L1 ben");
    assert_eq!(desk.ticket().escalations, 0);
    assert_eq!(desk.clocks(), before.clocks());
    assert_eq!(
        mistaken().gives(Command::Prioritize(crate::testing::ticket_story::ratings(
            4
        ))),
        "prioritized+unfounded"
    );
}

#[test]
fn another_priority_brings_tier_and_assignee_back_and_has_its_own_targets() {
    let desk = mistaken().prioritize(2);
    assert_eq!(described(&desk), "L1 ben");
    assert_eq!(
        desk.resolution("9:40"),
        "ok, used 40m, left 7h20m, due Mon 17:00"
    );
}

#[test]
fn they_stay_once_somebody_of_the_new_tier_has_acted() {
    for act in [note("looking"), assign("carla"), escalate(Some("L2"))] {
        let acted = mistaken().by(agent("carla")).run(act.clone());
        let before = described(&acted);
        let desk = acted.by(agent("anna")).at("9:50").prioritize(4);
        assert_eq!(described(&desk), before, "{act:?}");
    }
    // The agent who made the mistake may have noted it.
    let desk = mistaken().run(note("oops")).prioritize(4);
    assert_eq!(described(&desk), "L1 ben");
}

#[test]
fn the_policy_says_of_which_tier_somebody_is() {
    let entry = |name: &str, tier| AgentEntry {
        agent: Agent::parse(name).unwrap(),
        tier: Some(Tier::from_stored(tier)),
        name: None,
        login: None,
        email: None,
    };
    let acted = || {
        let team = vec![
            entry("anna", "L1"),
            entry("ben", "L1"),
            entry("carla", "L3"),
        ];
        mistaken().policy(|policy| policy.agents = team)
    };
    let by = |name| {
        acted()
            .by(agent(name))
            .run(note("seen"))
            .by(agent("anna"))
            .at("9:50")
    };
    assert_eq!(described(&by("ben").prioritize(4)), "L1 ben");
    assert_eq!(described(&by("carla").prioritize(4)), "L3 -");
}

#[test]
fn a_target_that_was_undone_never_counted() {
    // Due at 10:00 under the mistaken priority, which a sweep has told.
    let mut late = mistaken().at("10:10");
    assert!(late.sweep().contains("Mon 10:00 response 100"));
    let desk = late.prioritize(4);
    assert_eq!(
        desk.response("10:10"),
        "ok, used 1h10m, left 1h50m, due Mon 12:00"
    );
    let answered = desk.reply();
    assert!(answered.response("10:10").starts_with("met"));
    let mut later = answered.at("10:20");
    assert_eq!(later.sweep(), "");
}

#[test]
fn a_policy_that_was_applied_meanwhile_is_applied_to_the_right_rating() {
    let span = |hours| Some(WorkingSpan::Time(TimeDelta::hours(hours)));
    let mut desk = mistaken().enact(|policy| {
        let target = |rank, hours| TargetRule {
            priority: Some(Priority::from_rank(rank)),
            spans: ClockMap::from_fn(|_| span(hours)),
            ..TargetRule::default()
        };
        let others = TargetRule {
            spans: ClockMap::from_fn(|_| span(5)),
            ..TargetRule::default()
        };
        policy.targets = vec![others, target(1, 1), target(4, 7)];
    });
    let events = apply_policy(desk.ticket(), &desk.ctx()).unwrap();
    desk.take(events);
    let desk = desk.at("10:30").prioritize(4).reply();
    assert_eq!(
        desk.response("10:30"),
        "met, used 1h30m, left 5h30m, due Mon 16:00, stopped Mon 10:30"
    );
}

#[test]
fn what_was_told_of_a_mistaken_rating_is_unfounded() {
    let mut desk = desk().open_at(4).at("10:30").prioritize(1).at("10:31");
    assert_eq!(
        desk.sweep(),
        "Mon 10:30 response 75, Mon 10:30 response 90, Mon 10:30 response 100"
    );
    let desk = desk.at("10:40").prioritize(4);
    let entries = timeline(desk.history()).into_iter();
    let warned = entries.filter(|entry| matches!(entry.event.fact, Fact::Warned { .. }));
    assert!(warned.clone().count() == 3);
    for entry in warned {
        assert_eq!(entry.mark, Some(TimelineMark::Unfounded));
    }
}
