//! Which question comes next, which answers count, and what they point to.

use proptest::prelude::*;

use super::interview::{Interview, Progress};
use super::*;
use crate::domain::policy::questions::{AnswerError, AnswerType, Condition};
use crate::testing::ticket_story::desk;

fn question(key: &str, answer_type: AnswerType, when: &[(&str, &[&str])]) -> Question {
    Question {
        key: key.to_owned(),
        text: format!("{key}?"),
        answer_type,
        help: None,
        when: condition(when),
    }
}

fn condition(when: &[(&str, &[&str])]) -> Condition {
    let one = |(key, values): &(&str, &[&str])| {
        let values = values.iter().map(|&value| value.to_owned());
        ((*key).to_owned(), values.collect())
    };
    Condition(when.iter().map(one).collect())
}

fn finding(cause: &str, when: &[(&str, &[&str])]) -> FindingRule {
    FindingRule {
        when: condition(when),
        advice: Advice {
            cause: Some(cause.to_owned()),
            ..Advice::default()
        },
    }
}

fn choice(choices: &[&str]) -> AnswerType {
    AnswerType::Choice(choices.iter().map(|&c| c.to_owned()).collect())
}

/// Questions: since when; do others have it; which error; for 691, whether a
/// second factor is on; if so, which one; for other errors, the cable.
fn questionnaire() -> Questionnaire {
    Questionnaire {
        questions: vec![
            question("since", AnswerType::Text, &[]),
            question("others", AnswerType::YesNo, &[]),
            question("error", choice(&["691", "809", "other"]), &[]),
            question("mfa", AnswerType::YesNo, &[("error", &["691"])]),
            question("token", AnswerType::Text, &[("mfa", &["yes"])]),
            question("cable", AnswerType::YesNo, &[("error", &["809", "other"])]),
        ],
        findings: vec![
            finding("expired", &[("error", &["691"]), ("mfa", &["no"])]),
            finding("gateway", &[("others", &["yes"])]),
            finding("always", &[]),
        ],
    }
}

fn answers(given: &[(&str, &str)]) -> Answers {
    let owned = |(key, answer): &(&str, &str)| ((*key).to_owned(), (*answer).to_owned());
    given.iter().map(owned).collect()
}

fn keys(questions: &[&Question]) -> String {
    let keys: Vec<&str> = questions.iter().map(|q| q.key.as_str()).collect();
    keys.join(" ")
}

fn causes(found: &[Advice]) -> String {
    let causes: Vec<&str> = found.iter().filter_map(|a| a.cause.as_deref()).collect();
    causes.join(" ")
}

#[test]
fn an_answer_is_accepted_in_any_case_and_stored_as_the_policy_spells_it() {
    let yes_no = |typed| AnswerType::YesNo.parse(typed);
    for typed in ["yes", "Y", "true", " YES "] {
        assert_eq!(yes_no(typed), Ok("yes".to_owned()), "{typed}");
    }
    for typed in ["no", "n", "False"] {
        assert_eq!(yes_no(typed), Ok("no".to_owned()), "{typed}");
    }
    assert!(yes_no("maybe").is_err());
    let answer_type = choice(&["Error 691", "other"]);
    assert_eq!(answer_type.parse("error 691"), Ok("Error 691".to_owned()));
    let accepted = vec!["Error 691".to_owned(), "other".to_owned()];
    assert_eq!(
        answer_type.parse("692"),
        Err(AnswerError::NotAChoice(accepted))
    );
    assert_eq!(
        AnswerType::Text.parse(" since monday\n"),
        Ok(" since monday".to_owned())
    );
    assert!(AnswerType::Text.parse("  ").is_err());
}

#[test]
fn a_question_is_asked_only_if_its_condition_is_met() {
    let questionnaire = questionnaire();
    let asked = |given: &[(&str, &str)]| keys(&questionnaire.asked_questions(&answers(given)));
    assert_eq!(asked(&[]), "since others error");
    assert_eq!(asked(&[("error", "691")]), "since others error mfa");
    assert_eq!(
        asked(&[("error", "691"), ("mfa", "yes")]),
        "since others error mfa token"
    );
    assert_eq!(
        asked(&[("error", "809"), ("mfa", "yes")]),
        "since others error cable"
    );
}

