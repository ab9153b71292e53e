//! Recurrence rules of iCalendar (RFC 5545, section 3.3.10) for whole days.
//! Frequencies below a day are not supported.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::day_budget::DayBudget;
use super::rule_parts::{Frequency, parse_frequency, parse_numbers, parse_weekday, parse_weekdays};

/// The last year to which a rule without end is expanded.
const LAST_YEAR: i32 = 2100;
/// Maximum number of dates of a rule.
const MAX_DATES: usize = 100_000;

/// A parsed `RRULE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::policy_file) struct RecurrenceRule {
    frequency: Frequency,
    interval: u32,
    count: Option<usize>,
    until: Option<NaiveDate>,
    months: Vec<i32>,
    month_days: Vec<i32>,
    /// Weekdays with ordinals, such as the first Monday; 0 means every one.
    days: Vec<(i32, Weekday)>,
    year_days: Vec<i32>,
    weeks: Vec<i32>,
    positions: Vec<i32>,
    week_start: Weekday,
}

impl RecurrenceRule {
    /// Parses a rule; `until` converts the value of `UNTIL` into the last start
    /// date.
    ///
    /// # Errors
    /// A message for a part that is invalid or not supported.
    pub(in crate::policy_file) fn parse(
        text: &str,
        until: impl Fn(&str) -> Result<NaiveDate, String>,
    ) -> Result<Self, String> {
        let text = text.trim().to_uppercase();
        let mut rule = Self {
            frequency: Frequency::Daily,
            interval: 1,
            count: None,
            until: None,
            months: Vec::new(),
            month_days: Vec::new(),
            days: Vec::new(),
            year_days: Vec::new(),
            weeks: Vec::new(),
            positions: Vec::new(),
            week_start: Weekday::Mon,
        };
        let mut freq = None;
        for part in text.split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part
                .split_once('=')
                .ok_or("a part of the RRULE has no value")?;
            let wrong = || format!("RRULE part {name} cannot be read");
            match name {
                "FREQ" => freq = Some(parse_frequency(value)?),
                "INTERVAL" => {
                    let interval = value.parse().ok().filter(|n| (1..=100_000).contains(n));
                    rule.interval = interval.ok_or_else(wrong)?;
                }
                "COUNT" => {
                    let count = value.parse().ok().filter(|n| *n > 0);
                    rule.count = Some(count.ok_or_else(wrong)?);
                }
                "UNTIL" => rule.until = Some(until(value)?),
                "BYMONTH" => {
                    rule.months = parse_numbers(value, 12).ok_or_else(wrong)?;
                    if rule.months.iter().any(|month| *month < 1) {
                        return Err(wrong());
                    }
                }
                "BYMONTHDAY" => rule.month_days = parse_numbers(value, 31).ok_or_else(wrong)?,
                "BYYEARDAY" => rule.year_days = parse_numbers(value, 366).ok_or_else(wrong)?,
                "BYWEEKNO" => rule.weeks = parse_numbers(value, 53).ok_or_else(wrong)?,
                "BYSETPOS" => rule.positions = parse_numbers(value, 366).ok_or_else(wrong)?,
                "BYDAY" => rule.days = parse_weekdays(value).ok_or_else(wrong)?,
                "WKST" => rule.week_start = parse_weekday(value).ok_or_else(wrong)?,
                "BYHOUR" | "BYMINUTE" | "BYSECOND" | "RSCALE" | "SKIP" => {
                    return Err(format!("RRULE part {name} is not supported"));
                }
                _ => return Err("the RRULE has a part that RFC 5545 does not know".to_owned()),
            }
        }
        rule.frequency = freq.ok_or("the RRULE has no FREQ")?;
        rule.validate()?;
        Ok(rule)
    }

    /// Rejects combinations of parts that RFC 5545 forbids.
    fn validate(&self) -> Result<(), String> {
        let yearly = self.frequency == Frequency::Yearly;
        let by_month = yearly || self.frequency == Frequency::Monthly;
        let ordinals = self.days.iter().any(|(nth, _)| *nth != 0);
        let conflicts = [
            (
                self.count.is_some() && self.until.is_some(),
                "both COUNT and UNTIL",
            ),
            (
                !yearly && !self.weeks.is_empty(),
                "BYWEEKNO without FREQ=YEARLY",
            ),
            (
                !yearly && !self.year_days.is_empty(),
                "BYYEARDAY without FREQ=YEARLY",
            ),
            (
                ordinals && !by_month,
                "BYDAY with numbers in a weekly or daily rule",
            ),
            (
                ordinals && !self.weeks.is_empty(),
                "BYDAY with numbers and BYWEEKNO",
            ),
            (
                self.frequency == Frequency::Weekly && !self.month_days.is_empty(),
                "BYMONTHDAY with FREQ=WEEKLY",
            ),
        ];
        match conflicts.into_iter().find(|(found, _)| *found) {
            Some((_, what)) => Err(format!("the RRULE has {what}, which is not supported")),
            None => Ok(()),
        }
    }

    pub(in crate::policy_file) fn is_endless(&self) -> bool {
        self.count.is_none() && self.until.is_none()
    }

    /// Expands the rule into dates, ascending, up to [`LAST_YEAR`].
    ///
    /// # Errors
    /// If there are too many.
    pub(in crate::policy_file) fn dates(
        &self,
        start: NaiveDate,
        budget: &mut DayBudget,
    ) -> Result<Vec<NaiveDate>, String> {
        let rule = self.with_defaults(start);
        let last_year = LAST_YEAR.max(start.year());
        let horizon = NaiveDate::from_ymd_opt(last_year, 12, 31).unwrap_or(start);
        let end = rule.until.map_or(horizon, |until| until.min(horizon));
        let mut dates = Vec::new();
        let mut matching = Vec::new();
        let mut period = rule.first_period(start);
        while let Some((from, to)) = period {
            if from > end {
                break;
            }
            matching.clear();
            rule.find_matching(from, to, budget, &mut matching)?;
            rule.select_positions(&mut matching);
            for &day in &matching {
                if day < start {
                    continue;
                }
                if day > end || rule.count.is_some_and(|count| dates.len() >= count) {
                    return Ok(dates);
                }
                dates.push(day);
            }
            if dates.len() > MAX_DATES {
                return Err(format!("it repeats more than {MAX_DATES} times"));
            }
            period = rule.next_period(from);
        }
        Ok(dates)
    }

    /// Appends the days of a period that match. A year with months is searched in
    /// these months only.
    fn find_matching(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        budget: &mut DayBudget,
        matching: &mut Vec<NaiveDate>,
    ) -> Result<(), String> {
        let mut search = |from: NaiveDate, to: NaiveDate| {
            let mut day = from;
            while day < to {
                budget.spend(1)?;
                if self.matches(day) {
                    matching.push(day);
                }
                let Some(next) = day.succ_opt() else { break };
                day = next;
            }
            Ok::<(), String>(())
        };
        if self.frequency != Frequency::Yearly || self.months.is_empty() {
            return search(from, to);
        }
        for month in (1..=12).filter(|month| self.months.contains(&signed(*month))) {
            let first = NaiveDate::from_ymd_opt(from.year(), month, 1);
            let next = first.and_then(|first| first.checked_add_months(Months::new(1)));
            if let (Some(first), Some(next)) = (first, next) {
                search(first, next)?;
            }
        }
        Ok(())
    }

    /// The rule with the parts that it takes from its start date.
    fn with_defaults(&self, start: NaiveDate) -> Self {
        let mut rule = self.clone();
        let day = (0, start.weekday());
        let no_day =
            rule.days.is_empty() && rule.month_days.is_empty() && rule.year_days.is_empty();
        if !no_day {
            return rule;
        }
        match rule.frequency {
            Frequency::Yearly if !rule.weeks.is_empty() => rule.days.push(day),
            Frequency::Yearly => {
                if rule.months.is_empty() {
                    rule.months.push(signed(start.month()));
                }
                rule.month_days.push(signed(start.day()));
            }
            Frequency::Monthly => rule.month_days.push(signed(start.day())),
            Frequency::Weekly => rule.days.push(day),
            Frequency::Daily => {}
        }
        rule
    }

    fn first_period(&self, start: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        let back = start.weekday().days_since(self.week_start);
        let from = match self.frequency {
            Frequency::Yearly => start.with_ordinal(1)?,
            Frequency::Monthly => start.with_day(1)?,
            Frequency::Weekly => start.checked_sub_days(Days::new(back.into()))?,
            Frequency::Daily => start,
        };
        self.period(from)
    }

    fn next_period(&self, from: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        self.period(self.advance(from, self.interval)?)
    }

    fn period(&self, from: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        Some((from, self.advance(from, 1)?))
    }

    fn advance(&self, from: NaiveDate, n: u32) -> Option<NaiveDate> {
        match self.frequency {
            Frequency::Yearly => from.checked_add_months(Months::new(n * 12)),
            Frequency::Monthly => from.checked_add_months(Months::new(n)),
            Frequency::Weekly => from.checked_add_days(Days::new(u64::from(n) * 7)),
            Frequency::Daily => from.checked_add_days(Days::new(n.into())),
        }
    }

    fn matches(&self, day: NaiveDate) -> bool {
        let lists = |numbers: &[i32], place: &dyn Fn() -> (u32, u32)| {
            if numbers.is_empty() {
                return true;
            }
            let (position, length) = place();
            let (position, length) = (signed(position), signed(length));
            let mut numbers = numbers.iter();
            numbers.any(|n| *n == position || *n == position - length - 1)
        };
        if !self.months.is_empty() && !self.months.contains(&signed(day.month())) {
            return false;
        }
        (self.days.is_empty() || self.matches_weekday(day))
            && lists(&self.month_days, &|| (day.day(), month_length(day)))
            && lists(&self.year_days, &|| {
                (day.ordinal(), year_length(day.year()))
            })
            && lists(&self.weeks, &|| self.week_number(day))
    }

    fn matches_weekday(&self, day: NaiveDate) -> bool {
        let weekday = day.weekday();
        let mut named = self.days.iter().filter(|(_, named)| *named == weekday);
        named.any(|(wanted, _)| {
            if *wanted == 0 {
                return true;
            }
            // Ordinals count within the month if the rule names one, else in the
            // year.
            let in_month = self.frequency == Frequency::Monthly || !self.months.is_empty();
            let (position, length) = if in_month {
                (day.day(), month_length(day))
            } else {
                (day.ordinal(), year_length(day.year()))
            };
            let nth = signed((position - 1) / 7 + 1);
            let nth_last = -signed((length - position) / 7 + 1);
            *wanted == nth || *wanted == nth_last
        })
    }

    /// The week number of a day, and the number of weeks in the year that the week
    /// belongs to. The first week of a year has at least four days in it.
    fn week_number(&self, day: NaiveDate) -> (u32, u32) {
        // The fourth day of a week lies in the year that the week belongs to.
        let since = signed(day.weekday().days_since(self.week_start));
        let year_of = |middle: i32, year: i32| {
            let length = signed(year_length(year));
            if middle < 1 {
                (year - 1, middle + signed(year_length(year - 1)))
            } else if middle > length {
                (year + 1, middle - length)
            } else {
                (year, middle)
            }
        };
        let (year, middle) = year_of(signed(day.ordinal()) - since + 3, day.year());
        let week = (middle - 1) / 7 + 1;
        // The fourth day of the last week of that year.
        let length = signed(year_length(year));
        let last = middle + (length - middle) / 7 * 7;
        let weeks = (last - 1) / 7 + 1;
        (unsigned(week), unsigned(weeks))
    }

    /// Keeps the days of a period that `BYSETPOS` selects.
    fn select_positions(&self, days: &mut Vec<NaiveDate>) {
        if self.positions.is_empty() {
            return;
        }
        let length = i32::try_from(days.len()).unwrap_or(i32::MAX);
        let mut at = 0;
        days.retain(|_| {
            at += 1;
            let wanted = |n: &i32| *n == at || *n == at - length - 1;
            self.positions.iter().any(wanted)
        });
    }
}

fn signed(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

fn unsigned(n: i32) -> u32 {
    u32::try_from(n).unwrap_or(0)
}

fn month_length(day: NaiveDate) -> u32 {
    day.num_days_in_month().into()
}

fn year_length(year: i32) -> u32 {
    if NaiveDate::from_yo_opt(year, 366).is_some() {
        366
    } else {
        365
    }
}
