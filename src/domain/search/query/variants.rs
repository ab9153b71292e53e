//! What counts as a match for a word or phrase: its stems, spellings and forms,
//! compounds with it, and requesters of that name.

use super::super::analysis::Language;
use super::super::{analysis, callers, compounds, identifiers};
use super::{TermVariant, VariantKind};

/// Weight of a stem from another language's stemmer.
const OTHER_STEM_WEIGHT: f64 = 0.75;
/// Weight of another spelling of an identifier.
pub(super) const IDENTIFIER_WEIGHT: f64 = 0.9;
/// Weight of a form that a stemmer does not find.
const ROOT_WEIGHT: f64 = 0.6;
/// Weight of a compound that has the word in it.
const COMPOUND_WEIGHT: f64 = 0.4;

/// The languages to stem a text in: its own, and English for the technical
/// terms in it.
pub(super) fn text_languages(detected: Option<Language>) -> Vec<Language> {
    match detected {
        Some(language) => vec![language, Language::English],
        None => Language::ALL.to_vec(),
    }
}

/// The languages to stem a typed query in. It is too short for reliable
/// detection, and the documents may be in any language: all of them, the
/// detected one first.
pub(super) fn query_languages(detected: Option<Language>) -> Vec<Language> {
    detected.into_iter().chain(Language::ALL).collect()
}

/// The variants of adjacent words: the stems in each language, with and without
/// diacritics. The last word of a prefix query is tried both unstemmed as a
/// prefix and stemmed as a whole word.
pub(super) fn stem_variants(
    words: &[&str],
    prefix: bool,
    languages: &[Language],
) -> Vec<TermVariant> {
    let mut variants: Vec<TermVariant> = Vec::new();
    let mut add = |terms: Vec<String>, prefix: bool| {
        let known = variants
            .iter()
            .any(|known| known.terms == terms && known.prefix == prefix);
        if !terms.is_empty() && !known {
            let weight = if variants.is_empty() {
                1.0
            } else {
                OTHER_STEM_WEIGHT
            };
            variants.push(TermVariant {
                prefix,
                ..TermVariant::new(terms, weight, VariantKind::Word)
            });
        }
    };
    for language in languages {
        let stems = |word: &&str| analysis::index_terms(word, *language);
        let with_parts = |word: &&str| analysis::index_terms_with_parts(word, *language);
        let unaccented = |word: &&str| match analysis::unaccented_stem(word, *language) {
            Some(stem) => vec![stem],
            None => stems(word),
        };
        if prefix && let Some((last, before)) = words.split_last() {
            let mut terms: Vec<String> = before.iter().flat_map(stems).collect();
            let mut last_terms = stems(last);
            // CJK bigrams are kept; any other word is a prefix without its stemming.
            if last_terms.len() < 2 {
                last_terms = vec![analysis::fold(last)];
                last_terms.retain(|term| !term.is_empty());
            }
            terms.append(&mut last_terms);
            add(terms, true);
        }
        add(words.iter().flat_map(stems).collect(), false);
        add(words.iter().flat_map(unaccented).collect(), false);
        if words.len() > 1 {
            add(words.iter().flat_map(with_parts).collect(), prefix);
        }
    }
    let mut more: Vec<TermVariant> = Vec::new();
    if !prefix {
        let folded = words.iter().map(|word| analysis::fold(word));
        let folded: Vec<String> = folded.filter(|word| !word.is_empty()).collect();
        let spellings = identifiers::spellings(&folded).into_iter();
        more.extend(
            spellings.map(|terms| TermVariant::new(terms, IDENTIFIER_WEIGHT, VariantKind::Word)),
        );
    }
    if let ([word], false) = (words, prefix) {
        let roots = languages
            .iter()
            .flat_map(|language| analysis::roots(word, *language));
        more.extend(roots.map(|root| TermVariant::new(vec![root], ROOT_WEIGHT, VariantKind::Word)));
    }
    for variant in more {
        if variants.iter().all(|known| known.terms != variant.terms) {
            variants.push(variant);
        }
    }
    variants
}

/// The compounds that have a word in them.
pub(super) fn compound_variants(word: &str) -> impl Iterator<Item = TermVariant> {
    let prefixes = compounds::prefixes(word).into_iter();
    prefixes.map(|term| TermVariant {
        prefix: true,
        ..TermVariant::new(vec![term], COMPOUND_WEIGHT, VariantKind::Compound)
    })
}

/// The requesters whom typed words may name.
pub(super) fn caller_variants(words: &[&str], prefix: bool) -> impl Iterator<Item = TermVariant> {
    let variants = callers::variants(words).into_iter();
    variants.map(move |terms| TermVariant {
        prefix,
        ..TermVariant::new(terms, 1.0, VariantKind::Caller)
    })
}
