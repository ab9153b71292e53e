//! What desk promises as a whole program, through the binary.

mod env;

mod again;
mod cause;
mod classify;
mod finish;
mod hand;
mod keep;
mod look;
mod note;
mod open;
mod shell;
mod standing;
mod talk;
mod tidy;
mod wait;
