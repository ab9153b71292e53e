//! Who is meant by a contact or a name. One spelling counts for all, and a part
//! of a name is never enough: then the people who may be meant are named.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::person_register::PersonRegister;
use super::spelling::{is_phone_number, normalized, normalized_contact, within_brackets};
use crate::domain::people::Requester;
use crate::domain::rejection::Rejection;

/// What a person is known by: the contact, or the name of somebody without one.
/// Equal however it was written: with blanks, capitals, or as `Name <contact>`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum PersonKey {
    Contact(String),
    Name(String),
}

impl fmt::Display for PersonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl PersonKey {
    /// The key of a contact, such as `Mia@Example.org` or `+49 (30) 12-34`.
    pub(crate) fn contact(written: &str) -> Self {
        Self::Contact(normalized_contact(written))
    }

    /// The key of somebody who has no contact.
    pub(crate) fn name(written: &str) -> Self {
        Self::Name(normalized(written.trim().trim_matches('"')))
    }

    /// The key of a requester or a participant; `None` for nobody.
    pub(crate) fn of(person: &Requester) -> Option<Self> {
        let given = |part: &Option<String>| part.clone().filter(|part| !part.trim().is_empty());
        match (given(&person.contact), given(&person.name)) {
            (Some(contact), _) => Some(Self::contact(&contact)),
            (None, Some(name)) => Some(Self::typed(&name)),
            (None, None) => None,
        }
    }

    /// The key that somebody typed: a contact, a name, or both.
    pub(crate) fn typed(typed: &str) -> Self {
        let inner = within_brackets(typed);
        if inner != typed.trim() || inner.contains('@') || is_phone_number(inner) {
            Self::contact(inner)
        } else {
            Self::name(typed)
        }
    }

    /// Returns whether it was erased, so that it is nobody's.
    pub(crate) fn is_erased(&self) -> bool {
        self.as_str().is_empty()
    }

    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Contact(text) | Self::Name(text) => text,
        }
    }
}

/// The people whom tickets name, by their keys.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct KnownPeople {
    /// The names under each key, and how it was written first.
    people: BTreeMap<PersonKey, KnownPerson>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct KnownPerson {
    label: String,
    /// Normalized.
    names: BTreeSet<String>,
}

impl KnownPeople {
    pub(crate) fn add(&mut self, person: &Requester) {
        let Some(key) = PersonKey::of(person) else {
            return;
        };
        let known = self.people.entry(key).or_default();
        if let Some(name) = &person.name {
            known.names.insert(normalized(name));
        }
        // A label with name and contact says more than one without.
        let label = person.written();
        if known.label.is_empty() || !known.label.contains('<') && label.contains('<') {
            known.label = label;
        }
    }

    /// Finds the person who is meant.
    ///
    /// # Errors
    /// [`Rejection::NoSuchPerson`] with those who may be meant, and
    /// [`Rejection::SeveralPeople`] if several have that name.
    pub(crate) fn find(&self, typed: &str, register: &PersonRegister) -> Result<Person, Rejection> {
        let wanted = PersonKey::typed(typed);
        let keys: BTreeSet<&PersonKey> = match &wanted {
            PersonKey::Contact(_) => self.people.keys().filter(|key| **key == wanted).collect(),
            PersonKey::Name(name) => self.named(name),
        };
        let mut found: Vec<Person> = Vec::new();
        for key in keys {
            if !found.iter().any(|person| person.keys.contains(key)) {
                found.push(self.person(key, register));
            }
        }
        match found.as_slice() {
            [_] => Ok(found.swap_remove(0)),
            [] => Err(Rejection::NoSuchPerson {
                typed: typed.trim().to_owned(),
                similar: self.similar(&wanted),
            }),
            several => Err(Rejection::SeveralPeople {
                typed: typed.trim().to_owned(),
                people: several.iter().map(|person| person.label.clone()).collect(),
            }),
        }
    }

    /// Those of this name: people with a contact, or else the one without.
    fn named(&self, name: &str) -> BTreeSet<&PersonKey> {
        let all = self.people.iter();
        let all = all.filter(|(_, person)| person.names.contains(name));
        let all: BTreeSet<&PersonKey> = all.map(|(key, _)| key).collect();
        let has_contact = |key: &&&PersonKey| matches!(key, PersonKey::Contact(_));
        let with_contact: BTreeSet<&PersonKey> = all.iter().filter(has_contact).copied().collect();
        if with_contact.is_empty() {
            all
        } else {
            with_contact
        }
    }

    /// The person of a key, with everything that was joined to it.
    fn person(&self, key: &PersonKey, register: &PersonRegister) -> Person {
        let keys = register.keys_of(key);
        let known = keys.iter().filter_map(|key| self.people.get(key));
        let names: BTreeSet<String> = known.clone().flat_map(|one| one.names.clone()).collect();
        Person {
            label: self
                .people
                .get(key)
                .map_or_else(|| key.to_string(), |known| known.label.clone()),
            others: self.others(&keys),
            keys,
            names,
        }
    }

