//! Mail: what a message says, where it belongs, and what is sent about a
//! ticket. Reading and writing RFC 5322 and handing over live outside.

pub(crate) mod address;
pub(crate) mod alarm_subject;
pub(crate) mod answer;
pub(crate) mod authentication;
pub(crate) mod automatic;
pub(crate) mod identifiers;
pub(crate) mod incoming;
pub(crate) mod language;
pub(crate) mod message;
pub(crate) mod placeholder;
pub(crate) mod policy;
pub(crate) mod quotes;
pub(crate) mod routing;
pub(crate) mod subject;
