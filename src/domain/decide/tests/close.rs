//! Closure, its gates, and reopening.

use crate::domain::decide::{ClosingOptions, Command};
use crate::domain::rejection::Rejection;
use crate::domain::ticket::{Closure, Status};
use crate::domain::vocabulary::ClosureCode;
use crate::testing::ticket_story::{
    TicketStory, close, close_forced, close_told, desk, kinds, reopen, reply,
};

fn gates(desk: &TicketStory, command: Command) -> Vec<&'static str> {
    let refusal = desk.decides(command).unwrap_err();
    let Rejection::Gate { missing, .. } = refusal else {
        panic!("refused for another reason: {refusal}");
    };
    missing.iter().map(|gate| gate.as_str()).collect()
}

#[test]
fn closing_needs_restored_service_and_an_informed_requester() {
    let desk = desk().open_at(3).reply().at("10:00").resolve();
    assert_eq!(
        gates(&desk, close()),
        ["confirmed-restored", "requester-told"],
        "what was said before the resolution does not tell of it"
    );
    let confirm = |by: &str| Command::ConfirmRestored { by: by.to_owned() };
    let confirmed = desk.clone().run(confirm("Mia"));
    assert_eq!(gates(&confirmed, close()), ["requester-told"]);
    assert_eq!(confirmed.gives(confirm("Mia")), "-");
    assert_eq!(confirmed.gives(confirm("Ole")), "restored");
    assert_eq!(
        confirmed.refuses(close()).1,
        "desk reply 1 TEXT; or override it with --force --reason TEXT"
    );
    assert_eq!(confirmed.run(reply("done")).gives(close()), "closed");
    assert_eq!(desk.gives(close_told()), "restored+replied+closed");
    assert_eq!(desk.gives(close_forced()), "gate-passed+gate-passed+closed");
}

#[test]
fn the_requester_must_be_informed_of_each_resolution() {
    let desk = desk().open_at(3).resolve().reply();
    let desk = desk.at("11:00").reopen().resolve();
    assert_eq!(
        gates(&desk, close()),
        ["confirmed-restored", "requester-told"]
    );
}

#[test]
fn closing_keeps_the_resolution_and_the_satisfaction() {
    let rated = |satisfaction| Command::Close {
        satisfaction,
        comment: Some("quick".to_owned()),
        closing: ClosingOptions {
            restored_by: Some("Mia".to_owned()),
            message: Some("done".to_owned()),
            force: None,
        },
    };
    let desk = desk().open_at(3).resolve().run(rated(Some(5)));
    let Status::Closed(Closure::Completed {
        resolution,
        satisfaction,
        comment,
    }) = &desk.ticket().status
    else {
        panic!("not closed");
    };
    assert_eq!(resolution.as_ref().unwrap().code, ClosureCode::Workaround);
    assert_eq!(
        (*satisfaction, comment.as_deref()),
        (Some(5), Some("quick"))
    );
    assert_eq!(desk.summary().satisfaction, Some(5));
    let again = |satisfaction, tell: Option<&str>, by: Option<&str>| Command::Close {
        satisfaction,
        comment: None,
        closing: ClosingOptions {
            restored_by: by.map(str::to_owned),
            message: tell.map(str::to_owned),
            force: None,
        },
    };
    assert_eq!(desk.gives(again(None, None, None)), "-");
    assert_eq!(desk.gives(again(Some(5), None, Some("Mia"))), "-");
    for news in [
        again(Some(1), None, None),
        again(None, Some("one more thing"), None),
        again(None, None, Some("Ole")),
    ] {
        assert_eq!(
            desk.refuses(news),
            (
                "#1 is closed: its closure is already recorded".to_owned(),
                "desk reopen 1 REASON, then close it again".to_owned()
            )
        );
    }
}

#[test]
fn reopening_activates_a_ticket_with_the_targets_of_its_priority() {
    let desk = desk().open_at(3).at("10:00").resolve();
    assert_eq!(desk.gives(reopen()), "reopened");
    let rated = desk.prioritize(2);
    let reopened = rated.at("11:00").decides(reopen()).unwrap();
    assert_eq!(
        kinds(&reopened),
        "reopened+promised",
        "the response and update targets were renewed with the rating"
    );
}

#[test]
fn a_reopened_ticket_has_no_resolution_until_it_is_resolved_again() {
    let desk = desk().open_at(3).resolve().close().reopen();
    assert_eq!(desk.ticket().resolution(), None);
    let row = desk.summary();
    assert_eq!((row.resolved, row.closed, row.code), (None, None, None));
    assert_eq!(row.reopenings, 1);
    assert_eq!(desk.resolve().summary().code, Some(ClosureCode::Workaround));
}
