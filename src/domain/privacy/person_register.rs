//! Which contacts are one person, and whose data may only be stored: what the
//! events about people come to.

use std::collections::{BTreeMap, BTreeSet};

use super::person_event::{PersonEvent, PersonFact};
use super::person_query::PersonKey;
use crate::domain::Timestamp;
use crate::domain::people::{Actor, Requester};

/// What the events about people come to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct PersonRegister {
    /// By number; those that were taken back are not here.
    joins: BTreeMap<u32, (PersonKey, PersonKey)>,
    limits: BTreeMap<u32, ProcessingLimit>,
}

/// A limit on the use of a person's data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ProcessingLimit {
    pub(crate) number: u32,
    pub(crate) person: PersonKey,
    pub(crate) reason: String,
    pub(crate) by: Actor,
    pub(crate) since: Timestamp,
}

impl PersonRegister {
    /// Creates it from events of which each comes after what it takes back.
    pub(crate) fn from_events(events: impl IntoIterator<Item = PersonEvent>) -> Self {
        let mut register = Self::default();
        for event in events {
            let PersonEvent { n, at, actor, fact } = event;
            match fact {
                // Two people are not one because both were erased.
                PersonFact::Joined { one, other, .. } if one.is_erased() || other.is_erased() => {}
                PersonFact::Joined { one, other, .. } => {
                    register.joins.insert(n, (one, other));
                }
                PersonFact::ProcessingLimited { person, reason } => {
                    let limit = ProcessingLimit {
                        number: n,
                        person,
                        reason,
                        by: actor,
                        since: at,
                    };
                    register.limits.insert(n, limit);
                }
                PersonFact::Separated { join, .. } => {
                    register.joins.remove(&join);
                }
                PersonFact::LimitLifted { limit, .. } => {
                    register.limits.remove(&limit);
                }
                PersonFact::LimitedDataShown { .. } => {}
            }
        }
        register
    }

    /// Returns everything that is one person with a key, the key itself included.
    pub(crate) fn keys_of(&self, key: &PersonKey) -> BTreeSet<PersonKey> {
        let mut keys = BTreeSet::from([key.clone()]);
        let mut open = vec![key.clone()];
        while let Some(key) = open.pop() {
            for (one, other) in self.joins.values() {
                let next = if *one == key {
                    other
                } else if *other == key {
                    one
                } else {
                    continue;
                };
                if keys.insert(next.clone()) {
                    open.push(next.clone());
                }
            }
        }
        keys
    }

    /// Returns the numbers of the joins that link two keys directly.
    pub(crate) fn joins_between(&self, one: &PersonKey, other: &PersonKey) -> Vec<u32> {
        let links =
            |(a, b): &(PersonKey, PersonKey)| (a, b) == (one, other) || (a, b) == (other, one);
        let joins = self.joins.iter().filter(|(_, pair)| links(pair));
        joins.map(|(number, _)| *number).collect()
    }

    /// Returns the limits on the data of a person with these keys.
    pub(crate) fn limits_on(&self, keys: &BTreeSet<PersonKey>) -> Vec<&ProcessingLimit> {
        let limits = self.limits.values();
        limits
            .filter(|limit| keys.contains(&limit.person))
            .collect()
    }

    /// Returns everybody whose data may only be stored.
    pub(crate) fn limited(&self) -> LimitedPeople {
        let mut all = BTreeMap::new();
        for limit in self.limits.values() {
            for key in self.keys_of(&limit.person) {
                all.entry(key).or_insert_with(|| limit.clone());
            }
        }
        LimitedPeople(all)
    }
}

/// The people whose data may only be stored, each with the limit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct LimitedPeople(BTreeMap<PersonKey, ProcessingLimit>);

impl LimitedPeople {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the limit on the data of a requester or a participant.
    pub(crate) fn limit_on(&self, person: &Requester) -> Option<&ProcessingLimit> {
        if self.is_empty() {
            return None;
        }
        self.0.get(&PersonKey::of(person)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(n: u32, fact: PersonFact) -> PersonEvent {
        PersonEvent {
            n,
            at: Timestamp::UNIX_EPOCH,
            actor: Actor::Desk,
            fact,
        }
    }

    fn join(n: u32, one: &str, other: &str) -> PersonEvent {
        let fact = PersonFact::Joined {
            one: PersonKey::contact(one),
            other: PersonKey::contact(other),
            reason: None,
        };
        event(n, fact)
    }

    fn limit(n: u32, person: &str) -> PersonEvent {
        let fact = PersonFact::ProcessingLimited {
            person: PersonKey::contact(person),
            reason: "objected".to_owned(),
        };
        event(n, fact)
    }

    fn requester(contact: &str) -> Requester {
        Requester::parse(contact).unwrap()
    }

    #[test]
    fn joins_reach_through_others_until_one_is_taken_back() {
        let mut events = vec![join(1, "a@x", "b@x"), join(2, "c@x", "b@x")];
        let keys = |events: &[PersonEvent]| {
            let register = PersonRegister::from_events(events.to_vec());
            let keys = register.keys_of(&PersonKey::contact("a@x"));
            let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
            keys.join(" ")
        };
        assert_eq!(keys(&events), "a@x b@x c@x");
        let (join, reason) = (2, None);
        events.push(event(1, PersonFact::Separated { join, reason }));
        assert_eq!(keys(&events), "a@x b@x");
    }

    #[test]
    fn a_limit_covers_whatever_is_joined_and_ends_when_it_is_lifted() {
        let mut events = vec![limit(1, "a@x"), join(1, "b@x", "a@x")];
        let limited = |events: &[PersonEvent]| {
            let limited = PersonRegister::from_events(events.to_vec()).limited();
            ["a@x", "B@x", "c@x"].map(|one| limited.limit_on(&requester(one)).is_some())
        };
        assert_eq!(limited(&events), [true, true, false]);
        let reason = "agreed".to_owned();
        events.push(event(1, PersonFact::LimitLifted { limit: 1, reason }));
        assert_eq!(limited(&events), [false; 3]);
    }
}
