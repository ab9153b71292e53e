//! The Date field (RFC 5322), and how else dates are written there.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Reads a date; `None` if there is none in it.
pub(super) fn parse(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if let Ok(date) = DateTime::parse_from_rfc3339(text) {
        return Some(date.with_timezone(&Utc));
    }
    let mut found = Fields::default();
    let text = text.split('(').next().unwrap_or(text);
    for word in text
        .split([' ', ',', '\t', '-'])
        .filter(|word| !word.is_empty())
        .take(12)
    {
        found.take(word);
    }
    // A hyphen parts days from months, and is the sign of an offset too.
    let zone = text.split_whitespace().rev().find_map(offset);
    let date = NaiveDate::from_ymd_opt(found.year?, found.month?, found.day?)?;
    let (hour, minute, second) = found.time.unwrap_or_default();
    let local = date.and_hms_opt(hour, minute, second.min(59))?;
    let utc = local.checked_sub_signed(TimeDelta::minutes(zone.unwrap_or(0)))?;
    Some(utc.and_utc())
}

#[derive(Default)]
struct Fields {
    day: Option<u32>,
    month: Option<u32>,
    year: Option<i32>,
    time: Option<(u32, u32, u32)>,
}

impl Fields {
    fn take(&mut self, word: &str) {
        if word.contains(':') {
            if self.time.is_none() {
                self.time = time(word);
            }
        } else if let Ok(number) = word.parse::<i32>() {
            self.number(number, word);
        } else if self.month.is_none() {
            let lower = word.to_lowercase();
            let name = lower.get(..3).unwrap_or_default();
            let at = MONTHS.iter().position(|month| *month == name);
            self.month = at.and_then(|at| u32::try_from(at + 1).ok());
        }
    }

    fn number(&mut self, number: i32, word: &str) {
        if word.starts_with('+') {
            return;
        }
        let day = u32::try_from(number)
            .ok()
            .filter(|day| (1..=31).contains(day));
        if self.day.is_none() && day.is_some() && word.len() <= 2 {
            self.day = day;
        } else if self.year.is_none() && (self.time.is_none() || word.len() == 4) {
            self.year = match (word.len(), number) {
                (1 | 2, 0..=49) => Some(number + 2000),
                (1..=3, 50..=999) => Some(number + 1900),
                (4, 1900..=9999) => Some(number),
                _ => None,
            };
        }
    }
}

fn time(word: &str) -> Option<(u32, u32, u32)> {
    let word = word.split(['.', '+']).next().unwrap_or(word);
    let mut numbers = word.split(':').map(|number| number.parse::<u32>().ok());
    let (hour, minute) = (numbers.next()??, numbers.next()??);
    Some((hour, minute, numbers.next().flatten().unwrap_or(0)))
}

/// The offset of a zone from UTC, in minutes.
fn offset(word: &str) -> Option<i64> {
    let upper = word.to_ascii_uppercase();
    let bare = upper
        .strip_prefix("GMT")
        .or_else(|| upper.strip_prefix("UTC"));
    let bare = bare.filter(|rest| !rest.is_empty()).unwrap_or(&upper);
    let sign = match bare.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return named(bare),
    };
    let digits: String = bare.chars().filter(char::is_ascii_digit).collect();
    if digits.len() != 4 || bare.len() > 6 {
        return None;
    }
    let number: i64 = digits.parse().ok()?;
    let minutes = number / 100 * 60 + number % 100;
    (minutes < 24 * 60).then_some(sign * minutes)
}

fn named(zone: &str) -> Option<i64> {
    let hours = match zone {
        "UT" | "UTC" | "GMT" | "Z" | "WET" => 0,
        "CET" | "BST" | "MET" | "WEST" => 1,
        "CEST" | "EET" | "MEST" => 2,
        "EEST" | "MSK" => 3,
        "WIB" => 7,
        "WITA" => 8,
        "WIT" | "JST" => 9,
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        _ => return None,
    };
    Some(hours * 60)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn dates_are_read_in_every_writing() {
        for (written, read) in [
            ("Fri, 21 Nov 2025 09:55:06 -0600", "2025-11-21T15:55:06Z"),
            ("21 Nov 2025 09:55 +0530 (IST)", "2025-11-21T04:25:00Z"),
            ("Fri, 21 Nov 97 09:55:06 GMT", "1997-11-21T09:55:06Z"),
            ("21-Nov-2025 09:55:06 EST", "2025-11-21T14:55:06Z"),
            ("Fri Nov 21 09:55:06 2025", "2025-11-21T09:55:06Z"),
            ("2025-11-21T09:55:06+01:00", "2025-11-21T08:55:06Z"),
            ("Fri, 21 Nov 2025 09:55:60 GMT+0200", "2025-11-21T07:55:59Z"),
        ] {
            let date = parse(written).expect(written);
            assert_eq!(
                date.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
                read,
                "{written}"
            );
        }
        for nothing in ["", "yesterday", "99 Foo 2025", "31 Feb 2025 10:00 +0000"] {
            assert_eq!(parse(nothing), None, "{nothing}");
        }
    }
}
