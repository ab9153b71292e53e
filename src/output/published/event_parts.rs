//! Parts of the details of events.

use serde::Serialize;

use super::value::Relation;

/// A link that a merged ticket brought along.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct MovedLink {
    /// What the other ticket is to this one.
    pub(super) relation: Relation,
    pub(super) id: i64,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Labelled<'a> {
    pub(super) label: &'a str,
    pub(super) value: &'a str,
}
