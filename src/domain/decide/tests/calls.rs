//! Calls.

use crate::domain::decide::Command;
use crate::domain::event::Fact;
use crate::domain::people::Requester;
use crate::domain::ticket::CallState;
use crate::domain::vocabulary::{CallAnswer, Medium};
use crate::testing::ticket_story::{TicketStory, desk, moment};

fn call() -> Command {
    Command::ArrangeCall {
        medium: Medium::Video,
        when: moment("16:00"),
        note: None,
    }
}

fn end_call(call: Option<u32>, held: bool) -> Command {
    let note = Some("20 minutes".to_owned());
    Command::EndCall { call, held, note }
}

#[test]
fn calls_are_arranged_held_or_cancelled() {
    let desk = desk().open().run(call()).run(call());
    assert_eq!(
        desk.refuses(end_call(None, true)).0,
        "#1 has 2 open calls; say which"
    );
    let desk = desk.run(end_call(Some(1), false)).run(end_call(None, true));
    let note = || Some("20 minutes".to_owned());
    assert_eq!(
        desk.ticket().calls[0].state,
        CallState::Cancelled { reason: note() }
    );
    assert_eq!(
        desk.ticket().calls[1].state,
        CallState::Held { note: note() }
    );
    assert_eq!(desk.gives(end_call(Some(2), true)), "-");
    assert_eq!(
        desk.refuses(end_call(Some(2), false)).0,
        "call 2 of #1 is already held"
    );
    assert_eq!(desk.refuses(end_call(Some(9), true)).0, "#1 has no call 9");
    assert_eq!(desk.refuses(end_call(None, true)).0, "#1 has no open call");
}

#[test]
fn a_call_that_was_held_is_a_first_response() {
    let desk = desk().open_at(3).run(call());
    let desk = desk.at("10:00").run(end_call(None, true));
    assert!(desk.response("12:00").starts_with("met, used 1h"));
}

fn move_call(known: Option<&str>, to: &str, note: Option<&str>) -> Command {
    Command::MoveCall {
        call: None,
        known: known.map(moment),
        when: moment(to),
        note: note.map(str::to_owned),
    }
}

fn answer(version: u32, answer: CallAnswer, person: Option<&str>) -> Command {
    Command::AnswerCall {
        call: 1,
        version,
        answer,
        person: person.map(|typed| Requester::parse(typed).unwrap()),
        note: None,
    }
}

#[test]
fn an_arranged_call_is_moved() {
    let desk = desk().open().run(call());
    let desk = desk.run(move_call(None, "17:00", Some("the lab is closed")));
    let moved = Fact::CallMoved {
        call: 1,
        from: moment("16:00"),
        to: moment("17:00"),
        note: Some("the lab is closed".to_owned()),
    };
    assert_eq!(desk.history().last().unwrap().fact, moved);
    let desk = desk.run(move_call(None, "18:00", None));
    let call = desk.ticket().call(1).unwrap();
    assert_eq!(call.when, moment("18:00"));
    assert_eq!(call.earlier, [moment("16:00"), moment("17:00")]);
    assert_eq!((call.version(), call.time_of(1)), (2, moment("17:00")));
    assert_eq!(call.note.as_deref(), Some("the lab is closed"));
    assert_eq!(desk.gives(move_call(None, "18:00", None)), "-");
}

#[test]
fn a_call_cannot_be_moved_once_it_is_over_or_to_the_past_or_twice_at_once() {
    let desk = desk().open().at("9:30").run(call());
    let refused = |desk: &TicketStory, command: Command| desk.refuses(command).0;
    assert_eq!(
        refused(&desk, move_call(None, "9:00", None)),
        "the time of the call 2026-03-02 09:00:00 UTC is not later than 2026-03-02 09:30:00 UTC"
    );
    assert_eq!(
        refused(&desk, move_call(Some("15:00"), "17:00", None)),
        "call 1 of #1 was moved to 2026-03-02 16:00:00 UTC in the meantime"
    );
    assert_eq!(
        desk.gives(move_call(Some("16:00"), "17:00", None)),
        "call-moved"
    );
    assert_eq!(
        refused(&desk, move_call(None, "16:00", Some("sooner?"))),
        "call 1 of #1 is at 2026-03-02 16:00:00 UTC already"
    );
    let number = |call| Command::MoveCall {
        call: Some(call),
        known: None,
        when: moment("18:00"),
        note: None,
    };
    assert_eq!(refused(&desk, number(7)), "#1 has no call 7");
    for (held, done) in [(true, "held"), (false, "cancelled")] {
        let over = desk.clone().run(end_call(None, held));
        assert_eq!(
            refused(&over, number(1)),
            format!("call 1 of #1 is already {done}")
        );
        assert_eq!(
            refused(&over, move_call(None, "18:00", None)),
            "#1 has no open call"
        );
    }
}

#[test]
fn an_answer_is_kept_by_person_until_the_call_is_moved() {
    let desk = desk().open().run(call());
    let desk = desk
        .run(answer(0, CallAnswer::Tentative, None))
        .run(answer(0, CallAnswer::Accepted, Some("kim@example.org")))
        .run(answer(0, CallAnswer::Accepted, None));
    let call = desk.ticket().call(1).unwrap();
    assert_eq!(call.answer(), Some(CallAnswer::Accepted));
    assert_eq!(call.answers.len(), 2);
    assert_eq!(desk.gives(answer(0, CallAnswer::Accepted, None)), "-");
    let desk = desk.run(move_call(None, "17:00", None));
    assert_eq!(desk.ticket().call(1).unwrap().answers, []);
}

#[test]
fn an_answer_to_an_earlier_time_says_nothing_about_the_new_one() {
    let desk = desk().open().run(call());
    let desk = desk.run(move_call(None, "17:00", None));
    for said in [CallAnswer::Accepted, CallAnswer::Declined] {
        let late = desk.clone().run(answer(0, said, None));
        let call = late.ticket().call(1).unwrap();
        assert_eq!((call.answer(), &call.state), (None, &CallState::Arranged));
        let last = &late.history().last().unwrap().fact;
        let Fact::CallAnswered { when, version, .. } = last else {
            panic!("{last:?}");
        };
        assert_eq!((*when, *version), (moment("16:00"), 0));
    }
    let declined = answer(1, CallAnswer::Declined, None);
    assert_eq!(desk.gives(declined), "call-answered+call-cancelled");
}

#[test]
fn only_the_requester_declines_for_everybody() {
    let desk = desk().open().run(call());
    let kim = answer(0, CallAnswer::Declined, Some("kim@example.org"));
    assert_eq!(desk.gives(kim), "call-answered");
    let held = desk.run(end_call(None, true));
    let late = answer(0, CallAnswer::Declined, None);
    assert_eq!(held.gives(late), "call-answered");
}

#[test]
fn what_is_answered_moves_no_clock() {
    let desk = desk().open_at(3).run(call());
    let before = desk.response("12:00");
    let desk = desk.at("10:00").run(answer(0, CallAnswer::Accepted, None));
    assert_eq!(desk.response("12:00"), before);
    assert!(desk.ticket().owed_since().is_none());
}
