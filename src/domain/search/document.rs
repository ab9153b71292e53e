//! What is written on a ticket, as terms to search: gathered fact by fact, so
//! that a new fact adds to what is there, and a replay gives the same.

use std::collections::HashSet;

use super::analysis;
use super::analysis::Reading;
use crate::domain::event::{Event, Fact};
use crate::domain::text::ERASED;

/// Where on a ticket something is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Title,
    /// Description, symptoms, what is affected, answers.
    Body,
    /// The desk's own notes, hypotheses and reasons.
    Log,
    /// What was said to the requester and by them.
    Messages,
    /// What fixed it, and the way around it.
    Remedy,
}

impl Field {
    pub(crate) const ALL: [Self; 5] = [
        Self::Title,
        Self::Body,
        Self::Log,
        Self::Messages,
        Self::Remedy,
    ];
}

/// The bytes of a field up to which every word counts; after them the first
/// of its kind.
const WHOLE: usize = 32 * 1024;
/// The bytes of a field after which no word counts.
const MOST: usize = 256 * 1024;
/// What ends the forms of the title: to the index a word, which no text holds.
const BAR: &str = " \u{e000} ";

/// The terms of a ticket by field, in the order of the text, separated by
/// single spaces.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct TicketText {
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) log: String,
    pub(crate) messages: String,
    pub(crate) remedy: String,
    /// Words as the endings of another language would have them, or as they are
    /// typed without their accents. Those of the title come first, before a
    /// bar: they go when the title does.
    pub(crate) forms: String,
}

impl TicketText {
    /// Of all the events of a ticket.
    pub(crate) fn of(history: &[Event]) -> Self {
        let mut prose = Self::default();
        for event in history {
            prose.take(&event.fact);
        }
        prose
    }

    /// Adds what a fact says, but for what was erased.
    pub(crate) fn take(&mut self, fact: &Fact) {
        for (field, text) in pieces(fact) {
            if field == Field::Title {
                self.untitled();
            }
            if text != ERASED {
                self.write(field, text);
            }
        }
    }

    /// Forgets the title that was.
    fn untitled(&mut self) {
        self.title.clear();
        if let Some((_, others)) = self.forms.split_once(BAR) {
            self.forms = others.to_owned();
        }
    }

    pub(crate) fn field(&self, field: Field) -> &str {
        match field {
            Field::Title => &self.title,
            Field::Body => &self.body,
            Field::Log => &self.log,
            Field::Messages => &self.messages,
            Field::Remedy => &self.remedy,
        }
    }

    fn write(&mut self, field: Field, text: &str) {
        let reading = Reading::of(text);
        let forms = std::mem::take(&mut self.forms);
        let (of_title, others) = match forms.split_once(BAR) {
            Some((of_title, others)) => (of_title, others),
            None => ("", forms.as_str()),
        };
        let titled = field == Field::Title;
        let mut forms = Page::over(if titled { of_title } else { others }.to_owned());
        let target = match field {
            Field::Title => &mut self.title,
            Field::Body => &mut self.body,
            Field::Log => &mut self.log,
            Field::Messages => &mut self.messages,
            Field::Remedy => &mut self.remedy,
        };
        let mut page = Page::over(std::mem::take(target));
        for word in analysis::words(text) {
            if page.full() {
                break;
            }
            for term in reading.others(word.text) {
                forms.once(&term);
            }
            for term in reading.terms(word.text) {
                page.push(&term);
            }
        }
        *target = page.text;
        let (of_title, others) = if titled {
            (forms.text.as_str(), others)
        } else {
            (of_title, forms.text.as_str())
        };
        self.forms = match of_title {
            "" => others.to_owned(),
            _ => format!("{of_title}{BAR}{others}"),
        };
    }
}

/// A field that is being written.
struct Page {
    text: String,
    /// The terms that are there, where that matters.
    known: HashSet<String>,
}

