//! Mail: what a message says, where it belongs, and what is sent about a
//! ticket. Reading and writing RFC 5322 and handing over live outside.

#[cfg_attr(not(test), expect(dead_code, reason = "for the code that follows"))]
pub(crate) mod answer;
#[cfg_attr(not(test), expect(dead_code, reason = "for the code that follows"))]
pub(crate) mod automatic;
#[cfg_attr(not(test), expect(dead_code, reason = "for the code that follows"))]
pub(crate) mod language;
pub(crate) mod message;
pub(crate) mod quotes;
#[cfg_attr(not(test), expect(dead_code, reason = "for the code that follows"))]
pub(crate) mod subject;
