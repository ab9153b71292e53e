//! Candidates for the words of filters.

use std::ffi::OsStr;

use clap_complete::engine::CompletionCandidate;

use super::carried::{custom_fields, tags};
use super::opening::views_of_user;
use super::{agents, categories, priority_filters, tiers, with_store};
use crate::app::policy_history;
use crate::domain::custom_field::canonical_name;
use crate::domain::filter::fields::{FIELDS, full_name};
use crate::domain::filter::views;
use crate::output;
use crate::store::AccessMode;

/// The fields of the filter language and the saved views, or, after a field, what
/// it can be.
pub(crate) fn filter_words(current: &OsStr) -> Vec<CompletionCandidate> {
    let current = current.to_str().unwrap_or_default();
    let (sign, word) = match current.strip_prefix('-') {
        Some(word) => ("-", word),
        None => ("", current),
    };
    let Some((name, values)) = word.split_once(':') else {
        let fields = FIELDS.iter().map(|field| {
            let word = format!("{sign}{}:", field.name);
            CompletionCandidate::new(word).help(Some(field.values.into()))
        });
        let views = views().into_iter().filter(|_| sign.is_empty());
        let views = views.map(|name| CompletionCandidate::new(format!("@{name}")));
        let custom = custom_fields().into_iter();
        let custom = custom.map(|field| {
            let word = format!("{sign}{}:", field.name);
            CompletionCandidate::new(word).help(Some(output::safe_line(field.label()).into()))
        });
        let all = fields.chain(custom).chain(views);
        return all.filter(|one| starts_with(one, current)).collect();
    };
    // Of several values the last one is being typed.
    let (earlier, _) = values.rsplit_once(',').map_or(("", ""), |(a, b)| (a, b));
    let comma = if earlier.is_empty() { "" } else { "," };
    let known = match full_name(name) {
        Some("assignee") => agents(),
        Some("category") => categories(),
        Some("priority") => priority_filters(),
        Some("tier") => tiers(),
        Some("tag") => tags(),
        Some(name) => {
            let field = FIELDS.iter().find(|field| field.name == name);
            let words = field.map_or("", |field| field.values).split(", ");
            let words = words.filter(|word| !word.contains([' ', '<', '>', '.']));
            words.map(CompletionCandidate::new).collect()
        }
        None => {
            let mut custom = custom_fields().into_iter();
            let field = custom.find(|field| field.name == canonical_name(name));
            let choices = field.map(|field| field.choices).unwrap_or_default();
            choices.into_iter().map(CompletionCandidate::new).collect()
        }
    };
    let whole = known.into_iter().map(|value| {
        let typed = value.get_value().to_string_lossy().into_owned();
        let word = format!("{sign}{name}:{earlier}{comma}{typed}");
        CompletionCandidate::new(word).help(value.get_help().cloned())
    });
    whole.filter(|one| starts_with(one, current)).collect()
}

fn starts_with(candidate: &CompletionCandidate, typed: &str) -> bool {
    candidate.get_value().to_string_lossy().starts_with(typed)
}

/// The names of the saved views.
fn views() -> Vec<String> {
    let mut names: Vec<String> = views::built_in().map(str::to_owned).collect();
    names.extend(views_of_user());
    with_store(|store, _| {
        let policies = policy_history(store.begin(AccessMode::Read)?.as_ref())?;
        names.extend(policies.current.views.keys().cloned());
        Ok(())
    });
    names.sort();
    names.dedup();
    names
}
