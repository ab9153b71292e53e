//! Who a person is: spellings of names and addresses, and whom a name means.

use std::collections::{BTreeMap, BTreeSet};

use super::spelling::{is_phone_filler, normalized, normalized_contact};
use crate::domain::people::Requester;
use crate::domain::text::ERASED;

/// Whether a stored piece is about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Certainty {
    Certain,
    Possible,
}

impl Certainty {
    /// Returns the published name.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Possible => "possible",
        }
    }
}

/// A text of an event of the desk itself: of the introduction of an agent, a
/// hold, or a name in a policy version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DeskText {
    pub(crate) seq: i64,
    /// The kind of the event, and its number among those of its kind.
    pub(crate) kind: String,
    pub(crate) number: i64,
    pub(crate) path: String,
    pub(crate) text: String,
}

/// The kind of the event that introduces an agent.
pub(crate) const INTRODUCTION: &str = "person";
/// The kind of the event that is a policy version.
pub(crate) const POLICY: &str = "policy";

/// The people who are named in a store, by name and contact.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    /// As they were written, by their spelling in [`normalized`] form.
    people: BTreeMap<(Option<String>, Option<String>), Requester>,
    /// Agents: the short name, and how another system wrote it.
    agents: BTreeMap<String, Option<String>>,
}

impl Directory {
    pub(crate) fn add(&mut self, person: &Requester) {
        let is_known = |part: &Option<String>| part.as_deref().is_some_and(|part| part != ERASED);
        let name = person.name.as_deref().filter(|_| is_known(&person.name));
        let contact = person.contact.as_deref();
        let contact = contact.filter(|_| is_known(&person.contact));
        if name.is_none() && contact.is_none() {
            return;
        }
        let key = (name.map(normalized), contact.map(normalized_contact));
        self.people.entry(key).or_insert_with(|| Requester {
            name: name.map(str::to_owned),
            contact: contact.map(str::to_owned),
            language: None,
        });
    }

    /// Adds an agent by the texts of their introduction.
    pub(crate) fn add_agent(&mut self, name: &str, display: Option<&str>) {
        let display = display.map(str::to_owned);
        self.agents.insert(name.to_owned(), display);
    }

    fn named(&self, name: &str) -> impl Iterator<Item = Option<&str>> {
        let people = self.people.keys();
        let named = people.filter(move |(known, _)| known.as_deref() == Some(name));
        named.map(|(_, contact)| contact.as_deref())
    }

    fn agent(&self, typed: &str) -> Option<(&str, Option<&str>)> {
        let mut agents = self.agents.iter();
        let found = agents.find(|(name, display)| {
            let display = display.as_deref().map(normalized);
            normalized(name) == typed || display.as_deref() == Some(typed)
        })?;
        Some((found.0, found.1.as_deref()))
    }

    /// Finds the person whom a contact, a name, or both as in
    /// `Mia Roth <mia@example.org>` mean.
    ///
    /// # Errors
    /// [`NotOnePerson`] if a name is that of several people, or only a part of one.
    pub(crate) fn find(&self, typed: &Requester) -> Result<Identity, NotOnePerson> {
        let name = typed.name.as_deref().map(normalized);
        let contact = typed.contact.as_deref().map(normalized_contact);
        let mut who = Identity::default();
        if let Some(contact) = contact {
            let people = self.people.keys();
            let same = people.filter(|(_, known)| known.as_ref() == Some(&contact));
            who.names = same.filter_map(|(name, _)| name.clone()).collect();
            who.names.extend(name);
            who.agents = self
                .agent(&contact)
                .map(|(name, _)| normalized(name))
                .into_iter()
                .collect();
            who.contacts.insert(contact);
        } else if let Some(name) = name {
            let contacts: BTreeSet<&str> = self.named(&name).flatten().collect();
            if contacts.len() > 1 {
                return Err(NotOnePerson::Several(self.labels(|known, _| known == name)));
            }
            who.contacts = contacts.into_iter().map(str::to_owned).collect();
            let agent = self.agent(&name);
            if self.named(&name).next().is_none() && agent.is_none() {
                let part =
                    |known: &str, contact: &str| known.contains(&name) || contact.contains(&name);
                let like = self.labels(part);
                if !like.is_empty() || !name.contains(' ') {
                    return Err(NotOnePerson::PartOf(like));
                }
            }
            if let Some((agent, display)) = agent {
                who.agents.insert(normalized(agent));
                who.names.extend(display.map(normalized));
            }
            who.names.insert(name);
        }
        let own = |name: &String| {
            let mut others = self.named(name).flatten();
            others.all(|contact| who.contacts.contains(contact))
        };
        who.own_names = who.names.iter().filter(|name| own(name)).cloned().collect();
        Ok(who)
    }

