//! Completion of the numbers of drafts.

use clap_complete::engine::CompletionCandidate;

use super::settings_typed;
use crate::cli::prompt::Drafts;
use crate::output;

/// The drafts of this user, each with its command and how it begins.
pub(crate) fn drafts() -> Vec<CompletionCandidate> {
    let Some(config) = settings_typed() else {
        return Vec::new();
    };
    let drafts = Drafts::new(config.drafts, Box::new(String::new));
    let candidates = drafts.list().into_iter().map(|draft| {
        let verb = draft.verb.as_deref().unwrap_or(&draft.what);
        let begin = draft.text.lines().next().unwrap_or_default();
        let help = output::safe_line(&format!("{verb}: {begin}"));
        CompletionCandidate::new(draft.number.to_string()).help(Some(help.into()))
    });
    candidates.collect()
}
