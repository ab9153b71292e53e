//! What several facts are made of.

use super::super::super::StoreError;
use super::super::body::Body;
use super::super::canonical::Json;
use crate::domain::event::{ROWS, TicketId};
use crate::domain::people::Requester;
use crate::domain::priority::{Level, RatedLevels};
use crate::domain::privacy::erasure::Erasure;
use crate::domain::sla::level::Offset;
use crate::domain::text::ERASED;
use crate::domain::vocabulary::{ErasureCause, Relation, RetentionScope, UnknownWord};

/// A person; absent parts stay absent.
pub(super) fn person(from: &Body) -> Requester {
    Requester {
        name: from.maybe_text("name"),
        contact: from.maybe_text("contact"),
        language: from.maybe_text("language"),
    }
}

/// The numbers of tickets, which only some bodies have.
pub(super) fn tickets(from: &Body, key: &str) -> impl Iterator<Item = TicketId> {
    let numbers = from.entry(key).and_then(Json::as_list).unwrap_or_default();
    numbers.iter().filter_map(Json::as_int).map(TicketId)
}

/// The links that a merged ticket brought along.
pub(super) fn moved_links(from: &Body) -> Result<Vec<(Relation, TicketId)>, StoreError> {
    let relations = from.words("relations").map(|typed| {
        Relation::parse(typed).map_err(|fault| StoreError::damaged(fault.to_string()))
    });
    let links = relations.zip(tickets(from, "others"));
    links
        .map(|(relation, other)| Ok((relation?, other)))
        .collect()
}

/// A word that only some bodies have.
pub(super) fn maybe_word<W>(
    from: &Body,
    key: &str,
    parse: fn(&str) -> Result<W, UnknownWord>,
) -> Result<Option<W>, StoreError> {
    from.entry(key).map(|_| from.word(key, parse)).transpose()
}

/// A number that only some bodies have.
pub(super) fn maybe_number<N: TryFrom<i64>>(
    from: &Body,
    key: &str,
) -> Result<Option<N>, StoreError> {
    from.entry(key).map(|_| from.int(key)).transpose()
}

/// Numbers that only some bodies have.
pub(super) fn maybe_numbers(from: &Body, key: &str) -> Result<Vec<u32>, StoreError> {
    let numbers = from.entry(key).map(|_| from.numbers(key));
    Ok(numbers.transpose()?.unwrap_or_default())
}

/// The person whom a fact names, if it names one.
pub(super) fn named_person(from: &Body) -> Option<Requester> {
    Some(person(from)).filter(|person| *person != Requester::default())
}

/// The levels of a rating; none if only its priority was given.
pub(super) fn levels(from: &Body) -> Result<Option<RatedLevels>, StoreError> {
    if ["users", "business", "urgency"]
        .iter()
        .all(|name| from.entry(name).is_none())
    {
        return Ok(None);
    }
    Ok(Some(RatedLevels {
        users: Level::from_stored(from.name("users")?),
        business: Level::from_stored(from.name("business")?),
        urgency: Level::from_stored(from.name("urgency")?),
    }))
}

pub(super) fn erasure(from: &Body) -> Result<Erasure, StoreError> {
    let scopes = from.words("scopes");
    let scopes = scopes.map(|scope| super::super::word(scope, RetentionScope::parse));
    Ok(Erasure {
        cause: from.word("by", ErasureCause::parse)?,
        fields: from.erased_fields()?,
        scopes: scopes.collect::<Result<_, _>>()?,
        cancels_owed: from.maybe_bool("cancels"),
        cancels_merged: tickets(from, "cancels_merged").collect(),
        reason: from.text("reason")?,
    })
}

/// The level of a warning that is no percentage.
pub(super) fn offset(from: &Body) -> Result<Option<Offset>, StoreError> {
    if from.entry("offset").is_none() {
        return Ok(None);
    }
    let read = Offset::parse(from.name("offset")?);
    read.map(Some)
        .map_err(|fault| StoreError::damaged(fault.to_string()))
}

/// The digests of imported rows. Earlier versions kept them in the body.
pub(super) fn row_digests(from: &Body) -> Vec<String> {
    match from.maybe_text(ROWS) {
        Some(text) if text == ERASED => Vec::new(),
        Some(text) => text.split_whitespace().map(str::to_owned).collect(),
        None => from.words(ROWS).map(str::to_owned).collect(),
    }
}
