//! Tiers, and the agents who work in them.

use std::collections::BTreeSet;

use super::toml_reader::{Log, Node, Table, unknown};
use super::{Policy, short_name};
use crate::domain::did_you_mean::nearest;
use crate::domain::people::{Agent, Tier};
use crate::domain::policy::AgentEntry;
use crate::domain::text;
use crate::domain::vocabulary::UnknownWord;

/// The most tiers and agents.
const TIERS: usize = 9;
const AGENTS: usize = 10_000;

pub(super) fn tiers(root: &Table<'_>, log: &Log) -> Vec<Tier> {
    root.get("tiers")
        .and_then(|node| given_tiers(node, log))
        .unwrap_or_else(|| Policy::built_in().tiers)
}

/// Never empty, so that later checks have something to name.
fn given_tiers(node: &Node<'_>, log: &Log) -> Option<Vec<Tier>> {
    let wanted = "a list of names, the first line first, such as [\"L1\", \"L2\"]";
    let mut tiers: Vec<Tier> = Vec::new();
    let items = node.items(log, TIERS, wanted)?;
    if items.is_empty() {
        log.fault(node, format!("it is empty; write {wanted}"));
        return None;
    }
    for item in &items {
        let typed = item.text(log, "a name in quotes");
        let Some(name) = typed.and_then(|typed| log.taken(item, short_name("tier", typed))) else {
            continue;
        };
        if tiers
            .iter()
            .any(|tier| tier.as_str().eq_ignore_ascii_case(&name))
        {
            log.fault(item, format!("'{name}' is named twice"));
        } else {
            tiers.push(Tier::from_stored(&name));
        }
    }
    (!tiers.is_empty()).then_some(tiers)
}

/// A tier that is listed, in any case.
pub(super) fn tier(node: &Node<'_>, log: &Log, tiers: &[Tier]) -> Option<Tier> {
    let typed = node.text(log, "the name of a tier")?;
    let known = tiers
        .iter()
        .find(|tier| tier.as_str().eq_ignore_ascii_case(typed.trim()));
    if known.is_none() && log.is_sound("tiers") {
        let names = tiers.iter().map(Tier::as_str);
        log.fault(node, unknown(&UnknownWord::new("tier", typed, names)));
    }
    known.cloned()
}

pub(super) fn agents(root: &Table<'_>, log: &Log, tiers: &[Tier]) -> Vec<AgentEntry> {
    let wanted = "a table such as [agents] with anna = \"L1\"";
    let table = root.get("agents").and_then(|node| node.table(log, wanted));
    let (mut members, mut seen) = (Vec::new(), BTreeSet::new());
    for (name, node) in table.iter().flat_map(|table| table.entries(log, AGENTS)) {
        let agent = Agent::parse(name).map_err(|fault| format!("{fault}; {}", fault.hint()));
        let (tier, full) = particulars(node, log, tiers);
        let Some(agent) = log.taken(node, agent) else {
            continue;
        };
        if !seen.insert(agent.clone()) {
            log.fault(node, format!("'{agent}' is listed twice"));
        } else {
            members.push(AgentEntry {
                agent,
                tier,
                name: full,
            });
        }
    }
    members
}

fn particulars(node: &Node<'_>, log: &Log, tiers: &[Tier]) -> (Option<Tier>, Option<String>) {
    if node.is_text() {
        return (tier(node, log, tiers), None);
    }
    let wanted = "a tier, or { tier = \"L1\", name = \"Anna Berg\" }";
    let Some(table) = node.table(log, wanted) else {
        return (None, None);
    };
    let known = ["tier", "name"];
    table.only_or(log, &known, |key, _| {
        nearest(key, known).is_empty().then(|| {
            format!("unknown key '{key}': accepted: tier, name; a name with a dot goes in quotes, such as \"j.doe\"")
        })
    });
    let full = table.get("name").and_then(|node| {
        let typed = node.text(log, "a name in quotes")?;
        let line = text::line("name", typed).map_err(|fault| fault.to_string());
        log.taken(node, line)
    });
    let tier = table.get("tier").and_then(|node| tier(node, log, tiers));
    (tier, full)
}
