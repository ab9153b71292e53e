//! Mail through real servers and programs, which each test starts on free ports of
//! the loopback, in a temporary directory, and stops. They need root, because mail
//! systems run what they deliver to as other users; they are reported as ignored
//! elsewhere. What the page about mail recommends is read out of it and run.

mod bounces;
mod conversations;
mod dovecot;
mod fetching;
mod machine;
mod postfix;
mod receiving;
mod recipes;
mod sending;
