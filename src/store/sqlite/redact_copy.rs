//! Erases again in a copy of a backup what its store has erased since.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::StoreError;
use super::super::codec::redact::erase_in_history;
use super::super::port::{PersonalData, Transaction};
use super::super::sql::driver::{Executor, Row};
use super::super::sql::erasure;
use super::super::sql::people::People;
use super::super::sql::transaction::SqlTransaction;
use super::super::sql::{mail_statements, policy_versions, statements};
use super::connection::open_private;
use super::driver::{SqliteTransaction, store_error};
use super::redactions::{self, RedactionList};
use super::scrub;
use super::search_index::FtsIndex;
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact, TicketId};
use crate::domain::people::Actor;
use crate::domain::policy::versions::PolicyParser;
use crate::domain::privacy::erasure::Erasure;
use crate::domain::privacy::pieces::{ALARMS, MAIL};
use crate::domain::summary::Summary;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::ErasureCause;

/// The reason that the events of the copy give.
const REASON: &str = "the restored backup still had these texts";

/// What of a list a copy still has.
#[derive(Debug, Default)]
struct Remaining {
    /// By ticket and the number of the event there.
    tickets: BTreeMap<i64, BTreeMap<u32, Vec<String>>>,
    /// Texts of the desk itself, by sequence number.
    desk: Vec<(i64, String)>,
}

/// Erases what the list names in a copy that nobody else has open, and scrubs the
/// copy. Returns the number of texts.
///
/// # Errors
/// If the copy cannot be read or written.
pub(super) fn redact_copy(
    copy: &Path,
    list: &RedactionList,
    parse: PolicyParser,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let fail = |fault: rusqlite::Error| store_error(&fault, copy);
    let conn = open_private(copy).map_err(fail)?;
    conn.execute_batch("PRAGMA secure_delete = ON; PRAGMA journal_mode = MEMORY;")
        .map_err(fail)?;
    let begin = || Executor::new(SqliteTransaction::within(&conn, copy));
    let db = begin();
    if !list.is_of(&erasure::store_id(&db)?) {
        return Ok(0);
    }
    conn.execute_batch("BEGIN IMMEDIATE").map_err(fail)?;
    let remaining = remaining(&db, list)?;
    let mut erased = remaining.desk.len() as u64;
    let policies = policy_versions::history(&db, &People::default(), parse)?;
    let mut txn = SqlTransaction::new(db, &FtsIndex);
    for (id, fields) in remaining.tickets {
        let id = TicketId(id);
        let erasure = Erasure {
            cause: ErasureCause::Restore,
            fields,
            scopes: Vec::new(),
            cancels_owed: false,
            cancels_merged: Vec::new(),
            reason: REASON.to_owned(),
        };
        erased += erasure.count() as u64;
        let mut history = txn.history(id)?;
        erase_in_history(&mut history, &erasure)?;
        let based_on = history.last().map_or(0, |event| event.n);
        let event = Event {
            ticket: id,
            n: based_on + 1,
            at: now,
            recorded: now,
            actor: Actor::Desk,
            fact: Fact::Erased(erasure),
        };
        history.push(event.clone());
        let ticket = Ticket::from_history(history)
            .ok_or_else(|| StoreError::damaged("a history does not begin with an opening"))?;
        txn.save(based_on, &[event], &Summary::new(&ticket, &policies))?;
    }
    if !remaining.desk.is_empty() {
        let why = (ErasureCause::Restore, REASON);
        txn.erase_desk_texts(&remaining.desk, why, &Actor::Desk, now)?;
    }
    drop(txn);
    let db = begin();
    scrub::merge_index(&db)?;
    erasure::end_scrub(&db)?;
    drop(db);
    conn.execute_batch("COMMIT").map_err(fail)?;
    scrub::rewrite(&conn).map_err(fail)?;
    conn.close().map_err(|(_, fault)| fail(fault))?;
    Ok(erased)
}

/// Whether a store has a text that a list of its redactions names.
pub(super) fn has_any(db: &Executor<'_>, list: &RedactionList) -> Result<bool, StoreError> {
    if !list.is_of(&erasure::store_id(db)?) {
        return Ok(false);
    }
    let remaining = remaining(db, list)?;
    Ok(!remaining.tickets.is_empty() || !remaining.desk.is_empty())
}

/// Which texts of a list the copy has: of events that are the same ones.
fn remaining(db: &Executor<'_>, list: &RedactionList) -> Result<Remaining, StoreError> {
    let mut remaining = Remaining::default();
    for (seq, hash, paths) in list.events() {
        let place = |row: &Row<'_>| {
            let ticket = row.maybe_int("ticket")?;
            Ok((ticket, row.number::<u32>("n")?, row.blob("hash")?))
        };
        let found = db.first(statements::EVENT_PLACE, &[seq.into()], place)?;
        let Some((ticket, n, _)) = found.filter(|(_, _, full)| redactions::prefix(full) == hash)
        else {
            continue;
        };
        for path in paths {
            let (n, is_there) = match (ticket, path.as_str()) {
                (Some(ticket), ALARMS) => {
                    let statement = statements::HAS_ALARM_TEXTS;
                    (0, db.first(statement, &[ticket.into()], |_| Ok(()))?)
                }
                (Some(ticket), MAIL) => {
                    let statement = mail_statements::HAS_MAIL;
                    (0, db.first(statement, &[ticket.into()], |_| Ok(()))?)
                }
                _ => {
                    let values = [seq.into(), path.as_str().into()];
                    (n, db.first(statements::HAS_TEXT, &values, |_| Ok(()))?)
                }
            };
            match (ticket, is_there) {
                (_, None) => {}
                (Some(ticket), Some(())) => {
                    let fields = remaining.tickets.entry(ticket).or_default();
                    fields.entry(n).or_default().push(path.clone());
                }
                (None, Some(())) => remaining.desk.push((seq, path.clone())),
            }
        }
    }
    Ok(remaining)
}
