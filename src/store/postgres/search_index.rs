//! The search index of a PostgreSQL store: text search with the terms of the
//! domain. Documents of restricted tickets stand in tables of their own, which
//! have row security. Ranking stays with the domain; the order in which the best
//! matches are handed to it is by how rare the words are that a ticket has.

mod indexed;
mod matching;
mod words;

use std::fmt::Write as _;

use super::super::StoreError;
use super::super::sql::driver::{Executor, Row};
use super::super::sql::filter::Filter;
use super::super::sql::search::category_count;
use super::super::sql::search_index::{DocumentChange, IndexedDocument, SearchIndex, Selection};
use crate::domain::event::TicketId;
use crate::domain::search::document::Document;
use crate::domain::search::query::TermGroup;
use indexed::Terms;
use matching::{condition, condition_on_title, plain, plain_title};

/// The documents of the tickets in a list of numbers.
const DOCUMENTS: &str = "SELECT ticket, fields, 0 AS stands_apart FROM ticket_text \
     WHERE ticket = ANY (string_to_array($1, ',')::bigint[]) \
     UNION ALL SELECT ticket, fields, 1 FROM restricted_text \
     WHERE ticket = ANY (string_to_array($1, ',')::bigint[])";

const DOCUMENT_COUNT: &str = "SELECT (SELECT count(*) FROM ticket_text) \
     + (SELECT count(*) FROM restricted_text) AS documents";

/// The tables are not emptied with TRUNCATE, so that others go on finding what
/// the index had until the new one is committed.
const DELETE_INDEX: &str = "DELETE FROM ticket_text; DELETE FROM word; \
     DELETE FROM restricted_text; DELETE FROM restricted_word";

/// In how many places an index has a ticket with exactly these terms.
const PLACES: &str = "SELECT \
     (SELECT count(*) FROM ticket_text WHERE ticket = $1 AND terms = $2::tsvector) AS open, \
     (SELECT count(*) FROM restricted_text WHERE ticket = $1 AND terms = $2::tsvector) AS apart, \
     (SELECT count(*) FROM ticket_text WHERE ticket = $1) \
     + (SELECT count(*) FROM restricted_text WHERE ticket = $1) AS documents";

/// How much more a word counts in a title, in percent of what it counts anywhere.
const TITLE_BONUS: f64 = 150.0;
/// In how many groups of a query that matches whole it is looked at whether they
/// are in the title: the first ones.
const MOST_IN_TITLES: usize = 8;

/// The full-text index of a PostgreSQL store.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextIndex;

impl SearchIndex for TextIndex {
    fn document(
        &self,
        db: &Executor<'_>,
        id: TicketId,
    ) -> Result<Option<IndexedDocument>, StoreError> {
        db.first(DOCUMENTS, &[id.0.to_string().into()], |row| {
            Ok(IndexedDocument {
                document: document(row)?,
                stands_apart: row.flag("stands_apart")?,
            })
        })
    }

