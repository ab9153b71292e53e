//! Appends events to the chain, and introduces the people whom they refer to
//! before their first event.

use super::super::StoreError;
use super::super::chain::{self, ChainIdentity, ChainedEvent, Hash, StoredActor};
use super::super::codec::{self, Draft};
use super::attachments;
use super::chain_head::{head, identity};
use super::driver::{Executor, Value};
use super::people::{self, People, PersonRow};
use super::statements;
use crate::domain::event::Event;
use crate::domain::people::{Actor, Agent, Login};

/// The end of the chain while events are appended.
pub(crate) struct ChainWriter<'a> {
    db: &'a Executor<'a>,
    people: &'a mut People,
    end: ChainEnd,
}

/// The end of the chain, which a transaction that appends need not read again.
#[derive(Debug)]
pub(crate) struct ChainEnd {
    identity: ChainIdentity,
    seq: i64,
    prev: Vec<u8>,
}

/// Where and when an event of the chain happened.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Circumstances {
    /// Absent for an event of the desk itself.
    pub(crate) ticket: Option<i64>,
    pub(crate) n: i64,
    pub(crate) at_ms: i64,
    pub(crate) recorded_ms: i64,
}

impl<'a> ChainWriter<'a> {
    pub(crate) fn new(db: &'a Executor<'a>, people: &'a mut People) -> Result<Self, StoreError> {
        Self::resume(db, people, None)
    }

    /// Begins at the end that the same transaction wrote, if it knows it.
    pub(crate) fn resume(
        db: &'a Executor<'a>,
        people: &'a mut People,
        end: Option<ChainEnd>,
    ) -> Result<Self, StoreError> {
        let end = match end {
            Some(end) => end,
            None => {
                let identity = identity(db)?;
                let (seq, prev) = head(db, &identity)?;
                ChainEnd {
                    identity,
                    seq,
                    prev,
                }
            }
        };
        Ok(Self { db, people, end })
    }

    /// The end after the events that were appended.
    pub(crate) fn finish(self) -> ChainEnd {
        self.end
    }

    /// Appends the event of a ticket.
    pub(crate) fn add_event(&mut self, event: &Event) -> Result<(), StoreError> {
        let recorded_ms = event.recorded.timestamp_millis();
        let actor = self.actor_number(&event.actor, recorded_ms)?;
        let mut agents = Vec::new();
        for agent in event.fact.agents() {
            agents.push(self.number(agent, None, Some(actor), recorded_ms)?);
        }
        let circumstances = Circumstances {
            ticket: Some(event.ticket.0),
            n: event.n.into(),
            at_ms: event.at.timestamp_millis(),
            recorded_ms,
        };
        let draft = codec::draft(&event.fact, &agents);
        self.append(circumstances, actor, event.fact.kind(), draft)?;
        attachments::add_event(self.db, event)
    }

    /// The number of an actor, who is introduced if they are new.
    pub(crate) fn actor_number(
        &mut self,
        actor: &Actor,
        recorded_ms: i64,
    ) -> Result<i64, StoreError> {
        match actor {
            Actor::Desk => Ok(codec::DESK),
            Actor::Agent { name, login } => self.number(name, login.as_ref(), None, recorded_ms),
        }
    }

    /// The number of a person. One who is new is introduced by `by`, or by
    /// themselves.
    fn number(
        &mut self,
        name: &Agent,
        login: Option<&Login>,
        by: Option<i64>,
        recorded_ms: i64,
    ) -> Result<i64, StoreError> {
        if let Some(known) = self.people.number(self.db, name, login)? {
            return Ok(known);
        }
        let last = self
            .db
            .first(statements::LAST_PERSON, &[], |row| row.int("number"))?;
        let number = last.unwrap_or(codec::DESK) + 1;
        let circumstances = Circumstances {
            ticket: None,
            n: number,
            at_ms: recorded_ms,
            recorded_ms,
        };
        let draft = codec::draft_person(name, login);
        self.append(circumstances, by.unwrap_or(number), people::KIND, draft)?;
        PersonRow::new(number, self.end.seq, name, login).insert(self.db)?;
        self.people.remember(number, name, login);
        Ok(number)
    }

    /// Appends an event with its texts.
    pub(crate) fn append(
        &mut self,
        circumstances: Circumstances,
        actor: i64,
        kind: &str,
        draft: Draft,
    ) -> Result<(), StoreError> {
        let Circumstances {
            ticket,
            n,
            at_ms,
            recorded_ms,
        } = circumstances;
        self.end.seq += 1;
        let seq = self.end.seq;
        let mut salts: Vec<Hash> = vec![[0; chain::LENGTH]; draft.text_count()];
        chain::fill_random(salts.as_flattened_mut())?;
        let (body, fields) = draft.seal(seq, salts);
        let by = StoredActor::Number(actor);
        let chained = ChainedEvent {
            seq,
            ticket: ticket.unwrap_or(0),
            n,
            at_ms,
            recorded_ms,
            actor: &by,
            kind,
            body: &body,
        };
        let hash = self.end.identity.hash(&self.end.prev, &chained);
        let values: [Value; 10] = [
            seq.into(),
            ticket.into(),
            n.into(),
            at_ms.into(),
            recorded_ms.into(),
            actor.into(),
            kind.into(),
            body.as_str().into(),
            self.end.prev.as_slice().into(),
            hash.as_slice().into(),
        ];
        self.db.execute(statements::ADD_EVENT, &values)?;
        for field in fields {
            let values: [Value; 4] = [
                seq.into(),
                field.path.into(),
                field.salt.as_slice().into(),
                field.value.into(),
            ];
            self.db.execute(statements::ADD_FIELD, &values)?;
        }
        self.end.prev = hash.to_vec();
        Ok(())
    }
}
