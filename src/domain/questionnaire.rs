//! Guided diagnosis: the questions of a category, which of them apply given the
//! answers so far, and what the answers point to. Knows neither prompts nor
//! storage.

pub(crate) mod interview;

use std::collections::BTreeSet;

use super::category::Category;
use super::event::{Advice, Answer};
use super::policy::questions::{Answers, FindingRule, Question, same_answer};
use super::policy::{CategoryNode, Policy};
use super::vocabulary::UnknownWord;

/// Whether a question is asked, given the answers so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Applicability {
    Asked,
    /// Its condition is not met.
    Skipped,
    /// Its condition depends on a question that is not answered yet.
    Undecided,
}

/// The questions and findings of a category, including inherited ones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Questionnaire {
    /// In the order in which they are asked.
    pub(crate) questions: Vec<Question>,
    /// In order of precedence.
    pub(crate) findings: Vec<FindingRule>,
}

impl Questionnaire {
    /// Collects the questions and findings of a category and its ancestors.
    /// Inherited questions come first, and are replaced by one with the same
    /// key; inherited findings come last.
    pub(crate) fn for_category(policy: &Policy, category: &Category) -> Self {
        Self::from_tree(&policy.categories, category)
    }

    /// As [`Self::for_category`], from a category tree.
    pub(crate) fn from_tree(tree: &[CategoryNode], category: &Category) -> Self {
        let mut lineage: Vec<_> = tree
            .iter()
            .filter(|node| category.is_within(&node.path))
            .collect();
        lineage.sort_by_key(|node| node.path.as_str().len());
        let mut questionnaire = Self::default();
        for node in &lineage {
            for question in &node.questions {
                questionnaire.add_question(question.clone());
            }
        }
        let findings = lineage.iter().rev().flat_map(|node| &node.findings);
        questionnaire.findings = findings.cloned().collect();
        questionnaire
    }

    /// Adds a question, or replaces the one with the same key.
    pub(crate) fn add_question(&mut self, question: Question) {
        match self.questions.iter_mut().find(|q| q.key == question.key) {
            Some(known) => *known = question,
            None => self.questions.push(question),
        }
    }

    /// Finds a question by its key or its text.
    pub(crate) fn find(&self, typed: &str) -> Option<&Question> {
        let by =
            |of: fn(&Question) -> &str| self.questions.iter().find(|q| same_answer(of(q), typed));
        by(|q| &q.key).or_else(|| by(|q| &q.text))
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.questions.iter().map(|q| q.key.as_str())
    }

    /// The recorded answers that these questions still accept.
    pub(crate) fn valid_answers(&self, answers: &[Answer]) -> Answers {
        let valid = self.questions.iter().filter_map(|question| {
            let found = answers.iter().find(|a| a.key == question.key)?;
            let read = question.answer_type.parse(&found.answer).ok()?;
            Some((question.key.clone(), read))
        });
        valid.collect()
    }

    /// Decides for each question whether it is asked. Questions before index `at`
    /// had their turn: without an answer they count as left unanswered. An answer
    /// counts only if its question is asked.
    pub(crate) fn applicability(&self, answers: &Answers, at: usize) -> Vec<Applicability> {
        let mut decided: Vec<Applicability> = Vec::with_capacity(self.questions.len());
        for question in &self.questions {
            let mut asked = Applicability::Asked;
            for (key, values) in &question.when.0 {
                let before = self.questions[..decided.len()].iter();
                let found = before
                    .zip(&decided)
                    .enumerate()
                    .find(|(_, (q, _))| q.key == *key);
                let one = match found {
                    None | Some((_, (_, Applicability::Skipped))) => Applicability::Skipped,
                    Some((_, (_, Applicability::Undecided))) => Applicability::Undecided,
                    Some((index, (_, Applicability::Asked))) => match answers.get(key) {
                        Some(answer) if values.iter().any(|value| same_answer(value, answer)) => {
                            continue;
                        }
                        Some(_) => Applicability::Skipped,
                        None if index < at => Applicability::Skipped,
                        None => Applicability::Undecided,
                    },
                };
                if one == Applicability::Skipped || asked == Applicability::Asked {
                    asked = one;
                }
            }
            decided.push(asked);
        }
        decided
    }

    /// The questions that are asked, given all answers.
    pub(crate) fn asked_questions(&self, answers: &Answers) -> Vec<&Question> {
        let applicability = self.applicability(answers, usize::MAX);
        let asked = self.questions.iter().zip(applicability);
        asked
            .filter(|(_, applicability)| *applicability == Applicability::Asked)
            .map(|(question, _)| question)
            .collect()
    }

    /// The answers to questions that are asked.
    pub(crate) fn relevant_answers(&self, answers: &Answers) -> Answers {
        let asked: BTreeSet<&str> = (self.asked_questions(answers).iter())
            .map(|question| question.key.as_str())
            .collect();
        let relevant = answers
            .iter()
            .filter(|(key, _)| asked.contains(key.as_str()));
        relevant
            .map(|(key, answer)| (key.clone(), answer.clone()))
            .collect()
    }

    /// The advice of all findings whose condition is met, without repetitions.
    pub(crate) fn advice(&self, answers: &Answers) -> Vec<Advice> {
        let relevant = self.relevant_answers(answers);
        let mut found: Vec<Advice> = Vec::new();
        for finding in &self.findings {
            if finding.when.is_met(&relevant) && !found.contains(&finding.advice) {
                found.push(finding.advice.clone());
            }
        }
        found
    }

    /// The answers of a ticket in the order of the questions; answers to other
    /// questions come last.
    pub(crate) fn ordered_answers<'a>(&self, answers: &'a [Answer]) -> Vec<&'a Answer> {
        let index = |answer: &Answer| {
            let found = self.questions.iter().position(|q| q.key == answer.key);
            found.unwrap_or(usize::MAX)
        };
        let mut ordered: Vec<&Answer> = answers.iter().collect();
        ordered.sort_by_key(|answer| index(answer));
        ordered
    }

    /// The questions that are asked and have no recorded answer.
    pub(crate) fn unanswered_questions(&self, answers: &[Answer]) -> Vec<&Question> {
        let known = self.valid_answers(answers);
        let mut asked = self.asked_questions(&known);
        asked.retain(|question| !known.contains_key(&question.key));
        asked
    }

    /// The error for a key that no question has.
    pub(crate) fn unknown_question(&self, typed: &str) -> UnknownWord {
        UnknownWord::new("question", typed, self.keys())
    }
}

#[cfg(test)]
mod tests;
