//! Spans of working time in the policy, and notes on those that may come to
//! something else than was meant: days on a calendar that is not open round the
//! clock, and business days on one that is.

use chrono::TimeDelta;

use super::non_zero;
use super::toml_reader::{Faults, TomlTable, TomlValue};
use crate::domain::policy::{Policy, TargetRule};
use crate::domain::sla::calendar::ALWAYS;
use crate::domain::time::working_span::WorkingSpan;

/// The keys of a target that are spans of working time.
const SPANS: [&str; 4] = ["response", "update", "resolution", "cadence"];

/// A span greater than zero; `wanted` describes what to write.
pub(super) fn positive(node: &TomlValue<'_>, faults: &Faults, wanted: &str) -> Option<WorkingSpan> {
    non_zero(node, faults, wanted, WorkingSpan::parse, |span| {
        span.is_zero()
    })
}

/// Adds notes about the spans of a target.
pub(super) fn note(table: &TomlTable<'_>, target: &TargetRule, faults: &Faults, policy: &Policy) {
    let calendar = policy.calendar_for(&target.facts());
    let typed = |name| {
        let node = table.get(name)?;
        let span = node.as_text().map(WorkingSpan::parse)?.ok()?;
        Some((node, span))
    };
    let spans: Vec<(&TomlValue<'_>, WorkingSpan)> = SPANS.into_iter().filter_map(typed).collect();
    if calendar == ALWAYS {
        let business = |(_, span): &&(_, WorkingSpan)| matches!(span, WorkingSpan::Days(_));
        if let Some((node, WorkingSpan::Days(days))) = spans.iter().find(business) {
            let message = format!(
                "on {ALWAYS} a business day is a day of 24 hours: write \"{days}d\", or name a calendar"
            );
            faults.add_note(node.offset, &node.key, &message);
        }
        return;
    }
    for (node, span) in spans {
        if let WorkingSpan::Time(time) = span
            && let Some(message) =
                in_days(node.as_text().unwrap_or_default(), time, calendar, policy)
        {
            faults.add_note(node.offset, &node.key, &message);
        }
    }
}

/// What a duration that was typed in days or weeks comes to on a calendar.
fn in_days(typed: &str, time: TimeDelta, calendar: &str, policy: &Policy) -> Option<String> {
    let typed = typed.trim();
    let lower = typed.to_ascii_lowercase();
    if !lower.contains(['d', 'w']) {
        return None;
    }
    let hours = match (time.num_hours(), time.num_seconds() % 3_600) {
        (hours, 0) => format!("{hours} open hours"),
        _ => format!("{} of open time", WorkingSpan::Time(time)),
    };
    let days = usual_days(time, calendar, policy);
    let days = days.map_or_else(String::new, |days| format!(": {days} of {calendar}"));
    let whole = lower.strip_suffix('d').map(str::trim_end);
    let whole = whole.filter(|count| count.bytes().all(|byte| byte.is_ascii_digit()));
    let instead = match whole {
        Some("1") => "for one business day write \"1bd\"".to_owned(),
        Some(count) => format!("for {count} business days write \"{count}bd\""),
        None => "for business days use bd, as in \"5bd\"".to_owned(),
    };
    Some(format!("{typed} is {hours}{days}; {instead}"))
}

/// `15 days`, or `about 15.4 days` if that is not exact.
fn usual_days(time: TimeDelta, calendar: &str, policy: &Policy) -> Option<String> {
    let week = policy.calendar(calendar).usual_days();
    let total_s = week.iter().sum::<TimeDelta>().num_seconds();
    let (first, days) = (week.first()?, i64::try_from(week.len()).ok()?);
    let tenths = (time.num_seconds() * days * 10 + total_s / 2) / total_s;
    let exact =
        week.iter().all(|day| day == first) && time.num_seconds() % first.num_seconds() == 0;
    Some(match (exact, tenths % 10) {
        (true, _) if tenths == 10 => "1 day".to_owned(),
        (true, _) => format!("{} days", tenths / 10),
        (false, 0) => format!("about {} days", tenths / 10),
        (false, part) => format!("about {}.{part} days", tenths / 10),
    })
}
