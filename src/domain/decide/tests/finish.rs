//! Resolution, recovery, closure and reopening, with their gates.

use super::super::{ClosingOptions, Command};
use crate::domain::category::Category;
use crate::domain::event::Fact;
use crate::domain::rejection::Rejection;
use crate::domain::ticket::{Closure, Status};
use crate::domain::vocabulary::{ClosureCode, Gate, Kind};
use crate::testing::ticket_story::{
    TicketStory, close, close_forced, close_told, desk, escalate, kinds, moment, reopen, reply,
    resolve,
};

fn forced(reason: &str) -> Command {
    Command::Resolve {
        text: "gone by itself".to_owned(),
        code: None,
        known_error: None,
        closing: ClosingOptions {
            force: Some(reason.to_owned()),
            ..ClosingOptions::default()
        },
    }
}

fn gates(desk: &TicketStory, command: Command) -> Vec<&'static str> {
    let refusal = desk.decides(command).unwrap_err();
    let Rejection::Gate { missing, .. } = refusal else {
        panic!("refused for another reason: {refusal}");
    };
    missing.iter().map(|gate| gate.as_str()).collect()
}

#[test]
fn to_resolve_a_ticket_must_be_classified() {
    let bare = desk().open();
    let all = ["identified", "categorized", "prioritized"];
    assert_eq!(gates(&bare, resolve(None)), all);
    let (refusal, hint) = bare.refuses(resolve(None));
    assert_eq!(
        refusal,
        "#1 is not ready: not identified as incident or request, no category, no priority"
    );
    assert_eq!(
        hint,
        "desk identify 1 incident; or go on, on the record, with --force --reason TEXT"
    );
    let kind = Kind::Request;
    let bare = bare.run(Command::Identify { kind, onset: None });
    assert_eq!(gates(&bare, resolve(None)), all[1..]);
    let category = Category::parse("account").unwrap();
    let bare = bare.run(Command::Categorize { category });
    assert_eq!(gates(&bare, resolve(None)), all[2..]);
    assert_eq!(bare.prioritize(4).gives(resolve(None)), "resolved");
}

#[test]
fn an_escalated_incident_needs_a_confirmed_cause() {
    let desk = desk().open_at(3).run(escalate(Some("L2")));
    for code in ClosureCode::ALL.iter().copied() {
        let free = matches!(
            code,
            ClosureCode::Workaround
                | ClosureCode::Withdrawn
                | ClosureCode::Duplicate
                | ClosureCode::NoFault
        );
        assert_eq!(desk.decides(resolve(Some(code))).is_ok(), free, "{code}");
    }
    assert_eq!(gates(&desk, resolve(None)), ["confirmed-cause"]);
    let text = "full disk".to_owned();
    let judge = |confirmed| Command::JudgeHypothesis {
        hypothesis: None,
        confirmed,
        evidence: "df".to_owned(),
    };
    let guessed = desk.run(Command::ProposeHypothesis { text });
    assert_eq!(gates(&guessed, resolve(None)), ["confirmed-cause"]);
    let refuted = guessed.clone().run(judge(false));
    assert_eq!(gates(&refuted, resolve(None)), ["confirmed-cause"]);
    assert_eq!(guessed.run(judge(true)).gives(resolve(None)), "resolved");
}

#[test]
fn an_escalated_request_needs_no_cause() {
    let desk = desk()
        .open_at(3)
        .run(escalate(Some("L2")))
        .run(Command::Identify {
            kind: Kind::Request,
            onset: None,
        });
    assert_eq!(desk.gives(resolve(None)), "resolved");
}

