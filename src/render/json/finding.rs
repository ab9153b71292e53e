//! What was found in what is written, as it is published.

use serde::Serialize;

use super::super::finding::label;
use super::ticket::Ticket;
use super::value::{At, ClosureCode, Seconds};
use crate::domain::Timestamp;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::search;
use crate::domain::search::{evaluation, similar};
use crate::domain::summary::Summary;

/// A ticket that a search found.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Finding<'a> {
    #[serde(flatten)]
    ticket: Ticket<'a>,
    /// From 0 to 1: what share of what was sought is written on it, weighted
    /// by how much each word tells.
    closeness: f64,
    /// Whether it holds all that was sought.
    whole: bool,
    /// Where most of it stands, the title aside.
    #[serde(skip_serializing_if = "Option::is_none")]
    excerpt: Option<Excerpt<'a>>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Excerpt<'a> {
    /// `description`, `log`, `message` or `resolution`.
    field: &'static str,
    text: &'a str,
}

impl<'a> Finding<'a> {
    pub(in crate::render) fn of(
        one: &'a search::SearchResult,
        whole: bool,
        now: Timestamp,
        policy: &'a PolicyHistory,
    ) -> Self {
        Self {
            ticket: Ticket::of(&one.summary, now, policy),
            closeness: rounded(one.score),
            whole,
            excerpt: one.snippet.as_ref().map(|excerpt| Excerpt {
                field: label(excerpt.field),
                text: &excerpt.text,
            }),
        }
    }
}

/// Three digits: more would be noise.
fn rounded(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}

pub(in crate::render) const FINDING: [&str; 7] = [
    "id",
    "status",
    "category",
    "title",
    "closeness",
    "field",
    "excerpt",
];

pub(in crate::render) fn finding_cells(one: &search::SearchResult) -> Vec<String> {
    let excerpt = one.snippet.as_ref();
    let mut cells = close_cells(&one.summary, one.score);
    cells.extend([
        excerpt.map_or_else(String::new, |excerpt| label(excerpt.field).to_owned()),
        excerpt.map_or_else(String::new, |excerpt| excerpt.text.clone()),
    ]);
    cells
}

/// The first cells of a ticket that is more or less close.
fn close_cells(row: &Summary, closeness: f64) -> Vec<String> {
    let category = row.category.as_ref();
    vec![
        row.id.0.to_string(),
        row.state.to_string(),
        category.map_or_else(String::new, ToString::to_string),
        row.title.clone(),
        rounded(closeness).to_string(),
    ]
}

/// A ticket that is like another one.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Near<'a> {
    #[serde(flatten)]
    ticket: Ticket<'a>,
    /// From 0 to 1.
    closeness: f64,
    /// Whether it is open, was opened within an hour, and may be the same
    /// disruption.
    alike: bool,
    /// How it ended, if it did.
    resolution: Option<Remedy<'a>>,
    /// The way around it, where it is a known error.
    workaround: Option<&'a str>,
    /// And its cause, where that is known.
    cause: Option<&'a str>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Remedy<'a> {
    text: &'a str,
    code: ClosureCode,
    by: &'a str,
    at: At,
    /// From when it was opened.
    turnaround_s: Seconds,
}

impl<'a> Near<'a> {
    pub(in crate::render) fn all(
        similar: &'a similar::SimilarTickets,
        now: Timestamp,
        policy: &'a PolicyHistory,
    ) -> impl Iterator<Item = Self> {
        similar.tickets.iter().map(move |one| Self {
            ticket: Ticket::of(&one.summary, now, policy),
            closeness: rounded(one.score),
            alike: similar.same_outage.contains(&one.summary.id),
            resolution: one.resolution.as_ref().map(|remedy| Remedy {
                text: &remedy.text,
                code: remedy.code.into(),
                by: remedy.by.as_str(),
                at: At(remedy.at),
                turnaround_s: Seconds::of(remedy.at - one.summary.opened),
            }),
            workaround: one
                .known_error
                .as_ref()
                .map(|known| known.workaround.as_str()),
            cause: one
                .known_error
                .as_ref()
                .and_then(|known| known.cause.as_deref()),
        })
    }
}

pub(in crate::render) const NEAR: [&str; 8] = [
    "id",
    "status",
    "category",
    "title",
    "closeness",
    "code",
    "by",
    "resolution",
];

pub(in crate::render) fn near_cells(one: &similar::SimilarTicket) -> Vec<String> {
    let remedy = one.resolution.as_ref();
    let mut cells = close_cells(&one.summary, one.score);
    cells.extend([
        remedy.map_or_else(String::new, |remedy| remedy.code.to_string()),
        remedy.map_or_else(String::new, |remedy| remedy.by.as_str().to_owned()),
        remedy.map_or_else(String::new, |remedy| remedy.text.clone()),
    ]);
    cells
}

/// A category that similar tickets have.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Suggestion<'a> {
    category: &'a str,
    /// Its share of the votes of similar tickets, from 0 to 1.
    share: f64,
    /// How many tickets speak for it.
    tickets: u64,
    /// The closest of them.
    evidence: Vec<Evidence<'a>>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Evidence<'a> {
    id: i64,
    title: &'a str,
}

impl<'a> Suggestion<'a> {
    pub(in crate::render) fn of(one: &'a similar::CategorySuggestion) -> Self {
        let evidence = one.evidence.iter();
        Self {
            category: one.category.as_str(),
            share: rounded(one.share),
            tickets: one.tickets,
            evidence: evidence
                .map(|(id, title)| Evidence { id: id.0, title })
                .collect(),
        }
    }
}

pub(in crate::render) const SUGGESTION: [&str; 4] = ["category", "share", "tickets", "evidence"];

pub(in crate::render) fn suggestion_cells(one: &similar::CategorySuggestion) -> Vec<String> {
    let ids: Vec<String> = one
        .evidence
        .iter()
        .map(|(id, _)| id.0.to_string())
        .collect();
    vec![
        one.category.to_string(),
        rounded(one.share).to_string(),
        one.tickets.to_string(),
        ids.join(" "),
    ]
}

/// How well questions with known answers were answered.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Tried {
    /// `tickets` or `categories`.
    what: &'static str,
    questions: u32,
    /// The share with an answer in the first place.
    hit_1: f64,
    /// The share with an answer within the first five.
    hit_5: f64,
    /// The mean of one over the place of the first answer within ten.
    mrr_10: f64,
}

impl Tried {
    pub(in crate::render) fn of(tried: &evaluation::Evaluation) -> Self {
        let digits = |share: f64| (share * 10_000.0).round() / 10_000.0;
        Self {
            what: tried.target,
            questions: tried.metrics.queries,
            hit_1: digits(tried.metrics.hit_1()),
            hit_5: digits(tried.metrics.hit_5()),
            mrr_10: digits(tried.metrics.mrr_10()),
        }
    }

    pub(in crate::render) fn cells(&self) -> Vec<String> {
        vec![
            self.what.to_owned(),
            self.questions.to_string(),
            self.hit_1.to_string(),
            self.hit_5.to_string(),
            self.mrr_10.to_string(),
        ]
    }
}

pub(in crate::render) const TRIED: [&str; 5] = ["what", "questions", "hit_1", "hit_5", "mrr_10"];
