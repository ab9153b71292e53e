//! Guided diagnosis: the questions of a category, which of them are asked
//! given the answers so far, and what the answers point to. Pure: who asks,
//! and where answers are kept, is not known here.

pub(crate) mod walk;

use std::collections::BTreeSet;

use super::category::Category;
use super::event::{Advice, Answer};
use super::policy::questions::{Answers, FindingRule, Question, same_answer};
use super::policy::{CategoryNode, Policy};
use super::vocabulary::UnknownWord;

/// Whether a question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    Asked,
    Left,
    /// It depends on a question that is still to come.
    Open,
}

/// The questions and findings of a category, with those it inherits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Guide {
    /// In the order in which they are asked.
    pub(crate) questions: Vec<Question>,
    /// In the order in which they count.
    pub(crate) findings: Vec<FindingRule>,
}

impl Guide {
    /// The questions of the categories above come first; one with the same
    /// key takes their place. Findings of its own come first.
    pub(crate) fn of(policy: &Policy, category: &Category) -> Self {
        Self::among(&policy.categories, category)
    }

    /// As [`Self::of`], in a tree of categories.
    pub(crate) fn among(tree: &[CategoryNode], category: &Category) -> Self {
        let mut line: Vec<_> = tree
            .iter()
            .filter(|branch| category.is_within(&branch.path))
            .collect();
        line.sort_by_key(|branch| branch.path.as_str().len());
        let mut guide = Self::default();
        for branch in &line {
            for question in &branch.questions {
                guide.ask(question.clone());
            }
        }
        let findings = line.iter().rev().flat_map(|branch| &branch.findings);
        guide.findings = findings.cloned().collect();
        guide
    }

    /// Adds a question, or puts it in the place of the one with its key.
    pub(crate) fn ask(&mut self, question: Question) {
        match self.questions.iter_mut().find(|q| q.key == question.key) {
            Some(known) => *known = question,
            None => self.questions.push(question),
        }
    }

    /// The question of that key, or with that text.
    pub(crate) fn find(&self, typed: &str) -> Option<&Question> {
        let by =
            |of: fn(&Question) -> &str| self.questions.iter().find(|q| same_answer(of(q), typed));
        by(|q| &q.key).or_else(|| by(|q| &q.text))
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.questions.iter().map(|q| q.key.as_str())
    }

    /// The answers that these questions have, as far as they still fit.
    pub(crate) fn known(&self, answers: &[Answer]) -> Answers {
        let fitting = self.questions.iter().filter_map(|question| {
            let found = answers.iter().find(|a| a.key == question.key)?;
            let read = question.answer_type.parse(&found.answer).ok()?;
            Some((question.key.clone(), read))
        });
        fitting.collect()
    }

    /// Of each question whether it is asked, where all before `at` had their
    /// turn. An answer counts only if its question is asked.
    pub(crate) fn reach(&self, answers: &Answers, at: usize) -> Vec<Reach> {
        let mut reach: Vec<Reach> = Vec::with_capacity(self.questions.len());
        for question in &self.questions {
            let mut asked = Reach::Asked;
            for (key, values) in &question.when.0 {
                let before = self.questions[..reach.len()].iter();
                let found = before
                    .zip(&reach)
                    .enumerate()
                    .find(|(_, (q, _))| q.key == *key);
                let one = match found {
                    None | Some((_, (_, Reach::Left))) => Reach::Left,
                    Some((_, (_, Reach::Open))) => Reach::Open,
                    Some((place, (_, Reach::Asked))) => match answers.get(key) {
                        Some(answer) if values.iter().any(|value| same_answer(value, answer)) => {
                            continue;
                        }
                        Some(_) => Reach::Left,
                        None if place < at => Reach::Left,
                        None => Reach::Open,
                    },
                };
                if one == Reach::Left || asked == Reach::Asked {
                    asked = one;
                }
            }
            reach.push(asked);
        }
        reach
    }

    /// The questions that are asked, given these answers.
    pub(crate) fn asked(&self, answers: &Answers) -> Vec<&Question> {
        let reach = self.reach(answers, usize::MAX);
        let asked = self.questions.iter().zip(reach);
        asked
            .filter(|(_, reach)| *reach == Reach::Asked)
            .map(|(question, _)| question)
            .collect()
    }

    /// The answers that count: those to questions that are asked.
    pub(crate) fn counting(&self, answers: &Answers) -> Answers {
        let asked: BTreeSet<&str> = (self.asked(answers).iter())
            .map(|question| question.key.as_str())
            .collect();
        let counting = answers
            .iter()
            .filter(|(key, _)| asked.contains(key.as_str()));
        counting
            .map(|(key, answer)| (key.clone(), answer.clone()))
            .collect()
    }

    /// What the answers point to, each thing once.
    pub(crate) fn found(&self, answers: &Answers) -> Vec<Advice> {
        let counting = self.counting(answers);
        let mut found: Vec<Advice> = Vec::new();
        for finding in &self.findings {
            if finding.when.is_met(&counting) && !found.contains(&finding.advice) {
                found.push(finding.advice.clone());
            }
        }
        found
    }

    /// The answers of a ticket in the order of the questions; what was not
    /// asked by them comes last.
    pub(crate) fn in_order<'a>(&self, answers: &'a [Answer]) -> Vec<&'a Answer> {
        let place = |answer: &Answer| {
            let found = self.questions.iter().position(|q| q.key == answer.key);
            found.unwrap_or(usize::MAX)
        };
        let mut ordered: Vec<&Answer> = answers.iter().collect();
        ordered.sort_by_key(|answer| place(answer));
        ordered
    }

    /// The questions that would be asked and have no answer.
    pub(crate) fn unanswered(&self, answers: &[Answer]) -> Vec<&Question> {
        let known = self.known(answers);
        let mut asked = self.asked(&known);
        asked.retain(|question| !known.contains_key(&question.key));
        asked
    }

    /// The fault of a key that no question has.
    pub(crate) fn unknown(&self, typed: &str) -> UnknownWord {
        UnknownWord::new("question", typed, self.keys())
    }
}

#[cfg(test)]
mod tests;
