//! Mail as the outside world writes it: reading RFC 5322 messages, composing
//! them, and handing them over. No rule of the desk lives here.

#[cfg_attr(not(test), expect(dead_code, reason = "for the code that follows"))]
pub(crate) mod parse;
