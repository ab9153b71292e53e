//! When a ticket goes to another tier: as a clock runs, or at once.

use super::Policy;
use super::levels;
use super::people;
use super::toml_reader::{Log, Node, Table, unknown};
use crate::domain::people::Tier;
use crate::domain::policy::EscalationRule;
use crate::domain::priority::{Matrix, Priority};
use crate::domain::vocabulary::ClockName;

const MOST: usize = 200;
const SAMPLE: &str = "[[escalations]] with clock, percent, from and to, or with priority and to";

type Read = (Vec<EscalationRule>, Vec<(Priority, Tier)>);

pub(super) fn read(root: &Table<'_>, log: &Log, tiers: &[Tier], matrix: &Matrix) -> Read {
    let built_in = Policy::built_in();
    let Some(node) = root.get("escalations") else {
        check_built_in(root, log, tiers, &built_in.immediate_tiers);
        return (built_in.escalations, built_in.immediate_tiers);
    };
    let (mut rules, mut at_once) = (Vec::new(), Vec::new());
    for table in node.tables(log, MOST, SAMPLE).unwrap_or_default() {
        let known = ["clock", "percent", "from", "to", "priority"];
        table.only(log, &known);
        if let Some(node) = table.get("priority") {
            at_once.extend(immediate(&table, node, log, tiers, matrix, &at_once));
        } else {
            rules.extend(rule(&table, log, tiers, &rules));
        }
    }
    (rules, at_once)
}

/// The built-in rule needs the built-in tiers.
fn check_built_in(root: &Table<'_>, log: &Log, tiers: &[Tier], rules: &[(Priority, Tier)]) {
    for (priority, tier) in rules {
        if let Some(node) = root.get("tiers")
            && !tiers.contains(tier)
            && log.is_sound("tiers")
        {
            let message = format!(
                "the built-in escalation {priority} -> {tier} needs the tier {tier}: write {SAMPLE}, or escalations = [] for none"
            );
            log.fault(node, message);
        }
    }
}

fn immediate(
    table: &Table<'_>,
    node: &Node<'_>,
    log: &Log,
    tiers: &[Tier],
    matrix: &Matrix,
    others: &[(Priority, Tier)],
) -> Option<(Priority, Tier)> {
    for name in ["clock", "percent", "from"] {
        if let Some(node) = table.get(name) {
            log.fault(
                node,
                "a rule with a priority acts at once: leave this out, or take the priority away",
            );
        }
    }
    let priority = levels::priority(node, log, Some(matrix));
    let to = tier(table, "to", log, tiers);
    let (priority, to) = (priority?, to?);
    if others.iter().any(|(other, _)| *other == priority) {
        table.fault(log, format!("a second rule for {priority} at once"));
        return None;
    }
    Some((priority, to))
}

fn rule(
    table: &Table<'_>,
    log: &Log,
    tiers: &[Tier],
    others: &[EscalationRule],
) -> Option<EscalationRule> {
    let clock = needed(table, "clock", log).and_then(|node| {
        let typed = node.text(log, "response, update or resolution")?;
        log.taken(
            node,
            ClockName::parse(typed).map_err(|fault| unknown(&fault)),
        )
    });
    let percent = needed(table, "percent", log).and_then(|node| node.number(log, 1, 1000));
    let (from, to) = (
        tier(table, "from", log, tiers),
        tier(table, "to", log, tiers),
    );
    let rule = EscalationRule {
        clock: clock?,
        percent: percent?,
        from: from?,
        to: to?,
    };
    let same = |other: &EscalationRule| {
        other.clock == rule.clock && other.percent == rule.percent && other.from == rule.from
    };
    if others.iter().any(same) {
        let EscalationRule {
            clock,
            percent,
            from,
            ..
        } = &rule;
        table.fault(
            log,
            format!("a second rule for {clock} at {percent} % from {from}"),
        );
        return None;
    }
    if let Some(way) = way(others, &rule.to, &rule.from) {
        let mut names = vec![rule.from.as_str()];
        names.extend(way.iter().map(|tier| tier.as_str()));
        let circle = names.join(" -> ");
        table.fault(
            log,
            format!("tickets would go in a circle: {circle}; take one of these steps away"),
        );
        return None;
    }
    Some(rule)
}

fn needed<'t, 'a>(table: &'t Table<'a>, name: &str, log: &Log) -> Option<&'t Node<'a>> {
    let node = table.get(name);
    if node.is_none() {
        table.fault(log, format!("{name} is missing: write {SAMPLE}"));
    }
    node
}

fn tier(table: &Table<'_>, name: &str, log: &Log, tiers: &[Tier]) -> Option<Tier> {
    needed(table, name, log).and_then(|node| people::tier(node, log, tiers))
}

/// A way along the rules from one tier to another, both included.
fn way<'r>(rules: &'r [EscalationRule], from: &'r Tier, to: &'r Tier) -> Option<Vec<&'r Tier>> {
    let mut ways = vec![vec![from]];
    let mut seen = vec![from];
    while let Some(way) = ways.pop() {
        let last = *way.last()?;
        if last == to {
            return Some(way);
        }
        for rule in rules.iter().filter(|rule| rule.from == *last) {
            if !seen.contains(&&rule.to) {
                seen.push(&rule.to);
                ways.push(way.iter().copied().chain([&rule.to]).collect());
            }
        }
    }
    None
}
