//! What the tests of every engine share: stores and tickets to test with, and
//! the suites that each engine must pass.

mod conformance;
pub(crate) mod fixtures;
mod search_conformance;
mod test_rng;
