//! The search index of a PostgreSQL store.

use super::super::StoreError;
use super::super::sql::driver::{Executor, Row, Value};
use super::super::sql::filter::Filter;
use super::super::sql::search::{SearchIndex, Selection};
use crate::domain::event::TicketId;
use crate::domain::search::document::Document;
use crate::domain::search::query::TermGroup;

const DOCUMENT: &str = "SELECT title, body, log, messages, resolution, variants \
     FROM ticket_text WHERE ticket = $1";

const PUT_DOCUMENT: &str = "INSERT INTO ticket_text \
     (ticket, title, body, log, messages, resolution, variants, terms) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, ''::tsvector) ON CONFLICT (ticket) DO UPDATE SET \
     title = $2, body = $3, log = $4, messages = $5, resolution = $6, variants = $7";

/// The full-text index of a PostgreSQL store.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextIndex;

impl SearchIndex for TextIndex {
    fn document(&self, db: &Executor<'_>, id: TicketId) -> Result<Option<Document>, StoreError> {
        db.first(DOCUMENT, &[id.0.into()], |row: &Row<'_>| {
            Ok(Document {
                title: row.text("title")?,
                body: row.text("body")?,
                log: row.text("log")?,
                messages: row.text("messages")?,
                resolution: row.text("resolution")?,
                variants: row.text("variants")?,
            })
        })
    }

    fn document_count(&self, db: &Executor<'_>) -> Result<i64, StoreError> {
        let count = db.first(
            "SELECT count(*) AS documents FROM ticket_text",
            &[],
            |row| row.int("documents"),
        )?;
        Ok(count.unwrap_or(0))
    }

    fn put_document(
        &self,
        db: &Executor<'_>,
        id: TicketId,
        _exists: bool,
        document: &Document,
    ) -> Result<(), StoreError> {
        let Document {
            title,
            body,
            log,
            messages,
            resolution,
            variants,
        } = document;
        let texts = [title, body, log, messages, resolution, variants];
        let texts = texts.into_iter().map(|text| text.as_str().into());
        let values: Vec<Value> = std::iter::once(id.0.into()).chain(texts).collect();
        db.execute(PUT_DOCUMENT, &values)
    }

    fn reset(&self, db: &Executor<'_>) -> Result<(), StoreError> {
        db.batch("DELETE FROM ticket_text")
    }

    fn document_frequency(
        &self,
        _db: &Executor<'_>,
        _group: &TermGroup,
        _limit: u64,
    ) -> Result<u64, StoreError> {
        Ok(0)
    }

    fn terms(&self, _db: &Executor<'_>, _prefix: &str) -> Result<Vec<String>, StoreError> {
        Ok(Vec::new())
    }

    fn count_matches(
        &self,
        _db: &Executor<'_>,
        _groups: &[&TermGroup],
        _filter: Filter,
    ) -> Result<u64, StoreError> {
        Ok(0)
    }

    fn matches(
        &self,
        _db: &Executor<'_>,
        _selection: &Selection<'_>,
        _filter: Filter,
    ) -> Result<Vec<TicketId>, StoreError> {
        Ok(Vec::new())
    }

    fn newest_categories(
        &self,
        _db: &Executor<'_>,
        _group: &TermGroup,
        _limit: u32,
    ) -> Result<Vec<(String, u64)>, StoreError> {
        Ok(Vec::new())
    }
}
