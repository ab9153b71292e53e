//! Moments as they are typed: `2026-03-02 14:30`, `monday 9:00`, `2h ago`. Reads no clock: what «now» is comes from the caller,
//! and so does the judgement whether a moment may lie in the future.

mod formats;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};

use super::parse_duration;
use super::parse_duration::ParseDurationError;
use super::zone::Zone;

/// Which way a moment is expected to lie when its words leave that open, as a bare weekday does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prefer {
    /// Something that happened: `monday` is today or the latest Monday before.
    Past,
    /// Something that is planned: `monday` is the next Monday, today only while that time is still ahead.
    Future,
}

/// What is wrong with a moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ParseTimeError {
    #[error(
        "`{typed}` is not a time: use 2026-03-02 14:30, 14:30, monday 9:00, 2h ago, in 45m or RFC 3339"
    )]
    Unreadable { typed: String },
    #[error("`{typed}` is not in the calendar")]
    NoSuchDate { typed: String },
    #[error("`{typed}` is not a time of day: use 00:00 to 23:59, or 12am to 11:59pm")]
    NoSuchTime { typed: String },
    #[error("`{typed}` could be {day_first} or {month_first}")]
    Ambiguous {
        typed: String,
        day_first: NaiveDate,
        month_first: NaiveDate,
    },
    #[error("`{typed}` has its parts in an order that differs between countries: use {date}")]
    Order { typed: String, date: NaiveDate },
    #[error("`{typed}` is outside the years 1 to 9999")]
    TooFar { typed: String },
    #[error(transparent)]
    Span(#[from] ParseDurationError),
}

impl ParseTimeError {
    /// Returns what to type instead.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::Unreadable { .. } => {
                "quote a time that has a space in it: '2026-03-02 14:30'".to_owned()
            }
            Self::NoSuchDate { .. } => "write the date as year-month-day: 2026-03-02".to_owned(),
            Self::NoSuchTime { .. } => "write the time as hour:minute: 14:30".to_owned(),
            Self::Ambiguous { day_first, .. } => {
                format!("write the date as year-month-day, such as {day_first}")
            }
            Self::Order { date, .. } => format!("write the date as {date}"),
            Self::TooFar { .. } => "give a moment within the years 1 to 9999".to_owned(),
            Self::Span(error) => error.hint().to_owned(),
        }
    }
}

/// Reads a moment, to the millisecond; finer fractions are dropped.
///
/// Read are RFC 3339 in its looser forms too (no seconds, a space for the `T`, `+0100`), a date with or without a time, a
/// time of today, `today`, `yesterday`, `tomorrow` and weekdays (also with `last` or `next`: never today) with or without a
/// time, `now`, `… ago` and `in …`. Letter case is ignored. Dates are `2026-03-02` or `24.12.2026`; with slashes, or day
/// first with dashes, their order differs between countries, and they are refused with their readings.
///
/// What has no offset of its own is local time in `zone`: a day begins at its first moment, a time that occurs twice is the
/// first, and one that a clock change skips is the moment of that change.
pub(crate) fn parse(
    text: &str,
    now: DateTime<Utc>,
    zone: &Zone,
    lean: Prefer,
) -> Result<DateTime<Utc>, ParseTimeError> {
    let reader = TimeParser {
        typed: text.trim(),
        now,
        zone,
        lean,
    };
    let moment = reader.moment()?;
    DateTime::from_timestamp_millis(moment.timestamp_millis())
        .filter(|moment| (1..=9999).contains(&moment.year()))
        .ok_or_else(|| reader.too_far())
}

struct TimeParser<'a> {
    typed: &'a str,
    now: DateTime<Utc>,
    zone: &'a Zone,
    lean: Prefer,
}

/// A day as it was named.
enum Day {
    /// Written in full, so that a time with an offset of its own can stand beside it.
    Date(NaiveDate),
    /// Found from today, the local one.
    RelativeDate(NaiveDate),
    /// Some weekday, which one depending on where the moment is expected.
    Weekday(Weekday),
}

