//! What is promised to whom, and whether every ticket is promised something.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::toml_reader::{Log, Node, Table, unknown};
use super::{duration, levels};
use crate::domain::category::{Category, NotACategory};
use crate::domain::policy::{Policy, TargetRule, TicketFacts};
use crate::domain::sla::calendar::ALWAYS;
use crate::domain::sla::clock_map::ClockMap;
use crate::domain::sla::definitions::DEFINITIONS;
use crate::domain::vocabulary::{Kind, UnknownWord};

const MOST: usize = 1000;
const DURATION: &str = "a duration such as \"4h\" or \"30m\"";
const CADENCE: &str = "a duration such as \"1h\", or \"off\"";
const KEYS: &[&str] = &[
    "priority",
    "kind",
    "category",
    "response",
    "update",
    "resolution",
    "cadence",
    "calendar",
];

/// The targets as they are written; [`check`] measures them against the rest.
pub(super) fn read(root: &Table<'_>, log: &Log) -> Option<Vec<TargetRule>> {
    let mut targets: Vec<TargetRule> = Vec::new();
    for table in tables(root, log)? {
        table.only(log, KEYS);
        let target = target(&table, log);
        let same = |other: &TargetRule| {
            other.priority == target.priority
                && other.kind == target.kind
                && other.category == target.category
        };
        if targets.iter().any(same) && log.is_sound(&table.key) {
            table.fault(
                log,
                format!(
                    "a second target for {}: put both into one",
                    target.conditions()
                ),
            );
        }
        targets.push(target);
    }
    Some(targets)
}

fn tables<'a>(root: &Table<'a>, log: &Log) -> Option<Vec<Table<'a>>> {
    let wanted = "[[targets]] with response, resolution and so on";
    root.get("targets")?.tables(log, MOST, wanted)
}

fn target(table: &Table<'_>, log: &Log) -> TargetRule {
    let span = |name| {
        table
            .get(name)
            .and_then(|node| duration(node, log, DURATION))
    };
    let kind = |node: &Node<'_>| {
        let typed = node.text(log, "incident or request")?;
        log.taken(node, Kind::parse(typed).map_err(|fault| unknown(&fault)))
    };
    let category = |node: &Node<'_>| {
        let typed = node.text(log, "a path such as \"network\"")?;
        let read = Category::parse(typed);
        let read = read.map_err(|fault| format!("{fault}: {}", NotACategory::HINT));
        log.taken(node, read)
    };
    let cadence = |node: &Node<'_>| match node.text(log, CADENCE)?.trim() {
        "off" => Some(TimeDelta::zero()),
        _ => duration(node, log, CADENCE),
    };
    let calendar = |node: &Node<'_>| {
        let name = node.text(log, "the name of a calendar")?;
        Some(name.trim().to_owned())
    };
    let priority = table.get("priority");
    TargetRule {
        priority: priority.and_then(|node| levels::priority(node, log, None)),
        kind: table.get("kind").and_then(kind),
        category: table.get("category").and_then(category),
        spans: ClockMap::from_fn(|clock| span(clock.as_str())),
        cadence: table.get("cadence").and_then(cadence),
        calendar: table.get("calendar").and_then(calendar),
    }
}

/// Measures the targets that are written against the rest of the policy.
pub(super) fn check(root: &Table<'_>, log: &Log, policy: &Policy, calendars: &[String]) {
    let Some(tables) = tables(root, log) else {
        unused(root, log, policy);
        return;
    };
    for (table, target) in tables.iter().zip(&policy.targets) {
        references(table, target, log, policy, calendars);
    }
    if let Some(node) = root.get("targets")
        && log.is_sound("targets")
    {
        complete(node, log, policy);
    }
    unused(root, log, policy);
}

fn references(
    table: &Table<'_>,
    target: &TargetRule,
    log: &Log,
    policy: &Policy,
    calendars: &[String],
) {
    if let (Some(node), Some(priority)) = (table.get("priority"), target.priority) {
        levels::given(node, log, &policy.matrix, priority);
    }
    if let (Some(node), Some(category)) = (table.get("category"), &target.category) {
        let mut known = policy.categories.iter().map(|branch| branch.path.as_str());
        let listed = policy.categories.is_empty() || known.any(|path| path == category.as_str());
        if !listed && log.is_sound("categories") {
            let known = policy.categories.iter().map(|branch| branch.path.as_str());
            let fault = UnknownWord::new("category", category.as_str(), known);
            log.fault(node, unknown(&fault));
        }
    }
    if let (Some(node), Some(calendar)) = (table.get("calendar"), &target.calendar)
        && calendar != ALWAYS
        && !calendars.contains(calendar)
        && !log.is_broken()
    {
        let known = calendars.iter().map(String::as_str).chain([ALWAYS]);
        log.fault(
            node,
            unknown(&UnknownWord::new("calendar", calendar, known)),
        );
    }
    if target.spans.values().next().is_none()
        && target.cadence.is_none()
        && target.calendar.is_none()
    {
        let message =
            "it promises nothing: give it response, update, resolution, cadence or calendar";
        log.note(table.at, &table.key, message);
    }
}

/// Every ticket is promised a response and a resolution, whatever it is.
fn complete(node: &Node<'_>, log: &Log, policy: &Policy) {
    let mut subjects = vec![None];
    subjects.extend(levels::priorities(&policy.matrix).into_iter().map(Some));
    for clock in DEFINITIONS.iter().filter(|clock| clock.is_required()) {
        let clock = clock.name;
        let without = subjects.iter().filter(|priority| {
            let subject = TicketFacts {
                priority: **priority,
                ..TicketFacts::default()
            };
            policy.find_target(clock, &subject).is_none()
        });
        let without: Vec<String> = without
            .map(|priority| priority.map_or("no priority yet".to_owned(), |p| p.to_string()))
            .collect();
        if !without.is_empty() {
            let who = without.join(", ");
            log.fault(
                node,
                format!(
                    "no {clock} is promised to tickets with {who}: add a [[targets]] without conditions that gives {clock}"
                ),
            );
        }
    }
}

/// Calendars that nothing counts by.
fn unused(root: &Table<'_>, log: &Log, policy: &Policy) {
    let used: BTreeSet<&str> = policy
        .targets
        .iter()
        .filter_map(|target| target.calendar.as_deref())
        .collect();
    let Some(table) = root
        .get("calendars")
        .and_then(|node| node.table(log, "a table"))
    else {
        return;
    };
    for (name, node) in table.entries(log, usize::MAX) {
        if !used.contains(name.trim()) {
            let message = format!("no target uses it; one does with calendar = \"{name}\"");
            log.note(node.at, &node.key, &message);
        }
    }
}