    /// The people whose spelling in [`normalized`] form fits, as they were written.
    fn labels(&self, fits: impl Fn(&str, &str) -> bool) -> Vec<String> {
        let people = self.people.iter().filter(|((name, contact), _)| {
            let part = |part: &Option<String>| part.clone().unwrap_or_default();
            fits(&part(name), &part(contact))
        });
        let people = people.map(|(_, person)| person.written());
        let agents = self
            .agents
            .keys()
            .filter(|name| fits(&normalized(name), ""));
        people.chain(agents.cloned()).collect()
    }
}

/// Why a name does not mean one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NotOnePerson {
    /// Several people have it.
    Several(Vec<String>),
    /// Nobody has it; it is a part of these names and contacts.
    PartOf(Vec<String>),
}

/// A person: every spelling under which pieces are about them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Identity {
    pub(crate) contacts: BTreeSet<String>,
    pub(crate) names: BTreeSet<String>,
    /// The names that nobody else has.
    own_names: BTreeSet<String>,
    /// The short names of the agent.
    pub(crate) agents: BTreeSet<String>,
}

impl Identity {
    /// The same person with what another identity of theirs has.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.contacts.extend(other.contacts);
        self.names.extend(other.names);
        self.own_names.extend(other.own_names);
        self.agents.extend(other.agents);
        self
    }

    /// Returns whether a person is this one. Whoever has the name only, or the name
    /// and another contact, may be somebody else.
    pub(crate) fn is(&self, person: &Requester) -> Option<Certainty> {
        let contact = person
            .contact
            .as_deref()
            .filter(|contact| *contact != ERASED);
        let name = person.name.as_deref().map(normalized);
        let name = name.filter(|name| self.names.contains(name));
        match (contact.map(normalized_contact), name) {
            (Some(contact), _) if self.contacts.contains(&contact) => Some(Certainty::Certain),
            (None, Some(name)) if self.own_names.contains(&name) => Some(Certainty::Certain),
            (_, Some(_)) => Some(Certainty::Possible),
            (_, None) => None,
        }
    }

    /// Returns whether a text of an agent's introduction is of this person.
    pub(crate) fn is_agent(&self, path: &str, text: &str) -> bool {
        let text = normalized(text);
        match path {
            "name" => self.agents.contains(&text) || self.contacts.contains(&text),
            "display" => self.contacts.is_empty() && self.names.contains(&text),
            _ => false,
        }
    }

    /// Returns whether a text mentions the person: certainly by an address, or by
    /// the whole name where they `take_part`; possibly by the whole name elsewhere,
    /// or by a part of it where they take part.
    pub(crate) fn mentioned_in(&self, text: &str, take_part: bool) -> Option<Certainty> {
        let text = normalized(text);
        let contact = |contact: &String| has_contact(&text, contact);
        if self.contacts.iter().any(contact) {
            return Some(Certainty::Certain);
        }
        let agents = self.agents.iter().cloned();
        let mut whole = self
            .names
            .iter()
            .flat_map(|name| spellings(name))
            .chain(agents);
        if whole.any(|name| has_words(&text, &name)) {
            return Some(match take_part {
                true => Certainty::Certain,
                false => Certainty::Possible,
            });
        }
        let words = self.names.iter().flat_map(|name| name.split([' ', ',']));
        let mut words = words.filter(|word| word.chars().count() >= 3);
        (take_part && words.any(|word| has_words(&text, word))).then_some(Certainty::Possible)
    }
}

/// The ways to write a name: as it is, and the last word first.
fn spellings(name: &str) -> Vec<String> {
    let mut all = vec![name.to_owned()];
    match name.split_once(", ") {
        Some((last, first)) => all.push(format!("{first} {last}")),
        None => all.extend(
            name.rsplit_once(' ')
                .into_iter()
                .flat_map(|(first, last)| [format!("{last}, {first}"), format!("{last} {first}")]),
        ),
    }
    all
}

/// Whether words stand in a text, not within longer ones.
fn has_words(text: &str, words: &str) -> bool {
    occurs(text, words, char::is_alphanumeric, |rest| {
        rest.starts_with(char::is_alphanumeric)
    })
}

/// Whether an address or number stands in a text, not within a longer one.
fn has_contact(text: &str, contact: &str) -> bool {
    if !contact.contains('@') {
        // A telephone number is written in many ways.
        let compact = |text: &str| text.replace(is_phone_filler, "");
        let digits = |c: char| c.is_ascii_digit();
        return occurs(
            &compact(text),
            &compact(contact),
            |c: char| c.is_ascii_digit() || c == '+',
            |rest| rest.starts_with(digits),
        );
    }
    let is_part = |c: char| c.is_alphanumeric() || "._%+-@".contains(c);
    occurs(text, contact, is_part, |rest| {
        let mut rest = rest.chars();
        match rest.next() {
            Some('.' | '-') => rest.next().is_some_and(char::is_alphanumeric),
            Some(next) => next.is_alphanumeric() || "_@".contains(next),
            None => false,
        }
    })
}

