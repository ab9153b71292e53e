//! desk.
mod domain;
mod error;
mod render;
mod store;
