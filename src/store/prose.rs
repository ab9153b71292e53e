//! The index of what is written on tickets: kept in the same transaction as
//! the events that say it, and searched.

use std::ops::ControlFlow;

use super::driver::{Driver, Row, Value};
use super::filter::Filter;
use super::history::histories;
use super::{StoreError, book, sql};
use crate::domain::Timestamp;
use crate::domain::did_you_mean;
use crate::domain::event::{Event, TicketId};
use crate::domain::query::Query;
use crate::domain::search::category_affinity::{CategoryAffinity, Histogram};
use crate::domain::search::document::{Document, indexed_texts};
use crate::domain::search::query::{
    MIN_TYPO_CHARS, SearchQuery, TYPO_WEIGHT, TermGroup, TermVariant,
};
use crate::domain::search::score;
use crate::domain::search::{Hit, MAX_SCORED, SearchHits};

/// How many mentions of words are weighed at most, those first that tell most:
/// what is on every other ticket tells none from the other.
const WEIGHED: u64 = 20_000;
/// The most matches that are put in order by how well they match; where there
/// are more, the latest come first.
const RANKED: u64 = 3 * WEIGHED;

/// Adds what events say to what is written on a ticket.
pub(super) fn add(
    driver: &dyn Driver,
    id: TicketId,
    known: bool,
    events: &[Event],
) -> Result<(), StoreError> {
    if events
        .iter()
        .all(|event| indexed_texts(&event.fact).is_empty())
    {
        return Ok(());
    }
    let mut prose = Document::default();
    let mut there = false;
    if known && let Some(found) = read(driver, id)? {
        prose = found;
        there = true;
    }
    for event in events {
        prose.add_fact(&event.fact);
    }
    let statement = if there {
        sql::SET_PROSE
    } else {
        sql::ADD_PROSE
    };
    driver.execute(statement, &values(id, &prose)).map(drop)
}

/// What is written on a ticket, as far as it is indexed.
pub(super) fn read(driver: &dyn Driver, id: TicketId) -> Result<Option<Document>, StoreError> {
    driver.first(sql::PROSE, &[id.0.into()], |mut row: Row| {
        Ok(Document {
            title: row.text()?,
            body: row.text()?,
            log: row.text()?,
            messages: row.text()?,
            resolution: row.text()?,
            variants: row.text()?,
        })
    })
}

fn values(id: TicketId, prose: &Document) -> [Value; 7] {
    [
        id.0.into(),
        prose.title.as_str().into(),
        prose.body.as_str().into(),
        prose.log.as_str().into(),
        prose.messages.as_str().into(),
        prose.resolution.as_str().into(),
        prose.variants.as_str().into(),
    ]
}

/// Writes the index anew.
pub(super) fn renew(driver: &dyn Driver) -> Result<u64, StoreError> {
    driver.batch(sql::NO_PROSE)?;
    driver.batch(sql::NEW_PROSE)?;
    fill(driver)
}

/// Fills the index of a store that had none; says how many tickets there are.
pub(super) fn fill(driver: &dyn Driver) -> Result<u64, StoreError> {
    let mut tickets = 0;
    let mut ticket = None;
    let mut prose = Document::default();
    histories(driver, sql::HISTORIES, &[], &mut |_, stored| {
        let event = stored.event()?;
        if ticket != Some(event.ticket) {
            if let Some(done) = ticket.replace(event.ticket) {
                driver.execute(sql::ADD_PROSE, &values(done, &std::mem::take(&mut prose)))?;
            }
            tickets += 1;
        }
        prose.add_fact(&event.fact);
        Ok(ControlFlow::Continue(()))
    })?;
    if let Some(last) = ticket {
        driver.execute(sql::ADD_PROSE, &values(last, &prose))?;
    }
    Ok(tickets)
}

/// Searches the index; see the port.
pub(super) fn search(
    driver: &dyn Driver,
    mut sought: SearchQuery,
    all: bool,
    query: &Query,
    now: Timestamp,
) -> Result<SearchHits, StoreError> {
    let tickets = driver.first(sql::LAST, &[book::TICKET.into()], |mut row| row.small())?;
    let tickets: u64 = tickets.unwrap_or(0);
    let mut holders = Vec::new();
    for group in &mut sought.groups {
        let mut held = holding(driver, group, tickets)?;
        if held == 0 && mend(driver, group)? {
            held = holding(driver, group, tickets)?;
        }
        holders.push(held);
    }
    let filter = |search: &str| Filter::of(query, now).searching(search);
    let mut whole = 0;
    let every = joined(sought.groups.iter(), " AND ");
    if !every.is_empty() && holders.iter().all(|held| *held > 0) {
        let (statement, values) = filter(&every).found();
        let count = driver.first(&statement, &values, |mut row| row.small())?;
        whole = count.unwrap_or(0);
    }
    let (search, mentions, most) = if all {
        (every, whole, None)
    } else {
        let weighed = weighed(&sought, &holders, tickets);
        let groups = weighed.iter().map(|at| &sought.groups[*at]);
        let mentions = weighed.iter().map(|at| holders[*at]).sum();
        (joined(groups, " OR "), mentions, Some(MAX_SCORED))
    };
    let mut hits = Vec::new();
    if mentions > 0 {
        let (statement, values) = filter(&search).closest(most, mentions <= RANKED);
        let ids = driver.all(&statement, &values, |mut row| row.int().map(TicketId))?;
        for (at, ticket) in (0..).zip(ids) {
            let prose = if at < MAX_SCORED {
                read(driver, ticket)?
            } else {
                None
            };
            hits.push(Hit {
                ticket,
                document: prose,
            });
        }
    }
    Ok(SearchHits {
        query: sought,
        documents: tickets,
        document_frequencies: holders,
        full_matches: whole,
        hits,
    })
}