impl TimeParser<'_> {
    fn moment(&self) -> Result<DateTime<Utc>, ParseTimeError> {
        let mut lower = self.typed.to_ascii_lowercase();
        // RFC 3339 leap seconds and all; looser forms are read below.
        if let Ok(exact) = DateTime::parse_from_rfc3339(&lower.to_ascii_uppercase()) {
            return Ok(exact.to_utc());
        }
        if lower.starts_with(|c: char| c.is_ascii_digit())
            && lower.as_bytes().get(10) == Some(&b't')
        {
            lower.replace_range(10..11, " ");
        }
        let words: Vec<&str> = lower.split_whitespace().collect();
        match words.as_slice() {
            ["now"] => Ok(self.now),
            [span @ .., "ago"] if !span.is_empty() => self.away(span, |by| -by),
            ["in", span @ ..] if !span.is_empty() => self.away(span, |by| by),
            words => {
                let (day, clock) = self.day(words)?;
                self.at(day, &self.joined(clock)?)
            }
        }
    }

    fn away(
        &self,
        span: &[&str],
        way: impl Fn(TimeDelta) -> TimeDelta,
    ) -> Result<DateTime<Utc>, ParseTimeError> {
        let by = parse_duration::parse_words(&span.join(" "))?;
        self.now
            .checked_add_signed(way(by))
            .ok_or_else(|| self.too_far())
    }

    /// Splits the words into the day they name, today if none, and the time that is left.
    fn day<'w>(&self, words: &'w [&'w str]) -> Result<(Day, &'w [&'w str]), ParseTimeError> {
        Ok(match words {
            [] => return Err(self.unreadable()),
            ["today", clock @ ..] => (Day::RelativeDate(self.today(0)?), clock),
            ["yesterday", clock @ ..] => (Day::RelativeDate(self.today(-1)?), clock),
            ["tomorrow", clock @ ..] => (Day::RelativeDate(self.today(1)?), clock),
            [which @ ("last" | "next"), name, clock @ ..] => {
                let day = weekday(name).ok_or_else(|| self.unreadable())?;
                let back = self.days_since(day);
                let days = if *which == "next" {
                    7 - back
                } else if back == 0 {
                    -7
                } else {
                    -back
                };
                (Day::RelativeDate(self.today(days)?), clock)
            }
            [word, clock @ ..] => {
                if let Some(day) = weekday(word) {
                    (Day::Weekday(day), clock)
                } else if let Some(date) = formats::date(word) {
                    (Day::Date(date?), clock)
                } else {
                    (Day::RelativeDate(self.today(0)?), words)
                }
            }
        })
    }

    /// Puts a time and what belongs to it (`2:30 pm`, `14:30 +01:00`) into one word, empty for the start of the day.
    fn joined(&self, words: &[&str]) -> Result<String, ParseTimeError> {
        match words {
            [] => Ok(String::new()),
            [clock] => Ok((*clock).to_owned()),
            [clock, more] if more.starts_with(['a', 'p', 'z', '+', '-']) => {
                Ok(format!("{clock}{more}"))
            }
            [_, ..] => Err(self.unreadable()),
        }
    }

    fn at(&self, day: Day, clock: &str) -> Result<DateTime<Utc>, ParseTimeError> {
        let (clock, offset) = match clock.find(['z', '+', '-']) {
            None => (clock, None),
            Some(cut) => {
                let (clock, offset) = clock.split_at(cut);
                (
                    clock,
                    Some(formats::offset(offset).ok_or_else(|| self.unreadable())?),
                )
            }
        };
        let time = match clock {
            "" if offset.is_none() => NaiveTime::MIN,
            clock => formats::time(clock).ok_or_else(|| self.unreadable())??,
        };
        let on = |date: NaiveDate| self.zone.map_local_time(date.and_time(time)).earliest();
        let day = match (day, offset) {
            (Day::Date(date), Some(offset)) => {
                let exact = date.and_time(time).and_local_timezone(offset).single();
                return exact
                    .map(|exact| exact.to_utc())
                    .ok_or_else(|| self.too_far());
            }
            (Day::Date(date) | Day::RelativeDate(date), None) => return Ok(on(date)),
            (Day::Weekday(day), None) => day,
            (Day::RelativeDate(_) | Day::Weekday(_), Some(_)) => return Err(self.unreadable()),
        };
        let back = self.days_since(day);
        let days = match self.lean {
            Prefer::Past => -back,
            Prefer::Future if back == 0 && on(self.today(0)?) > self.now => 0,
            Prefer::Future => 7 - back,
        };
        Ok(on(self.today(days)?))
    }

    /// Returns how many days ago the latest such weekday was, today included.
    fn days_since(&self, day: Weekday) -> i64 {
        i64::from(self.zone.local_time(self.now).weekday().days_since(day))
    }

    /// Returns the local date some days from today.
    fn today(&self, days: i64) -> Result<NaiveDate, ParseTimeError> {
        let today = self.zone.local_time(self.now).date();
        today
            .checked_add_signed(TimeDelta::days(days))
            .ok_or_else(|| self.too_far())
    }

    fn unreadable(&self) -> ParseTimeError {
        ParseTimeError::Unreadable {
            typed: self.typed.to_owned(),
        }
    }

    fn too_far(&self) -> ParseTimeError {
        ParseTimeError::TooFar {
            typed: self.typed.to_owned(),
        }
    }
}