    fn documents(
        &self,
        db: &Executor<'_>,
        ids: &[TicketId],
    ) -> Result<Vec<(TicketId, Document)>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<String> = ids.iter().map(|id| id.0.to_string()).collect();
        db.all(DOCUMENTS, &[ids.join(",").into()], |row| {
            Ok((TicketId(row.int("ticket")?), document(row)?))
        })
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
        words::put_document(db, id, change)
    }

    fn is_consistent(
        &self,
        db: &Executor<'_>,
        id: TicketId,
        document: &Document,
        is_restricted: bool,
    ) -> Result<bool, StoreError> {
        let values = [id.0.into(), Terms::of(document).literal().into()];
        let places =
            |row: &Row<'_>| Ok((row.int("open")?, row.int("apart")?, row.int("documents")?));
        let found = db.first(PLACES, &values, places)?.unwrap_or_default();
        let expected = if is_restricted { (0, 1, 1) } else { (1, 0, 1) };
        // A ticket without texts may have no document.
        Ok(found == expected || found.2 == 0)
    }

    fn faults(&self, db: &Executor<'_>) -> Result<Vec<String>, StoreError> {
        words::faults(db)
    }

    fn reset(&self, db: &Executor<'_>) -> Result<(), StoreError> {
        db.batch(DELETE_INDEX)
    }

    fn document_frequencies(
        &self,
        db: &Executor<'_>,
        groups: &[&TermGroup],
        limit: u64,
    ) -> Result<Vec<u64>, StoreError> {
        let mut filter = Filter::default();
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let count = |found: &str, limit: &str| {
            format!("(SELECT count(*) FROM (SELECT 1 {found} LIMIT {limit}) AS counted)")
        };
        let mut statements = Vec::new();
        let mut queries = Vec::new();
        let limit = filter.bind(limit);
        for (at, group) in groups.iter().enumerate() {
            if let Some(query) = plain(group) {
                queries.push(format!("({at}, {}::tsquery)", filter.bind(query)));
            } else {
                let condition = condition(&[group], true, &mut filter);
                let open = count(&format!("FROM ticket_text WHERE {condition}"), &limit);
                let apart = count(&format!("FROM restricted_text WHERE {condition}"), &limit);
                statements.push(format!(
                    "SELECT {at}::bigint AS place, {open} + {apart} AS documents"
                ));
            }
        }
        if !queries.is_empty() {
            let open = count("FROM ticket_text WHERE terms @@ query", &limit);
            let apart = count("FROM restricted_text WHERE terms @@ query", &limit);
            statements.push(format!(
                "SELECT place::bigint AS place, {open} + {apart} AS documents \
                 FROM (VALUES {}) AS wanted (place, query)",
                queries.join(", ")
            ));
        }
        let mut frequencies = vec![0; groups.len()];
        let read = |row: &Row<'_>| Ok((row.number::<usize>("place")?, row.number("documents")?));
        for (place, documents) in db.all(&statements.join(" UNION ALL "), &filter.values, read)? {
            if let Some(frequency) = frequencies.get_mut(place) {
                *frequency = documents;
            }
        }
        Ok(frequencies)
    }

    fn terms(&self, db: &Executor<'_>, prefix: &str) -> Result<Vec<String>, StoreError> {
        words::beginning_with(db, prefix)
    }

    fn count_matches(
        &self,
        db: &Executor<'_>,
        groups: &[&TermGroup],
        mut filter: Filter,
    ) -> Result<u64, StoreError> {
        let found = documents_that(&condition(groups, true, &mut filter), "ticket");
        let rest = of_tickets(&mut filter);
        let statement = format!("SELECT count(*) AS tickets FROM ({found}) AS found {rest}");
        let count = db.first(&statement, &filter.values, |row| row.number("tickets"))?;
        Ok(count.unwrap_or(0))
    }

    fn matches(
        &self,
        db: &Executor<'_>,
        selection: &Selection<'_>,
        mut filter: Filter,
    ) -> Result<Vec<TicketId>, StoreError> {
        let (found, order) = if selection.by_rank {
            let found = weighed_documents(selection, &mut filter);
            let found = format!(
                "SELECT ticket, sum(weight) AS weight FROM ({found}) AS weighed GROUP BY ticket"
            );
            (found, "found.weight DESC, found.ticket DESC")
        } else {
            let condition = condition(&selection.groups, selection.match_all, &mut filter);
            (documents_that(&condition, "ticket"), "found.ticket DESC")
        };
        let rest = of_tickets(&mut filter);
        let mut statement =
            format!("SELECT found.ticket AS id FROM ({found}) AS found {rest} ORDER BY {order}");
        if let Some(limit) = selection.limit {
            let _ = write!(statement, " LIMIT {}", filter.bind(limit));
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
        let mut filter = Filter::default();
        let found = documents_that(&condition(&[group], true, &mut filter), "ticket");
        let limit = filter.bind(limit);
        let statement = format!(
            "SELECT category, count(*) AS tickets FROM ticket WHERE category IS NOT NULL \
             AND id IN (SELECT ticket FROM ({found}) AS found ORDER BY ticket DESC LIMIT {limit}) \
             GROUP BY category"
        );
        db.all(&statement, &filter.values, category_count)
    }
}

