//! Finds the groups of a query in a sequence of index terms.

use std::collections::HashMap;

use super::query::{SearchQuery, VariantKind};

/// The variants of a query, indexed by their first term.
pub(crate) struct Matcher<'a> {
    by_first_term: HashMap<&'a str, Vec<MultiTermVariant<'a>>>,
    /// Prefix queries of a single term, in order.
    prefixes: Vec<Prefix<'a>>,
}

/// A prefix query of a single term.
struct Prefix<'a> {
    text: &'a str,
    group: usize,
    weight: f64,
    kind: VariantKind,
}

/// A variant without its first term.
struct MultiTermVariant<'a> {
    group: usize,
    weight: f64,
    kind: VariantKind,
    /// The terms after the first.
    rest: &'a [String],
    prefix: bool,
}

/// An occurrence of a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TermMatch {
    /// Index of the group in the query.
    pub(crate) group: usize,
    /// Confidence, above 0 and up to 1, that the match is what was typed.
    pub(crate) weight: f64,
    /// Number of terms that it spans.
    pub(crate) length: usize,
    pub(crate) kind: VariantKind,
}

impl<'a> Matcher<'a> {
    pub(crate) fn new(query: &'a SearchQuery) -> Self {
        let mut matcher = Self {
            by_first_term: HashMap::new(),
            prefixes: Vec::new(),
        };
        for (group, wanted) in query.groups.iter().enumerate() {
            for variant in &wanted.variants {
                let Some((first, rest)) = variant.terms.split_first() else {
                    continue;
                };
                if variant.prefix && rest.is_empty() {
                    matcher.prefixes.push(Prefix {
                        text: first,
                        group,
                        weight: variant.weight,
                        kind: variant.kind,
                    });
                } else {
                    let variants = matcher.by_first_term.entry(first).or_default();
                    variants.push(MultiTermVariant {
                        group,
                        weight: variant.weight,
                        kind: variant.kind,
                        rest,
                        prefix: variant.prefix,
                    });
                }
            }
        }
        matcher
    }

    /// The groups that match from a position on, each once, with the variant of
    /// the highest weight.
    pub(crate) fn matches_at<T: AsRef<str>>(&self, terms: &[T], position: usize) -> Vec<TermMatch> {
        let mut matches: Vec<TermMatch> = Vec::new();
        let Some((term, following)) = terms.get(position..).and_then(<[T]>::split_first) else {
            return matches;
        };
        let term = term.as_ref();
        let mut add = |found: TermMatch| {
            let known = matches.iter_mut().find(|known| known.group == found.group);
            match known {
                Some(known) if known.weight >= found.weight => {}
                Some(known) => *known = found,
                None => matches.push(found),
            }
        };
        for variant in self.by_first_term.get(term).into_iter().flatten() {
            if variant.matches_rest(following) {
                add(TermMatch {
                    group: variant.group,
                    weight: variant.weight,
                    length: 1 + variant.rest.len(),
                    kind: variant.kind,
                });
            }
        }
        for prefix in &self.prefixes {
            if term.starts_with(prefix.text) {
                add(TermMatch {
                    group: prefix.group,
                    weight: prefix.weight,
                    length: 1,
                    kind: prefix.kind,
                });
            }
        }
        matches
    }
}

impl MultiTermVariant<'_> {
    /// Whether the terms after the first match; the last may be a prefix.
    fn matches_rest<T: AsRef<str>>(&self, following: &[T]) -> bool {
        let last = self.rest.len().saturating_sub(1);
        let mut pairs = self.rest.iter().zip(following).enumerate();
        following.len() >= self.rest.len()
            && pairs.all(|(index, (wanted, term))| {
                if self.prefix && index == last {
                    term.as_ref().starts_with(wanted.as_str())
                } else {
                    term.as_ref() == wanted
                }
            })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::domain::search::document::{Document, Field};

    /// Which groups of a query match a document, in any field or variant.
    pub(crate) fn matched_groups(document: &Document, query: &SearchQuery) -> Vec<bool> {
        let matcher = Matcher::new(query);
        let mut matched = vec![false; query.groups.len()];
        let fields = Field::ALL.into_iter().map(|field| document.field(field));
        for text in fields.chain([document.variants.as_str()]) {
            let terms: Vec<&str> = text.split(' ').collect();
            for position in 0..terms.len() {
                for found in matcher.matches_at(&terms, position) {
                    matched[found.group] = true;
                }
            }
        }
        matched
    }

    fn matches(typed: &str, terms: &[&str]) -> Vec<(usize, usize, usize)> {
        let query = SearchQuery::parse(typed);
        let matcher = Matcher::new(&query);
        let positions = (0..terms.len()).flat_map(|position| {
            let matches = matcher.matches_at(terms, position);
            matches
                .into_iter()
                .map(move |found| (position, found.group, found.length))
        });
        positions.collect()
    }

    #[test]
    fn a_word_matches_only_the_whole_term() {
        assert_eq!(
            matches("vpn", &["a", "vpn", "b", "vpn"]),
            [(1, 0, 1), (3, 0, 1)]
        );
        assert_eq!(matches("vpn", &["vpns", "v", ""]), []);
        assert_eq!(matches("vpn", &[]), []);
    }

    #[test]
    fn a_phrase_matches_adjacent_terms_in_order() {
        let terms = ["blue", "screen", "screen", "blue", "screen"];
        assert_eq!(matches("\"blue screen\"", &terms), [(0, 0, 2), (3, 0, 2)]);
        assert_eq!(matches("\"blue screen\"", &terms[..1]), []);
        assert_eq!(matches("\"screen blue\"", &terms), [(2, 0, 2)]);
    }

    #[test]
    fn only_the_last_word_of_a_prefix_query_is_a_prefix() {
        let terms = ["blue", "screens", "bluest", "screen"];
        assert_eq!(matches("blue-scr*", &terms), [(0, 0, 2)]);
        assert_eq!(matches("scr*", &terms), [(1, 0, 1), (3, 0, 1)]);
    }

    #[test]
    fn each_group_matches_once_per_position_with_its_highest_weight() {
        let query = SearchQuery::parse("drucker dru*");
        let matcher = Matcher::new(&query);
        let matches = matcher.matches_at(&["drucker"], 0);
        let groups: Vec<usize> = matches.iter().map(|found| found.group).collect();
        assert_eq!(groups.len(), 2, "{matches:?}");
        assert!(
            matches.iter().all(|found| found.weight >= 1.0),
            "{matches:?}"
        );
        assert_eq!(matcher.matches_at(&["drucker"], 1), []);
    }
}
