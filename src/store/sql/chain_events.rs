//! The events of all tickets in the order of the chain, page by page.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::super::StoreError;
use super::super::port::{ChainEvents, EventPage, Transaction};
use super::driver::{Executor, Row, Value};
use super::history::each_event;
use super::people::People;
use super::rows::ticket_id;
use super::transaction::SqlTransaction;
use crate::domain::event::TicketId;
use crate::domain::priority::Priority;
use crate::domain::privacy::view::{LIMITED, View};

const OPEN_WITH_EVENT: &str = "SELECT DISTINCT t.id FROM ticket t \
     JOIN event e ON e.ticket = t.id WHERE t.open = 1 AND e.kind = $1 ORDER BY t.id";

const CLOSED_BY_PRIORITY: &str = "SELECT priority, count(*) AS tickets FROM ticket \
     WHERE open = 0 AND undone = 0 GROUP BY priority";

/// The events after the link $1, the first $2 of them: of tickets that meet a
/// condition.
fn select(condition: &str) -> String {
    format!(
        "SELECT e.seq, f.path, f.value, e.ticket, e.n, e.at_ms, e.recorded_ms, e.actor, \
         e.actor_name, e.kind, e.body \
         FROM (SELECT * FROM event WHERE seq > $1 AND {condition} ORDER BY seq LIMIT $2) e \
         LEFT JOIN field f ON f.seq = e.seq ORDER BY e.seq"
    )
}

/// As [`select`], of these tickets, or of all.
fn statement(only: Option<&[TicketId]>) -> String {
    match only {
        None => select("ticket IS NOT NULL"),
        Some([]) => select("0 = 1"),
        Some(ids) => {
            let parameters: Vec<String> = (0..ids.len()).map(|n| format!("${}", n + 3)).collect();
            select(&format!("ticket IN ({})", parameters.join(", ")))
        }
    }
}

/// The first `most` events of tickets after a link of the chain, each with its
/// number, as a view shows them: of some tickets, or of all. `is_limited` says whether the texts of a whole
/// ticket are those of a limited person.
fn after(
    db: &Executor<'_>,
    people: &People,
    view: &View,
    (last_link, most): (i64, u32),
    only: Option<&[TicketId]>,
    is_limited: &mut dyn FnMut(TicketId) -> Result<bool, StoreError>,
) -> Result<EventPage, StoreError> {
    let mut stored = Vec::new();
    let mut values: Vec<Value> = vec![last_link.into(), most.into()];
    values.extend(only.into_iter().flatten().map(|id| Value::from(id.0)));
    each_event(db, &statement(only), &values, &mut |seq, event| {
        stored.push((seq, event));
        Ok(ControlFlow::Continue(()))
    })?;
    let mut page = EventPage {
        is_last: stored.len() < most as usize,
        last_link: stored.last().map_or(last_link, |(seq, _)| *seq),
        events: Vec::with_capacity(stored.len()),
    };
    let find = |number| people.find(db, number);
    for (seq, stored) in stored {
        let ticket = TicketId(stored.ticket);
        if view.hides(ticket).is_some() {
            continue;
        }
        if view.hides_nothing() {
            page.events.push((seq, stored.event(&find)?));
            continue;
        }
        let event = stored.clone().event(&find)?;
        let covered = match is_limited(ticket)? {
            true => Some(LIMITED),
            false => view.covers_event(&event),
        };
        let shown = match covered {
            Some(text) => stored.with_texts(text).event(&find)?,
            None => event,
        };
        page.events.push((seq, shown));
    }
    Ok(page)
}

impl ChainEvents for SqlTransaction<'_> {
    fn events_after(
        &self,
        last_link: i64,
        most: u32,
        only: Option<&[TicketId]>,
    ) -> Result<EventPage, StoreError> {
        let mut known = BTreeMap::new();
        let mut is_limited = |ticket| {
            if let Some(known) = known.get(&ticket) {
                return Ok(*known);
            }
            let is_limited = self.limit_on(ticket)?.is_some();
            known.insert(ticket, is_limited);
            Ok(is_limited)
        };
        let (db, people) = (self.db()?, &self.people);
        after(
            db,
            people,
            &self.view,
            (last_link, most),
            only,
            &mut is_limited,
        )
    }

    fn open_with_event(&self, kind: &str) -> Result<Vec<TicketId>, StoreError> {
        let mut found = self.db()?.all(OPEN_WITH_EVENT, &[kind.into()], ticket_id)?;
        found.retain(|id| self.view.hides(*id).is_none());
        Ok(found)
    }

    fn closed_by_priority(&self) -> Result<Vec<(Option<Priority>, u64)>, StoreError> {
        let read = |row: &Row<'_>| {
            let rank = row.maybe_int("priority")?.map(u8::try_from).transpose();
            let rank = rank.map_err(|_| StoreError::damaged("a priority is out of range"))?;
            Ok((rank.map(Priority::from_rank), row.number("tickets")?))
        };
        self.db()?.all(CLOSED_BY_PRIORITY, &[], read)
    }
}
