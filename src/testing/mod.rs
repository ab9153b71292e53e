//! Shared test fixtures: tickets and stores.

pub(crate) mod postgres_server;
pub(crate) mod sample_tickets;
pub(crate) mod store;
pub(crate) mod ticket_story;
