//! What the desk holds about a person, as Art. 15 GDPR gives it to them: tickets
//! of their own whole, of others the parts about them; the data of others are
//! covered. What is certainly about them is kept apart from what may be.

use std::collections::BTreeSet;

use super::person_query::{Person, PersonKey};
use super::person_register::ProcessingLimit;
use super::redaction::{OTHER_PERSON, cover_others, excerpt, find_phrase};
use super::spelling::normalized;
use super::view::people_of;
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact, ROWS, TicketId, path_of_kind};
use crate::domain::people::{Actor, Requester};
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::State;

/// What the desk holds about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PersonData {
    pub(crate) label: String,
    /// The contacts and names that are this person.
    pub(crate) keys: BTreeSet<PersonKey>,
    pub(crate) limits: Vec<ProcessingLimit>,
    /// Tickets with data that certainly are about the person.
    pub(crate) certain: Vec<PersonTicket>,
    /// Tickets with data that may be about somebody else of the same name.
    pub(crate) possible: Vec<PersonTicket>,
    /// How many tickets were not searched, as they are restricted to others.
    pub(crate) not_searched: u64,
}

/// What the person is on a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PersonRole {
    Requester,
    Participant,
    Mentioned,
}

impl PersonRole {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Requester => "requester",
            Self::Participant => "participant",
            Self::Mentioned => "mentioned",
        }
    }
}

/// What a ticket holds about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PersonTicket {
    pub(crate) id: TicketId,
    pub(crate) role: PersonRole,
    pub(crate) opened: Timestamp,
    pub(crate) state: State,
    pub(crate) entries: Vec<PersonEntry>,
}

/// Who caused an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EntryAuthor {
    Agent,
    Desk,
}

impl EntryAuthor {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Desk => Actor::DESK,
        }
    }
}

/// An event, as far as it is about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PersonEntry {
    pub(crate) at: Timestamp,
    /// The published kind of the event.
    pub(crate) kind: &'static str,
    pub(crate) by: EntryAuthor,
    /// Its texts by their paths.
    pub(crate) texts: Vec<(String, String)>,
}

/// Collects what tickets hold about a person.
#[derive(Debug)]
pub(crate) struct PersonCollector<'a> {
    pub(crate) person: &'a Person,
    /// The names of agents, normalized.
    pub(crate) agents: &'a BTreeSet<String>,
}

