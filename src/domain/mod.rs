//! The rules of the desk: pure functions over tickets, events and time. No
//! input or output, no clock, no environment, no storage and no rendering.

pub(crate) mod category;
pub(crate) mod closeness;
pub(crate) mod decide;
pub(crate) mod event;
pub(crate) mod excerpt;
#[cfg(test)]
pub(crate) mod fixture;
pub(crate) mod foreign;
pub(crate) mod guide;
pub(crate) mod intake;
pub(crate) mod leaning;
pub(crate) mod lexis;
pub(crate) mod matching;
pub(crate) mod nearest;
pub(crate) mod page;
pub(crate) mod passing;
pub(crate) mod people;
pub(crate) mod policy;
pub(crate) mod priority;
pub(crate) mod probe;
pub(crate) mod prose;
pub(crate) mod query;
pub(crate) mod rejection;
pub(crate) mod report;
pub(crate) mod search;
pub(crate) mod similar;
pub(crate) mod sla;
pub(crate) mod sought;
pub(crate) mod span;
pub(crate) mod summary;
pub(crate) mod tally;
pub(crate) mod text;
pub(crate) mod ticket;
pub(crate) mod trial;
pub(crate) mod when;
pub(crate) mod word;
pub(crate) mod zone;

/// An instant, in UTC, whole milliseconds.
pub(crate) type Moment = chrono::DateTime<chrono::Utc>;
