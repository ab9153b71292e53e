//! Collects what the events of a file close. Each day is kept once, however many
//! events close it.

use std::cell::RefCell;

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use super::day_budget::DayBudget;
use super::event::{CalendarEvent, Occurrence};
use super::exceptions::Exceptions;
use crate::domain::sla::calendar::{Holiday, HolidayDates, HolidaySource, TimedClosure};
use crate::domain::time::zone::Zone;

/// A longer run of days is kept as such.
const LONG_RUN: i64 = 400;
/// Maximum number of times that a file closes.
const MAX_TIMES: usize = 200_000;

/// The days and times that events close, by the event.
pub(super) struct ClosedDays<'e> {
    events: &'e [CalendarEvent],
    zone: &'e Zone,
    except: &'e Exceptions,
    /// Whether events with times close whole days.
    whole_days: bool,
    budget: &'e RefCell<DayBudget>,
    /// No event closes a day before.
    first: NaiveDate,
    /// For each day from the first on, the event that closes it, counted from 1.
    days: Vec<u32>,
    runs: Vec<(NaiveDate, NaiveDate, usize)>,
    times: Vec<(DateTime<Utc>, DateTime<Utc>, usize)>,
}

impl<'e> ClosedDays<'e> {
    pub(super) fn new(
        events: &'e [CalendarEvent],
        zone: &'e Zone,
        (except, whole_days): (&'e Exceptions, bool),
        budget: &'e RefCell<DayBudget>,
    ) -> Self {
        let first = events.iter().map(CalendarEvent::earliest).min();
        Self {
            events,
            zone,
            except,
            whole_days,
            budget,
            first: first.unwrap_or_default(),
            days: Vec::new(),
            runs: Vec::new(),
            times: Vec::new(),
        }
    }

    /// Closes what the occurrences of an event cover, by their local start times.
    ///
    /// # Errors
    /// If the file closes too much.
    pub(super) fn close(&mut self, event: usize, starts: &[NaiveDateTime]) -> Result<(), String> {
        // An event that does not recur costs little, whatever the others have cost.
        let recurs = starts.len() > 1;
        for start in starts {
            let occurrence = self.events[event].occurrence(*start);
            if recurs {
                self.budget.borrow_mut().spend(occurrence.cost())?;
            }
            match occurrence {
                Occurrence::Days(from, to) => self.close_days(event, from, to),
                Occurrence::Time(from, to) if self.whole_days => {
                    let last = (to - TimeDelta::seconds(1)).max(from);
                    let date = |at| self.zone.local_time(at).date();
                    self.close_days(event, date(from), date(last));
                }
                Occurrence::Time(from, to) => self.close_time(event, from, to)?,
            }
        }
        Ok(())
    }

    fn close_days(&mut self, event: usize, from: NaiveDate, to: NaiveDate) {
        if (to - from).num_days() > LONG_RUN && !self.except.has_dates() {
            self.runs.push((from, to, event));
            return;
        }
        for day in from.iter_days().take_while(|day| *day <= to) {
            if !self.except.has_date(day) {
                self.close_day(event, day);
            }
        }
    }

    /// Closes a day. Of several events, the first one with a name keeps it.
    fn close_day(&mut self, event: usize, day: NaiveDate) {
        let Ok(at) = usize::try_from((day - self.first).num_days()) else {
            return;
        };
        if at >= self.days.len() {
            self.days.resize(at + 1, 0);
        }
        let named = |event: usize| self.events[event].name.is_some();
        let number = |event: usize| u32::try_from(event + 1).unwrap_or(u32::MAX);
        match usize::try_from(self.days[at]).unwrap_or(0).checked_sub(1) {
            Some(before) if named(before) || !named(event) => {}
            Some(_) | None => self.days[at] = number(event),
        }
    }

    fn close_time(
        &mut self,
        event: usize,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<(), String> {
        if self.times.len() >= MAX_TIMES {
            return Err(format!("the file closes more than {MAX_TIMES} times"));
        }
        if !self.except.has_dates() {
            self.times.push((from, to, event));
            return Ok(());
        }
        let midnight = |day: NaiveDate| {
            let local = day.and_time(NaiveTime::MIN);
            self.zone.map_local_time(local).earliest()
        };
        let mut day = self.zone.local_time(from).date();
        let mut begins = from;
        while begins < to {
            let Some(next) = day.checked_add_days(Days::new(1)) else {
                break;
            };
            let ends = midnight(next).min(to).max(begins);
            if !self.except.has_date(day) && begins < ends {
                self.times.push((begins, ends, event));
            }
            (begins, day) = (ends, next);
        }
        Ok(())
    }

    /// The last date on which anything is closed.
    pub(super) fn last_date(&self) -> Option<NaiveDate> {
        let day = (!self.days.is_empty()).then(|| self.date(self.days.len() - 1));
        let runs = self.runs.iter().map(|run| run.1);
        let times = self.times.iter().map(|time| time.1).max();
        let times = times.map(|to| self.zone.local_time(to - TimeDelta::seconds(1)).date());
        day.into_iter().chain(runs).chain(times).max()
    }

    fn date(&self, at: usize) -> NaiveDate {
        let at = u64::try_from(at).unwrap_or(0);
        let day = self.first.checked_add_days(Days::new(at));
        day.unwrap_or(NaiveDate::MAX)
    }

    /// The holidays in order, with consecutive days of the same name joined.
    pub(super) fn holidays(&self) -> Vec<Holiday> {
        let mut runs = self.runs.clone();
        let closed = (0..).zip(&self.days).filter(|(_, event)| **event > 0);
        for (at, event) in closed {
            let (day, event) = (self.date(at), usize::try_from(event - 1).unwrap_or(0));
            let name = &self.events[event].name;
            match runs.last_mut() {
                Some(last)
                    if last.1.succ_opt() == Some(day) && self.events[last.2].name == *name =>
                {
                    last.1 = day;
                }
                Some(_) | None => runs.push((day, day, event)),
            }
        }
        runs.sort_by_key(|run| (run.0, run.1));
        let holiday = |(from, to, event): (NaiveDate, NaiveDate, usize)| Holiday {
            dates: HolidayDates::Range(from, to),
            name: self.events[event].name.clone(),
            source: HolidaySource::File,
        };
        runs.into_iter().map(holiday).collect()
    }

    /// The closed times, in the order of the file.
    pub(super) fn closures(&self) -> Vec<TimedClosure> {
        let closure = |(from, to, event): &(DateTime<Utc>, DateTime<Utc>, usize)| TimedClosure {
            from: *from,
            to: *to,
            name: self.events[*event].name.clone(),
        };
        self.times.iter().map(closure).collect()
    }
}
