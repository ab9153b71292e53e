//! Use cases of full-text search: search, similar tickets, category suggestions
//! and the evaluation of both.

use std::collections::HashMap;

use chrono::TimeDelta;

use super::Desk;
use super::ticket_commands::replay;
use crate::domain::event::TicketId;
use crate::domain::query::Query;
use crate::domain::search::corrections::CorrectedWords;
use crate::domain::search::evaluation::{
    CUTOFF, Evaluation, EvaluationQuery, Metrics, parse_ticket_id,
};
use crate::domain::search::matcher::Matcher;
use crate::domain::search::query::SearchQuery;
use crate::domain::search::score;
use crate::domain::search::similar;
use crate::domain::search::similar::{
    CategorySuggestion, PastResolution, SimilarTicket, SimilarTickets, SimilarityQuery,
};
use crate::domain::search::{SearchHits, SearchResult, SearchResults};
use crate::domain::summary::Summary;
use crate::error::Error;
use crate::store::{AccessMode, Transaction};

/// Number of results that get a snippet.
const MAX_SNIPPETS: usize = 100;

/// How many rows are read at once.
const ROWS_AT_ONCE: usize = 500;

/// Maximum number of results if no ticket matches the whole query.
const MAX_PARTIAL_MATCHES: usize = 50;

impl Desk<'_> {
    /// Searches for tickets that match the whole query, highest score first; if
    /// there are none, for partial matches.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn search(&self, typed: &str, query: &Query) -> Result<SearchResults, Error> {
        let search_query = SearchQuery::parse(typed);
        let Some(txn) = self.read()?.filter(|_| !search_query.is_empty()) else {
            return Ok(SearchResults {
                query: search_query,
                full_matches: 0,
                corrections: Vec::new(),
                results: Vec::new(),
            });
        };
        let (query, now) = (&self.by_then(query.clone()), self.now());
        let mut found = txn.search(search_query, true, query, now)?;
        let full_matches = found.full_matches;
        if full_matches == 0 {
            // Plain words without phrases or prefixes are treated as a question.
            let relaxed = if found.query.is_single_words() {
                SearchQuery::similar_to(&[(typed, 1.0)])
            } else {
                found.query
            };
            found = txn.search(relaxed, false, query, now)?;
        }
        let limit = match query.limit {
            Some(limit) => limit as usize,
            None if full_matches == 0 => MAX_PARTIAL_MATCHES,
            None => usize::MAX,
        };
        let matcher = Matcher::new(&found.query);
        let mut results = Vec::new();
        let mut words = CorrectedWords::new(&found.query);
        let scores: Vec<(TicketId, f64)> = display_scores(&found).take(limit).collect();
        let ids: Vec<TicketId> = scores.iter().map(|(id, _)| *id).collect();
        let histories = txn.histories_of(&ids[..ids.len().min(MAX_SNIPPETS)])?;
        let mut histories = histories.into_iter();
        for ((id, score), summary) in scores.into_iter().zip(rows(txn.as_ref(), &ids)?) {
            let summary = summary.at(now);
            let Some(history) = histories.next() else {
                results.push(SearchResult::without_snippet(summary, score));
                continue;
            };
            results.push(if txn.limit_on(id)?.is_some() {
                // Nothing of the text is shown.
                SearchResult::without_snippet(summary, score)
            } else {
                words.look_in(&history);
                SearchResult::new(summary, score, &history, &found.query, &matcher)
            });
        }
        Ok(SearchResults {
            full_matches,
            results,
            corrections: words.into_shown(),
            query: found.query,
        })
    }

    /// Limits a query to tickets that were opened by the time asked about. Their
    /// documents contain later texts too: the index has no history.
    fn by_then(&self, mut query: Query) -> Query {
        if let Some(moment) = self.past() {
            let end = moment + TimeDelta::milliseconds(1);
            query.opened.to = Some(query.opened.to.map_or(end, |to| to.min(end)));
        }
        query
    }

    /// Finds tickets that resemble a ticket, most useful first.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the ticket does not exist.
    pub(crate) fn similar_to(&self, id: TicketId, limit: usize) -> Result<SimilarTickets, Error> {
        let page = self.details(id)?;
        let similarity = SimilarityQuery::from(&page.ticket);
        let mut similar = self.similar(&similarity, limit)?;
        if page.ticket.category.is_none() {
            similar.suggestions = self.suggestions(&similarity)?;
        }
        similar.ticket = Some(page.summary);
        Ok(similar)
    }

    /// Suggests categories for a ticket.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the ticket does not exist.
    pub(crate) fn suggestions_for(&self, id: TicketId) -> Result<SimilarTickets, Error> {
        let page = self.details(id)?;
        Ok(SimilarTickets {
            suggestions: self.suggestions(&SimilarityQuery::from(&page.ticket))?,
            ticket: Some(page.summary),
            ..SimilarTickets::default()
        })
    }

    /// Finds tickets that resemble the query, most useful first.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn similar(
        &self,
        similarity: &SimilarityQuery,
        limit: usize,
    ) -> Result<SimilarTickets, Error> {
        let search_query = SearchQuery::similar_to(&similarity.texts());
        let Some(txn) = self.read()?.filter(|_| !search_query.is_empty()) else {
            return Ok(SimilarTickets::default());
        };
        let scored = self
            .others(txn.as_ref(), search_query, similarity)?
            .into_iter();
        let mut tickets: Vec<SimilarTicket> = scored
            .filter(|(_, score)| *score >= score::MIN_SCORE)
            .map(|(summary, score)| SimilarTicket::new(summary, score))
            .collect();
        let same_outage =
            similar::same_outage(&tickets, similarity.at.unwrap_or_else(|| self.now()));
        similar::rank_by_usefulness(&mut tickets, similarity.category.as_ref());
        tickets.truncate(limit);
        for one in &mut tickets {
            one.score = score::display_score(one.score);
            if one.summary.resolved.is_some() || one.summary.is_known_error {
                let ticket = replay(txn.history(one.summary.id)?)?;
                one.resolution = ticket.resolution().map(|resolution| PastResolution {
                    text: resolution.text.clone(),
                    code: resolution.code,
                    by: resolution.by.clone(),
                    at: resolution.at,
                });
                one.known_error = ticket.known_error;
            }
        }
        Ok(SimilarTickets {
            tickets,
            same_outage,
            ..SimilarTickets::default()
        })
    }

    /// Suggests categories from similar tickets, most likely first. Words count by
    /// how strongly they predict a category.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn suggestions(
        &self,
        similarity: &SimilarityQuery,
    ) -> Result<Vec<CategorySuggestion>, Error> {
        let mut search_query = SearchQuery::similar_without_synonyms(&similarity.texts());
        let Some(txn) = self.read()?.filter(|_| !search_query.is_empty()) else {
            return Ok(Vec::new());
        };
        search_query.weigh_by_affinity(&txn.category_affinity(&search_query)?);
        let scored = self.others(txn.as_ref(), search_query, similarity)?;
        let scored = scored.iter().map(|(summary, scored)| (summary, *scored));
        let mut suggestions = similar::suggest_categories(scored);
        // The policy may no longer list a category of past tickets.
        let policies = self.policies_in(txn.as_ref())?;
        suggestions.retain(|one| policies.current.has_category(&one.category));
        Ok(suggestions)
    }

    /// Finds other tickets that match a part of the query, highest score first.
    /// Merged tickets are left out.
    fn others(
        &self,
        txn: &dyn Transaction,
        search_query: SearchQuery,
        similarity: &SimilarityQuery,
    ) -> Result<Vec<(Summary, f64)>, Error> {
        let found = txn.search(search_query, false, &self.by_then(Query::all()), self.now())?;
        let mut others = Vec::new();
        let scored = score::rank(&found);
        let ids: Vec<TicketId> = scored.iter().map(|one| one.ticket).collect();
        for (one, summary) in scored.into_iter().zip(rows(txn, &ids)?) {
            let is_other = Some(summary.id) != similarity.exclude && summary.merged_into.is_none();
            // Nobody else's work is based on data that may only be stored.
            if is_other && txn.limit_on(summary.id)?.is_none() {
                others.push((summary, one.score));
            }
        }
        Ok(others)
    }
}

