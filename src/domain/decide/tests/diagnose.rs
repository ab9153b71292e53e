//! Answers to the questions of the policy and to others.

use crate::domain::category::Category;
use crate::domain::decide::{Command, Diagnosis, GivenAnswer};
use crate::domain::event::{Advice, Fact, QuestionnaireResult, TicketId};
use crate::domain::policy::CategoryNode;
use crate::domain::policy::questions::{AnswerType, Condition, FindingRule, Question};
use crate::testing::ticket_story::{TicketStory, desk};

/// A ticket about the VPN, where a second factor is asked about after 691.
pub(super) fn story() -> TicketStory {
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

fn given(answers: &[(&str, &str)]) -> Command {
    let given = answers.iter().map(|(key, answer)| GivenAnswer {
        key: (*key).to_owned(),
        answer: (*answer).to_owned(),
        strict: false,
    });
    Command::Diagnose(Diagnosis {
        answers: given.collect(),
        extent: None,
        affected: Vec::new(),
        note: None,
        workarounds: vec![(TicketId(7), "switch it on".to_owned())],
    })
}

fn described(desk: &TicketStory) -> String {
    let answers = desk.ticket().answers.iter();
    let answers = answers.map(|a| format!("{}={}", a.question, a.answer));
    answers.collect::<Vec<_>>().join(" ")
}

fn last(desk: &TicketStory) -> Option<QuestionnaireResult> {
    let Fact::Diagnosed {
        questionnaire: guided,
        ..
    } = &desk.history().last().unwrap().fact
    else {
        panic!("no diagnosis");
    };
    guided.clone()
}

#[test]
fn a_diagnosis_keeps_the_latest_answer_to_each_question() {
    let answer = |key: &str, answer: &str| GivenAnswer {
        key: key.to_owned(),
        answer: answer.to_owned(),
        strict: false,
    };
    let diagnose = |answers| {
        Command::Diagnose(Diagnosis {
            answers,
            extent: Some("one floor".to_owned()),
            affected: vec!["switch".to_owned()],
            note: None,
            workarounds: Vec::new(),
        })
    };
    let desk = desk().open();
    let desk = desk.run(diagnose(vec![answer("cable", "in"), answer("led", "off")]));
    let desk = desk.run(diagnose(vec![answer("led", "on")]));
    let described: Vec<&str> = desk
        .ticket()
        .answers
        .iter()
        .map(|a| a.answer.as_str())
        .collect();
    assert_eq!(described, ["in", "on"]);
    assert_eq!(desk.ticket().extent.as_deref(), Some("one floor"));
    assert_eq!(desk.ticket().affected, ["switch"]);
}

#[test]
fn an_answer_is_stored_with_its_question_the_policy_version_and_the_advice() {
    let desk = story().run(given(&[("ERROR", "691"), ("mfa?", "N"), ("own", "x")]));
    assert_eq!(described(&desk), "error?=691 mfa?=no own=x");
    let found = Advice {
        cause: Some("it is off".to_owned()),
        known_error: Some(TicketId(7)),
        workaround: Some("switch it on".to_owned()),
        ..Advice::default()
    };
    let guided = QuestionnaireResult {
        policy: 5,
        obsolete: Vec::new(),
        advice: vec![found],
    };
    assert_eq!(last(&desk), Some(guided.clone()));
    assert_eq!(desk.ticket().questionnaire, Some(guided));
}

#[test]
fn an_answer_that_makes_others_obsolete_removes_them() {
    let desk = story().run(given(&[("error", "691"), ("mfa", "no")]));
    let desk = desk.run(given(&[("error", "809")]));
    assert_eq!(described(&desk), "error?=809");
    let guided = last(&desk).unwrap();
    assert_eq!(
        (guided.obsolete, guided.advice),
        (vec!["mfa".to_owned()], vec![])
    );
    let desk = desk.run(given(&[("error", "691")]));
    assert_eq!(described(&desk), "error?=691");
}

#[test]
fn the_same_answer_again_changes_nothing() {
    let desk = story().run(given(&[("error", "691")]));
    assert_eq!(desk.gives(given(&[("error", "691")])), "-");
    let desk = desk.run(given(&[("own", "x")]));
    assert_eq!(last(&desk), None);
}

#[test]
fn answers_that_are_not_asked_for_or_not_accepted_are_rejected() {
    let refused = |answers: &[(&str, &str)]| story().refuses(given(answers)).0;
    assert_eq!(refused(&[("eror", "691")]), "unknown question 'eror'");
    assert_eq!(
        refused(&[("error", "692")]),
        "'692' is not an answer to 'error'"
    );
    let unasked = "'mfa' is not asked for #1: only if 'error' is 691";
    assert_eq!(refused(&[("mfa", "no")]), unasked);
    assert_eq!(refused(&[("error", "809"), ("mfa", "no")]), unasked);
}
