//! The clocks of a row, each as a compact JSON list. A cache that is computed
//! from the events: later versions need not read this form.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error as _, SeqAccess, Visitor};

use super::super::StoreError;
use super::body::{span, timestamp};
use super::canonical::Json;
use crate::domain::Timestamp;
use crate::domain::breach::obligation::NotificationClock;
use crate::domain::sla::clock::{Clock, Clocks, Phase};
use crate::domain::sla::target::SlaTarget;
use crate::domain::vocabulary::ClockName;

/// The last entry of a clock that is due as somebody promised by hand.
const PROMISED_MARK: &str = "promised";

/// What the clocks of a row contain if one of them is due as somebody promised by
/// hand, and only then: no text ends a list.
pub(crate) const PROMISED: &str = ",\"promised\"]";

/// Writes the clocks, in the order of [`ClockName::ALL`].
pub(crate) fn write_clocks(clocks: &Clocks) -> String {
    let list = ClockName::ALL
        .iter()
        .map(|name| Json::from(clocks.get(*name).map(write)));
    // Each clock of a notification is a list of its number, name and clock.
    let notification = |one: &NotificationClock| {
        Json::List(vec![
            i64::from(one.number).into(),
            one.name.as_str().into(),
            write(&one.clock),
        ])
    };
    let notifications = clocks.notifications.iter().map(notification);
    Json::List(list.chain(notifications).collect()).to_string()
}

fn write(clock: &Clock) -> Json {
    let Clock {
        target,
        started,
        phase,
        used,
        paused,
        due,
        late_after,
        warn,
        reclassified,
        relaxed,
        promised,
    } = clock;
    let SlaTarget {
        span: target,
        days,
        cadence,
        cadence_days,
        end_of_day,
        calendar,
        policy_version: policy,
    } = target;
    let (word, at, until) = match *phase {
        Phase::Running { since } => ("running", since, None),
        Phase::Paused { since, until } => ("held", since, until),
        Phase::Suspended { since, until } => ("off", since, until),
        Phase::Stopped { at } => ("stopped", at, None),
        Phase::Cancelled { at } => ("cancelled", at, None),
    };
    let millis = |at: &Timestamp| at.timestamp_millis();
    let mut list = vec![
        target.num_milliseconds().into(),
        cadence.map(|span| span.num_milliseconds()).into(),
        calendar.as_str().into(),
        i64::from(*policy).into(),
        millis(started).into(),
        word.into(),
        millis(&at).into(),
        used.num_milliseconds().into(),
        paused.num_milliseconds().into(),
        due.as_ref().map(millis).into(),
        warn.as_ref().map(millis).into(),
        Json::Bool(*reclassified),
    ];
    let more = [until.as_ref(), relaxed.as_ref(), late_after.as_ref()];
    let has_more = *promised || more.iter().any(Option::is_some);
    if has_more || days.is_some() || cadence_days.is_some() {
        list.extend([
            days.map(i64::from).into(),
            cadence_days.map(i64::from).into(),
            Json::Bool(*end_of_day),
        ]);
    }
    if has_more {
        list.extend(more.map(|at| Json::from(at.map(millis))));
    }
    if *promised {
        list.push(PROMISED_MARK.into());
    }
    Json::List(list)
}

/// The stored list of a clock: target, cadence, calendar, policy, start, phase,
/// since when, used, paused, due, first warning, reclassified; with business
/// days also those of the target and of the cadence, and the end of day; and
/// the end of a pause, the due time that passed under an earlier target, and the
/// time after which it is late if that is not its due time; and whether the due
/// time was promised by hand.
#[derive(serde::Deserialize)]
struct Packed<'a>(
    i64,
    Option<i64>,
    String,
    u32,
    i64,
    &'a str,
    i64,
    i64,
    i64,
    Option<i64>,
    Option<i64>,
    bool,
    #[serde(default)] Option<u32>,
    #[serde(default)] Option<u32>,
    #[serde(default)] bool,
    #[serde(default)] Option<i64>,
    #[serde(default)] Option<i64>,
    #[serde(default)] Option<i64>,
    #[serde(default)] Option<&'a str>,
);

