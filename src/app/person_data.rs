//! Use cases about a person: what is held about them, which contacts are one
//! person, and whose data may only be stored.

use std::collections::BTreeSet;

use super::Desk;
use super::export_import::Refusal;
use crate::domain::Timestamp;
use crate::domain::event::{Event, TicketId};
use crate::domain::import_report::ImportReport;
use crate::domain::people::Actor;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::privacy::person_data::{PersonCollector, PersonData, requesters};
use crate::domain::privacy::person_event::{PersonEvent, PersonFact};
use crate::domain::privacy::person_query::{KnownPeople, Person};
use crate::domain::privacy::person_register::PersonRegister;
use crate::domain::privacy::spelling::normalized;
use crate::domain::privacy::view::people_of;
use crate::domain::read_models::PersonChange;
use crate::domain::rejection::Rejection;
use crate::error::Error;
use crate::store::Transaction;

/// Everybody whom tickets name.
#[derive(Default)]
struct Everybody {
    people: KnownPeople,
    /// The names of agents, normalized.
    agents: BTreeSet<String>,
    register: PersonRegister,
}

impl Everybody {
    fn look_in(&mut self, history: &[Event]) {
        for requester in requesters(history) {
            self.people.add(&requester);
        }
        for event in history {
            for person in people_of(&event.fact) {
                self.people.add(person);
            }
            let named = event.actor.agent().into_iter().chain(event.fact.agents());
            for agent in named {
                let names = [Some(agent.as_str()), agent.display_name()];
                self.agents
                    .extend(names.into_iter().flatten().map(normalized));
            }
        }
    }
}

/// A person, and what the desk holds about them.
#[derive(Debug)]
pub(crate) struct PersonFound {
    pub(crate) person: Person,
    pub(crate) data: PersonData,
}

