//! A parsed search query: one group of interchangeable terms per word or
//! phrase. Any text is a valid query; there are no operators and no syntax
//! errors.

mod variants;

use std::collections::HashSet;

use super::analysis::Language;
use super::category_affinity::CategoryAffinity;
use super::{analysis, compounds, identifiers, synonyms};
use variants::{
    IDENTIFIER_WEIGHT, caller_variants, compound_variants, query_languages, stem_variants,
    text_languages,
};

/// Maximum number of groups in a query; further words are dropped.
pub(crate) const MAX_GROUPS: usize = 64;

/// Minimum length, in characters, of a word that typo correction applies to.
pub(crate) const MIN_TYPO_CHARS: usize = 5;

/// Maximum length, in bytes, of a text that tickets are compared with: the
/// beginning of a pasted log is as good as all of it.
const MAX_TEXT_BYTES: usize = 16 * 1024;
/// Maximum number of tokens of a short text.
const SHORT_TEXT_TOKENS: usize = 40;
/// Weight of a stop word in a short text: two questions resemble each other by
/// their stop words too. In longer texts stop words are ignored.
const STOP_WORD_WEIGHT: f64 = 0.25;

/// Maximum number of words of a text in an unknown language whose compounds are
/// looked for.
const MAX_COMPOUND_WORDS: usize = 4;
/// Weight of another spelling or irregular form of a word.
const SPELLING_WEIGHT: f64 = 0.5;
/// Weight of a synonym.
const SYNONYM_WEIGHT: f64 = 0.25;
/// Weight of a word that replaces a probable typo.
pub(crate) const TYPO_WEIGHT: f64 = 0.7;

/// A sequence of index terms that a group matches.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TermVariant {
    /// Adjacent terms; more than one for a phrase.
    pub(crate) terms: Vec<String>,
    /// Whether the last term matches every word that starts with it.
    pub(crate) prefix: bool,
    /// Confidence, above 0 and up to 1, that a match is what was typed.
    pub(crate) weight: f64,
    pub(crate) kind: VariantKind,
}

/// How a variant relates to what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum VariantKind {
    /// The word or phrase itself, in another form or spelling.
    Word,
    /// A part of a compound.
    Compound,
    /// The requester, by name or address.
    Caller,
    /// The correction of a probable typo.
    Correction,
}

impl TermVariant {
    /// A variant whose last term is no prefix.
    pub(crate) const fn new(terms: Vec<String>, weight: f64, kind: VariantKind) -> Self {
        Self {
            terms,
            prefix: false,
            weight,
            kind,
        }
    }
}

/// A word or phrase of a query with everything that counts as a match for it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TermGroup {
    /// The word or phrase as typed.
    pub(crate) typed: String,
    /// Stems, spellings and synonyms; what was typed comes first.
    pub(crate) variants: Vec<TermVariant>,
    /// Importance of the group in the query; multiplies its IDF.
    pub(crate) weight: f64,
    /// Whether it directly follows the previous group in the query.
    pub(crate) adjacent: bool,
}

/// A parsed search query.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct SearchQuery {
    pub(crate) groups: Vec<TermGroup>,
    /// Number of words beyond [`MAX_GROUPS`].
    pub(crate) dropped_words: usize,
}

