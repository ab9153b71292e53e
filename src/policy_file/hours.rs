//! Parses opening hours and dates: `09:00-17:30`, `2026-12-24`, `12-25`,
//! `2026-12-24..2026-12-31`.

use chrono::{Datelike, NaiveDate};

use crate::domain::sla::calendar::{HolidayDates, LocalHours};

const DAY_S: u32 = 86_400;
const HOURS_FORMAT: &str = "write from-to as in 09:00-17:30, 22:00-06:00 or 18:00-24:00";
const DATES_FORMAT: &str = "write 2026-12-25, 12-25 for every year, or 2026-12-24..2026-12-31";

/// Parses a time range of a day; one that ends before it starts crosses
/// midnight.
pub(super) fn parse_hours(typed: &str) -> Result<LocalHours, String> {
    let wrong = || format!("'{typed}' is not a time range: {HOURS_FORMAT}");
    let (from, to) = typed.split_once(['-', '–']).ok_or_else(wrong)?;
    let (from_s, to_s) = (
        parse_time(from).ok_or_else(wrong)?,
        parse_time(to).ok_or_else(wrong)?,
    );
    if from_s == DAY_S {
        return Err(format!(
            "'{typed}' starts at 24:00, which can only end a day: {HOURS_FORMAT}"
        ));
    }
    if from_s == to_s {
        return Err(format!(
            "'{typed}' is empty: for a whole day write 00:00-24:00"
        ));
    }
    let past_midnight = if to_s < from_s { DAY_S } else { 0 };
    Ok(LocalHours {
        from_s,
        to_s: to_s + past_midnight,
    })
}

