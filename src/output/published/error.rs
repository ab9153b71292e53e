//! An error on stderr.

use serde::Serialize;

/// An error.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ErrorReport {
    pub(crate) error: ErrorDetails,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ErrorDetails {
    /// The ticket concerned, where a command was given several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<i64>,
    /// A fixed identifier for programs.
    pub(crate) code: &'static str,
    pub(crate) message: String,
    /// One thing to type or to do.
    pub(crate) hint: Option<String>,
    pub(crate) exit_code: u8,
}
