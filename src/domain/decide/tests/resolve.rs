//! Resolution and its gates.

use crate::domain::category::Category;
use crate::domain::decide::{ClosingOptions, Command};
use crate::domain::event::Fact;
use crate::domain::rejection::Rejection;
use crate::domain::vocabulary::{ClosureCode, Gate, Kind};
use crate::testing::ticket_story::{TicketStory, close, desk, escalate, moment, resolve};

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
fn a_ticket_must_be_classified_before_it_is_resolved() {
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
        "desk identify 1 incident; or override it with --force --reason TEXT"
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
fn every_gate_passed_by_force_is_recorded() {
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
fn the_reason_of_force_is_kept_as_a_note_if_no_gate_is_missing() {
    let desk = desk().open_at(3);
    assert_eq!(desk.gives(forced("to be safe")), "logged+resolved");
}

#[test]
fn a_disabled_gate_is_not_checked() {
    let desk = desk().open().policy(|policy| policy.gates.clear());
    assert_eq!(desk.gives(resolve(None)), "resolved");
    assert_eq!(desk.resolve().gives(close()), "closed");
}

#[test]
fn by_default_a_request_is_fulfilled_and_an_incident_is_solved() {
    let code = |desk: TicketStory| desk.run(resolve(None)).ticket().resolution().unwrap().code;
    assert_eq!(code(desk().open_at(3)), ClosureCode::Solved);
    let request = Command::Identify {
        kind: Kind::Request,
        onset: None,
    };
    assert_eq!(code(desk().open_at(3).run(request)), ClosureCode::Fulfilled);
}

#[test]
fn resolving_can_record_the_confirmation_and_inform_the_requester() {
    let all = Command::Resolve {
        text: "new gateway".to_owned(),
        code: None,
        known_error: None,
        closing: ClosingOptions {
            restored_by: Some("Mia".to_owned()),
            message: Some("it works".to_owned()),
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
fn only_closing_codes_of_the_policy_are_accepted() {
    let desk = desk().open_at(2);
    let desk = desk.policy(|policy| {
        policy
            .closure_codes
            .retain(|code| *code != ClosureCode::NoFault);
    });
    let refused = desk.decides(Command::Resolve {
        text: "nothing".to_owned(),
        code: Some(ClosureCode::NoFault),
        known_error: None,
        closing: Default::default(),
    });
    assert!(matches!(refused, Err(Rejection::Unknown(_))), "{refused:?}");
}
