//! Numbers, durations and times for people; programs read JSON or CSV.

use chrono::TimeDelta;

use crate::domain::Timestamp;
use crate::domain::sla::calendar::ALWAYS;
use crate::domain::sla::clock::{ClockReading, DisplayState};
use crate::domain::sla::target::SlaTarget;
use crate::domain::time::working_span::WorkingSpan;
use crate::domain::time::zone::Zone;
use crate::domain::vocabulary::Channel;

/// A number with thousands separators: `1,234`.
pub(crate) fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count with its noun: `1 ticket`, `2 tickets`.
pub(crate) fn plural(n: u64, one: &str) -> String {
    match n {
        1 => format!("1 {one}"),
        _ => format!("{} {one}s", number(n)),
    }
}

/// A duration in its two largest units: `2d 4h`, `3h 12m`, `45m`, `12s`.
/// Smaller units and the sign are dropped.
pub(crate) fn duration(span: TimeDelta) -> String {
    let s = span.num_seconds().unsigned_abs();
    let two = |large: u64, unit: &str, small: u64, part: &str| match small {
        0 => format!("{}{unit}", number(large)),
        _ => format!("{}{unit} {small}{part}", number(large)),
    };
    match s {
        0..60 => format!("{s}s"),
        60..3_600 => format!("{}m", s / 60),
        3_600..86_400 => two(s / 3_600, "h", s % 3_600 / 60, "m"),
        _ => two(s / 86_400, "d", s % 86_400 / 3_600, "h"),
    }
}

/// A span of a clock in its two largest units. Where a day is not 24 hours of
/// counted time, hours are the largest: `2d 4h`, or `52h`.
pub(crate) fn working_time(span: TimeDelta, target: &SlaTarget) -> String {
    let s = span.num_seconds().unsigned_abs();
    if target.calendar == ALWAYS || s < 86_400 {
        return duration(span);
    }
    match s % 3_600 / 60 {
        0 => format!("{}h", number(s / 3_600)),
        minutes => format!("{}h {minutes}m", number(s / 3_600)),
    }
}

/// A target, in business days if the policy gives it so: `5bd`, `8h`.
pub(crate) fn target(target: &SlaTarget) -> String {
    match target.days {
        Some(days) => WorkingSpan::Days(days).to_string(),
        None => working_time(target.span, target),
    }
}

/// A duration of open time to the second, in hours, as working days differ in
/// length: `26h 30m`, `45m`, `1h 5s`.
pub(crate) fn exact_duration(span: TimeDelta) -> String {
    let s = span.num_seconds().unsigned_abs();
    let units = [(s / 3_600, "h"), (s % 3_600 / 60, "m"), (s % 60, "s")];
    let parts = units.into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts
        .map(|(count, unit)| format!("{}{unit}", number(count)))
        .collect();
    if parts.is_empty() {
        return "0s".to_owned();
    }
    parts.join(" ")
}

/// The rest of a target with a sign: `3h 12m`, `-20m` where it is late.
pub(crate) fn signed_left(reading: &ClockReading, target: &SlaTarget) -> String {
    let time = working_time(reading.remaining, target);
    if reading.is_late() {
        format!("-{time}")
    } else {
        time
    }
}

/// As [`signed_left`], in few columns: `3h12m`.
pub(crate) fn short_left(reading: &ClockReading, target: &SlaTarget) -> String {
    signed_left(reading, target).replace(' ', "")
}

/// The rest of a target: `3h 12m left`, `overdue by 20m`.
pub(crate) fn left(reading: &ClockReading, target: &SlaTarget) -> String {
    let time = working_time(reading.remaining, target);
    if reading.is_late() {
        format!("overdue by {time}")
    } else {
        format!("{time} left")
    }
}

/// When a running clock is due: `due in 3h 12m (17:42)`, `overdue by 20m
/// (since 17:42)`.
pub(crate) fn due(reading: &ClockReading, now: Timestamp, zone: &Zone) -> Option<String> {
    let at = reading.due?;
    let when = time(at, now, zone);
    match reading.display {
        DisplayState::Overdue => Some(format!("overdue by {} (since {when})", duration(now - at))),
        DisplayState::Ok | DisplayState::AtRisk => {
            Some(format!("due in {} ({when})", duration(at - now)))
        }
        DisplayState::None
        | DisplayState::Paused
        | DisplayState::Met
        | DisplayState::Missed
        | DisplayState::Cancelled => None,
    }
}

/// A time in the display zone: `17:42` today, `Tue 17:42` within six days, else
/// `2026-03-02 17:42`.
pub(crate) fn time(at: Timestamp, now: Timestamp, zone: &Zone) -> String {
    let (local, today) = (zone.local_time(at), zone.local_time(now).date());
    let days = (local.date() - today).num_days().abs();
    let format = match days {
        0 => "%H:%M",
        1..=6 => "%a %H:%M",
        _ => "%Y-%m-%d %H:%M",
    };
    local.format(format).to_string()
}

