//! What desk promises as a whole program, through the binary.

mod env;

mod tidy;
