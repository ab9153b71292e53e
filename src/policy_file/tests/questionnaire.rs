//! Questions, conditions and findings.

use super::{faults, parsed};
use crate::domain::category::Category;
use crate::domain::event::Advice;
use crate::domain::event::TicketId;
use crate::domain::policy::questions::AnswerType;
use crate::domain::questionnaire::Questionnaire;
use crate::policy_file::{format_answers, parse_answers};
use proptest::prelude::*;

fn questionnaire(text: &str, path: &str) -> Questionnaire {
    Questionnaire::for_category(&parsed(text).policy, &Category::parse(path).unwrap())
}

#[test]
fn a_question_has_a_key_a_type_help_and_a_condition() {
    let questionnaire = questionnaire(
        r#"
[categories.vpn]
questions = [
    "Since when?",
    { text = "Since when?", type = "yes-no", help = "Ask.\nTwice." },
    { key = "error", text = "Which?", choices = [691, 809, "Other", 7.5] },
    { key = "mfa", text = "On?", type = "yes-no", when = { error = [691, "OTHER"], since-when-2 = true } },
    { key = "word", text = "What?", type = "text", when = { since-when = "monday" } },
]
"#,
        "vpn",
    );
    let keys: Vec<&str> = questionnaire.keys().collect();
    assert_eq!(keys, ["since-when", "since-when-2", "error", "mfa", "word"]);
    let types: Vec<&str> = questionnaire
        .questions
        .iter()
        .map(|q| q.answer_type.as_str())
        .collect();
    assert_eq!(types, ["text", "yes-no", "choice", "yes-no", "text"]);
    assert_eq!(
        questionnaire.questions[1].help.as_deref(),
        Some("Ask.\nTwice.")
    );
    assert_eq!(
        questionnaire.questions[2].answer_type.choices(),
        ["691", "809", "Other", "7.5"]
    );
    // Answers are stored as the question spells them.
    let when = questionnaire.questions[3].when.to_string();
    assert_eq!(when, "'error' is 691 or Other and 'since-when-2' is yes");
}

#[test]
fn a_finding_has_a_condition_and_advice() {
    let questionnaire = questionnaire(
        r#"
[categories.vpn]
questions = [{ key = "mfa", text = "On?", type = "yes-no" }]
[[categories.vpn.findings]]
when = { mfa = false }
cause = "off"
known_error = 42
[[categories.vpn.findings]]
workaround = "wait"
escalate = "l2"
reason = "it takes long"
"#,
        "vpn",
    );
    assert_eq!(questionnaire.findings[0].when.to_string(), "'mfa' is no");
    assert_eq!(
        questionnaire.findings[0].advice.known_error,
        Some(TicketId(42))
    );
    assert!(questionnaire.findings[1].when.is_always());
    let Advice {
        escalate, reason, ..
    } = &questionnaire.findings[1].advice;
    assert_eq!(escalate.as_ref().unwrap().as_str(), "L2");
    assert_eq!(reason.as_deref(), Some("it takes long"));
}

#[test]
fn a_condition_may_refer_to_inherited_questions_that_are_written_later() {
    let questionnaire = questionnaire(
        r#"
[categories."network/vpn"]
questions = [{ key = "error", text = "Which?", when = { others = "no" } }]
[[categories."network/vpn".findings]]
when = { others = "Y", error = "none" }
cause = "it is you"
[categories.network]
questions = [{ key = "others", text = "Others?", type = "yes-no" }]
"#,
        "network/vpn",
    );
    assert_eq!(
        questionnaire.questions[1].when.to_string(),
        "'others' is no"
    );
    assert_eq!(
        questionnaire.findings[0].when.to_string(),
        "'others' is yes and 'error' is none"
    );
    assert_eq!(questionnaire.questions[1].answer_type, AnswerType::Text);
}

