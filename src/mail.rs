//! Mail as the outside world writes it: reading RFC 5322 messages, composing
//! them, and handing them over. No rule of the desk lives here.

pub(crate) mod compose;
pub(crate) mod parse;
pub(crate) mod transport;
