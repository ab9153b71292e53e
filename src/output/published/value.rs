//! The values of published output: times, durations and fixed words, with
//! their form in CSV.

use chrono::{SecondsFormat, TimeDelta};
use serde::{Serialize, Serializer};

use crate::domain::Timestamp;
use crate::domain::breach::severity;
use crate::domain::sla::clock::{self, DisplayState};
use crate::domain::ticket;
use crate::domain::vocabulary;
use crate::output::csv;

/// A value of a CSV row; absent values are empty.
pub(crate) trait CsvValue {
    /// Adds the cell, or several.
    fn csv(&self, to: &mut Vec<String>);
}

/// A value that is a whole CSV row.
pub(crate) trait CsvRecord: CsvValue {
    /// The headings, each followed by a comma: one text costs every start of
    /// the program less than a table of texts.
    const HEADINGS: &'static str;

    /// The headings, one per cell.
    fn headings() -> Vec<&'static str> {
        Self::HEADINGS.split_terminator(',').collect()
    }

    /// The cells, as many as there are headings.
    fn cells(&self) -> Vec<String> {
        let mut cells = Vec::new();
        self.csv(&mut cells);
        cells
    }
}

impl<T: CsvValue> CsvValue for Option<T> {
    fn csv(&self, to: &mut Vec<String>) {
        match self {
            Some(value) => value.csv(to),
            None => to.push(String::new()),
        }
    }
}

impl CsvValue for &str {
    fn csv(&self, to: &mut Vec<String>) {
        to.push(csv::safe(self).into_owned());
    }
}

impl CsvValue for String {
    fn csv(&self, to: &mut Vec<String>) {
        self.as_str().csv(to);
    }
}

/// Texts, one per line of the cell.
impl CsvValue for &[String] {
    fn csv(&self, to: &mut Vec<String>) {
        self.join("\n").csv(to);
    }
}

/// Words of a fixed set, one per line of the cell.
impl CsvValue for Vec<&str> {
    fn csv(&self, to: &mut Vec<String>) {
        self.join("\n").as_str().csv(to);
    }
}

macro_rules! displayed {
    ($($type:ty),+) => { $(
        impl CsvValue for $type {
            fn csv(&self, to: &mut Vec<String>) {
                to.push(self.to_string());
            }
        }
    )+ };
}

displayed! { bool, f64, i64, u8, u16, u32, u64, At, Seconds }

/// A time, RFC 3339 in UTC: to the second, with milliseconds if there are any.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(with = "String", inline, extend("format" = "date-time")))]
pub(crate) struct At(pub(crate) Timestamp);

impl std::fmt::Display for At {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let format = match self.0.timestamp_subsec_millis() {
            0 => SecondsFormat::Secs,
            _ => SecondsFormat::Millis,
        };
        to.write_str(&self.0.to_rfc3339_opts(format, true))
    }
}

impl Serialize for At {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.to_string())
    }
}

/// A duration in whole seconds, truncated.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(inline))]
pub(crate) struct Seconds(i64);

impl From<TimeDelta> for Seconds {
    fn from(duration: TimeDelta) -> Self {
        Self(duration.num_seconds())
    }
}

impl std::fmt::Display for Seconds {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(to)
    }
}

macro_rules! words {
    ($($name:ident: $from:ty = $all:expr;)+) => { $(
        #[derive(Debug, Clone, Copy, Serialize)]
        #[serde(transparent)]
        pub(crate) struct $name(&'static str);

        impl From<$from> for $name {
            fn from(word: $from) -> Self {
                Self(word.as_str())
            }
        }

        impl CsvValue for $name {
            fn csv(&self, to: &mut Vec<String>) {
                to.push(self.0.to_owned());
            }
        }

        #[cfg(test)]
        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let all: Vec<&str> = $all;
                schemars::json_schema!({ "type": "string", "enum": all })
            }
        }
    )+ };
}

words! {
    Kind: vocabulary::Kind = vocabulary::Kind::WORDS.to_vec();
    Occurrence: vocabulary::Occurrence = vocabulary::Occurrence::WORDS.to_vec();
    Channel: vocabulary::Channel = vocabulary::Channel::WORDS.to_vec();
    PauseReason: vocabulary::PauseReason = vocabulary::PauseReason::WORDS.to_vec();
    CallAnswer: vocabulary::CallAnswer = vocabulary::CallAnswer::WORDS.to_vec();
    ClosureCode: vocabulary::ClosureCode = vocabulary::ClosureCode::WORDS.to_vec();
    Medium: vocabulary::Medium = vocabulary::Medium::WORDS.to_vec();
    ParticipantRole: vocabulary::ParticipantRole = vocabulary::ParticipantRole::WORDS.to_vec();
    Relation: vocabulary::Relation = vocabulary::Relation::WORDS.to_vec();
    ClockName: vocabulary::ClockName = vocabulary::ClockName::WORDS.to_vec();
    State: vocabulary::State = vocabulary::State::WORDS.to_vec();
    ChecklistMark: vocabulary::ChecklistMark = vocabulary::ChecklistMark::WORDS.to_vec();
    Gate: vocabulary::Gate = vocabulary::Gate::WORDS.to_vec();
    Role: vocabulary::Role = vocabulary::Role::WORDS.to_vec();
    Nature: vocabulary::Nature = vocabulary::Nature::WORDS.to_vec();
    Recipient: vocabulary::Recipient = vocabulary::Recipient::WORDS.to_vec();
    Risk: vocabulary::Risk = vocabulary::Risk::WORDS.to_vec();
    Severity: severity::Severity = vec!["low", "medium", "high", "very-high"];
    Phase: clock::ClockState = vec!["none", "running", "paused", "met", "missed", "cancelled"];
    CallState: &ticket::CallState = vec!["arranged", "held", "cancelled"];
    Verdict: &ticket::Verdict = vec!["open", "confirmed", "refuted"];
    ClockState: DisplayState =
        vec!["none", "ok", "at-risk", "overdue", "paused", "met", "missed", "cancelled"];
}
