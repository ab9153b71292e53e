//! The questions that a command asks in the status line, one after the other.

use super::text_line::TextLine;
use super::{Action, Key};
use crate::domain::event::TicketId;
use crate::domain::vocabulary::PauseReason;

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AnswerKind {
    /// By one of a few choices: letters that begin only one of them are enough.
    Letter,
    /// By one of the choices.
    Listed,
    /// By one of the choices, or by anything else.
    Open,
    /// By a text, or by nothing.
    Text(IfEmpty),
}

/// What an empty text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IfEmpty {
    /// The value is left out.
    Skip,
    /// The editor is opened.
    Editor,
}

/// An answer that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) value: String,
    /// What is known about it; empty if nothing is.
    pub(crate) about: String,
}

impl Choice {
    pub(crate) fn plain(value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            about: String::new(),
        }
    }
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Question {
    pub(crate) what: String,
    pub(crate) kind: AnswerKind,
    pub(crate) choices: Vec<Choice>,
    /// The choice that it is now, which Enter keeps.
    pub(crate) present: Option<usize>,
}

impl Question {
    pub(crate) fn text(what: &str, empty: IfEmpty) -> Self {
        Self {
            what: what.to_owned(),
            kind: AnswerKind::Text(empty),
            choices: Vec::new(),
            present: None,
        }
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    Value(String),
    Skipped,
    /// To be written in the editor.
    Editor,
}

/// What a key did to the questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Stays,
    /// Every question is answered.
    Done,
    Cancelled,
}

/// A command whose values are being asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asking {
    pub(crate) action: Action,
    pub(crate) ids: Vec<TicketId>,
    questions: Vec<Question>,
    pub(crate) answers: Vec<Answer>,
    pub(crate) line: TextLine,
    /// Which of the offered choices Enter takes.
    chosen: usize,
    /// The rest of a word of which the first letters were enough: whoever types
    /// it to its end answers no further question by that.
    pub(super) rest: String,
}

impl Asking {
    pub(crate) const fn new(action: Action, ids: Vec<TicketId>, questions: Vec<Question>) -> Self {
        Self {
            action,
            ids,
            questions,
            answers: Vec::new(),
            line: TextLine::EMPTY,
            chosen: 0,
            rest: String::new(),
        }
    }

    /// Takes over the text of an attempt that was refused.
    pub(crate) fn resume(&mut self, before: &Self) {
        let same = self.action == before.action && self.ids == before.ids;
        let is_text = |question: &Question| matches!(question.kind, AnswerKind::Text(_));
        if let Some(Answer::Value(text)) = before.answers.first()
            && same
            && self.question().is_some_and(is_text)
        {
            self.line.set(text);
        }
    }

    /// The question that is open; `None` once all are answered.
    pub(crate) fn question(&self) -> Option<&Question> {
        self.questions.get(self.answers.len())
    }

    /// The choices that fit what was typed, those that begin with it first.
    pub(crate) fn offered(&self) -> Vec<&Choice> {
        let Some(question) = self.question() else {
            return Vec::new();
        };
        let typed = self.line.text().trim().to_lowercase();
        let fits = |choice: &&Choice, begins: bool| {
            let value = choice.value.to_lowercase();
            let about = choice.about.to_lowercase();
            let begin = value.starts_with(&typed);
            begin == begins && (begin || value.contains(&typed) || about.contains(&typed))
        };
        let all = || question.choices.iter();
        let begin = all().filter(|choice| fits(choice, true));
        begin
            .chain(all().filter(|choice| fits(choice, false)))
            .collect()
    }

    /// The place among the offered choices of the one that Enter takes.
    pub(crate) fn chosen(&self) -> Option<usize> {
        let question = self.question()?;
        if !self.line.is_blank() {
            // A text of one's own is not replaced by one that resembles it.
            let open = question.kind == AnswerKind::Open && self.chosen == 0;
            return (!open).then(|| self.chosen.saturating_sub(usize::from(self.is_open())));
        }
        if self.chosen > 0 || question.present.is_none() {
            let moved = self.chosen.checked_sub(usize::from(self.is_open()))?;
            let stays = question.kind == AnswerKind::Letter && self.chosen == 0;
            return (!stays).then_some(moved);
        }
        question.present
    }

    fn is_open(&self) -> bool {
        self.question()
            .is_some_and(|question| question.kind == AnswerKind::Open)
    }

