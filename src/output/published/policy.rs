//! Policy versions, documents and their checks.

use serde::Serialize;

use super::value::{At, CsvRecord, CsvValue};
use crate::domain::policy;
use crate::domain::policy::templates;
use crate::domain::policy::versions;
use crate::domain::read_models;

published! {
    /// A version of the policy.
    PolicyVersion<'a> from version: versions::PolicyVersion => {
        version: u32 = version.version,
        at: At = At(version.at),
        recorded_at: At = At(version.recorded),
        author: &'a str = version.author.as_str(),
        /// The document, in TOML.
        text: &'a str = &version.text,
    }
}

csv_columns!(PolicyVersion<'_>: version, at, recorded_at, author);

published! {
    /// A template of tickets.
    Template<'a> from template: templates::Template => {
        name: &'a str = &template.name,
        title: Option<&'a str> = template.title.as_deref(),
        kind: Option<&'a str> = template.kind.map(|kind| kind.as_str()),
        category: Option<&'a str> = template.category.as_ref().map(|path| path.as_str()),
        /// The keys of its questions, for `--answer`.
        questions: Vec<&'a str> = template.questions.iter().map(|question| question.key.as_str()).collect(),
        /// How such tickets are solved, with `{{placeholders}}`.
        resolution: Option<&'a str> = template.resolution.as_deref(),
    }
}

csv_columns!(Template<'_>: name, title, kind, category, resolution);

/// The document of a policy version.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct PolicyDocument<'a> {
    /// 1 is the built-in one.
    pub(crate) version: u32,
    /// The document, in TOML.
    pub(crate) text: &'a str,
}

published! {
    /// A fault or a note about a document, and where.
    Diagnostic<'a> from diagnostic: policy::Diagnostic => {
        line: usize = diagnostic.line,
        /// The key, such as `calendars.office.mon`; may be empty.
        key: &'a str = &diagnostic.key,
        message: &'a str = &diagnostic.message,
    }
}

published! {
    /// The result of checking a policy document.
    PolicyCheck<'a> from check: read_models::PolicyCheck => {
        name: &'a str = &check.name,
        /// Whether the document is valid.
        ok: bool = check.faults.is_empty(),
        faults: Vec<Diagnostic<'a>> = check.faults.iter().map(Into::into).collect(),
        notes: Vec<Diagnostic<'a>> = check.notes.iter().map(Into::into).collect(),
    }
}

published! {
    /// The policy version in force after `policy set`.
    PolicySet<'a> from set: read_models::PolicySet => {
        version: u32 = set.version,
        /// Whether it is new.
        changed: bool = set.changed,
        notes: Vec<Diagnostic<'a>> = set.notes.iter().map(Into::into).collect(),
    }
}

csv_columns!(PolicySet<'_>: version, changed);
