//! Known errors.

use crate::domain::category::Category;
use crate::domain::decide::{Command, KnownErrorInput};
use crate::domain::event::{Advice, TicketId};
use crate::domain::policy::CategoryNode;
use crate::domain::policy::questions::{AnswerType, Condition, FindingRule, Question};
use crate::domain::vocabulary::State;
use crate::testing::ticket_story::{TicketStory, desk, reopen};

/// A ticket about the VPN, where a second factor is asked about after 691.
fn story() -> TicketStory {
    let question = |key: &str, answer_type, when| Question {
        key: key.to_owned(),
        text: format!("{key}?"),
        answer_type,
        help: None,
        when,
    };
    let when = |key: &str, value: &str| Condition(vec![(key.to_owned(), vec![value.to_owned()])]);
    let choices = ["691", "809"].map(str::to_owned).to_vec();
    let branch = CategoryNode {
        path: Category::parse("network/vpn").unwrap(),
        title: None,
        questions: vec![
            question("error", AnswerType::Choice(choices), Condition::default()),
            question("mfa", AnswerType::YesNo, when("error", "691")),
        ],
        findings: vec![FindingRule {
            when: when("mfa", "no"),
            advice: Advice {
                cause: Some("it is off".to_owned()),
                known_error: Some(TicketId(7)),
                ..Advice::default()
            },
        }],
    };
    desk().open_at(3).policy(|policy| {
        policy.version = 5;
        policy.categories = vec![branch];
    })
}

#[test]
fn a_known_error_stays_marked_until_it_is_withdrawn() {
    let marked = |desk: &TicketStory| desk.summary().is_known_error;
    let desk = story()
        .resolve()
        .run(Command::MarkKnownError(KnownErrorInput::default()));
    let known = desk.ticket().known_error.clone().unwrap();
    assert_eq!(known.workaround, desk.ticket().resolution().unwrap().text);
    assert_eq!(known.cause, None);
    let desk = desk.run(reopen());
    assert_eq!(desk.ticket().status.state(), State::Active);
    assert!(marked(&desk));
    let withdraw = Command::WithdrawKnownError {
        reason: "fixed".to_owned(),
    };
    let desk = desk.run(withdraw.clone());
    assert!(!marked(&desk));
    assert_eq!(desk.gives(withdraw), "-");
}
