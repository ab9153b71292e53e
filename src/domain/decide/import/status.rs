//! Bringing an imported ticket into the status of a row.

use super::ImportDecision;
use crate::domain::Timestamp;
use crate::domain::event::Fact;
use crate::domain::external_record::{ImportRow, ImportedStatus};
use crate::domain::people::Actor;
use crate::domain::vocabulary::{ClosureCode, State};

impl ImportDecision<'_> {
    /// The status of a row without one: times and texts of an end end the
    /// ticket. A log of changes may tell the end in every row, so there only a
    /// time counts that has come.
    pub(super) fn status_of_end(&self, row: &ImportRow, at: Timestamp) -> Option<ImportedStatus> {
        let has_come = |time: Option<Timestamp>| {
            time.is_some_and(|time| self.options.one_row_per_ticket || time <= at)
        };
        if has_come(row.closed) {
            Some(ImportedStatus::Closed)
        } else if self.decision.ticket.status.state() == State::Closed {
            None
        } else if has_come(row.resolved) || row.resolution.is_some() || row.code.is_some() {
            Some(ImportedStatus::Resolved)
        } else {
            None
        }
    }

    /// When a row that is a whole ticket ended, as far as it says so. Its end
    /// may be later than its last update.
    pub(super) fn time_of_end(&self, row: &ImportRow) -> Option<Timestamp> {
        if !self.options.one_row_per_ticket {
            return None;
        }
        match row.status {
            Some(ImportedStatus::Closed) => row.closed.max(row.resolved),
            Some(ImportedStatus::Resolved) => row.resolved,
            Some(ImportedStatus::New | ImportedStatus::Active | ImportedStatus::Paused(_))
            | None => None,
        }
    }

    /// Keeps a time of closing that cannot be right as a fact.
    pub(super) fn check_closed(&mut self, row: &mut ImportRow) {
        let opened = self.decision.ticket.opened;
        if let Some(closed) = row.closed.filter(|closed| *closed < opened) {
            row.closed = None;
            let reason = "the ticket was closed before it was opened";
            self.keep_time(row, "closed", closed, reason);
        }
    }

    /// Records a resolution that is older than the row.
    pub(super) fn resolve_before(
        &mut self,
        row: &ImportRow,
        resolved: Option<Timestamp>,
        at: Timestamp,
        by: &Actor,
    ) {
        let ends = matches!(
            row.status,
            Some(ImportedStatus::Resolved | ImportedStatus::Closed)
        );
        if let Some(resolved) = resolved.filter(|resolved| ends && *resolved < at) {
            self.resolve(row, resolved, by);
        }
    }

    /// Resolves the ticket at that time, unless a later resolution is known.
    fn resolve(&mut self, row: &ImportRow, at: Timestamp, by: &Actor) {
        let known = self
            .decision
            .ticket
            .resolution()
            .map(|resolution| resolution.at);
        if known.is_some_and(|known| known >= at) {
            return;
        }
        let by = row
            .resolved_by
            .clone()
            .map_or_else(|| by.clone(), Actor::from);
        let text = row.resolution.clone();
        self.set_time(at);
        self.decision.record_by(
            by,
            Fact::Resolved {
                text: text.unwrap_or_else(|| format!("resolved in {}", self.options.source)),
                code: row.code.unwrap_or(ClosureCode::Solved),
            },
        );
    }

    /// Brings the ticket into the status of the row.
    pub(super) fn set_status(
        &mut self,
        row: &ImportRow,
        resolved: Option<Timestamp>,
        at: Timestamp,
        by: &Actor,
    ) {
        let Some(status) = row.status else {
            return;
        };
        let state = self.decision.ticket.status.state();
        match status {
            ImportedStatus::New => match state {
                State::New => {}
                State::Active => {
                    if matches!(
                        self.previous_status,
                        Some(ImportedStatus::Active | ImportedStatus::Paused(_))
                    ) {
                        self.report(
                            row,
                            "the status went back to new: the ticket stays active",
                            None,
                        );
                    }
                }
                State::Paused => self.resume(by, None),
                State::Resolved | State::Closed => self.reopen(by),
            },
            ImportedStatus::Active => match state {
                State::Active => {}
                State::New => self.record(by, Fact::WorkStarted),
                State::Paused => self.resume(by, None),
                State::Resolved | State::Closed => self.reopen(by),
            },
            ImportedStatus::Paused(reason) => {
                if matches!(state, State::Resolved | State::Closed) {
                    self.reopen(by);
                }
                if self.decision.ticket.pause_reason() != Some(reason) {
                    let (until, note) = (None, None);
                    self.record(
                        by,
                        Fact::Paused {
                            reason,
                            until,
                            note,
                        },
                    );
                }
            }
            ImportedStatus::Resolved => {
                let known = state == State::Resolved;
                if let Some(resolved) = resolved {
                    if !known
                        || self
                            .decision
                            .ticket
                            .resolution()
                            .is_some_and(|r| r.at < resolved)
                    {
                        self.resolve(row, resolved, by);
                    }
                } else if !known {
                    if row.at.is_none() {
                        let reason = "the ticket was resolved at an unknown time: \
                                      the last known one counts";
                        self.report(row, reason, None);
                    }
                    self.resolve(row, at, by);
                }
            }
            ImportedStatus::Closed => self.close(row, resolved, at, by),
        }
    }

    fn close(&mut self, row: &ImportRow, resolved: Option<Timestamp>, at: Timestamp, by: &Actor) {
        if self.decision.ticket.status.state() == State::Closed {
            return;
        }
        let closed = row
            .closed
            .filter(|closed| row.at.is_none() || *closed <= at);
        let has_no_time = self.options.has_resolved_column && row.resolved.is_none();
        if let Some(resolved) = resolved {
            self.resolve(row, resolved, by);
        } else if row.resolution.is_some() || row.code.is_some() {
            if has_no_time {
                let reason = "the ticket was closed without a resolution time: its closing counts";
                self.report(row, reason, None);
            }
            let known = self.decision.ticket.resolution();
            if !known.is_some_and(|known| {
                row.resolution
                    .as_ref()
                    .is_none_or(|text| *text == known.text)
            }) {
                self.resolve(row, closed.unwrap_or(at), by);
            }
        } else if has_no_time {
            self.report(row, "the ticket was closed without a resolution time", None);
            if self.decision.ticket.status.state() == State::Resolved {
                let note = "closed without a resolution time".to_owned();
                self.resume(by, Some(note));
            }
        }
        self.set_time(closed.unwrap_or(at));
        self.record(
            by,
            Fact::Closed {
                satisfaction: row.satisfaction,
                comment: None,
            },
        );
    }

    fn resume(&mut self, by: &Actor, note: Option<String>) {
        self.record(by, Fact::Resumed { note });
    }

    fn reopen(&mut self, by: &Actor) {
        let reason = format!("as in {}", self.options.source);
        self.record(by, Fact::Reopened { reason });
    }
}