/// Whether a part occurs in a text where neither the character before nor the
/// text after it goes on with it.
fn occurs(
    text: &str,
    part: &str,
    before: impl Fn(char) -> bool,
    after: impl Fn(&str) -> bool,
) -> bool {
    if part.is_empty() {
        return false;
    }
    text.match_indices(part).any(|(start, found)| {
        let begins = !text[..start].ends_with(&before);
        begins && !after(&text[start + found.len()..])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(typed: &str) -> Requester {
        Requester::parse(typed).unwrap()
    }

    fn directory() -> Directory {
        let mut all = Directory::default();
        for typed in [
            "Mia Roth <mia@example.org>",
            "MIA  ROTH <Mia@Example.org>",
            "Mia Roth",
            "Ben Ode <ben@example.org>",
            "Ben Ode <ode@example.net>",
            "Kim Lund <+49 30 1234-5>",
        ] {
            all.add(&person(typed));
        }
        all.add(&Requester {
            name: Some(ERASED.to_owned()),
            contact: Some(ERASED.to_owned()),
            language: None,
        });
        all.add_agent("anna", Some("Lee, Anna"));
        all
    }

    #[test]
    fn spellings_of_one_person_are_one() {
        let all = directory();
        let mia = all.find(&person("mia@example.org")).unwrap();
        for typed in [
            "MIA@example.ORG",
            "Mia Roth",
            "mia  roth",
            "Mia Roth <mia@example.org>",
        ] {
            assert_eq!(all.find(&person(typed)).unwrap(), mia, "{typed}");
        }
        assert_eq!(mia.contacts, ["mia@example.org".to_owned()].into());
        let kim = all.find(&person("Kim Lund")).unwrap();
        assert_eq!(kim.is(&person("x <+49301234 5>")), Some(Certainty::Certain));
    }

    #[test]
    fn a_name_of_several_people_or_a_part_of_one_means_nobody() {
        let all = directory();
        let ben = vec![
            "Ben Ode <ben@example.org>".to_owned(),
            "Ben Ode <ode@example.net>".to_owned(),
        ];
        assert_eq!(
            all.find(&person("ben ode")),
            Err(NotOnePerson::Several(ben))
        );
        let mia = vec![
            "Mia Roth".to_owned(),
            "Mia Roth <mia@example.org>".to_owned(),
        ];
        assert_eq!(all.find(&person("Roth")), Err(NotOnePerson::PartOf(mia)));
        assert_eq!(
            all.find(&person("Zoe")),
            Err(NotOnePerson::PartOf(Vec::new()))
        );
        // Whoever is only mentioned can be looked for by the whole name.
        assert!(all.find(&person("Zoe Quil")).is_ok());
        let erased = all.find(&person("[erased]"));
        assert_eq!(erased, Err(NotOnePerson::PartOf(Vec::new())));
    }

    #[test]
    fn a_namesake_is_possible_and_a_name_of_one_person_certain() {
        let all = directory();
        let mia = all.find(&person("mia@example.org")).unwrap();
        assert_eq!(mia.is(&person("mia roth")), Some(Certainty::Certain));
        assert_eq!(
            mia.is(&person("Mia Roth <m@other.org>")),
            Some(Certainty::Possible)
        );
        assert_eq!(mia.is(&person("Mia")), None);
        let ben = all.find(&person("ben@example.org")).unwrap();
        assert_eq!(ben.is(&person("Ben Ode")), Some(Certainty::Possible));
        assert_eq!(ben.is(&person("ode@example.net")), None);
    }

    #[test]
    fn agents_are_found_by_either_name() {
        let all = directory();
        for typed in ["Anna", "lee, anna"] {
            let anna = all.find(&person(typed)).unwrap();
            assert!(anna.is_agent("name", "anna"), "{typed}");
            assert!(anna.is_agent("display", "Lee, Anna"), "{typed}");
            assert!(!anna.is_agent("login", "anna"), "{typed}");
        }
    }

    #[test]
    fn mentions_are_whole_words_and_whole_addresses() {
        let all = directory();
        let mia = all.find(&person("mia@example.org")).unwrap();
        use Certainty::{Certain, Possible};
        for (text, elsewhere, own) in [
            ("call MIA@EXAMPLE.ORG.", Some(Certain), Some(Certain)),
            ("<mia@example.org>", Some(Certain), Some(Certain)),
            ("anna.mia@example.org", None, Some(Possible)),
            ("mia@example.org.uk", None, Some(Possible)),
            ("mia@example.orgs", None, Some(Possible)),
            ("for Mia\n  Roth, please", Some(Possible), Some(Certain)),
            ("Roth, Mia", Some(Possible), Some(Certain)),
            ("Ms Roth called", None, Some(Possible)),
            ("Rothenburg, miasma", None, None),
            ("", None, None),
        ] {
            assert_eq!(mia.mentioned_in(text, false), elsewhere, "{text}");
            assert_eq!(mia.mentioned_in(text, true), own, "{text}");
        }
        let kim = all.find(&person("Kim Lund")).unwrap();
        assert_eq!(
            kim.mentioned_in("ring +49 (30) 123 45", false),
            Some(Certain)
        );
        assert_eq!(kim.mentioned_in("ring +49 30 123 456", false), None);
    }
}
