//! The escalation rules: by the state of a clock, immediately by priority, or
//! of tickets that nobody takes.

use super::Policy;
use super::levels;
use super::offsets;
use super::people;
use super::toml_reader::{Faults, TomlTable, TomlValue};
use super::working_spans;
use crate::domain::people::Tier;
use crate::domain::policy::{EscalationRule, UnassignedRule};
use crate::domain::priority::{Matrix, Priority};
use crate::domain::vocabulary::ClockName;

/// Maximum number of rules.
const MAX_RULES: usize = 200;
const EXAMPLE: &str = "[[escalations]] with clock, percent, from and to, with priority and to, or with unassigned_for and to";

const SPAN: &str = "a duration such as \"30m\", or business days such as \"1bd\"";
/// The keys that only some rules have.
const CLOCK_KEYS: [&str; 4] = ["clock", "percent", "before", "after"];

/// The rules, each kind in the order of the file.
#[derive(Default)]
pub(super) struct Escalations {
    pub(super) by_clock: Vec<EscalationRule>,
    pub(super) unassigned: Vec<UnassignedRule>,
    pub(super) immediate: Vec<(Priority, Tier)>,
}

pub(super) fn parse(
    root: &TomlTable<'_>,
    faults: &Faults,
    tiers: &[Tier],
    matrix: &Matrix,
) -> Escalations {
    let built_in = Policy::built_in();
    let Some(node) = root.get("escalations") else {
        check_built_in_tiers(root, faults, tiers, &built_in.immediate_tiers);
        return Escalations {
            by_clock: built_in.escalations,
            unassigned: built_in.unassigned_rules,
            immediate: built_in.immediate_tiers,
        };
    };
    let mut all = Escalations::default();
    // The handovers so far, for the search for circles.
    let mut steps: Vec<(Tier, Tier)> = Vec::new();
    for table in node.tables(faults, MAX_RULES, EXAMPLE).unwrap_or_default() {
        let others = ["from", "to", "priority", "unassigned_for"];
        let known: Vec<&str> = CLOCK_KEYS.into_iter().chain(others).collect();
        table.allow_keys(faults, &known);
        if let Some(node) = table.get("priority") {
            let rule = immediate_rule(&table, node, faults, tiers, matrix, &all.immediate);
            all.immediate.extend(rule);
        } else if let Some(node) = table.get("unassigned_for") {
            let rule = unassigned_rule(&table, node, faults, tiers, &all.unassigned);
            let next = rule
                .iter()
                .flat_map(|rule| unassigned_steps(rule, tiers))
                .collect();
            if forms_no_circle(&table, faults, &mut steps, next) {
                all.unassigned.extend(rule);
            }
        } else if let Some(rule) = clock_rule(&table, faults, tiers, &all.by_clock) {
            let next = vec![(rule.from.clone(), rule.to.clone())];
            if forms_no_circle(&table, faults, &mut steps, next) {
                all.by_clock.push(rule);
            }
        }
    }
    all
}

/// A rule for tickets that have had no assignee for some time.
fn unassigned_rule(
    table: &TomlTable<'_>,
    node: &TomlValue<'_>,
    faults: &Faults,
    tiers: &[Tier],
    others: &[UnassignedRule],
) -> Option<UnassignedRule> {
    for node in CLOCK_KEYS.into_iter().filter_map(|name| table.get(name)) {
        let message =
            "a rule for unassigned tickets looks at no clock: remove this key, or unassigned_for";
        faults.add(node, message);
    }
    let after = working_spans::positive(node, faults, SPAN);
    let from = match table.get("from") {
        Some(node) => Some(people::tier(node, faults, tiers)?),
        None => None,
    };
    let rule = UnassignedRule {
        after: after?,
        from,
        to: tier(table, "to", faults, tiers)?,
    };
    if rule.from.is_none() && tiers.first() == Some(&rule.to) {
        let message = format!(
            "no tier is below {}: write from = \"…\" with another tier",
            rule.to
        );
        table.add_fault(faults, message);
        return None;
    }
    if others
        .iter()
        .any(|other| (other.after, &other.from) == (rule.after, &rule.from))
    {
        let after = rule.after;
        table.add_fault(
            faults,
            format!("a second rule for tickets unassigned for {after}"),
        );
        return None;
    }
    Some(rule)
}

/// The handovers that a rule for unassigned tickets can make.
fn unassigned_steps(rule: &UnassignedRule, tiers: &[Tier]) -> Vec<(Tier, Tier)> {
    let below = tiers.iter().take_while(|tier| **tier != rule.to).cloned();
    let from: Vec<Tier> = match &rule.from {
        Some(from) => vec![from.clone()],
        None => below.collect(),
    };
    from.into_iter()
        .map(|from| (from, rule.to.clone()))
        .collect()
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
    for name in [
        "clock",
        "percent",
        "before",
        "after",
        "from",
        "unassigned_for",
    ] {
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
    Some(rule)
}

/// Adds the handovers of a rule to those so far, or adds a fault if tickets
/// could then escalate in a circle.
fn forms_no_circle(
    table: &TomlTable<'_>,
    faults: &Faults,
    steps: &mut Vec<(Tier, Tier)>,
    next: Vec<(Tier, Tier)>,
) -> bool {
    for (from, to) in &next {
        if let Some(way) = path_between(steps, to, from) {
            let mut names = vec![from.as_str()];
            names.extend(way.iter().map(|tier| tier.as_str()));
            let circle = names.join(" -> ");
            let message =
                format!("tickets would escalate in a circle: {circle}; remove one of these rules");
            table.add_fault(faults, message);
            return false;
        }
    }
    steps.extend(next);
    true
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

/// A path along the handovers from one tier to another, both included.
fn path_between<'r>(
    steps: &'r [(Tier, Tier)],
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
        for (_, next) in steps.iter().filter(|(from, _)| from == last) {
            if !seen.contains(&next) {
                seen.push(next);
                ways.push(way.iter().copied().chain([next]).collect());
            }
        }
    }
    None
}
