//! Completion of tags, fields that the policy defines, and columns.

use clap_complete::engine::CompletionCandidate;

use super::{of_policy, reading, with_store};
use crate::app::policy_history;
use crate::domain::custom_field::FieldDefinition;
use crate::output::Column;
use crate::store::{AccessMode, UsedNames};

/// The tags in use.
pub(crate) fn tags() -> Vec<CompletionCandidate> {
    let mut tags = Vec::new();
    with_store(|store, _| {
        tags = reading(store)?.used_names(UsedNames::Tags)?;
        Ok(())
    });
    tags.into_iter().map(CompletionCandidate::new).collect()
}

/// The columns of a list, with the fields of the policy.
pub(crate) fn columns() -> Vec<CompletionCandidate> {
    let fields = of_policy(|policy| {
        let fields = policy.fields.iter();
        fields.map(|field| field.name.clone()).collect()
    });
    let columns = Column::WORDS.iter();
    columns
        .map(CompletionCandidate::new)
        .chain(fields)
        .collect()
}

/// The fields of the policy, each up to its value.
pub(crate) fn fields() -> Vec<CompletionCandidate> {
    of_policy(|policy| {
        let fields = policy.fields.iter();
        let typed = fields.flat_map(|field| match field.choices.as_slice() {
            [] => vec![format!("{}=", field.name)],
            choices => {
                let choices = choices.iter();
                choices
                    .map(|choice| format!("{}={choice}", field.name))
                    .collect()
            }
        });
        typed.collect()
    })
}

/// The fields that the policy defines.
pub(super) fn custom_fields() -> Vec<FieldDefinition> {
    let mut fields = Vec::new();
    with_store(|store, _| {
        let policies = policy_history(store.begin(AccessMode::Read)?.as_ref())?;
        fields.clone_from(&policies.current.fields);
        Ok(())
    });
    fields
}
