//! Opening a ticket.

use crate::domain::category::Category;
use crate::domain::decide::open;
use crate::domain::event::TicketId;
use crate::domain::people::{Agent, Tier};
use crate::domain::vocabulary::{Kind, Occurrence, State};
use crate::testing::ticket_story::{TicketStory, desk, kinds, new, ratings};

fn opened(desk: &TicketStory) -> String {
    kinds(desk.history())
}

#[test]
fn opening_records_the_submission_and_sets_targets() {
    let desk = desk().open();
    assert_eq!(opened(&desk), "opened+promised+promised+promised");
    let ticket = desk.ticket();
    assert_eq!(ticket.title, "VPN drops");
    assert_eq!(ticket.requester.name.as_deref(), Some("Mia Roth"));
    assert_eq!((ticket.kind, ticket.onset), (None, Occurrence::Occurred));
    assert_eq!(ticket.tier, Tier::from_stored("L1"));
    assert_eq!(ticket.status.state(), State::New);
}

#[test]
fn opening_includes_the_first_steps_that_are_known() {
    let desk = desk()
        .with(|new| {
            new.kind = Some(Kind::Request);
            new.category = Category::parse("account").ok();
            new.ratings = ratings(4);
            new.note.symptoms = vec!["no login".to_owned()];
            new.assignee = Agent::parse("ben").ok();
        })
        .open();
    assert_eq!(
        opened(&desk),
        "opened+identified+logged+categorized+prioritized+promised+promised+promised+assigned"
    );
    assert_eq!(desk.ticket().status.state(), State::Active);
}

#[test]
fn a_warning_sign_is_an_incident() {
    let desk = desk()
        .with(|new| new.onset = Some(Occurrence::Anticipated))
        .open();
    assert_eq!(desk.ticket().kind, Some(Kind::Incident));
    assert_eq!(desk.ticket().onset, Occurrence::Anticipated);
}

#[test]
fn opening_with_an_incomplete_rating_is_rejected() {
    let desk = desk();
    let mut new = new();
    new.ratings.urgency = Some("high".to_owned());
    let refusal = open(TicketId(7), new, &desk.ctx()).unwrap_err();
    assert_eq!(
        refusal.hint(),
        "desk prioritize 7 --users LEVEL --business LEVEL --urgency LEVEL"
    );
}