impl PersonCollector<'_> {
    /// Returns what a ticket certainly holds about the person, and what it may.
    pub(crate) fn look_in(&self, history: &[Event]) -> [Option<PersonTicket>; 2] {
        let nothing = [None, None];
        let Some(ticket) = Ticket::replay(history) else {
            return nothing;
        };
        let requesters = requesters(history);
        if requesters.iter().any(|one| self.person.is(one)) {
            let entries = told(history).map(|event| self.entry(event));
            let own = self.ticket(&ticket, PersonRole::Requester, entries.collect());
            return [own, None];
        }
        if requesters.iter().any(|one| self.person.may_be(one)) {
            let entries = told(history).map(|event| self.entry(event));
            let perhaps = self.ticket(&ticket, PersonRole::Requester, entries.collect());
            return [None, perhaps];
        }
        let takes_part = |event: &&Event| people_of(&event.fact).iter().any(|p| self.person.is(p));
        let may_take_part =
            |event: &&Event| people_of(&event.fact).iter().any(|p| self.person.may_be(p));
        let part: Vec<PersonEntry> = history
            .iter()
            .filter(takes_part)
            .map(|e| self.entry(e))
            .collect();
        let perhaps = history.iter().filter(may_take_part).map(|e| self.entry(e));
        let perhaps: Vec<PersonEntry> = perhaps.collect();
        let role = |entries: &[PersonEntry]| match entries {
            [] => PersonRole::Mentioned,
            _ => PersonRole::Participant,
        };
        let (certain_role, possible_role) = (role(&part), role(&perhaps));
        let (mut certain, mut possible) = (part, perhaps);
        let rest = history
            .iter()
            .filter(|event| !takes_part(event) && !may_take_part(event));
        for event in rest {
            match self.mention(event, &self.contacts()) {
                Some(sure) => certain.push(sure),
                None => possible.extend(self.mention(event, &self.names())),
            }
        }
        [
            self.ticket(&ticket, certain_role, certain),
            self.ticket(&ticket, possible_role, possible),
        ]
    }

    fn ticket(
        &self,
        ticket: &Ticket,
        role: PersonRole,
        mut entries: Vec<PersonEntry>,
    ) -> Option<PersonTicket> {
        entries.sort_by_key(|entry| entry.at);
        (!entries.is_empty()).then(|| PersonTicket {
            id: ticket.id,
            role,
            opened: ticket.opened,
            state: ticket.status.state(),
            entries,
        })
    }

    fn contacts(&self) -> Vec<&str> {
        let contacts = self.person.keys.iter();
        let contacts = contacts.filter(|key| matches!(key, PersonKey::Contact(_)));
        contacts.map(PersonKey::as_str).collect()
    }

    fn names(&self) -> Vec<&str> {
        self.person.names.iter().map(String::as_str).collect()
    }

    /// An event whole, without the data of others.
    fn entry(&self, event: &Event) -> PersonEntry {
        let people = people_of(&event.fact);
        let about_others = people.iter().any(|one| !self.person.is(one)) && !people.is_empty();
        let covered = |path: &str, text: &str| match path_of_kind(path) {
            "contact" if !self.person.keys.contains(&PersonKey::contact(text)) => {
                OTHER_PERSON.to_owned()
            }
            "name" | "manager" | "by" if !self.person.names.contains(&normalized(text)) => {
                OTHER_PERSON.to_owned()
            }
            "language" if about_others => OTHER_PERSON.to_owned(),
            "contact" | "name" | "manager" | "by" | "language" => text.to_owned(),
            _ => cover_others(text, self.person, self.agents),
        };
        let texts = event.fact.texts();
        let texts = texts.iter().filter(|(path, _)| path != ROWS);
        let texts = texts.map(|(path, text)| (path.to_string(), covered(path, text)));
        self.entry_of(event, texts.collect())
    }

    /// The part of an event that mentions one of these phrases.
    fn mention(&self, event: &Event, phrases: &[&str]) -> Option<PersonEntry> {
        let mut found = Vec::new();
        for (path, text) in event.fact.texts() {
            let at = phrases.iter().find_map(|phrase| find_phrase(&text, phrase));
            if let Some(at) = at {
                let part = excerpt(&text, at);
                found.push((
                    path.to_string(),
                    cover_others(&part, self.person, self.agents),
                ));
            }
        }
        (!found.is_empty()).then(|| self.entry_of(event, found))
    }

    fn entry_of(&self, event: &Event, texts: Vec<(String, String)>) -> PersonEntry {
        PersonEntry {
            at: event.at,
            kind: event.fact.kind(),
            by: match event.actor {
                Actor::Agent { .. } => EntryAuthor::Agent,
                Actor::Desk => EntryAuthor::Desk,
            },
            texts,
        }
    }
}

/// Returns the events without the bookkeeping of clocks.
fn told(history: &[Event]) -> impl Iterator<Item = &Event> {
    history.iter().filter(|event| {
        !matches!(
            event.fact,
            Fact::TargetSet { .. }
                | Fact::Warned { .. }
                | Fact::Unfounded { .. }
                | Fact::Undone { .. }
        )
    })
}