impl SearchQuery {
    /// Parses a typed query: words, "phrases in quotes", and prefixes that end
    /// with `*`. Words joined by punctuation, such as `a-b`, form a phrase. Stop
    /// words are ignored unless there is nothing else.
    pub(crate) fn parse(text: &str) -> Self {
        let language = analysis::detect_language(text);
        let mut phrases: Vec<(Vec<&str>, bool)> = Vec::new();
        for (index, section) in text.split('"').enumerate() {
            // Every other section lies between quotes.
            if index % 2 == 1 {
                let words = analysis::tokens(section).map(|token| token.text);
                phrases.push((words.collect(), false));
                continue;
            }
            for chunk in section.split_whitespace() {
                phrases.extend(chunk_phrases(chunk));
            }
        }
        phrases.retain(|(words, _)| !words.is_empty());
        let is_stop = |(words, prefix): &(Vec<&str>, bool)| {
            !prefix && words.len() == 1 && words.iter().all(|word| is_stop_word(word, language))
        };
        if !phrases.iter().all(is_stop) {
            phrases.retain(|phrase| !is_stop(phrase));
        }
        let mut query = Self::default();
        let mut seen = HashSet::new();
        for (words, prefix) in phrases {
            let typed = words.join(" ");
            if !seen.insert((analysis::fold(&typed), prefix)) {
                continue;
            }
            if query.groups.len() == MAX_GROUPS {
                query.dropped_words += 1;
                continue;
            }
            let mut variants = stem_variants(&words, prefix, &query_languages(language));
            if let ([word], false) = (words.as_slice(), prefix) {
                variants.extend(compound_variants(word));
            }
            variants.extend(caller_variants(&words, prefix));
            query.push(typed, variants, 1.0, true);
        }
        query.join_identifiers();
        query
    }

    /// Lets a word and the number after it match the identifier that they may be
    /// together.
    fn join_identifiers(&mut self) {
        for at in 1..self.groups.len() {
            let typed = |group: &TermGroup| analysis::fold(&group.typed);
            let (letters, number) = (typed(&self.groups[at - 1]), typed(&self.groups[at]));
            let Some(joined) = identifiers::joined(&letters, &number) else {
                continue;
            };
            let variant = TermVariant::new(vec![joined], IDENTIFIER_WEIGHT, VariantKind::Word);
            for group in &mut self.groups[at - 1..=at] {
                group.variants.push(variant.clone());
            }
        }
    }

    /// Builds a query for tickets that resemble texts, each given with the
    /// weight of its words: one group per word, with its synonyms.
    pub(crate) fn similar_to(texts: &[(&str, f64)]) -> Self {
        Self::from_texts(texts, true)
    }

    /// As [`SearchQuery::similar_to`], but without synonyms.
    pub(crate) fn similar_without_synonyms(texts: &[(&str, f64)]) -> Self {
        Self::from_texts(texts, false)
    }

    fn from_texts(texts: &[(&str, f64)], with_synonyms: bool) -> Self {
        let texts = texts
            .iter()
            .map(|(text, weight)| (&text[..text.floor_char_boundary(MAX_TEXT_BYTES)], *weight));
        let texts: Vec<(&str, f64)> = texts.collect();
        let all: Vec<&str> = texts.iter().map(|(text, _)| *text).collect();
        let all = all.join("\n");
        let language = analysis::detect_language(&all);
        let is_long = analysis::tokens(&all).nth(SHORT_TEXT_TOKENS).is_some();
        let only_stop_words =
            analysis::tokens(&all).all(|token| is_stop_word(token.text, language));
        let few_words = analysis::tokens(&all).nth(MAX_COMPOUND_WORDS).is_none();
        let with_compounds = match language {
            Some(_) => compounds::occur_in(language),
            None => few_words,
        };
        let mut query = Self::default();
        for (text, weight) in &texts {
            let words: Vec<&str> = analysis::tokens(text).map(|token| token.text).collect();
            let mut adjacent = false;
            for (index, word) in words.iter().enumerate() {
                let is_stop = !only_stop_words && is_stop_word(word, language);
                if is_stop && is_long {
                    adjacent = false;
                    continue;
                }
                let weight = weight * if is_stop { STOP_WORD_WEIGHT } else { 1.0 };
                adjacent = query.add_word(word, weight, language, adjacent);
                if with_compounds && adjacent && !is_stop {
                    query.add_compounds(word);
                }
                if with_synonyms && adjacent && !is_stop {
                    query.add_synonyms(&words[index..], language);
                }
                for part in analysis::camel_case_parts(word) {
                    query.add_word(part, weight, language, false);
                }
            }
        }
        query
    }

