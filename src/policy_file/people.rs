//! The support tiers and the agents.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::DeTable;

use super::toml_reader::{Faults, TomlTable, TomlValue, unknown_word};
use super::{Policy, short_name};
use crate::domain::did_you_mean::nearest;
use crate::domain::mail::address::{is_address, is_same_address};
use crate::domain::people::{Agent, Tier};
use crate::domain::policy::AgentEntry;
use crate::domain::vocabulary::UnknownWord;

/// Maximum number of tiers.
const MAX_TIERS: usize = 9;
/// Maximum number of agents.
const MAX_AGENTS: usize = 10_000;

pub(super) fn tiers(root: &TomlTable<'_>, faults: &Faults) -> Vec<Tier> {
    root.get("tiers")
        .and_then(|node| tier_list(node, faults))
        .unwrap_or_else(|| Policy::built_in().tiers)
}

/// Parses the tiers; never empty, so that later checks can name one.
fn tier_list(node: &TomlValue<'_>, faults: &Faults) -> Option<Vec<Tier>> {
    let wanted = "a list of names from first line to last, such as [\"L1\", \"L2\"]";
    let mut tiers: Vec<Tier> = Vec::new();
    let items = node.items(faults, MAX_TIERS, wanted)?;
    if items.is_empty() {
        faults.add(node, format!("it is empty; write {wanted}"));
        return None;
    }
    for item in &items {
        let typed = item.text(faults, "a name in quotes");
        let Some(name) = typed.and_then(|typed| faults.ok_or_add(item, short_name("tier", typed)))
        else {
            continue;
        };
        if tiers
            .iter()
            .any(|tier| tier.as_str().eq_ignore_ascii_case(&name))
        {
            faults.add(item, format!("'{name}' is listed twice"));
        } else {
            tiers.push(Tier::from_stored(&name));
        }
    }
    (!tiers.is_empty()).then_some(tiers)
}

/// Parses the name of a listed tier, in any letter case.
pub(super) fn tier(node: &TomlValue<'_>, faults: &Faults, tiers: &[Tier]) -> Option<Tier> {
    let typed = node.text(faults, "the name of a tier")?;
    let known = tiers
        .iter()
        .find(|tier| tier.as_str().eq_ignore_ascii_case(typed.trim()));
    if known.is_none() && faults.is_valid("tiers") {
        let names = tiers.iter().map(Tier::as_str);
        faults.add(node, unknown_word(&UnknownWord::new("tier", typed, names)));
    }
    known.cloned()
}

pub(super) fn agents(root: &TomlTable<'_>, faults: &Faults, tiers: &[Tier]) -> Vec<AgentEntry> {
    let wanted = "a table such as [agents] with anna = \"L1\"";
    let table = root.table("agents", faults, wanted);
    let (mut members, mut seen) = (Vec::new(), BTreeSet::new());
    for (name, node) in table
        .iter()
        .flat_map(|table| table.entries(faults, MAX_AGENTS))
    {
        let agent = Agent::parse(name).map_err(|fault| format!("{fault}; {}", fault.hint()));
        let entry = agent_entry(node, faults, tiers);
        let Some(agent) = faults.ok_or_add(node, agent) else {
            continue;
        };
        let same = |email: &String| {
            members.iter().any(|other: &AgentEntry| {
                let known = other.email.as_deref();
                known.is_some_and(|known| is_same_address(known, email))
            })
        };
        if let Some(email) = entry.email.as_ref().filter(|email| same(email)) {
            faults.add(node, format!("another agent has the address '{email}' too"));
        }
        if !seen.insert(agent.clone()) {
            faults.add(node, format!("'{agent}' is listed twice"));
        } else {
            members.push(AgentEntry { agent, ..entry });
        }
    }
    members
}

/// What the policy says about an agent whose name is not known yet.
fn agent_entry(node: &TomlValue<'_>, faults: &Faults, tiers: &[Tier]) -> AgentEntry {
    let mut entry = AgentEntry {
        agent: Agent::from_stored(""),
        tier: None,
        name: None,
        login: None,
        email: None,
    };
    if node.is_text() {
        entry.tier = tier(node, faults, tiers);
        return entry;
    }
    let wanted = "a tier, or { tier = \"L1\", name = \"Anna Berg\", login = \"anna\", email = \"anna@example.org\" }";
    let Some(table) = node.table(faults, wanted) else {
        return entry;
    };
    let known = ["tier", "name", "login", "email"];
    table.allow_keys_or(faults, &known, |key, _| {
        nearest(key, known).is_empty().then(|| {
            format!("unknown key '{key}': accepted: tier, name, login, email; write a name with a dot in quotes, such as \"j.doe\"")
        })
    });
    entry.name = table
        .get("name")
        .and_then(|node| node.line(faults, "name", "a name in quotes"));
    entry.login = table
        .get("login")
        .and_then(|node| node.line(faults, "login", "the name of a user in quotes"));
    entry.email = table.get("email").and_then(|node| email(node, faults));
    entry.tier = table.get("tier").and_then(|node| tier(node, faults, tiers));
    entry
}

/// The mail address of an agent; none if it was erased.
fn email(node: &TomlValue<'_>, faults: &Faults) -> Option<String> {
    let wanted = "a mail address such as \"anna@example.org\"";
    let typed = node.text(faults, wanted)?.trim();
    if is_address(typed) {
        return Some(typed.to_owned());
    }
    if !typed.starts_with(ERASED_NAME) {
        faults.add(node, format!("'{typed}' is not {wanted}"));
    }
    None
}

/// What stands for an erased name of a policy, before its number.
const ERASED_NAME: &str = "erased-";

/// The names, logins and addresses of agents in a policy file, those in templates
/// included, as byte ranges without quotes, in order. They are stored apart from the rest, so that they can be
/// erased. None in a file that cannot be parsed.
pub(super) fn personal_parts(text: &str) -> Vec<Range<usize>> {
    let Ok(root) = DeTable::parse(text) else {
        return Vec::new();
    };
    let table = |name: &str| root.get_ref().get(name)?.get_ref().as_table();
    let mut parts = Vec::new();
    for (_, template) in table("templates").into_iter().flatten() {
        let assigned = template.get_ref().get("assign");
        parts.extend(assigned.map(Spanned::span));
    }
    for (name, value) in table("agents").into_iter().flatten() {
        parts.push(name.span());
        let entry = value.get_ref().as_table();
        for (key, value) in entry.into_iter().flatten() {
            if ["name", "login", "email"].contains(&key.get_ref().as_ref())
                && value.get_ref().is_str()
            {
                parts.push(value.span());
            }
        }
    }
    parts.sort_by_key(|part| part.start);
    parts.dedup();
    parts
        .into_iter()
        .filter_map(|part| within_quotes(text, part))
        .filter(|part| !part.is_empty())
        .collect()
}

/// The range of a key or text without its quotes.
fn within_quotes(text: &str, part: Range<usize>) -> Option<Range<usize>> {
    let written = text.get(part.clone())?;
    let quotes = ["\"\"\"", "'''", "\"", "'"];
    let quoted = quotes.into_iter().find(|quote| {
        written.len() >= 2 * quote.len() && written.starts_with(quote) && written.ends_with(quote)
    });
    let length = quoted.map_or(0, str::len);
    Some(part.start + length..part.end - length)
}
