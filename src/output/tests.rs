//! Outputs in every shape, as people and programs see them.

mod calendars;
mod confirmations;
mod hostile;
mod json;
mod lists;
mod pages;
mod policies;
mod reports;
mod search;
