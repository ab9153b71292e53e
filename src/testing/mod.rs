//! What tests share: tickets to test with, and a store to put them in.

pub(crate) mod sample_tickets;
pub(crate) mod store;
pub(crate) mod ticket_story;
