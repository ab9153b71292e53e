//! Rules of retention: how long after its closing which texts of a ticket are
//! kept.

use std::fmt;

use chrono::{Days, Months, TimeDelta};

use crate::domain::Timestamp;
use crate::domain::category::Category;
use crate::domain::event::{Event, path_of_kind};
use crate::domain::vocabulary::{Kind, RetentionScope};

/// A span of the calendar: months, and days after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RetentionSpan {
    pub(crate) months: u32,
    pub(crate) days: u32,
}

impl RetentionSpan {
    /// The longest span, in months: a hundred years.
    const LONGEST: u32 = 1_200;

    /// Parses spans such as `24 months`, `2 years`, `90 days` or `6 weeks`.
    /// Returns `None` for anything else, and for nothing at all.
    pub(crate) fn parse(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        let end = typed.find(|c: char| !c.is_ascii_digit())?;
        let (number, unit) = typed.split_at(end);
        let number: u32 = number.parse().ok().filter(|number| *number > 0)?;
        let (months, days) = match unit.trim().to_ascii_lowercase().as_str() {
            "year" | "years" | "y" => (number.checked_mul(12)?, 0),
            "month" | "months" => (number, 0),
            "week" | "weeks" | "w" => (0, number.checked_mul(7)?),
            "day" | "days" | "d" => (0, number),
            _ => return None,
        };
        let fits = months <= Self::LONGEST && days <= Self::LONGEST * 31;
        fits.then_some(Self { months, days })
    }

    /// Returns when the span from a moment ends; on the last day of a month that
    /// has no such day.
    pub(crate) fn after(self, from: Timestamp) -> Option<Timestamp> {
        from.checked_add_months(Months::new(self.months))?
            .checked_add_days(Days::new(self.days.into()))
    }

    /// Returns the latest moment from which the span has ended by `now`.
    pub(crate) fn latest_start(self, now: Timestamp) -> Option<Timestamp> {
        let start = now
            .checked_sub_days(Days::new(self.days.into()))?
            .checked_sub_months(Months::new(self.months))?;
        // Several days can end on the same last day of a shorter month, so that it is
        // looked for between this one and one that is certainly too late.
        let ended = |from: Timestamp| self.after(from).is_some_and(|end| end <= now);
        let (mut early, mut late) = (0, TimeDelta::days(4).num_milliseconds());
        while late - early > 1 {
            let middle = early + (late - early) / 2;
            match start.checked_add_signed(TimeDelta::milliseconds(middle)) {
                Some(from) if ended(from) => early = middle,
                Some(_) | None => late = middle,
            }
        }
        start.checked_add_signed(TimeDelta::milliseconds(early))
    }
}

impl fmt::Display for RetentionSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, unit) = match self {
            Self { months: 0, days } => (*days, "day"),
            Self { months, .. } => (*months, "month"),
        };
        let plural = if number == 1 { "" } else { "s" };
        write!(f, "{number} {unit}{plural}")
    }
}

/// A rule of retention. The order of the rules means nothing: each applies to the
/// tickets that it describes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RetentionRule {
    /// Any kind without it.
    pub(crate) kind: Option<Kind>,
    /// This category and everything below it; any without it.
    pub(crate) category: Option<Category>,
    /// How long the ticket has been closed.
    pub(crate) closed_for: RetentionSpan,
    /// What is erased then; there is at least one.
    pub(crate) erase: Vec<RetentionScope>,
}

impl fmt::Display for RetentionRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scopes: Vec<&str> = self.erase.iter().map(|scope| scope.as_str()).collect();
        write!(f, "{} of ", scopes.join(", "))?;
        match self.kind {
            Some(kind) => write!(f, "{kind}s")?,
            None => f.write_str("tickets")?,
        }
        if let Some(category) = &self.category {
            write!(f, " in {}", category.as_str())?;
        }
        write!(f, " closed for {}", self.closed_for)
    }
}

/// Returns the scope to which a text of a fact belongs.
pub(crate) fn scope_of(event: &Event, path: &str) -> Option<RetentionScope> {
    let kind = event.fact.kind();
    match (kind, path_of_kind(path)) {
        // What the desk itself needs to know: where a ticket came from, and why
        // something was erased.
        ("imported", "number") | ("erased", _) => None,
        (_, "name" | "contact" | "language") | ("imported", "rows") => {
            Some(RetentionScope::Contact)
        }
        ("attached", _) => Some(RetentionScope::Attachments),
        ("opened" | "corrected", "description") | ("replied" | "heard", _) => {
            Some(RetentionScope::Messages)
        }
        _ => Some(RetentionScope::Texts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(typed: &str) -> Timestamp {
        typed.parse().unwrap()
    }

    #[test]
    fn spans_are_parsed() {
        let months = |months| Some(RetentionSpan { months, days: 0 });
        let days = |days| Some(RetentionSpan { months: 0, days });
        for (typed, span) in [
            ("24 months", months(24)),
            ("1 month", months(1)),
            ("2 years", months(24)),
            ("90d", days(90)),
            ("6 weeks", days(42)),
            ("0 days", None),
            ("months", None),
            ("24", None),
            ("1201 months", None),
            ("5 bd", None),
            ("4294967295 years", None),
        ] {
            assert_eq!(RetentionSpan::parse(typed), span, "{typed}");
        }
    }

    #[test]
    fn a_month_ends_on_the_last_day_of_a_shorter_one() {
        let month = RetentionSpan { months: 1, days: 0 };
        let end = month.after(at("2026-01-31T10:00:00Z"));
        assert_eq!(end, Some(at("2026-02-28T10:00:00Z")));
        for (now, start) in [
            ("2026-02-28T10:00:00Z", "2026-01-31T10:00:00Z"),
            ("2026-02-28T09:59:59Z", "2026-01-31T09:59:59Z"),
            ("2026-02-27T10:00:00Z", "2026-01-27T10:00:00Z"),
            ("2026-03-31T10:00:00Z", "2026-02-28T23:59:59.999Z"),
            ("2028-02-29T10:00:00Z", "2028-01-31T10:00:00Z"),
        ] {
            assert_eq!(month.latest_start(at(now)), Some(at(start)), "{now}");
        }
    }

    #[test]
    fn the_latest_start_is_exact() {
        let spans = [(1, 0), (24, 0), (0, 90), (3, 0)];
        let hour = TimeDelta::hours(1);
        for (months, days) in spans {
            let span = RetentionSpan { months, days };
            let mut now = at("2027-01-01T00:30:00Z");
            while now < at("2028-04-01T00:00:00Z") {
                let start = span.latest_start(now).unwrap();
                assert!(span.after(start).unwrap() <= now, "{now}");
                let later = start + TimeDelta::milliseconds(1);
                assert!(span.after(later).unwrap() > now, "{now} {months} {days}");
                now += hour * 7;
            }
        }
    }
}
