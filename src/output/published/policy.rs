//! Policy versions, documents and their checks.

use serde::Serialize;

use super::value::At;
use crate::domain::policy;
use crate::domain::policy::versions;
use crate::domain::read_models;

/// A version of the policy.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct PolicyVersion<'a> {
    version: u32,
    at: At,
    recorded_at: At,
    author: &'a str,
    /// The document, in TOML.
    text: &'a str,
}

impl<'a> From<&'a versions::PolicyVersion> for PolicyVersion<'a> {
    fn from(version: &'a versions::PolicyVersion) -> Self {
        Self {
            version: version.version,
            at: At(version.at),
            recorded_at: At(version.recorded),
            author: version.author.as_str(),
            text: &version.text,
        }
    }
}

impl PolicyVersion<'_> {
    pub(crate) const CSV_HEADINGS: [&'static str; 4] = ["version", "at", "recorded_at", "author"];

    pub(crate) fn cells(&self) -> [String; 4] {
        [
            self.version.to_string(),
            self.at.to_string(),
            self.recorded_at.to_string(),
            self.author.to_owned(),
        ]
    }
}

/// The document of a policy version.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct PolicyDocument<'a> {
    /// 1 is the built-in one.
    pub(crate) version: u32,
    /// The document, in TOML.
    pub(crate) text: &'a str,
}

/// A fault or a note about a document, and where.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Diagnostic<'a> {
    line: usize,
    /// Such as `calendars.office.mon`; may be empty.
    key: &'a str,
    message: &'a str,
}

impl<'a> From<&'a policy::Diagnostic> for Diagnostic<'a> {
    fn from(diagnostic: &'a policy::Diagnostic) -> Self {
        Self {
            line: diagnostic.line,
            key: &diagnostic.key,
            message: &diagnostic.message,
        }
    }
}

/// What a check of a policy document found.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct PolicyCheck<'a> {
    name: &'a str,
    /// Whether it could be put in force.
    ok: bool,
    faults: Vec<Diagnostic<'a>>,
    notes: Vec<Diagnostic<'a>>,
}

impl<'a> From<&'a read_models::PolicyCheck> for PolicyCheck<'a> {
    fn from(check: &'a read_models::PolicyCheck) -> Self {
        Self {
            name: &check.name,
            ok: check.faults.is_empty(),
            faults: check.faults.iter().map(Into::into).collect(),
            notes: check.notes.iter().map(Into::into).collect(),
        }
    }
}

/// The policy version in force after `policy set`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct PolicySet<'a> {
    version: u32,
    /// Whether it is new.
    changed: bool,
    notes: Vec<Diagnostic<'a>>,
}

impl<'a> From<&'a read_models::PolicySet> for PolicySet<'a> {
    fn from(set: &'a read_models::PolicySet) -> Self {
        Self {
            version: set.version,
            changed: set.changed,
            notes: set.notes.iter().map(Into::into).collect(),
        }
    }
}
