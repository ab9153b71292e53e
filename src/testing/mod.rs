//! Shared test fixtures: tickets and stores.

pub(crate) mod sample_tickets;
pub(crate) mod store;
pub(crate) mod ticket_story;
