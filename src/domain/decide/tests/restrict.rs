//! Who sees a ticket.

use crate::domain::decide::{Command, Sender, follow_up};
use crate::domain::event::TicketId;
use crate::domain::people::Agent;
use crate::testing::ticket_story::{TicketStory, desk, kinds};

fn agents(names: &[&str]) -> Vec<Agent> {
    names
        .iter()
        .map(|name| Agent::parse(name).unwrap())
        .collect()
}

fn restrict(names: &[&str], reason: Option<&str>) -> Command {
    Command::Restrict {
        to: agents(names),
        reason: reason.map(str::to_owned),
    }
}

fn restricted() -> TicketStory {
    desk().open().run(restrict(&["ben", "anna", "ben"], None))
}

#[test]
fn a_restriction_names_each_agent_once_until_it_is_lifted() {
    let desk = restricted();
    assert_eq!(desk.ticket().restricted_to, agents(&["anna", "ben"]));
    assert_eq!(desk.summary().restricted_to, agents(&["anna", "ben"]));
    // The same again changes nothing, but a reason is never lost.
    assert_eq!(desk.gives(restrict(&["anna", "ben"], None)), "-");
    assert_eq!(
        desk.gives(restrict(&["anna", "ben"], Some("again"))),
        "restricted"
    );
    let desk = desk.run(restrict(&["carl"], None));
    assert_eq!(desk.ticket().restricted_to, agents(&["carl"]));
    let reason = "settled".to_owned();
    let desk = desk.run(Command::LiftRestriction { reason });
    assert_eq!(desk.ticket().restricted_to, []);
}

#[test]
fn whoever_has_the_ticket_sees_it() {
    let assign = |name: &str| Command::Assign {
        agent: Agent::parse(name).unwrap(),
    };
    let refused = restricted().refuses(assign("carl"));
    assert_eq!(
        refused,
        (
            "carl would not see #1, which is only for anna, ben".to_owned(),
            "let them in first with: desk restrict 1 --to anna,ben,carl".to_owned()
        )
    );
    assert_eq!(restricted().gives(assign("ben")), "assigned");
    let (refused, _) = desk()
        .open()
        .run(assign("carl"))
        .refuses(restrict(&["anna"], None));
    assert_eq!(refused, "carl would not see #1, which is only for anna");
}

#[test]
fn what_follows_up_a_restricted_ticket_is_restricted_too() {
    let closed = desk().open_at(3).run(restrict(&["anna"], None));
    let closed = closed.resolve().close();
    let new = |closed: &TicketStory| {
        let text = "it is back".to_owned();
        let ctx = closed.ctx();
        let (ours, _) = follow_up(
            TicketId(2),
            closed.ticket(),
            text,
            None,
            Sender::default(),
            &ctx,
        )
        .unwrap();
        kinds(&ours)
    };
    assert!(new(&closed).contains("restricted"), "{}", new(&closed));
    let open_to_all = desk().open_at(3).resolve().close();
    assert!(!new(&open_to_all).contains("restricted"));
}
