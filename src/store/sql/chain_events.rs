//! The events of all tickets in the order of the chain, page by page.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::super::StoreError;
use super::super::port::{ChainEvents, EventPage, Transaction};
use super::driver::Executor;
use super::history::each_event;
use super::people::People;
use super::transaction::SqlTransaction;
use crate::domain::event::TicketId;
use crate::domain::privacy::view::{LIMITED, View};

/// The events of tickets after a link of the chain, the first $2 of them.
const AFTER: &str = "SELECT e.seq, f.path, f.value, e.ticket, e.n, \
     e.at_ms, e.recorded_ms, e.actor, e.actor_name, e.kind, e.body \
     FROM (SELECT * FROM event WHERE seq > $1 AND ticket IS NOT NULL ORDER BY seq LIMIT $2) e \
     LEFT JOIN field f ON f.seq = e.seq ORDER BY e.seq";

/// The first `most` events of tickets after a link of the chain, each with its
/// number, as a view shows them. `is_limited` says whether the texts of a whole
/// ticket are those of a limited person.
fn after(
    db: &Executor<'_>,
    people: &People,
    view: &View,
    (last_link, most): (i64, u32),
    is_limited: &mut dyn FnMut(TicketId) -> Result<bool, StoreError>,
) -> Result<EventPage, StoreError> {
    let mut stored = Vec::new();
    let values = [last_link.into(), most.into()];
    each_event(db, AFTER, &values, &mut |seq, event| {
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
    fn events_after(&self, last_link: i64, most: u32) -> Result<EventPage, StoreError> {
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
        after(db, people, &self.view, (last_link, most), &mut is_limited)
    }
}
