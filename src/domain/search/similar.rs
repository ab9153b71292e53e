//! Tickets that resemble a ticket or a text: their order, the categories that
//! they suggest, and open ones that may be the same outage.

use chrono::TimeDelta;

use crate::domain::Timestamp;
use crate::domain::category::Category;
use crate::domain::event::TicketId;
use crate::domain::people::Actor;
use crate::domain::summary::Summary;
use crate::domain::ticket::{KnownError, Ticket};
use crate::domain::vocabulary::{ClosureCode, State};

/// Weight of the words of a title; those of other texts weigh 1.
const TITLE_WEIGHT: f64 = 1.5;

/// What tickets are compared with.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct SimilarityQuery {
    /// Texts, each with the weight of its words.
    pub(crate) texts: Vec<(String, f64)>,
    pub(crate) category: Option<Category>,
    /// The ticket that the query comes from; it is left out of the results.
    pub(crate) exclude: Option<TicketId>,
    /// When the ticket was opened; `None` stands for now.
    pub(crate) at: Option<Timestamp>,
}

impl From<&str> for SimilarityQuery {
    fn from(text: &str) -> Self {
        Self {
            texts: vec![(text.to_owned(), 1.0)],
            ..Self::default()
        }
    }
}

impl From<&Ticket> for SimilarityQuery {
    fn from(ticket: &Ticket) -> Self {
        let body = ticket.description.iter().chain(&ticket.symptoms);
        let mut texts = vec![(ticket.title.clone(), TITLE_WEIGHT)];
        texts.extend(body.map(|text| (text.clone(), 1.0)));
        Self {
            texts,
            category: ticket.category.clone(),
            exclude: Some(ticket.id),
            at: Some(ticket.opened),
        }
    }
}

impl SimilarityQuery {
    /// The texts, each with the weight of its words.
    pub(crate) fn texts(&self) -> Vec<(&str, f64)> {
        let texts = self.texts.iter();
        texts
            .map(|(text, weight)| (text.as_str(), *weight))
            .collect()
    }
}

/// How a past ticket was resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PastResolution {
    pub(crate) text: String,
    pub(crate) code: ClosureCode,
    pub(crate) by: Actor,
    pub(crate) at: Timestamp,
}

/// A ticket that resembles the query.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SimilarTicket {
    pub(crate) summary: Summary,
    /// Similarity from 0 to 1.
    pub(crate) score: f64,
    /// Its resolution, if it was resolved.
    pub(crate) resolution: Option<PastResolution>,
    /// Its workaround and cause, if it is marked as a known error.
    pub(crate) known_error: Option<KnownError>,
}

impl SimilarTicket {
    pub(crate) const fn new(summary: Summary, score: f64) -> Self {
        Self {
            summary,
            score,
            resolution: None,
            known_error: None,
        }
    }

    /// Whether its resolution may help with a similar ticket: it was resolved,
    /// and not as a duplicate or withdrawn.
    fn is_solved(&self) -> bool {
        self.summary.resolved.is_some()
            && !matches!(
                self.summary.code,
                Some(ClosureCode::Duplicate | ClosureCode::Withdrawn) | None
            )
    }
}

/// The answer to a similarity query.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct SimilarTickets {
    /// The ticket that the query comes from, if any.
    pub(crate) ticket: Option<Summary>,
    /// Similar tickets, most useful first.
    pub(crate) tickets: Vec<SimilarTicket>,
    pub(crate) suggestions: Vec<CategorySuggestion>,
    /// Open tickets that may be caused by the same outage.
    pub(crate) same_outage: Vec<TicketId>,
}

impl SimilarTickets {
    /// Keeps only what is certain enough to be shown without being asked for.
    pub(crate) fn only_confident(mut self) -> Self {
        self.tickets
            .retain(|ticket| ticket.score >= CONFIDENT_SCORE);
        let best = self.suggestions.first();
        let unsure = best.is_none_or(|best| best.share < CONFIDENT_SHARE);
        if unsure || self.tickets.is_empty() {
            self.suggestions.clear();
        }
        self
    }
}

/// Minimum displayed score of a similar ticket that is shown unasked.
const CONFIDENT_SCORE: f64 = 0.35;
/// Minimum share of the votes of a category that is suggested unasked.
const CONFIDENT_SHARE: f64 = 0.5;

/// Share by which the score rises for the same category.
const SAME_CATEGORY_BONUS: f64 = 0.15;
/// Share by which the score rises for a category with the same root.
const SAME_ROOT_BONUS: f64 = 0.05;
/// Share of the best score from which a known error comes first. It is marked by
/// hand and has a workaround, so it may be a little less like.
const KNOWN_ERROR_BAND: f64 = 0.6;
/// Share of the best score from which a solved ticket comes before those that
/// are not. Narrow: most tickets are solved, and in a wider band any of them
/// stands before the open ticket that is meant.
const SOLVED_BAND: f64 = 0.85;