impl Page {
    fn over(text: String) -> Self {
        Self {
            text,
            known: HashSet::new(),
        }
    }

    fn full(&self) -> bool {
        self.text.len() >= MOST
    }

    fn push(&mut self, term: &str) {
        if self.text.len() < WHOLE {
            self.append(term);
        } else {
            self.once(term);
        }
    }

    fn once(&mut self, term: &str) {
        if self.full() {
            return;
        }
        if self.known.is_empty() {
            self.known = self.text.split(' ').map(str::to_owned).collect();
        }
        if self.known.insert(term.to_owned()) {
            self.append(term);
        }
    }

    fn append(&mut self, term: &str) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(term);
    }
}

/// The texts of a fact, and where each belongs.
pub(crate) fn pieces(fact: &Fact) -> Vec<(Field, &str)> {
    let mut found: Vec<(Field, &str)> = Vec::new();
    match fact {
        Fact::Opened(submission) => {
            found.push((Field::Title, &submission.title));
            found.extend(
                submission
                    .description
                    .iter()
                    .map(|t| (Field::Body, t.as_str())),
            );
        }
        Fact::Corrected(correction) => {
            found.extend(correction.title.iter().map(|t| (Field::Title, t.as_str())));
        }
        Fact::Logged(note) => {
            let body = note.symptoms.iter().chain(&note.affected);
            found.extend(body.map(|t| (Field::Body, t.as_str())));
            found.extend(note.text.iter().map(|t| (Field::Log, t.as_str())));
        }
        Fact::Diagnosed {
            answers,
            extent,
            affected,
            note,
            questionnaire: _,
        } => {
            let body = answers
                .iter()
                .map(|a| &a.answer)
                .chain(extent)
                .chain(affected);
            found.extend(body.map(|t| (Field::Body, t.as_str())));
            found.extend(note.iter().map(|t| (Field::Log, t.as_str())));
        }
        Fact::Escalated { reason, .. }
        | Fact::ManagerInformed { reason, .. }
        | Fact::KnownErrorWithdrawn { reason }
        | Fact::Reopened { reason } => {
            found.push((Field::Log, reason));
        }
        Fact::Proposed { text, .. } => found.push((Field::Log, text)),
        Fact::Confirmed { evidence, .. } | Fact::Refuted { evidence, .. } => {
            found.push((Field::Log, evidence));
        }
        Fact::CallArranged { note, .. }
        | Fact::CallHeld { note, .. }
        | Fact::Paused { note, .. }
        | Fact::Resumed { note } => {
            found.extend(note.iter().map(|t| (Field::Log, t.as_str())));
        }
        Fact::CallCancelled { reason, .. } | Fact::Unassigned { reason } => {
            found.extend(reason.iter().map(|t| (Field::Log, t.as_str())));
        }
        Fact::Replied { text, .. } | Fact::MessageReceived { text, .. } => {
            found.push((Field::Messages, text));
        }
        Fact::Closed { comment, .. } => {
            found.extend(comment.iter().map(|t| (Field::Messages, t.as_str())));
        }
        Fact::Resolved { text, .. } => found.push((Field::Remedy, text)),
        Fact::KnownErrorMarked { workaround, cause } => {
            found.push((Field::Remedy, workaround));
            found.extend(cause.iter().map(|t| (Field::Remedy, t.as_str())));
        }
        Fact::Identified { .. }
        | Fact::Categorized { .. }
        | Fact::Prioritized(_)
        | Fact::TargetSet { .. }
        | Fact::Assigned { .. }
        | Fact::Restored { .. }
        | Fact::Merged { .. }
        | Fact::MergedFrom { .. }
        | Fact::Unmerged { .. }
        | Fact::Linked { .. }
        | Fact::Unlinked { .. }
        | Fact::Warned { .. }
        | Fact::GatePassed { .. }
        | Fact::Imported { .. } => {}
    }
    found
}

#[cfg(test)]
mod tests;
