//! Holds as events of the desk itself: one that places each, and one that lifts
//! it.

use std::ops::ControlFlow;

use super::super::StoreError;
use super::super::codec::{self, Draft, StoredEvent};
use super::append::{ChainWriter, Circumstances};
use super::driver::Executor;
use super::history::each_event;
use super::people::People;
use super::statements;
use crate::domain::Timestamp;
use crate::domain::people::Actor;
use crate::domain::privacy::hold::{Held, Hold, LiftedHold};

const PLACED: &str = "hold";
const LIFTED: &str = "hold-lifted";

/// Every hold, in the order in which they were placed.
pub(crate) fn all(db: &Executor<'_>, people: &People) -> Result<Vec<Hold>, StoreError> {
    let mut stored: Vec<StoredEvent> = Vec::new();
    each_event(db, statements::HOLDS, &[], &mut |_, event| {
        stored.push(event);
        Ok(ControlFlow::Continue(()))
    })?;
    let mut holds: Vec<Hold> = Vec::new();
    for event in stored {
        let number = u32::try_from(event.n)
            .map_err(|_| StoreError::damaged("the number of a hold is out of range"))?;
        let by = codec::read_actor(event.actor, &|number| people.find(db, number))?;
        let at = codec::timestamp(event.at_ms)?;
        if event.kind == PLACED {
            let (held, reason) = codec::read_hold(&event.body, event.texts)?;
            holds.push(Hold {
                number,
                held,
                reason,
                by,
                since: at,
                lifted: None,
            });
        } else {
            let reason = codec::read_lifted_hold(&event.body, event.texts)?;
            let hold = holds.iter_mut().find(|hold| hold.number == number);
            let hold = hold.ok_or_else(|| {
                StoreError::damaged(format!("hold {number} was lifted, but never placed"))
            })?;
            hold.lifted = Some(LiftedHold { reason, by, at });
        }
    }
    Ok(holds)
}

/// Places a hold and returns its number.
pub(crate) fn place(
    db: &Executor<'_>,
    people: &People,
    held: &Held,
    reason: &str,
    actor: &Actor,
    now: Timestamp,
) -> Result<u32, StoreError> {
    let last: Option<u32> = db.first(statements::LAST_OF_DESK, &[PLACED.into()], |row| {
        row.number("n")
    })?;
    let number = last.unwrap_or(0) + 1;
    append(
        db,
        people,
        (PLACED, number),
        codec::draft_hold(held, reason),
        actor,
        now,
    )?;
    Ok(number)
}

/// Lifts a hold.
pub(crate) fn lift(
    db: &Executor<'_>,
    people: &People,
    number: u32,
    reason: &str,
    actor: &Actor,
    now: Timestamp,
) -> Result<(), StoreError> {
    append(
        db,
        people,
        (LIFTED, number),
        codec::draft_lifted_hold(reason),
        actor,
        now,
    )
}

fn append(
    db: &Executor<'_>,
    people: &People,
    (kind, number): (&str, u32),
    draft: Draft,
    actor: &Actor,
    now: Timestamp,
) -> Result<(), StoreError> {
    let now = now.timestamp_millis();
    let circumstances = Circumstances {
        ticket: None,
        n: number.into(),
        at_ms: now,
        recorded_ms: now,
    };
    let mut chain = ChainWriter::new(db, people)?;
    let actor = chain.actor_number(actor, now)?;
    chain.append_last(circumstances, actor, kind, draft)
}
