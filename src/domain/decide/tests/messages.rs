//! Messages to and from the requester.

use chrono::TimeDelta;

use crate::domain::decide::{Command, Sender, follow_up, needs_follow_up};
use crate::domain::event::TicketId;
use crate::domain::people::{Actor, Requester};
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
        Sender::default(),
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

fn from(person: &str) -> Command {
    Command::RecordMessage {
        text: "the same here".to_owned(),
        via: None,
        thanks: false,
        sender: Some(person.to_owned()),
        written_to: None,
    }
}

/// A ticket with Kim in copy.
fn in_copy() -> TicketStory {
    let person = Requester::parse("Kim Lund <kim@example.org>").unwrap();
    desk()
        .open_at(3)
        .reply()
        .run(Command::AddParticipant { person })
}

#[test]
fn what_somebody_in_copy_writes_is_owed_an_answer_but_moves_no_status() {
    for person in ["kim@example.org", "Kim Lund", "KIM@example.org"] {
        assert_eq!(in_copy().gives(from(person)), "heard", "{person}");
    }
    let asked = in_copy().at("10:00").run(from("Kim Lund"));
    assert_eq!(asked.update("11:00"), "ok, used 1h, left 2h, due Mon 13:00");
    let state = |desk: TicketStory| {
        desk.at("10:00")
            .run(from("Kim Lund"))
            .ticket()
            .status
            .state()
    };
    assert_eq!(state(in_copy().pause()), State::Paused);
    assert_eq!(state(in_copy().resolve()), State::Resolved);
    assert_eq!(state(in_copy().resolve().close()), State::Closed);
    let long_ago = in_copy()
        .resolve()
        .close()
        .policy(|p| p.messages.reopen_within = None);
    assert!(!needs_follow_up(
        long_ago.ticket(),
        &from("Kim Lund"),
        &long_ago.ctx()
    ));
}

#[test]
fn the_requester_by_name_is_the_requester() {
    let resolved = in_copy().resolve();
    assert_eq!(resolved.gives(from("mia@example.org")), "heard+reopened");
    let (refusal, hint) = resolved.refuses(from("tom@example.org"));
    assert_eq!(refusal, "'tom@example.org' does not take part in #1");
    assert!(
        hint.contains("desk participants 1 add 'NAME <CONTACT>'"),
        "{hint}"
    );
}

/// Pia wrote to another ticket, which this one follows up.
fn from_pia() -> Command {
    let mut command = hear("the same here");
    if let Command::RecordMessage { written_to, .. } = &mut command {
        *written_to = Requester::parse("Pia Sund <pia@example.org>").ok();
    }
    command
}

#[test]
fn who_writes_to_the_ticket_before_is_a_requester_of_the_one_that_follows() {
    for desk in [in_copy().pause(), in_copy().resolve()] {
        let state = desk.ticket().status.state();
        let asked = desk.at("10:00").run(from_pia());
        assert_eq!(asked.ticket().status.state(), State::Active, "{state}");
        let people = asked.ticket().addressed(&[]);
        let people: Vec<_> = people.iter().map(|(_, who)| who.label()).collect();
        assert_eq!(people, [Some("Mia Roth"), Some("Pia Sund")]);
        assert_eq!(asked.gives(from_pia()), "heard", "known from now on");
        let by_name = asked.pause().gives(from("Pia Sund"));
        assert_eq!(by_name, "heard+resumed");
    }
}

#[test]
fn of_an_alarm_only_those_who_wrote_are_answered() {
    let alarm = desk().with(|new| new.requester = Requester::default());
    let asked = alarm.open_at(3).run(from_pia());
    let people = asked.ticket().addressed(&[]);
    assert_eq!(people.len(), 1);
    assert_eq!(people[0].1.label(), Some("Pia Sund"));
}

#[test]
fn somebody_in_copy_who_asks_for_help_too_becomes_a_requester() {
    let mut command = from_pia();
    if let Command::RecordMessage { written_to, .. } = &mut command {
        *written_to = Requester::parse("Kim Lund <kim@example.org>").ok();
    }
    let desk = in_copy().resolve();
    assert_eq!(
        desk.gives(command.clone()),
        "participant-added+heard+reopened"
    );
    assert_eq!(desk.run(command).ticket().participants.len(), 1);
}

#[test]
fn a_name_that_means_several_people_is_refused() {
    let person = Requester::parse("Kim Lund <k.lund@example.com>").unwrap();
    let desk = in_copy().run(Command::AddParticipant { person });
    let remove = Command::RemoveParticipant {
        person: Requester::parse("Kim Lund").unwrap(),
    };
    for command in [from("Kim Lund"), remove] {
        let (refusal, hint) = desk.refuses(command);
        assert_eq!(refusal, "'Kim Lund' means several people in #1");
        assert_eq!(
            hint,
            "name one by address: kim@example.org or k.lund@example.com"
        );
    }
    assert_eq!(desk.gives(from("k.lund@example.com")), "heard");
}

#[test]
fn a_participant_needs_a_contact() {
    let person = Requester::parse("Kim Lund").unwrap();
    let (refusal, hint) = desk().open().refuses(Command::AddParticipant { person });
    assert_eq!(
        refusal,
        "'Kim Lund' has no contact, so no message of #1 could reach them"
    );
    assert_eq!(hint, "desk participants 1 add 'Kim Lund <CONTACT>'");
}

#[test]
fn a_participant_is_added_once_and_removed_by_name_or_contact() {
    let person = |typed| Requester::parse(typed).unwrap();
    let again = person("Kim Lund <kim@example.org>");
    assert_eq!(
        in_copy().gives(Command::AddParticipant { person: again }),
        "-"
    );
    for typed in ["Kim Lund", "kim@example.org", "Kim Lund <kim@example.org>"] {
        let gone = in_copy().run(Command::RemoveParticipant {
            person: person(typed),
        });
        assert!(gone.ticket().participants.is_empty(), "{typed}");
    }
}
