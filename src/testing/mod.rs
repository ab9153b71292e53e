//! What tests share: tickets, stores, and how often a property is tried.

#[allow(dead_code, reason = "the tests of the whole program use the rest")]
pub(crate) mod postgres_server;
pub(crate) mod sample_fields;
pub(crate) mod sample_tickets;
pub(crate) mod store;
pub(crate) mod ticket_story;

use proptest::test_runner::Config;

/// Tries a property `few` times, or as often as `PROPTEST_CASES` says.
#[expect(
    clippy::disallowed_methods,
    reason = "proptest itself reads the variable"
)]
pub(crate) fn cases(few: u32) -> Config {
    let asked = Config::default();
    let is_set = std::env::var_os("PROPTEST_CASES").is_some();
    let cases = if is_set { asked.cases } else { few };
    Config { cases, ..asked }
}