    pub(crate) fn on_key(&mut self, key: &Key) -> Step {
        let typed = matches!(key, Key::Char(_));
        if swallow(&mut self.rest, key) {
            return Step::Stays;
        }
        match key {
            Key::Escape | Key::Ctrl('c' | 'g') => return Step::Cancelled,
            Key::Enter => return self.enter(),
            Key::Down | Key::Ctrl('n') => self.choose(1),
            Key::Up | Key::Ctrl('p') => self.choose(-1),
            Key::Tab => self.complete(),
            Key::Char(_)
            | Key::Ctrl(_)
            | Key::Backspace
            | Key::Delete
            | Key::Left
            | Key::Right
            | Key::Home
            | Key::End
            | Key::PageUp
            | Key::PageDown
            | Key::Paste(_) => {
                if self.line.on_key(key) {
                    self.chosen = 0;
                }
            }
        }
        let letter = self
            .question()
            .is_some_and(|question| question.kind == AnswerKind::Letter);
        if letter && typed {
            return self.letters();
        }
        Step::Stays
    }

    /// Takes a choice of which the typed letters are the only beginning.
    fn letters(&mut self) -> Step {
        let typed = self.line.text().trim().to_lowercase();
        let begins = |choice: &&Choice| choice.value.to_lowercase().starts_with(&typed);
        let fitting: Vec<String> = self
            .question()
            .iter()
            .flat_map(|question| question.choices.iter().filter(begins))
            .map(|choice| choice.value.clone())
            .collect();
        match fitting.as_slice() {
            // Nothing begins so.
            [] => {
                self.line = TextLine::EMPTY;
                Step::Stays
            }
            [only] => {
                let rest = only.chars().skip(typed.chars().count()).collect();
                let step = self.answer(Answer::Value(only.clone()));
                self.rest = rest;
                step
            }
            _ => Step::Stays,
        }
    }

    fn choose(&mut self, by: isize) {
        let count = self.offered().len() + usize::from(self.is_open());
        let from = match (self.chosen(), self.is_open()) {
            (Some(at), false) => at,
            (None, false) if by > 0 => count.saturating_sub(1),
            (None, false) => 0,
            (_, true) => self.chosen,
        };
        if count > 0 {
            self.chosen = (from + count).saturating_add_signed(by) % count;
        }
        // The first one of a question that stands on another.
        if let Some(question) = self.questions.get_mut(self.answers.len()) {
            question.present = None;
            if question.kind == AnswerKind::Letter {
                question.kind = AnswerKind::Listed;
            }
        }
    }

    /// Completes what was typed to the first choice.
    fn complete(&mut self) {
        let at = self.chosen().unwrap_or(0);
        let value = self.offered().get(at).map(|choice| choice.value.clone());
        if let Some(value) = value {
            self.line.set(&value);
            self.chosen = 0;
        }
    }

    fn enter(&mut self) -> Step {
        let Some(question) = self.question() else {
            return Step::Done;
        };
        let typed = self.line.text().trim().to_owned();
        let offered = self.offered();
        let chosen = self.chosen().and_then(|at| offered.get(at));
        let chosen = chosen.map(|choice| choice.value.clone());
        let answer = match question.kind {
            AnswerKind::Text(IfEmpty::Skip) if typed.is_empty() => Answer::Skipped,
            AnswerKind::Text(IfEmpty::Editor) if typed.is_empty() => Answer::Editor,
            // `desk` would read it from stdin.
            AnswerKind::Text(_) if typed == "-" => return Step::Stays,
            AnswerKind::Text(_) => Answer::Value(typed),
            AnswerKind::Letter | AnswerKind::Listed => match chosen {
                Some(value) => Answer::Value(value),
                None => return Step::Stays,
            },
            AnswerKind::Open => match chosen {
                Some(value) => Answer::Value(value),
                None if typed.is_empty() => return Step::Stays,
                None => Answer::Value(typed),
            },
        };
        self.answer(answer)
    }

    /// Notes an answer, and goes on to the next question.
    pub(crate) fn answer(&mut self, answer: Answer) -> Step {
        self.answers.push(answer);
        self.line = TextLine::EMPTY;
        self.chosen = 0;
        self.follow_up();
        if self.question().is_none() {
            return Step::Done;
        }
        Step::Stays
    }

    /// What a pause waits for decides what is asked next.
    fn follow_up(&mut self) {
        let [Answer::Value(reason)] = self.answers.as_slice() else {
            return;
        };
        let asks = reason == PauseReason::Requester.as_str();
        if let (Action::Pause, true, Some(next)) = (self.action, asks, self.questions.get_mut(1)) {
            "question to the requester (Enter: was asked)".clone_into(&mut next.what);
        }
    }
}

/// Whether a key goes on with the rest of a word, which is shorter then. Any other
/// key ends the word.
pub(super) fn swallow(rest: &mut String, key: &Key) -> bool {
    if let (Key::Char(c), Some(next)) = (key, rest.chars().next())
        && c.to_lowercase().eq(next.to_lowercase())
    {
        rest.remove(0);
        return true;
    }
    rest.clear();
    false
}