    /// Adds a group for a word, or raises the weight of the group that it
    /// repeats. Returns whether a group was added.
    fn add_word(
        &mut self,
        word: &str,
        weight: f64,
        language: Option<Language>,
        adjacent: bool,
    ) -> bool {
        let variants = stem_variants(&[word], false, &text_languages(language));
        let Some(first) = variants.first() else {
            return false;
        };
        let repeated = |group: &&mut TermGroup| {
            let known = group.variants.first();
            known.is_some_and(|known| known.terms == first.terms)
        };
        if let Some(group) = self.groups.iter_mut().find(repeated) {
            group.weight += weight / 2.0;
            return false;
        }
        if self.groups.len() == MAX_GROUPS {
            self.dropped_words += 1;
            return false;
        }
        self.push(word.to_owned(), variants, weight, adjacent);
        true
    }

    /// Adds the compounds that have a word in them to the last group.
    fn add_compounds(&mut self, word: &str) {
        if let Some(group) = self.groups.last_mut() {
            group.variants.extend(compound_variants(word));
        }
    }

    /// Adds synonyms of the phrase at the start of `words` to the last group.
    /// The list is English, so texts in another language get none.
    fn add_synonyms(&mut self, words: &[&str], language: Option<Language>) {
        if language.is_some_and(|language| language != Language::English) {
            return;
        }
        let Some(group) = self.groups.last_mut() else {
            return;
        };
        for (phrase, same_word) in synonyms::lookup(words) {
            let words: Vec<&str> = synonyms::phrase_words(phrase).collect();
            for mut variant in stem_variants(&words, false, &[Language::English]) {
                variant.weight *= if same_word {
                    SPELLING_WEIGHT
                } else {
                    SYNONYM_WEIGHT
                };
                let mut known = group.variants.iter();
                if known.all(|known| known.terms != variant.terms) {
                    group.variants.push(variant);
                }
            }
        }
    }

    /// Multiplies the weight of each group by its category affinity.
    pub(crate) fn weigh_by_affinity(&mut self, affinity: &CategoryAffinity) {
        for (group, weight) in self.groups.iter_mut().zip(affinity.group_weights()) {
            group.weight *= weight;
        }
    }

    fn push(&mut self, typed: String, variants: Vec<TermVariant>, weight: f64, adjacent: bool) {
        if !variants.is_empty() {
            self.groups.push(TermGroup {
                typed,
                variants,
                weight,
                adjacent,
            });
        }
    }

    /// The typos that were corrected: each word as typed, with the first term
    /// that replaces it. A term is a stem, and no word to show.
    pub(crate) fn corrections(&self) -> impl Iterator<Item = (&str, &str)> {
        self.groups.iter().filter_map(|group| {
            let mut variants = group.variants.iter();
            let correction = variants.find(|variant| variant.kind == VariantKind::Correction)?;
            Some((group.typed.as_str(), correction.terms.first()?.as_str()))
        })
    }

    /// Whether the query has neither phrases nor prefixes.
    pub(crate) fn is_single_words(&self) -> bool {
        let mut typed = self
            .groups
            .iter()
            .filter_map(|group| group.variants.first());
        typed.all(|variant| !variant.prefix && variant.terms.len() == 1)
    }

    /// Whether there is nothing to search for.
    pub(crate) fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }
}

fn is_stop_word(word: &str, language: Option<Language>) -> bool {
    analysis::is_stop_word(&word.to_lowercase(), language)
}

/// Splits a chunk without blanks into phrases, each with whether it is a prefix
/// query, that is ends with `*`.
fn chunk_phrases(chunk: &str) -> Vec<(Vec<&str>, bool)> {
    let mut phrases: Vec<(Vec<&str>, bool)> = Vec::new();
    let mut end = 0;
    for token in analysis::tokens(chunk) {
        let between = &chunk[end..token.span.start];
        let separated = between.chars().any(|c| !"-._:@'’\\+#&".contains(c));
        end = token.span.end;
        let prefix = chunk[end..].starts_with('*');
        let last = phrases.last_mut();
        match last.filter(|(_, last_prefix)| !separated && !last_prefix) {
            Some((words, last_prefix)) => {
                words.push(token.text);
                *last_prefix = prefix;
            }
            None => phrases.push((vec![token.text], prefix)),
        }
    }
    phrases
}

#[cfg(test)]
mod tests;