    /// How everybody else is written: contacts, and names of several words, which
    /// are no everyday words.
    fn others(&self, keys: &BTreeSet<PersonKey>) -> BTreeSet<String> {
        let own: BTreeSet<&String> = keys
            .iter()
            .filter_map(|key| self.people.get(key))
            .flat_map(|known| &known.names)
            .collect();
        let mut others = BTreeSet::new();
        for (key, known) in self.people.iter().filter(|(key, _)| !keys.contains(key)) {
            if let PersonKey::Contact(contact) = key {
                others.insert(contact.clone());
            }
            let names = known.names.iter().filter(|name| !own.contains(name));
            others.extend(names.filter(|name| name.contains(' ')).cloned());
        }
        others
    }

    /// The people who have a part of what was typed.
    fn similar(&self, wanted: &PersonKey) -> Vec<String> {
        const MOST: usize = 10;
        let part = wanted.as_str();
        let has = |(key, person): &(&PersonKey, &KnownPerson)| {
            key.as_str().contains(part) || person.names.iter().any(|name| name.contains(part))
        };
        let similar = self
            .people
            .iter()
            .filter(|one| !part.is_empty() && has(one));
        similar
            .take(MOST)
            .map(|(_, one)| one.label.clone())
            .collect()
    }
}

/// A person: everything that is certainly the same one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    /// As written on a ticket.
    pub(crate) label: String,
    pub(crate) keys: BTreeSet<PersonKey>,
    /// The names under these keys, normalized.
    pub(crate) names: BTreeSet<String>,
    /// How other people are written, normalized.
    pub(crate) others: BTreeSet<String>,
}

impl Person {
    /// Returns the key under which it is recorded.
    pub(crate) fn key(&self) -> &PersonKey {
        let own = PersonKey::typed(&self.label);
        self.keys
            .get(&own)
            .or_else(|| self.keys.first())
            .expect("a person has a key")
    }

    pub(crate) fn is(&self, person: &Requester) -> bool {
        PersonKey::of(person).is_some_and(|key| self.keys.contains(&key))
    }

    /// Returns whether somebody has the same name, and may be another person.
    pub(crate) fn may_be(&self, person: &Requester) -> bool {
        let name = person.name.as_ref().map(|name| normalized(name));
        !self.is(person) && name.is_some_and(|name| self.names.contains(&name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(people: &[&str]) -> KnownPeople {
        let mut known = KnownPeople::default();
        for person in people {
            known.add(&Requester::parse(person).unwrap());
        }
        known
    }

    fn find(people: &[&str], typed: &str) -> Result<String, Rejection> {
        let nothing = PersonRegister::default();
        known(people).find(typed, &nothing).map(|one| one.label)
    }

    #[test]
    fn one_address_is_the_same_however_it_is_written() {
        let mia = PersonKey::contact("mia@example.org");
        for typed in [
            "mia@example.org",
            " MIA@Example.ORG ",
            "Mia Roth <mia@example.org>",
            "<Mia@example.org>",
            "mailto:mia@example.org",
            "Mia< mia@example.org >",
        ] {
            assert_eq!(PersonKey::typed(typed), mia, "{typed}");
        }
        assert_eq!(
            PersonKey::contact("+49 (30) 12-34"),
            PersonKey::contact("+493012 34")
        );
        assert_ne!(PersonKey::typed("mia@example.com"), mia);
        assert_ne!(PersonKey::name("1234 5"), PersonKey::contact("1234 5"));
    }

    const PEOPLE: &[&str] = &[
        "Mia Roth <mia@example.org>",
        "Mia  roth",
        "Tom Ode <tom@example.org>",
        "Tom Ode <ode@example.com>",
        "Kim",
    ];

    #[test]
    fn a_person_is_found_by_contact_or_whole_name_only() {
        let mia = Ok("Mia Roth <mia@example.org>".to_owned());
        assert_eq!(find(PEOPLE, "MIA@example.org"), mia);
        assert_eq!(find(PEOPLE, "mia roth"), mia);
        assert_eq!(find(PEOPLE, "Kim"), Ok("Kim".to_owned()));
        let several = find(PEOPLE, "Tom Ode").unwrap_err();
        let Rejection::SeveralPeople { people, .. } = several else {
            panic!("{several:?}");
        };
        assert_eq!(people.len(), 2);
        for (part, count) in [
            ("Mia", 2),
            ("roth", 2),
            ("example.com", 1),
            ("x", 3),
            ("zzz", 0),
        ] {
            let refused = find(PEOPLE, part).unwrap_err();
            let Rejection::NoSuchPerson { similar, .. } = refused else {
                panic!("{part}: {refused:?}");
            };
            assert_eq!(similar.len(), count, "{part}");
        }
    }

    #[test]
    fn others_are_those_who_are_not_the_person() {
        let nothing = PersonRegister::default();
        let mia = known(PEOPLE).find("mia@example.org", &nothing).unwrap();
        let others: Vec<&str> = mia.others.iter().map(String::as_str).collect();
        assert_eq!(others, ["ode@example.com", "tom ode", "tom@example.org"]);
        assert!(mia.is(&Requester::parse("X <Mia@Example.org>").unwrap()));
        assert!(mia.may_be(&Requester::parse("MIA Roth").unwrap()));
        assert!(!mia.may_be(&Requester::parse("Mia Rother").unwrap()));
    }
}
