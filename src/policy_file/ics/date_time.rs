//! Dates, times and durations in iCalendar format.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use super::lines::Property;
use super::time_zone::Zones;
use crate::domain::time::zone::Zone;
use crate::policy_file::hours;

/// A date, or a local time in a time zone.
#[derive(Debug, Clone)]
pub(super) enum IcsDate {
    Date(NaiveDate),
    DateTime(NaiveDateTime, Zone),
}

impl IcsDate {
    /// Parses one value; a time that is not in UTC is in this zone, if it is
    /// known.
    ///
    /// # Errors
    /// What is wrong with it, to be put behind the name of its property. The
    /// value is not quoted.
    pub(super) fn parse(typed: &str, zone: Option<&Zone>) -> Result<Self, String> {
        let wrong = || "is not a date such as 20261224 or 20261224T090000Z".to_owned();
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
        let day =
            hours::parse_date(&day).map_err(|_| "is a date that does not exist".to_owned())?;
        let Some(time) = time else {
            return Ok(Self::Date(day));
        };
        let (time, utc) = match time.strip_suffix(['Z', 'z']) {
            Some(time) => (time, true),
            None => (time, false),
        };
        if !digits(time, 6) {
            return Err(wrong());
        }
        // chrono cannot represent a leap second here: it counts as the one before.
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
        let zone = match zone {
            _ if utc => Zone::utc(),
            Some(zone) => zone.clone(),
            None => {
                return Err(
                    "has a TZID that the file does not define, and that is not an IANA or \
                     Windows time zone such as Europe/Berlin"
                        .to_owned(),
                );
            }
        };
        Ok(Self::DateTime(day.and_time(time.ok_or_else(wrong)?), zone))
    }

    pub(super) fn parse_list(property: &Property, zones: &Zones<'_>) -> Result<Vec<Self>, String> {
        let kind = property.parameter("VALUE").unwrap_or("DATE-TIME");
        let whole_days = kind.eq_ignore_ascii_case("DATE");
        if !whole_days && !kind.eq_ignore_ascii_case("DATE-TIME") {
            let name = &property.name;
            return Err(format!(
                "{name} with a VALUE other than DATE or DATE-TIME is not supported"
            ));
        }
        let zone = match property.parameter("TZID") {
            Some(tzid) => zones.find(tzid),
            None => Some(zones.local.clone()),
        };
        let parse = |typed| match Self::parse(typed, zone.as_ref()) {
            Ok(Self::DateTime(local, _)) if whole_days => Ok(Self::Date(local.date())),
            Ok(date) => Ok(date),
            Err(fault) => Err(format!("{} {fault}", property.name)),
        };
        property.value.split(',').map(parse).collect()
    }

    pub(super) fn parse_single(property: &Property, zones: &Zones<'_>) -> Result<Self, String> {
        let all = Self::parse_list(property, zones)?;
        let name = &property.name;
        let one = <[Self; 1]>::try_from(all).map_err(|_| format!("{name} is not a single date"))?;
        let [stamp] = one;
        Ok(stamp)
    }

    pub(super) fn timestamp(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Date(_) => None,
            Self::DateTime(local, zone) => Some(zone.map_local_time(*local).earliest()),
        }
    }

    /// The local time in the time zone of the event's start. A date counts as its
    /// midnight in an event of whole days, and has the start's time in others.
    pub(super) fn local_in_zone_of(&self, start: &Self) -> NaiveDateTime {
        match (self, start) {
            (Self::Date(day), Self::Date(_)) => day.and_time(NaiveTime::MIN),
            (Self::Date(day), Self::DateTime(local, _)) => day.and_time(local.time()),
            (Self::DateTime(local, _), Self::Date(_)) => local.date().and_time(NaiveTime::MIN),
            (Self::DateTime(local, zone), Self::DateTime(_, other)) if zone == other => *local,
            (Self::DateTime(local, zone), Self::DateTime(_, other)) => {
                other.local_time(zone.map_local_time(*local).earliest())
            }
        }
    }

    /// The date in the time zone of the event's start.
    pub(super) fn date_in_zone_of(&self, start: &Self) -> NaiveDate {
        self.local_in_zone_of(start).date()
    }
}

/// The last start date of an event that recurs until a date or time.
pub(super) fn last_start_date(until: &IcsDate, start: &IcsDate) -> NaiveDate {
    let (IcsDate::DateTime(local, own), Some(until_at)) = (start, until.timestamp()) else {
        return until.date_in_zone_of(start);
    };
    let until = own.local_time(until_at);
    if until.time() < local.time() {
        until.date().pred_opt().unwrap_or(until.date())
    } else {
        until.date()
    }
}

/// A duration: days as the calendar counts them, and seconds.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct IcsDuration {
    pub(super) days: i64,
    pub(super) time: TimeDelta,
}

/// Parses a duration such as `P1W`, `P2DT3H` or `PT90M`: not negative, at most a
/// hundred years.
pub(super) fn parse_duration(typed: &str) -> Option<IcsDuration> {
    let text = typed.trim().trim_start_matches('+').to_uppercase();
    let mut rest = text.strip_prefix('P')?;
    let (mut days, mut seconds, mut in_time) = (0_i64, 0_i64, false);
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
        let (sum, unit) = match (rest[at..].chars().next()?, in_time) {
            ('W', false) => (&mut days, 7),
            ('D', false) => (&mut days, 1),
            ('H', true) => (&mut seconds, 3_600),
            ('M', true) => (&mut seconds, 60),
            ('S', true) => (&mut seconds, 1),
            _ => return None,
        };
        *sum = sum.checked_add(number.checked_mul(unit)?)?;
        rest = &rest[at + 1..];
    }
    const MOST: i64 = 36_500;
    let total = days.checked_mul(86_400)?.checked_add(seconds)?;
    (total <= MOST * 86_400).then(|| IcsDuration {
        days,
        time: TimeDelta::seconds(seconds),
    })
}
