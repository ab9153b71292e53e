//! The clocks of a ticket. Every clock is a pure function of what happened,
//! the policy and the moment asked about; what a row holds is a cache of it.
//!
//! [`marks`] reduces a history to what clocks care about and runs it through
//! a [`run::Run`] per clock; [`clock::Clock`] is the small result that a row
//! keeps and that answers questions about any moment.

pub(crate) mod calendar;
pub(crate) mod clock;
pub(crate) mod ledger;
pub(crate) mod marks;
pub(crate) mod promise;
pub(crate) mod run;

#[cfg(test)]
pub(super) mod tests;
