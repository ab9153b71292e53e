//! Mail: what a message says, where it belongs, and what is sent about a
//! ticket. Reading and writing RFC 5322 and handing over live outside.

pub(crate) mod address;
pub(crate) mod alarm_subject;
pub(crate) mod authentication;
pub(crate) mod identifiers;
pub(crate) mod incoming;
pub(crate) mod message;
pub(crate) mod placeholder;
pub(crate) mod policy;
pub(crate) mod routing;
