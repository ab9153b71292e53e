//! Search results, similar tickets, suggested categories and evaluations.

use serde::Serialize;

use super::value::{At, ClosureCode, CsvRecord, CsvValue, Seconds};
use crate::domain::search;
use crate::domain::search::document::Field;
use crate::domain::search::{evaluation, similar};
use crate::domain::summary::Summary;
use crate::output::columns::Ticket;
use crate::output::options::RenderOptions;

/// A ticket that a search found.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct SearchResult<'a> {
    #[serde(flatten)]
    ticket: Ticket<'a>,
    /// From 0 to 1: the share of the query that it matches, weighted by how rare
    /// each word is.
    closeness: f64,
    /// Whether it matches the whole query.
    whole: bool,
    /// The best matching passage outside the title.
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

impl<'a> SearchResult<'a> {
    pub(crate) const CSV_HEADINGS: [&'static str; 7] = [
        "id",
        "status",
        "category",
        "title",
        "closeness",
        "field",
        "excerpt",
    ];

    pub(crate) fn new(
        one: &'a search::SearchResult,
        whole: bool,
        options: &'a RenderOptions<'_>,
    ) -> Self {
        Self {
            ticket: Ticket::new(&one.summary, options),
            closeness: rounded(one.score),
            whole,
            excerpt: one.snippet.as_ref().map(|snippet| Excerpt {
                field: field_name(snippet.field),
                text: &snippet.text,
            }),
        }
    }
}

/// The CSV cells of a search result.
pub(crate) fn result_cells(one: &search::SearchResult) -> Vec<String> {
    let snippet = one.snippet.as_ref();
    let mut cells = close_cells(&one.summary, one.score);
    snippet
        .map(|snippet| field_name(snippet.field))
        .csv(&mut cells);
    snippet.map(|snippet| snippet.text.as_str()).csv(&mut cells);
    cells
}

/// The name of a part of a ticket's text.
pub(crate) const fn field_name(field: Field) -> &'static str {
    match field {
        Field::Title => "title",
        Field::Body => "description",
        Field::Log => "log",
        Field::Messages => "message",
        Field::Resolution => "resolution",
    }
}

/// Rounds to three digits; more would be noise.
fn rounded(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}

/// The first CSV cells of a ticket with its closeness.
fn close_cells(row: &Summary, closeness: f64) -> Vec<String> {
    let mut cells = vec![row.id.0.to_string(), row.state.to_string()];
    row.category.as_ref().map(|c| c.as_str()).csv(&mut cells);
    row.title.csv(&mut cells);
    cells.push(rounded(closeness).to_string());
    cells
}

/// A similar ticket.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct SimilarTicket<'a> {
    #[serde(flatten)]
    ticket: Ticket<'a>,
    /// From 0 to 1.
    closeness: f64,
    /// Whether it is open, was opened within an hour, and may be the same
    /// outage.
    alike: bool,
    /// Its resolution, if it was resolved.
    resolution: Option<PastResolution<'a>>,
    /// The workaround, if it is a known error.
    workaround: Option<&'a str>,
    /// The cause, if it is a known error and its cause is known.
    cause: Option<&'a str>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct PastResolution<'a> {
    text: &'a str,
    code: ClosureCode,
    by: &'a str,
    at: At,
    /// From opening to resolution.
    turnaround_s: Seconds,
}

impl<'a> SimilarTicket<'a> {
    pub(crate) const CSV_HEADINGS: [&'static str; 8] = [
        "id",
        "status",
        "category",
        "title",
        "closeness",
        "code",
        "by",
        "resolution",
    ];

    pub(crate) fn all(
        similar: &'a similar::SimilarTickets,
        options: &'a RenderOptions<'_>,
    ) -> impl Iterator<Item = Self> {
        similar.tickets.iter().map(move |one| Self {
            ticket: Ticket::new(&one.summary, options),
            closeness: rounded(one.score),
            alike: similar.same_outage.contains(&one.summary.id),
            resolution: one.resolution.as_ref().map(|remedy| PastResolution {
                text: &remedy.text,
                code: remedy.code.into(),
                by: remedy.by.as_str(),
                at: At(remedy.at),
                turnaround_s: (remedy.at - one.summary.opened).into(),
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

/// The CSV cells of a similar ticket.
pub(crate) fn similar_cells(one: &similar::SimilarTicket) -> Vec<String> {
    let remedy = one.resolution.as_ref();
    let mut cells = close_cells(&one.summary, one.score);
    remedy.map(|remedy| remedy.code.as_str()).csv(&mut cells);
    remedy.map(|remedy| remedy.by.as_str()).csv(&mut cells);
    remedy.map(|remedy| remedy.text.as_str()).csv(&mut cells);
    cells
}

published! {
    /// A category that similar tickets have.
    CategorySuggestion<'a> from one: similar::CategorySuggestion => {
        category: &'a str = one.category.as_str(),
        /// Its share of the votes of similar tickets, from 0 to 1.
        share: f64 = rounded(one.share),
        /// How many similar tickets have it.
        tickets: u64 = one.tickets,
        /// The most similar of them.
        evidence: Vec<Evidence<'a>> = (one.evidence.iter())
            .map(|(id, title)| Evidence { id: id.0, title })
            .collect(),
    }
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Evidence<'a> {
    id: i64,
    title: &'a str,
}

csv_columns!(CategorySuggestion<'_>: category, share, tickets, evidence);

/// The numbers of the tickets.
impl CsvValue for Vec<Evidence<'_>> {
    fn csv(&self, to: &mut Vec<String>) {
        let ids: Vec<String> = self.iter().map(|one| one.id.to_string()).collect();
        to.push(ids.join(" "));
    }
}

published! {
    /// The result of a search evaluation.
    Evaluation from evaluation: evaluation::Evaluation => {
        /// `tickets` or `categories`.
        what: &'static str = evaluation.target,
        questions: u32 = evaluation.metrics.queries,
        /// The share of questions whose first result is a right answer.
        hit_1: f64 = four_digits(evaluation.metrics.hit_1()),
        /// The share of questions with a right answer among the first five results.
        hit_5: f64 = four_digits(evaluation.metrics.hit_5()),
        /// The mean reciprocal rank of the first right answer within the first ten results.
        mrr_10: f64 = four_digits(evaluation.metrics.mrr_10()),
    }
}

fn four_digits(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}

csv_columns!(Evaluation: what, questions, hit_1, hit_5, mrr_10);