/// Score below which a ticket is too unlike to come first for its usefulness;
/// such a match is shown as at most 23 %.
const USEFUL_SCORE: f64 = 0.12;

/// Raises the score of tickets in the same category, then sorts. Of the tickets
/// that are like enough, and nearly as like as the best, known errors come
/// first, then solved tickets; otherwise the score decides.
pub(crate) fn rank_by_usefulness(tickets: &mut [SimilarTicket], category: Option<&Category>) {
    for ticket in tickets.iter_mut() {
        let bonus = match (category, &ticket.summary.category) {
            (Some(wanted), Some(found)) if wanted == found => SAME_CATEGORY_BONUS,
            (Some(wanted), Some(found)) if wanted.root() == found.root() => SAME_ROOT_BONUS,
            (Some(_) | None, Some(_) | None) => 0.0,
        };
        ticket.score = (ticket.score * (1.0 + bonus)).min(1.0);
    }
    let best = tickets
        .iter()
        .map(|ticket| ticket.score)
        .fold(0.0, f64::max);
    tickets.sort_by(|a, b| {
        let rank = |ticket: &SimilarTicket| {
            let useful = |band: f64| ticket.score >= USEFUL_SCORE && ticket.score >= best * band;
            (
                ticket.summary.is_known_error && useful(KNOWN_ERROR_BAND),
                ticket.is_solved() && useful(SOLVED_BAND),
            )
        };
        rank(b).cmp(&rank(a)).then(b.score.total_cmp(&a.score))
    });
}

/// A category suggested by similar tickets.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CategorySuggestion {
    pub(crate) category: Category,
    /// Share of the votes, from 0 to 1.
    pub(crate) share: f64,
    /// Number of tickets that voted for it.
    pub(crate) tickets: u64,
    /// The most similar of these tickets, with their titles.
    pub(crate) evidence: Vec<(TicketId, String)>,
}

/// Maximum number of tickets that are named as evidence.
const MAX_EVIDENCE: usize = 3;

/// Maximum number of tickets that vote on a category (the k of k-nearest
/// neighbours).
const MAX_VOTERS: usize = 60;
/// A vote weighs the score to this power, so that the nearest tickets dominate.
const VOTE_EXPONENT: i32 = 2;

/// Suggests categories by a weighted vote of scored tickets, which come highest
/// score first. Returns the most likely category first.
pub(crate) fn suggest_categories<'a>(
    scored: impl Iterator<Item = (&'a Summary, f64)>,
) -> Vec<CategorySuggestion> {
    let voters = scored.filter_map(|(summary, score)| {
        let category = summary.category.as_ref()?;
        Some((summary, category, score))
    });
    let mut suggestions: Vec<CategorySuggestion> = Vec::new();
    let mut all_votes = 0.0;
    for (summary, category, score) in voters.take(MAX_VOTERS) {
        let vote = score.powi(VOTE_EXPONENT);
        all_votes += vote;
        let known = suggestions
            .iter()
            .position(|known| known.category == *category);
        let index = known.unwrap_or_else(|| {
            suggestions.push(CategorySuggestion {
                category: category.clone(),
                share: 0.0,
                tickets: 0,
                evidence: Vec::new(),
            });
            suggestions.len() - 1
        });
        let suggestion = &mut suggestions[index];
        suggestion.share += vote;
        suggestion.tickets += 1;
        if suggestion.evidence.len() < MAX_EVIDENCE {
            suggestion
                .evidence
                .push((summary.id, summary.title.clone()));
        }
    }
    for suggestion in &mut suggestions {
        suggestion.share /= f64::max(all_votes, f64::MIN_POSITIVE);
    }
    suggestions.sort_by(|a, b| b.share.total_cmp(&a.share));
    suggestions
}

/// Minimum score of a ticket that may be the same outage.
const OUTAGE_SCORE: f64 = 0.35;
/// Maximum time between two tickets about the same outage.
const OUTAGE_WINDOW: TimeDelta = TimeDelta::hours(1);

/// The open tickets that may be caused by the same outage: similar enough, and
/// opened around the same time.
pub(crate) fn same_outage(tickets: &[SimilarTicket], at: Timestamp) -> Vec<TicketId> {
    let is_candidate = |ticket: &&SimilarTicket| {
        let summary = &ticket.summary;
        let open = !matches!(summary.state, State::Resolved | State::Closed);
        open && ticket.score >= OUTAGE_SCORE && (summary.opened - at).abs() <= OUTAGE_WINDOW
    };
    let candidates = tickets.iter().filter(is_candidate);
    candidates.map(|ticket| ticket.summary.id).collect()
}

#[cfg(test)]
mod tests;