impl Desk<'_> {
    /// Returns what the desk holds about a person.
    ///
    /// # Errors
    /// [`Rejection::NoSuchPerson`] or [`Rejection::SeveralPeople`], or an error of
    /// the store.
    pub(crate) fn person_data(&self, typed: &str) -> Result<PersonFound, Error> {
        let everybody = self.everybody()?;
        let person = everybody.people.find(typed, &everybody.register)?;
        let collector = PersonCollector {
            person: &person,
            agents: &everybody.agents,
        };
        let (mut certain, mut possible) = (Vec::new(), Vec::new());
        self.each_history(&mut |history| {
            let [sure, perhaps] = collector.look_in(history);
            certain.extend(sure);
            possible.extend(perhaps);
        })?;
        let limits = everybody.register.limits_on(&person.keys);
        let data = PersonData {
            limits: limits.into_iter().cloned().collect(),
            label: person.label.clone(),
            keys: person.keys.clone(),
            certain,
            possible,
            not_searched: self.left_out()?.0,
        };
        Ok(PersonFound { person, data })
    }

    /// Records that two contacts or names are those of one person.
    ///
    /// # Errors
    /// As [`Self::person_data`], and [`Rejection::SamePerson`] for a reason that
    /// would be lost.
    pub(crate) fn join_people(
        &self,
        typed: [&str; 2],
        reason: Option<&str>,
    ) -> Result<PersonChange, Error> {
        let [one, other] = self.find_people(typed)?;
        self.change_person(
            "joined",
            vec![one.label.clone(), other.label.clone()],
            |register| {
                let (one, other) = (one.key().clone(), other.key().clone());
                if register.keys_of(&one).contains(&other) {
                    let [one, other] = typed.map(|typed| typed.trim().to_owned());
                    return match reason {
                        Some(_) => Err(Rejection::SamePerson { one, other }),
                        None => Ok(Vec::new()),
                    };
                }
                let reason = reason.map(str::to_owned);
                Ok(vec![PersonFact::Joined { one, other, reason }])
            },
        )
    }

    /// Takes back that two contacts or names are those of one person.
    ///
    /// # Errors
    /// As [`Self::person_data`], and [`Rejection::NotJoined`].
    pub(crate) fn separate_people(
        &self,
        typed: [&str; 2],
        reason: Option<&str>,
    ) -> Result<PersonChange, Error> {
        let [one, other] = self.find_people(typed)?;
        self.change_person(
            "separated",
            vec![one.label.clone(), other.label.clone()],
            |register| {
                let joins = register.joins_between(one.key(), other.key());
                if joins.is_empty() {
                    let [one, other] = typed.map(|typed| typed.trim().to_owned());
                    return Err(Rejection::NotJoined { one, other });
                }
                let taken_back = joins.into_iter().map(|join| PersonFact::Separated {
                    join,
                    reason: reason.map(str::to_owned),
                });
                Ok(taken_back.collect())
            },
        )
    }

    /// Limits the processing of a person's data to storing them (Art. 18 GDPR).
    ///
    /// # Errors
    /// As [`Self::person_data`], and [`Rejection::LimitedAlready`].
    pub(crate) fn limit_processing(
        &self,
        typed: &str,
        reason: &str,
    ) -> Result<PersonChange, Error> {
        let person = self.registered_person(typed)?;
        self.change_person("limited", vec![person.label.clone()], |register| {
            let keys = register.keys_of(person.key());
            if !register.limits_on(&keys).is_empty() {
                let person = typed.trim().to_owned();
                return Err(Rejection::LimitedAlready { person });
            }
            Ok(vec![PersonFact::ProcessingLimited {
                person: person.key().clone(),
                reason: reason.to_owned(),
            }])
        })
    }

    /// Ends every limit on the data of a person.
    ///
    /// # Errors
    /// As [`Self::person_data`], and [`Rejection::NotLimited`].
    pub(crate) fn lift_limit(&self, typed: &str, reason: &str) -> Result<PersonChange, Error> {
        let person = self.registered_person(typed)?;
        self.change_person("limit lifted", vec![person.label.clone()], |register| {
            let keys = register.keys_of(person.key());
            let limits = register.limits_on(&keys);
            if limits.is_empty() {
                let person = typed.trim().to_owned();
                return Err(Rejection::NotLimited { person });
            }
            let lifted = limits.into_iter().map(|limit| PersonFact::LimitLifted {
                limit: limit.number,
                reason: reason.to_owned(),
            });
            Ok(lifted.collect())
        })
    }

    /// Shows data of people whose processing is limited from now on, and records
    /// why: of a ticket, or of all. Where nothing is limited, nothing is recorded.
    ///
    /// # Errors
    /// Any error of the store, and if nobody acts.
    pub(crate) fn show_limited_data(
        &self,
        ticket: Option<TicketId>,
        reason: &str,
    ) -> Result<(), Error> {
        let limited = match (self.read()?, ticket) {
            (Some(txn), Some(id)) => {
                // A ticket that is not there, or not to be seen, is refused first.
                let _ = super::ticket_commands::load(txn.as_ref(), id)?;
                txn.limit_on(id)?.is_some()
            }
            (Some(txn), None) => self.view(txn.as_ref())?.limits_anybody(),
            (None, _) => false,
        };
        if limited {
            self.change_person("shown", Vec::new(), |_| {
                let reason = reason.to_owned();
                Ok(vec![PersonFact::LimitedDataShown { ticket, reason }])
            })?;
        }
        self.shows_limited_data.set(true);
        Ok(())
    }

    /// Appends the facts that follow from the register, under the write lock.
    fn change_person(
        &self,
        done: &'static str,
        people: Vec<String>,
        decide: impl Fn(&PersonRegister) -> Result<Vec<PersonFact>, Rejection>,
    ) -> Result<PersonChange, Error> {
        let changed = self.write(self.writer()?, |mut txn, _| {
            let policies = self.policies_in(txn.as_ref())?;
            let actor = self.listed_actor(&policies)?;
            let register = PersonRegister::from_events(txn.person_events()?);
            let facts = decide(&register)?;
            let now = self.instant();
            let changed = !facts.is_empty();
            for fact in facts {
                let n = txn.last_person_event(fact.kind())? + 1;
                let event = PersonEvent {
                    n,
                    at: now,
                    actor: actor.clone(),
                    fact,
                };
                txn.add_person_event(&event, now)?;
            }
            if changed {
                self.commit(txn)?;
            }
            Ok(changed)
        })?;
        Ok(PersonChange {
            done: if changed { done } else { "unchanged" },
            people,
        })
    }

    /// Returns who acts, who must be one of the agents whom the policy lists.
    fn listed_actor(&self, policies: &PolicyHistory) -> Result<Actor, Error> {
        let actor = self.acting(policies)?;
        if let Some(agent) = actor.agent() {
            policies.check_agent(agent)?;
        }
        Ok(actor)
    }

    fn registered_person(&self, typed: &str) -> Result<Person, Error> {
        let everybody = self.everybody()?;
        Ok(everybody.people.find(typed, &everybody.register)?)
    }

    fn find_people(&self, typed: [&str; 2]) -> Result<[Person; 2], Error> {
        let everybody = self.everybody()?;
        let find = |typed| everybody.people.find(typed, &everybody.register);
        let [one, other] = typed.map(find);
        Ok([one?, other?])
    }

    /// Reads every ticket for the people whom it names.
    fn everybody(&self) -> Result<Everybody, Error> {
        let mut everybody = Everybody::default();
        self.each_history(&mut |history| everybody.look_in(history))?;
        if let Some(txn) = self.read()? {
            everybody.register = PersonRegister::from_events(txn.person_events()?);
        }
        Ok(everybody)
    }

    /// Calls `take` with the history of every ticket that the agent may see, with
    /// limited data: they are the person's own. Reads page by page.
    pub(super) fn each_history(&self, take: &mut dyn FnMut(&[Event])) -> Result<(), Error> {
        let mut first = Some(TicketId(i64::MIN));
        while let Some(ticket) = first {
            let Some(mut txn) = self.read()? else {
                return Err(self.missing().into());
            };
            let view = self.view(txn.as_ref())?.with_limited_data();
            txn.set_view(view);
            let page = txn.histories(ticket, i64::MAX)?;
            page.histories.iter().for_each(|history| take(history));
            first = page.next;
        }
        Ok(())
    }
}

/// Adds an event about a person, unless it is there already.
pub(super) fn take_person_event(
    txn: &mut dyn Transaction,
    event: &PersonEvent,
    now: Timestamp,
    report: &mut ImportReport,
) -> Result<Option<Refusal>, Error> {
    let kind = event.fact.kind();
    let last = txn.last_person_event(kind)?;
    let (name, n) = (kind.as_str(), event.n);
    if n <= last {
        let same = |known: &PersonEvent| {
            (known.n, known.at, known.actor.as_str(), &known.fact)
                == (n, event.at, event.actor.as_str(), &event.fact)
        };
        let known = txn.person_events_of(kind)?.iter().any(same);
        let other = format!("event {n} of {name} is different here");
        return Ok((!known).then_some((None, other)));
    }
    if n != last + 1 {
        let gap = format!("event {n} of {name} does not follow the last one here");
        return Ok(Some((None, gap)));
    }
    txn.add_person_event(event, now)?;
    report.events += 1;
    Ok(None)
}
