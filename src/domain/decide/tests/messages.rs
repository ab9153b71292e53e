//! Messages to and from the requester.

use chrono::TimeDelta;

use crate::domain::decide::{Command, follow_up, needs_follow_up};
use crate::domain::event::TicketId;
use crate::domain::people::Actor;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{Channel, ClockName, OnResolved, Relation, State};
use crate::testing::ticket_story::{TicketStory, close, desk, hear, kinds, moment, reply, thanks};

#[test]
fn a_message_of_the_requester_ends_a_pause() {
    let desk = desk().open().pause().at("10:00").hear();
    assert_eq!(desk.ticket().status.state(), State::Active);
    assert_eq!(desk.history().last().unwrap().actor, Actor::Desk);
}

#[test]
fn messages_use_the_channel_of_the_ticket_by_default() {
    let over = Command::Reply {
        text: "on my way".to_owned(),
        via: Some(Channel::Phone),
    };
    let desk = desk().via(Channel::Chat).open().run(hear("hello?"));
    let desk = desk.run(reply("hello")).run(over);
    let seen: Vec<(bool, Channel)> = desk
        .ticket()
        .messages
        .iter()
        .map(|m| (m.inbound, m.via))
        .collect();
    assert_eq!(
        seen,
        [
            (true, Channel::Chat),
            (false, Channel::Chat),
            (false, Channel::Phone)
        ]
    );
}

#[test]
fn a_message_of_the_requester_leaves_a_ticket_new() {
    let state = |desk: TicketStory| desk.ticket().status.state();
    assert_eq!(state(desk().open().hear()), State::New);
    assert_eq!(state(desk().open().reply()), State::Active);
}

/// A ticket that was closed on Monday at 10:00, at a desk that takes it up again
/// for a day.
fn closed() -> TicketStory {
    let days = |desk: TicketStory| {
        desk.policy(|policy| policy.messages.reopen_within = Some(TimeDelta::days(1)))
    };
    days(desk()).open_at(3).at("10:00").resolve().close()
}

#[test]
fn a_message_soon_after_closing_reopens_the_ticket() {
    for (at, follows) in [("10:00", false), ("Tue 10:00", false), ("Tue 10:01", true)] {
        let desk = closed().at(at);
        assert_eq!(
            needs_follow_up(desk.ticket(), &hear("again"), &desk.ctx()),
            follows,
            "{at}"
        );
        assert!(
            !needs_follow_up(desk.ticket(), &thanks(), &desk.ctx()),
            "{at}"
        );
        assert_eq!(desk.decides(hear("again")).is_err(), follows, "{at}");
        assert_eq!(desk.gives(thanks()), "heard", "{at}");
    }
    let never = closed().policy(|policy| policy.messages.reopen_within = None);
    assert!(needs_follow_up(
        never.ticket(),
        &hear("again"),
        &never.ctx()
    ));
}

#[test]
fn a_follow_up_is_owed_a_first_response_whatever_the_channel() {
    let desk = closed().at("Wed 9:00");
    let (events, links) = follow_up(
        TicketId(2),
        desk.ticket(),
        "the same again".to_owned(),
        Some(Channel::Phone),
        &desk.ctx(),
    )
    .unwrap();
    assert_eq!(kinds(&links), "linked");
    assert_eq!(
        kinds(&events),
        "opened+promised+promised+promised+heard+linked"
    );
    let next = Ticket::replay(&events).unwrap();
    assert_eq!(next.requester, desk.ticket().requester);
    assert_eq!(next.messages[0].text, "the same again");
    assert_eq!(next.links, [(Relation::Previous, TicketId(1))]);
    let response = next.clocks(&desk.policy).get(ClockName::Response).cloned();
    assert_eq!(response.unwrap().due, Some(moment("Wed 12:00")));
}

#[test]
fn a_ticket_is_not_closed_over_an_unanswered_message() {
    let desk = desk().policy(|policy| policy.messages.on_resolved = OnResolved::Keep);
    let desk = desk.open_at(3).resolve().run(reply("it works again"));
    let confirmed = desk.run(Command::ConfirmRestored {
        by: "Mia".to_owned(),
    });
    assert_eq!(confirmed.gives(close()), "closed");
    let asked = confirmed.at("10:00").hear();
    assert!(asked.decides(close()).is_err());
    assert_eq!(asked.at("10:30").reply().gives(close()), "closed");
}
