//! The SLA targets, and whether every ticket has one.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::toml_reader::{Faults, TomlTable, TomlValue, unknown_word};
use super::{levels, working_spans};
use crate::domain::category::{Category, NotACategory};
use crate::domain::policy::{Policy, TargetRule, TicketFacts};
use crate::domain::sla::calendar::ALWAYS;
use crate::domain::sla::clock_map::ClockMap;
use crate::domain::sla::definitions::DEFINITIONS;
use crate::domain::time::working_span::WorkingSpan;
use crate::domain::vocabulary::{Kind, UnknownWord};

/// Maximum number of targets.
const MAX_TARGETS: usize = 1000;
const SPAN: &str = "a duration such as \"4h\", or business days such as \"5bd\"";
const CADENCE: &str = "a duration such as \"1h\", business days such as \"5bd\", or \"off\"";
const KEYS: &[&str] = &[
    "priority",
    "kind",
    "category",
    "response",
    "update",
    "resolution",
    "cadence",
    "calendar",
    "end_of_day",
];

/// Parses the targets; [`check`] checks them against the rest of the policy.
pub(super) fn parse(root: &TomlTable<'_>, faults: &Faults) -> Option<Vec<TargetRule>> {
    let mut targets: Vec<TargetRule> = Vec::new();
    for table in tables(root, faults)? {
        table.allow_keys(faults, KEYS);
        let target = target(&table, faults);
        let same = |other: &TargetRule| {
            other.priority == target.priority
                && other.kind == target.kind
                && other.category == target.category
        };
        if targets.iter().any(same) && faults.is_valid(&table.key) {
            table.add_fault(
                faults,
                format!("a second target for {}: merge the two", target.conditions()),
            );
        }
        targets.push(target);
    }
    Some(targets)
}

fn tables<'a>(root: &TomlTable<'a>, faults: &Faults) -> Option<Vec<TomlTable<'a>>> {
    let wanted = "[[targets]] with response, resolution and so on";
    root.get("targets")?.tables(faults, MAX_TARGETS, wanted)
}

fn target(table: &TomlTable<'_>, faults: &Faults) -> TargetRule {
    let span = |name| {
        table
            .get(name)
            .and_then(|node| working_spans::positive(node, faults, SPAN))
    };
    let kind = |node: &TomlValue<'_>| node.word(faults, "incident or request", Kind::parse);
    let category = |node: &TomlValue<'_>| {
        let typed = node.text(faults, "a path such as \"network\"")?;
        let read = Category::parse(typed);
        let read = read.map_err(|fault| format!("{fault}: {}", NotACategory::HINT));
        faults.ok_or_add(node, read)
    };
    let cadence = |node: &TomlValue<'_>| match node.text(faults, CADENCE)?.trim() {
        "off" => Some(WorkingSpan::Time(TimeDelta::zero())),
        _ => working_spans::positive(node, faults, CADENCE),
    };
    let calendar = |node: &TomlValue<'_>| {
        let name = node.text(faults, "the name of a calendar")?;
        Some(name.trim().to_owned())
    };
    let priority = table.get("priority");
    TargetRule {
        priority: priority.and_then(|node| levels::priority(node, faults, None)),
        kind: table.get("kind").and_then(kind),
        category: table.get("category").and_then(category),
        spans: ClockMap::from_fn(|clock| span(clock.as_str())),
        cadence: table.get("cadence").and_then(cadence),
        end_of_day: table
            .get("end_of_day")
            .and_then(|node| node.boolean(faults)),
        calendar: table.get("calendar").and_then(calendar),
    }
}

/// Checks the targets against the rest of the policy.
pub(super) fn check(root: &TomlTable<'_>, faults: &Faults, policy: &Policy, calendars: &[String]) {
    let Some(tables) = tables(root, faults) else {
        note_unused_calendars(root, faults, policy);
        return;
    };
    for (table, target) in tables.iter().zip(&policy.targets) {
        check_references(table, target, faults, policy, calendars);
        working_spans::note(table, target, faults, policy);
    }
    if let Some(node) = root.get("targets")
        && faults.is_valid("targets")
    {
        check_coverage(node, faults, policy);
    }
    note_unused_end_of_day(&tables, faults, policy);
    note_unused_calendars(root, faults, policy);
}