fn document(row: &Row<'_>) -> Result<Document, StoreError> {
    let text = row.str("fields")?;
    indexed::document(text)
        .ok_or_else(|| StoreError::damaged("a document of the search index has too few fields"))
}

/// The documents that meet a condition, of both tables.
fn documents_that(condition: &str, columns: &str) -> String {
    let of = |table: &str| format!("SELECT {columns} FROM {table} WHERE {condition}");
    format!("{} UNION ALL {}", of("ticket_text"), of("restricted_text"))
}

/// The conditions on the tickets of documents, with the table that they need. The
/// default, that a ticket was not taken back, is asked of those that were.
fn of_tickets(filter: &mut Filter) -> String {
    let is_default = |condition: &String| condition == super::super::sql::filter::NOT_UNDONE;
    if filter.conditions.iter().all(is_default) {
        let taken_back = "WHERE found.ticket NOT IN (SELECT id FROM ticket WHERE undone > 0)";
        let any = !filter.conditions.is_empty();
        return if any { taken_back } else { "" }.to_owned();
    }
    format!(
        "JOIN ticket ON ticket.id = found.ticket {}",
        filter.where_clause()
    )
}

/// The matches, each as often as there is a reason for it, with its weight: for
/// each group that a document has, and once more if it has it in its title.
/// Weights are whole numbers, whose sum is the same in any order.
fn weighed_documents(selection: &Selection<'_>, filter: &mut Filter) -> String {
    let Selection {
        groups,
        weights,
        match_all,
        ..
    } = selection;
    let mut statements = Vec::new();
    let mut queries = Vec::new();
    if *match_all {
        let condition = condition(groups, true, filter);
        statements.push(documents_that(&condition, "ticket, 0::bigint AS weight"));
        for (group, weight) in groups.iter().zip(weights).take(MOST_IN_TITLES) {
            let in_title = condition_on_title(group, filter);
            let columns = format!("ticket, {}::bigint", percent(weight * TITLE_BONUS));
            statements.push(documents_that(
                &format!("{condition} AND {in_title}"),
                &columns,
            ));
        }
        return statements.join(" UNION ALL ");
    }
    for (group, weight) in groups.iter().zip(weights) {
        let anywhere = percent(weight * 100.0);
        let more = percent(weight * TITLE_BONUS);
        if let (Some(words), Some(title)) = (plain(group), plain_title(group)) {
            for (query, weight) in [(words, anywhere), (title, more)] {
                queries.push(format!(
                    "({}::tsquery, {weight}::bigint)",
                    filter.bind(query)
                ));
            }
        } else {
            let condition = condition(&[group], true, filter);
            let in_title = condition_on_title(group, filter);
            let columns = format!("ticket, {anywhere}::bigint AS weight");
            statements.push(documents_that(&condition, &columns));
            let columns = format!("ticket, {more}::bigint AS weight");
            statements.push(documents_that(
                &format!("{condition} AND {in_title}"),
                &columns,
            ));
        }
    }
    if !queries.is_empty() {
        let queries = queries.join(", ");
        statements.push(format!(
            "SELECT found.ticket, wanted.weight FROM (VALUES {queries}) AS wanted (query, weight) \
             CROSS JOIN LATERAL ({}) AS found",
            documents_that("terms @@ query", "ticket")
        ));
    }
    statements.join(" UNION ALL ")
}

/// A weight in hundredths.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a logarithm of a number of tickets"
)]
fn percent(weight: f64) -> i64 {
    weight.round() as i64
}

#[cfg(test)]
mod tests;
