//! Times as people type them, and how they are parsed.

use super::*;
use proptest::prelude::*;

/// Wednesday 2026-03-04, 14:00:00.5 in Berlin.
const NOW: &str = "2026-03-04T13:00:00.5009Z";

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn read(text: &str, prefer: Prefer) -> Result<DateTime<Utc>, ParseTimeError> {
    parse(
        text,
        utc(NOW),
        &Zone::from_name("Europe/Berlin").unwrap(),
        prefer,
    )
}

/// The parsed time as local time in Berlin.
fn berlin(text: &str, prefer: Prefer) -> String {
    let at = read(text, prefer).unwrap_or_else(|e| panic!("{e}"));
    let local = Zone::from_name("Europe/Berlin").unwrap().local_time(at);
    local.format("%a %Y-%m-%d %H:%M:%S%.f").to_string()
}

fn past(text: &str) -> String {
    berlin(text, Prefer::Past)
}

fn future(text: &str) -> String {
    berlin(text, Prefer::Future)
}

fn error(text: &str) -> String {
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
fn a_date_may_have_a_time() {
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
fn a_past_weekday_is_today_or_the_last_one() {
    assert_eq!(past("monday 9:00"), "Mon 2026-03-02 09:00:00");
    assert_eq!(past("thu 9:00"), "Thu 2026-02-26 09:00:00");
    assert_eq!(past("wed 9:00"), "Wed 2026-03-04 09:00:00");
    assert_eq!(past("wed 15:00"), "Wed 2026-03-04 15:00:00");
    assert_eq!(past("friday"), "Fri 2026-02-27 00:00:00");
}

#[test]
fn a_future_weekday_is_today_only_while_its_time_is_ahead() {
    assert_eq!(future("monday 9:00"), "Mon 2026-03-09 09:00:00");
    assert_eq!(future("thu 9:00"), "Thu 2026-03-05 09:00:00");
    assert_eq!(future("wed 9:00"), "Wed 2026-03-11 09:00:00");
    assert_eq!(future("wed 15:00"), "Wed 2026-03-04 15:00:00");
    assert_eq!(future("wednesday"), "Wed 2026-03-11 00:00:00");
}

#[test]
fn last_and_next_weekdays_are_never_today() {
    for prefer in [Prefer::Past, Prefer::Future] {
        assert_eq!(
            berlin("last monday 9:00", prefer),
            "Mon 2026-03-02 09:00:00"
        );
        assert_eq!(berlin("last wed 9:00", prefer), "Wed 2026-02-25 09:00:00");
        assert_eq!(berlin("next monday", prefer), "Mon 2026-03-09 00:00:00");
        assert_eq!(berlin("next wed 15:00", prefer), "Wed 2026-03-11 15:00:00");
    }
}

#[test]
fn relative_times_count_from_now() {
    assert_eq!(past("2h ago"), "Wed 2026-03-04 12:00:00.500");
    assert_eq!(past("2h30m ago"), "Wed 2026-03-04 11:30:00.500");
    assert_eq!(past("3 days ago"), "Sun 2026-03-01 14:00:00.500");
    assert_eq!(past("5 min ago"), "Wed 2026-03-04 13:55:00.500");
    assert_eq!(future("in 45m"), "Wed 2026-03-04 14:45:00.500");
    assert_eq!(future("in 1 week 2 hours"), "Wed 2026-03-11 16:00:00.500");
    assert_eq!(
        error("2x ago"),
        "'2x' is not a duration: use 90m, 2h30m, 3d or 45s"
    );
}

#[test]
fn today_is_the_date_in_the_zone() {
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
fn a_date_that_differs_between_countries_is_refused_with_its_readings() {
    assert_eq!(
        error("02/03/2026"),
        "'02/03/2026' could be 2026-03-02 or 2026-02-03"
    );
    assert_eq!(
        error("2-3-26 14:00"),
        "'2-3-26' could be 2026-03-02 or 2026-02-03"
    );
    let order = "has its parts in an order that differs between countries";
    assert_eq!(
        error("25/03/2026"),
        format!("'25/03/2026' {order}: use 2026-03-25")
    );
    assert_eq!(
        error("03/25/2026"),
        format!("'03/25/2026' {order}: use 2026-03-25")
    );
    assert_eq!(
        error("03/03/2026"),
        format!("'03/03/2026' {order}: use 2026-03-03")
    );
    assert_eq!(
        error("2026/03/02"),
        format!("'2026/03/02' {order}: use 2026-03-02")
    );
    assert_eq!(error("31/02/2026"), "the date '31/02/2026' does not exist");
    assert_eq!(
        read("02/03/2026", Prefer::Past).unwrap_err().hint(),
        "write the date as year-month-day, such as 2026-03-02"
    );
}

#[test]
fn dates_and_times_that_do_not_exist_are_refused() {
    assert_eq!(error("2026-02-29"), "the date '2026-02-29' does not exist");
    assert_eq!(
        error("2026-02-29T10:00:00Z"),
        "the date '2026-02-29' does not exist"
    );
    assert_eq!(error("30.2.2026"), "the date '30.2.2026' does not exist");
    let time = "is not a time of day: use 00:00 to 23:59, or 12am to 11:59pm";
    for text in ["25:00", "24:00", "14:60", "13pm", "0am"] {
        assert_eq!(error(text), format!("'{text}' {time}"));
    }
    assert_eq!(
        error("0000-01-01"),
        "'0000-01-01' is outside the years 1 to 9999"
    );
    assert_eq!(
        error("9999-12-31T23:59:59-01:00"),
        "'9999-12-31T23:59:59-01:00' is outside the years 1 to 9999"
    );
}

#[test]
fn anything_else_is_refused_with_the_accepted_forms() {
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
            error(text),
            format!(
                "'{text}' is not a time: use 2026-03-02 14:30, 14:30, monday 9:00, 2h ago, in 45m or RFC 3339"
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

/// Instants from 1900 to 2600, to the millisecond.
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
    fn an_rfc_3339_time_round_trips_in_any_zone(at in any_moment(), now in any_moment(), zone in any_zone()) {
        let text = at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
        prop_assert_eq!(parse(&text, now, &zone, Prefer::Past), Ok(at));
    }

    #[test]
    fn a_local_time_is_its_first_instant(at in any_moment(), now in any_moment(), zone in any_zone()) {
        let local = zone.local_time(at);
        let text = local.format("%Y-%m-%d %H:%M:%S%.3f").to_string();
        prop_assert_eq!(parse(&text, now, &zone, Prefer::Past), Ok(zone.map_local_time(local).earliest()));
    }

    #[test]
    fn a_weekday_is_within_a_week_in_the_preferred_direction(now in any_moment(), zone in any_zone(), day in "mon|tue|wed|thu|fri|sat|sun") {
        let past = parse(&day, now, &zone, Prefer::Past).unwrap();
        prop_assert!(past <= now && now - past <= TimeDelta::hours(7 * 24 + 25));
        let future = parse(&day, now, &zone, Prefer::Future).unwrap();
        prop_assert!(future > now && future - now <= TimeDelta::hours(7 * 24 + 25));
    }
}
