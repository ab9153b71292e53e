//! A walk through the questions of a guide: forward, back, and over what is
//! answered already. What was answered is taken out at the end.

use std::collections::BTreeSet;

use super::{Guide, Reach};
use crate::domain::policy::questions::{Answers, Question};

/// Where a walk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Progress {
    /// The place of the question among those that are asked, from 1.
    pub(crate) place: usize,
    /// How many are asked for sure, and how many at most.
    pub(crate) least: usize,
    pub(crate) most: usize,
}

#[derive(Debug, Clone)]
pub(crate) struct Walk<'a> {
    guide: &'a Guide,
    /// What was answered before it began.
    known: Answers,
    answers: Answers,
    /// The keys of what was answered, or taken away, on this walk.
    touched: BTreeSet<String>,
    again: bool,
    /// The question it stands before; all of them behind it, the end.
    at: usize,
    /// The farthest it has been: before it, every question comes in turn.
    farthest: usize,
}

impl<'a> Walk<'a> {
    /// Begins before the first question that has no answer, or, where all are
    /// to be asked again, before the first.
    pub(crate) fn begin(guide: &'a Guide, known: Answers, again: bool) -> Self {
        let mut walk = Self {
            guide,
            answers: known.clone(),
            known,
            touched: BTreeSet::new(),
            again,
            at: 0,
            farthest: 0,
        };
        walk.at = walk.next_from(0);
        walk.farthest = walk.at;
        walk
    }

    /// Takes up answers of an earlier walk, as if they were given now.
    pub(crate) fn take_up(&mut self, answers: Answers) {
        self.touched.extend(answers.keys().cloned());
        self.answers.extend(answers);
        // Nothing was asked on this walk yet: only what is left is.
        self.farthest = 0;
        self.at = self.next_from(0);
        self.farthest = self.at;
    }

    /// The question it stands before; none at the end.
    pub(crate) fn question(&self) -> Option<&'a Question> {
        self.guide.questions.get(self.at)
    }

    /// The answer that the question has already.
    pub(crate) fn answer(&self) -> Option<&str> {
        let answer = self.answers.get(&self.question()?.key)?;
        Some(answer)
    }

    pub(crate) fn progress(&self) -> Progress {
        let reach = self.guide.reach(&self.answers, self.at);
        let count = |wanted: &[Reach]| reach.iter().filter(|r| wanted.contains(r)).count();
        let before = reach.iter().take(self.at);
        Progress {
            place: before.filter(|r| **r == Reach::Asked).count() + 1,
            least: count(&[Reach::Asked]),
            most: count(&[Reach::Asked, Reach::Open]),
        }
    }

    /// Whether the answer was given on this walk, and can be taken away.
    pub(crate) fn is_new(&self) -> bool {
        self.question()
            .is_some_and(|question| self.touched.contains(&question.key))
    }

    /// Answers the question and goes on.
    pub(crate) fn give(&mut self, answer: String) {
        if let Some(question) = self.question() {
            self.touched.insert(question.key.clone());
            self.answers.insert(question.key.clone(), answer);
        }
        self.pass();
    }

    /// Takes away what was answered on this walk, and goes on.
    pub(crate) fn take_away(&mut self) {
        if let Some(question) = self.question() {
            self.touched.remove(&question.key);
            match self.known.get(&question.key) {
                Some(known) => self.answers.insert(question.key.clone(), known.clone()),
                None => self.answers.remove(&question.key),
            };
        }
        self.pass();
    }

    /// Goes on with the question as it is.
    pub(crate) fn pass(&mut self) {
        self.at = self.next_from(self.at + 1);
        self.farthest = self.farthest.max(self.at);
    }

    /// Goes back to the question before; says whether there is one.
    pub(crate) fn back(&mut self) -> bool {
        let reach = self.guide.reach(&self.answers, self.at);
        let before = reach[..self.at.min(reach.len())]
            .iter()
            .rposition(|r| *r == Reach::Asked);
        match before {
            Some(place) => {
                self.at = place;
                true
            }
            None => false,
        }
    }

    /// What was answered on this walk and still counts, in order.
    pub(crate) fn given(&self) -> Vec<(&'a Question, &str)> {
        let counting = self.guide.asked(&self.answers).into_iter();
        let given = counting.filter(|question| self.touched.contains(&question.key));
        given
            .filter_map(|question| Some((question, self.answers.get(&question.key)?.as_str())))
            .filter(|(question, answer)| {
                self.known.get(&question.key).map(String::as_str) != Some(*answer)
            })
            .collect()
    }

    /// How many questions were passed without an answer.
    pub(crate) fn skipped(&self) -> usize {
        let asked = self.guide.asked(&self.answers);
        let open = asked
            .iter()
            .filter(|question| !self.answers.contains_key(&question.key));
        open.count()
    }

    /// The next place to stop at: every asked question that it has been to,
    /// and beyond them those without an answer.
    fn next_from(&self, from: usize) -> usize {
        let reach = self.guide.reach(&self.answers, from);
        let questions = self
            .guide
            .questions
            .iter()
            .zip(reach)
            .enumerate()
            .skip(from);
        let stops = |place: usize, question: &Question| {
            place < self.farthest
                || (self.again && !self.touched.contains(&question.key))
                || !self.answers.contains_key(&question.key)
        };
        questions
            .filter(|(_, (_, reach))| *reach == Reach::Asked)
            .find(|(place, (question, _))| stops(*place, question))
            .map_or(self.guide.questions.len(), |(place, _)| place)
    }
}
