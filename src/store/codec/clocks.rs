//! The clocks of a row: a list of plain values for each, as compact as JSON
//! allows. A cache: nothing here has to be read by a later version.

use chrono::TimeDelta;

use super::super::StoreError;
use super::super::driver::{damaged, moment};
use super::body::span;
use super::canonical::Json;
use crate::domain::Moment;
use crate::domain::sla::clock::{Clock, Clocks, Phase};
use crate::domain::sla::promise::Promise;

/// Writes the clocks: response, update, resolution.
pub(in crate::store) fn write_clocks(clocks: &Clocks) -> String {
    let Clocks {
        response,
        update,
        resolution,
    } = clocks;
    let list = [response, update, resolution].map(|clock| clock.as_ref().map(write));
    Json::List(list.map(Json::from).to_vec()).to_string()
}

fn write(clock: &Clock) -> Json {
    let Clock {
        promise,
        started,
        phase,
        used,
        paused,
        due,
        warn,
        reclassified,
    } = clock;
    let Promise {
        target,
        cadence,
        calendar,
        policy,
    } = promise;
    let (word, at) = match *phase {
        Phase::Running { since } => ("running", since),
        Phase::Held { since } => ("held", since),
        Phase::Stopped { at } => ("stopped", at),
        Phase::Cancelled { at } => ("cancelled", at),
    };
    let millis = |at: &Moment| at.timestamp_millis();
    Json::List(vec![
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
        Json::Truth(*reclassified),
    ])
}

/// Reads the clocks.
///
/// # Errors
/// [`StoreError::Damaged`] for anything that was not written here.
pub(in crate::store) fn read_clocks(text: &str) -> Result<Clocks, StoreError> {
    let json = Json::read(text)?;
    let Some([response, update, resolution]) = json.as_list() else {
        return Err(wrong());
    };
    Ok(Clocks {
        response: read(response)?,
        update: read(update)?,
        resolution: read(resolution)?,
    })
}

fn read(json: &Json) -> Result<Option<Clock>, StoreError> {
    if *json == Json::Null {
        return Ok(None);
    }
    let Some(
        [
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
        ],
    ) = json.as_list()
    else {
        return Err(wrong());
    };
    let at = instant(at)?;
    let phase = match word.as_text() {
        Some("running") => Phase::Running { since: at },
        Some("held") => Phase::Held { since: at },
        Some("stopped") => Phase::Stopped { at },
        Some("cancelled") => Phase::Cancelled { at },
        Some(_) | None => return Err(wrong()),
    };
    Ok(Some(Clock {
        promise: Promise {
            target: length(target)?,
            cadence: maybe(cadence, length)?,
            calendar: calendar.as_text().ok_or_else(wrong)?.to_owned(),
            policy: policy
                .as_int()
                .and_then(|version| u32::try_from(version).ok())
                .ok_or_else(wrong)?,
        },
        started: instant(started)?,
        phase,
        used: length(used)?,
        paused: length(paused)?,
        due: maybe(due, instant)?,
        warn: maybe(warn, instant)?,
        reclassified: reclassified.as_truth().ok_or_else(wrong)?,
    }))
}

fn maybe<T>(
    json: &Json,
    read: fn(&Json) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    if *json == Json::Null {
        Ok(None)
    } else {
        read(json).map(Some)
    }
}

fn instant(json: &Json) -> Result<Moment, StoreError> {
    moment(json.as_int().ok_or_else(wrong)?)
}

fn length(json: &Json) -> Result<TimeDelta, StoreError> {
    span(json.as_int().ok_or_else(wrong)?)
}

fn wrong() -> StoreError {
    damaged("the clocks of a row cannot be read")
}