#[test]
fn an_answer_to_a_question_that_is_not_asked_gives_no_advice() {
    let questionnaire = questionnaire();
    let found = |given: &[(&str, &str)]| causes(&questionnaire.advice(&answers(given)));
    assert_eq!(found(&[]), "always");
    assert_eq!(found(&[("error", "691"), ("mfa", "no")]), "expired always");
    assert_eq!(found(&[("error", "809"), ("mfa", "no")]), "always");
    assert_eq!(
        found(&[("others", "yes"), ("error", "691"), ("mfa", "no")]),
        "expired gateway always"
    );
}

/// The current question of an interview with the progress, such as `others 2/3-5`.
fn state(interview: &Interview<'_>) -> String {
    let Progress {
        position,
        min_total,
        max_total,
    } = interview.progress();
    let key = interview
        .question()
        .map_or("end", |question| question.key.as_str());
    format!("{key} {position}/{min_total}-{max_total}")
}

#[test]
fn the_progress_counts_questions_that_may_follow() {
    let questionnaire = questionnaire();
    let mut interview = Interview::new(&questionnaire, Answers::new(), false);
    assert_eq!(state(&interview), "since 1/3-6");
    interview.answer("monday".to_owned());
    interview.advance();
    assert_eq!(state(&interview), "error 3/3-6");
    interview.answer("691".to_owned());
    assert_eq!(state(&interview), "mfa 4/4-5");
    interview.answer("no".to_owned());
    assert_eq!(state(&interview), "end 5/4-4");
    assert_eq!(interview.unanswered_count(), 1);
    let new: Vec<&str> = interview
        .new_answers()
        .iter()
        .map(|(_, answer)| *answer)
        .collect();
    assert_eq!(new, ["monday", "691", "no"]);
}

#[test]
fn changing_an_answer_drops_the_answers_that_depend_on_it() {
    let questionnaire = questionnaire();
    let mut interview = Interview::new(&questionnaire, Answers::new(), false);
    for answer in ["monday", "no", "691", "yes", "key fob"] {
        interview.answer(answer.to_owned());
    }
    assert_eq!(state(&interview), "end 6/5-5");
    for key in ["token", "mfa", "error"] {
        assert!(interview.go_back());
        assert_eq!(interview.question().unwrap().key, key);
    }
    assert_eq!(interview.current_answer(), Some("691"));
    interview.answer("809".to_owned());
    assert_eq!(state(&interview), "cable 4/4-4");
    interview.answer("yes".to_owned());
    let new: Vec<&str> = interview
        .new_answers()
        .iter()
        .map(|(q, _)| q.key.as_str())
        .collect();
    assert_eq!(new, ["since", "others", "error", "cable"]);
}

#[test]
fn going_back_from_the_first_question_does_nothing() {
    let questionnaire = questionnaire();
    let mut interview = Interview::new(&questionnaire, Answers::new(), false);
    assert!(!interview.go_back());
    assert_eq!(state(&interview), "since 1/3-6");
}

#[test]
fn answered_questions_are_skipped_unless_all_are_asked() {
    let questionnaire = questionnaire();
    let known = answers(&[("since", "monday"), ("error", "809")]);
    let mut interview = Interview::new(&questionnaire, known.clone(), false);
    assert_eq!(state(&interview), "others 2/4-4");
    interview.answer("yes".to_owned());
    assert_eq!(state(&interview), "cable 4/4-4");
    assert!(interview.go_back() && interview.go_back() && interview.go_back());
    assert_eq!(state(&interview), "since 1/4-4");
    interview.advance();
    // On the way forward again no question is skipped.
    assert_eq!(state(&interview), "others 2/4-4");
    let mut all = Interview::new(&questionnaire, known, true);
    assert_eq!(
        (state(&all), all.current_answer()),
        ("since 1/4-4".to_owned(), Some("monday"))
    );
    all.advance();
    all.answer("no".to_owned());
    all.answer("809".to_owned());
    // An unchanged answer is not new.
    let new: Vec<&str> = all
        .new_answers()
        .iter()
        .map(|(q, _)| q.key.as_str())
        .collect();
    assert_eq!(new, ["others"]);
}

#[test]
fn an_answer_can_be_cleared() {
    let questionnaire = questionnaire();
    let mut interview = Interview::new(&questionnaire, answers(&[("others", "no")]), true);
    interview.answer("monday".to_owned());
    interview.answer("yes".to_owned());
    assert!(interview.go_back());
    assert!(interview.is_changed());
    interview.clear_answer();
    assert!(interview.go_back());
    assert_eq!(
        (interview.current_answer(), interview.is_changed()),
        (Some("no"), false)
    );
}

