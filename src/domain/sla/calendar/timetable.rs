//! A calendar definition indexed by date: which hours begin on a date, and
//! whether it is a holiday. Knows no instants.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::closed_times::ClosedTimes;
use super::{CalendarDefinition, Holiday, HolidayDates, HolidaySource, LocalHours};

/// A local date as days since 1970-01-01.
pub(super) type Day = i64;

/// Seconds of a local day without a clock change.
pub(super) const DAY_S: i64 = 86_400;

/// The size of the table of yearly holidays, with 32 entries per month.
const YEARLY: usize = 13 * 32;

/// A calendar definition, indexed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Timetable {
    pub(super) definition: CalendarDefinition,
    /// Hours by weekday, Monday first, in order and disjoint.
    week: [Vec<LocalHours>; 7],
    /// The holidays that the policy lists.
    listed: HolidayIndex,
    /// The holidays of iCalendar files.
    from_files: HolidayIndex,
    shifts: Vec<(Day, Vec<LocalHours>)>,
    breaks: Vec<(Day, Vec<LocalHours>)>,
    /// The times that events of files close.
    pub(super) closed: ClosedTimes,
}

/// Holidays of one source, by date.
#[derive(Debug, PartialEq, Eq)]
struct HolidayIndex {
    /// First and last day of holidays, in order and disjoint, with their index
    /// in the definition.
    spans: Vec<(Day, Day, usize)>,
    /// Yearly holidays by month and day; empty if there are none.
    yearly: Vec<Option<usize>>,
}

impl HolidayIndex {
    fn new(definition: &CalendarDefinition, source: HolidaySource) -> Self {
        Self {
            spans: spans(definition, source),
            yearly: yearly(definition, source),
        }
    }

    /// The holiday on a day, by its index in the definition. Of several, the
    /// first one with a name.
    fn on(&self, day: Day, definition: &CalendarDefinition) -> Option<usize> {
        let after = self.spans.partition_point(|span| span.0 <= day);
        let span = after.checked_sub(1).map(|i| self.spans[i]);
        let span = span.filter(|span| day <= span.1).map(|span| span.2);
        let yearly = match self.yearly.as_slice() {
            [] => None,
            table => date(day)
                .and_then(|date| table.get(yearly_index(date.month(), date.day())).copied()?),
        };
        definition.prefer_named_of(span, yearly)
    }
}

impl Timetable {
    pub(super) fn new(definition: CalendarDefinition) -> Self {
        let shifts = group_by_day(&definition.shifts);
        Self {
            week: definition.week.clone().map(|hours| normalize(&hours)),
            listed: HolidayIndex::new(&definition, HolidaySource::Policy),
            from_files: HolidayIndex::new(&definition, HolidaySource::File),
            closed: ClosedTimes::new(&definition, &shifts),
            shifts,
            breaks: group_by_day(&definition.breaks),
            definition,
        }
    }

    /// The hours of the weekday of a day.
    pub(super) fn weekday(&self, day: Day) -> &[LocalHours] {
        // 1970-01-01 was a Thursday.
        let weekday = usize::try_from((day + 3).rem_euclid(7)).unwrap_or(0);
        &self.week[weekday]
    }

    /// The hours that begin on a day: its shift, or the hours of the weekday;
    /// none on a holiday.
    pub(super) fn hours(&self, day: Day) -> &[LocalHours] {
        if self.holiday(day).is_some() {
            return &[];
        }
        on_day(&self.shifts, day).unwrap_or_else(|| self.weekday(day))
    }

    /// The breaks that begin on a day.
    pub(super) fn breaks(&self, day: Day) -> &[LocalHours] {
        on_day(&self.breaks, day).unwrap_or_default()
    }

    /// The holiday that closes a day, by its index in the definition. Of several,
    /// the first one with a name. A shift with hours opens a day that only a file
    /// closes and, if the policy says so, any day.
    pub(super) fn holiday(&self, day: Day) -> Option<usize> {
        let listed = self.listed.on(day, &self.definition);
        let from_files = self.from_files.on(day, &self.definition);
        if listed.is_none() && from_files.is_none() {
            return None;
        }
        let shift = on_day(&self.shifts, day).is_some_and(|hours| !hours.is_empty());
        if !shift {
            return self.definition.prefer_named_of(listed, from_files);
        }
        let open = date(day).is_some_and(|date| self.definition.open_holidays.contains(&date));
        listed.filter(|_| !open)
    }

    /// Whether a day has a holiday, a shift, a break or a closed time.
    pub(super) fn is_special(&self, day: Day) -> bool {
        on_day(&self.breaks, day).is_some()
            || on_day(&self.shifts, day).is_some()
            || self.closed.touches(day)
            || self.holiday(day).is_some()
    }

    /// The first and the last special day, yearly holidays aside.
    pub(super) fn special_days(&self) -> Option<(Day, Day)> {
        let lists = [&self.shifts, &self.breaks];
        let days = lists.into_iter().flatten().map(|(day, _)| (*day, *day));
        let spans = self.listed.spans.iter().chain(&self.from_files.spans);
        days.chain(spans.map(|span| (span.0, span.1)))
            .chain(self.closed.days())
            .reduce(|(first, last), (a, b)| (first.min(a), last.max(b)))
    }

