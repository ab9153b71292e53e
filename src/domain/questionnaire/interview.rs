//! One pass through the questions of a questionnaire: forward, back, and over
//! answered questions. The new answers are read at the end.

use std::collections::BTreeSet;

use super::{Applicability, Questionnaire};
use crate::domain::policy::questions::{Answers, Question};

/// The progress of an interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Progress {
    /// Position of the current question among those that are asked, from 1.
    pub(crate) position: usize,
    /// Number of questions that are asked for certain.
    pub(crate) min_total: usize,
    /// Number of questions that may be asked at most.
    pub(crate) max_total: usize,
}

/// An interview: the questionnaire, the answers so far and the current question.
#[derive(Debug, Clone)]
pub(crate) struct Interview<'a> {
    questionnaire: &'a Questionnaire,
    /// The answers recorded before the interview.
    recorded: Answers,
    answers: Answers,
    /// Keys of the questions that were answered in this interview.
    changed: BTreeSet<String>,
    /// Whether answered questions are asked too.
    ask_all: bool,
    /// Index of the current question; the number of questions at the end.
    position: usize,
    /// The highest index reached; on the way back to it, no question is skipped
    /// because it has an answer.
    furthest: usize,
}

impl<'a> Interview<'a> {
    /// Starts at the first question without an answer, or at the first question
    /// if all are to be asked.
    pub(crate) fn new(questionnaire: &'a Questionnaire, recorded: Answers, ask_all: bool) -> Self {
        let mut interview = Self {
            questionnaire,
            answers: recorded.clone(),
            recorded,
            changed: BTreeSet::new(),
            ask_all,
            position: 0,
            furthest: 0,
        };
        interview.position = interview.next_stop(0);
        interview.furthest = interview.position;
        interview
    }

    /// Adds the answers of an interrupted interview, as if they were given now.
    pub(crate) fn resume(&mut self, answers: Answers) {
        self.changed.extend(answers.keys().cloned());
        self.answers.extend(answers);
        // Nothing was asked yet, so only unanswered questions follow.
        self.furthest = 0;
        self.position = self.next_stop(0);
        self.furthest = self.position;
    }

    /// The current question; `None` at the end.
    pub(crate) fn question(&self) -> Option<&'a Question> {
        self.questionnaire.questions.get(self.position)
    }

    /// The answer that the current question has.
    pub(crate) fn current_answer(&self) -> Option<&str> {
        let answer = self.answers.get(&self.question()?.key)?;
        Some(answer)
    }

    pub(crate) fn progress(&self) -> Progress {
        let applicability = self
            .questionnaire
            .applicability(&self.answers, self.position);
        let count =
            |wanted: &[Applicability]| applicability.iter().filter(|r| wanted.contains(r)).count();
        let before = applicability.iter().take(self.position);
        Progress {
            position: before.filter(|r| **r == Applicability::Asked).count() + 1,
            min_total: count(&[Applicability::Asked]),
            max_total: count(&[Applicability::Asked, Applicability::Undecided]),
        }
    }

    /// Whether the current question was answered in this interview, so that the
    /// answer can be cleared.
    pub(crate) fn is_changed(&self) -> bool {
        self.question()
            .is_some_and(|question| self.changed.contains(&question.key))
    }

    /// Answers the current question and advances.
    pub(crate) fn answer(&mut self, answer: String) {
        if let Some(question) = self.question() {
            self.changed.insert(question.key.clone());
            self.answers.insert(question.key.clone(), answer);
        }
        self.advance();
    }

    /// Restores the recorded answer, if any, and advances.
    pub(crate) fn clear_answer(&mut self) {
        if let Some(question) = self.question() {
            self.changed.remove(&question.key);
            match self.recorded.get(&question.key) {
                Some(known) => self.answers.insert(question.key.clone(), known.clone()),
                None => self.answers.remove(&question.key),
            };
        }
        self.advance();
    }

    /// Advances without changing the answer.
    pub(crate) fn advance(&mut self) {
        self.position = self.next_stop(self.position + 1);
        self.furthest = self.furthest.max(self.position);
    }

    /// Goes back to the previous question. Returns whether there is one.
    pub(crate) fn go_back(&mut self) -> bool {
        let applicability = self
            .questionnaire
            .applicability(&self.answers, self.position);
        let before = applicability[..self.position.min(applicability.len())]
            .iter()
            .rposition(|r| *r == Applicability::Asked);
        match before {
            Some(index) => {
                self.position = index;
                true
            }
            None => false,
        }
    }

    /// The answers given in this interview that differ from the recorded ones and
    /// whose questions are asked, in order.
    pub(crate) fn new_answers(&self) -> Vec<(&'a Question, &str)> {
        let asked = self
            .questionnaire
            .asked_questions(&self.answers)
            .into_iter();
        let answered = asked.filter(|question| self.changed.contains(&question.key));
        answered
            .filter_map(|question| Some((question, self.answers.get(&question.key)?.as_str())))
            .filter(|(question, answer)| {
                self.recorded.get(&question.key).map(String::as_str) != Some(*answer)
            })
            .collect()
    }

    /// Number of asked questions without an answer.
    pub(crate) fn unanswered_count(&self) -> usize {
        let asked = self.questionnaire.asked_questions(&self.answers);
        let unanswered = asked
            .iter()
            .filter(|question| !self.answers.contains_key(&question.key));
        unanswered.count()
    }

    /// The next index to stop at: up to the furthest one every asked question,
    /// beyond it only those without an answer.
    fn next_stop(&self, from: usize) -> usize {
        let applicability = self.questionnaire.applicability(&self.answers, from);
        let questions = self
            .questionnaire
            .questions
            .iter()
            .zip(applicability)
            .enumerate()
            .skip(from);
        let stops = |index: usize, question: &Question| {
            index < self.furthest
                || (self.ask_all && !self.changed.contains(&question.key))
                || !self.answers.contains_key(&question.key)
        };
        questions
            .filter(|(_, (_, applicability))| *applicability == Applicability::Asked)
            .find(|(index, (question, _))| stops(*index, question))
            .map_or(self.questionnaire.questions.len(), |(index, _)| index)
    }
}
