//! Parses dates, times of day and offsets, each a single word of digits. Needs
//! neither a zone nor the current date.

use chrono::{FixedOffset, NaiveDate, NaiveTime};

use super::ParseTimeError;

/// Parses a date; `None` if the word does not look like one.
pub(super) fn date(word: &str) -> Option<Result<NaiveDate, ParseTimeError>> {
    let separator = word.chars().find(|c| !c.is_ascii_digit())?;
    let parts: Vec<&str> = word.split(separator).collect();
    let [a, b, c] = parts.as_slice() else {
        return None;
    };
    let (first, second, third) = (number(a)?, number(b)?, number(c)?);
    let typed = || word.to_owned();
    let year_first = a.len() == 4 && b.len() <= 2 && c.len() <= 2;
    let year_last = a.len() <= 2 && b.len() <= 2 && matches!(c.len(), 2 | 4);
    let century = if c.len() == 2 { 2000 } else { 0 };
    let ymd =
        |year: u32, month, day| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day);
    let day_first = ymd(century + third, second, first).filter(|_| year_last);
    let month_first = ymd(century + third, first, second).filter(|_| year_last);
    let known = match separator {
        '-' if year_first => ymd(first, second, third),
        '.' if year_last && c.len() == 4 => day_first,
        '-' | '/' if year_first || year_last => {
            let year_first = ymd(first, second, third).filter(|_| year_first);
            return Some(Err(match (day_first, month_first, year_first) {
                (Some(day_first), Some(month_first), _) if day_first != month_first => {
                    ParseTimeError::Ambiguous {
                        typed: typed(),
                        day_first,
                        month_first,
                    }
                }
                (Some(date), _, _) | (_, Some(date), _) | (_, _, Some(date)) => {
                    ParseTimeError::Order {
                        typed: typed(),
                        date,
                    }
                }
                (None, None, None) => ParseTimeError::NoSuchDate { typed: typed() },
            }));
        }
        _ => return None,
    };
    Some(known.ok_or_else(|| ParseTimeError::NoSuchDate { typed: typed() }))
}

/// Parses a time of day (`14:30`, `14:30:05.250`, `9am`, `2:30pm`); `None` if the
/// word does not look like one.
pub(super) fn time(word: &str) -> Option<Result<NaiveTime, ParseTimeError>> {
    let (clock, half) = match (word.strip_suffix("am"), word.strip_suffix("pm")) {
        (Some(clock), _) => (clock, Some(0)),
        (None, Some(clock)) => (clock, Some(12)),
        (None, None) => (word, None),
    };
    let parts: Vec<&str> = clock.split(':').collect();
    let (hour, minute, second) = match (parts.as_slice(), half) {
        ([hour], Some(_)) => (*hour, "00", "00"),
        ([hour, minute], _) => (*hour, *minute, "00"),
        ([hour, minute, second], _) => (*hour, *minute, *second),
        _ => return None,
    };
    let (second, fraction) = second.split_once('.').unwrap_or((second, "0"));
    if hour.len() > 2 || minute.len() != 2 || second.len() != 2 {
        return None;
    }
    let (hour, minute, second) = (number(hour)?, number(minute)?, number(second)?);
    let millis = milliseconds(fraction)?;
    let hour = match half {
        None => Some(hour),
        Some(more) => (1..=12).contains(&hour).then_some(hour % 12 + more),
    };
    let time = hour.and_then(|hour| NaiveTime::from_hms_milli_opt(hour, minute, second, millis));
    Some(time.ok_or_else(|| ParseTimeError::NoSuchTime {
        typed: word.to_owned(),
    }))
}

/// Parses an offset from UTC: `z`, `+01:00`, `+0100` or `+01`.
pub(super) fn offset(text: &str) -> Option<FixedOffset> {
    if text == "z" {
        return FixedOffset::east_opt(0);
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+')?),
    };
    let (hours, minutes) = digits.split_at_checked(2)?;
    let minutes = match minutes.strip_prefix(':').unwrap_or(minutes) {
        "" if digits.len() == 2 => 0,
        minutes if minutes.len() == 2 => number(minutes)?,
        _ => return None,
    };
    let hours = number(hours)?;
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    FixedOffset::east_opt(sign * seconds).filter(|_| hours < 24 && minutes < 60)
}

/// Parses ASCII digits.
fn number(text: &str) -> Option<u32> {
    let plain = text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| plain)
}

/// Parses the digits after a decimal point as milliseconds, dropping finer ones.
fn milliseconds(digits: &str) -> Option<u32> {
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then_some(())?;
    number(&format!("{digits:0<3}")[..3])
}
