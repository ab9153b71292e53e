//! The values that JSON is made of: moments, spans and the words of the desk.

use chrono::{SecondsFormat, TimeDelta};
use serde::{Serialize, Serializer};

use crate::domain::Timestamp;
use crate::domain::sla::clock::{ClockState, DisplayState};
use crate::domain::vocabulary;

/// A moment, RFC 3339 in UTC: to the second, with milliseconds where there
/// are any.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(with = "String", inline, extend("format" = "date-time")))]
pub(in crate::render) struct At(pub(in crate::render) Timestamp);

impl At {
    pub(in crate::render) fn text(self) -> String {
        let form = match self.0.timestamp_subsec_millis() {
            0 => SecondsFormat::Secs,
            _ => SecondsFormat::Millis,
        };
        self.0.to_rfc3339_opts(form, true)
    }
}

impl Serialize for At {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.text())
    }
}

/// A span in whole seconds; what is less than one is dropped.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(inline))]
pub(in crate::render) struct Seconds(i64);

impl Seconds {
    pub(in crate::render) const fn of(span: TimeDelta) -> Self {
        Self(span.num_seconds())
    }

    pub(in crate::render) const fn count(self) -> i64 {
        self.0
    }
}

macro_rules! published {
    ($($name:ident: $of:ty = $all:expr;)+) => { $(
        #[derive(Debug, Clone, Copy, Serialize)]
        #[serde(transparent)]
        pub(in crate::render) struct $name(pub(in crate::render) &'static str);

        impl From<$of> for $name {
            fn from(word: $of) -> Self {
                Self(word.as_str())
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

published! {
    Kind: vocabulary::Kind = vocabulary::Kind::WORDS.to_vec();
    Occurrence: vocabulary::Occurrence = vocabulary::Occurrence::WORDS.to_vec();
    Channel: vocabulary::Channel = vocabulary::Channel::WORDS.to_vec();
    PauseReason: vocabulary::PauseReason = vocabulary::PauseReason::WORDS.to_vec();
    ClosureCode: vocabulary::ClosureCode = vocabulary::ClosureCode::WORDS.to_vec();
    Medium: vocabulary::Medium = vocabulary::Medium::WORDS.to_vec();
    Relation: vocabulary::Relation = vocabulary::Relation::WORDS.to_vec();
    ClockName: vocabulary::ClockName = vocabulary::ClockName::WORDS.to_vec();
    State: vocabulary::State = vocabulary::State::WORDS.to_vec();
    Gate: vocabulary::Gate = vocabulary::Gate::WORDS.to_vec();
    Phase: ClockState = vec!["none", "running", "paused", "met", "missed", "cancelled"];
    Shows: DisplayState =
        vec!["none", "ok", "at-risk", "overdue", "paused", "met", "missed", "cancelled"];
}
