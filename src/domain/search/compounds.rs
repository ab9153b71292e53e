//! Compound words: a word is found at the beginning and at the end of a longer
//! one (`Netzwerk` and `Drucker` in `Netzwerkdrucker`). The index has long words
//! a second time, forwards and backwards, each behind a mark that no text of a
//! ticket begins with, so that both are searched by prefix.

use super::analysis::{self, Language};
use super::normalize;

/// The mark before a word to be searched by its beginning.
const FORWARDS: char = '\u{16a0}';
/// The mark before a word that is written backwards.
const BACKWARDS: char = '\u{16b1}';

/// Minimum number of letters of a compound; in a text of an unknown language, which
/// is mostly a short title in English, only long words are taken for one.
const MIN_COMPOUND: usize = 7;
const MIN_COMPOUND_IF_UNKNOWN: usize = 9;
/// Minimum number of letters of a word at its beginning and at its end.
const MIN_FIRST: usize = 5;
const MIN_LAST: usize = 4;

/// The languages that write compounds as one word.
pub(super) const LANGUAGES: [Language; 3] = [Language::German, Language::Dutch, Language::Finnish];

/// Whether a text in this language may have compounds; `None` is an unknown one.
pub(super) fn occur_in(language: Option<Language>) -> bool {
    language.is_none_or(|language| LANGUAGES.contains(&language))
}

fn backwards(word: &str) -> String {
    std::iter::once(BACKWARDS)
        .chain(word.chars().rev())
        .collect()
}

fn is_word(folded: &str, least: usize) -> bool {
    let in_word = |c: char| c.is_alphabetic() && !normalize::is_cjk(c);
    folded.chars().count() >= least && folded.chars().all(in_word)
}

/// The terms under which the parts of a token are found, if it may be a compound.
pub(super) fn index_terms(token: &str, languages: &[Language]) -> Vec<String> {
    let folded = analysis::fold(token);
    let least = match languages {
        [_] => MIN_COMPOUND,
        _ => MIN_COMPOUND_IF_UNKNOWN,
    };
    if !is_word(&folded, least) {
        return Vec::new();
    }
    let mut terms = vec![format!("{FORWARDS}{folded}"), backwards(&folded)];
    for language in languages {
        let stems = analysis::index_terms(token, *language);
        terms.extend(stems.iter().map(|stem| backwards(stem)));
    }
    terms.dedup();
    terms
}

/// The prefixes of index terms that find a typed word in compounds.
pub(super) fn prefixes(word: &str) -> Vec<String> {
    let folded = analysis::fold(word);
    if !is_word(&folded, MIN_LAST) {
        return Vec::new();
    }
    let stems = LANGUAGES.map(|language| analysis::index_terms(word, language));
    let mut parts: Vec<String> = stems.into_iter().flatten().collect();
    parts.push(folded);
    parts.retain(|part| is_word(part, MIN_LAST));
    parts.sort_unstable();
    parts.dedup();
    let first = parts.iter().filter(|part| is_word(part, MIN_FIRST));
    let mut prefixes: Vec<String> = first.map(|part| format!("{FORWARDS}{part}")).collect();
    prefixes.extend(parts.iter().map(|part| backwards(part)));
    // What begins with another prefix adds nothing.
    let all = prefixes.clone();
    prefixes.retain(|long| {
        let shorter = |short: &String| short != long && long.starts_with(short.as_str());
        !all.iter().any(shorter)
    });
    prefixes
}
