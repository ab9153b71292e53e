//! Reads events back, each with the texts that are stored beside it.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::super::StoreError;
use super::super::chain::StoredActor;
use super::super::codec::{self, StoredEvent};
use super::super::port::HistoryPage;
use super::driver::{Executor, Row, RowResult, Value};
use super::people::People;
use super::statements;
use crate::domain::event::{Event, TicketId};
use crate::domain::external_record::ImportedRows;
use crate::domain::privacy::view::{LIMITED, View};

/// Calls `take` with the sequence number and the event of each event that
/// [`statements::HISTORY`] or [`statements::HISTORIES`] returns. An event with
/// several texts is a run of rows.
pub(crate) fn each_event(
    db: &Executor<'_>,
    statement: &str,
    values: &[Value],
    take: &mut dyn FnMut(i64, StoredEvent) -> RowResult,
) -> Result<(), StoreError> {
    let mut pending: Option<(i64, StoredEvent)> = None;
    let mut stopped = false;
    db.query(statement, values, &mut |row| {
        let seq = row.int("seq")?;
        let text = match row.maybe_text("path")? {
            Some(path) => Some((path, row.text("value")?)),
            None => None,
        };
        if let Some((_, event)) = pending.as_mut().filter(|(last, _)| *last == seq) {
            event.texts.extend(text);
            return Ok(ControlFlow::Continue(()));
        }
        let next = event(row, text.into_iter().collect())?;
        if let Some((seq, event)) = pending.replace((seq, next)) {
            let flow = take(seq, event)?;
            stopped = flow.is_break();
            return Ok(flow);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    if let Some((seq, event)) = pending.filter(|_| !stopped) {
        let _ = take(seq, event)?;
    }
    Ok(())
}

/// Who caused the event of a row.
pub(crate) fn actor(row: &Row<'_>) -> Result<StoredActor, StoreError> {
    Ok(match row.maybe_int("actor")? {
        Some(number) => StoredActor::Number(number),
        None => StoredActor::Name(row.text("actor_name")?),
    })
}

fn event(row: &Row<'_>, texts: BTreeMap<String, String>) -> Result<StoredEvent, StoreError> {
    Ok(StoredEvent {
        ticket: row.maybe_int("ticket")?.unwrap_or(0),
        n: row.int("n")?,
        at_ms: row.int("at_ms")?,
        recorded_ms: row.int("recorded_ms")?,
        actor: actor(row)?,
        kind: row.text("kind")?,
        body: row.text("body")?,
        texts,
    })
}

/// The events of a ticket in order, as they were at a link of the chain and as a
/// view shows them.
pub(crate) fn history_until(
    db: &Executor<'_>,
    people: &People,
    view: &View,
    id: TicketId,
    last_link: i64,
) -> Result<Vec<Event>, StoreError> {
    let mut events = Vec::new();
    each_event(
        db,
        statements::HISTORY,
        &[id.0.into()],
        &mut |seq, stored| {
            if seq <= last_link {
                events.push(stored);
            }
            Ok(ControlFlow::Continue(()))
        },
    )?;
    shown(db, people, view, events)
}

/// The events of several tickets, as a view shows them, in the order of `ids`.
pub(crate) fn of_tickets(
    db: &Executor<'_>,
    people: &People,
    view: &View,
    ids: &[TicketId],
) -> Result<Vec<Vec<Event>>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let values: Vec<Value> = ids.iter().map(|id| id.0.into()).collect();
    let mut found: BTreeMap<i64, Vec<StoredEvent>> = BTreeMap::new();
    each_event(
        db,
        &statements::histories_of(ids.len()),
        &values,
        &mut |_, stored| {
            found.entry(stored.ticket).or_default().push(stored);
            Ok(ControlFlow::Continue(()))
        },
    )?;
    let stored = ids.iter().map(|id| found.remove(&id.0).unwrap_or_default());
    stored
        .map(|stored| shown(db, people, view, stored))
        .collect()
}

/// Reads the events of one ticket, and covers the texts that a view does not show.
fn shown(
    db: &Executor<'_>,
    people: &People,
    view: &View,
    stored: Vec<StoredEvent>,
) -> Result<Vec<Event>, StoreError> {
    let find = |number| people.find(db, number);
    let read = |stored: Vec<StoredEvent>| -> Result<Vec<Event>, StoreError> {
        stored
            .into_iter()
            .map(|stored| stored.event(&find))
            .collect()
    };
    if view.hides_nothing() {
        return read(stored);
    }
    let events = read(stored.clone())?;
    let whole = view.limits_history(&events).map(|_| LIMITED);
    let shown =
        |(event, stored): (Event, StoredEvent)| match whole.or_else(|| view.covers_event(&event)) {
            Some(text) => stored.with_texts(text).event(&find),
            None => Ok(event),
        };
    events.into_iter().zip(stored).map(shown).collect()
}

/// The stored events of one ticket with their sequence numbers.
#[derive(Debug, Default)]
pub(crate) struct StoredHistory {
    pub(crate) ticket: i64,
    pub(crate) events: Vec<(i64, StoredEvent)>,
}

impl StoredHistory {
    /// The events, with the people to whom they refer by number.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] for an event that cannot be read.
    pub(crate) fn read(self, db: &Executor<'_>, people: &People) -> Result<Vec<Event>, StoreError> {
        let find = |number| people.find(db, number);
        let events = self.events.into_iter();
        events.map(|(_, stored)| stored.event(&find)).collect()
    }
}

/// How many events are read before their tickets are handed over; few in tests,
/// so that they turn pages.
const PAGE: usize = if cfg!(test) { 10 } else { 1_000 };

/// Calls `take` with the stored history of every ticket, in the order of ids.
/// Reads page by page, so that `take` may run statements of its own.
pub(crate) fn each_stored_history(
    db: &Executor<'_>,
    take: &mut dyn FnMut(StoredHistory) -> RowResult,
) -> Result<(), StoreError> {
    let mut first = i64::MIN;
    loop {
        let mut page = Vec::new();
        let outcome = read_page(db, first, i64::MAX, &mut page);
        // What was read before an error is handed over too.
        for history in page {
            if take(history)?.is_break() {
                return Ok(());
            }
        }
        match outcome? {
            Some(ticket) => first = ticket,
            None => return Ok(()),
        }
    }
}

/// The histories of the tickets from `first` on, as they were at a link of the
/// chain and as a view shows them, and the ticket to go on with.
pub(crate) fn page(
    db: &Executor<'_>,
    people: &People,
    view: &View,
    first: TicketId,
    last_link: i64,
) -> Result<HistoryPage, StoreError> {
    let mut page = Vec::new();
    let next = read_page(db, first.0, last_link, &mut page)?;
    page.retain(|history| view.hides(TicketId(history.ticket)).is_none());
    let events = |history: StoredHistory| {
        let events = history.events.into_iter().map(|(_, stored)| stored);
        shown(db, people, view, events.collect())
    };
    let histories: Result<Vec<Vec<Event>>, StoreError> = page.into_iter().map(events).collect();
    Ok(HistoryPage {
        histories: histories?,
        next: next.map(TicketId),
    })
}

/// Reads a page of histories from a ticket on, without what came after
/// `last_link`. Returns the ticket to go on with.
fn read_page(
    db: &Executor<'_>,
    first: i64,
    last_link: i64,
    page: &mut Vec<StoredHistory>,
) -> Result<Option<i64>, StoreError> {
    let further: [Value; 2] = [first.into(), i64::try_from(PAGE).unwrap_or(i64::MAX).into()];
    let end = db.first(statements::TICKET_FURTHER_ON, &further, |row| {
        row.int("ticket")
    })?;
    let mut events = 0;
    let mut last = None;
    let mut next = None;
    each_event(
        db,
        statements::HISTORIES,
        &[first.into(), end.unwrap_or(i64::MAX).into()],
        &mut |seq, stored| {
            if last != Some(stored.ticket) && events >= PAGE {
                next = Some(stored.ticket);
                return Ok(ControlFlow::Break(()));
            }
            last = Some(stored.ticket);
            events += 1;
            if seq > last_link {
                return Ok(ControlFlow::Continue(()));
            }
            if page.last().is_none_or(|last| last.ticket != stored.ticket) {
                page.push(StoredHistory {
                    ticket: stored.ticket,
                    events: Vec::new(),
                });
            }
            let history = page.last_mut().expect("one was pushed for this ticket");
            history.events.push((seq, stored));
            Ok(ControlFlow::Continue(()))
        },
    )?;
    // The last ticket of the page may be the one that fills it.
    let next = next.or(end.map(|end| end.saturating_add(1)));
    // A damaged index must not lead back, or reading would never end.
    if next.is_some_and(|next| next <= last.unwrap_or(first)) {
        return Err(StoreError::damaged(
            "the events are not in the order of their tickets",
        ));
    }
    Ok(next)
}

/// An event that imported rows.
pub(crate) fn imported_rows(row: &Row<'_>) -> Result<ImportedRows, StoreError> {
    Ok(ImportedRows {
        ticket: TicketId(row.int("ticket")?),
        recorded: row.timestamp("recorded_ms")?,
        source: codec::import_source(row.str("body")?)?,
    })
}
