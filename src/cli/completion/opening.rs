//! Candidates for a new ticket and for the settings of the user.

use clap_complete::engine::CompletionCandidate;

use super::{reading, settings_typed, with_store};
use crate::app::policy_history;
use crate::config::FileSetting;
use crate::output;
use crate::store::{AccessMode, UsedNames};

/// The contacts of the requesters of the newest tickets.
pub(crate) fn requesters() -> Vec<CompletionCandidate> {
    let mut found = Vec::new();
    with_store(|store, _| {
        let mut contacts = reading(store)?.used_names(UsedNames::Contacts)?;
        contacts.sort_unstable();
        contacts.dedup();
        // What would be shown otherwise than it is is not offered.
        contacts.retain(|contact| output::safe_line(contact) == *contact);
        found = contacts;
        Ok(())
    });
    found.into_iter().map(CompletionCandidate::new).collect()
}

/// The templates of the current policy.
pub(crate) fn templates() -> Vec<CompletionCandidate> {
    let mut found = Vec::new();
    with_store(|store, _| {
        let policies = policy_history(store.begin(AccessMode::Read)?.as_ref())?;
        found.extend(policies.current.templates.iter().map(|template| {
            let title = template.title.as_deref().map(output::safe_line);
            CompletionCandidate::new(&template.name).help(title.map(Into::into))
        }));
        Ok(())
    });
    found
}

/// The settings that can be changed in the user file.
pub(crate) fn settings() -> Vec<CompletionCandidate> {
    let names = FileSetting::names().map(str::to_owned);
    let views = views_of_user().into_iter();
    let all = names.chain(views.map(|name| format!("views.{name}")));
    all.map(CompletionCandidate::new).collect()
}

/// The names of the views in the user file.
pub(super) fn views_of_user() -> Vec<String> {
    settings_typed().map_or_else(Vec::new, |config| config.views.into_keys().collect())
}
