//! Opening a ticket.

use crate::domain::category::Category;
use crate::domain::decide::{
    ClosingOptions, Diagnosis, GivenAnswer, NewResolution, NewTicket, open,
};
use crate::domain::event::TicketId;
use crate::domain::people::{Agent, Tier};
use crate::domain::rejection::Rejection;
use crate::domain::sla::clock::ClockState;
use crate::domain::vocabulary::{Channel, ClockName, ClosureCode, Kind, Occurrence, State};
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

/// A request that is ready to be resolved.
fn solved(new: &mut NewTicket) {
    new.channel = Channel::Phone;
    new.kind = Some(Kind::Request);
    new.category = Category::parse("account").ok();
    new.ratings = ratings(4);
    new.resolution = Some(NewResolution {
        text: "set a new password".to_owned(),
        code: None,
        closing: ClosingOptions::default(),
        close: false,
    });
}

fn resolution(new: &mut NewTicket) -> &mut NewResolution {
    new.resolution.as_mut().unwrap()
}

/// Why it is not opened.
fn refusal(desk: &TicketStory, change: impl FnOnce(&mut NewTicket)) -> Rejection {
    let mut new = new();
    solved(&mut new);
    change(&mut new);
    open(TicketId(7), new, &desk.ctx()).unwrap_err()
}

#[test]
fn what_was_solved_on_the_phone_is_opened_and_resolved_at_once() {
    let desk = desk().with(solved).open();
    assert_eq!(
        opened(&desk),
        "opened+identified+categorized+prioritized+promised+promised+promised+resolved+replied"
    );
    let ticket = desk.ticket();
    assert_eq!(ticket.resolution().unwrap().code, ClosureCode::Fulfilled);
    // The requester heard it.
    assert!(ticket.is_requester_informed());
    assert_eq!(ticket.messages[0].via, Channel::Phone);
}

#[test]
fn by_mail_nobody_is_told_and_the_first_response_is_not_met() {
    let clock = |desk: &TicketStory| {
        let clocks = desk.clocks();
        clocks
            .get(ClockName::Response)
            .map(|clock| clock.state_at(desk.ctx().now))
    };
    let quiet = desk()
        .with(|new| {
            solved(new);
            new.channel = Channel::Email;
        })
        .open();
    assert!(quiet.ticket().messages.is_empty());
    assert_ne!(clock(&quiet), Some(ClockState::Met));
    let told = desk()
        .with(|new| {
            solved(new);
            new.channel = Channel::Email;
            resolution(new).closing.message = Some("It is done.".to_owned());
        })
        .open();
    assert_eq!(told.ticket().messages.len(), 1);
    assert_eq!(clock(&told), Some(ClockState::Met));
}

#[test]
fn a_new_ticket_can_be_confirmed_and_closed_too() {
    let desk = desk()
        .with(|new| {
            solved(new);
            resolution(new).closing.restored_by = Some("Mia".to_owned());
            resolution(new).close = true;
        })
        .open();
    assert_eq!(desk.ticket().status.state(), State::Closed);
    let events = opened(&desk);
    assert!(
        events.ends_with("resolved+restored+replied+closed"),
        "{events}"
    );
}

#[test]
fn what_cannot_be_resolved_is_not_opened_either() {
    let desk = desk();
    let bare = refusal(&desk, |new| {
        new.kind = None;
        new.ratings = Default::default();
    });
    assert_eq!(
        bare.to_string(),
        "it cannot be resolved at once: not identified as incident or request, no priority; \
         nothing was opened"
    );
    assert_eq!(
        bare.hint(),
        "add --kind KIND -u LEVEL -b LEVEL -g LEVEL; or override it with --force --reason TEXT"
    );
    // A P1 goes to the third line at once, where the cause has to be known.
    let escalated = refusal(&desk, |new| {
        new.kind = Some(Kind::Incident);
        new.ratings = ratings(1);
    });
    assert!(escalated.hint().starts_with("add --code workaround; or"));
    let unconfirmed = refusal(&desk, |new| {
        new.channel = Channel::Email;
        resolution(new).close = true;
    });
    assert!(
        unconfirmed
            .hint()
            .starts_with("add --restored-by WHO --tell TEXT; or"),
        "{}",
        unconfirmed.hint()
    );
}

#[test]
fn force_passes_the_gates_of_both_steps() {
    let desk = desk()
        .with(|new| {
            solved(new);
            new.category = None;
            resolution(new).closing.force = Some("by order".to_owned());
            resolution(new).close = true;
        })
        .open();
    assert_eq!(desk.ticket().status.state(), State::Closed);
    let events = opened(&desk);
    assert_eq!(events.matches("gate").count(), 2, "{events}");
}

#[test]
fn answers_and_a_tier_come_with_the_opening() {
    let desk = desk()
        .with(|new| {
            new.diagnosis = Diagnosis {
                answers: vec![GivenAnswer {
                    key: "account".to_owned(),
                    answer: "mia".to_owned(),
                    strict: false,
                }],
                ..Diagnosis::default()
            };
            new.tier = Some(("L2".to_owned(), "the template says so".to_owned()));
        })
        .open();
    assert_eq!(desk.ticket().tier, Tier::from_stored("L2"));
    assert_eq!(desk.ticket().answers[0].answer, "mia");
    let first = Some(("L1".to_owned(), "no".to_owned()));
    let same = super::open::desk().with(|new| new.tier = first).open();
    assert!(!opened(&same).contains("escalated"));
}
