//! Covers the data of other people in a text that is handed to a person: names
//! and contacts that tickets know, and every other mail address.

use std::collections::BTreeSet;

use super::person_query::{Person, PersonKey};
use super::spelling::normalized;

/// What stands in place of the data of somebody else.
pub(crate) const OTHER_PERSON: &str = "[another person]";

/// How many words a name has at most.
const LONGEST_NAME: usize = 4;

/// Covers other people in a text.
pub(crate) fn cover_others(text: &str, person: &Person, agents: &BTreeSet<String>) -> String {
    let words = words(text);
    let mut covered = String::with_capacity(text.len());
    let (mut at, mut end) = (0, 0);
    while at < words.len() {
        let (start, _) = words[at];
        covered.push_str(&text[end..start]);
        let longest = LONGEST_NAME.min(words.len() - at);
        let other = (1..=longest).rev().find(|count| {
            let (_, last) = words[at + count - 1];
            is_other(&text[start..last], person, agents)
        });
        let count = other.unwrap_or(1);
        let (_, last) = words[at + count - 1];
        covered.push_str(match other {
            Some(_) => OTHER_PERSON,
            None => &text[start..last],
        });
        end = last;
        at += count;
    }
    covered.push_str(&text[end..]);
    covered
}

fn is_other(part: &str, person: &Person, agents: &BTreeSet<String>) -> bool {
    let name = normalized(part);
    if person.names.contains(&name) {
        return false;
    }
    let is_address = part.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && domain.contains('.') && !part.contains(char::is_whitespace)
    });
    if is_address {
        return !person.keys.contains(&PersonKey::contact(part));
    }
    person.others.contains(&name) || agents.contains(&name)
}

/// The words of a text, without marks around them. Mail addresses are one word.
fn words(text: &str) -> Vec<(usize, usize)> {
    let is_inner = |c: char| c.is_alphanumeric() || "@._+-'".contains(c);
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match start {
            None if is_inner(c) => start = Some(at),
            Some(from) if !is_inner(c) => {
                let word = text[from..at].trim_end_matches(|c: char| !c.is_alphanumeric());
                if !word.is_empty() {
                    words.push((from, from + word.len()));
                }
                start = None;
            }
            Some(_) | None => {}
        }
    }
    words
}

/// Returns where a text has a phrase as whole words, however it is capitalized
/// and spaced, as the range of these words.
pub(crate) fn find_phrase(text: &str, phrase: &str) -> Option<(usize, usize)> {
    let count = phrase.split_whitespace().count();
    let words = words(text);
    let mut found = words.windows(count.max(1)).map(|some| {
        let (start, _) = some[0];
        (start, some[some.len() - 1].1)
    });
    found.find(|(start, end)| normalized(&text[*start..*end]) == phrase)
}

/// How many bytes around a mention are shown, at most.
const AROUND: usize = 100;

/// Returns the part of a text around a mention.
pub(crate) fn excerpt(text: &str, (start, end): (usize, usize)) -> String {
    let from = text.floor_char_boundary(start.saturating_sub(AROUND));
    let to = text.ceil_char_boundary((end + AROUND).min(text.len()));
    let before = if from > 0 { "… " } else { "" };
    let after = if to < text.len() { " …" } else { "" };
    format!("{before}{}{after}", text[from..to].trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::Requester;
    use crate::domain::privacy::person_query::KnownPeople;
    use crate::domain::privacy::person_register::PersonRegister;

    fn mia() -> Person {
        let mut known = KnownPeople::default();
        for one in [
            "Mia Roth <mia@example.org>",
            "Tom Ode <tom@example.org>",
            "Kim",
        ] {
            known.add(&Requester::parse(one).unwrap());
        }
        known
            .find("mia@example.org", &PersonRegister::default())
            .unwrap()
    }

    #[test]
    fn names_and_addresses_of_others_are_covered() {
        let agents = BTreeSet::from(["ben".to_owned()]);
        let cover = |text: &str| cover_others(text, &mia(), &agents);
        for (text, covered) in [
            ("Mia Roth wrote.", "Mia Roth wrote."),
            ("Ask Tom  Ode, not Mia", "Ask [another person], not Mia"),
            ("(tom@example.org)", "([another person])"),
            (
                "<MIA@example.org>: x@new.example.",
                "<MIA@example.org>: [another person].",
            ),
            ("Thanks,\nBen", "Thanks,\n[another person]"),
            ("Kim is everyday\u{301}", "Kim is everyday\u{301}"),
            ("Tommy Ode's --", "Tommy Ode's --"),
        ] {
            assert_eq!(cover(text), covered);
        }
    }

    #[test]
    fn a_phrase_is_found_as_whole_words() {
        assert_eq!(find_phrase("for MIA\n roth!", "mia roth"), Some((4, 13)));
        assert_eq!(find_phrase("Mia Rother", "mia roth"), None);
        assert_eq!(
            find_phrase("to mia@example.org.", "mia@example.org"),
            Some((3, 18))
        );
        assert_eq!(find_phrase("", "mia"), None);
    }

    #[test]
    fn an_excerpt_says_that_there_is_more() {
        let long = format!("{}é Mia {}", "x ".repeat(80), "ü".repeat(80));
        let at = find_phrase(&long, "mia").unwrap();
        let part = excerpt(&long, at);
        assert!(part.starts_with("… ") && part.ends_with(" …") && part.contains(" Mia "));
        assert_eq!(excerpt("Mia", (0, 3)), "Mia");
    }
}
