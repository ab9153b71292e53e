//! Appends events to the chain, and introduces the people whom they refer to
//! before their first event.

use super::super::StoreError;
use super::super::chain::{self, ChainIdentity, ChainedEvent, Hash, StoredActor};
use super::super::codec::{self, Draft};
use super::chain_head::{head_to_append, identity};
use super::driver::{ChainLink, Executor, LinkText};
use super::people::{self, People, PersonRow};
use super::statements;
use crate::domain::event::Event;
use crate::domain::people::{Actor, Agent, Login};

/// The end of the chain while events are appended.
pub(crate) struct ChainWriter<'a> {
    db: &'a Executor<'a>,
    people: &'a People,
    end: ChainEnd,
    /// What is to be written.
    links: Vec<ChainLink>,
    /// The rows of the people whom they introduce.
    introduced: Vec<PersonRow>,
}

/// The end of the chain, which a transaction that appends need not read again.
#[derive(Debug)]
pub(crate) struct ChainEnd {
    identity: ChainIdentity,
    seq: i64,
    prev: Vec<u8>,
    salts: Salts,
}

/// Random salts. The more a transaction needs, the more it asks for at a time.
#[derive(Debug, Default)]
struct Salts {
    ready: Vec<Hash>,
    asked: usize,
}

impl Salts {
    /// How many are asked for at a time at most, unless more are needed at once.
    const AT_ONCE: usize = 128;

    fn take(&mut self, count: usize) -> Result<Vec<Hash>, StoreError> {
        let missing = count.saturating_sub(self.ready.len());
        if missing > 0 {
            let more = missing.max(self.asked.min(Self::AT_ONCE));
            let known = self.ready.len();
            self.ready.resize(known + more, [0; chain::LENGTH]);
            chain::fill_random(self.ready[known..].as_flattened_mut())?;
            self.asked += more;
        }
        Ok(self.ready.split_off(self.ready.len() - count))
    }
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
    pub(crate) fn new(db: &'a Executor<'a>, people: &'a People) -> Result<Self, StoreError> {
        Self::resume(db, people, None, &[])
    }

    /// Begins at the end that the same transaction wrote, if it knows it, to append
    /// these events.
    pub(crate) fn resume(
        db: &'a Executor<'a>,
        people: &'a People,
        end: Option<ChainEnd>,
        events: &[Event],
    ) -> Result<Self, StoreError> {
        // Known people are looked up before the end of the chain is locked; who is
        // new, others may introduce until then.
        for event in events {
            if let Actor::Agent { name, login } = &event.actor {
                people.number(db, name, login.as_ref())?;
            }
            for agent in event.fact.agents() {
                people.number(db, agent, None)?;
            }
        }
        let end = match end {
            Some(end) => end,
            None => {
                let identity = identity(db)?;
                let (seq, prev) = head_to_append(db, &identity)?;
                ChainEnd {
                    identity,
                    seq,
                    prev,
                    salts: Salts::default(),
                }
            }
        };
        Ok(Self {
            db,
            people,
            end,
            links: Vec::new(),
            introduced: Vec::new(),
        })
    }

    /// Writes what was appended, and returns the end of the chain after it.
    pub(crate) fn finish(self) -> Result<ChainEnd, StoreError> {
        let rows_first = self.db.introduces_people_first();
        if rows_first {
            self.insert_people()?;
        }
        self.db.append(&self.links)?;
        if !rows_first {
            self.insert_people()?;
        }
        Ok(self.end)
    }

    fn insert_people(&self) -> Result<(), StoreError> {
        let mut people = self.introduced.iter();
        people.try_for_each(|person| person.insert(self.db))
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
        self.append(circumstances, actor, event.fact.kind(), draft)
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
        let last = match self.introduced.last() {
            Some(person) => Some(person.number),
            None => self
                .db
                .first(statements::LAST_PERSON, &[], |row| row.int("number"))?,
        };
        let number = last.unwrap_or(codec::DESK) + 1;
        let circumstances = Circumstances {
            ticket: None,
            n: number,
            at_ms: recorded_ms,
            recorded_ms,
        };
        let draft = codec::draft_person(name, login);
        self.append(circumstances, by.unwrap_or(number), people::KIND, draft)?;
        let row = PersonRow::new(number, self.end.seq, name, login);
        self.introduced.push(row);
        self.people.remember(number, name, login);
        Ok(number)
    }

    /// Appends one event of the desk itself, and writes it.
    pub(crate) fn append_last(
        mut self,
        circumstances: Circumstances,
        actor: i64,
        kind: &str,
        draft: Draft,
    ) -> Result<(), StoreError> {
        self.append(circumstances, actor, kind, draft)?;
        self.finish().map(drop)
    }

    /// Appends an event with its texts.
    fn append(
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
        let salts = self.end.salts.take(draft.text_count())?;
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
        let fields = fields.into_iter().map(|field| LinkText {
            path: field.path,
            salt: field.salt.to_vec(),
            value: field.value,
        });
        let fields = fields.collect();
        let prev = std::mem::replace(&mut self.end.prev, hash.to_vec());
        self.links.push(ChainLink {
            seq,
            ticket,
            n,
            at_ms,
            recorded_ms,
            actor,
            kind: kind.to_owned(),
            body,
            prev,
            hash: hash.to_vec(),
            fields,
        });
        Ok(())
    }
}
