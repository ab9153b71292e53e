//! Which strings of a fact are in the body of its event.
//!
//! Bodies can never be erased, so no personal text belongs in them: agents are
//! there by number, and what people wrote is stored beside them. The test
//! expects exactly the words that bodies are meant to hold, so that it fails
//! when a name gets into a body.

use std::collections::{BTreeMap, BTreeSet};

use super::super::canonical::Json;
use super::super::{Draft, commitments, draft_person, draft_policy};
use super::stored;
use crate::domain::people::{Account, Agent, Login};
use crate::testing::store::fixtures::{every_fact, policy_version};

/// Words of the policy and of the desk that bodies are meant to hold.
const WORDS: [&str; 23] = [
    "breach-assessed.answers.key",
    "breach-not-required.name",
    "breach-notified.name",
    "breach-opened.terms.limits",
    "breach-opened.terms.regime",
    "breach-opened.terms.stage",
    "breach-opened.terms.zone",
    "breach-warned.name",
    "categorized.category",
    "diagnosed.answers.key",
    "diagnosed.questionnaire.advice.escalate",
    "diagnosed.questionnaire.obsolete",
    "escalated.to",
    "fields-set.cleared",
    "fields-set.values.name",
    "imported.extra_fields",
    "imported.source",
    "opened.tier",
    "prioritized.levels.business",
    "prioritized.levels.urgency",
    "prioritized.levels.users",
    "promised.target.calendar",
    // A question without a text of its own is stored by its key.
    "diagnosed.answers.question",
];

/// Strings, each with the place that it comes from; `None` where it is absent.
type Strings = Vec<(String, Option<String>)>;

/// The strings of a value, each by the names of the fields that lead to it;
/// read from its `Debug` output, so that no field is left out. Absent values
/// are `None`.
fn strings(kind: &str, shown: &str) -> Strings {
    let mut found = Strings::new();
    let mut fields: Vec<(usize, String)> = Vec::new();
    for line in shown.lines() {
        let depth = line.len() - line.trim_start().len();
        let mut rest = line.trim();
        fields.retain(|(at, _)| *at < depth);
        if let Some((name, value)) = rest.split_once(": ")
            && name.chars().all(|c| c.is_ascii_lowercase() || c == '_')
        {
            fields.push((depth, name.to_owned()));
            rest = value;
        }
        let names: Vec<&str> = fields.iter().map(|(_, name)| name.as_str()).collect();
        let place = [&[kind], names.as_slice()].concat().join(".");
        if rest.trim_end_matches(',') == "None" {
            found.push((place, None));
        } else if rest.starts_with('"') {
            // A map shows `"key": "value",`.
            for part in rest.trim_end_matches(',').split("\": \"") {
                let part = part.strip_prefix('"').unwrap_or(part);
                let part = part.strip_suffix('"').unwrap_or(part);
                let json = unescaped(&format!("\"{part}\""));
                let text = serde_json::from_str(&json).unwrap();
                found.push((place.clone(), Some(text)));
            }
        } else {
            // A number, or a value that goes on in the next line.
            found.push((place, Some(String::new())));
        }
    }
    found
}

/// Rust writes a character as `\u{202e}`, JSON as `\u202e`.
fn unescaped(text: &str) -> String {
    text.replace("\\u{", "\\u").replace('}', "")
}

/// All strings in a body, keys included, but not the commitments to texts.
fn strings_of(body: &Json, into: &mut Vec<String>) {
    if let Some(text) = body.as_text() {
        into.push(text.to_lowercase());
    }
    for entry in body.as_list().unwrap_or_default() {
        strings_of(entry, into);
    }
    for (key, entry) in body.as_map().into_iter().flatten() {
        into.push(key.to_lowercase());
        strings_of(entry, into);
    }
}

