//! The rules of calendars: cases on single days, and random definitions
//! against a naive calculation.

mod business_days;
mod cases;
mod limits;
mod oracle;
mod properties;
mod speed;

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use super::*;

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Seconds after midnight, of `9:00` or `30:00`.
fn clock(text: &str) -> u32 {
    let (h, m) = text.split_once(':').unwrap();
    h.parse::<u32>().unwrap() * 3600 + m.parse::<u32>().unwrap() * 60
}

/// `9:00-12:00 13:00-17:30`.
fn hours(text: &str) -> Vec<LocalHours> {
    let one = |span: &str| {
        let (from, to) = span.split_once('-').unwrap();
        LocalHours {
            from_s: clock(from),
            to_s: clock(to),
        }
    };
    text.split_whitespace().map(one).collect()
}

/// A definition with the same hours on every day.
fn daily(zone: &str, text: &str) -> CalendarDefinition {
    CalendarDefinition {
        zone: Zone::from_name(zone).unwrap(),
        week: std::array::from_fn(|_| hours(text)),
        holidays: vec![],
        breaks: vec![],
        shifts: vec![],
        open_holidays: BTreeSet::new(),
        closures: vec![],
    }
}

/// A definition with hours from Monday to Friday.
fn weekdays(zone: &str, text: &str) -> CalendarDefinition {
    let mut definition = daily(zone, text);
    definition.week[5].clear();
    definition.week[6].clear();
    definition
}

impl CalendarDefinition {
    fn holiday(mut self, first: &str, last: &str, name: &str) -> Self {
        self.holidays.push(Holiday {
            dates: HolidayDates::Range(date(first), date(last)),
            name: (!name.is_empty()).then(|| name.to_owned()),
            source: HolidaySource::Policy,
        });
        self
    }

    fn yearly(mut self, month: u32, day: u32) -> Self {
        self.holidays.push(Holiday {
            dates: HolidayDates::Yearly(month, day),
            name: None,
            source: HolidaySource::Policy,
        });
        self
    }

    /// The dates of a file.
    fn file_holiday(self, first: &str, last: &str, name: &str) -> Self {
        let mut all = self.holiday(first, last, name);
        if let Some(last) = all.holidays.last_mut() {
            last.source = HolidaySource::File;
        }
        all
    }

    /// An event with times, in UTC.
    fn event(mut self, from: &str, to: &str, name: &str) -> Self {
        self.closures.push(TimedClosure {
            from: moment(from),
            to: moment(to),
            name: (!name.is_empty()).then(|| name.to_owned()),
        });
        self
    }

    fn shift(mut self, on: &str, text: &str) -> Self {
        self.shifts.push((date(on), hours(text)));
        self
    }

    fn pause(mut self, on: &str, text: &str) -> Self {
        self.breaks.push((date(on), hours(text)));
        self
    }

    fn calendar(self) -> Calendar {
        Calendar::new(self).unwrap()
    }
}

/// The open time of a definition in minutes between two local times.
#[track_caller]
fn minutes(definition: CalendarDefinition, from: &str, to: &str) -> i64 {
    let at = |text: &str| {
        let local = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        definition.zone.map_local_time(local).earliest()
    };
    let (from, to) = (at(from), at(to));
    let span = definition.calendar().between(from, to);
    assert_eq!(span.num_seconds() % 60, 0);
    span.num_minutes()
}

/// When a number of minutes is used up, in local time.
#[track_caller]
fn due(definition: CalendarDefinition, from: &str, minutes: i64) -> String {
    let zone = definition.zone.clone();
    let local = chrono::NaiveDateTime::parse_from_str(from, "%Y-%m-%d %H:%M").unwrap();
    let at = definition
        .calendar()
        .add(
            zone.map_local_time(local).earliest(),
            TimeDelta::minutes(minutes),
        )
        .unwrap();
    zone.local_time(at).format("%a %Y-%m-%d %H:%M").to_string()
}

/// The segments between two UTC instants, in local time.
fn segments_between(definition: CalendarDefinition, from: &str, to: &str) -> String {
    let zone = definition.zone.clone();
    let segments = definition.calendar().segments(moment(from), moment(to));
    let line = |segment: &Segment| {
        let at = |at: Timestamp| zone.local_time(at).format("%m-%d %H:%M").to_string();
        format!(
            "{} - {} {:?}",
            at(segment.from),
            at(segment.to),
            segment.kind
        )
    };
    segments.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Midnight of a UTC date.
fn midnight(date: NaiveDate) -> Timestamp {
    date.and_time(NaiveTime::MIN).and_utc()
}

/// A definition for tests elsewhere: `mon-fri 9:00-12:00 13:00-17:30`, with
/// single dates as days after a Monday.
pub(crate) fn calendar_definition(
    zone: &str,
    monday: NaiveDate,
    week: &str,
    holidays: &[i64],
    breaks: &[(i64, &str)],
    shifts: &[(i64, &str)],
) -> CalendarDefinition {
    let (days, text) = week.split_once(' ').unwrap();
    let open = match days {
        "daily" => [true; 7],
        "mon-fri" => [true, true, true, true, true, false, false],
        "sun-thu" => [true, true, true, true, false, false, true],
        other => panic!("unknown days {other}"),
    };
    let on = |day: i64| monday + TimeDelta::days(day);
    let dates = |list: &[(i64, &str)]| {
        list.iter()
            .map(|(day, text)| (on(*day), hours(text)))
            .collect()
    };
    CalendarDefinition {
        zone: Zone::from_name(zone).unwrap(),
        week: open.map(|open| if open { hours(text) } else { Vec::new() }),
        holidays: holidays
            .iter()
            .map(|day| Holiday {
                dates: HolidayDates::Range(on(*day), on(*day)),
                name: None,
                source: HolidaySource::Policy,
            })
            .collect(),
        breaks: dates(breaks),
        shifts: dates(shifts),
        open_holidays: BTreeSet::new(),
        closures: Vec::new(),
    }
}

/// Which minutes of some days are open, by the naive calculation.
pub(crate) fn open_minutes(
    definition: &CalendarDefinition,
    from: NaiveDate,
    days: i64,
) -> Vec<bool> {
    oracle::Oracle::new(definition, from, days).open(from, days)
}
