//! Points in time, durations and zones: what people type, and what it means.

pub(crate) mod parse_duration;
pub(crate) mod parse_time;
pub(crate) mod working_span;
pub(crate) mod zone;
