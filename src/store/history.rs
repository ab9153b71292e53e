//! Events read back: each with its texts gathered from the rows it comes as.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::StoreError;
use super::codec::Stored;
use super::driver::{Driver, Row, Value};

/// What reads histories: an event's number in the chain, and the event.
pub(super) type Take<'a> = dyn FnMut(i64, Stored) -> Result<ControlFlow<()>, StoreError> + 'a;

/// Hands over the events of [`sql::HISTORY`] or [`sql::HISTORIES`], each with
/// its texts gathered from the run of rows that it comes as.
pub(super) fn histories(
    driver: &dyn Driver,
    statement: &str,
    values: &[Value],
    take: &mut Take<'_>,
) -> Result<(), StoreError> {
    let mut held: Option<(i64, Stored)> = None;
    let mut stopped = false;
    driver.query(statement, values, &mut |mut row| {
        let seq = row.int()?;
        if let Some((_, stored)) = held.as_mut().filter(|(last, _)| *last == seq) {
            let (_, texts) = event(&mut row)?;
            stored.texts.extend(texts);
            return Ok(ControlFlow::Continue(()));
        }
        let (mut next, texts) = event(&mut row)?;
        next.texts.extend(texts);
        if let Some((seq, whole)) = held.replace((seq, next)) {
            let flow = take(seq, whole)?;
            stopped = flow.is_break();
            return Ok(flow);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    if let Some((seq, whole)) = held.filter(|_| !stopped) {
        let _ = take(seq, whole)?;
    }
    Ok(())
}

/// An event without its texts, and the one that came along on the row.
fn event(row: &mut Row) -> Result<(Stored, Option<(String, String)>), StoreError> {
    let stored = Stored {
        ticket: row.int()?,
        n: row.int()?,
        at_ms: row.int()?,
        recorded_ms: row.int()?,
        actor: row.text()?,
        kind: row.text()?,
        body: row.text()?,
        texts: BTreeMap::new(),
    };
    let text = match row.maybe_text()? {
        Some(path) => Some((path, row.text()?)),
        None => None,
    };
    Ok((stored, text))
}
