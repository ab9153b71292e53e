//! Events, clocks and policy versions as stored texts. Bodies are canonical
//! JSON; free and personal texts are stored beside them. Every form that a
//! released version wrote can be read. Does not check commitments.

mod agents;
mod body;
mod breach;
mod canonical;
mod carried;
mod clocks;
mod desk;
mod diagnosis;
mod fact;
mod fact_reader;
pub(super) mod person;
mod person_fact;
mod policy;
pub(crate) mod portable;
pub(crate) mod redact;

use std::collections::BTreeMap;

use chrono::TimeDelta;

pub(super) use body::Draft;
pub(super) use body::{timestamp, whole_seconds, word};
pub(super) use clocks::{PROMISED, read_clocks, write_clocks};
pub(super) use desk::{
    draft_erasure, draft_hold, draft_lifted_hold, erased_fields, read_hold, read_lifted_hold,
};
pub(super) use fact::{draft, draft_with_names};
pub(super) use person::draft_person;
pub(super) use person_fact::{draft_person_fact, read_person_fact};
pub(super) use policy::{draft_policy, is_name_in_policy, read_policy};

use super::StoreError;
use super::chain::StoredActor;
use crate::domain::event::{Event, ROWS, TicketId};
use crate::domain::people::{Actor, Tier};
use body::Body;
use canonical::Json;

/// An event as it is stored, with its texts that have not been erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StoredEvent {
    /// 0 for an event of the desk itself.
    pub(super) ticket: i64,
    pub(super) n: i64,
    pub(super) at_ms: i64,
    pub(super) recorded_ms: i64,
    pub(super) actor: StoredActor,
    pub(super) kind: String,
    pub(super) body: String,
    pub(super) texts: BTreeMap<String, String>,
}

impl StoredEvent {
    /// The event with this in place of each of its texts.
    pub(super) fn with_texts(mut self, text: &str) -> Self {
        // Digests are not shown, and not read from anything else.
        self.texts.remove(ROWS);
        for value in self.texts.values_mut() {
            text.clone_into(value);
        }
        self
    }

    /// Reads the event; `people` finds a person by number.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if an entry is missing or a word is unknown, and
    /// whatever `people` returns.
    pub(super) fn event(self, people: PeopleByNumber<'_>) -> Result<Event, StoreError> {
        let body = Body::read(&self.body, self.texts)?;
        let actor = read_actor(self.actor, people)?;
        Ok(Event {
            ticket: TicketId(self.ticket),
            n: u32::try_from(self.n).map_err(|_| {
                StoreError::damaged(format!("{} is not a position in a history", self.n))
            })?,
            at: timestamp(self.at_ms)?,
            recorded: timestamp(self.recorded_ms)?,
            actor,
            fact: fact_reader::read(&self.kind, &body, people)?,
        })
    }
}

/// Finds a person by number.
pub(super) type PeopleByNumber<'a> = &'a dyn Fn(i64) -> Result<Actor, StoreError>;

/// The number of desk itself among the people.
pub(super) const DESK: i64 = 0;

/// Who caused an event.
///
/// # Errors
/// Whatever `people` returns.
pub(super) fn read_actor(
    stored: StoredActor,
    people: PeopleByNumber<'_>,
) -> Result<Actor, StoreError> {
    match stored {
        StoredActor::Number(DESK) => Ok(Actor::Desk),
        StoredActor::Number(number) => people(number),
        StoredActor::Name(name) => Ok(Actor::from_stored(&name)),
    }
}

/// The first tier of a ticket, from the body of its opening event.
///
/// # Errors
/// [`StoreError::Damaged`] for any other body.
pub(super) fn opening_tier(body: &str) -> Result<Tier, StoreError> {
    let body = Body::read(body, BTreeMap::new())?;
    body.name("tier").map(Tier::from_stored)
}

/// The other system, from the body of an import.
///
/// # Errors
/// [`StoreError::Damaged`] for any other body.
pub(super) fn import_source(body: &str) -> Result<String, StoreError> {
    let body = Body::read(body, BTreeMap::new())?;
    Ok(body.name("source")?.to_owned())
}

/// The new tier, and whether it is a higher one, from the body of an
/// escalation.
///
/// # Errors
/// [`StoreError::Damaged`] for any other body.
pub(super) fn escalation(body: &str) -> Result<(Tier, bool), StoreError> {
    let body = Body::read(body, BTreeMap::new())?;
    Ok((Tier::from_stored(body.name("to")?), body.bool("up")?))
}

/// The time that an event says was spent.
///
/// # Errors
/// [`StoreError::Damaged`] for an invalid body.
pub(super) fn time_spent(body: &str) -> Result<TimeDelta, StoreError> {
    Body::read(body, BTreeMap::new())?.span("spent")
}

/// The numbers of the events that an event took back.
///
/// # Errors
/// [`StoreError::Damaged`] for an invalid body.
pub(super) fn undone_events(body: &str) -> Result<Vec<u32>, StoreError> {
    Body::read(body, BTreeMap::new())?.numbers("events")
}

/// The numbers of the agents whom an event is about, if its body names any by
/// number.
///
/// # Errors
/// [`StoreError::Damaged`] for an invalid body.
pub(super) fn agent_numbers(kind: &str, body: &str) -> Result<Vec<i64>, StoreError> {
    match kind {
        fact::ASSIGNED => {
            let body = Body::read(body, BTreeMap::new())?;
            Ok(body.maybe_int(fact::AGENT).into_iter().collect())
        }
        fact::RESTRICTED => {
            let body = Body::read(body, BTreeMap::new())?;
            let list = body.entry(fact::AGENTS).and_then(Json::as_list);
            Ok(list
                .unwrap_or_default()
                .iter()
                .filter_map(Json::as_int)
                .collect())
        }
        _ => Ok(Vec::new()),
    }
}

/// The commitments of a body to its texts, by path.
///
/// # Errors
/// [`StoreError::Damaged`] for an invalid body.
pub(super) fn commitments(body: &str) -> Result<BTreeMap<String, String>, StoreError> {
    Body::read(body, BTreeMap::new()).map(|body| body.commitments())
}

#[cfg(test)]
mod tests;