/// The latest tickets that are asked for their categories: of all, and of those
/// that hold a group.
const LATEST: u32 = 2000;
const LATEST_HOLDING: u32 = 100;

/// In which categories the latest tickets are; see the port.
pub(super) fn leanings(
    driver: &dyn Driver,
    sought: &SearchQuery,
) -> Result<CategoryAffinity, StoreError> {
    let read = |mut row: Row| Ok((row.text()?, row.small()?));
    let spread = |found: Vec<(String, u64)>| found.into_iter().collect::<Histogram>();
    let mut leanings = CategoryAffinity {
        background: spread(driver.all(sql::USUAL, &[LATEST.into()], read)?),
        groups: Vec::new(),
    };
    for group in &sought.groups {
        let values = [matched(group).into(), LATEST_HOLDING.into()];
        let found = driver.all(sql::HOLDING, &values, read)?;
        leanings.groups.push(spread(found));
    }
    Ok(leanings)
}

/// Up to how many tickets each is counted.
const COUNTED: u64 = 5_000;

/// On how many tickets a group is written. Of many tickets it is on all, where
/// it is on more than half: that tells nothing, and takes long to count.
fn holding(driver: &dyn Driver, group: &TermGroup, tickets: u64) -> Result<u64, StoreError> {
    let half = COUNTED.max(tickets / 2) + 1;
    let most = i64::try_from(half).unwrap_or(i64::MAX);
    let values = [matched(group).into(), most.into()];
    let held = driver.first(sql::HOLDERS, &values, |mut row| row.small())?;
    let held: u64 = held.unwrap_or(0);
    Ok(if held >= half { tickets } else { held })
}

/// The groups that tell most, of those that are written anywhere.
fn weighed(sought: &SearchQuery, holders: &[u64], tickets: u64) -> Vec<usize> {
    let tell = |at: usize| sought.groups[at].weight * score::idf(holders[at], tickets);
    let mut order: Vec<usize> = (0..holders.len()).filter(|at| holders[*at] > 0).collect();
    order.sort_by(|a, b| tell(*b).total_cmp(&tell(*a)));
    let mut mentions = 0;
    let mut chosen = Vec::new();
    for at in order {
        // A young store has few rare words, and all of it is looked at anyway.
        let young = tickets <= u64::from(MAX_SCORED);
        let everywhere = holders[at] > tickets / 2 && !young;
        let common = mentions + holders[at] > WEIGHED || everywhere;
        if chosen.is_empty() || !common {
            mentions += holders[at];
            chosen.push(at);
        }
    }
    chosen
}

fn joined<'a>(groups: impl Iterator<Item = &'a TermGroup>, word: &str) -> String {
    groups.map(matched).collect::<Vec<_>>().join(word)
}

/// A group in the words of the index. Terms are letters and digits, and in
/// quotes: nothing of it can be taken for anything else.
fn matched(group: &TermGroup) -> String {
    let forms: Vec<String> = group.variants.iter().map(phrase).collect();
    format!("({})", forms.join(" OR "))
}

fn phrase(form: &TermVariant) -> String {
    let open = if form.prefix { " *" } else { "" };
    format!("\"{}\"{open}", form.terms.join(" "))
}

/// Adds to a word that is written nowhere the written ones that it may be a
/// slip for; says whether there were any.
fn mend(driver: &dyn Driver, group: &mut TermGroup) -> Result<bool, StoreError> {
    let Some(term) = group.variants.first().and_then(|form| form.terms.first()) else {
        return Ok(false);
    };
    let long = term.chars().count() >= MIN_TYPO_CHARS && term.chars().all(char::is_alphabetic);
    if group
        .variants
        .iter()
        .any(|form| form.prefix || form.terms.len() > 1)
        || !long
    {
        return Ok(false);
    }
    let (term, second) = (
        term.clone(),
        term.char_indices().nth(2).map_or(0, |(at, _)| at),
    );
    let begin = &term[..second];
    let range = [begin.into(), format!("{begin}\u{10ffff}").as_str().into()];
    let known = driver.all(sql::TERMS, &range, |mut row| row.text())?;
    let near = did_you_mean::slips_for(&term, known.iter().map(String::as_str));
    group
        .variants
        .extend(near.into_iter().map(|word| TermVariant {
            terms: vec![word.to_owned()],
            prefix: false,
            weight: TYPO_WEIGHT,
            corrected: true,
        }));
    Ok(group.variants.iter().any(|form| form.corrected))
}