/// Reads the clocks.
///
/// # Errors
/// [`StoreError::Damaged`] for anything that [`write_clocks`] did not write.
pub(crate) fn read_clocks(text: &str) -> Result<Clocks, StoreError> {
    let list: PackedClocks<'_> = serde_json::from_str(text).map_err(|_| wrong())?;
    let mut clocks = Clocks::default();
    for (name, packed) in ClockName::ALL.iter().zip(list.targets) {
        clocks.set(*name, packed.map(read).transpose()?);
    }
    let notification = |PackedNotification(number, name, packed)| {
        Ok(NotificationClock {
            number,
            name,
            clock: read(packed)?,
        })
    };
    let notifications = list.notifications.into_iter().map(notification);
    clocks.notifications = notifications.collect::<Result<_, StoreError>>()?;
    Ok(clocks)
}

/// The clock of a notification: number, name, clock.
#[derive(serde::Deserialize)]
struct PackedNotification<'a>(u32, String, #[serde(borrow)] Packed<'a>);

/// The stored list: a clock or null for each name, then those of notifications.
struct PackedClocks<'a> {
    targets: [Option<Packed<'a>>; ClockName::ALL.len()],
    notifications: Vec<PackedNotification<'a>>,
}

impl<'de: 'a, 'a> serde::Deserialize<'de> for PackedClocks<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct List<'a>(PhantomData<&'a ()>);

        impl<'de: 'a, 'a> Visitor<'de> for List<'a> {
            type Value = PackedClocks<'a>;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("a list of clocks")
            }

            fn visit_seq<S: SeqAccess<'de>>(self, mut list: S) -> Result<Self::Value, S::Error> {
                let mut targets = [const { None }; ClockName::ALL.len()];
                for (index, target) in targets.iter_mut().enumerate() {
                    let next = list.next_element()?;
                    *target = next.ok_or_else(|| S::Error::invalid_length(index, &self))?;
                }
                let mut notifications = Vec::new();
                while let Some(next) = list.next_element()? {
                    notifications.push(next);
                }
                Ok(PackedClocks {
                    targets,
                    notifications,
                })
            }
        }

        from.deserialize_seq(List(PhantomData))
    }
}

fn read(packed: Packed<'_>) -> Result<Clock, StoreError> {
    let Packed(
        target,
        cadence,
        calendar,
        policy,
        started,
        word,
        at,
        used,
        paused,
        due,
        warn,
        reclassified,
        days,
        cadence_days,
        end_of_day,
        until,
        relaxed,
        late_after,
        promised,
    ) = packed;
    let at = timestamp(at)?;
    let until = until.map(timestamp).transpose()?;
    let phase = match word {
        "running" => Phase::Running { since: at },
        "held" => Phase::Paused { since: at, until },
        "off" => Phase::Suspended { since: at, until },
        "stopped" => Phase::Stopped { at },
        "cancelled" => Phase::Cancelled { at },
        _ => return Err(wrong()),
    };
    Ok(Clock {
        target: SlaTarget {
            span: span(target)?,
            days,
            cadence: cadence.map(span).transpose()?,
            cadence_days,
            end_of_day,
            calendar,
            policy_version: policy,
        },
        started: timestamp(started)?,
        phase,
        used: span(used)?,
        paused: span(paused)?,
        due: due.map(timestamp).transpose()?,
        late_after: late_after.map(timestamp).transpose()?,
        warn: warn.map(timestamp).transpose()?,
        reclassified,
        relaxed: relaxed.map(timestamp).transpose()?,
        promised: promised == Some(PROMISED_MARK),
    })
}

fn wrong() -> StoreError {
    StoreError::damaged("the clocks of a row cannot be read")
}
