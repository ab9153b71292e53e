//! The clocks of a ticket. Every clock is a pure function of what happened,
//! the policy and the moment asked about; what a row holds is a cache of it.
//!
//! [`marks`] reduces a history to what clocks care about and runs it through
//! a [`stopwatch::ClockRun`] per clock; [`clock::Clock`] is the small result that a row
//! keeps and that answers questions about any moment.

pub(crate) mod calendar;
pub(crate) mod clock;
pub(crate) mod clock_events;
pub(crate) mod explanation;
pub(crate) mod stopwatch;
pub(crate) mod target;

#[cfg(test)]
pub(super) mod tests;