/// Reads `monday` or `mon`.
fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" | "mon" => Weekday::Mon,
        "tuesday" | "tue" => Weekday::Tue,
        "wednesday" | "wed" => Weekday::Wed,
        "thursday" | "thu" => Weekday::Thu,
        "friday" | "fri" => Weekday::Fri,
        "saturday" | "sat" => Weekday::Sat,
        "sunday" | "sun" => Weekday::Sun,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Wednesday 2026-03-04, 14:00:00.5 in Berlin.
    const NOW: &str = "2026-03-04T13:00:00.5009Z";

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn read(text: &str, lean: Prefer) -> Result<DateTime<Utc>, ParseTimeError> {
        parse(
            text,
            utc(NOW),
            &Zone::from_name("Europe/Berlin").unwrap(),
            lean,
        )
    }

    /// What was read, as the wall clock in Berlin shows it.
    fn berlin(text: &str, lean: Prefer) -> String {
        let at = read(text, lean).unwrap_or_else(|e| panic!("{e}"));
        let local = Zone::from_name("Europe/Berlin").unwrap().local_time(at);
        local.format("%a %Y-%m-%d %H:%M:%S%.f").to_string()
    }

    fn past(text: &str) -> String {
        berlin(text, Prefer::Past)
    }

    fn future(text: &str) -> String {
        berlin(text, Prefer::Future)
    }

    fn said(text: &str) -> String {
        read(text, Prefer::Past).unwrap_err().to_string()
    }

    #[test]
    fn rfc_3339_is_exact_in_all_its_forms() {
        let exact = Ok(utc("2026-03-02T14:30:00Z"));
        for text in [
            "2026-03-02T14:30:00Z",
            "2026-03-02t14:30:00z",
            "2026-03-02 14:30:00Z",
            "2026-03-02T15:30:00+01:00",
            "2026-03-02 15:30:00 +01:00",
            "2026-03-02 15:30 +0100",
            "2026-03-02T12:00:00-02:30",
            "2026-03-02T14:30Z",
            "2026-03-02T15:30+01",
            "  2026-03-02T14:30:00.0009Z ",
        ] {
            assert_eq!(read(text, Prefer::Past), exact, "{text}");
        }
    }

    #[test]
    fn fractions_are_cut_to_milliseconds_and_a_leap_second_is_the_next() {
        assert_eq!(
            read("2026-03-02T14:30:00.123999Z", Prefer::Past),
            Ok(utc("2026-03-02T14:30:00.123Z"))
        );
        assert_eq!(
            past("2026-03-02 14:30:05.9999"),
            "Mon 2026-03-02 14:30:05.999"
        );
        assert_eq!(past("14:30:05.5"), "Wed 2026-03-04 14:30:05.500");
        assert_eq!(past("now"), "Wed 2026-03-04 14:00:00.500");
        assert_eq!(
            read("2016-12-31T23:59:60Z", Prefer::Past),
            Ok(utc("2017-01-01T00:00:00Z"))
        );
    }

    #[test]
    fn a_date_stands_alone_or_with_a_time() {
        assert_eq!(past("2026-03-02 14:30"), "Mon 2026-03-02 14:30:00");
        assert_eq!(past("2026-03-02T14:30"), "Mon 2026-03-02 14:30:00");
        assert_eq!(past("2026-03-02 14:30:05"), "Mon 2026-03-02 14:30:05");
        assert_eq!(past("2026-03-02"), "Mon 2026-03-02 00:00:00");
        assert_eq!(past("24.12.2026 14:00"), "Thu 2026-12-24 14:00:00");
        assert_eq!(past("1.2.2026"), "Sun 2026-02-01 00:00:00");
        assert_eq!(past("2026-3-2 9am"), "Mon 2026-03-02 09:00:00");
    }

    #[test]
    fn a_time_alone_is_today_even_when_it_is_still_ahead() {
        assert_eq!(past("14:30"), "Wed 2026-03-04 14:30:00");
        assert_eq!(past("9:05"), "Wed 2026-03-04 09:05:00");
        assert_eq!(future("9:05"), "Wed 2026-03-04 09:05:00");
        assert_eq!(past("9am"), "Wed 2026-03-04 09:00:00");
        assert_eq!(past("2:30PM"), "Wed 2026-03-04 14:30:00");
        assert_eq!(past("2:30 pm"), "Wed 2026-03-04 14:30:00");
        assert_eq!(past("12am"), "Wed 2026-03-04 00:00:00");
        assert_eq!(past("12:15pm"), "Wed 2026-03-04 12:15:00");
    }

    #[test]
    fn days_have_names() {
        assert_eq!(past("today"), "Wed 2026-03-04 00:00:00");
        assert_eq!(past("today 9:00"), "Wed 2026-03-04 09:00:00");
        assert_eq!(past("yesterday"), "Tue 2026-03-03 00:00:00");
        assert_eq!(past("Yesterday  9:00"), "Tue 2026-03-03 09:00:00");
        assert_eq!(past("tomorrow 9:00"), "Thu 2026-03-05 09:00:00");
    }

    #[test]
    fn a_weekday_of_the_past_is_today_or_the_latest_before() {
        assert_eq!(past("monday 9:00"), "Mon 2026-03-02 09:00:00");
        assert_eq!(past("thu 9:00"), "Thu 2026-02-26 09:00:00");
        assert_eq!(past("wed 9:00"), "Wed 2026-03-04 09:00:00");
        assert_eq!(past("wed 15:00"), "Wed 2026-03-04 15:00:00");
        assert_eq!(past("friday"), "Fri 2026-02-27 00:00:00");
    }

    #[test]
    fn a_weekday_of_the_future_is_today_only_while_its_time_is_ahead() {
        assert_eq!(future("monday 9:00"), "Mon 2026-03-09 09:00:00");
        assert_eq!(future("thu 9:00"), "Thu 2026-03-05 09:00:00");
        assert_eq!(future("wed 9:00"), "Wed 2026-03-11 09:00:00");
        assert_eq!(future("wed 15:00"), "Wed 2026-03-04 15:00:00");
        assert_eq!(future("wednesday"), "Wed 2026-03-11 00:00:00");
    }

    #[test]
    fn last_and_next_weekdays_are_never_today() {
        for lean in [Prefer::Past, Prefer::Future] {
            assert_eq!(berlin("last monday 9:00", lean), "Mon 2026-03-02 09:00:00");
            assert_eq!(berlin("last wed 9:00", lean), "Wed 2026-02-25 09:00:00");
            assert_eq!(berlin("next monday", lean), "Mon 2026-03-09 00:00:00");
            assert_eq!(berlin("next wed 15:00", lean), "Wed 2026-03-11 15:00:00");
        }
    }

    #[test]
    fn a_distance_counts_from_now() {
        assert_eq!(past("2h ago"), "Wed 2026-03-04 12:00:00.500");
        assert_eq!(past("2h30m ago"), "Wed 2026-03-04 11:30:00.500");
        assert_eq!(past("3 days ago"), "Sun 2026-03-01 14:00:00.500");
        assert_eq!(past("5 min ago"), "Wed 2026-03-04 13:55:00.500");
        assert_eq!(future("in 45m"), "Wed 2026-03-04 14:45:00.500");
        assert_eq!(future("in 1 week 2 hours"), "Wed 2026-03-11 16:00:00.500");
        assert_eq!(
            said("2x ago"),
            "`2x` is not a duration: use 90m, 2h30m, 3d or 45s"
        );
    }

    #[test]
    fn the_day_is_the_one_of_the_zone() {
        let late = utc("2026-03-04T23:30:00Z");
        let tokyo = Zone::from_name("Asia/Tokyo").unwrap();
        assert_eq!(
            parse("today", late, &tokyo, Prefer::Past),
            Ok(utc("2026-03-04T15:00:00Z"))
        );
        assert_eq!(
            parse("today", late, &Zone::utc(), Prefer::Past),
            Ok(utc("2026-03-04T00:00:00Z"))
        );
    }

    #[test]
    fn a_clock_change_gives_the_first_of_two_and_the_end_of_a_gap() {
        assert_eq!(
            read("2026-10-25 02:30", Prefer::Past),
            Ok(utc("2026-10-25T00:30:00Z"))
        );
        assert_eq!(
            read("2026-03-29 02:30", Prefer::Past),
            Ok(utc("2026-03-29T01:00:00Z"))
        );
        let brazil = Zone::from_name("America/Sao_Paulo").unwrap();
        let start = parse("2018-11-04", utc(NOW), &brazil, Prefer::Past);
        assert_eq!(start, Ok(utc("2018-11-04T03:00:00Z")));
    }

    #[test]
    fn a_date_that_reads_differently_between_countries_is_refused_with_its_readings() {
        assert_eq!(
            said("02/03/2026"),
            "`02/03/2026` could be 2026-03-02 or 2026-02-03"
        );
        assert_eq!(
            said("2-3-26 14:00"),
            "`2-3-26` could be 2026-03-02 or 2026-02-03"
        );
        let order = "has its parts in an order that differs between countries";
        assert_eq!(
            said("25/03/2026"),
            format!("`25/03/2026` {order}: use 2026-03-25")
        );
        assert_eq!(
            said("03/25/2026"),
            format!("`03/25/2026` {order}: use 2026-03-25")
        );
        assert_eq!(
            said("03/03/2026"),
            format!("`03/03/2026` {order}: use 2026-03-03")
        );
        assert_eq!(
            said("2026/03/02"),
            format!("`2026/03/02` {order}: use 2026-03-02")
        );
        assert_eq!(said("31/02/2026"), "`31/02/2026` is not in the calendar");
        assert_eq!(
            read("02/03/2026", Prefer::Past).unwrap_err().hint(),
            "write the date as year-month-day, such as 2026-03-02"
        );
    }

    #[test]
    fn what_does_not_exist_is_refused_as_such() {
        assert_eq!(said("2026-02-29"), "`2026-02-29` is not in the calendar");
        assert_eq!(
            said("2026-02-29T10:00:00Z"),
            "`2026-02-29` is not in the calendar"
        );
        assert_eq!(said("30.2.2026"), "`30.2.2026` is not in the calendar");
        let time = "is not a time of day: use 00:00 to 23:59, or 12am to 11:59pm";
        for text in ["25:00", "24:00", "14:60", "13pm", "0am"] {
            assert_eq!(said(text), format!("`{text}` {time}"));
        }
        assert_eq!(
            said("0000-01-01"),
            "`0000-01-01` is outside the years 1 to 9999"
        );
        assert_eq!(
            said("9999-12-31T23:59:59-01:00"),
            "`9999-12-31T23:59:59-01:00` is outside the years 1 to 9999"
        );
    }

    #[test]
    fn anything_else_is_refused_with_what_is_read() {
        for text in [
            "",
            "soon",
            "9",
            "1430",
            "2h",
            "ago",
            "in",
            "last",
            "next week",
            "monday 9",
            "9:00 monday",
            "14:3",
            "14:30Z",
            "monday 9:00+01:00",
            "2026-03-02 1 4:30",
            "2026-03-02Z",
            "2026-03-02 +01:00",
            "2026-03-02 10:00+1",
            "24.12.26",
            "2026-03",
            "10:00:00.",
            "+9:00",
            "٢٠٢٦-03-02",
            "2026-03-02 10:00 +24:00",
        ] {
            assert_eq!(
                said(text),
                format!(
                    "`{text}` is not a time: use 2026-03-02 14:30, 14:30, monday 9:00, 2h ago, in 45m or RFC 3339"
                )
            );
        }
    }

    #[test]
    fn the_ends_of_the_calendar_are_refused() {
        for now in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            for text in [
                "now",
                "today",
                "tomorrow",
                "yesterday 9:00",
                "next monday",
                "in 36500d",
                "36500d ago",
                "fri",
            ] {
                let read = parse(
                    text,
                    now,
                    &Zone::from_name("Asia/Tokyo").unwrap(),
                    Prefer::Future,
                );
                assert!(matches!(read, Err(ParseTimeError::TooFar { .. })), "{text}");
            }
        }
    }

    fn any_zone() -> impl Strategy<Value = Zone> {
        let names = [
            "UTC",
            "Europe/Berlin",
            "America/Sao_Paulo",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "Asia/Kolkata",
        ];
        proptest::sample::select(names.to_vec()).prop_map(|name| Zone::from_name(name).unwrap())
    }

    /// Moments from 1900 to 2600, to the millisecond.
    fn any_moment() -> impl Strategy<Value = DateTime<Utc>> {
        (-2_208_988_800_000_i64..19_880_899_200_000)
            .prop_map(|ms| DateTime::from_timestamp_millis(ms).unwrap())
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*", now in any_moment(), zone in any_zone()) {
            let _ = parse(&text, now, &zone, Prefer::Past);
        }

        #[test]
        fn no_near_miss_panics(text in "((last|next|in|monday|today) )?[0-9:./tzapm+-]{0,14}( [0-9:apmz+-]{0,6}| ago)?", now in any_moment()) {
            let _ = parse(&text, now, &Zone::utc(), Prefer::Future);
        }

        #[test]
        fn an_exact_moment_is_read_back_in_any_zone(at in any_moment(), now in any_moment(), zone in any_zone()) {
            let text = at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
            prop_assert_eq!(parse(&text, now, &zone, Prefer::Past), Ok(at));
        }

        #[test]
        fn a_local_time_is_read_as_its_first_moment(at in any_moment(), now in any_moment(), zone in any_zone()) {
            let local = zone.local_time(at);
            let text = local.format("%Y-%m-%d %H:%M:%S%.3f").to_string();
            prop_assert_eq!(parse(&text, now, &zone, Prefer::Past), Ok(zone.map_local_time(local).earliest()));
        }

        #[test]
        fn a_weekday_lies_within_a_week_on_the_side_it_leans_to(now in any_moment(), zone in any_zone(), day in "mon|tue|wed|thu|fri|sat|sun") {
            let past = parse(&day, now, &zone, Prefer::Past).unwrap();
            prop_assert!(past <= now && now - past <= TimeDelta::hours(7 * 24 + 25));
            let future = parse(&day, now, &zone, Prefer::Future).unwrap();
            prop_assert!(future > now && future - now <= TimeDelta::hours(7 * 24 + 25));
        }
    }
}
