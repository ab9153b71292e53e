//! The escalation rules: by the state of a clock, or immediately by priority.

use super::Policy;
use super::levels;
use super::offsets;
use super::people;
use super::toml_reader::{Faults, TomlTable, TomlValue};
use crate::domain::people::Tier;
use crate::domain::policy::EscalationRule;
use crate::domain::priority::{Matrix, Priority};
use crate::domain::vocabulary::ClockName;

/// Maximum number of rules.
const MAX_RULES: usize = 200;
const EXAMPLE: &str = "[[escalations]] with clock, percent, from and to, or with priority and to";

type Escalations = (Vec<EscalationRule>, Vec<(Priority, Tier)>);

pub(super) fn parse(
    root: &TomlTable<'_>,
    faults: &Faults,
    tiers: &[Tier],
    matrix: &Matrix,
) -> Escalations {
    let built_in = Policy::built_in();
    let Some(node) = root.get("escalations") else {
        check_built_in_tiers(root, faults, tiers, &built_in.immediate_tiers);
        return (built_in.escalations, built_in.immediate_tiers);
    };
    let (mut rules, mut at_once) = (Vec::new(), Vec::new());
    for table in node.tables(faults, MAX_RULES, EXAMPLE).unwrap_or_default() {
        let known = [
            "clock", "percent", "before", "after", "from", "to", "priority",
        ];
        table.allow_keys(faults, &known);
        if let Some(node) = table.get("priority") {
            at_once.extend(immediate_rule(
                &table, node, faults, tiers, matrix, &at_once,
            ));
        } else {
            rules.extend(clock_rule(&table, faults, tiers, &rules));
        }
    }
    (rules, at_once)
}

/// Checks that the tiers of the built-in rules exist.
fn check_built_in_tiers(
    root: &TomlTable<'_>,
    faults: &Faults,
    tiers: &[Tier],
    rules: &[(Priority, Tier)],
) {
    for (priority, tier) in rules {
        if let Some(node) = root.get("tiers")
            && !tiers.contains(tier)
            && faults.is_valid("tiers")
        {
            let message = format!(
                "the built-in escalation {priority} -> {tier} needs the tier {tier}: write {EXAMPLE}, or escalations = [] for none"
            );
            faults.add(node, message);
        }
    }
}

fn immediate_rule(
    table: &TomlTable<'_>,
    node: &TomlValue<'_>,
    faults: &Faults,
    tiers: &[Tier],
    matrix: &Matrix,
    others: &[(Priority, Tier)],
) -> Option<(Priority, Tier)> {
    for name in ["clock", "percent", "before", "after", "from"] {
        if let Some(node) = table.get(name) {
            faults.add(
                node,
                "a rule with a priority applies immediately: remove this key, or the priority",
            );
        }
    }
    let priority = levels::priority(node, faults, Some(matrix));
    let to = tier(table, "to", faults, tiers);
    let (priority, to) = (priority?, to?);
    if others.iter().any(|(other, _)| *other == priority) {
        table.add_fault(faults, format!("a second immediate rule for {priority}"));
        return None;
    }
    Some((priority, to))
}

fn clock_rule(
    table: &TomlTable<'_>,
    faults: &Faults,
    tiers: &[Tier],
    others: &[EscalationRule],
) -> Option<EscalationRule> {
    let wanted = "response, update or resolution";
    let clock = required(table, "clock", faults)
        .and_then(|node| node.word(faults, wanted, ClockName::parse));
    let level = offsets::rule_level(table, faults, EXAMPLE);
    let (from, to) = (
        tier(table, "from", faults, tiers),
        tier(table, "to", faults, tiers),
    );
    let rule = EscalationRule {
        clock: clock?,
        level: level?,
        from: from?,
        to: to?,
    };
    let same = |other: &EscalationRule| {
        other.clock == rule.clock && other.level == rule.level && other.from == rule.from
    };
    if others.iter().any(same) {
        let EscalationRule {
            clock, level, from, ..
        } = &rule;
        table.add_fault(
            faults,
            format!("a second rule for {clock} at {level} from {from}"),
        );
        return None;
    }
    if let Some(way) = path_between(others, &rule.to, &rule.from) {
        let mut names = vec![rule.from.as_str()];
        names.extend(way.iter().map(|tier| tier.as_str()));
        let circle = names.join(" -> ");
        table.add_fault(
            faults,
            format!("tickets would escalate in a circle: {circle}; remove one of these rules"),
        );
        return None;
    }
    Some(rule)
}

fn required<'t, 'a>(
    table: &'t TomlTable<'a>,
    name: &str,
    faults: &Faults,
) -> Option<&'t TomlValue<'a>> {
    let node = table.get(name);
    if node.is_none() {
        table.add_fault(faults, format!("{name} is missing: write {EXAMPLE}"));
    }
    node
}

fn tier(table: &TomlTable<'_>, name: &str, faults: &Faults, tiers: &[Tier]) -> Option<Tier> {
    required(table, name, faults).and_then(|node| people::tier(node, faults, tiers))
}

/// A path along the rules from one tier to another, both included.
fn path_between<'r>(
    rules: &'r [EscalationRule],
    from: &'r Tier,
    to: &'r Tier,
) -> Option<Vec<&'r Tier>> {
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
