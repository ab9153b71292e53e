//! Initial diagnosis: answers to the questions of the policy, which are
//! checked, and to questions of one's own, which are taken as they are.

use super::super::did_you_mean::nearest;
use super::super::event::{Advice, Answer, Fact, QuestionnaireResult, TicketId};
use super::super::policy::questions::{AnswerError, Answers, Question};
use super::super::questionnaire::{Applicability, Questionnaire};
use super::super::rejection::Rejection;
use super::super::text;
use super::super::ticket::Ticket;
use super::GivenAnswer;
use super::decision::Decision;

/// What was seen beside the answers.
pub(super) struct Seen {
    pub(super) extent: Option<String>,
    pub(super) affected: Vec<String>,
    pub(super) note: Option<String>,
}

/// Records a diagnosis. What a known error of the findings teaches is kept
/// with it, so that it reads the same ever after.
pub(super) fn diagnose(
    deed: &mut Decision<'_>,
    given: Vec<GivenAnswer>,
    seen: Seen,
    recalled: &[(TicketId, String)],
) -> Result<(), Rejection> {
    let Seen {
        extent,
        affected,
        note,
    } = seen;
    let guide = match &deed.ticket.category {
        Some(category) => Questionnaire::for_category(deed.policy(), category),
        None => Questionnaire::default(),
    };
    let Sorted { asked, mut answers } = sorted(&deed.ticket, &guide, given)?;
    let before = guide.valid_answers(&deed.ticket.answers);
    let mut after = before.clone();
    after.extend(
        asked
            .iter()
            .map(|(q, answer)| (q.key.clone(), answer.clone())),
    );
    let reach = guide.applicability(&after, usize::MAX);
    let left = |question: &Question| {
        let asked = guide.questions.iter().zip(&reach);
        asked
            .into_iter()
            .any(|(q, reach)| q.key == question.key && *reach != Applicability::Asked)
    };
    if let Some((question, _)) = asked.iter().find(|(question, _)| left(question)) {
        return Err(Rejection::NotAsked {
            id: deed.ticket.id,
            question: question.key.clone(),
            when: question.when.to_string(),
        });
    }
    let news = asked.iter().map(|(question, answer)| Answer {
        key: question.key.clone(),
        question: question.text.clone(),
        answer: answer.clone(),
    });
    // What is on record with the same words is not said twice.
    let known = &deed.ticket.answers;
    let news: Vec<Answer> = news.filter(|answer| !known.contains(answer)).collect();
    let guided = (!news.is_empty()).then(|| QuestionnaireResult {
        policy: deed.policy().version,
        obsolete: moot(&guide, &before, &after),
        advice: taught(guide.advice(&after), recalled),
    });
    answers.splice(0..0, news);
    if !answers.is_empty() || extent.is_some() || !affected.is_empty() || note.is_some() {
        deed.push(Fact::Diagnosed {
            answers,
            extent,
            affected,
            note,
            questionnaire: guided,
        });
    }
    Ok(())
}

/// What was found, with the workarounds of known errors.
fn taught(mut found: Vec<Advice>, recalled: &[(TicketId, String)]) -> Vec<Advice> {
    for advice in &mut found {
        let known = recalled
            .iter()
            .find(|(id, _)| Some(*id) == advice.known_error);
        if let Some((_, workaround)) = known {
            advice.workaround = Some(workaround.clone());
        }
    }
    found
}

/// Answers by whose questions they are for.
struct Sorted<'g> {
    /// To the policy's, each once, as they are kept.
    asked: Vec<(&'g Question, String)>,
    /// To questions of one's own.
    answers: Vec<Answer>,
}

fn sorted<'g>(
    ticket: &Ticket,
    guide: &'g Questionnaire,
    given: Vec<GivenAnswer>,
) -> Result<Sorted<'g>, Rejection> {
    let mut sorted = Sorted {
        asked: Vec::new(),
        answers: Vec::new(),
    };
    for GivenAnswer {
        key,
        answer,
        strict,
    } in given
    {
        if let Some(question) = guide.find(&key) {
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
            // The last word counts.
            sorted.asked.retain(|(known, _)| known.key != question.key);
            sorted.asked.push((question, answer));
            continue;
        }
        if strict && guide.questions.is_empty() {
            return Err(match &ticket.category {
                Some(category) => Rejection::NoQuestions {
                    category: category.to_string(),
                    typed: key,
                },
                None => Rejection::NoCategory { id: ticket.id },
            });
        }
        if strict || !nearest(&key, guide.keys()).is_empty() {
            return Err(guide.unknown_question(&key).into());
        }
        let key = text::line("question", &key)?;
        sorted.answers.push(Answer {
            question: key.clone(),
            key,
            answer: text::body("answer", &answer)?,
        });
    }
    Ok(sorted)
}

/// The keys of answers that counted before and do not after.
fn moot(guide: &Questionnaire, before: &Answers, after: &Answers) -> Vec<String> {
    let counting = guide.relevant_answers(after);
    let gone = before.keys().filter(|key| !counting.contains_key(*key));
    gone.cloned().collect()
}
