//! Tickets like another one: which come first, what their categories say, and
//! whether several open ones may be one disruption.

use chrono::TimeDelta;

use crate::domain::Timestamp;
use crate::domain::category::Category;
use crate::domain::event::TicketId;
use crate::domain::people::Actor;
use crate::domain::summary::Summary;
use crate::domain::ticket::{KnownError, Ticket};
use crate::domain::vocabulary::{ClosureCode, State};

/// How much a word of the title counts beside one of the text.
const TITLE: f64 = 1.5;

/// What tickets are compared with.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct SimilarityQuery {
    /// Texts, each with how much its words count.
    pub(crate) texts: Vec<(String, f64)>,
    pub(crate) category: Option<Category>,
    /// The ticket itself, which is like itself.
    pub(crate) itself: Option<TicketId>,
    /// The present, or when the ticket was opened.
    pub(crate) at: Option<Timestamp>,
}

impl SimilarityQuery {
    pub(crate) fn text(text: &str) -> Self {
        Self {
            texts: vec![(text.to_owned(), 1.0)],
            ..Self::default()
        }
    }

    /// Its texts, each with how much its words count.
    pub(crate) fn texts(&self) -> Vec<(&str, f64)> {
        let texts = self.texts.iter();
        texts
            .map(|(text, weight)| (text.as_str(), *weight))
            .collect()
    }

    pub(crate) fn of(ticket: &Ticket) -> Self {
        let body = ticket.description.iter().chain(&ticket.symptoms);
        let mut texts = vec![(ticket.title.clone(), TITLE)];
        texts.extend(body.map(|text| (text.clone(), 1.0)));
        Self {
            texts,
            category: ticket.category.clone(),
            itself: Some(ticket.id),
            at: Some(ticket.opened),
        }
    }
}

/// How a ticket ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Remedy {
    pub(crate) text: String,
    pub(crate) code: ClosureCode,
    pub(crate) by: Actor,
    pub(crate) at: Timestamp,
}

/// A ticket that is like it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Near {
    pub(crate) summary: Summary,
    /// From 0 to 1.
    pub(crate) closeness: f64,
    /// What fixed it, where it was fixed.
    pub(crate) remedy: Option<Remedy>,
    /// What is known of it, where it is a known error.
    pub(crate) known: Option<KnownError>,
}

impl Near {
    pub(crate) const fn of(summary: Summary, closeness: f64) -> Self {
        Self {
            summary,
            closeness,
            remedy: None,
            known: None,
        }
    }

    /// Whether it says how such trouble ends.
    fn is_solved(&self) -> bool {
        self.summary.resolved.is_some()
            && !matches!(
                self.summary.code,
                Some(ClosureCode::Duplicate | ClosureCode::Withdrawn) | None
            )
    }
}

/// Tickets like another one, or like a text.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Similar {
    /// The ticket that they are like, as it stands.
    pub(crate) of: Option<Summary>,
    /// The most helpful first.
    pub(crate) near: Vec<Near>,
    pub(crate) suggestions: Vec<Suggestion>,
    /// Open tickets that may be the same disruption.
    pub(crate) alike: Vec<TicketId>,
}

impl Similar {
    /// Only what is close enough to be worth a glance without being asked for.
    pub(crate) fn worth_a_glance(mut self) -> Self {
        self.near.retain(|one| one.closeness >= GLANCE);
        if self
            .suggestions
            .first()
            .is_none_or(|best| best.share < SURE)
            || self.near.is_empty()
        {
            self.suggestions.clear();
        }
        self
    }
}

/// From which closeness, as it is told, a ticket is shown without being asked
/// for, and from which share of the votes a category is named.
const GLANCE: f64 = 0.35;
const SURE: f64 = 0.5;

/// How much the same category adds, and one under the same root.
const SAME: f64 = 0.15;
const ROOT: f64 = 0.05;
/// The share of the best closeness down to which tickets are as good as each
/// other: what was resolved comes first among them.
const BAND: f64 = 0.6;

/// Puts the most helpful first: of those that are close, known errors, then
/// what was solved.
pub(crate) fn arrange(near: &mut [Near], category: Option<&Category>) {
    for one in near.iter_mut() {
        let shared = match (category, &one.summary.category) {
            (Some(wanted), Some(found)) if wanted == found => SAME,
            (Some(wanted), Some(found)) if wanted.root() == found.root() => ROOT,
            (Some(_) | None, Some(_) | None) => 0.0,
        };
        one.closeness = (one.closeness * (1.0 + shared)).min(1.0);
    }
    let best = near.iter().map(|one| one.closeness).fold(0.0, f64::max);
    near.sort_by(|a, b| {
        let rank = |one: &Near| {
            (
                one.closeness >= best * BAND,
                one.summary.is_known_error,
                one.is_solved(),
            )
        };
        rank(b)
            .cmp(&rank(a))
            .then(b.closeness.total_cmp(&a.closeness))
    });
}

/// A category that similar tickets have.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Suggestion {
    pub(crate) category: Category,
    /// Its share of the votes, from 0 to 1.
    pub(crate) share: f64,
    /// How many tickets speak for it.
    pub(crate) tickets: u64,
    /// The closest of them, with their titles.
    pub(crate) evidence: Vec<(TicketId, String)>,
}

/// How many tickets are named as evidence.
const EVIDENCE: usize = 3;

/// How many tickets vote on a category.
const VOTERS: usize = 60;
/// How much more the closest ones count.
const SHARP: i32 = 2;

/// The categories of tickets, the closest first; the likeliest first.
pub(crate) fn suggestions<'a>(close: impl Iterator<Item = (&'a Summary, f64)>) -> Vec<Suggestion> {
    let voters = close.filter_map(|(row, closeness)| {
        let category = row.category.as_ref()?;
        Some((row, category, closeness))
    });
    let mut found: Vec<Suggestion> = Vec::new();
    let mut votes = 0.0;
    for (row, category, closeness) in voters.take(VOTERS) {
        let vote = closeness.powi(SHARP);
        votes += vote;
        let known = found.iter().position(|known| known.category == *category);
        let place = known.unwrap_or_else(|| {
            found.push(Suggestion {
                category: category.clone(),
                share: 0.0,
                tickets: 0,
                evidence: Vec::new(),
            });
            found.len() - 1
        });
        let known = &mut found[place];
        known.share += vote;
        known.tickets += 1;
        if known.evidence.len() < EVIDENCE {
            known.evidence.push((row.id, row.title.clone()));
        }
    }
    for one in &mut found {
        one.share /= f64::max(votes, f64::MIN_POSITIVE);
    }
    found.sort_by(|a, b| b.share.total_cmp(&a.share));
    found
}

/// How close an open ticket must be to be taken for the same trouble, and
/// within which time.
const ALIKE: f64 = 0.35;
const WITHIN: TimeDelta = TimeDelta::hours(1);

/// The open tickets that may be the same disruption.
pub(crate) fn alike(near: &[Near], at: Timestamp) -> Vec<TicketId> {
    let recent = |one: &&Near| {
        let state = one.summary.state;
        let open = !matches!(state, State::Resolved | State::Closed);
        open && one.closeness >= ALIKE && (one.summary.opened - at).abs() <= WITHIN
    };
    near.iter()
        .filter(recent)
        .map(|one| one.summary.id)
        .collect()
}

#[cfg(test)]
mod tests;
