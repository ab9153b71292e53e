//! The clocks of a ticket. Every clock is a pure function of the history, the
//! policy and the time asked about; a row holds a cache of it.
//!
//! [`definitions`] is the table of clocks. [`clock_events`] reduces a history
//! to the events that move clocks, [`clock_set`] applies them to one
//! [`stopwatch::ClockRun`] per clock, and [`clock::Clock`] is the compact
//! result that a row keeps, from which the clock can be read at any time.

pub(crate) mod calendar;
pub(crate) mod clock;
pub(crate) mod clock_event;
pub(crate) mod clock_events;
pub(crate) mod clock_map;
mod clock_set;
pub(crate) mod definitions;
pub(crate) mod explanation;
pub(crate) mod level;
pub(crate) mod stopwatch;
pub(crate) mod target;
mod update_clock;
mod whole_seconds;

#[cfg(test)]
pub(super) mod tests;
