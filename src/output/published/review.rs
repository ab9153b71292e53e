//! The document for the review after an incident.

use serde::Serialize;

/// A document about a ticket.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Review<'a> {
    pub(crate) ticket: i64,
    /// In Markdown.
    pub(crate) text: &'a str,
}