#[test]
fn every_fault_of_a_question_is_reported() {
    insta::assert_snapshot!(faults(
        r#"
[categories.vpn]
questions = [
    { key = "a", text = "A?", type = "yesno" },
    { key = "b", text = "B?", type = "choice" },
    { key = "c", text = "C?", type = "text", choices = ["x", "y"] },
    { key = "d", text = "D?", choices = ["x", "X"] },
    { key = "e", text = "E?", choices = "x" },
    { key = "f", text = "F?", hepl = "no" },
    { key = "g", text = "G?", help = 7 },
    { key = "h h", text = "H?" },
    { key = "i" },
    { key = "f", text = "F again?" },
    7,
]
"#
    ), @r#"
    line 4: categories.vpn.questions.type: unknown type 'yesno': did you mean 'yes-no'? accepted: text, yes-no, choice
    line 5: categories.vpn.questions: a choice needs its choices: choices = ["…", "…"]
    line 6: categories.vpn.questions.choices: a question of type text has no choices
    line 7: categories.vpn.questions.choices: 'X' is listed twice
    line 8: categories.vpn.questions.choices: it is a string; write a list of 2 or more choices
    line 9: categories.vpn.questions.hepl: unknown key 'hepl': did you mean 'help'? accepted: key, text, type, choices, help, when
    line 10: categories.vpn.questions.help: it is an integer; write a help text in quotes
    line 11: categories.vpn.questions.key: 'h h' cannot be the name of a question: use at most 40 letters, digits and - _ .
    line 12: categories.vpn.questions: a question needs a text
    line 13: categories.vpn.questions: a second question with the key 'f'
    line 14: categories.vpn.questions: it is an integer; write a text, or { key = "…", text = "…" }
    "#);
}

#[test]
fn a_condition_refers_to_earlier_questions_and_accepted_answers() {
    insta::assert_snapshot!(faults(
        r#"
[categories.vpn]
questions = [
    { key = "first", text = "First?", when = { other = "x" } },
    { key = "error", text = "Error?", choices = [691, 809] },
    { key = "mfa", text = "On?", type = "yes-no", when = { erorr = 691 } },
    { key = "a", text = "A?", when = { error = 619 } },
    { key = "b", text = "B?", when = { mfa = "perhaps" } },
    { key = "c", text = "C?", when = { d = "x" } },
    { key = "d", text = "D?", when = { d = "x" } },
    { key = "e", text = "E?", when = { error = [] } },
    { key = "f", text = "F?", when = { error = [[691]] } },
    { key = "g", text = "G?", when = "error" },
]
[[categories.vpn.findings]]
when = { eror = 691, error = [691, 808] }
cause = "x"
"#
    ), @r#"
    line 4: categories.vpn.questions.when.other: there is no question 'other' before this
    line 6: categories.vpn.questions.when.erorr: unknown question 'erorr': did you mean 'error'? accepted: first, error
    line 7: categories.vpn.questions.when.error: unknown answer '619': did you mean '691'? accepted: 691, 809
    line 8: categories.vpn.questions.when.mfa: unknown answer 'perhaps': accepted: yes, no
    line 9: categories.vpn.questions.when.d: 'd' is not asked before this: refer to an earlier question
    line 10: categories.vpn.questions.when.d: 'd' is not asked before this: refer to an earlier question
    line 11: categories.vpn.questions.when.error: write an answer in quotes, or a list of them
    line 12: categories.vpn.questions.when.error: it is an array; write an answer in quotes, or a list of them
    line 13: categories.vpn.questions.when: it is a string; write earlier answers, such as { error = "691" }
    line 16: categories.vpn.findings[1].when.eror: unknown question 'eror': did you mean 'error'? accepted: first, error, mfa, a, b, c, d, e, f, g
    line 16: categories.vpn.findings[1].when.error: unknown answer '808': did you mean '809'? accepted: 691, 809
    "#);
}

#[test]
fn every_fault_of_a_finding_is_reported() {
    insta::assert_snapshot!(faults(
        r#"
[categories.vpn]
[[categories.vpn.findings]]
when = {}
[[categories.vpn.findings]]
casue = "x"
[[categories.vpn.findings]]
known-error = "7"
cause = ""
[[categories.vpn.findings]]
known_error = 0
workaround = "x"
[[categories.vpn.findings]]
cause = "x"
escalate = "L9"
[[categories.vpn.findings]]
cause = "x"
reason = "x"
[categories.mail]
findings = "x"
"#
    ), @r#"
    line 3: categories.vpn.findings[1]: a finding needs a cause, a known_error, a workaround or escalate
    line 6: categories.vpn.findings[2].casue: unknown key 'casue': did you mean 'cause'? accepted: when, cause, known_error, workaround, escalate, reason
    line 8: categories.vpn.findings[3].known-error: unknown key 'known-error': did you mean 'known_error'? accepted: when, cause, known_error, workaround, escalate, reason
    line 9: categories.vpn.findings[3].cause: the cause is empty
    line 11: categories.vpn.findings[4].known_error: write the number of the ticket that is the known error, such as 42
    line 12: categories.vpn.findings[4].workaround: the known error has its own workaround: remove one of the two
    line 15: categories.vpn.findings[5].escalate: unknown tier 'L9': did you mean 'L1'? accepted: L1, L2, L3
    line 18: categories.vpn.findings[6].reason: a reason needs escalate = "TIER"
    line 20: categories.mail.findings: it is a string; write tables such as [[categories."network/vpn".findings]]
    "#);
}

#[test]
fn a_replaced_question_must_accept_the_answers_that_inherited_conditions_expect() {
    let above = r#"
[categories.network]
questions = [
    { key = "error", text = "Which?", choices = [691, 809] },
    { key = "mfa", text = "On?", when = { error = 691 } },
]
[[categories.network.findings]]
when = { error = 809 }
cause = "x"
"#;
    let own = |choices: &str| {
        format!(
            "{above}[categories.\"network/vpn\"]\n\
             questions = [{{ key = \"error\", text = \"Which one?\", choices = {choices} }}]\n"
        )
    };
    // It may accept more answers, but not fewer.
    assert_eq!(faults(&own("[691, 809, 720]")), "none");
    insta::assert_snapshot!(faults(&own("[691, 720]")), @r#"line 11: categories."network/vpn".questions: 'error' replaces an inherited question, and a condition there expects '809'; this one accepts: 691, 720"#);
    insta::assert_snapshot!(faults(&own("[809, 720]")), @r#"line 11: categories."network/vpn".questions: 'error' replaces an inherited question, and a condition there expects '691'; this one accepts: 809, 720"#);
}

#[test]
fn a_file_of_answers_holds_strings_numbers_and_booleans() {
    let read = parse_answers("a = \"x\"\nb = 7\nc = true\n\"d e\" = 'y'\nf = 5.20\n").unwrap();
    let answers: Vec<String> = read
        .iter()
        .map(|(key, answer)| format!("{key}:{answer}"))
        .collect();
    assert_eq!(answers, ["a:x", "b:7", "c:yes", "d e:y", "f:5.20"]);
    for (text, fault) in [
        (
            "a = [1]",
            "line 1: a: it is an array; write a text in quotes, a number, or true or false",
        ),
        ("a = 1\na = 2", "line 2: duplicate key"),
    ] {
        assert_eq!(parse_answers(text).unwrap_err(), fault);
    }
}

proptest! {
    #[test]
    fn formatted_answers_are_parsed_unchanged(
        given in proptest::collection::btree_map("\\PC{1,20}", "(?s).{0,60}", 0..8),
    ) {
        let read = parse_answers(&format_answers(&given)).unwrap();
        prop_assert_eq!(read.into_iter().collect::<std::collections::BTreeMap<_, _>>(), given);
    }
}
