//! Synonyms and spelling variants in the English of help desks.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::analysis::{self, Language};

/// The synonym list: one meaning per line, phrases separated by commas. A line
/// that starts with `=` lists forms and spellings of one word, any other line
/// lists words that often mean the same.
const LIST: &str = include_str!("synonyms.txt");

/// Maximum number of words in a phrase of the list.
const MAX_PHRASE_WORDS: usize = 4;

/// The parsed synonym list.
struct Thesaurus {
    entries: Vec<Entry>,
    /// Indexes into `entries`, by the stems of each phrase.
    entries_by_stems: HashMap<String, Vec<usize>>,
}

/// One line of the synonym list.
struct Entry {
    phrases: Vec<&'static str>,
    /// Whether the phrases are spellings of one word rather than synonyms.
    same_word: bool,
}

fn thesaurus() -> &'static Thesaurus {
    static THESAURUS: OnceLock<Thesaurus> = OnceLock::new();
    THESAURUS.get_or_init(|| {
        let mut thesaurus = Thesaurus {
            entries: Vec::new(),
            entries_by_stems: HashMap::new(),
        };
        for line in LIST.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let phrases = line.trim_start_matches('=').split(',');
            let entry = Entry {
                phrases: phrases.map(str::trim).collect(),
                same_word: line.starts_with('='),
            };
            for phrase in &entry.phrases {
                let words: Vec<&str> = phrase_words(phrase).collect();
                let key = stem_key(&words);
                let known = thesaurus.entries_by_stems.entry(key).or_default();
                known.push(thesaurus.entries.len());
            }
            thesaurus.entries.push(entry);
        }
        thesaurus
    })
}

/// The words of a phrase; a hyphen separates words.
pub(crate) fn phrase_words(phrase: &str) -> impl Iterator<Item = &str> {
    analysis::tokens(phrase).map(|token| token.text)
}

fn stem_key(words: &[&str]) -> String {
    let stems = words
        .iter()
        .flat_map(|word| analysis::index_terms(word, Language::English));
    stems.collect::<Vec<_>>().join(" ")
}

/// Phrases that mean the same as a phrase that `words` starts with, each with
/// whether it is only another spelling. Longer phrases come first.
pub(crate) fn lookup(words: &[&str]) -> Vec<(&'static str, bool)> {
    let thesaurus = thesaurus();
    let mut found = Vec::new();
    for length in (1..=MAX_PHRASE_WORDS.min(words.len())).rev() {
        let key = stem_key(&words[..length]);
        for index in thesaurus.entries_by_stems.get(&key).into_iter().flatten() {
            let entry = &thesaurus.entries[*index];
            let phrases = entry.phrases.iter();
            found.extend(phrases.map(|phrase| (*phrase, entry.same_word)));
        }
    }
    found
}
