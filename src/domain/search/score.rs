//! Relevance of documents to a query: BM25F, that is BM25 with weighted fields,
//! with a bonus for adjacent words. The constants were tuned on paraphrased
//! questions; `benches/search.sh` measures them.

use std::collections::HashSet;

use super::SearchHits;
use super::document::{Document, Field};
use super::matcher::Matcher;
use super::query::{TermGroup, VariantKind};
use crate::domain::event::TicketId;

const FIELDS: usize = Field::ALL.len();

/// Weight of a term occurrence by field, in the order of [`Field::ALL`].
/// Messages and resolutions are long and say much that is said of any ticket, so
/// that they weigh a fraction of a title.
const FIELD_WEIGHTS: [f64; FIELDS] = [2.5, 1.0, 0.6, 0.3, 0.4];
/// Weight of an occurrence among the variant terms of a document.
const VARIANT_WEIGHT: f64 = 0.5;
/// BM25 `k1`: how slowly further occurrences of a term stop adding to the
/// score.
const K1: f64 = 1.2;
/// BM25 `b`: strength of the length normalization, from 0 to 1.
const B: f64 = 0.9;
/// Share of the smaller IDF that two adjacent words of the query add if they
/// are adjacent in the document too.
const ADJACENCY_BONUS: f64 = 0.12;

/// A ticket with its relevance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ScoredTicket {
    pub(crate) ticket: TicketId,
    /// Relevance from 0 to 1: the BM25F score as a share of the upper bound,
    /// which is the sum of all weighted IDFs.
    pub(crate) score: f64,
}

/// Scores the hits whose document was loaded, highest score first. Equal scores
/// keep the order of the store.
pub(crate) fn rank(found: &SearchHits) -> Vec<ScoredTicket> {
    let matcher = Matcher::new(&found.query);
    let groups = &found.query.groups;
    let frequencies = found.document_frequencies.iter();
    let idfs: Vec<f64> = frequencies
        .zip(groups)
        .map(|(frequency, group)| group.weight * idf(*frequency, found.documents))
        .collect();
    let loaded = found.hits.iter().filter_map(|hit| {
        let document = hit.document.as_ref()?;
        let frequencies = TermFrequencies::count(document, &matcher, groups);
        Some((hit.ticket, frequencies))
    });
    let counted: Vec<(TicketId, TermFrequencies)> = loaded.collect();
    let in_part = counted
        .iter()
        .filter(|(_, counted)| counted.only_in_compounds());
    let in_part: HashSet<TicketId> = in_part.map(|(ticket, _)| *ticket).collect();
    let average = average_lengths(&counted);
    let upper_bound = idfs.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    let scored = counted
        .into_iter()
        .map(|(ticket, frequencies)| ScoredTicket {
            ticket,
            score: (frequencies.bm25f(&idfs, &average) / upper_bound).min(1.0),
        });
    let mut scored: Vec<ScoredTicket> = scored.collect();
    if found.match_all {
        whole_words_first(&mut scored, &in_part);
    } else {
        scored.sort_by(|a, b| b.score.total_cmp(&a.score));
    }
    scored
}

/// Sorts tickets that have every word as such before those that have one only in
/// a compound, each by score. A score is then never above one before it.
fn whole_words_first(scored: &mut [ScoredTicket], in_part: &HashSet<TicketId>) {
    scored.sort_by(|a, b| {
        let part = |one: &ScoredTicket| in_part.contains(&one.ticket);
        part(a).cmp(&part(b)).then(b.score.total_cmp(&a.score))
    });
    let mut least = f64::INFINITY;
    for one in scored {
        one.score = one.score.min(least);
        least = one.score;
    }
}

/// Minimum score of a similar ticket.
pub(crate) const MIN_SCORE: f64 = 0.01;

/// The score as shown to users, from 0 to 1: `1 - (1 - score)²`. A document
/// whose title equals the query reaches only part of the upper bound; this
/// spreads the useful range over the scale and keeps the order.
pub(crate) fn display_score(score: f64) -> f64 {
    let distance = 1.0 - score.clamp(0.0, 1.0);
    1.0 - distance * distance
}

/// Smoothing: pretend the corpus has this many more documents without the term,
/// so that the terms of a widespread outage keep some IDF in a small store.
const SMOOTHING_DOCUMENTS: f64 = 50.0;

