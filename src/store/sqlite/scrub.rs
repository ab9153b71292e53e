//! Removes what erased texts left in the pages of a file and in its log. A
//! deleted row is overwritten, but a page that was split has copies of its rows,
//! and the full-text index has deleted words until its segments are merged: so
//! the index is merged and the file written anew, each page from its content.

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use super::super::StoreError;
use super::super::port::Scrub;
use super::super::sql::driver::Executor;
use super::super::sql::erasure;
use super::driver::{is_busy, store_error};
use super::redactions::{self, RedactionList};
use super::write_queue::{Turn, Waiting};

/// How long to wait for another process that reads.
const READERS: Duration = Duration::from_secs(5);

/// Merges the segments of the full-text index into one, without deleted words.
const MERGE_INDEX: &str = "INSERT INTO ticket_text (ticket_text) VALUES ('optimize')";

/// Scrubs a store. `begin` begins a transaction that writes.
///
/// # Errors
/// If the store or the list of redactions cannot be written. It stays noted that
/// the store is to be scrubbed.
pub(super) fn scrub<'a>(
    conn: &Connection,
    path: &Path,
    patience: Duration,
    begin: impl Fn() -> Result<Executor<'a>, StoreError>,
) -> Result<Scrub, StoreError> {
    let db = begin()?;
    let list = redactions::path_beside(path);
    // A list that cannot be read is replaced by what the chain says.
    let known = RedactionList::read(&list).ok().flatten();
    redactions::write(&db, path, &list, known.unwrap_or_default())?;
    merge_index(&db)?;
    db.commit()?;
    let rewritten = {
        let _turn = Turn::wait(path, &mut Waiting::begin(path, patience));
        conn.busy_timeout(READERS)
            .and_then(|()| rewrite(conn))
            .and_then(|()| truncate_log(conn))
    };
    let rewritten = rewritten.and_then(|done| {
        conn.busy_timeout(super::connection::BUSY_TIMEOUT)?;
        Ok(done)
    });
    match rewritten {
        Ok(true) => {}
        Ok(false) => return Ok(Scrub::Pending),
        Err(fault) if is_busy(&fault) => return Ok(Scrub::Pending),
        Err(fault) => return Err(store_error(&fault, path)),
    }
    let db = begin()?;
    erasure::end_scrub(&db)?;
    db.commit()?;
    Ok(Scrub::Done)
}

/// Merges the full-text index.
pub(super) fn merge_index(db: &Executor<'_>) -> Result<(), StoreError> {
    db.batch(MERGE_INDEX)
}

/// Writes the whole file anew. What does not fit into memory goes to an unnamed
/// temporary file, which has nothing that was erased.
pub(super) fn rewrite(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch("PRAGMA temp_store = FILE; VACUUM; PRAGMA temp_store = MEMORY;")
}

/// Copies the log into the file and empties it. Returns whether it is empty: not
/// while another process reads an older state.
fn truncate_log(conn: &Connection) -> rusqlite::Result<bool> {
    let busy: i64 = conn.query_one("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    Ok(busy == 0)
}
