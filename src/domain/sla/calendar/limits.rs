//! The one promise that every calendar gives: wherever one looks, there is an
//! open second within 400 days.

use super::CalendarError;
use super::intervals::{DayIntervals, END, FIRST};
use super::timetable::{DAY_S, Day, Timetable, date, day};

/// The longest that nothing may be open.
const LONGEST: Day = 400;

/// Looks at all years in which something of its own happens, and, unless its
/// plain week does already, at as many others as the dates take to come round.
pub(super) fn check(table: &Timetable) -> Result<(), CalendarError> {
    // The years for which zones are known one by one, and 400 after them:
    // the Gregorian dates and weekdays repeat.
    let known = (year(1850), year(1970), year(2500));
    let singular = table.singular();
    if table.opens_every_year() {
        let around = |(first, last)| between(table, first - 2 * LONGEST, last);
        return singular.map_or(Ok(()), around);
    }
    let (first, last) = singular.unwrap_or((known.1, known.1));
    // The years of today first: the date is told to people.
    between(table, known.1, known.2.max(last + 400 * 366))?;
    between(table, known.0.min(first) - 2 * LONGEST, known.1)
}

/// Goes from the end of one open stretch to the last one that begins within
/// the time allowed, and so on.
fn between(table: &Timetable, first: Day, last: Day) -> Result<(), CalendarError> {
    let first = first.max(FIRST);
    let last = (last + 2 * LONGEST).min(END - 1);
    let mut days = DayIntervals::of(table);
    let (mut from, mut closed) = (first, first * DAY_S);
    while from < last {
        let limit = closed + LONGEST * DAY_S;
        // A local date begins up to a day before or after its UTC date.
        let latest = (limit.div_euclid(DAY_S) + 2).min(END - 1);
        let next = (from..=latest).rev().find_map(|day| {
            let stretch = days.day(day)?;
            (stretch.from < limit && stretch.to > closed).then_some((day, stretch.to))
        });
        match next {
            Some((day, to)) => (from, closed) = (day, to),
            // Nothing opens any more before the last date there is.
            None if latest == END - 1 => return Ok(()),
            None => {
                let from = date(closed.div_euclid(DAY_S)).unwrap_or_default();
                return Err(CalendarError::NeverOpen { from });
            }
        }
    }
    Ok(())
}

fn year(year: i32) -> Day {
    chrono::NaiveDate::from_ymd_opt(year, 1, 1).map_or(0, day)
}
