//! Shared test fixtures: tickets and stores.

#[allow(dead_code, reason = "the tests of the whole program use the rest")]
pub(crate) mod postgres_server;
pub(crate) mod sample_fields;
pub(crate) mod sample_tickets;
pub(crate) mod store;
pub(crate) mod ticket_story;