/// Parses `HH:MM` or `HH:MM:SS`, up to 24:00, into seconds after midnight.
fn parse_time(typed: &str) -> Option<u32> {
    let parts: Vec<&str> = typed.trim().split(':').collect();
    let digits = |part: &&str| (1..=2).contains(&part.len()) && is_digits(part);
    if !(2..=3).contains(&parts.len()) || !parts.iter().all(digits) {
        return None;
    }
    if parts[1..].iter().any(|part| part.len() != 2) {
        return None;
    }
    let numbers: Vec<u32> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    let (hour, minute) = (*numbers.first()?, *numbers.get(1)?);
    let second = numbers.get(2).copied().unwrap_or(0);
    let at = hour * 3600 + minute * 60 + second;
    (minute < 60 && second < 60 && at <= DAY_S).then_some(at)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Sorts time ranges and returns the first two that overlap.
pub(super) fn sort_and_find_overlap(hours: &mut [LocalHours]) -> Option<(LocalHours, LocalHours)> {
    hours.sort_unstable();
    let pair = hours.windows(2).find(|pair| pair[1].from_s < pair[0].to_s);
    pair.map(|pair| (pair[0], pair[1]))
}

/// The hours of a day that cross midnight and overlap those of the next day, with
/// the first hours of that day.
pub(super) fn overnight_overlap(
    day: &[LocalHours],
    next: &[LocalHours],
) -> Option<(LocalHours, LocalHours)> {
    let late = day.iter().max_by_key(|hours| hours.to_s)?;
    let first = next.iter().min()?;
    (late.to_s > DAY_S + first.from_s).then_some((*late, *first))
}

/// Formats a time range as it is typed.
pub(super) fn format_hours(hours: LocalHours) -> String {
    let time = |at: u32| {
        let (hour, minute, second) = (at / 3600, at / 60 % 60, at % 60);
        if second == 0 {
            format!("{hour:02}:{minute:02}")
        } else {
            format!("{hour:02}:{minute:02}:{second:02}")
        }
    };
    let to = hours.to_s;
    let to = if to > DAY_S { to - DAY_S } else { to };
    format!("{}-{}", time(hours.from_s), time(to))
}

/// Parses a date of the years 1 to 9999.
pub(super) fn parse_date(typed: &str) -> Result<NaiveDate, String> {
    match date_parts(typed) {
        Some(DateParts::Full(date)) => date.ok_or_else(|| nonexistent_date(typed)),
        Some(DateParts::Yearly(..)) | None => Err(not_a_date(typed, "write it as 2026-12-25")),
    }
}

fn nonexistent_date(typed: &str) -> String {
    format!("{} does not exist", typed.trim())
}

fn not_a_date(typed: &str, accepted: &str) -> String {
    let mut parts = typed
        .split(['/', '.'])
        .map(|part| part.trim().parse::<u32>());
    let (day, month, year) = (parts.next(), parts.next(), parts.next());
    let either = |part| matches!(part, Some(Ok(1..=12)));
    if either(day) && either(month) && matches!(year, None | Some(Ok(_))) {
        format!("'{typed}' is ambiguous: {accepted}")
    } else {
        format!("'{typed}' is not a date: {accepted}")
    }
}

enum DateParts {
    /// `None` for a date that does not exist.
    Full(Option<NaiveDate>),
    Yearly(u32, u32),
}

/// Splits `YYYY-MM-DD` or `MM-DD`; `None` for any other format.
fn date_parts(typed: &str) -> Option<DateParts> {
    let parts: Vec<&str> = typed.trim().split('-').collect();
    if !parts.iter().all(|part| is_digits(part)) {
        return None;
    }
    let number = |text: &str| text.parse::<u32>().ok();
    match parts[..] {
        [year, month, day] if (year.len(), month.len(), day.len()) == (4, 2, 2) => {
            let year = year.parse::<i32>().ok()?;
            let date = NaiveDate::from_ymd_opt(year, number(month)?, number(day)?);
            Some(DateParts::Full(date.filter(|date| date.year() >= 1)))
        }
        [month, day] if (month.len(), day.len()) == (2, 2) => {
            Some(DateParts::Yearly(number(month)?, number(day)?))
        }
        [..] => None,
    }
}

/// Parses the dates of a holiday: a date, a month and day, or a range.
pub(super) fn parse_holiday(typed: &str) -> Result<Vec<HolidayDates>, String> {
    let Some((first, last)) = typed.split_once("..") else {
        return match date_parts(typed) {
            Some(DateParts::Full(date)) => {
                let date = date.ok_or_else(|| nonexistent_date(typed))?;
                Ok(vec![HolidayDates::Range(date, date)])
            }
            Some(DateParts::Yearly(month, day)) => {
                date_in_leap_year(month, day).ok_or_else(|| nonexistent_date(typed))?;
                Ok(vec![HolidayDates::Yearly(month, day)])
            }
            None => Err(not_a_date(typed, DATES_FORMAT)),
        };
    };
    let backwards = || format!("'{typed}' ends before it starts");
    let (from, to) = (
        date_parts(first).ok_or_else(|| not_a_date(first, DATES_FORMAT))?,
        date_parts(last).ok_or_else(|| not_a_date(last, DATES_FORMAT))?,
    );
    match (from, to) {
        (DateParts::Full(from), DateParts::Full(to)) => {
            let from = from.ok_or_else(|| nonexistent_date(first))?;
            let to = to.ok_or_else(|| nonexistent_date(last))?;
            if from > to {
                return Err(backwards());
            }
            Ok(vec![HolidayDates::Range(from, to)])
        }
        (DateParts::Yearly(month, day), DateParts::Yearly(to_month, to_day)) => {
            let from = date_in_leap_year(month, day).ok_or_else(|| nonexistent_date(first))?;
            let to = date_in_leap_year(to_month, to_day).ok_or_else(|| nonexistent_date(last))?;
            if from > to {
                return Err(format!(
                    "{}; across New Year write two ranges, the first up to 12-31",
                    backwards()
                ));
            }
            let days = from.iter_days().take_while(|day| *day <= to);
            Ok(days
                .map(|day| HolidayDates::Yearly(day.month(), day.day()))
                .collect())
        }
        (DateParts::Full(_), DateParts::Yearly(..))
        | (DateParts::Yearly(..), DateParts::Full(_)) => Err(format!(
            "'{typed}' has a year on one side only: give both ends a year, or neither"
        )),
    }
}

/// The month and day in a leap year, in which every valid one exists.
fn date_in_leap_year(month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2024, month, day)
}