/// Inverse document frequency of a term as in BM25:
/// `ln(1 + (N - n + 0.5) / (n + 0.5))`, where `n` documents of `N` contain it
/// and `N` is smoothed.
#[expect(clippy::cast_precision_loss, reason = "a ratio of counts")]
pub(crate) fn idf(document_frequency: u64, documents: u64) -> f64 {
    let containing = document_frequency as f64;
    let all = documents.max(document_frequency) as f64 + SMOOTHING_DOCUMENTS;
    (1.0 + (all - containing + 0.5) / (containing + 0.5)).ln()
}

/// Occurrences of the groups of a query in one document.
struct TermFrequencies {
    /// Weighted number of occurrences, by group and field.
    by_group: Vec<[f64; FIELDS]>,
    /// Weighted number of occurrences among the variant terms, by group.
    variants: Vec<f64>,
    /// Whether the group occurs as such and not only in compounds, by group.
    whole: Vec<bool>,
    /// Whether the group occurs directly after the previous one, by group.
    adjacent: Vec<bool>,
    /// Number of terms, by field.
    lengths: [f64; FIELDS],
}

impl TermFrequencies {
    fn count(document: &Document, matcher: &Matcher<'_>, groups: &[TermGroup]) -> Self {
        let mut counted = Self {
            by_group: vec![[0.0; FIELDS]; groups.len()],
            variants: vec![0.0; groups.len()],
            whole: vec![false; groups.len()],
            adjacent: vec![false; groups.len()],
            lengths: [0.0; FIELDS],
        };
        for (index, field) in Field::ALL.into_iter().enumerate() {
            let terms: Vec<&str> = document.field(field).split_ascii_whitespace().collect();
            // The groups that matched at the previous term.
            let mut previous: Vec<usize> = Vec::new();
            for position in 0..terms.len() {
                let matches = matcher.matches_at(&terms, position);
                for found in &matches {
                    counted.by_group[found.group][index] += found.weight;
                    counted.whole[found.group] = true;
                    let adjacent = found.group > 0 && groups[found.group].adjacent;
                    if adjacent && previous.contains(&(found.group - 1)) {
                        counted.adjacent[found.group] = true;
                    }
                }
                previous.clear();
                previous.extend(matches.iter().map(|found| found.group));
            }
            #[expect(clippy::cast_precision_loss, reason = "a field has no 2^52 terms")]
            let length = terms.len() as f64;
            counted.lengths[index] = length;
        }
        let terms: Vec<&str> = document.variants.split_ascii_whitespace().collect();
        for position in 0..terms.len() {
            for found in matcher.matches_at(&terms, position) {
                counted.variants[found.group] += found.weight;
                counted.whole[found.group] |= found.kind != VariantKind::Compound;
            }
        }
        counted
    }

    /// Whether a group occurs only in compounds.
    fn only_in_compounds(&self) -> bool {
        let mut groups = self.whole.iter().zip(&self.variants);
        groups.any(|(whole, variants)| !whole && *variants > 0.0)
    }

    /// The BM25F score. For each group, the weighted frequency is
    /// `tf = Σ weight(field) · count / (1 - b + b · length / average)`, and the
    /// group adds `idf · tf / (tf + k1)`.
    fn bm25f(&self, idfs: &[f64], average_lengths: &[f64; FIELDS]) -> f64 {
        let mut score = 0.0;
        for (group, idf) in idfs.iter().enumerate() {
            let mut frequency = VARIANT_WEIGHT * self.variants[group].min(1.0);
            for field in 0..FIELDS {
                let relative_length = self.lengths[field] / average_lengths[field];
                let norm = 1.0 - B + B * relative_length;
                frequency += FIELD_WEIGHTS[field] * self.by_group[group][field] / norm.max(0.1);
            }
            score += idf * frequency / (frequency + K1);
            if self.adjacent[group] {
                score += ADJACENCY_BONUS * idf.min(idfs[group - 1]);
            }
        }
        score
    }
}

/// The mean length of each field over the documents where it is not empty.
fn average_lengths(counted: &[(TicketId, TermFrequencies)]) -> [f64; FIELDS] {
    let mut averages = [1.0; FIELDS];
    for (field, average) in averages.iter_mut().enumerate() {
        let lengths = counted.iter().map(|(_, counted)| counted.lengths[field]);
        let lengths: Vec<f64> = lengths.filter(|length| *length > 0.0).collect();
        if !lengths.is_empty() {
            #[expect(clippy::cast_precision_loss, reason = "a mean over some hundred")]
            let count = lengths.len() as f64;
            *average = lengths.iter().sum::<f64>() / count;
        }
    }
    averages
}

#[cfg(test)]
mod tests;
