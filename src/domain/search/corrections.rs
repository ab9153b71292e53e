//! The words that replaced typos, as tickets have them: the index knows only their
//! stems.

use std::collections::BTreeMap;

use super::analysis;
use super::analysis::Analyzer;
use super::document::indexed_texts;
use super::query::SearchQuery;
use crate::domain::event::Event;

/// The corrections of a query, and the words found for them.
pub(crate) struct CorrectedWords {
    /// Each word as typed, with the stem that replaces it.
    corrections: Vec<(String, String)>,
    /// How often each word with such a stem occurs.
    found: BTreeMap<String, BTreeMap<String, u32>>,
}

impl CorrectedWords {
    pub(crate) fn new(query: &SearchQuery) -> Self {
        let corrections = query.corrections();
        let corrections = corrections.map(|(typed, stem)| (typed.to_owned(), stem.to_owned()));
        Self {
            corrections: corrections.collect(),
            found: BTreeMap::new(),
        }
    }

    /// Counts the words of a ticket that have one of the stems.
    pub(crate) fn look_in(&mut self, history: &[Event]) {
        if self.corrections.is_empty() {
            return;
        }
        for event in history {
            for (_, text) in indexed_texts(&event.fact) {
                let analyzer = Analyzer::for_text(&text);
                for token in analysis::tokens(&text) {
                    let mut terms = analyzer.terms(token.text);
                    terms.extend(analyzer.variants(token.text));
                    let mut stems = self.corrections.iter().map(|(_, stem)| stem);
                    if let Some(stem) = stems.find(|stem| terms.contains(stem)) {
                        let words = self.found.entry(stem.clone()).or_default();
                        *words.entry(token.text.to_lowercase()).or_default() += 1;
                    }
                }
            }
        }
    }

    /// Each word as typed, with the most frequent word that replaces it; those for
    /// which no ticket was looked at are left out.
    pub(crate) fn into_shown(self) -> Vec<(String, String)> {
        let shown = self.corrections.into_iter().filter_map(|(typed, stem)| {
            let words = self.found.get(&stem)?.iter();
            let (word, _) = words.max_by_key(|(word, count)| (**count, usize::MAX - word.len()))?;
            Some((typed, word.clone()))
        });
        shown.collect()
    }
}
