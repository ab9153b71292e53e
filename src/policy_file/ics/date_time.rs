//! Dates, times and durations in iCalendar format.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use icalendar::parser::Property;

use super::parameter;
use crate::domain::time::zone::Zone;
use crate::policy_file::hours;

/// A date, or a local time in a time zone.
#[derive(Debug, Clone)]
pub(super) enum IcsDate {
    Date(NaiveDate),
    DateTime(NaiveDateTime, Zone),
}

impl IcsDate {
    /// Parses one value; a time without a zone is in the zone of the calendar.
    ///
    /// # Errors
    /// What is wrong with it, to be put behind the name of its property. The
    /// value is not quoted.
    pub(super) fn parse(typed: &str, tzid: Option<&str>, zone: &Zone) -> Result<Self, String> {
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
        let zone = match tzid {
            _ if utc => Zone::utc(),
            Some(name) => Zone::from_name(name.trim_start_matches('/')).map_err(|_| {
                "has a TZID that is not an IANA time zone such as Europe/Berlin".to_owned()
            })?,
            None => zone.clone(),
        };
        Ok(Self::DateTime(day.and_time(time.ok_or_else(wrong)?), zone))
    }

    pub(super) fn parse_list(property: &Property<'_>, zone: &Zone) -> Result<Vec<Self>, String> {
        if let Some(kind) = parameter(property, "VALUE")
            && !kind.eq_ignore_ascii_case("DATE")
            && !kind.eq_ignore_ascii_case("DATE-TIME")
        {
            let name = property.name.as_str();
            return Err(format!(
                "{name} with a VALUE other than DATE or DATE-TIME is not supported"
            ));
        }
        let tzid = parameter(property, "TZID");
        let values = property.val.as_str().split(',');
        let parse = |typed| {
            let parsed = Self::parse(typed, tzid, zone);
            parsed.map_err(|fault| format!("{} {fault}", property.name.as_str()))
        };
        values.map(parse).collect()
    }

    pub(super) fn parse_single(property: &Property<'_>, zone: &Zone) -> Result<Self, String> {
        let all = Self::parse_list(property, zone)?;
        let name = property.name.as_str();
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

    /// The date in the time zone of the event's start.
    pub(super) fn date_in_zone_of(&self, start: &Self) -> NaiveDate {
        match (self, start) {
            (Self::Date(day), _) => *day,
            (Self::DateTime(local, _), Self::Date(_)) => local.date(),
            (Self::DateTime(local, zone), Self::DateTime(_, other)) => other
                .local_time(zone.map_local_time(*local).earliest())
                .date(),
        }
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

/// Parses a duration such as `P1W`, `P2DT3H` or `PT90M`: not negative, at most a
/// hundred years.
pub(super) fn parse_duration(typed: &str) -> Option<TimeDelta> {
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
