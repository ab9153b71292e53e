//! The search index on FTS5. Terms are indexed as they are written in the
//! document, so that tokenizing and stemming stay with the domain.

use super::super::StoreError;
use super::super::sql::driver::{Executor, Row, Value};
use super::super::sql::filter::Filter;
use super::super::sql::search::category_count;
use super::super::sql::search_index::{DocumentChange, IndexedDocument, SearchIndex, Selection};
use crate::domain::event::TicketId;
use crate::domain::search::document::Document;
use crate::domain::search::query::{TermGroup, TermVariant};

const DOCUMENT: &str = "SELECT title, body, log, messages, resolution, variants \
     FROM ticket_text WHERE rowid = $1";

const ADD_DOCUMENT: &str = "INSERT INTO ticket_text \
     (rowid, title, body, log, messages, resolution, variants) \
     VALUES ($1, $2, $3, $4, $5, $6, $7)";

const UPDATE_DOCUMENT: &str = "UPDATE ticket_text SET title = $2, body = $3, log = $4, \
     messages = $5, resolution = $6, variants = $7 WHERE rowid = $1";

const DOCUMENT_COUNT: &str = "SELECT count(*) AS documents FROM ticket_text";

/// Removes the index with everything that it consists of: deleted rows would
/// leave their terms in it until a merge, and a damaged index cannot be
/// emptied.
const DROP_INDEX: &str = "DROP TABLE ticket_term; DROP TABLE ticket_text;";

const CREATE_INDEX: &str = include_str!("migrations/0006_ticket_text.sql");

const DOCUMENT_FREQUENCY: &str = "SELECT count(*) AS documents FROM \
     (SELECT 1 FROM ticket_text WHERE ticket_text MATCH $1 LIMIT $2)";

const NEWEST_CATEGORIES: &str = "SELECT category, count(*) AS tickets FROM ticket \
     WHERE category IS NOT NULL AND id IN \
     (SELECT rowid FROM ticket_text WHERE ticket_text MATCH $1 ORDER BY rowid DESC LIMIT $2) \
     GROUP BY category";

/// The terms from $1 up to $2.
const TERMS: &str = "SELECT term FROM ticket_term WHERE term >= $1 AND term < $2";

/// Best matches first. The weights of the columns are close to those that the
/// domain scores with.
const BY_RANK: &str =
    " ORDER BY bm25(ticket_text, 2.5, 1.0, 0.5, 0.3, 0.4, 0.4), ticket_text.rowid DESC";

const NEWEST_FIRST: &str = " ORDER BY ticket_text.rowid DESC";

/// The full-text index of an SQLite store.
#[derive(Debug, Clone, Copy)]
pub(super) struct FtsIndex;

impl SearchIndex for FtsIndex {
    fn document(
        &self,
        db: &Executor<'_>,
        id: TicketId,
    ) -> Result<Option<IndexedDocument>, StoreError> {
        let found = self.documents(db, &[id])?.pop();
        Ok(found.map(|(_, document)| IndexedDocument {
            document,
            stands_apart: false,
        }))
    }

