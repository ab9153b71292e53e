//! Opening hours and dates as they are typed: `09:00-17:30`, `2026-12-24`,
//! `12-25`, `2026-12-24..2026-12-31`.

use chrono::{Datelike, NaiveDate};

use crate::domain::sla::calendar::{HolidayDates, LocalHours};

const DAY_S: u32 = 86_400;
const FORM: &str = "write from-to as in 09:00-17:30, 22:00-06:00 or 18:00-24:00";
const DATES: &str = "write 2026-12-25, 12-25 for every year, or 2026-12-24..2026-12-31";

/// Reads a stretch of a day; one that ends before it begins goes past
/// midnight.
pub(super) fn segment(typed: &str) -> Result<LocalHours, String> {
    let wrong = || format!("'{typed}' is no stretch of a day: {FORM}");
    let (from, to) = typed.split_once(['-', '–']).ok_or_else(wrong)?;
    let (from_s, to_s) = (time(from).ok_or_else(wrong)?, time(to).ok_or_else(wrong)?);
    if from_s == DAY_S {
        return Err(format!(
            "'{typed}' begins at 24:00, which only ends a day: {FORM}"
        ));
    }
    if from_s == to_s {
        return Err(format!(
            "'{typed}' has no length: for a whole day write 00:00-24:00"
        ));
    }
    let past_midnight = if to_s < from_s { DAY_S } else { 0 };
    Ok(LocalHours {
        from_s,
        to_s: to_s + past_midnight,
    })
}

/// Seconds after midnight of `HH:MM` or `HH:MM:SS`, up to 24:00.
fn time(typed: &str) -> Option<u32> {
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

/// Orders stretches and finds the first two that overlap.
pub(super) fn overlap(hours: &mut [LocalHours]) -> Option<(LocalHours, LocalHours)> {
    hours.sort_unstable();
    let pair = hours.windows(2).find(|pair| pair[1].from_s < pair[0].to_s);
    pair.map(|pair| (pair[0], pair[1]))
}

/// Whether what begins on one day runs into the hours of the next.
pub(super) fn runs_into(
    day: &[LocalHours],
    next: &[LocalHours],
) -> Option<(LocalHours, LocalHours)> {
    let late = day.iter().max_by_key(|hours| hours.to_s)?;
    let first = next.iter().min()?;
    (late.to_s > DAY_S + first.from_s).then_some((*late, *first))
}

/// A stretch as it is typed.
pub(super) fn spelled(hours: LocalHours) -> String {
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

/// Reads a date of the years 1 to 9999.
pub(super) fn date(typed: &str) -> Result<NaiveDate, String> {
    match parts(typed) {
        Some(Parts::Full(date)) => date.ok_or_else(|| not_there(typed)),
        Some(Parts::Yearly(..)) | None => Err(no_date(typed, "write it as 2026-12-25")),
    }
}

fn not_there(typed: &str) -> String {
    format!("there is no {} in the calendar", typed.trim())
}

fn no_date(typed: &str, form: &str) -> String {
    let mut parts = typed
        .split(['/', '.'])
        .map(|part| part.trim().parse::<u32>());
    let (day, month, year) = (parts.next(), parts.next(), parts.next());
    let either = |part| matches!(part, Some(Ok(1..=12)));
    if either(day) && either(month) && matches!(year, None | Some(Ok(_))) {
        format!("'{typed}' can be read in more than one way: {form}")
    } else {
        format!("'{typed}' is no date: {form}")
    }
}

enum Parts {
    /// `None` for one that no calendar has.
    Full(Option<NaiveDate>),
    Yearly(u32, u32),
}

/// The parts of `YYYY-MM-DD` or `MM-DD`; `None` for another shape.
fn parts(typed: &str) -> Option<Parts> {
    let parts: Vec<&str> = typed.trim().split('-').collect();
    if !parts.iter().all(|part| is_digits(part)) {
        return None;
    }
    let number = |text: &str| text.parse::<u32>().ok();
    match parts[..] {
        [year, month, day] if (year.len(), month.len(), day.len()) == (4, 2, 2) => {
            let year = year.parse::<i32>().ok()?;
            let date = NaiveDate::from_ymd_opt(year, number(month)?, number(day)?);
            Some(Parts::Full(date.filter(|date| date.year() >= 1)))
        }
        [month, day] if (month.len(), day.len()) == (2, 2) => {
            Some(Parts::Yearly(number(month)?, number(day)?))
        }
        [..] => None,
    }
}

/// Reads the dates of a holiday.
pub(super) fn holiday(typed: &str) -> Result<Vec<HolidayDates>, String> {
    let Some((first, last)) = typed.split_once("..") else {
        return match parts(typed) {
            Some(Parts::Full(date)) => {
                let date = date.ok_or_else(|| not_there(typed))?;
                Ok(vec![HolidayDates::Range(date, date)])
            }
            Some(Parts::Yearly(month, day)) => {
                leap(month, day).ok_or_else(|| not_there(typed))?;
                Ok(vec![HolidayDates::Yearly(month, day)])
            }
            None => Err(no_date(typed, DATES)),
        };
    };
    let backwards = || format!("'{typed}' ends before it begins");
    let (from, to) = (
        parts(first).ok_or_else(|| no_date(first, DATES))?,
        parts(last).ok_or_else(|| no_date(last, DATES))?,
    );
    match (from, to) {
        (Parts::Full(from), Parts::Full(to)) => {
            let from = from.ok_or_else(|| not_there(first))?;
            let to = to.ok_or_else(|| not_there(last))?;
            if from > to {
                return Err(backwards());
            }
            Ok(vec![HolidayDates::Range(from, to)])
        }
        (Parts::Yearly(month, day), Parts::Yearly(to_month, to_day)) => {
            let from = leap(month, day).ok_or_else(|| not_there(first))?;
            let to = leap(to_month, to_day).ok_or_else(|| not_there(last))?;
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
        (Parts::Full(_), Parts::Yearly(..)) | (Parts::Yearly(..), Parts::Full(_)) => Err(format!(
            "'{typed}' has a year on one side only: give both of its ends a year, or none"
        )),
    }
}

/// A month and day in a year that has them all.
fn leap(month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2024, month, day)
}