/// A time in the display zone with its weekday and its distance from now:
/// `Mon 2026-03-09 10:00, in 2d 16h`, `Fri 2026-03-06 17:00:30, 3h ago`.
pub(crate) fn time_with_day(at: Timestamp, now: Timestamp, zone: &Zone) -> String {
    let format = match at.timestamp() % 60 {
        0 => "%a %Y-%m-%d %H:%M",
        _ => "%a %Y-%m-%d %H:%M:%S",
    };
    let time = zone.local_time(at).format(format);
    match at - now {
        ahead if ahead > TimeDelta::zero() => format!("{time}, in {}", duration(ahead)),
        behind if behind < TimeDelta::zero() => format!("{time}, {} ago", duration(behind)),
        _ => format!("{time}, now"),
    }
}

/// A time in the display zone with its date.
pub(crate) fn full_time(at: Timestamp, zone: &Zone) -> String {
    zone.local_time(at).format("%Y-%m-%d %H:%M").to_string()
}

/// Two times in the display zone, precise enough to differ.
pub(crate) fn both(a: Timestamp, b: Timestamp, zone: &Zone) -> (String, String) {
    let both = |format: &str| {
        let text = |at| zone.local_time(at).format(format).to_string();
        (text(a), text(b))
    };
    for format in ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"] {
        let pair = both(format);
        if pair.0 != pair.1 {
            return pair;
        }
    }
    both("%Y-%m-%d %H:%M:%S%.3f")
}

/// A share in percent: `82 %`.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// A list: `a`, `a and b`, `a, b and c`.
pub(crate) fn list<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [init @ .., last] => {
            let init: Vec<&str> = init.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", init.join(", "), last.as_ref())
        }
    }
}

/// ` by email`: the channel as a suffix; empty for `other`.
pub(crate) fn by_channel(channel: Channel) -> String {
    match channel {
        Channel::Other => String::new(),
        Channel::Phone
        | Channel::WalkIn
        | Channel::Email
        | Channel::Chat
        | Channel::Portal
        | Channel::Monitoring => format!(" by {channel}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sla::clock::ClockState;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn numbers_and_durations_are_brief() {
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(plural(1, "ticket"), "1 ticket");
        assert_eq!(plural(1_000, "ticket"), "1,000 tickets");
        let text = |s| duration(TimeDelta::seconds(s));
        assert_eq!(
            [
                text(0),
                text(59),
                text(2_759),
                text(11_520),
                text(7_200),
                text(187_200),
                text(-90)
            ],
            ["0s", "59s", "45m", "3h 12m", "2h", "2d 4h", "1m"]
        );
    }

    fn on(calendar: &str, days: Option<u32>) -> SlaTarget {
        SlaTarget {
            span: TimeDelta::hours(40),
            days,
            cadence: None,
            cadence_days: None,
            end_of_day: false,
            calendar: calendar.to_owned(),
            policy_version: 1,
        }
    }

    #[test]
    fn the_time_of_an_office_is_never_in_days() {
        let office = on("office", None);
        let time = |minutes| working_time(TimeDelta::minutes(minutes), &office);
        assert_eq!(time(52 * 60), "52h");
        assert_eq!(time(52 * 60 + 90), "53h 30m");
        assert_eq!(time(-1_200 * 60), "1,200h");
        assert_eq!(time(45), "45m");
        assert_eq!(target(&office), "40h");
        assert_eq!(target(&on("office", Some(5))), "5bd");
        assert_eq!(target(&on(ALWAYS, None)), "1d 16h");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    }

    #[test]
    fn what_is_late_says_so_even_within_the_first_second() {
        let on_calendar = |calendar, display, seconds| {
            let reading = ClockReading {
                state: ClockState::Running,
                display,
                used: TimeDelta::zero(),
                remaining: TimeDelta::seconds(seconds),
                paused: TimeDelta::zero(),
                due: None,
                stopped: None,
            };
            left(&reading, &on(calendar, None))
        };
        let text = |display, seconds| on_calendar(ALWAYS, display, seconds);
        assert_eq!(text(DisplayState::Ok, 187_200), "2d 4h left");
        assert_eq!(
            on_calendar("office", DisplayState::Overdue, -187_200),
            "overdue by 52h"
        );
        assert_eq!(text(DisplayState::Ok, 192 * 60), "3h 12m left");
        assert_eq!(text(DisplayState::Overdue, -1200), "overdue by 20m");
        assert_eq!(text(DisplayState::Overdue, 0), "overdue by 0s");
        assert_eq!(text(DisplayState::Ok, 0), "0s left");
    }

    #[test]
    fn a_time_shows_its_date_only_where_it_is_not_near() {
        let zone = Zone::utc();
        let now = at("2026-03-02T12:00:00Z");
        let text = |t| time(at(t), now, &zone);
        assert_eq!(text("2026-03-02T17:42:00Z"), "17:42");
        assert_eq!(text("2026-03-03T17:42:00Z"), "Tue 17:42");
        assert_eq!(text("2026-02-24T17:42:00Z"), "Tue 17:42");
        assert_eq!(text("2026-03-09T17:42:00Z"), "2026-03-09 17:42");
    }

    #[test]
    fn different_times_look_different() {
        let zone = Zone::utc();
        let pair = both(
            at("2026-03-02T12:00:00.5Z"),
            at("2026-03-02T12:00:00Z"),
            &zone,
        );
        assert_eq!(pair.0, "2026-03-02 12:00:00.500");
    }
}
