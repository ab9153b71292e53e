//! Checks what every calendar guarantees: from any instant there is an open
//! second within 400 days.

use super::CalendarError;
use super::intervals::{DayIntervals, END, FIRST};
use super::timetable::{DAY_S, Day, Timetable, date, day};

/// The longest closed period in days.
const MAX_CLOSED: Day = 400;

/// Checks all years with dates of their own and, unless the plain week is
/// enough already, one full 400-year cycle of dates and weekdays.
pub(super) fn check(table: &Timetable) -> Result<(), CalendarError> {
    // Zones have transitions of single years between 1850 and 2100. After
    // that, zone rules, Gregorian dates and weekdays repeat every 400 years.
    let known = (year(1850), year(1970), year(2500));
    let special = table.special_days();
    if table.opens_every_year() {
        let around = |(first, last)| check_days(table, first - 2 * MAX_CLOSED, last);
        return special.map_or(Ok(()), around);
    }
    let (first, last) = special.unwrap_or((known.1, known.1));
    // Current years first, because the error names the date.
    check_days(table, known.1, known.2.max(last + 400 * 366))?;
    check_days(table, known.0.min(first) - 2 * MAX_CLOSED, known.1)
}

/// Jumps from the end of one open interval to the last one that begins within
/// the time allowed, until the last day.
fn check_days(table: &Timetable, first: Day, last: Day) -> Result<(), CalendarError> {
    let first = first.max(FIRST);
    let last = (last + 2 * MAX_CLOSED).min(END - 1);
    let mut days = DayIntervals::new(table);
    let (mut from, mut closed) = (first, first * DAY_S);
    while from < last {
        let limit = closed + MAX_CLOSED * DAY_S;
        // A local date begins up to a day before or after its UTC date.
        let latest = (limit.div_euclid(DAY_S) + 2).min(END - 1);
        let next = (from..=latest).rev().find_map(|day| {
            let interval = days.day(day)?;
            (interval.from < limit && interval.to > closed).then_some((day, interval.to))
        });
        match next {
            Some((day, to)) => (from, closed) = (day, to),
            // No later opening before the last supported date.
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
