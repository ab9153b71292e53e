//! An event of a calendar file (RFC 5545, section 3.6.1), and when it takes place.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, TimeDelta, Utc};

use super::date_time::{IcsDate, IcsDuration, last_start_date, parse_duration};
use super::day_budget::DayBudget;
use super::lines::{Component, Property};
use super::recurrence::RecurrenceRule;
use super::time_zone::Zones;
use crate::domain::text;

/// A fault of an event, with the line of the file in which it is.
#[derive(Debug)]
pub(super) struct EventFault {
    pub(super) line: usize,
    pub(super) message: String,
}

impl EventFault {
    fn at(line: usize) -> impl Fn(String) -> Self {
        move |message| Self { line, message }
    }
}

/// The length of each occurrence.
#[derive(Debug, Clone, Copy)]
enum EventLength {
    Days(u64),
    Time(IcsDuration),
}

/// What an occurrence closes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Occurrence {
    /// The first and the last date.
    Days(NaiveDate, NaiveDate),
    /// A time, half-open.
    Time(DateTime<Utc>, DateTime<Utc>),
}

impl Occurrence {
    /// What it costs, in days looked at: mapping a time in its zone takes as long
    /// as looking at some days.
    pub(super) fn cost(self) -> u64 {
        let (days, mapping) = match self {
            Self::Days(from, to) => ((to - from).num_days(), 1),
            Self::Time(from, to) => ((to - from).num_days(), 50),
        };
        u64::try_from(days).unwrap_or(0) + mapping
    }
}

/// A `VEVENT` component.
#[derive(Debug)]
pub(super) struct CalendarEvent {
    /// The line of its rule, or else that in which it begins.
    pub(super) line: usize,
    pub(super) uid: String,
    /// The first line of the title, shortened and without odd characters.
    pub(super) name: Option<String>,
    /// The title as the file has it.
    pub(super) title: Option<String>,
    pub(super) cancelled: bool,
    /// Whether the time counts as free (`TRANSP:TRANSPARENT`).
    pub(super) transparent: bool,
    pub(super) start: IcsDate,
    length: EventLength,
    rule: Option<RecurrenceRule>,
    extra: Vec<NaiveDateTime>,
    excluded: Vec<NaiveDate>,
    /// The occurrence that this event replaces (`RECURRENCE-ID`).
    pub(super) replaces: Option<IcsDate>,
}

impl CalendarEvent {
    pub(super) fn parse(component: &Component, zones: &Zones<'_>) -> Result<Self, EventFault> {
        let event = EventFault::at(component.line);
        if let Some(line) = component.odd_line {
            let message = "not a property such as SUMMARY:Christmas".to_owned();
            return Err(EventFault { line, message });
        }
        let start = component
            .property("DTSTART")
            .ok_or_else(|| event("the event has no DTSTART".to_owned()))?;
        let start = IcsDate::parse_single(start, zones).map_err(EventFault::at(start.line))?;
        let stamps = |name| -> Result<Vec<NaiveDateTime>, EventFault> {
            let mut stamps = Vec::new();
            for property in component.properties(name) {
                let list = IcsDate::parse_list(property, zones);
                let list = list.map_err(EventFault::at(property.line))?;
                stamps.extend(list.iter().map(|stamp| stamp.local_in_zone_of(&start)));
            }
            Ok(stamps)
        };
        let mut rules = component.properties("RRULE");
        let (rule, more) = (rules.next(), rules.next());
        if let Some(odd) = more.or_else(|| component.property("EXRULE")) {
            let message = "more than one RRULE, or an EXRULE, is not supported".to_owned();
            return Err(EventFault::at(odd.line)(message));
        }
        let line = rule.map_or(component.line, |property| property.line);
        let rule = rule.map(|property| parse_rule(property, &start));
        let replaces = component.property("RECURRENCE-ID").map(|property| {
            let fault = EventFault::at(property.line);
            match property.parameter("RANGE") {
                Some(_) => Err(fault(
                    "RECURRENCE-ID with RANGE is not supported".to_owned(),
                )),
                None => IcsDate::parse_single(property, zones).map_err(fault),
            }
        });
        let title = component.property("SUMMARY").map(Property::text);
        let first_line = title
            .as_deref()
            .and_then(|title| title.trim().lines().next());
        let uid = component.property("UID").map(|uid| uid.value.clone());
        Ok(Self {
            line,
            uid: uid.unwrap_or_default(),
            name: first_line.and_then(|line| text::line("name", line).ok()),
            cancelled: component.says("STATUS", "CANCELLED"),
            transparent: component.says("TRANSP", "TRANSPARENT"),
            length: event_length(component, &start, zones)?,
            rule: rule.transpose()?,
            extra: stamps("RDATE")?,
            excluded: stamps("EXDATE")?.iter().map(NaiveDateTime::date).collect(),
            replaces: replaces.transpose()?,
            title: title.map(|title| title.trim().to_owned()),
            start,
        })
    }

    /// The first day on which the event may close something.
    pub(super) fn earliest(&self) -> NaiveDate {
        let extra = self.extra.iter().min();
        let start = self.start.date_in_zone_of(&self.start);
        let first = extra.map_or(start, |extra| start.min(extra.date()));
        first.checked_sub_days(Days::new(2)).unwrap_or(first)
    }

