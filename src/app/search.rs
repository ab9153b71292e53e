//! Use cases that look things up in what is written.

use chrono::TimeDelta;

use super::Desk;
use super::ticket_commands::replay;
use crate::domain::event::TicketId;
use crate::domain::query::Query;
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

/// How many tickets are read for the place where it is written.
const EXCERPTS: usize = 100;

/// How many tickets a search that no ticket fits as a whole gives at most.
const CLOSEST: usize = 50;

impl Desk<'_> {
    /// Tickets that hold all that was typed, the closest first; where there
    /// are none, those that hold some of it.
    ///
    /// # Errors
    /// The store's.
    pub(crate) fn search(&self, typed: &str, query: &Query) -> Result<SearchResults, Error> {
        let sought = SearchQuery::parse(typed);
        let Some(store) = self.reader()?.filter(|_| !sought.is_empty()) else {
            return Ok(SearchResults {
                query: sought,
                full_matches: 0,
                results: Vec::new(),
            });
        };
        let txn = store.begin(AccessMode::Read)?;
        let (query, now) = (&self.by_then(query.clone()), self.now());
        let mut found = txn.search(sought, true, query, now)?;
        let whole = found.full_matches;
        if whole == 0 {
            // What is no more than words is taken as a question.
            let some = if found.query.is_single_words() {
                SearchQuery::similar_to(&[(typed, 1.0)])
            } else {
                found.query
            };
            found = txn.search(some, false, query, now)?;
        }
        let most = match query.limit {
            Some(limit) => limit as usize,
            None if whole == 0 => CLOSEST,
            None => usize::MAX,
        };
        let matcher = Matcher::new(&found.query);
        let mut rows = Vec::new();
        for (id, closeness) in ranked(&found).take(most) {
            let summary = row(txn.as_ref(), id)?;
            rows.push(if rows.len() < EXCERPTS {
                let history = txn.history(id)?;
                SearchResult::new(summary, closeness, &history, &found.query, &matcher)
            } else {
                SearchResult::without_snippet(summary, closeness)
            });
        }
        Ok(SearchResults {
            full_matches: whole,
            results: rows,
            query: found.query,
        })
    }

    /// Only what had been opened by the moment asked about. What is written on
    /// it is what is written by now.
    fn by_then(&self, mut query: Query) -> Query {
        if let Some(moment) = self.past() {
            let end = moment + TimeDelta::milliseconds(1);
            query.opened.to = Some(query.opened.to.map_or(end, |to| to.min(end)));
        }
        query
    }

    /// Past tickets like a ticket, the most helpful first.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such ticket.
    pub(crate) fn similar_to(&self, id: TicketId, most: usize) -> Result<SimilarTickets, Error> {
        let page = self.page(id)?;
        let likeness = SimilarityQuery::from(&page.ticket);
        let mut similar = self.similar(&likeness, most)?;
        if page.ticket.category.is_none() {
            similar.suggestions = self.suggestions(&likeness)?;
        }
        similar.ticket = Some(page.summary);
        Ok(similar)
    }

    /// The categories of tickets like a ticket.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such ticket.
    pub(crate) fn suggestions_for(&self, id: TicketId) -> Result<SimilarTickets, Error> {
        let page = self.page(id)?;
        Ok(SimilarTickets {
            suggestions: self.suggestions(&SimilarityQuery::from(&page.ticket))?,
            ticket: Some(page.summary),
            ..SimilarTickets::default()
        })
    }

    /// Past tickets like this, the most helpful first.
    ///
    /// # Errors
    /// The store's.
    pub(crate) fn similar(
        &self,
        likeness: &SimilarityQuery,
        most: usize,
    ) -> Result<SimilarTickets, Error> {
        let sought = SearchQuery::similar_to(&likeness.texts());
        let Some(store) = self.reader()?.filter(|_| !sought.is_empty()) else {
            return Ok(SimilarTickets::default());
        };
        let txn = store.begin(AccessMode::Read)?;
        let close = self.others(txn.as_ref(), sought, likeness)?.into_iter();
        let mut near: Vec<SimilarTicket> = close
            .filter(|(_, closeness)| *closeness >= score::MIN_SCORE)
            .map(|(summary, closeness)| SimilarTicket::new(summary, closeness))
            .collect();
        let alike = similar::same_outage(&near, likeness.at.unwrap_or_else(|| self.now()));
        similar::rank_by_usefulness(&mut near, likeness.category.as_ref());
        near.truncate(most);
        for one in &mut near {
            one.score = score::display_score(one.score);
            if one.summary.resolved.is_some() || one.summary.is_known_error {
                let ticket = replay(&txn.history(one.summary.id)?)?;
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
            tickets: near,
            same_outage: alike,
            ..SimilarTickets::default()
        })
    }

    /// The categories of tickets that are close in what leans to categories,
    /// the likeliest first.
    ///
    /// # Errors
    /// The store's.
    pub(crate) fn suggestions(
        &self,
        likeness: &SimilarityQuery,
    ) -> Result<Vec<CategorySuggestion>, Error> {
        let mut sought = SearchQuery::similar_without_synonyms(&likeness.texts());
        let Some(store) = self.reader()?.filter(|_| !sought.is_empty()) else {
            return Ok(Vec::new());
        };
        let txn = store.begin(AccessMode::Read)?;
        sought.weigh_by_affinity(&txn.category_affinity(&sought)?);
        let close = self.others(txn.as_ref(), sought, likeness)?;
        let close = close.iter().map(|(summary, close)| (summary, *close));
        let mut suggestions = similar::suggest_categories(close);
        // A category that the policy no longer lists cannot be taken.
        let policies = self.policies_in(txn.as_ref())?;
        suggestions.retain(|one| policies.current.has_category(&one.category));
        Ok(suggestions)
    }

    /// Other tickets on which some of it is written, the closest first; merged
    /// ones are none of their own.
    fn others(
        &self,
        txn: &dyn Transaction,
        sought: SearchQuery,
        likeness: &SimilarityQuery,
    ) -> Result<Vec<(Summary, f64)>, Error> {
        let found = txn.search(sought, false, &self.by_then(Query::all()), self.now())?;
        let mut others = Vec::new();
        for one in score::rank(&found) {
            let summary = row(txn, one.ticket)?;
            if Some(summary.id) != likeness.exclude && summary.merged_into.is_none() {
                others.push((summary, one.score));
            }
        }
        Ok(others)
    }
}

