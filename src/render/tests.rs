//! Literal views in every shape, as people and programs see them.

pub(super) mod calendars;
pub(super) mod findings;
pub(super) mod hostile;
mod lines;
pub(super) mod lists;
mod matters;
mod pages;
mod reports;