    /// Whether the week has hours and every year has 29 consecutive days without
    /// a yearly holiday, so that four weeks of it are open as usual.
    pub(super) fn opens_every_year(&self) -> bool {
        const FREE: usize = 29;
        if self.week.iter().all(Vec::is_empty) {
            return false;
        }
        // A leap year has every date.
        let year = (1..=12).flat_map(|month| (1..=31).map(move |day| (month, day)));
        let mut dates =
            year.filter(|&(month, day)| NaiveDate::from_ymd_opt(2000, month, day).is_some());
        let mut free = 0;
        let yearly = &self.listed.yearly;
        yearly.is_empty()
            || dates.any(|(month, day)| {
                let closed = yearly[yearly_index(month, day)].is_some();
                free = if closed { 0 } else { free + 1 };
                free == FREE
            })
    }
}

impl CalendarDefinition {
    /// The holidays of one source, with their index.
    fn holidays_of(&self, source: HolidaySource) -> impl Iterator<Item = (usize, &Holiday)> {
        let all = self.holidays.iter().enumerate();
        all.filter(move |(_, holiday)| holiday.source == source)
    }

    /// Of two holidays on one date, the one with a name, else the first.
    fn prefer_named(&self, a: usize, b: usize) -> usize {
        let key = |i: usize| (self.holidays[i].name.is_none(), i);
        if key(a) <= key(b) { a } else { b }
    }

    fn prefer_named_of(&self, a: Option<usize>, b: Option<usize>) -> Option<usize> {
        match (a, b) {
            (Some(a), Some(b)) => Some(self.prefer_named(a, b)),
            (one, other) => one.or(other),
        }
    }
}

pub(super) fn date(day: Day) -> Option<NaiveDate> {
    NaiveDate::from_epoch_days(i32::try_from(day).ok()?)
}

pub(super) fn day(date: NaiveDate) -> Day {
    date.to_epoch_days().into()
}

/// Sorts hours and merges those that touch. Drops hours that are empty or do
/// not begin on the day.
fn normalize(hours: &[LocalHours]) -> Vec<LocalHours> {
    const DAY: u32 = 86_400;
    let mut sorted: Vec<LocalHours> = hours
        .iter()
        .map(|h| LocalHours {
            from_s: h.from_s,
            to_s: h.to_s.min(2 * DAY),
        })
        .filter(|h| h.from_s < DAY && h.from_s < h.to_s)
        .collect();
    sorted.sort_unstable();
    let mut merged: Vec<LocalHours> = Vec::with_capacity(sorted.len());
    for hours in sorted {
        match merged.last_mut() {
            Some(last) if hours.from_s <= last.to_s => last.to_s = last.to_s.max(hours.to_s),
            Some(_) | None => merged.push(hours),
        }
    }
    merged
}

/// Hours of single dates, in order, one entry per date.
fn group_by_day(dates: &[(NaiveDate, Vec<LocalHours>)]) -> Vec<(Day, Vec<LocalHours>)> {
    let mut days: Vec<(Day, Vec<LocalHours>)> = dates
        .iter()
        .map(|(date, hours)| (day(*date), hours.clone()))
        .collect();
    days.sort_by_key(|(day, _)| *day);
    days.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1.append(&mut next.1);
        }
        same
    });
    for (_, hours) in &mut days {
        *hours = normalize(hours);
    }
    days
}

fn on_day(days: &[(Day, Vec<LocalHours>)], day: Day) -> Option<&[LocalHours]> {
    let found = days.binary_search_by_key(&day, |(day, _)| *day).ok()?;
    Some(&days[found].1)
}

fn yearly_index(month: u32, day: u32) -> usize {
    usize::try_from(month * 32 + day).unwrap_or(0)
}

fn yearly(definition: &CalendarDefinition, source: HolidaySource) -> Vec<Option<usize>> {
    let mut table = Vec::new();
    for (i, holiday) in definition.holidays_of(source) {
        if let HolidayDates::Yearly(month, day) = holiday.dates
            && (1..=12).contains(&month)
            && (1..=31).contains(&day)
        {
            table.resize(YEARLY, None);
            let known = &mut table[yearly_index(month, day)];
            *known = Some(known.map_or(i, |known| definition.prefer_named(known, i)));
        }
    }
    table
}

/// Makes the holidays of single years disjoint. Where several overlap, one
/// with a name wins.
fn spans(definition: &CalendarDefinition, source: HolidaySource) -> Vec<(Day, Day, usize)> {
    let mut edges = Vec::new();
    for (i, holiday) in definition.holidays_of(source) {
        if let HolidayDates::Range(first, last) = holiday.dates
            && first <= last
        {
            edges.push((day(first), true, i));
            edges.push((day(last) + 1, false, i));
        }
    }
    edges.sort_unstable();
    let mut running: BTreeSet<(bool, usize)> = BTreeSet::new();
    let mut spans: Vec<(Day, Day, usize)> = Vec::new();
    let mut since = Day::MIN;
    for (day, begins, i) in edges {
        if since < day
            && let Some(&(_, best)) = running.first()
        {
            match spans.last_mut() {
                Some(last) if last.1 + 1 == since && last.2 == best => last.1 = day - 1,
                Some(_) | None => spans.push((since, day - 1, best)),
            }
        }
        since = day;
        let key = (definition.holidays[i].name.is_none(), i);
        if begins {
            running.insert(key);
        } else {
            running.remove(&key);
        }
    }
    spans
}
