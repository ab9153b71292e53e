//! The body of an event about a person: numbers, and commitments to contacts,
//! names and reasons.

use std::collections::BTreeMap;

use super::super::StoreError;
use super::body::{Body, Draft};
use crate::domain::event::TicketId;
use crate::domain::privacy::person_event::{PersonFact, PersonFactKind};
use crate::domain::privacy::person_query::PersonKey;
use crate::domain::text::ERASED;

/// The paths of the people of an event: the last part says what they are known
/// by.
const PEOPLE: [(&str, &str); 2] = [("contact", "name"), ("other/contact", "other/name")];
const REASON: &str = "reason";

/// Drafts the body of a fact.
pub(crate) fn draft_person_fact(fact: &PersonFact) -> Draft {
    let mut to = Draft::default();
    match fact {
        PersonFact::Separated { join, .. } => to.put("join", i64::from(*join)),
        PersonFact::LimitLifted { limit, .. } => to.put("limit", i64::from(*limit)),
        PersonFact::LimitedDataShown { ticket, .. } => to.put("ticket", ticket.map(|id| id.0)),
        PersonFact::Joined { .. } | PersonFact::ProcessingLimited { .. } => {}
    }
    for (person, (contact, name)) in fact.people().into_iter().zip(PEOPLE) {
        match person {
            PersonKey::Contact(text) => to.text(contact, text),
            PersonKey::Name(text) => to.text(name, text),
        }
    }
    if let Some(reason) = fact.reason() {
        to.text(REASON, reason);
    }
    to
}

/// Reads the body of a fact.
///
/// # Errors
/// [`StoreError::Damaged`] for anything that no version wrote.
pub(crate) fn read_person_fact(
    kind: &str,
    body: &str,
    texts: BTreeMap<String, String>,
) -> Result<PersonFact, StoreError> {
    let unknown = || StoreError::damaged(format!("'{kind}' is not an event about a person"));
    let kind = PersonFactKind::from_stored(kind).ok_or_else(unknown)?;
    read(kind, &Body::read(body, texts)?)
}

/// Reads a fact from its body.
pub(super) fn read(kind: PersonFactKind, from: &Body) -> Result<PersonFact, StoreError> {
    let reason = || from.text(REASON);
    Ok(match kind {
        PersonFactKind::Joined => PersonFact::Joined {
            one: person(from, 0)?,
            other: person(from, 1)?,
            reason: from.maybe_text(REASON),
        },
        PersonFactKind::Separated => PersonFact::Separated {
            join: from.int("join")?,
            reason: from.maybe_text(REASON),
        },
        PersonFactKind::ProcessingLimited => PersonFact::ProcessingLimited {
            person: person(from, 0)?,
            reason: reason()?,
        },
        PersonFactKind::LimitLifted => PersonFact::LimitLifted {
            limit: from.int("limit")?,
            reason: reason()?,
        },
        PersonFactKind::LimitedDataShown => PersonFact::LimitedDataShown {
            ticket: from.maybe_int("ticket").map(TicketId),
            reason: reason()?,
        },
    })
}

/// A person; one who was erased is nobody that a ticket can name.
fn person(from: &Body, at: usize) -> Result<PersonKey, StoreError> {
    let (contact, name) = PEOPLE[at];
    match (from.maybe_text(contact), from.maybe_text(name)) {
        (Some(text), _) => Ok(PersonKey::Contact(erased_or(text))),
        (None, Some(text)) => Ok(PersonKey::Name(erased_or(text))),
        (None, None) => Err(StoreError::damaged("an event about a person names nobody")),
    }
}

/// The key of nobody in place of an erased one.
fn erased_or(text: String) -> String {
    if text == ERASED { String::new() } else { text }
}

#[cfg(test)]
pub(crate) fn every_person_fact() -> Vec<PersonFact> {
    let (one, other) = (
        PersonKey::contact("kim@example.org"),
        PersonKey::name("Kim Lund"),
    );
    vec![
        PersonFact::Joined {
            one: one.clone(),
            other: other.clone(),
            reason: Some("Kim said so".to_owned()),
        },
        PersonFact::Joined {
            one: other.clone(),
            other: one.clone(),
            reason: None,
        },
        PersonFact::Separated {
            join: 1,
            reason: Some("Kim is two".to_owned()),
        },
        PersonFact::ProcessingLimited {
            person: other,
            reason: "Kim objects".to_owned(),
        },
        PersonFact::LimitLifted {
            limit: 1,
            reason: "Kim agrees".to_owned(),
        },
        PersonFact::LimitedDataShown {
            ticket: Some(TicketId(7)),
            reason: "Kim asked".to_owned(),
        },
        PersonFact::LimitedDataShown {
            ticket: None,
            reason: "moving".to_owned(),
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_comes_back_and_its_body_names_nobody() {
        for fact in every_person_fact() {
            let (body, fields) = draft_person_fact(&fact).seal(3, std::iter::repeat([7; 32]));
            assert!(!body.to_lowercase().contains("kim"), "{body}");
            let texts = fields.into_iter().map(|field| (field.path, field.value));
            let read = read_person_fact(fact.kind().as_str(), &body, texts.collect());
            assert_eq!(read.unwrap(), fact);
        }
        assert!(read_person_fact("person-sung", "{}", BTreeMap::new()).is_err());
        assert!(read_person_fact("person-joined", "{}", BTreeMap::new()).is_err());
    }

    #[test]
    fn an_erased_person_is_nobody() {
        let limited = &every_person_fact()[3];
        let (body, _) = draft_person_fact(limited).seal(3, std::iter::repeat([7; 32]));
        let read = read_person_fact("person-limited", &body, BTreeMap::new()).unwrap();
        assert_eq!(read.people(), [&PersonKey::Name(String::new())]);
    }
}
