//! Messages to and from the requester.

use crate::domain::decide::Command;
use crate::domain::people::Actor;
use crate::domain::vocabulary::{Channel, State};
use crate::testing::ticket_story::{TicketStory, desk, hear, reply};

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
