//! Numbers, lengths of time and moments as people say them. Nothing a
//! program should read.

use chrono::TimeDelta;

use crate::domain::Timestamp;
use crate::domain::sla::clock::{ClockReading, DisplayState};
use crate::domain::time::zone::Zone;
use crate::domain::vocabulary::Channel;

/// A number with its digits in groups: `1,234`.
pub(super) fn number(n: u64) -> String {
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

/// A number of things: `1 ticket`, `2 tickets`.
pub(super) fn plural(n: u64, one: &str) -> String {
    match n {
        1 => format!("1 {one}"),
        _ => format!("{} {one}s", number(n)),
    }
}

/// A length of time in its two largest units: `2d 4h`, `3h 12m`, `45m`,
/// `12s`. What is smaller is dropped, and so is a sign.
pub(super) fn span(span: TimeDelta) -> String {
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

/// A length of open time to the second, in hours: a working day has no one
/// length. `26h 30m`, `45m`, `1h 5s`.
pub(super) fn exact(span: TimeDelta) -> String {
    let s = span.num_seconds().unsigned_abs();
    let units = [(s / 3_600, "h"), (s % 3_600 / 60, "m"), (s % 60, "s")];
    let some = units.into_iter().filter(|(count, _)| *count > 0);
    let told: Vec<String> = some
        .map(|(count, unit)| format!("{}{unit}", number(count)))
        .collect();
    match told.as_slice() {
        [] => "0s".to_owned(),
        some => some.join(" "),
    }
}

/// What is left of a target: `3h 12m left`, `overdue by 20m`.
pub(super) fn left(left: TimeDelta) -> String {
    if left < TimeDelta::zero() {
        format!("overdue by {}", span(left))
    } else {
        format!("{} left", span(left))
    }
}

/// When a running clock is due: `due in 3h 12m (17:42)`, `overdue by 20m
/// (since 17:42)`.
pub(super) fn due(reading: &ClockReading, now: Timestamp, zone: &Zone) -> Option<String> {
    let at = reading.due?;
    let when = moment(at, now, zone);
    match reading.display {
        DisplayState::Overdue => Some(format!("overdue by {} (since {when})", span(now - at))),
        DisplayState::Ok | DisplayState::AtRisk => {
            Some(format!("due in {} ({when})", span(at - now)))
        }
        DisplayState::None
        | DisplayState::Paused
        | DisplayState::Met
        | DisplayState::Missed
        | DisplayState::Cancelled => None,
    }
}

/// A moment in the display zone, as near as it is: `17:42` today, `Tue 17:42`
/// within six days, else `2026-03-02 17:42`.
pub(super) fn moment(at: Timestamp, now: Timestamp, zone: &Zone) -> String {
    let (local, today) = (zone.local_time(at), zone.local_time(now).date());
    let days = (local.date() - today).num_days().abs();
    let form = match days {
        0 => "%H:%M",
        1..=6 => "%a %H:%M",
        _ => "%Y-%m-%d %H:%M",
    };
    local.format(form).to_string()
}

/// A moment in the display zone with its weekday, and how far away it is:
/// `Mon 2026-03-09 10:00, in 2d 16h`, `Fri 2026-03-06 17:00:30, 3h ago`.
pub(super) fn with_day(at: Timestamp, now: Timestamp, zone: &Zone) -> String {
    let form = match at.timestamp() % 60 {
        0 => "%a %Y-%m-%d %H:%M",
        _ => "%a %Y-%m-%d %H:%M:%S",
    };
    let told = zone.local_time(at).format(form);
    match at - now {
        ahead if ahead > TimeDelta::zero() => format!("{told}, in {}", span(ahead)),
        behind if behind < TimeDelta::zero() => format!("{told}, {} ago", span(behind)),
        _ => format!("{told}, now"),
    }
}

/// A moment in the display zone, in full.
pub(super) fn full(at: Timestamp, zone: &Zone) -> String {
    zone.local_time(at).format("%Y-%m-%d %H:%M").to_string()
}

/// Two moments in the display zone, exact enough to tell them apart.
pub(super) fn both(a: Timestamp, b: Timestamp, zone: &Zone) -> (String, String) {
    let told = |form: &str| {
        let told = |at| zone.local_time(at).format(form).to_string();
        (told(a), told(b))
    };
    for form in ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"] {
        let pair = told(form);
        if pair.0 != pair.1 {
            return pair;
        }
    }
    told("%Y-%m-%d %H:%M:%S%.3f")
}

/// A list: `a`, `a and b`, `a, b and c`.
pub(super) fn list<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [init @ .., last] => {
            let init: Vec<&str> = init.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", init.join(", "), last.as_ref())
        }
    }
}

/// How something came or went, with a space before it; nothing for a channel
/// that has no name.
pub(super) fn by(channel: Channel) -> String {
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

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn numbers_and_lengths_are_said_briefly() {
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(plural(1, "ticket"), "1 ticket");
        assert_eq!(plural(1_000, "ticket"), "1,000 tickets");
        let said = |s| span(TimeDelta::seconds(s));
        assert_eq!(
            [
                said(0),
                said(59),
                said(2_759),
                said(11_520),
                said(7_200),
                said(187_200),
                said(-90)
            ],
            ["0s", "59s", "45m", "3h 12m", "2h", "2d 4h", "1m"]
        );
        assert_eq!(left(TimeDelta::minutes(-20)), "overdue by 20m");
        assert_eq!(left(TimeDelta::minutes(192)), "3h 12m left");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    }

    #[test]
    fn a_moment_is_as_long_as_it_is_far() {
        let zone = Zone::utc();
        let now = at("2026-03-02T12:00:00Z");
        let said = |text| moment(at(text), now, &zone);
        assert_eq!(said("2026-03-02T17:42:00Z"), "17:42");
        assert_eq!(said("2026-03-03T17:42:00Z"), "Tue 17:42");
        assert_eq!(said("2026-02-24T17:42:00Z"), "Tue 17:42");
        assert_eq!(said("2026-03-09T17:42:00Z"), "2026-03-09 17:42");
    }

    #[test]
    fn moments_that_differ_read_differently() {
        let zone = Zone::utc();
        let pair = both(
            at("2026-03-02T12:00:00.5Z"),
            at("2026-03-02T12:00:00Z"),
            &zone,
        );
        assert_eq!(pair.0, "2026-03-02 12:00:00.500");
    }
}
