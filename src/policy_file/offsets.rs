//! Warning levels: percentages of a target, and spans before or after it is due.
//! Also checks that a span before the due time is shorter than the target.

use chrono::TimeDelta;

use super::toml_reader::{Faults, TomlTable, TomlValue};
use super::working_spans;
use crate::domain::policy::{Policy, TargetRule};
use crate::domain::sla::level::{Level, Offset, Side};
use crate::domain::time::working_span::WorkingSpan;
use crate::domain::vocabulary::ClockName;

/// Maximum number of warning levels.
const MAX_LEVELS: usize = 20;
const LEVELS: &str = "a list of levels such as [75, \"1h before\", \"30m after\"]";
const OFFSET: &str = "a percentage such as 75, \"1h before\" or \"30m after\"";
const SPAN: &str = "a duration such as \"2h\", or business days such as \"1bd\"";

/// Parses the warning levels.
pub(super) fn warnings(root: &TomlTable<'_>, faults: &Faults) -> Option<Vec<Level>> {
    let items = root.get("warnings")?.items(faults, MAX_LEVELS, LEVELS)?;
    let mut levels: Vec<Level> = Vec::new();
    for item in &items {
        let Some(level) = level(item, faults) else {
            continue;
        };
        let percents = levels.iter().rev().find_map(|known| match known {
            Level::Percent(percent) => Some(*percent),
            Level::Offset(_) => None,
        });
        if let (Some(last), Level::Percent(percent)) = (percents, level)
            && last >= percent
        {
            let message =
                format!("{percent} follows {last}: write them in ascending order, each once");
            faults.add(item, message);
        } else if levels.contains(&level) {
            faults.add(item, format!("{level} is listed twice"));
        } else {
            levels.push(level);
        }
    }
    Some(levels)
}

fn level(item: &TomlValue<'_>, faults: &Faults) -> Option<Level> {
    let Some(typed) = item.as_text() else {
        return item.integer_between(faults, 1, 99).map(Level::Percent);
    };
    let read = Offset::parse(typed).map_err(|fault| format!("{fault}; write {OFFSET}"));
    faults.ok_or_add(item, read).map(Level::Offset)
}

/// Parses the level of an escalation rule, one of `percent`, `before` and
/// `after`.
pub(super) fn rule_level(table: &TomlTable<'_>, faults: &Faults, example: &str) -> Option<Level> {
    let keys = ["percent", "before", "after"];
    let mut given = keys
        .into_iter()
        .filter_map(|key| Some((key, table.get(key)?)));
    let Some((key, node)) = given.next() else {
        let message = format!("percent, before or after is missing: write {example}");
        table.add_fault(faults, message);
        return None;
    };
    for (other, second) in given {
        let message = format!("a rule has one level: remove {other}, or {key}");
        faults.add(second, message);
    }
    let offset = |side| {
        let span = working_spans::positive(node, faults, SPAN)?;
        Some(Level::Offset(Offset { span, side }))
    };
    match key {
        "before" => offset(Side::Before),
        "after" => offset(Side::After),
        _ => node.integer_between(faults, 1, 1000).map(Level::Percent),
    }
}

/// Checks that levels before the due time lie within the targets.
pub(super) fn check(root: &TomlTable<'_>, faults: &Faults, policy: &Policy) {
    if !faults.is_valid("targets") || !faults.is_valid("calendars") {
        return;
    }
    let items = root
        .get("warnings")
        .and_then(|node| node.items(faults, MAX_LEVELS, LEVELS));
    for item in items.iter().flatten() {
        if let Some(Ok(offset)) = item.as_text().map(Offset::parse) {
            check_offset(item, offset, ClockName::ALL, faults, policy);
        }
    }
    let rules = root.get("escalations").filter(|node| node.is_list());
    let rules = rules.and_then(|node| node.tables(faults, usize::MAX, ""));
    for table in rules.iter().flatten() {
        let clock = table.get("clock").and_then(TomlValue::as_text);
        if let Some(node) = table.get("before")
            && let Some(Ok(span)) = node.as_text().map(WorkingSpan::parse)
            && let Some(Ok(clock)) = clock.map(ClockName::parse)
        {
            let side = Side::Before;
            check_offset(node, Offset { span, side }, &[clock], faults, policy);
        }
    }
}

/// Adds a fault for an offset that is longer than every target of these clocks,
/// and a note if it is longer than some.
fn check_offset(
    node: &TomlValue<'_>,
    offset: Offset,
    clocks: &[ClockName],
    faults: &Faults,
    policy: &Policy,
) {
    if offset.side == Side::After || offset.span.is_zero() {
        return;
    }
    let targets = clocks.iter().flat_map(|clock| targets(*clock, policy));
    let (mut short, mut fits) = (Vec::new(), false);
    for (clock, rule, target) in targets {
        if is_shorter(offset.span, target, rule, policy) {
            fits = true;
        } else {
            short.push(format!(
                "the {clock} target of {} ({target})",
                rule.conditions()
            ));
        }
    }
    let Some(first) = short.first() else { return };
    let span = offset.span;
    if fits {
        let more = match short.len() {
            1 => String::new(),
            n => format!(" and {} more", n - 1),
        };
        let message = format!("{span} is not shorter than {first}{more}: it has no effect there");
        faults.add_note(node.offset, &node.key, &message);
    } else {
        let message = format!("{span} is not shorter than {first}: write a span within the target");
        faults.add(node, message);
    }
}

/// The targets that a clock can have, each with its rule.
fn targets(
    clock: ClockName,
    policy: &Policy,
) -> impl Iterator<Item = (ClockName, &TargetRule, WorkingSpan)> {
    let has = |clock: ClockName| {
        policy
            .targets
            .iter()
            .any(|rule| rule.spans.get(clock).is_some())
    };
    // A clock without targets of its own warns as the one that it follows.
    let fallback = clock.definition().target_fallback;
    let from = fallback.filter(|_| !has(clock)).unwrap_or(clock);
    let span = move |rule: &'_ TargetRule| rule.spans.get(from).copied();
    policy
        .targets
        .iter()
        .filter_map(move |rule| Some((clock, rule, span(rule)?)))
}

fn is_shorter(span: WorkingSpan, target: WorkingSpan, rule: &TargetRule, policy: &Policy) -> bool {
    if let (WorkingSpan::Days(days), WorkingSpan::Days(all)) = (span, target) {
        return days < all;
    }
    // A usual day is close enough: on a ticket, the exact time decides.
    let week = policy
        .calendar(policy.calendar_for(&rule.facts()))
        .usual_days();
    let days = i32::try_from(week.len()).unwrap_or(1);
    let day = match week.iter().sum::<TimeDelta>() {
        none if none.is_zero() => TimeDelta::days(1),
        sum => sum / days,
    };
    let time = |span| match span {
        WorkingSpan::Time(time) => time,
        WorkingSpan::Days(days) => day * i32::try_from(days).unwrap_or(i32::MAX),
    };
    time(span) < time(target)
}