/// Returns who has been the requester of a ticket.
pub(crate) fn requesters(history: &[Event]) -> Vec<Requester> {
    let mut all: Vec<Requester> = Vec::new();
    for event in history {
        let next = if let Fact::Opened(submission) = &event.fact {
            submission.requester.clone()
        } else if let Fact::Corrected(correction) = &event.fact {
            let mut corrected = all.last().cloned().unwrap_or_default();
            correction.correct(&mut corrected);
            corrected
        } else {
            continue;
        };
        if all
            .last()
            .is_none_or(|last| last.written() != next.written())
        {
            all.push(next);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::{Note, Submission};
    use crate::domain::people::{Agent, Tier};
    use crate::domain::privacy::person_query::KnownPeople;
    use crate::domain::privacy::person_register::PersonRegister;
    use crate::domain::vocabulary::Channel;

    fn history(requester: &str, facts: Vec<Fact>) -> Vec<Event> {
        let opened = Fact::Opened(Submission {
            title: "Laptop of Tom Ode".to_owned(),
            description: None,
            requester: Requester::parse(requester).unwrap(),
            channel: Channel::Phone,
            key: None,
            tier: Tier::from_stored("L1"),
        });
        let event = |(fact, n): (Fact, u32)| Event {
            ticket: TicketId(1),
            n,
            at: Timestamp::UNIX_EPOCH,
            recorded: Timestamp::UNIX_EPOCH,
            actor: Actor::from(Agent::from_stored("ben")),
            fact,
        };
        std::iter::once(opened)
            .chain(facts)
            .zip(1..)
            .map(event)
            .collect()
    }

    fn note(text: &str) -> Fact {
        Fact::Logged(Note {
            text: Some(text.to_owned()),
            ..Note::default()
        })
    }

    /// What is certain and what is possible, as role and texts.
    fn found(requester: &str, facts: Vec<Fact>) -> [Option<(PersonRole, Vec<String>)>; 2] {
        let mut known = KnownPeople::default();
        for one in ["Mia Roth <mia@example.org>", "Tom Ode <tom@example.org>"] {
            known.add(&Requester::parse(one).unwrap());
        }
        let person = known
            .find("mia@example.org", &PersonRegister::default())
            .unwrap();
        let agents = BTreeSet::from(["ben".to_owned()]);
        let collector = PersonCollector {
            person: &person,
            agents: &agents,
        };
        collector.look_in(&history(requester, facts)).map(|found| {
            found.map(|ticket| {
                let entries = ticket.entries.into_iter();
                let texts = entries.flat_map(|entry| entry.texts);
                (ticket.role, texts.map(|(_, text)| text).collect())
            })
        })
    }

    #[test]
    fn a_ticket_of_their_own_is_given_whole_without_others() {
        let [certain, possible] = found("mia@example.org", vec![note("Ben asked tom@example.org")]);
        let texts = [
            "Laptop of [another person]",
            "mia@example.org",
            "[another person] asked [another person]",
        ];
        assert_eq!(
            certain,
            Some((PersonRole::Requester, texts.map(str::to_owned).to_vec()))
        );
        assert_eq!(possible, None);
    }

    #[test]
    fn the_same_name_with_another_contact_is_only_possible() {
        let [certain, possible] = found("Mia Roth <other@example.org>", vec![]);
        assert_eq!(certain, None);
        let (role, texts) = possible.unwrap();
        assert_eq!(role, PersonRole::Requester);
        assert!(!texts.contains(&"other@example.org".to_owned()));
    }

    #[test]
    fn an_address_in_a_text_is_certain_and_a_name_is_possible() {
        let facts = vec![
            note("see MIA@example.org"),
            note("Mia Roth was here with Tom Ode"),
            note("Mia"),
        ];
        let [certain, possible] = found("tom@example.org", facts);
        let texts = vec!["see MIA@example.org".to_owned()];
        assert_eq!(certain, Some((PersonRole::Mentioned, texts)));
        let texts = vec!["Mia Roth was here with [another person]".to_owned()];
        assert_eq!(possible, Some((PersonRole::Mentioned, texts)));
        assert_eq!(
            found("tom@example.org", vec![note("nothing")]),
            [None, None]
        );
    }

    #[test]
    fn a_participant_gets_what_they_wrote() {
        let facts = vec![
            Fact::MessageReceived {
                text: "I have it too".to_owned(),
                via: Channel::Email,
                thanks: false,
                sender: Some(Requester::parse("mia@example.org").unwrap()),
            },
            note("secret of others"),
        ];
        let [certain, _] = found("tom@example.org", facts);
        let (role, texts) = certain.unwrap();
        assert_eq!(role, PersonRole::Participant);
        assert!(texts.contains(&"I have it too".to_owned()));
        assert!(!texts.contains(&"secret of others".to_owned()));
    }
}