#[test]
fn an_interview_resumes_an_interrupted_one() {
    let questionnaire = questionnaire();
    let mut interview = Interview::new(&questionnaire, Answers::new(), false);
    interview.resume(answers(&[("since", "monday"), ("others", "yes")]));
    assert_eq!(state(&interview), "error 3/3-6");
    assert_eq!(interview.new_answers().len(), 2);
}

#[test]
fn resuming_keeps_recorded_answers() {
    let questionnaire = questionnaire();
    let mut interview = Interview::new(&questionnaire, answers(&[("since", "monday")]), false);
    interview.resume(answers(&[("others", "yes")]));
    assert_eq!(state(&interview), "error 3/3-6");
    assert_eq!(interview.new_answers().len(), 1);
}

#[test]
fn a_category_inherits_questions_and_can_replace_them() {
    let desk = desk().open().policy(|policy| {
        let branch = |path: &str, questions, findings| CategoryNode {
            path: Category::parse(path).unwrap(),
            title: None,
            questions,
            findings,
        };
        policy.categories = vec![
            branch(
                "network/vpn",
                vec![
                    question("error", choice(&["691", "809"]), &[]),
                    question("since", AnswerType::YesNo, &[]),
                ],
                vec![finding("own", &[])],
            ),
            branch(
                "network",
                vec![
                    question("since", AnswerType::Text, &[]),
                    question("others", AnswerType::YesNo, &[]),
                ],
                vec![finding("above", &[])],
            ),
            branch(
                "networking",
                vec![question("no", AnswerType::Text, &[])],
                vec![],
            ),
        ];
    });
    let questionnaire =
        |path| Questionnaire::for_category(&desk.policy, &Category::parse(path).unwrap());
    let vpn = questionnaire("network/vpn/client");
    assert_eq!(vpn.keys().collect::<Vec<_>>(), ["since", "others", "error"]);
    assert_eq!(vpn.questions[0].answer_type, AnswerType::YesNo);
    assert_eq!(causes(&vpn.advice(&Answers::new())), "own above");
    assert_eq!(questionnaire("network").questions.len(), 2);
    assert_eq!(questionnaire("mail"), Questionnaire::default());
}

/// What an agent does at a question.
#[derive(Debug, Clone)]
enum Move {
    Answer(usize),
    Skip,
    Clear,
    Back,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        4 => (0..3_usize).prop_map(Move::Answer),
        2 => Just(Move::Skip),
        1 => Just(Move::Clear),
        2 => Just(Move::Back),
    ];
    proptest::collection::vec(one, 0..40)
}

proptest! {
    #[test]
    fn after_any_moves_only_asked_questions_have_new_answers(moves in moves()) {
        let questionnaire = questionnaire();
        let mut interview = Interview::new(&questionnaire, Answers::new(), false);
        for one in moves {
            let Some(question) = interview.question() else {
                if !interview.go_back() { break }
                continue;
            };
            match one {
                Move::Answer(n) => {
                    let choices = question.answer_type.choices();
                    let answer = choices.get(n % choices.len().max(1)).copied();
                    interview.answer(answer.unwrap_or("text").to_owned());
                }
                Move::Skip => interview.advance(),
                Move::Clear => interview.clear_answer(),
                Move::Back => { interview.go_back(); }
            }
            let Progress { position, min_total, max_total } = interview.progress();
            prop_assert!(min_total <= max_total);
            prop_assert!(max_total <= questionnaire.questions.len());
            prop_assert!(position <= min_total + 1);
            let given: Answers = interview
                .new_answers()
                .into_iter()
                .map(|(question, answer)| (question.key.clone(), answer.to_owned()))
                .collect();
            // All new answers are relevant.
            prop_assert_eq!(&questionnaire.relevant_answers(&given), &given);
        }
    }

    #[test]
    fn going_only_forward_reaches_the_end(answers in proptest::collection::vec(0..3_usize, 6)) {
        let questionnaire = questionnaire();
        let mut interview = Interview::new(&questionnaire, Answers::new(), false);
        let mut places = Vec::new();
        for n in answers {
            let Some(question) = interview.question() else { break };
            places.push(interview.progress().position);
            let choices = question.answer_type.choices();
            let answer = choices.get(n % choices.len().max(1)).copied();
            interview.answer(answer.unwrap_or("text").to_owned());
        }
        prop_assert!(interview.question().is_none());
        prop_assert_eq!(places, (1..=interview.new_answers().len()).collect::<Vec<_>>());
        prop_assert_eq!(interview.unanswered_count(), 0);
    }
}
