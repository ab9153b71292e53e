//! Outputs in every format.

mod calendars;
mod confirmations;
mod health;
mod hostile;
mod json;
mod lists;
mod pages;
mod policies;
mod reports;
mod search;
