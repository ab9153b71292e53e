//! The part of the transaction for personal data, on any engine.

use std::ops::ControlFlow;

use super::super::StoreError;
use super::super::port::{PersonalData, RetentionCursor};
use super::transaction::SqlTransaction;
use super::{erasure, holds, outbox, retention, rows, statements};
use crate::domain::Timestamp;
use crate::domain::event::{Event, TicketId};
use crate::domain::people::{Actor, Requester};
use crate::domain::privacy::erasure::erasures;
use crate::domain::privacy::hold::{Held, Hold};
use crate::domain::privacy::person::DeskText;
use crate::domain::privacy::retention::RetentionRule;
use crate::domain::summary::Summary;
use crate::domain::vocabulary::ErasureCause;

impl SqlTransaction<'_> {
    /// Deletes what the events list as erased, and every copy of it but the row,
    /// which follows from the events.
    pub(super) fn erase_listed(
        &mut self,
        id: TicketId,
        events: &[Event],
    ) -> Result<(), StoreError> {
        let mut listed = erasures(events).peekable();
        if listed.peek().is_none() {
            return Ok(());
        }
        self.flush()?;
        let db = &self.executor;
        for erasure in listed {
            erasure::delete_listed(db, id, erasure)?;
        }
        outbox::erase_of_ticket(db, id)?;
        erasure::renew_document(db, &self.people, self.index, id, &mut self.terms)?;
        erasure::require_scrub(db)
    }
}

impl PersonalData for SqlTransaction<'_> {
    fn each_person(
        &self,
        take: &mut dyn FnMut(Requester) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut last = None;
        let mut person = Requester::default();
        let mut stopped = false;
        self.db()?
            .query(statements::PERSON_PARTS, &[], &mut |row| {
                let seq = Some(row.int("seq")?);
                if last != seq {
                    last = seq;
                    let complete = std::mem::take(&mut person);
                    if complete != Requester::default() && take(complete).is_break() {
                        stopped = true;
                        return Ok(ControlFlow::Break(()));
                    }
                }
                let text = Some(row.text("value")?);
                match row.str("path")? {
                    "name" => person.name = text,
                    _ => person.contact = text,
                }
                Ok(ControlFlow::Continue(()))
            })?;
        if !stopped && person != Requester::default() {
            let _ = take(person);
        }
        Ok(())
    }

    fn alarm_tickets(&self) -> Result<Vec<TicketId>, StoreError> {
        self.db()?.all(statements::ALARM_TICKETS, &[], |row| {
            row.int("ticket").map(TicketId)
        })
    }

    fn desk_texts(&self) -> Result<Vec<DeskText>, StoreError> {
        erasure::desk_texts(self.db()?)
    }

    fn erase_desk_texts(
        &mut self,
        texts: &[(i64, String)],
        why: (ErasureCause, &str),
        actor: &Actor,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.db_to_append()?;
        let Self {
            executor, people, ..
        } = self;
        erasure::erase_desk_texts(executor, people, texts, why, actor, now)
    }

    fn replace_row(&mut self, row: &Summary) -> Result<(), StoreError> {
        rows::replace(self.beside_chain(), row)
    }

    fn named_acts(&self, agent: &str) -> Result<u64, StoreError> {
        let values = [agent.into()];
        let count = self
            .db()?
            .first(statements::NAMED_ACTS, &values, |row| row.number("events"))?;
        Ok(count.unwrap_or(0))
    }

    fn holds(&self) -> Result<Vec<Hold>, StoreError> {
        holds::all(self.db()?, &self.people)
    }

    fn place_hold(
        &mut self,
        held: &Held,
        reason: &str,
        actor: &Actor,
        now: Timestamp,
    ) -> Result<u32, StoreError> {
        holds::place(self.db_to_append()?, &self.people, held, reason, actor, now)
    }

    fn lift_hold(
        &mut self,
        number: u32,
        reason: &str,
        actor: &Actor,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        holds::lift(
            self.db_to_append()?,
            &self.people,
            number,
            reason,
            actor,
            now,
        )
    }

    fn due_for_retention(
        &self,
        rule: &RetentionRule,
        closed_by: Timestamp,
        from: RetentionCursor,
        limit: u32,
    ) -> Result<(Vec<TicketId>, RetentionCursor), StoreError> {
        retention::due(self.db()?, rule, closed_by, from, limit)
    }

    fn needs_scrub(&self) -> Result<bool, StoreError> {
        erasure::needs_scrub(self.db()?)
    }
}