    pub(super) fn is_endless(&self) -> bool {
        self.rule.as_ref().is_some_and(RecurrenceRule::is_endless)
    }

    /// Whether the event has times, and no length.
    pub(super) fn is_moment(&self) -> bool {
        match self.length {
            EventLength::Days(_) => false,
            EventLength::Time(length) => length.days == 0 && length.time.is_zero(),
        }
    }

    /// The local times at which all occurrences start, without those excluded or
    /// replaced.
    ///
    /// # Errors
    /// If there are too many.
    pub(super) fn starts(
        &self,
        replaced: &[&IcsDate],
        budget: &mut DayBudget,
    ) -> Result<Vec<NaiveDateTime>, String> {
        let start = self.start.local_in_zone_of(&self.start);
        let mut starts = vec![start];
        if let Some(rule) = &self.rule {
            let days = rule.dates(start.date(), budget)?;
            let days = days.iter().filter(|day| **day != start.date());
            starts.extend(days.map(|day| day.and_time(start.time())));
        }
        starts.extend(&self.extra);
        let replaced = replaced
            .iter()
            .map(|date| date.date_in_zone_of(&self.start));
        let mut left_out: Vec<NaiveDate> = replaced.chain(self.excluded.iter().copied()).collect();
        left_out.sort_unstable();
        starts.retain(|start| left_out.binary_search(&start.date()).is_err());
        Ok(starts)
    }

    /// What the occurrence that starts at a local time closes.
    pub(super) fn occurrence(&self, local: NaiveDateTime) -> Occurrence {
        let later = |days: u64| {
            let day = local.date().checked_add_days(Days::new(days));
            day.unwrap_or(local.date())
        };
        match (&self.start, self.length) {
            (IcsDate::DateTime(_, zone), EventLength::Time(length)) => {
                let from = zone.map_local_time(local).earliest();
                let days = u64::try_from(length.days).unwrap_or(0);
                let to = match days {
                    0 => from,
                    days => zone
                        .map_local_time(later(days).and_time(local.time()))
                        .earliest(),
                };
                Occurrence::Time(from, to.checked_add_signed(length.time).unwrap_or(to))
            }
            (IcsDate::Date(_) | IcsDate::DateTime(..), EventLength::Days(days)) => {
                Occurrence::Days(local.date(), later(days.saturating_sub(1)))
            }
            (IcsDate::Date(_), EventLength::Time(_)) => {
                Occurrence::Days(local.date(), local.date())
            }
        }
    }
}

fn parse_rule(property: &Property, start: &IcsDate) -> Result<RecurrenceRule, EventFault> {
    let rule = RecurrenceRule::parse(&property.value, |typed| {
        // A time that is not in UTC is in the zone of the start.
        let own = match start {
            IcsDate::Date(_) => None,
            IcsDate::DateTime(_, zone) => Some(zone.clone()),
        };
        let utc = crate::domain::time::zone::Zone::utc();
        let until = IcsDate::parse(typed, Some(own.as_ref().unwrap_or(&utc)));
        let until = until.map_err(|fault| format!("RRULE part UNTIL {fault}"))?;
        Ok(last_start_date(&until, start))
    });
    rule.map_err(EventFault::at(property.line))
}

fn event_length(
    component: &Component,
    start: &IcsDate,
    zones: &Zones<'_>,
) -> Result<EventLength, EventFault> {
    if let Some(property) = component.property("DTEND") {
        let in_end = EventFault::at(property.line);
        let backwards = || in_end("the event ends before it starts".to_owned());
        let end = IcsDate::parse_single(property, zones).map_err(&in_end)?;
        return match (start, end.timestamp()) {
            (IcsDate::Date(from), None) => {
                let days = (end.date_in_zone_of(start) - *from).num_days();
                let days = u64::try_from(days).map_err(|_| backwards())?;
                Ok(EventLength::Days(days.max(1)))
            }
            (IcsDate::DateTime(..), Some(end)) => {
                let time = end - start.timestamp().unwrap_or(end);
                if time < TimeDelta::zero() {
                    return Err(backwards());
                }
                Ok(EventLength::Time(IcsDuration { days: 0, time }))
            }
            (IcsDate::Date(_), Some(_)) | (IcsDate::DateTime(..), None) => Err(in_end(
                "DTSTART and DTEND are not both dates or both times".to_owned(),
            )),
        };
    }
    let duration = match component.property("DURATION") {
        Some(property) => parse_duration(&property.value).ok_or_else(|| {
            let message = "DURATION is not a duration such as P1D or PT90M".to_owned();
            EventFault::at(property.line)(message)
        })?,
        None => IcsDuration::default(),
    };
    Ok(match start {
        IcsDate::Date(_) => {
            let part = i64::from(!duration.time.is_zero());
            let hours = duration.time.num_days().max(part);
            let days = u64::try_from(duration.days + hours).unwrap_or(1);
            EventLength::Days(days.max(1))
        }
        IcsDate::DateTime(..) => EventLength::Time(duration),
    })
}
