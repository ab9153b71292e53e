//! The tables of repeated alarms. What is read and written of them does not grow
//! with the number of alarms.

use super::super::StoreError;
use super::super::chain;
use super::driver::{Executor, Row, Value};
use super::statements;
use crate::domain::alarms::{AlarmCount, AlarmText};
use crate::domain::event::TicketId;

/// How often a ticket was opened under its key; `None` before the first time.
pub(crate) fn total(db: &Executor<'_>, id: TicketId) -> Result<Option<AlarmCount>, StoreError> {
    db.first(statements::ALARM, &[id.0.into()], count)
}

/// The words of the alarms of a ticket: this text only, or all of them.
pub(crate) fn texts(
    db: &Executor<'_>,
    id: TicketId,
    only: Option<&str>,
) -> Result<Vec<AlarmText>, StoreError> {
    let read = |row: &Row<'_>| {
        Ok(AlarmText {
            text: row.text("text")?,
            times: count(row)?,
        })
    };
    match only {
        Some(text) => {
            let digest = chain::alarm_digest(text);
            let values = [id.0.into(), digest.as_slice().into()];
            db.all(statements::ALARM_TEXT, &values, read)
        }
        None => db.all(statements::ALARM_TEXTS, &[id.0.into()], read),
    }
}

/// Inserts or replaces the count of a ticket, and those of some of its texts.
pub(crate) fn put(
    db: &Executor<'_>,
    id: TicketId,
    total: AlarmCount,
    texts: &[AlarmText],
) -> Result<(), StoreError> {
    let [count, first, last] = values(total)?;
    db.execute(statements::PUT_ALARM, &[id.0.into(), count, first, last])?;
    for AlarmText { text, times } in texts {
        let [count, first, last] = values(*times)?;
        let digest = chain::alarm_digest(text);
        let values: [Value; 6] = [
            id.0.into(),
            digest.as_slice().into(),
            count,
            first,
            last,
            text.as_str().into(),
        ];
        db.execute(statements::PUT_ALARM_TEXT, &values)?;
    }
    Ok(())
}

fn values(times: AlarmCount) -> Result<[Value; 3], StoreError> {
    let count = i64::try_from(times.count).map_err(|_| StoreError::Failed {
        detail: "an alarm was counted too often".to_owned(),
    })?;
    Ok([count.into(), times.first.into(), times.last.into()])
}

fn count(row: &Row<'_>) -> Result<AlarmCount, StoreError> {
    Ok(AlarmCount {
        count: row.number("count")?,
        first: row.timestamp("first_ms")?,
        last: row.timestamp("last_ms")?,
    })
}
