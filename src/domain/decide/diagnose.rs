//! Initial diagnosis: answers to questions of the policy, which are checked,
//! and to any other questions, which are stored as given.

use super::decision::Decision;
use crate::domain::did_you_mean::nearest;
use crate::domain::event::{Advice, Answer, Fact, QuestionnaireResult, TicketId};
use crate::domain::policy::questions::{AnswerError, Answers, Question};
use crate::domain::questionnaire::{Applicability, Questionnaire};
use crate::domain::rejection::Rejection;
use crate::domain::text;
use crate::domain::ticket::Ticket;

/// What was found out about a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Diagnosis {
    pub(crate) answers: Vec<GivenAnswer>,
    /// Who or how much is affected.
    pub(crate) extent: Option<String>,
    pub(crate) affected: Vec<String>,
    pub(crate) note: Option<String>,
    /// The workarounds of the known errors that the policy's findings name.
    pub(crate) workarounds: Vec<(TicketId, String)>,
}

/// An answer as an agent gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GivenAnswer {
    /// The key of a question of the policy, or a question of the agent's own.
    pub(crate) key: String,
    pub(crate) answer: String,
    /// Whether it must be a question of the policy.
    pub(crate) strict: bool,
}

/// Records a diagnosis. The advice that follows is stored with it, so that it
/// reads the same after the policy or a known error has changed.
pub(super) fn diagnose(decision: &mut Decision<'_>, diagnosis: Diagnosis) -> Result<(), Rejection> {
    let Diagnosis {
        answers,
        extent,
        affected,
        note,
        workarounds,
    } = diagnosis;
    let questionnaire = match &decision.ticket.category {
        Some(category) => Questionnaire::for_category(decision.policy(), category),
        None => Questionnaire::default(),
    };
    let SortedAnswers {
        to_policy,
        mut others,
    } = sort_answers(&decision.ticket, &questionnaire, answers)?;
    let before = questionnaire.valid_answers(&decision.ticket.answers);
    let mut after = before.clone();
    let given = to_policy.iter();
    after.extend(given.map(|(question, answer)| (question.key.clone(), answer.clone())));
    check_all_asked(&decision.ticket, &questionnaire, &to_policy, &after)?;
    // An answer that is already recorded in the same words is left out.
    let recorded = &decision.ticket.answers;
    let new: Vec<Answer> = to_policy
        .into_iter()
        .map(|(question, answer)| Answer {
            key: question.key.clone(),
            question: question.text.clone(),
            answer,
        })
        .filter(|answer| !recorded.contains(answer))
        .collect();
    let questionnaire = (!new.is_empty()).then(|| QuestionnaireResult {
        policy: decision.policy().version,
        obsolete: obsolete_answers(&questionnaire, &before, &after),
        advice: with_workarounds(questionnaire.advice(&after), &workarounds),
    });
    others.splice(0..0, new);
    if !others.is_empty() || extent.is_some() || !affected.is_empty() || note.is_some() {
        decision.record(Fact::Diagnosed {
            answers: others,
            extent,
            affected,
            note,
            questionnaire,
        });
    }
    Ok(())
}

/// Refuses an answer to a question that is not asked, given all answers.
fn check_all_asked(
    ticket: &Ticket,
    questionnaire: &Questionnaire,
    given: &[(&Question, String)],
    answers: &Answers,
) -> Result<(), Rejection> {
    let reach = questionnaire.applicability(answers, usize::MAX);
    let is_skipped = |question: &Question| {
        let mut all = questionnaire.questions.iter().zip(&reach);
        all.any(|(known, reach)| known.key == question.key && *reach != Applicability::Asked)
    };
    match given.iter().find(|(question, _)| is_skipped(question)) {
        Some((question, _)) => Err(Rejection::NotAsked {
            id: ticket.id,
            question: question.key.clone(),
            when: question.when.to_string(),
        }),
        None => Ok(()),
    }
}

/// Adds the workarounds of the known errors that the advice names.
fn with_workarounds(mut all: Vec<Advice>, workarounds: &[(TicketId, String)]) -> Vec<Advice> {
    for advice in &mut all {
        let known = workarounds
            .iter()
            .find(|(id, _)| Some(*id) == advice.known_error);
        if let Some((_, workaround)) = known {
            advice.workaround = Some(workaround.clone());
        }
    }
    all
}

/// Answers, sorted by whether they answer a question of the policy.
struct SortedAnswers<'g> {
    /// To questions of the policy, each once, in their stored form.
    to_policy: Vec<(&'g Question, String)>,
    others: Vec<Answer>,
}

/// # Errors
/// An answer that its question does not accept, or, if a question of the
/// policy is expected, a key that is not one.
fn sort_answers<'g>(
    ticket: &Ticket,
    questionnaire: &'g Questionnaire,
    given: Vec<GivenAnswer>,
) -> Result<SortedAnswers<'g>, Rejection> {
    let mut sorted = SortedAnswers {
        to_policy: Vec::new(),
        others: Vec::new(),
    };
    for GivenAnswer {
        key,
        answer,
        strict,
    } in given
    {
        if let Some(question) = questionnaire.find(&key) {
            let answer = question
                .answer_type
                .parse(&answer)
                .map_err(|error| match error {
                    AnswerError::Text(fault) => fault.into(),
                    AnswerError::NotAChoice(accepted) => Rejection::WrongAnswer {
                        question: question.key.clone(),
                        typed: answer.clone(),
                        accepted,
                    },
                })?;
            // The last answer to a question counts.
            sorted
                .to_policy
                .retain(|(known, _)| known.key != question.key);
            sorted.to_policy.push((question, answer));
            continue;
        }
        if strict && questionnaire.questions.is_empty() {
            return Err(match &ticket.category {
                Some(category) => Rejection::NoQuestions {
                    category: category.to_string(),
                    typed: key,
                },
                None => Rejection::NoCategory { id: ticket.id },
            });
        }
        if strict || !nearest(&key, questionnaire.keys()).is_empty() {
            return Err(questionnaire.unknown_question(&key).into());
        }
        let key = text::line("question", &key)?;
        sorted.others.push(Answer {
            question: key.clone(),
            key,
            answer: text::body("answer", &answer)?,
        });
    }
    Ok(sorted)
}

/// Returns the keys of answers that counted before and no longer do.
fn obsolete_answers(
    questionnaire: &Questionnaire,
    before: &Answers,
    after: &Answers,
) -> Vec<String> {
    let counting = questionnaire.relevant_answers(after);
    let gone = before.keys().filter(|key| !counting.contains_key(*key));
    gone.cloned().collect()
}
