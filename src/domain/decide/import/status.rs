//! How a foreign ticket comes into the status that a row tells.

use super::ImportDecision;
use crate::domain::Timestamp;
use crate::domain::event::Fact;
use crate::domain::external_record::{ImportRow, ImportedStatus};
use crate::domain::people::Actor;
use crate::domain::vocabulary::{ClosureCode, State};

impl ImportDecision<'_> {
    /// Records a resolution that lies before the row itself.
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

    /// Resolves it at that time, unless that is known.
    fn resolve(&mut self, row: &ImportRow, at: Timestamp, by: &Actor) {
        let known = self
            .deed
            .ticket
            .resolution()
            .map(|resolution| resolution.at);
        if known.is_some_and(|known| known >= at) {
            return;
        }
        let by = row
            .resolved_by
            .clone()
            .map_or_else(|| by.clone(), Actor::Agent);
        let text = row.resolution.clone();
        self.go(at);
        self.deed.push_by(
            by,
            Fact::Resolved {
                text: text.unwrap_or_else(|| format!("resolved in {}", self.terms.source)),
                code: row.code.unwrap_or(ClosureCode::Solved),
            },
        );
    }

    /// Brings it into the status that the row tells.
    pub(super) fn stand(
        &mut self,
        row: &ImportRow,
        resolved: Option<Timestamp>,
        at: Timestamp,
        by: &Actor,
    ) {
        let Some(standing) = row.status else {
            return;
        };
        let state = self.deed.ticket.status.state();
        match standing {
            ImportedStatus::New => match state {
                State::New => {}
                State::Active => {
                    if matches!(
                        self.before,
                        Some(ImportedStatus::Active | ImportedStatus::Paused(_))
                    ) {
                        self.find(row, "it became new again: it stays active", None);
                    }
                }
                State::Paused => self.resume(by, None),
                State::Resolved | State::Closed => self.reopen(by),
            },
            ImportedStatus::Active => match state {
                State::Active => {}
                State::New | State::Paused => self.resume(by, None),
                State::Resolved | State::Closed => self.reopen(by),
            },
            ImportedStatus::Paused(awaited) => {
                if matches!(state, State::Resolved | State::Closed) {
                    self.reopen(by);
                }
                if self.deed.ticket.pause_reason() != Some(awaited) {
                    let (until, note) = (None, None);
                    self.deed.push_by(
                        by.clone(),
                        Fact::Paused {
                            reason: awaited,
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
                            .deed
                            .ticket
                            .resolution()
                            .is_some_and(|r| r.at < resolved)
                    {
                        self.resolve(row, resolved, by);
                    }
                } else if !known {
                    self.resolve(row, at, by);
                }
            }
            ImportedStatus::Closed => self.close(row, resolved, at, by),
        }
    }

    fn close(&mut self, row: &ImportRow, resolved: Option<Timestamp>, at: Timestamp, by: &Actor) {
        if self.deed.ticket.status.state() == State::Closed {
            return;
        }
        if let Some(resolved) = resolved {
            self.resolve(row, resolved, by);
        } else if self.terms.has_resolved_column && row.resolved.is_none() {
            self.find(row, "it was closed without a time of resolution", None);
            if self.deed.ticket.status.state() == State::Resolved {
                let note = "closed without a time of resolution".to_owned();
                self.resume(by, Some(note));
            }
        }
        let closed = row
            .closed
            .filter(|closed| row.at.is_none() || *closed <= at);
        self.go(closed.unwrap_or(at));
        self.deed.push_by(
            by.clone(),
            Fact::Closed {
                satisfaction: row.satisfaction,
                comment: None,
            },
        );
    }

    fn resume(&mut self, by: &Actor, note: Option<String>) {
        self.deed.push_by(by.clone(), Fact::Resumed { note });
    }

    fn reopen(&mut self, by: &Actor) {
        let reason = format!("as in {}", self.terms.source);
        self.deed.push_by(by.clone(), Fact::Reopened { reason });
    }
}
