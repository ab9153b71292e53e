//! A service desk in a shell.

mod domain;