/// What was found, the closest first: what was looked at closely, then the
/// others in the order of the store.
fn ranked(found: &SearchHits) -> impl Iterator<Item = (TicketId, f64)> {
    let close = score::rank(found);
    let least = close
        .last()
        .map_or(0.0, |last| score::display_score(last.score));
    let rest = found.hits.iter().filter(|hit| hit.document.is_none());
    let rest: Vec<(TicketId, f64)> = rest.map(|hit| (hit.ticket, least)).collect();
    close
        .into_iter()
        .map(|one| (one.ticket, score::display_score(one.score)))
        .chain(rest)
}

fn row(txn: &dyn Transaction, id: TicketId) -> Result<Summary, Error> {
    txn.summary(id)?.ok_or(Error::NotFound(id))
}

impl Desk<'_> {
    /// How often tickets that are like a question answer it.
    ///
    /// # Errors
    /// The store's; a store that is not there is not taken for an empty one.
    pub(crate) fn try_tickets(&self, questions: &[EvaluationQuery]) -> Result<Evaluation, Error> {
        let store = self.reader()?.ok_or_else(|| self.missing())?;
        let mut trial = Metrics::default();
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
            trial.add(&found, &answers);
        }
        Ok(Evaluation {
            target: "tickets",
            metrics: trial,
        })
    }

    /// How often the categories of tickets that are like a text are right.
    ///
    /// # Errors
    /// As [`Desk::try_tickets`].
    pub(crate) fn try_categories(
        &self,
        questions: &[EvaluationQuery],
    ) -> Result<Evaluation, Error> {
        self.reader()?.ok_or_else(|| self.missing())?;
        let mut trial = Metrics::default();
        for question in questions {
            let suggestions = self.suggestions(&SimilarityQuery::from(question.text.as_str()))?;
            let found = suggestions.iter().map(|one| one.category.as_str());
            let answers = question.relevant.iter().map(|answer| answer.trim());
            trial.add(&found.collect::<Vec<_>>(), &answers.collect::<Vec<_>>());
        }
        Ok(Evaluation {
            target: "categories",
            metrics: trial,
        })
    }
}
