//! Tokens that were analysed before: the tickets of one desk say the same words
//! again and again, and finding the stems of six languages takes long.

use std::collections::HashMap;

use super::analysis::Analyzer;

/// How many tokens are remembered for one analyzer.
const MOST: usize = 20_000;

/// The terms of a token.
#[derive(Debug)]
pub(super) struct TokenTerms {
    /// See [`Analyzer::terms`].
    pub(super) terms: Vec<String>,
    /// See [`Analyzer::variants`].
    pub(super) variants: Vec<String>,
}

/// The terms of the tokens that were analysed, for building many documents.
#[derive(Debug, Default)]
pub(crate) struct TermCache {
    known: HashMap<Analyzer, HashMap<String, TokenTerms>>,
}

impl TermCache {
    /// The terms of a token.
    pub(super) fn terms(&mut self, analyzer: Analyzer, token: &str) -> &TokenTerms {
        let known = self.known.entry(analyzer).or_default();
        if !known.contains_key(token) {
            if known.len() >= MOST {
                known.clear();
            }
            let terms = TokenTerms {
                terms: analyzer.terms(token),
                variants: analyzer.variants(token),
            };
            known.insert(token.to_owned(), terms);
        }
        &known[token]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_what_the_analyzer_says() {
        let mut cache = TermCache::default();
        for text in ["Der Drucker druckt nicht.", "the printers", "Drucker"] {
            let analyzer = Analyzer::for_text(text);
            for token in [
                "Drucker",
                "printers",
                "PrintSpooler",
                "INC0000062",
                "Drucker",
            ] {
                let terms = cache.terms(analyzer, token);
                assert_eq!(terms.terms, analyzer.terms(token), "{text}: {token}");
                assert_eq!(terms.variants, analyzer.variants(token), "{text}: {token}");
            }
        }
    }

    #[test]
    fn no_more_are_remembered_than_the_limit() {
        let mut cache = TermCache::default();
        let analyzer = Analyzer::for_text("");
        for number in 0..=MOST {
            cache.terms(analyzer, &format!("a{number}"));
        }
        assert_eq!(cache.known[&analyzer].len(), 1);
    }
}
