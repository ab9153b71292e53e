//! Pausing and resuming.

use crate::domain::decide::{Command, PauseRequest};
use crate::domain::ticket::Status;
use crate::domain::vocabulary::PauseReason;
use crate::testing::ticket_story::{desk, moment, pause};

fn ask(text: Option<&str>, force: Option<&str>) -> Command {
    Command::Pause(PauseRequest {
        reason: PauseReason::Requester,
        until: None,
        note: None,
        ask: text.map(str::to_owned),
        force: force.map(str::to_owned),
    })
}

#[test]
fn a_pause_on_the_requester_needs_a_question() {
    let desk = desk().open();
    assert_eq!(
        desk.refuses(ask(None, None)),
        (
            "#1 is not ready: the requester has not been asked for anything".to_owned(),
            "desk pause 1 requester --ask TEXT; or override it with --force --reason TEXT"
                .to_owned()
        )
    );
    assert_eq!(
        desk.gives(ask(Some("which floor?"), None)),
        "replied+paused"
    );
    assert_eq!(desk.clone().reply().gives(ask(None, None)), "paused");
    assert!(
        desk.clone()
            .reply()
            .hear()
            .decides(ask(None, None))
            .is_err()
    );
    let free = desk.policy(|policy| policy.gates.clear());
    assert_eq!(free.gives(ask(None, None)), "paused");
}

#[test]
fn a_pause_on_the_requester_can_be_forced_on_the_record() {
    let desk = desk().open();
    assert_eq!(
        desk.gives(ask(None, Some("asked in person"))),
        "gate-passed+paused"
    );
    assert_eq!(
        desk.clone().reply().gives(ask(None, Some("no need"))),
        "logged+paused",
        "a gate that is open is not forced, and the reason is kept"
    );
    let paused = desk.run(ask(None, Some("asked in person")));
    assert_eq!(paused.gives(ask(None, Some("asked again"))), "logged");
    assert_eq!(paused.gives(ask(None, None)), "-");
}

#[test]
fn other_pauses_need_no_question() {
    for awaited in [
        PauseReason::Vendor,
        PauseReason::Change,
        PauseReason::Evidence,
        PauseReason::Other,
    ] {
        assert_eq!(desk().open().gives(pause(awaited)), "paused", "{awaited}");
    }
}

#[test]
fn a_pause_has_a_reason_and_an_end() {
    let until = |typed: &str| {
        Command::Pause(PauseRequest {
            reason: PauseReason::Vendor,
            until: Some(moment(typed)),
            note: Some("part ordered".to_owned()),
            ask: None,
            force: None,
        })
    };
    let desk = desk().open().at("10:00");
    assert_eq!(
        desk.refuses(until("10:00")).0,
        "the wake time 2026-03-02 10:00:00 UTC is not later than 2026-03-02 10:00:00 UTC"
    );
    let desk = desk.run(until("12:00"));
    assert_eq!(
        desk.ticket().status,
        Status::Paused {
            reason: PauseReason::Vendor,
            until: Some(moment("12:00")),
            note: Some("part ordered".to_owned()),
        }
    );
    assert_eq!(desk.gives(until("12:00")), "-");
    assert_eq!(desk.gives(until("13:00")), "paused");
    assert_eq!(desk.summary().wake_at, Some(moment("12:00")));
}
