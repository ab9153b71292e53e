//! What is to come on a calendar that a week does not tell.

use chrono::{NaiveDate, TimeDelta};

use super::intervals::{OpenIntervals, local_day};
use super::timetable::{Day, Timetable, date, day};
use super::{Calendar, LocalHours};
use crate::domain::Timestamp;

/// How far holidays are looked for: every yearly date comes within 8 years,
/// and nobody asks further.
const AHEAD: Day = 8 * 366;

/// Dates to come, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct UpcomingDates {
    pub(crate) holidays: Vec<UpcomingHoliday>,
    pub(crate) exceptions: Vec<UpcomingException>,
}

/// A holiday to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UpcomingHoliday {
    /// The first date of it that is to come.
    pub(crate) first: NaiveDate,
    pub(crate) last: NaiveDate,
    pub(crate) name: Option<String>,
}

/// A date with hours of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UpcomingException {
    pub(crate) date: NaiveDate,
    /// Whether the hours are closed, or else those that are open.
    pub(crate) is_break: bool,
    pub(crate) hours: Vec<LocalHours>,
}

impl Calendar {
    /// The next closing time after a moment; nothing if there is none within
    /// 400 days.
    pub(crate) fn next_close(&self, at: Timestamp) -> Option<Timestamp> {
        let Self::Planned(table) = self else {
            return None;
        };
        let mut closes = None;
        for next in OpenIntervals::over(table, at, at.checked_add_signed(TimeDelta::days(400))?) {
            match closes {
                Some(closes) if next.from > closes => break,
                Some(_) => closes = Some(next.to),
                None if next.to > at.timestamp() => closes = Some(next.to),
                None => {}
            }
        }
        let closes = Timestamp::from_timestamp(closes?, 0)?;
        (closes < at + TimeDelta::days(400)).then_some(closes)
    }

    /// The next holidays and exceptions from the local date of a moment on,
    /// so many of each.
    pub(crate) fn upcoming(&self, at: Timestamp, most: usize) -> UpcomingDates {
        match self {
            Self::Always => UpcomingDates::default(),
            Self::Planned(table) => {
                let today = local_day(table, at);
                UpcomingDates {
                    holidays: holidays(table, today, most),
                    exceptions: exceptions(table, today, most),
                }
            }
        }
    }
}

fn holidays(table: &Timetable, today: Day, most: usize) -> Vec<UpcomingHoliday> {
    let mut coming: Vec<UpcomingHoliday> = Vec::new();
    for day in today..today + AHEAD {
        let Some((holiday, date)) = table.holiday(day).zip(date(day)) else {
            continue;
        };
        let name = &table.definition.holidays[holiday].name;
        let full = coming.len() == most;
        match coming.last_mut() {
            Some(last) if last.name == *name && last.last.succ_opt() == Some(date) => {
                last.last = date;
            }
            Some(_) if full => break,
            Some(_) | None => coming.push(UpcomingHoliday {
                first: date,
                last: date,
                name: name.clone(),
            }),
        }
    }
    coming
}

fn exceptions(table: &Timetable, today: Day, most: usize) -> Vec<UpcomingException> {
    let of = |list: &[(NaiveDate, Vec<LocalHours>)], is_break| -> Vec<UpcomingException> {
        let ahead = list.iter().filter(|(date, _)| day(*date) >= today);
        ahead
            .map(|(date, hours)| UpcomingException {
                date: *date,
                is_break,
                hours: hours.clone(),
            })
            .collect()
    };
    let mut all = of(&table.definition.shifts, false);
    all.extend(of(&table.definition.breaks, true));
    all.sort_by_key(|exception| (exception.date, exception.is_break));
    all.truncate(most);
    all
}
