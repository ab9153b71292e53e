//! Dates, times and lengths of time as iCalendar writes them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use icalendar::parser::Property;

use super::parameter;
use crate::domain::time::zone::Zone;
use crate::policy_file::hours;

/// A date, or a time on the wall clock of a zone.
#[derive(Debug, Clone)]
pub(super) enum Stamp {
    Day(NaiveDate),
    Time(NaiveDateTime, Zone),
}

impl Stamp {
    /// Reads one value; a time without a zone is one of the calendar's.
    pub(super) fn read(typed: &str, tzid: Option<&str>, zone: &Zone) -> Result<Self, String> {
        let wrong = || format!("'{typed}' is no date");
        let text = typed.trim();
        let (day, time) = match text.split_once(['T', 't']) {
            Some((day, time)) => (day, Some(time)),
            None => (text, None),
        };
        let digits = |text: &str, n| text.len() == n && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(day, 8) {
            return Err(wrong());
        }
        let day = format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]);
        let day = hours::date(&day)?;
        let Some(time) = time else {
            return Ok(Self::Day(day));
        };
        let (time, utc) = match time.strip_suffix(['Z', 'z']) {
            Some(time) => (time, true),
            None => (time, false),
        };
        if !digits(time, 6) {
            return Err(wrong());
        }
        // A leap second counts as the one before it.
        let seconds = if time.ends_with("60") {
            "59"
        } else {
            &time[4..]
        };
        let number = |text: &str| text.parse::<u32>().ok();
        let time = NaiveTime::from_hms_opt(
            number(&time[..2]).ok_or_else(wrong)?,
            number(&time[2..4]).ok_or_else(wrong)?,
            number(seconds).ok_or_else(wrong)?,
        );
        let zone = match tzid {
            _ if utc => Zone::utc(),
            Some(name) => Zone::from_name(name.trim_start_matches('/')).map_err(|fault| {
                format!("{fault}; only times with an IANA zone, in UTC or without a zone are read")
            })?,
            None => zone.clone(),
        };
        Ok(Self::Time(day.and_time(time.ok_or_else(wrong)?), zone))
    }

    pub(super) fn all(property: &Property<'_>, zone: &Zone) -> Result<Vec<Self>, String> {
        if let Some(kind) = parameter(property, "VALUE")
            && !kind.eq_ignore_ascii_case("DATE")
            && !kind.eq_ignore_ascii_case("DATE-TIME")
        {
            let name = property.name.as_str();
            return Err(format!("{name} with VALUE={kind} is not supported"));
        }
        let tzid = parameter(property, "TZID");
        let values = property.val.as_str().split(',');
        values.map(|typed| Self::read(typed, tzid, zone)).collect()
    }

    pub(super) fn one(property: &Property<'_>, zone: &Zone) -> Result<Self, String> {
        let all = Self::all(property, zone)?;
        let name = property.name.as_str();
        let one = <[Self; 1]>::try_from(all).map_err(|_| format!("{name} is not one date"))?;
        let [stamp] = one;
        Ok(stamp)
    }

    pub(super) fn moment(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Day(_) => None,
            Self::Time(local, zone) => Some(zone.map_local_time(*local).earliest()),
        }
    }

    /// The date that the wall clock of an event's zone shows.
    pub(super) fn date_like(&self, start: &Self) -> NaiveDate {
        match (self, start) {
            (Self::Day(day), _) => *day,
            (Self::Time(local, _), Self::Day(_)) => local.date(),
            (Self::Time(local, zone), Self::Time(_, other)) => other
                .local_time(zone.map_local_time(*local).earliest())
                .date(),
        }
    }
}

/// The last date on which an event may begin that repeats until then.
pub(super) fn last_date(until: &Stamp, start: &Stamp) -> NaiveDate {
    let (Stamp::Time(local, own), Some(until_at)) = (start, until.moment()) else {
        return until.date_like(start);
    };
    let until = own.local_time(until_at);
    if until.time() < local.time() {
        until.date().pred_opt().unwrap_or(until.date())
    } else {
        until.date()
    }
}

/// Reads `P1W`, `P2DT3H`, `PT90M`: at most a hundred years, not negative.
pub(super) fn duration(typed: &str) -> Option<TimeDelta> {
    let text = typed.trim().trim_start_matches('+').to_uppercase();
    let mut rest = text.strip_prefix('P')?;
    let (mut seconds, mut in_time) = (0_i64, false);
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        if let Some(time) = rest.strip_prefix('T') {
            (rest, in_time) = (time, true);
            continue;
        }
        let at = rest.find(|c: char| !c.is_ascii_digit())?;
        let number: i64 = rest[..at].parse().ok()?;
        let unit = match (rest[at..].chars().next()?, in_time) {
            ('W', false) => 604_800,
            ('D', false) => 86_400,
            ('H', true) => 3_600,
            ('M', true) => 60,
            ('S', true) => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(number.checked_mul(unit)?)?;
        rest = &rest[at + 1..];
    }
    (seconds <= 36_500 * 86_400).then(|| TimeDelta::seconds(seconds))
}
