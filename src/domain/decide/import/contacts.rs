//! What the log says about contacts with the requester: the evidence for the
//! clocks that measure answers.

use super::ImportDecision;
use crate::domain::Timestamp;
use crate::domain::event::Fact;
use crate::domain::external_record::{ImportRow, LoggedContact};
use crate::domain::people::Actor;

impl ImportDecision<'_> {
    /// Reads the contacts of a row that are not known yet. Each is recorded when
    /// the row has come to its time.
    pub(super) fn read_contacts(&mut self, row: &mut ImportRow) {
        let opened = self.decision.ticket.opened;
        if let Some(at) = row.first_response.filter(|at| *at < opened) {
            row.first_response = None;
            let reason = "the first response was before the ticket was opened";
            self.keep_time(row, "first_response", at, reason);
        }
        if let Some(at) = row.last_message.filter(|at| *at < opened) {
            row.last_message = None;
            let reason = "the last message was before the ticket was opened";
            self.keep_time(row, "last_message", at, reason);
        }
        let first = row.first_response.map(LoggedContact::FirstResponse);
        let last = row.last_message.map(LoggedContact::LastMessage);
        let known = &self.decision.ticket.logged_contacts;
        let new = first.into_iter().chain(last);
        let new = new.filter(|contact| !known.contains(contact));
        self.contacts = new
            .filter_map(|contact| Some((contact.at()?, contact)))
            .collect();
        self.contacts.sort_by_key(|(at, _)| *at);
    }

    /// Records that the log knows of no first response, the first time that it
    /// says so.
    pub(super) fn record_missing_response(&mut self, row: &ImportRow, by: &Actor) {
        let known = &self.decision.ticket.logged_contacts;
        let is_known = |contact: &LoggedContact| !matches!(contact, LoggedContact::LastMessage(_));
        if row.is_unanswered && !known.iter().any(is_known) {
            self.record(by, Fact::ContactLogged(LoggedContact::NoResponseYet));
        }
    }

    /// Records the contacts until a time, each when it happened.
    pub(super) fn record_contacts_until(&mut self, end: Timestamp) {
        while self.contacts.first().is_some_and(|(at, _)| *at <= end) {
            let (at, contact) = self.contacts.remove(0);
            self.decision.at = at.max(self.decision.ticket.updated);
            let source = self.source.clone();
            self.record(&source, Fact::ContactLogged(contact));
        }
    }
}
