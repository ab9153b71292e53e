//! Full-text search on any engine: which terms are looked up, in what order
//! and how many, and how the index is kept up to date. How terms are indexed
//! and matched is the engine's, behind [`SearchIndex`].

use std::collections::HashMap;
use std::ops::ControlFlow;

use super::super::StoreError;
use super::super::port::TicketSearch;
use super::driver::{Executor, Row};
use super::filter::Filter;
use super::history::each_stored_history;
use super::people::People;
use super::search_index::{DocumentChange, SearchIndex, Selection};
use super::statements::{self, TICKET_COUNTER};
use super::transaction::SqlTransaction;
use crate::domain::Timestamp;
use crate::domain::did_you_mean;
use crate::domain::event::{Event, Fact, TicketId};
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
use crate::domain::summary::Summary;

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

impl TicketSearch for SqlTransaction<'_> {
    fn search(
        &self,
        search: SearchQuery,
        match_all: bool,
        filter: &Query,
        now: Timestamp,
    ) -> Result<SearchHits, StoreError> {
        let (db, view) = (self.db()?, &self.view);
        self::search(db, self.index, search, match_all, filter, now, view)
    }

    fn category_affinity(&self, search: &SearchQuery) -> Result<CategoryAffinity, StoreError> {
        category_affinity(self.db()?, self.index, search)
    }

    fn reindex(&mut self) -> Result<u64, StoreError> {
        rebuild(self.db()?, self.index)
    }
}

/// Adds the texts of new events to the document of a ticket, which moves if the
/// ticket becomes restricted, or open to all again.
pub(crate) fn add_events(
    db: &Executor<'_>,
    index: &dyn SearchIndex,
    row: &Summary,
    is_new: bool,
    events: &[Event],
    cache: &mut TermCache,
) -> Result<(), StoreError> {
    let matters = |event: &Event| is_indexed(&event.fact) || moves_document(&event.fact);
    if !events.iter().any(matters) {
        return Ok(());
    }
    let before = if is_new {
        None
    } else {
        index.document(db, row.id)?
    };
    let mut after = before
        .as_ref()
        .map_or_else(Document::default, |before| before.document.clone());
    for event in events {
        after.add_fact(&event.fact, cache);
    }
    let change = DocumentChange {
        before: before.as_ref(),
        after: &after,
        is_restricted: !row.restricted_to.is_empty(),
    };
    index.put_document(db, row.id, &change)
}

fn moves_document(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Restricted { .. } | Fact::RestrictionLifted { .. }
    )
}

/// Whether a ticket with this history is restricted.
pub(crate) fn is_restricted(history: &[Event]) -> bool {
    let mut last = history.iter().rev().map(|event| &event.fact);
    let last = last.find(|fact| moves_document(fact));
    last.is_some_and(|fact| matches!(fact, Fact::Restricted { to, .. } if !to.is_empty()))
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
    each_stored_history(db, &mut |history| {
        let id = TicketId(history.ticket);
        let events = history.read(db, &people)?;
        let change = DocumentChange {
            before: None,
            after: &Document::from_history(&events, &mut cache),
            is_restricted: is_restricted(&events),
        };
        index.put_document(db, id, &change)?;
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
    let every: Vec<&TermGroup> = query.groups.iter().collect();
    let mut frequencies = document_frequencies(db, index, &every, tickets)?;
    for (group, frequency) in query.groups.iter_mut().zip(&mut frequencies) {
        if *frequency == 0 && add_corrections(db, index, group)? {
            let corrected = document_frequencies(db, index, &[group], tickets)?;
            *frequency = corrected.into_iter().sum();
        }
    }
    let filter = || Filter::new(filter, now, view, db.position_function());
    let every: Vec<&TermGroup> = query.groups.iter().collect();
    let rarest = frequencies.iter().copied().min().unwrap_or(0);
    // All of these are read, so that they need not be counted before.
    let counts = rarest > 0 && (!match_all || rarest > MOST_RANKED);
    let mut whole = match counts {
        true => index.count_matches(db, &every, filter())?,
        false => 0,
    };
    let (chosen, postings, limit) = if match_all {
        let most = if counts { whole } else { rarest };
        ((0..every.len()).collect(), most, None)
    } else {
        let rarest = rarest_groups(&query, &frequencies, tickets);
        let postings = rarest.iter().map(|at| frequencies[*at]).sum();
        (rarest, postings, Some(MAX_SCORED))
    };
    let mut hits = Vec::new();
    if postings > 0 {
        let weight = |at: &usize| weight(&query, &frequencies, tickets, *at);
        let selection = Selection {
            groups: chosen.iter().map(|at| every[*at]).collect(),
            weights: chosen.iter().map(weight).collect(),
            match_all,
            by_rank: postings <= MOST_RANKED,
            limit,
        };
        hits = load_hits(db, index, index.matches(db, &selection, filter())?)?;
    }
    if match_all {
        whole = hits.len() as u64;
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

/// The matches, the first of them with their documents.
fn load_hits(
    db: &Executor<'_>,
    index: &dyn SearchIndex,
    ids: Vec<TicketId>,
) -> Result<Vec<Hit>, StoreError> {
    let scored = &ids[..ids.len().min(MAX_SCORED as usize)];
    let mut documents: HashMap<TicketId, Document> =
        index.documents(db, scored)?.into_iter().collect();
    let hit = |ticket| Hit {
        ticket,
        document: documents.remove(&ticket),
    };
    Ok(ids.into_iter().map(hit).collect())
}

/// The number of tickets that match each group. A group that matches more than
/// half of a large corpus counts as matching all of it: it ranks nothing, and
/// takes long to count.
fn document_frequencies(
    db: &Executor<'_>,
    index: &dyn SearchIndex,
    groups: &[&TermGroup],
    tickets: u64,
) -> Result<Vec<u64>, StoreError> {
    let limit = MOST_COUNTED.max(tickets / 2) + 1;
    let mut frequencies = index.document_frequencies(db, groups, limit)?;
    for frequency in &mut frequencies {
        if *frequency >= limit {
            *frequency = tickets;
        }
    }
    Ok(frequencies)
}

/// How much a match of a group says: the rarer, the more.
fn weight(query: &SearchQuery, frequencies: &[u64], tickets: u64, group: usize) -> f64 {
    query.groups[group].weight * score::idf(frequencies[group], tickets)
}

/// The indexes of the groups with the most weight, up to [`MOST_POSTINGS`].
fn rarest_groups(query: &SearchQuery, frequencies: &[u64], tickets: u64) -> Vec<usize> {
    let weight = |group: usize| weight(query, frequencies, tickets, group);
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
