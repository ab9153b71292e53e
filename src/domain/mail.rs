//! Mail: what a message says, where it belongs, and what is sent about a
//! ticket. Reading and writing RFC 5322 and handing over live outside.

#[expect(dead_code, reason = "read by the code that follows")]
pub(crate) mod answer;
#[expect(dead_code, reason = "read by the code that follows")]
pub(crate) mod automatic;
#[expect(dead_code, reason = "read by the code that follows")]
pub(crate) mod language;
pub(crate) mod message;
pub(crate) mod quotes;
#[expect(dead_code, reason = "read by the code that follows")]
pub(crate) mod subject;
