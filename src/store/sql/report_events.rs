//! The events that reports count.

use std::ops::ControlFlow;

use super::super::StoreError;
use super::super::codec;
use super::super::port::{ReportEvents, UndoneEvents};
use super::driver::{Executor, Row};
use super::history::actor;
use super::people::People;
use super::statements;
use super::transaction::SqlTransaction;
use crate::domain::event::TicketId;
use crate::domain::people::Tier;
use crate::domain::report::{Credit, CreditKind, SpentTime, TierTransfer};

impl ReportEvents for SqlTransaction<'_> {
    fn undone_events(&self) -> Result<UndoneEvents, StoreError> {
        undone_events(self.db()?)
    }

    fn credits(&self, undone: &UndoneEvents) -> Result<Vec<Credit>, StoreError> {
        credits(self.db()?, &self.people, undone)
    }

    fn tier_transfers(
        &self,
        undone: &UndoneEvents,
        take: &mut dyn FnMut(TierTransfer) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        tier_transfers(self.db()?, undone, take)
    }

    fn spent_times(&self, undone: &UndoneEvents) -> Result<Vec<SpentTime>, StoreError> {
        spent_times(self.db()?, &self.people, undone)
    }
}

/// Every event that somebody may get the credit for, by ticket and in order.
fn credits(
    db: &Executor<'_>,
    people: &People,
    undone: &UndoneEvents,
) -> Result<Vec<Credit>, StoreError> {
    // Names are looked up once no rows are being read.
    let rows = db.all(statements::CREDITS, &[], |row| {
        if is_undone(row, undone)? {
            return Ok(None);
        }
        let kind = CreditKind::from_fact_kind(row.str("kind")?)
            .ok_or_else(|| StoreError::damaged("an event gives no credit"))?;
        let ticket = TicketId(row.int("ticket")?);
        Ok(Some((ticket, row.timestamp("at_ms")?, kind, actor(row)?)))
    })?;
    let find = |number| people.find(db, number);
    let credit = |(ticket, at, kind, actor)| {
        Ok(Credit {
            ticket,
            at,
            by: codec::read_actor(actor, &find)?,
            kind,
        })
    };
    rows.into_iter().flatten().map(credit).collect()
}

fn undone_events(db: &Executor<'_>) -> Result<UndoneEvents, StoreError> {
    let lists = db.all(statements::UNDONE, &[], |row| {
        let ticket = TicketId(row.int("ticket")?);
        Ok((ticket, codec::undone_events(row.str("body")?)?))
    })?;
    let events =
        |(ticket, events): (TicketId, Vec<u32>)| events.into_iter().map(move |n| (ticket, n));
    Ok(UndoneEvents(lists.into_iter().flat_map(events).collect()))
}

/// Whether the event of a row was taken back.
fn is_undone(row: &Row<'_>, undone: &UndoneEvents) -> Result<bool, StoreError> {
    let event = (TicketId(row.int("ticket")?), row.number("n")?);
    Ok(undone.0.contains(&event))
}

/// Calls `take` with every change of tier, by ticket and in order.
fn tier_transfers(
    db: &Executor<'_>,
    undone: &UndoneEvents,
    take: &mut dyn FnMut(TierTransfer) -> ControlFlow<()>,
) -> Result<(), StoreError> {
    let mut last: Option<(TicketId, Tier)> = None;
    db.query(statements::HANDOVERS, &[], &mut |row| {
        if is_undone(row, undone)? {
            return Ok(ControlFlow::Continue(()));
        }
        let ticket = TicketId(row.int("ticket")?);
        let from = match last.take() {
            Some((last, tier)) if last == ticket => tier,
            Some(_) | None => codec::opening_tier(row.str("opening")?)?,
        };
        let (to, up) = codec::escalation(row.str("body")?)?;
        last = Some((ticket, to.clone()));
        Ok(take(TierTransfer {
            ticket,
            at: row.timestamp("at_ms")?,
            from,
            to,
            up,
        }))
    })
}

/// The time that agents spent, by ticket and in order.
fn spent_times(
    db: &Executor<'_>,
    people: &People,
    undone: &UndoneEvents,
) -> Result<Vec<SpentTime>, StoreError> {
    // Names are looked up once no rows are being read.
    let rows = db.all(statements::SPENT_TIMES, &[], |row| {
        if is_undone(row, undone)? {
            return Ok(None);
        }
        let ticket = TicketId(row.int("ticket")?);
        let time = codec::time_spent(row.str("body")?)?;
        Ok(Some((ticket, row.timestamp("at_ms")?, time, actor(row)?)))
    })?;
    let find = |number| people.find(db, number);
    let spent = |(ticket, at, time, by)| {
        let by = codec::read_actor(by, &find)?;
        Ok(SpentTime {
            ticket,
            at,
            by,
            time,
        })
    };
    rows.into_iter().flatten().map(spent).collect()
}