    fn documents(
        &self,
        db: &Executor<'_>,
        ids: &[TicketId],
    ) -> Result<Vec<(TicketId, Document)>, StoreError> {
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            let document = db.first(DOCUMENT, &[id.0.into()], document)?;
            found.extend(document.map(|document| (*id, document)));
        }
        Ok(found)
    }

    fn document_count(&self, db: &Executor<'_>) -> Result<i64, StoreError> {
        let count = db.first(DOCUMENT_COUNT, &[], |row| row.int("documents"))?;
        Ok(count.unwrap_or(0))
    }

    fn put_document(
        &self,
        db: &Executor<'_>,
        id: TicketId,
        change: &DocumentChange<'_>,
    ) -> Result<(), StoreError> {
        let statement = match change.before {
            Some(_) => UPDATE_DOCUMENT,
            None => ADD_DOCUMENT,
        };
        let texts = change.after.fields().map(Value::from);
        let values: Vec<Value> = std::iter::once(id.0.into()).chain(texts).collect();
        db.execute(statement, &values)
    }

    /// The engine checks by itself that its terms are those of the documents.
    fn is_consistent(
        &self,
        _db: &Executor<'_>,
        _id: TicketId,
        _document: &Document,
        _is_restricted: bool,
    ) -> Result<bool, StoreError> {
        Ok(true)
    }

    fn faults(&self, _db: &Executor<'_>) -> Result<Vec<String>, StoreError> {
        Ok(Vec::new())
    }

    fn reset(&self, db: &Executor<'_>) -> Result<(), StoreError> {
        db.batch(DROP_INDEX)?;
        db.batch(CREATE_INDEX)
    }

    fn document_frequencies(
        &self,
        db: &Executor<'_>,
        groups: &[&TermGroup],
        limit: u64,
    ) -> Result<Vec<u64>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let count = |group: &&TermGroup| {
            let values = [matching(group).into(), limit.into()];
            let count = db.first(DOCUMENT_FREQUENCY, &values, |row| row.number("documents"))?;
            Ok(count.unwrap_or(0))
        };
        groups.iter().map(count).collect()
    }

    fn terms(&self, db: &Executor<'_>, prefix: &str) -> Result<Vec<String>, StoreError> {
        let range = [prefix.into(), format!("{prefix}\u{10ffff}").into()];
        db.all(TERMS, &range, |row| row.text("term"))
    }

    fn count_matches(
        &self,
        db: &Executor<'_>,
        groups: &[&TermGroup],
        filter: Filter,
    ) -> Result<u64, StoreError> {
        let (from, filter) = matching_rows(groups, true, filter);
        let statement = format!("SELECT count(*) AS tickets {from}");
        let count = db.first(&statement, &filter.values, |row| row.number("tickets"))?;
        Ok(count.unwrap_or(0))
    }

    fn matches(
        &self,
        db: &Executor<'_>,
        selection: &Selection<'_>,
        filter: Filter,
    ) -> Result<Vec<TicketId>, StoreError> {
        let (from, mut filter) = matching_rows(&selection.groups, selection.match_all, filter);
        let order = if selection.by_rank {
            BY_RANK
        } else {
            NEWEST_FIRST
        };
        let mut statement = format!("SELECT ticket_text.rowid AS id {from}{order}");
        if let Some(limit) = selection.limit {
            let limit = filter.bind(limit);
            statement = format!("{statement} LIMIT {limit}");
        }
        db.all(&statement, &filter.values, |row| {
            row.int("id").map(TicketId)
        })
    }

    fn newest_categories(
        &self,
        db: &Executor<'_>,
        group: &TermGroup,
        limit: u32,
    ) -> Result<Vec<(String, u64)>, StoreError> {
        let values = [matching(group).into(), limit.into()];
        db.all(NEWEST_CATEGORIES, &values, category_count)
    }
}

fn document(row: &Row<'_>) -> Result<Document, StoreError> {
    Ok(Document {
        title: row.text("title")?,
        body: row.text("body")?,
        log: row.text("log")?,
        messages: row.text("messages")?,
        resolution: row.text("resolution")?,
        variants: row.text("variants")?,
    })
}

/// The FROM and WHERE clauses that select documents matching the groups. Rows
/// of tickets are only read if the filter has conditions on them.
fn matching_rows(groups: &[&TermGroup], match_all: bool, mut filter: Filter) -> (String, Filter) {
    let tables = if filter.conditions.is_empty() {
        "ticket_text"
    } else {
        "ticket_text JOIN ticket ON ticket.id = ticket_text.rowid"
    };
    let operator = if match_all { " AND " } else { " OR " };
    let groups: Vec<String> = groups.iter().map(|group| matching(group)).collect();
    let matching = filter.bind(groups.join(operator));
    filter.push(format!("ticket_text MATCH {matching}"));
    (format!("FROM {tables} {}", filter.where_clause()), filter)
}

/// A group as a MATCH expression. Terms are quoted, and consist of letters and
/// digits only, so that they cannot be taken for operators.
fn matching(group: &TermGroup) -> String {
    let variants: Vec<String> = group.variants.iter().map(phrase).collect();
    format!("({})", variants.join(" OR "))
}

fn phrase(variant: &TermVariant) -> String {
    let prefix = if variant.prefix { " *" } else { "" };
    format!("\"{}\"{prefix}", variant.terms.join(" "))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::search::analysis;

    #[test]
    fn every_letter_of_a_term_is_a_letter_to_the_index() {
        let conn = rusqlite::Connection::open_in_memory().unwrap();
        conn.execute_batch(CREATE_INDEX).unwrap();
        let letters: BTreeSet<String> = ('\0'..=char::MAX)
            .filter(|c| c.is_alphanumeric())
            .flat_map(|c| analysis::index_terms(&c.to_string(), analysis::Language::English))
            .collect();
        assert!(letters.len() > 100_000);
        let mut insert = conn
            .prepare("INSERT INTO ticket_text (rowid, body) VALUES (?1, ?2)")
            .unwrap();
        for (id, letter) in (1..).zip(&letters) {
            insert.execute((id, format!("x{letter}x"))).unwrap();
        }
        let split = || {
            let mut rows = conn
                .prepare("SELECT body FROM ticket_text WHERE ticket_text MATCH 'x'")
                .unwrap();
            let found = rows.query_map([], |row| row.get::<_, String>(0)).unwrap();
            found.map(Result::unwrap).collect::<Vec<_>>()
        };
        assert_eq!(split(), Vec::<String>::new());
        insert.execute((0, "x|x")).unwrap();
        assert_eq!(split(), ["x|x"]);
    }
}
