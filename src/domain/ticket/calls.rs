//! Calls with the requester: when they are, and what was answered to the
//! invitations.

use super::Ticket;
use crate::domain::Timestamp;
use crate::domain::people::Requester;
use crate::domain::vocabulary::{CallAnswer, Medium};

/// The state of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CallState {
    Arranged,
    Held { note: Option<String> },
    Cancelled { reason: Option<String> },
}

impl CallState {
    pub(crate) const fn as_str(&self) -> &'static str {
        match self {
            Self::Arranged => "arranged",
            Self::Held { .. } => "held",
            Self::Cancelled { .. } => "cancelled",
        }
    }

    /// Returns the note of a call that was held, or the reason of a cancelled one.
    pub(crate) fn outcome(&self) -> Option<&str> {
        match self {
            Self::Arranged => None,
            Self::Held { note: text } | Self::Cancelled { reason: text } => text.as_deref(),
        }
    }
}

/// A call with the requester.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) number: u32,
    pub(crate) medium: Medium,
    pub(crate) when: Timestamp,
    /// The times at which it was to be before it was moved, the first one first.
    pub(crate) earlier: Vec<Timestamp>,
    pub(crate) note: Option<String>,
    pub(crate) state: CallState,
    /// What was answered to its invitation, an answer a person.
    pub(crate) answers: Vec<AnsweredCall>,
}

/// What somebody answered to the invitation to a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AnsweredCall {
    /// Absent for the requester.
    pub(crate) person: Option<Requester>,
    pub(crate) answer: CallAnswer,
    pub(crate) at: Timestamp,
}

impl Call {
    /// Returns a call that is arranged.
    pub(super) const fn new(
        number: u32,
        medium: Medium,
        when: Timestamp,
        note: Option<String>,
    ) -> Self {
        Self {
            number,
            medium,
            when,
            earlier: Vec::new(),
            note,
            state: CallState::Arranged,
            answers: Vec::new(),
        }
    }

    /// Returns the version of the invitation that is in force: how often the call
    /// was moved.
    pub(crate) fn version(&self) -> u32 {
        u32::try_from(self.earlier.len()).unwrap_or(u32::MAX)
    }

    /// Returns the time that a version of the invitation said.
    pub(crate) fn time_of(&self, version: u32) -> Timestamp {
        let earlier = usize::try_from(version).ok();
        let earlier = earlier.and_then(|version| self.earlier.get(version));
        earlier.copied().unwrap_or(self.when)
    }

    /// Returns what the requester answered.
    pub(crate) fn answer(&self) -> Option<CallAnswer> {
        let own = self.answers.iter().find(|known| known.person.is_none());
        own.map(|known| known.answer)
    }

    /// Gives it another time. What was answered was about the old one.
    fn move_to(&mut self, when: Timestamp, note: Option<&String>) {
        self.earlier.push(self.when);
        self.when = when;
        if note.is_some() {
            self.note = note.cloned();
        }
        self.answers.clear();
    }

    /// Keeps an answer, unless it is about an earlier time.
    fn keep_answer(&mut self, version: u32, answered: AnsweredCall) {
        if version == self.version() {
            self.answers.retain(|known| known.person != answered.person);
            self.answers.push(answered);
        }
    }
}

impl Ticket {
    /// Returns a call by its number.
    pub(crate) fn call(&self, number: u32) -> Option<&Call> {
        self.calls.iter().find(|call| call.number == number)
    }

    pub(super) fn move_call(&mut self, number: u32, to: Timestamp, note: Option<&String>) {
        if let Some(call) = self.call_mut(number) {
            call.move_to(to, note);
        }
    }

    pub(super) fn answer_call(&mut self, number: u32, version: u32, answered: AnsweredCall) {
        if let Some(call) = self.call_mut(number) {
            call.keep_answer(version, answered);
        }
    }

    pub(super) fn set_call_state(&mut self, number: u32, state: CallState) {
        if let Some(call) = self.call_mut(number) {
            call.state = state;
        }
    }

    fn call_mut(&mut self, number: u32) -> Option<&mut Call> {
        self.calls.iter_mut().find(|call| call.number == number)
    }
}