/// The rows of tickets, in the order asked for.
fn rows(txn: &dyn Transaction, ids: &[TicketId]) -> Result<Vec<Summary>, Error> {
    let mut found = HashMap::new();
    for some in ids.chunks(ROWS_AT_ONCE) {
        found.extend(txn.summaries(some)?.into_iter().map(|row| (row.id, row)));
    }
    let row = |id: &TicketId| found.remove(id).ok_or(Error::NotFound(*id));
    ids.iter().map(row).collect()
}

/// The hits with their displayed scores: scored ones first, then the others in
/// the order of the store with the lowest of these scores.
fn display_scores(found: &SearchHits) -> impl Iterator<Item = (TicketId, f64)> {
    let scored = score::rank(found);
    let lowest = scored
        .last()
        .map_or(0.0, |last| score::display_score(last.score));
    let rest = found.hits.iter().filter(|hit| hit.document.is_none());
    let rest: Vec<(TicketId, f64)> = rest.map(|hit| (hit.ticket, lowest)).collect();
    scored
        .into_iter()
        .map(|one| (one.ticket, score::display_score(one.score)))
        .chain(rest)
}

impl Desk<'_> {
    /// Evaluates how well similar tickets answer questions.
    ///
    /// # Errors
    /// Any error of the store; a missing store is an error too.
    pub(crate) fn evaluate_tickets(
        &self,
        questions: &[EvaluationQuery],
    ) -> Result<Evaluation, Error> {
        let store = self.reader()?.ok_or_else(|| self.missing())?;
        let mut metrics = Metrics::default();
        for question in questions {
            let mut answers = Vec::new();
            {
                let txn = store.begin(AccessMode::Read)?;
                for number in &question.relevant {
                    answers.extend(parse_ticket_id(number));
                    answers.extend(txn.by_number(number.trim())?);
                }
            }
            let similar = self.similar(&SimilarityQuery::from(question.text.as_str()), CUTOFF)?;
            let found: Vec<TicketId> = similar.tickets.iter().map(|one| one.summary.id).collect();
            metrics.add(&found, &answers);
        }
        Ok(Evaluation {
            target: "tickets",
            metrics,
        })
    }

    /// Evaluates how often suggested categories are correct.
    ///
    /// # Errors
    /// As [`Desk::evaluate_tickets`].
    pub(crate) fn evaluate_categories(
        &self,
        questions: &[EvaluationQuery],
    ) -> Result<Evaluation, Error> {
        self.reader()?.ok_or_else(|| self.missing())?;
        let mut metrics = Metrics::default();
        for question in questions {
            let suggestions = self.suggestions(&SimilarityQuery::from(question.text.as_str()))?;
            let found = suggestions.iter().map(|one| one.category.as_str());
            let answers = question.relevant.iter().map(|answer| answer.trim());
            metrics.add(&found.collect::<Vec<_>>(), &answers.collect::<Vec<_>>());
        }
        Ok(Evaluation {
            target: "categories",
            metrics,
        })
    }
}
