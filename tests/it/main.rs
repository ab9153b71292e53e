//! What desk promises as a whole program, through the binary.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod env;

mod tidy;
