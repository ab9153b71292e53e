//! Mail: what a message says, where it belongs, and what is sent about a
//! ticket. Reading and writing RFC 5322 and handing over live outside.

pub(crate) mod address;
pub(crate) mod identifiers;
pub(crate) mod invitation;
#[expect(dead_code, reason = "read by the code that follows")]
pub(crate) mod message;
pub(crate) mod notices;
pub(crate) mod outgoing;
pub(crate) mod placeholder;
pub(crate) mod policy;
pub(crate) mod rendering;
mod wording;
