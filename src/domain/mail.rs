//! Mail: what a message says, where it belongs, and what is sent about a
//! ticket. Reading and writing RFC 5322 and handing over live outside.

pub(crate) mod incoming;
#[expect(dead_code, reason = "read by the code that follows")]
pub(crate) mod message;
