//! Recurring dates of iCalendar (RFC 5545, section 3.3.10), for whole days:
//! nothing finer than a day is known here.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// The last year that an endless rule is followed to.
const HORIZON: i32 = 2100;
/// The most dates of one rule.
const MOST: usize = 100_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Freq {
    Yearly,
    Monthly,
    Weekly,
    Daily,
}

/// A rule as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    freq: Freq,
    interval: u32,
    count: Option<usize>,
    until: Option<NaiveDate>,
    months: Vec<i32>,
    month_days: Vec<i32>,
    /// Weekdays with their ordinals; 0 for every one.
    days: Vec<(i32, Weekday)>,
    year_days: Vec<i32>,
    weeks: Vec<i32>,
    positions: Vec<i32>,
    week_start: Weekday,
}

/// The days that may still be looked at, so that no file takes for ever.
pub(super) struct Budget(u64);

impl Budget {
    pub(super) fn new() -> Self {
        Self(20_000_000)
    }

    fn spend(&mut self) -> Result<(), String> {
        let left = self.0.checked_sub(1);
        self.0 = left.ok_or("its repetitions take too long to work out")?;
        Ok(())
    }
}

impl Rule {
    /// Reads a rule; `until` turns a date or time into the last date meant.
    ///
    /// # Errors
    /// What is wrong or not supported.
    pub(super) fn parse(
        text: &str,
        until: impl Fn(&str) -> Result<NaiveDate, String>,
    ) -> Result<Self, String> {
        let text = text.trim().to_uppercase();
        let mut rule = Self {
            freq: Freq::Daily,
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
                .ok_or_else(|| format!("'{part}' in its RRULE has no value"))?;
            let wrong = || format!("RRULE part {part} cannot be read");
            match name {
                "FREQ" => freq = Some(frequency(value)?),
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
                    rule.months = numbers(value, 12).ok_or_else(wrong)?;
                    if rule.months.iter().any(|month| *month < 1) {
                        return Err(wrong());
                    }
                }
                "BYMONTHDAY" => rule.month_days = numbers(value, 31).ok_or_else(wrong)?,
                "BYYEARDAY" => rule.year_days = numbers(value, 366).ok_or_else(wrong)?,
                "BYWEEKNO" => rule.weeks = numbers(value, 53).ok_or_else(wrong)?,
                "BYSETPOS" => rule.positions = numbers(value, 366).ok_or_else(wrong)?,
                "BYDAY" => rule.days = weekdays(value).ok_or_else(wrong)?,
                "WKST" => rule.week_start = weekday(value).ok_or_else(wrong)?,
                _ => return Err(format!("RRULE part {part} is not supported")),
            }
        }
        rule.freq = freq.ok_or("its RRULE has no FREQ")?;
        rule.check()?;
        Ok(rule)
    }

    /// Parts that RFC 5545 forbids together.
    fn check(&self) -> Result<(), String> {
        let yearly = self.freq == Freq::Yearly;
        let by_month = yearly || self.freq == Freq::Monthly;
        let ordinals = self.days.iter().any(|(nth, _)| *nth != 0);
        let clash = [
            (
                self.count.is_some() && self.until.is_some(),
                "COUNT beside UNTIL",
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
                "BYDAY with numbers beside BYWEEKNO",
            ),
            (
                self.freq == Freq::Weekly && !self.month_days.is_empty(),
                "BYMONTHDAY with FREQ=WEEKLY",
            ),
        ];
        match clash.into_iter().find(|(found, _)| *found) {
            Some((_, what)) => Err(format!("its RRULE has {what}, which is not supported")),
            None => Ok(()),
        }
    }

    pub(super) fn is_endless(&self) -> bool {
        self.count.is_none() && self.until.is_none()
    }

    /// The dates of the rule, ascending, up to the year 2100.
    ///
    /// # Errors
    /// When there are too many.
    pub(super) fn dates(
        &self,
        start: NaiveDate,
        budget: &mut Budget,
    ) -> Result<Vec<NaiveDate>, String> {
        let rule = self.completed(start);
        let last_year = HORIZON.max(start.year());
        let horizon = NaiveDate::from_ymd_opt(last_year, 12, 31).unwrap_or(start);
        let end = rule.until.map_or(horizon, |until| until.min(horizon));
        let mut dates = Vec::new();
        let mut period = rule.first_period(start);
        while let Some((from, to)) = period {
            if from > end {
                break;
            }
            let mut fitting = Vec::new();
            for day in from.iter_days().take_while(|day| *day < to) {
                budget.spend()?;
                if rule.fits(day) {
                    fitting.push(day);
                }
            }
            for day in rule.placed(&fitting) {
                if day < start {
                    continue;
                }
                if day > end || rule.count.is_some_and(|count| dates.len() >= count) {
                    return Ok(dates);
                }
                dates.push(day);
            }
            if dates.len() > MOST {
                return Err(format!("it repeats more than {MOST} times"));
            }
            period = rule.next_period(from);
        }
        Ok(dates)
    }

    /// The rule with what it leaves to its first date.
    fn completed(&self, start: NaiveDate) -> Self {
        let mut rule = self.clone();
        let day = (0, start.weekday());
        let no_day =
            rule.days.is_empty() && rule.month_days.is_empty() && rule.year_days.is_empty();
        if !no_day {
            return rule;
        }
        match rule.freq {
            Freq::Yearly if !rule.weeks.is_empty() => rule.days.push(day),
            Freq::Yearly => {
                if rule.months.is_empty() {
                    rule.months.push(signed(start.month()));
                }
                rule.month_days.push(signed(start.day()));
            }
            Freq::Monthly => rule.month_days.push(signed(start.day())),
            Freq::Weekly => rule.days.push(day),
            Freq::Daily => {}
        }
        rule
    }

    fn first_period(&self, start: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        let back = start.weekday().days_since(self.week_start);
        let from = match self.freq {
            Freq::Yearly => start.with_ordinal(1)?,
            Freq::Monthly => start.with_day(1)?,
            Freq::Weekly => start.checked_sub_days(Days::new(back.into()))?,
            Freq::Daily => start,
        };
        self.period(from)
    }

    fn next_period(&self, from: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        self.period(self.step(from, self.interval)?)
    }

    fn period(&self, from: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        Some((from, self.step(from, 1)?))
    }

    fn step(&self, from: NaiveDate, n: u32) -> Option<NaiveDate> {
        match self.freq {
            Freq::Yearly => from.checked_add_months(Months::new(n * 12)),
            Freq::Monthly => from.checked_add_months(Months::new(n)),
            Freq::Weekly => from.checked_add_days(Days::new(u64::from(n) * 7)),
            Freq::Daily => from.checked_add_days(Days::new(n.into())),
        }
    }

    fn fits(&self, day: NaiveDate) -> bool {
        let counted = |wanted: &[i32], at: u32, of: u32| {
            let (at, of) = (signed(at), signed(of));
            wanted.is_empty() || wanted.iter().any(|n| *n == at || *n == at - of - 1)
        };
        if !self.months.is_empty() && !self.months.contains(&signed(day.month())) {
            return false;
        }
        counted(&self.month_days, day.day(), month_length(day))
            && counted(&self.year_days, day.ordinal(), year_length(day.year()))
            && (self.weeks.is_empty() || {
                let (week, weeks) = self.week(day);
                counted(&self.weeks, week, weeks)
            })
            && (self.days.is_empty() || self.fits_weekday(day))
    }

    fn fits_weekday(&self, day: NaiveDate) -> bool {
        // Ordinals count in the month where a month is named, else in the year.
        let in_month = self.freq == Freq::Monthly || !self.months.is_empty();
        let (at, of) = if in_month {
            (day.day(), month_length(day))
        } else {
            (day.ordinal(), year_length(day.year()))
        };
        let nth = signed((at - 1) / 7 + 1);
        let nth_last = -signed((of - at) / 7 + 1);
        self.days.iter().any(|(wanted, weekday)| {
            *weekday == day.weekday() && (*wanted == 0 || *wanted == nth || *wanted == nth_last)
        })
    }

    /// The number of a day's week and of the weeks of the year it counts to:
    /// the first week has at least four days of the year.
    fn week(&self, day: NaiveDate) -> (u32, u32) {
        // The fourth day of a week lies in the year that the week counts to.
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
        // The last middle of a week in that year.
        let length = signed(year_length(year));
        let last = middle + (length - middle) / 7 * 7;
        let weeks = (last - 1) / 7 + 1;
        (unsigned(week), unsigned(weeks))
    }

    /// The days of a period that BYSETPOS picks.
    fn placed(&self, days: &[NaiveDate]) -> Vec<NaiveDate> {
        if self.positions.is_empty() {
            return days.to_vec();
        }
        let length = i32::try_from(days.len()).unwrap_or(i32::MAX);
        let picked = (1..).zip(days).filter(|(at, _)| {
            let wanted = |n: &i32| *n == *at || *n == at - length - 1;
            self.positions.iter().any(wanted)
        });
        picked.map(|(_, day)| *day).collect()
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

fn frequency(value: &str) -> Result<Freq, String> {
    match value {
        "YEARLY" => Ok(Freq::Yearly),
        "MONTHLY" => Ok(Freq::Monthly),
        "WEEKLY" => Ok(Freq::Weekly),
        "DAILY" => Ok(Freq::Daily),
        _ => Err(format!(
            "RRULE part FREQ={value} is not supported: holidays repeat YEARLY, MONTHLY, WEEKLY or DAILY"
        )),
    }
}

/// Numbers from 1 to `most`, or from the end as negative ones.
fn numbers(value: &str, most: i32) -> Option<Vec<i32>> {
    let number = |text: &str| {
        let n: i32 = text.parse().ok()?;
        (1..=most).contains(&n.abs()).then_some(n)
    };
    value.split(',').map(number).collect()
}

fn weekdays(value: &str) -> Option<Vec<(i32, Weekday)>> {
    let one = |text: &str| {
        let at = text.len().checked_sub(2)?;
        let (nth, name) = (text.get(..at)?, text.get(at..)?);
        let nth = if nth.is_empty() {
            0
        } else {
            *numbers(nth, 53)?.first()?
        };
        Some((nth, weekday(name)?))
    };
    value.split(',').map(one).collect()
}

fn weekday(name: &str) -> Option<Weekday> {
    let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let at = names.iter().position(|known| *known == name)?;
    u8::try_from(at).ok()?.try_into().ok()
}