/// The places whose strings are in the bodies. A body is given with the strings
/// that led to it.
fn in_bodies(all: &[(Strings, String)]) -> BTreeSet<String> {
    let mut places = BTreeSet::new();
    for (strings, body) in all {
        let mut body = body.clone();
        for hash in commitments(&body).unwrap().into_values() {
            body = body.replace(&hash, "");
        }
        let mut held = Vec::new();
        strings_of(&Json::read(&body).unwrap(), &mut held);
        for (place, text) in strings {
            let text = text.as_deref().unwrap_or_default().to_lowercase();
            // A short string, such as a language, occurs within many words.
            let holds = |held: &String| match text.len() {
                0 => false,
                1 | 2 => *held == text,
                _ => held.contains(&text),
            };
            if held.iter().any(holds) {
                places.insert(place.clone());
            }
        }
    }
    places
}

/// Every fact with its body, and a version of the policy with its.
fn everything() -> Vec<(Strings, String)> {
    let facts = every_fact();
    let mut all: Vec<_> = facts
        .iter()
        .map(|fact| {
            let strings = strings(fact.kind(), &format!("{fact:#?}"));
            (strings, stored(fact).body)
        })
        .collect();
    let policy = policy_version(2, "[agents]\nanna = \"L1\"");
    let shown = format!("{:#?}", (&policy.text, &policy.files));
    let shown = shown.replacen("    \"", "    text: \"", 1);
    let shown = shown.replacen("    {", "    files: {", 1);
    let draft = draft_policy(&policy.text, &policy.personal, &policy.files);
    all.push((strings("policy", &shown), body_of(draft)));
    let login = Login {
        user: "anna.roth".into(),
        account: Account::System {
            uid: 1000,
            host: "desk-1".into(),
        },
    };
    let name = Agent::from_stored("anna.roth@example.org");
    let name = name.with_display_name(Some("Roth, Anna (17)".to_owned()));
    let shown = format!("{:#?}", (&name, &login));
    let shown = shown.replacen("    Agent(", "    name: Agent(", 1);
    let draft = draft_person(&name, Some(&login));
    all.push((strings("person", &shown), body_of(draft)));
    all
}

fn body_of(draft: Draft) -> String {
    draft.seal(3, std::iter::repeat([7; 32])).0
}

fn expected() -> BTreeSet<String> {
    WORDS.map(str::to_owned).into()
}

#[test]
fn bodies_hold_the_words_of_the_desk_and_no_names() {
    assert_eq!(in_bodies(&everything()), expected());
}

#[test]
fn every_string_that_a_fact_can_hold_is_tried() {
    let all = everything();
    let all = all.iter().flat_map(|(strings, _)| strings);
    let mut tried: BTreeMap<&str, bool> = BTreeMap::new();
    for (place, text) in all {
        *tried.entry(place).or_default() |= text.is_some();
    }
    let untried = tried.iter().filter(|(_, tried)| !**tried);
    let untried: Vec<&&str> = untried.map(|(place, _)| place).collect();
    assert!(untried.is_empty(), "{untried:?}");
    assert!(tried.len() > 50, "{}", tried.len());
}

#[test]
fn a_name_in_a_body_is_found_wherever_it_stands() {
    let mut missed = Vec::new();
    for (strings, body) in everything() {
        for (place, text) in &strings {
            let Some(text) = text.as_deref().filter(|text| !text.is_empty()) else {
                continue;
            };
            let json = serde_json::to_string(text).unwrap();
            let name = serde_json::to_string(&text.to_uppercase()).unwrap();
            let more = if body == "{}" { "" } else { "," };
            for entry in [
                format!("{{\"who\":{json}{more}"),
                format!("{{\"who\":{name}{more}"),
                format!("{{\"who\":[1,{{\"is\":{json}}}]{more}"),
                format!("{{{json}:1{more}"),
            ] {
                let body = body.replacen('{', &entry, 1);
                if !in_bodies(&[(strings.clone(), body)]).contains(place) {
                    missed.push(format!("{place} {entry}"));
                }
            }
        }
    }
    assert_eq!(missed, Vec::<String>::new());
}
