//! Assignment and escalation.

use crate::domain::decide::Command;
use crate::domain::people::{Agent, Tier};
use crate::domain::policy::{AgentEntry, Policy};
use crate::testing::ticket_story::{desk, escalate};

fn agent(name: &str) -> Agent {
    Agent::parse(name).unwrap()
}

#[test]
fn of_two_agents_who_take_a_ticket_the_first_gets_it() {
    let take = |name| Command::Take { agent: agent(name) };
    let desk = desk().open().run(take("anna"));
    assert_eq!(
        desk.refuses(take("ben")),
        (
            "#1 is already taken by anna".to_owned(),
            "take it over with: desk assign 1 AGENT".to_owned()
        )
    );
    let desk = desk.run(Command::Assign {
        agent: agent("ben"),
    });
    assert_eq!(desk.ticket().assignee, Some(agent("ben")));
}

#[test]
fn an_unassigned_ticket_can_be_taken_again() {
    let desk = desk().open().run(Command::Assign {
        agent: agent("ben"),
    });
    let desk = desk.run(Command::Unassign { reason: None });
    assert_eq!(desk.ticket().assignee, None);
    assert_eq!(
        desk.gives(Command::Take {
            agent: agent("anna")
        }),
        "assigned"
    );
}

#[test]
fn escalating_moves_a_ticket_up_a_tier_and_unassigns_it() {
    let desk = desk().open().run(Command::Assign {
        agent: agent("ben"),
    });
    let desk = desk.run(escalate(None));
    assert_eq!(desk.ticket().tier, Tier::from_stored("L2"));
    assert_eq!(desk.ticket().assignee, None);
    assert_eq!(desk.ticket().escalations, 1);
    let desk = desk.run(escalate(None));
    assert_eq!(
        desk.refuses(escalate(None)).0,
        "#1 is already at L3, the last tier"
    );
}

#[test]
fn moving_back_to_a_lower_tier_is_not_counted_as_an_escalation() {
    let desk = desk()
        .open()
        .run(escalate(Some("l3")))
        .run(escalate(Some("L1")));
    assert_eq!(desk.ticket().tier, Tier::from_stored("L1"));
    assert_eq!(desk.ticket().escalations, 1);
}

#[test]
fn escalating_to_an_agent_assigns_the_ticket_in_the_new_tier() {
    let to = |tier: &str| Command::Escalate {
        to: Some(tier.to_owned()),
        reason: "needs routing".to_owned(),
        agent: Some(agent("cem")),
    };
    let desk = desk().open();
    assert_eq!(desk.gives(to("L2")), "escalated+assigned");
    let desk = desk.run(to("L2"));
    assert_eq!(desk.ticket().assignee, Some(agent("cem")));
    // What was written is kept, even if nothing else changes.
    assert_eq!(desk.gives(to("L2")), "logged");
}

#[test]
fn an_unknown_tier_is_rejected_with_the_accepted_tiers() {
    let (refusal, hint) = desk().open().refuses(escalate(Some("L4")));
    assert_eq!(refusal, "unknown tier 'L4'");
    assert!(hint.ends_with("accepted: L1, L2, L3"), "{hint}");
}

#[test]
fn with_a_list_of_agents_nobody_else_acts_or_is_assigned() {
    let roster = |policy: &mut Policy| {
        policy.agents = vec![AgentEntry {
            agent: Agent::from_stored("anna"),
            tier: None,
            name: None,
            login: None,
            email: None,
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
    let ben = desk.by(crate::domain::people::Actor::from(Agent::from_stored(
        "ben",
    )));
    let (message, _) = ben.refuses(assign("anna"));
    assert_eq!(message, "unknown agent 'ben'");
}