fn check_references(
    table: &TomlTable<'_>,
    target: &TargetRule,
    faults: &Faults,
    policy: &Policy,
    calendars: &[String],
) {
    if let (Some(node), Some(priority)) = (table.get("priority"), target.priority) {
        levels::check_priority(node, faults, &policy.matrix, priority);
    }
    if let (Some(node), Some(category)) = (table.get("category"), &target.category) {
        let mut known = policy.categories.iter().map(|branch| branch.path.as_str());
        let listed = policy.categories.is_empty() || known.any(|path| path == category.as_str());
        if !listed && faults.is_valid("categories") {
            let known = policy.categories.iter().map(|branch| branch.path.as_str());
            let fault = UnknownWord::new("category", category.as_str(), known);
            faults.add(node, unknown_word(&fault));
        }
    }
    if let (Some(node), Some(calendar)) = (table.get("calendar"), &target.calendar)
        && calendar != ALWAYS
        && !calendars.contains(calendar)
        && !faults.has_syntax_errors()
    {
        let known = calendars.iter().map(String::as_str).chain([ALWAYS]);
        faults.add(
            node,
            unknown_word(&UnknownWord::new("calendar", calendar, known)),
        );
    }
    if target.spans.values().next().is_none()
        && target.cadence.is_none()
        && target.calendar.is_none()
        && target.end_of_day.is_none()
    {
        let message = "it sets no target: add response, update, resolution, cadence or calendar";
        faults.add_note(table.offset, &table.key, message);
    }
}

/// Checks that every ticket has a response and a resolution target.
fn check_coverage(node: &TomlValue<'_>, faults: &Faults, policy: &Policy) {
    let mut subjects = vec![None];
    subjects.extend(levels::priorities(&policy.matrix).into_iter().map(Some));
    for clock in DEFINITIONS.iter().filter(|clock| clock.is_required()) {
        let clock = clock.name;
        let without = subjects.iter().filter(|priority| {
            let subject = TicketFacts {
                priority: **priority,
                ..TicketFacts::default()
            };
            policy.target_rule(clock, &subject).is_none()
        });
        let without: Vec<String> = without
            .map(|priority| priority.map_or("no priority yet".to_owned(), |p| p.to_string()))
            .collect();
        if !without.is_empty() {
            let who = without.join(", ");
            faults.add(
                node,
                format!(
                    "tickets with {who} have no {clock} target: add a [[targets]] without conditions that sets {clock}"
                ),
            );
        }
    }
}

/// Adds a note for each end of day that no target is due at.
fn note_unused_end_of_day(tables: &[TomlTable<'_>], faults: &Faults, policy: &Policy) {
    let is_days = |span: &WorkingSpan| matches!(span, WorkingSpan::Days(_));
    let in_days = |rule: &TargetRule| rule.spans.values().chain(&rule.cadence).any(is_days);
    if policy.targets.iter().any(in_days) {
        return;
    }
    for (table, target) in tables.iter().zip(&policy.targets) {
        if let Some(node) = table.get("end_of_day")
            && target.end_of_day == Some(true)
        {
            let message = "it has no effect: no target is in business days, such as \"5bd\"";
            faults.add_note(node.offset, &node.key, message);
        }
    }
}

/// Adds a note for each calendar that no target uses.
fn note_unused_calendars(root: &TomlTable<'_>, faults: &Faults, policy: &Policy) {
    let used: BTreeSet<&str> = policy
        .targets
        .iter()
        .filter_map(|target| target.calendar.as_deref())
        .collect();
    let Some(table) = root.table("calendars", faults, "a table") else {
        return;
    };
    for (name, node) in table.entries(faults, usize::MAX) {
        if !used.contains(name.trim()) {
            let message = format!(
                "no target uses this calendar; to use it, write calendar = \"{name}\" in a [[targets]]"
            );
            faults.add_note(node.offset, &node.key, &message);
        }
    }
}
