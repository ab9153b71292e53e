//! Documents on their way into the index, and its list of words: a word stands
//! there as long as a document has it.
//!
//! Who adds a document adds its words, and waits for nobody unless another adds
//! the same new word. Who takes one away waits until nobody adds any, looks which
//! words are in no document any more, and deletes these: a document that another
//! transaction adds at the same time is seen, or finds the word missing and adds it.

use super::super::super::StoreError;
use super::super::super::sql::driver::{Executor, Row, Value};
use super::super::super::sql::search_index::DocumentChange;
use super::indexed::{self, Terms};
use crate::domain::event::TicketId;

/// The start of a statement that adds the words in $4.
macro_rules! with_words {
    ($statement:literal) => {
        concat!(
            "WITH added AS (INSERT INTO word (term) \
             SELECT term FROM unnest(string_to_array($4, ' ')) AS new (term) \
             ON CONFLICT DO NOTHING) ",
            $statement
        )
    };
}

const ADD: &str =
    with_words!("INSERT INTO ticket_text (ticket, fields, terms) VALUES ($1, $2, $3::tsvector)");

const UPDATE: &str =
    with_words!("UPDATE ticket_text SET fields = $2, terms = $3::tsvector WHERE ticket = $1");

const DELETE: &str = "DELETE FROM ticket_text WHERE ticket = $1";

/// Nobody adds words until the end of the transaction.
const LOCK_WORDS: &str = "LOCK TABLE word IN SHARE ROW EXCLUSIVE MODE";

/// Deletes those of the words in $1 that no document has.
const DELETE_WORDS: &str = "DELETE FROM word WHERE term = ANY (string_to_array($1, ' ')) \
     AND NOT EXISTS (SELECT 1 FROM ticket_text \
     WHERE terms @@ ('''' || word.term || '''')::tsquery)";

const ADD_APART: &str = "WITH added AS (INSERT INTO restricted_word (ticket, term) \
     SELECT $1, term FROM unnest(string_to_array($4, ' ')) AS new (term)) \
     INSERT INTO restricted_text (ticket, fields, terms) VALUES ($1, $2, $3::tsvector)";

const UPDATE_APART: &str = "WITH added AS (INSERT INTO restricted_word (ticket, term) \
     SELECT $1, term FROM unnest(string_to_array($4, ' ')) AS new (term) \
     ON CONFLICT DO NOTHING), \
     removed AS (DELETE FROM restricted_word \
     WHERE ticket = $1 AND term = ANY (string_to_array($5, ' '))) \
     UPDATE restricted_text SET fields = $2, terms = $3::tsvector WHERE ticket = $1";

const DELETE_APART: &str = "WITH removed AS (DELETE FROM restricted_word WHERE ticket = $1) \
     DELETE FROM restricted_text WHERE ticket = $1";

/// The words from $1 up to $2.
const WORDS: &str = "SELECT term FROM word WHERE term >= $1 AND term < $2 \
     UNION SELECT term FROM restricted_word WHERE term >= $1 AND term < $2 ORDER BY term";

/// How many words are in documents only, and how many in the list only.
const DIFFERENT_WORDS: &str = "SELECT count(*) FILTER (WHERE word.term IS NULL) AS missing, \
     count(*) FILTER (WHERE found.term IS NULL) AS left_over \
     FROM (SELECT DISTINCT lexeme COLLATE \"C\" AS term FROM ticket_text, unnest(terms) \
     WHERE lexeme NOT LIKE '.%') AS found FULL JOIN word ON word.term = found.term";

const DIFFERENT_APART: &str = "SELECT count(*) FILTER (WHERE word.term IS NULL) AS missing, \
     count(*) FILTER (WHERE found.term IS NULL) AS left_over \
     FROM (SELECT ticket, lexeme COLLATE \"C\" AS term FROM restricted_text, unnest(terms) \
     WHERE lexeme NOT LIKE '.%') AS found FULL JOIN restricted_word AS word \
     ON word.ticket = found.ticket AND word.term = found.term";

/// Adds or replaces a document, or moves it if its ticket was restricted, or is
/// open to all again.
pub(super) fn put_document(
    db: &Executor<'_>,
    id: TicketId,
    change: &DocumentChange<'_>,
) -> Result<(), StoreError> {
    let terms = Terms::of(change.after);
    let before = change.before.map(|before| Terms::of(&before.document));
    let before = before.unwrap_or_default();
    let values = |words: String| -> Vec<Value> {
        let texts = [indexed::text(change.after), terms.literal(), words];
        let texts = texts.into_iter().map(Value::from);
        std::iter::once(id.0.into()).chain(texts).collect()
    };
    let was_apart = change.before.map(|before| before.stands_apart);
    match (was_apart, change.is_restricted) {
        (None, false) => db.execute(ADD, &values(terms.words())),
        (None, true) => db.execute(ADD_APART, &values(terms.words())),
        (Some(false), false) => {
            let removed = before.without(&terms);
            // Before this transaction adds any: two that have would wait for each
            // other.
            if !removed.is_empty() {
                db.execute(LOCK_WORDS, &[])?;
            }
            db.execute(UPDATE, &values(terms.without(&before)))?;
            delete_words(db, removed)
        }
        (Some(true), true) => {
            let mut values = values(terms.without(&before));
            values.push(before.without(&terms).into());
            db.execute(UPDATE_APART, &values)
        }
        (Some(false), true) => {
            db.execute(LOCK_WORDS, &[])?;
            db.execute(DELETE, &[id.0.into()])?;
            delete_words(db, before.words())?;
            db.execute(ADD_APART, &values(terms.words()))
        }
        (Some(true), false) => {
            db.execute(DELETE_APART, &[id.0.into()])?;
            db.execute(ADD, &values(terms.words()))
        }
    }
}

fn delete_words(db: &Executor<'_>, words: String) -> Result<(), StoreError> {
    if words.is_empty() {
        return Ok(());
    }
    db.execute(DELETE_WORDS, &[words.into()])
}

/// The words that begin with `prefix`.
pub(super) fn beginning_with(db: &Executor<'_>, prefix: &str) -> Result<Vec<String>, StoreError> {
    let range = [prefix.into(), format!("{prefix}\u{10ffff}").into()];
    db.all(WORDS, &range, |row| row.text("term"))
}

/// Whether the lists have words that no document has, or lack some.
pub(super) fn faults(db: &Executor<'_>) -> Result<Vec<String>, StoreError> {
    let count = |row: &Row<'_>| Ok((row.int("missing")?, row.int("left_over")?));
    let mut faults = Vec::new();
    for statement in [DIFFERENT_WORDS, DIFFERENT_APART] {
        let (missing, left_over) = db.first(statement, &[], count)?.unwrap_or_default();
        if missing > 0 {
            faults.push(format!(
                "the search index lacks words that tickets have: {missing}"
            ));
        }
        if left_over > 0 {
            faults.push(format!(
                "the search index has words that no ticket has: {left_over}"
            ));
        }
    }
    Ok(faults)
}
