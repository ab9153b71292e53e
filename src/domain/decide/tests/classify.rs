//! Identification, categorisation and prioritisation.

use crate::domain::category::Category;
use crate::domain::decide::{Command, Ratings};
use crate::domain::event::Fact;
use crate::domain::people::{Actor, Tier};
use crate::domain::policy::CategoryNode;
use crate::domain::vocabulary::{Kind, Occurrence, State};
use crate::testing::ticket_story::{desk, escalate, ratings};

#[test]
fn identification_can_be_corrected() {
    let identify = |kind, onset| Command::Identify { kind, onset };
    let desk = desk().open();
    let desk = desk.run(identify(Kind::Incident, Some(Occurrence::Anticipated)));
    assert_eq!(desk.gives(identify(Kind::Incident, None)), "-");
    let desk = desk.run(identify(Kind::Request, None));
    assert_eq!(desk.ticket().kind, Some(Kind::Request));
    assert_eq!(
        desk.ticket().onset,
        Occurrence::Anticipated,
        "what is not said stays"
    );
}

#[test]
fn prioritising_computes_the_priority_and_updates_the_targets() {
    let desk = desk().open().at("10:00");
    assert_eq!(
        desk.gives(Command::Prioritize(ratings(2))),
        "prioritized+promised+promised+promised"
    );
    assert_eq!(
        desk.gives(Command::Prioritize(ratings(3))),
        "prioritized",
        "the targets are those of a ticket without a priority"
    );
}

#[test]
fn ratings_that_are_left_out_stay() {
    let urgent = Ratings {
        urgency: Some("high".to_owned()),
        ..Ratings::default()
    };
    let bare = desk().open();
    let desk = desk().open_at(3).run(Command::Prioritize(urgent.clone()));
    let rating = desk.ticket().rating.clone().unwrap();
    assert_eq!(rating.levels.unwrap().users.as_str(), "medium");
    assert_eq!(rating.priority.rank(), 2);
    assert_eq!(
        bare.refuses(Command::Prioritize(urgent)).0,
        "#1 has no ratings yet, so all three are needed"
    );
}

#[test]
fn an_unknown_level_is_rejected_with_the_accepted_levels() {
    let mut wrong = ratings(2);
    wrong.users = Some("hgih".to_owned());
    assert_eq!(
        desk().open().refuses(Command::Prioritize(wrong)),
        (
            "unknown impact level 'hgih'".to_owned(),
            "did you mean 'high'? accepted: high, medium, low".to_owned()
        )
    );
}

#[test]
fn the_highest_priority_is_escalated_to_the_third_tier_at_once() {
    let desk = desk().open().prioritize(1);
    let last = desk.history().last().unwrap();
    assert_eq!(last.actor, Actor::Desk);
    assert_eq!(
        last.fact,
        Fact::Escalated {
            to: Tier::from_stored("L3"),
            up: true,
            reason: "P1 goes to L3 at once".to_owned(),
        }
    );
}

#[test]
fn a_ticket_moved_back_from_the_third_tier_stays_until_its_priority_changes() {
    let desk = desk().open_at(1).run(escalate(Some("L2")));
    let mut same = ratings(1);
    same.business = Some("high".to_owned());
    let desk = desk.run(Command::Prioritize(same));
    assert_eq!(desk.ticket().tier, Tier::from_stored("L2"));
    let desk = desk.prioritize(2).prioritize(1);
    assert_eq!(desk.ticket().tier, Tier::from_stored("L3"));
}

#[test]
fn rating_a_resolved_ticket_does_not_escalate_it() {
    let desk = desk().open_at(3).resolve().prioritize(1);
    assert_eq!(desk.ticket().tier, Tier::from_stored("L1"));
    assert_eq!(desk.ticket().status.state(), State::Resolved);
}

#[test]
fn with_a_category_tree_only_its_categories_and_their_parents_are_accepted() {
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
