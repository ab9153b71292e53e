//! What happened to people as events of the desk itself.

use std::ops::ControlFlow;

use super::super::StoreError;
use super::super::codec::{self, StoredEvent};
use super::append::{ChainWriter, Circumstances};
use super::driver::Executor;
use super::history::each_event;
use super::people::People;
use super::statements;
use crate::domain::Timestamp;
use crate::domain::privacy::person_event::{PersonEvent, PersonFactKind};

/// The kinds that change what people are, those that add something first.
const KINDS: [PersonFactKind; 4] = [
    PersonFactKind::Joined,
    PersonFactKind::ProcessingLimited,
    PersonFactKind::Separated,
    PersonFactKind::LimitLifted,
];

/// Every event but those of looking at limited data, by kind.
pub(crate) fn all(db: &Executor<'_>, people: &People) -> Result<Vec<PersonEvent>, StoreError> {
    let mut events = Vec::new();
    for kind in KINDS {
        events.extend(of_kind(db, people, kind)?);
    }
    Ok(events)
}

/// Every event of a kind, in order.
pub(crate) fn of_kind(
    db: &Executor<'_>,
    people: &People,
    kind: PersonFactKind,
) -> Result<Vec<PersonEvent>, StoreError> {
    let mut stored = Vec::new();
    let values = [kind.as_str().into()];
    each_event(db, statements::PERSON_EVENTS, &values, &mut |_, event| {
        stored.push(event);
        Ok(ControlFlow::Continue(()))
    })?;
    let read = |event| person_event(db, people, event);
    stored.into_iter().map(read).collect()
}

fn person_event(
    db: &Executor<'_>,
    people: &People,
    event: StoredEvent,
) -> Result<PersonEvent, StoreError> {
    let fact = codec::read_person_fact(&event.kind, &event.body, event.texts)?;
    Ok(PersonEvent {
        n: u32::try_from(event.n).map_err(|_| {
            StoreError::damaged("the number of an event about a person is out of range")
        })?,
        at: codec::timestamp(event.at_ms)?,
        actor: codec::read_actor(event.actor, &|number| people.find(db, number))?,
        fact,
    })
}

/// The number of the last event of a kind; 0 if there is none.
pub(crate) fn last(db: &Executor<'_>, kind: PersonFactKind) -> Result<u32, StoreError> {
    let values = [kind.as_str().into()];
    let last = db.first(statements::LAST_OF_KIND, &values, |row| row.number("n"))?;
    Ok(last.unwrap_or(0))
}

/// Appends an event to the chain.
pub(crate) fn add(
    db: &Executor<'_>,
    people: &People,
    event: &PersonEvent,
    recorded: Timestamp,
) -> Result<(), StoreError> {
    let kind = event.fact.kind();
    let last = last(db, kind)?;
    if event.n != last + 1 {
        return Err(StoreError::Failed {
            detail: format!(
                "event {} of {} does not follow {last}",
                event.n,
                kind.as_str()
            ),
        });
    }
    let circumstances = Circumstances {
        ticket: None,
        n: event.n.into(),
        at_ms: event.at.timestamp_millis(),
        recorded_ms: recorded.timestamp_millis(),
    };
    let mut chain = ChainWriter::new(db, people)?;
    let actor = chain.actor_number(&event.actor, circumstances.recorded_ms)?;
    chain.append_last(
        circumstances,
        actor,
        kind.as_str(),
        codec::draft_person_fact(&event.fact),
    )
}
