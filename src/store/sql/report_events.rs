//! The events that reports count.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::super::StoreError;
use super::super::codec;
use super::super::port::ReportEvents;
use super::driver::Executor;
use super::history::actor;
use super::people::People;
use super::statements;
use super::transaction::SqlTransaction;
use crate::domain::event::TicketId;
use crate::domain::people::Tier;
use crate::domain::report::{Credit, CreditKind, SpentTime, TierTransfer};

impl ReportEvents for SqlTransaction<'_> {
    fn credits(&self) -> Result<Vec<Credit>, StoreError> {
        credits(self.db()?, &self.people)
    }

    fn tier_transfers(
        &self,
        take: &mut dyn FnMut(TierTransfer) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        tier_transfers(self.db()?, take)
    }

    fn spent_times(&self) -> Result<Vec<SpentTime>, StoreError> {
        spent_times(self.db()?, &self.people)
    }
}

/// Every event that somebody may get the credit for, by ticket and in order.
fn credits(db: &Executor<'_>, people: &People) -> Result<Vec<Credit>, StoreError> {
    let undone = undone_events(db)?;
    // Names are looked up once no rows are being read.
    let rows = db.all(statements::CREDITS, &[], |row| {
        if undone.contains(&(row.int("ticket")?, row.number("n")?)) {
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

/// The events that were taken back, by ticket and number.
fn undone_events(db: &Executor<'_>) -> Result<BTreeSet<(i64, u32)>, StoreError> {
    let lists = db.all(statements::UNDONE, &[], |row| {
        Ok((row.int("ticket")?, codec::undone_events(row.str("body")?)?))
    })?;
    let events = |(ticket, events): (i64, Vec<u32>)| events.into_iter().map(move |n| (ticket, n));
    Ok(lists.into_iter().flat_map(events).collect())
}

/// Calls `take` with every change of tier, by ticket and in order.
fn tier_transfers(
    db: &Executor<'_>,
    take: &mut dyn FnMut(TierTransfer) -> ControlFlow<()>,
) -> Result<(), StoreError> {
    let undone = undone_events(db)?;
    let mut last: Option<(TicketId, Tier)> = None;
    db.query(statements::HANDOVERS, &[], &mut |row| {
        if undone.contains(&(row.int("ticket")?, row.number("n")?)) {
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
fn spent_times(db: &Executor<'_>, people: &People) -> Result<Vec<SpentTime>, StoreError> {
    // Names are looked up once no rows are being read.
    let undone = undone_events(db)?;
    let rows = db.all(statements::SPENT_TIMES, &[], |row| {
        if undone.contains(&(row.int("ticket")?, row.number("n")?)) {
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
