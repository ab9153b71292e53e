//! Fixtures for the tests of stores, and the suites that every engine must
//! pass.

mod alarm_conformance;
mod conformance;
pub(crate) mod engines;
pub(crate) mod fixtures;
mod mail_conformance;
mod search_conformance;
mod test_rng;
mod view_conformance;
