//! Calls.

use crate::domain::decide::Command;
use crate::domain::ticket::CallState;
use crate::domain::vocabulary::Medium;
use crate::testing::ticket_story::{desk, moment};

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
