//! Upcoming holidays and exceptions of a calendar.

use chrono::{NaiveDate, TimeDelta};

use super::closed_times::ClosedTime;
use super::intervals::{OpenIntervals, local_day, local_day_in, midnight};
use super::timetable::{DAY_S, Day, Timetable, date, day};
use super::{Calendar, LocalHours};
use crate::domain::Timestamp;

/// How far ahead to look for holidays: every yearly date occurs within 8 years.
const AHEAD: Day = 8 * 366;

/// Upcoming dates, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct UpcomingDates {
    pub(crate) holidays: Vec<UpcomingHoliday>,
    pub(crate) exceptions: Vec<UpcomingException>,
}

/// An upcoming holiday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UpcomingHoliday {
    /// The first date that is not in the past.
    pub(crate) first: NaiveDate,
    pub(crate) last: NaiveDate,
    pub(crate) name: Option<String>,
}

/// A date with a break, or with its own hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UpcomingException {
    pub(crate) date: NaiveDate,
    /// Whether the hours are a break; else they are the opening hours.
    pub(crate) is_break: bool,
    pub(crate) hours: Vec<LocalHours>,
    /// The name of the event that closes these hours, if it has one.
    pub(crate) name: Option<String>,
}

impl Calendar {
    /// The next closing time after an instant; `None` if there is none within
    /// 400 days.
    pub(crate) fn next_close(&self, at: Timestamp) -> Option<Timestamp> {
        let Self::Defined(table) = self else {
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

    /// The next holidays and exceptions from the local date of an instant on,
    /// at most `most` of each.
    pub(crate) fn upcoming(&self, at: Timestamp, most: usize) -> UpcomingDates {
        match self {
            Self::Always => UpcomingDates::default(),
            Self::Defined(table) => {
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
    let mut holidays: Vec<UpcomingHoliday> = Vec::new();
    for day in today..today + AHEAD {
        let Some((holiday, date)) = table.holiday(day).zip(date(day)) else {
            continue;
        };
        let name = &table.definition.holidays[holiday].name;
        let full = holidays.len() == most;
        match holidays.last_mut() {
            Some(last) if last.name == *name && last.last.succ_opt() == Some(date) => {
                last.last = date;
            }
            Some(_) if full => break,
            Some(_) | None => holidays.push(UpcomingHoliday {
                first: date,
                last: date,
                name: name.clone(),
            }),
        }
    }
    holidays
}

fn exceptions(table: &Timetable, today: Day, most: usize) -> Vec<UpcomingException> {
    let upcoming = |list: &[(NaiveDate, Vec<LocalHours>)], is_break| -> Vec<UpcomingException> {
        let ahead = list.iter().filter(|(date, _)| day(*date) >= today);
        ahead
            .map(|(date, hours)| UpcomingException {
                date: *date,
                is_break,
                hours: hours.clone(),
                name: None,
            })
            .collect()
    };
    let mut all = upcoming(&table.definition.shifts, false);
    all.extend(upcoming(&table.definition.breaks, true));
    let closed = table.closed.after(midnight(table, today)).iter();
    all.extend(closed.take(most).flat_map(|time| closed_dates(table, time)));
    all.retain(|exception| day(exception.date) >= today);
    all.sort_by_key(|exception| (exception.date, exception.is_break));
    all.truncate(most);
    all
}

/// What a closed time closes on each local date that it touches.
fn closed_dates(table: &Timetable, time: &ClosedTime) -> Vec<UpcomingException> {
    let zone = &table.definition.zone;
    let days = local_day_in(zone, time.from)..=local_day_in(zone, time.to - 1);
    let wall = |at: i64| at + i64::from(zone.offset_at(at));
    let on = |day: Day| {
        let from_s = (wall(time.from) - day * DAY_S).max(0);
        let to_s = (wall(time.to) - day * DAY_S).min(DAY_S);
        let hours = LocalHours {
            from_s: u32::try_from(from_s).ok()?,
            to_s: u32::try_from(to_s).ok()?,
        };
        Some(UpcomingException {
            date: date(day)?,
            is_break: true,
            hours: vec![hours],
            name: table.definition.closures[time.closure].name.clone(),
        })
    };
    days.filter_map(on).collect()
}
