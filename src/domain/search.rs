//! What a search found: the candidates of a store, and the tickets that are
//! told of.

pub(crate) mod analysis;
pub(crate) mod category_affinity;
pub(crate) mod document;
pub(crate) mod evaluation;
mod language;
pub(crate) mod matcher;
mod normalize;
pub(crate) mod query;
pub(crate) mod score;
pub(crate) mod similar;
pub(crate) mod snippet;
pub(crate) mod synonyms;
use std::ops::Range;

use super::event::{Event, TicketId};
use super::summary::Summary;
use document::TicketText;
use matcher::Matcher;
use query::SearchQuery;
use snippet::Excerpt;

/// The most tickets that are looked at closely.
pub(crate) const LOOK: u32 = 150;

/// What a store found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    /// What was sought, with the words that may have been meant.
    pub(crate) sought: SearchQuery,
    /// How many tickets there are.
    pub(crate) tickets: u64,
    /// On how many of them each group is written.
    pub(crate) holders: Vec<u64>,
    /// How many of those asked for hold all that is sought.
    pub(crate) whole: u64,
    pub(crate) hits: Vec<Hit>,
}

/// A ticket that was found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Hit {
    pub(crate) ticket: TicketId,
    /// What is written on it, where it was looked at closely.
    pub(crate) prose: Option<TicketText>,
}

/// A ticket that was found, with why.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Finding {
    pub(crate) summary: Summary,
    /// From 0 to 1.
    pub(crate) closeness: f64,
    /// Where in the title what is sought stands, in bytes.
    pub(crate) title: Vec<Range<usize>>,
    /// Where else most of it stands.
    pub(crate) excerpt: Option<Excerpt>,
}

impl Finding {
    /// Of a ticket that is not looked into.
    pub(crate) const fn bare(summary: Summary, closeness: f64) -> Self {
        Self {
            summary,
            closeness,
            title: Vec::new(),
            excerpt: None,
        }
    }

    /// Of a ticket with what is to be told of it.
    pub(crate) fn of(
        summary: Summary,
        closeness: f64,
        history: &[Event],
        sought: &SearchQuery,
        matcher: &Matcher<'_>,
    ) -> Self {
        let title = snippet::marks(&summary.title, matcher);
        Self {
            title: title.into_iter().map(|(at, _)| at).collect(),
            excerpt: snippet::best(history, matcher, sought.groups.len()),
            summary,
            closeness,
        }
    }
}

/// What a search found, the closest first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Findings {
    pub(crate) sought: SearchQuery,
    /// How many tickets hold all that was sought; where none does, what was
    /// found are the closest ones.
    pub(crate) whole: u64,
    pub(crate) rows: Vec<Finding>,
}
