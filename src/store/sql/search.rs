//! Full-text search on any engine: which terms are looked up, in what order
//! and how many, and how the index is kept up to date. How terms are indexed
//! and matched is the engine's, behind [`SearchIndex`].

use std::ops::ControlFlow;

use super::super::StoreError;
use super::driver::{Executor, Row};
use super::filter::Filter;
use super::history::each_stored_history;
use super::people::People;
use super::statements::{self, TICKET_COUNTER};
use crate::domain::Timestamp;
use crate::domain::did_you_mean;
use crate::domain::event::{Event, TicketId};
use crate::domain::privacy::view::View;
use crate::domain::query::Query;
use crate::domain::search::category_affinity::{CategoryAffinity, Histogram};
use crate::domain::search::document::{Document, is_indexed};
use crate::domain::search::query::{
    MIN_TYPO_CHARS, SearchQuery, TYPO_WEIGHT, TermGroup, TermVariant, VariantKind,
};
use crate::domain::search::score;
use crate::domain::search::term_cache::TermCache;
use crate::domain::search::{Hit, MAX_SCORED, SearchHits};

/// The full-text index of an engine: one document per ticket, in the same
/// transaction as the events.
pub(crate) trait SearchIndex {
    /// The indexed text of a ticket.
    fn document(&self, db: &Executor<'_>, id: TicketId) -> Result<Option<Document>, StoreError>;

    /// How many documents there are.
    fn document_count(&self, db: &Executor<'_>) -> Result<i64, StoreError>;

    /// Adds a document, or replaces the one that `exists`.
    fn put_document(
        &self,
        db: &Executor<'_>,
        id: TicketId,
        exists: bool,
        document: &Document,
    ) -> Result<(), StoreError>;

    /// Replaces the index with an empty one, even if it is damaged.
    fn reset(&self, db: &Executor<'_>) -> Result<(), StoreError>;

    /// How many documents match a group, counted up to `limit`.
    fn document_frequency(
        &self,
        db: &Executor<'_>,
        group: &TermGroup,
        limit: u64,
    ) -> Result<u64, StoreError>;

    /// The indexed terms that begin with `prefix`.
    fn terms(&self, db: &Executor<'_>, prefix: &str) -> Result<Vec<String>, StoreError>;

    /// How many of the filtered tickets match all groups.
    fn count_matches(
        &self,
        db: &Executor<'_>,
        groups: &[&TermGroup],
        filter: Filter,
    ) -> Result<u64, StoreError>;

    /// The filtered tickets that match the groups.
    fn matches(
        &self,
        db: &Executor<'_>,
        selection: &Selection<'_>,
        filter: Filter,
    ) -> Result<Vec<TicketId>, StoreError>;

    /// The categories of the newest `limit` tickets that match a group, with
    /// the number of tickets in each.
    fn newest_categories(
        &self,
        db: &Executor<'_>,
        group: &TermGroup,
        limit: u32,
    ) -> Result<Vec<(String, u64)>, StoreError>;
}

/// What [`SearchIndex::matches`] selects.
#[derive(Debug)]
pub(crate) struct Selection<'a> {
    pub(crate) groups: Vec<&'a TermGroup>,
    /// Whether a document must match every group, or just one.
    pub(crate) match_all: bool,
    /// Whether the best matches come first, or the newest tickets.
    pub(crate) by_rank: bool,
    pub(crate) limit: Option<u32>,
}

/// Upper bound on the postings that a search ranks; rarest terms first.
const MOST_POSTINGS: u64 = 20_000;
/// Upper bound on the matches that are ranked; of more, the newest come first.
const MOST_RANKED: u64 = 3 * MOST_POSTINGS;
/// Upper bound on the documents that are counted for one group, unless that
/// is less than half of all.
const MOST_COUNTED: u64 = 5_000;
/// How many of the newest tickets the category distribution is taken from: of
/// all tickets, and of those that match one group.
const NEWEST: u32 = 2000;
const NEWEST_MATCHING: u32 = 100;

/// Adds the texts of new events to the document of a ticket.
pub(crate) fn add_events(
    db: &Executor<'_>,
    index: &dyn SearchIndex,
    id: TicketId,
    is_new: bool,
    events: &[Event],
    cache: &mut TermCache,
) -> Result<(), StoreError> {
    if !events.iter().any(|event| is_indexed(&event.fact)) {
        return Ok(());
    }
    let existing = if is_new {
        None
    } else {
        index.document(db, id)?
    };
    let exists = existing.is_some();
    let mut document = existing.unwrap_or_default();
    for event in events {
        document.add_fact(&event.fact, cache);
    }
    index.put_document(db, id, exists, &document)
}

/// Rebuilds the index from the events and returns the number of tickets.
pub(crate) fn rebuild(db: &Executor<'_>, index: &dyn SearchIndex) -> Result<u64, StoreError> {
    index.reset(db)?;
    fill(db, index)
}

/// Fills an empty index from the events and returns the number of tickets.
pub(crate) fn fill(db: &Executor<'_>, index: &dyn SearchIndex) -> Result<u64, StoreError> {
    let mut tickets = 0;
    let people = People::default();
    let mut cache = TermCache::default();
    let find = |number| people.find(db, number);
    each_stored_history(db, &mut |history| {
        let mut document = Document::default();
        for (_, stored) in history.events {
            document.add_fact(&stored.event(&find)?.fact, &mut cache);
        }
        index.put_document(db, TicketId(history.ticket), false, &document)?;
        tickets += 1;
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(tickets)
}

/// Searches the index; see [`super::super::Transaction::search`].
pub(crate) fn search(
    db: &Executor<'_>,
    index: &dyn SearchIndex,
    mut query: SearchQuery,
    match_all: bool,
    filter: &Query,
    now: Timestamp,
    view: &View,
) -> Result<SearchHits, StoreError> {
    let tickets = db.first(statements::LAST_ID, &[TICKET_COUNTER.into()], |row| {
        row.number("id")
    })?;
    let tickets: u64 = tickets.unwrap_or(0);
    let mut frequencies = Vec::new();
    for group in &mut query.groups {
        let mut frequency = document_frequency(db, index, group, tickets)?;
        if frequency == 0 && add_corrections(db, index, group)? {
            frequency = document_frequency(db, index, group, tickets)?;
        }
        frequencies.push(frequency);
    }
    let filter = || Filter::new(filter, now, view);
    let every: Vec<&TermGroup> = query.groups.iter().collect();
    let whole = if !every.is_empty() && frequencies.iter().all(|frequency| *frequency > 0) {
        index.count_matches(db, &every, filter())?
    } else {
        0
    };
    let (groups, postings, limit) = if match_all {
        (every, whole, None)
    } else {
        let rarest = rarest_groups(&query, &frequencies, tickets);
        let postings = rarest.iter().map(|at| frequencies[*at]).sum();
        let groups = rarest.iter().map(|at| &query.groups[*at]);
        (groups.collect(), postings, Some(MAX_SCORED))
    };
    let mut hits = Vec::new();
    if postings > 0 {
        let selection = Selection {
            groups,
            match_all,
            by_rank: postings <= MOST_RANKED,
            limit,
        };
        let ids = index.matches(db, &selection, filter())?;
        for (rank, ticket) in (0..).zip(ids) {
            let document = if rank < MAX_SCORED {
                index.document(db, ticket)?
            } else {
                None
            };
            hits.push(Hit { ticket, document });
        }
    }
    Ok(SearchHits {
        query,
        documents: tickets,
        document_frequencies: frequencies,
        full_matches: whole,
        match_all,
        hits,
    })
}

/// The category distribution of the newest tickets: of all, and of those that
/// match each group.
pub(crate) fn category_affinity(
    db: &Executor<'_>,
    index: &dyn SearchIndex,
    query: &SearchQuery,
) -> Result<CategoryAffinity, StoreError> {
    let usual = db.all(
        statements::NEWEST_CATEGORIES,
        &[NEWEST.into()],
        category_count,
    )?;
    let mut affinity = CategoryAffinity {
        background: usual.into_iter().collect::<Histogram>(),
        groups: Vec::new(),
    };
    for group in &query.groups {
        let found = index.newest_categories(db, group, NEWEST_MATCHING)?;
        affinity.groups.push(found.into_iter().collect());
    }
    Ok(affinity)
}

/// A category and how many tickets it has.
pub(crate) fn category_count(row: &Row<'_>) -> Result<(String, u64), StoreError> {
    Ok((row.text("category")?, row.number("tickets")?))
}

/// The number of tickets that match a group. A group that matches more than
/// half of a large corpus counts as matching all of it: it ranks nothing, and
/// takes long to count.
fn document_frequency(
    db: &Executor<'_>,
    index: &dyn SearchIndex,
    group: &TermGroup,
    tickets: u64,
) -> Result<u64, StoreError> {
    let limit = MOST_COUNTED.max(tickets / 2) + 1;
    let frequency = index.document_frequency(db, group, limit)?;
    Ok(if frequency >= limit {
        tickets
    } else {
        frequency
    })
}

/// The indexes of the groups with the most weight, up to [`MOST_POSTINGS`].
fn rarest_groups(query: &SearchQuery, frequencies: &[u64], tickets: u64) -> Vec<usize> {
    let weight =
        |group: usize| query.groups[group].weight * score::idf(frequencies[group], tickets);
    let mut order: Vec<usize> = (0..frequencies.len())
        .filter(|at| frequencies[*at] > 0)
        .collect();
    order.sort_by(|a, b| weight(*b).total_cmp(&weight(*a)));
    let mut postings = 0;
    let mut chosen = Vec::new();
    for group in order {
        // A small store has few rare terms, and all of it is ranked anyway.
        let small = tickets <= u64::from(MAX_SCORED);
        let everywhere = frequencies[group] > tickets / 2 && !small;
        let common = postings + frequencies[group] > MOST_POSTINGS || everywhere;
        if chosen.is_empty() || !common {
            postings += frequencies[group];
            chosen.push(group);
        }
    }
    chosen
}

/// Adds indexed terms within edit distance to a group that matches nothing,
/// and returns whether there were any.
fn add_corrections(
    db: &Executor<'_>,
    index: &dyn SearchIndex,
    group: &mut TermGroup,
) -> Result<bool, StoreError> {
    let Some(term) = group.variants.first().and_then(|form| form.terms.first()) else {
        return Ok(false);
    };
    let correctable =
        term.chars().count() >= MIN_TYPO_CHARS && term.chars().all(char::is_alphabetic);
    let is_word = |form: &TermVariant| match form.kind {
        VariantKind::Word => !form.prefix && form.terms.len() == 1,
        VariantKind::Compound | VariantKind::Caller | VariantKind::Correction => true,
    };
    if !correctable || !group.variants.iter().all(is_word) {
        return Ok(false);
    }
    let term = term.clone();
    let prefix_end = term.char_indices().nth(2).map_or(0, |(byte, _)| byte);
    let indexed = index.terms(db, &term[..prefix_end])?;
    let similar = did_you_mean::typo_candidates(&term, indexed.iter().map(String::as_str));
    group.variants.extend(
        similar.into_iter().map(|word| {
            TermVariant::new(vec![word.to_owned()], TYPO_WEIGHT, VariantKind::Correction)
        }),
    );
    let is_correction = |form: &TermVariant| form.kind == VariantKind::Correction;
    Ok(group.variants.iter().any(is_correction))
}
