//! The clocks of a ticket. Every clock is a pure function of the history, the
//! policy and the moment asked about; what a row holds is a cache of it.
//!
//! [`definitions`] is the table of clocks. [`clock_events`] reduces a history
//! to the events that move clocks, [`clock_set`] applies them to one
//! [`stopwatch::ClockRun`] per clock, and [`clock::Clock`] is the small result
//! that a row keeps and that answers questions about any moment.

pub(crate) mod calendar;
pub(crate) mod clock;
pub(crate) mod clock_event;
pub(crate) mod clock_events;
pub(crate) mod clock_map;
mod clock_set;
pub(crate) mod definitions;
pub(crate) mod explanation;
pub(crate) mod stopwatch;
pub(crate) mod target;
mod update_clock;

#[cfg(test)]
pub(super) mod tests;
