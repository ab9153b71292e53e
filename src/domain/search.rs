//! Full-text search over tickets: text analysis, queries, ranking and
//! snippets. Pure: the store finds the candidates, this module scores and
//! presents them.

pub(crate) mod analysis;
mod callers;
pub(crate) mod category_affinity;
mod compounds;
pub(crate) mod corrections;
pub(crate) mod document;
pub(crate) mod evaluation;
mod identifiers;
mod language;
pub(crate) mod matcher;
mod normalize;
pub(crate) mod query;
pub(crate) mod score;
pub(crate) mod similar;
pub(crate) mod snippet;
pub(crate) mod synonyms;
pub(crate) mod term_cache;
mod word_forms;

#[cfg(test)]
mod pairs_tests;

use std::ops::Range;

use super::event::{Event, TicketId};
use super::summary::Summary;
use document::Document;
use matcher::Matcher;
use query::SearchQuery;
use snippet::Snippet;

/// Upper bound on the candidates that are scored with BM25F.
pub(crate) const MAX_SCORED: u32 = 150;

/// What a store returns for a query: candidates and corpus statistics.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SearchHits {
    /// The query as it was run, with typo corrections added.
    pub(crate) query: SearchQuery,
    /// Number of documents in the index, one per ticket.
    pub(crate) documents: u64,
    /// Number of documents that contain each group of the query.
    pub(crate) document_frequencies: Vec<u64>,
    /// Number of selected tickets that match every group of the query.
    pub(crate) full_matches: u64,
    /// Whether every candidate matches every group.
    pub(crate) match_all: bool,
    /// The candidates, best match first according to the index.
    pub(crate) hits: Vec<Hit>,
}

/// A candidate that the index returned.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Hit {
    pub(crate) ticket: TicketId,
    /// The indexed document; loaded for the first [`MAX_SCORED`] hits only.
    pub(crate) document: Option<Document>,
}

/// A ticket in the result list of a search.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SearchResult {
    pub(crate) summary: Summary,
    /// Relevance from 0 to 1.
    pub(crate) score: f64,
    /// Byte ranges of the title that match the query.
    pub(crate) title_highlights: Vec<Range<usize>>,
    /// The passage outside the title that matches best.
    pub(crate) snippet: Option<Snippet>,
}

impl SearchResult {
    /// Creates a result without highlights and snippet.
    pub(crate) const fn without_snippet(summary: Summary, score: f64) -> Self {
        Self {
            summary,
            score,
            title_highlights: Vec::new(),
            snippet: None,
        }
    }

    /// Creates a result with the matches in its title and the best snippet of
    /// its history.
    pub(crate) fn new(
        summary: Summary,
        score: f64,
        history: &[Event],
        query: &SearchQuery,
        matcher: &Matcher<'_>,
    ) -> Self {
        let title = snippet::highlights(&summary.title, matcher);
        Self {
            title_highlights: title.into_iter().map(|(span, _)| span).collect(),
            snippet: snippet::best_snippet(history, matcher, query.groups.len()),
            summary,
            score,
        }
    }
}

/// The result list of a search, highest score first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SearchResults {
    pub(crate) query: SearchQuery,
    /// Number of tickets that match every word; if it is 0, the results are
    /// the closest partial matches.
    pub(crate) full_matches: u64,
    /// The typos that were corrected: each word as typed, with the word that
    /// tickets have instead.
    pub(crate) corrections: Vec<(String, String)>,
    pub(crate) results: Vec<SearchResult>,
}