#[test]
fn every_gate_passed_by_force_is_on_the_record() {
    let desk = desk().open().run(forced("audit tomorrow"));
    let passed: Vec<(Gate, &str)> = desk
        .history()
        .iter()
        .filter_map(|event| {
            if let Fact::GatePassed { gate, reason } = &event.fact {
                Some((*gate, reason.as_str()))
            } else {
                None
            }
        })
        .collect();
    let reason = "audit tomorrow";
    assert_eq!(
        passed,
        [
            (Gate::Identified, reason),
            (Gate::Categorized, reason),
            (Gate::Prioritized, reason)
        ]
    );
    assert_eq!(
        desk.ticket().resolution().unwrap().code,
        ClosureCode::Solved
    );
}

#[test]
fn force_without_a_closed_gate_leaves_no_trace() {
    let desk = desk().open_at(3);
    assert_eq!(desk.gives(forced("to be safe")), "resolved");
}

#[test]
fn a_gate_that_is_switched_off_asks_for_nothing() {
    let desk = desk().open().policy(|policy| policy.gates.clear());
    assert_eq!(desk.gives(resolve(None)), "resolved");
    assert_eq!(desk.resolve().gives(close()), "closed");
}

#[test]
fn a_request_is_fulfilled_and_an_incident_solved_unless_said_otherwise() {
    let code = |desk: TicketStory| desk.run(resolve(None)).ticket().resolution().unwrap().code;
    assert_eq!(code(desk().open_at(3)), ClosureCode::Solved);
    let request = Command::Identify {
        kind: Kind::Request,
        onset: None,
    };
    assert_eq!(code(desk().open_at(3).run(request)), ClosureCode::Fulfilled);
}

#[test]
fn resolving_may_say_who_confirmed_it_and_tell_the_requester() {
    let all = Command::Resolve {
        text: "new gateway".to_owned(),
        code: None,
        known_error: None,
        closing: ClosingOptions {
            restored_by: Some("Mia".to_owned()),
            tell: Some("it works".to_owned()),
            force: None,
        },
    };
    let desk = desk().open_at(3).at("10:00");
    assert_eq!(desk.gives(all.clone()), "resolved+restored+replied");
    let desk = desk.run(all);
    assert_eq!(
        desk.ticket().resolution().unwrap().restored,
        Some(("Mia".to_owned(), moment("10:00")))
    );
    assert_eq!(desk.gives(close()), "closed");
}

#[test]
fn to_close_service_must_be_restored_and_the_requester_told() {
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
        "desk reply 1 TEXT; or go on, on the record, with --force --reason TEXT"
    );
    assert_eq!(confirmed.run(reply("done")).gives(close()), "closed");
    assert_eq!(desk.gives(close_told()), "restored+replied+closed");
    assert_eq!(desk.gives(close_forced()), "gate-passed+gate-passed+closed");
}

#[test]
fn a_ticket_told_of_its_first_resolution_is_to_be_told_of_the_second() {
    let desk = desk().open_at(3).resolve().reply();
    let desk = desk.at("11:00").reopen().resolve();
    assert_eq!(
        gates(&desk, close()),
        ["confirmed-restored", "requester-told"]
    );
}

#[test]
fn closing_keeps_the_resolution_and_what_the_requester_thought_of_it() {
    let rated = |satisfaction| Command::Close {
        satisfaction,
        comment: Some("quick".to_owned()),
        closing: ClosingOptions {
            restored_by: Some("Mia".to_owned()),
            tell: Some("done".to_owned()),
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
            tell: tell.map(str::to_owned),
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
                "#1 is closed: its closure is on record already".to_owned(),
                "desk reopen 1 REASON, then close it anew".to_owned()
            )
        );
    }
}

#[test]
fn reopening_makes_it_active_with_the_promises_of_its_priority() {
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
fn a_reopened_ticket_has_no_resolution_until_it_is_resolved_anew() {
    let desk = desk().open_at(3).resolve().close().reopen();
    assert_eq!(desk.ticket().resolution(), None);
    let row = desk.summary();
    assert_eq!((row.resolved, row.closed, row.code), (None, None, None));
    assert_eq!(row.reopenings, 1);
    assert_eq!(desk.resolve().summary().code, Some(ClosureCode::Workaround));
}
