//! Erases texts: deletes each with its salt, and what other tables keep of it.
//! Does not rewrite the file; see [`super::super::FileStore::scrub`].

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::super::StoreError;
use super::super::codec;
use super::append::{ChainWriter, Circumstances};
use super::chain_head::{self, SCRUB};
use super::driver::{Executor, Row, RowResult, Value};
use super::people::{People, PersonRow};
use super::search::is_restricted;
use super::search_index::{DocumentChange, SearchIndex};
use super::{attachments, history, incoming_mail, outbox, policy_versions, statements};
use crate::domain::Timestamp;
use crate::domain::event::{DIGEST, TicketId};
use crate::domain::people::Actor;
use crate::domain::privacy::erasure::Erasure;
use crate::domain::privacy::person::DeskText;
use crate::domain::privacy::pieces::MAIL;
use crate::domain::privacy::view::View;
use crate::domain::search::document::Document;
use crate::domain::search::term_cache::TermCache;
use crate::domain::vocabulary::ErasureCause;

/// The kind of the events that list erased texts, of tickets and of the desk.
pub(crate) const KIND: &str = "erased";

/// Deletes the texts that an erasure of a ticket lists.
pub(crate) fn delete_listed(
    db: &Executor<'_>,
    id: TicketId,
    erasure: &Erasure,
) -> Result<(), StoreError> {
    for (n, paths) in &erasure.fields {
        for path in paths {
            if *n == 0 {
                if path == MAIL {
                    incoming_mail::erase_all_of(db, id)?;
                } else {
                    db.execute(statements::DELETE_ALARM_TEXTS, &[id.0.into()])?;
                }
                continue;
            }
            if path == DIGEST {
                attachments::erase(db, id, *n)?;
            }
            let values = [id.0.into(), (*n).into(), path.as_str().into()];
            db.execute(statements::DELETE_TEXT_OF_TICKET, &values)?;
        }
    }
    Ok(())
}

/// Builds the document of a ticket again from the texts that are left.
pub(crate) fn renew_document(
    db: &Executor<'_>,
    people: &People,
    index: &dyn SearchIndex,
    id: TicketId,
    cache: &mut TermCache,
) -> Result<(), StoreError> {
    let history = history::history_until(db, people, &View::default(), id, i64::MAX)?;
    let before = index.document(db, id)?;
    let change = DocumentChange {
        before: before.as_ref(),
        after: &Document::from_history(&history, cache),
        is_restricted: is_restricted(&history),
    };
    index.put_document(db, id, &change)
}

/// Notes that the file, if it is one, still has pages with deleted texts.
pub(crate) fn require_scrub(db: &Executor<'_>) -> Result<(), StoreError> {
    if !db.keeps_deleted_texts() {
        return Ok(());
    }
    db.execute(statements::KEEP_META, &[SCRUB.into(), "1".into()])
}

/// Whether the file may still have pages with deleted texts.
pub(crate) fn needs_scrub(db: &Executor<'_>) -> Result<bool, StoreError> {
    let found = db.first(statements::META_ENTRY, &[SCRUB.into()], |_| Ok(()))?;
    Ok(found.is_some())
}

/// Notes that no page has deleted texts any more.
pub(crate) fn end_scrub(db: &Executor<'_>) -> Result<(), StoreError> {
    db.execute(statements::DELETE_META, &[SCRUB.into()])
}

/// The texts of events of the desk itself that may name a person: introductions,
/// holds, and the names in policy versions.
pub(crate) fn desk_texts(db: &Executor<'_>) -> Result<Vec<DeskText>, StoreError> {
    let rows = db.all(statements::DESK_TEXTS, &[], |row| {
        let text = DeskText {
            seq: row.int("seq")?,
            number: row.int("n")?,
            kind: row.text("kind")?,
            path: row.text("path")?,
            text: row.text("value")?,
        };
        Ok((text, row.text("body")?))
    })?;
    let mut texts = Vec::new();
    for (text, body) in rows {
        if text.kind != policy_versions::KIND || codec::is_name_in_policy(&body, &text.path)? {
            texts.push(text);
        }
    }
    Ok(texts)
}

/// Erases texts of the desk itself, with the rows of the people whom they
/// introduce.
pub(crate) fn erase_desk_texts(
    db: &Executor<'_>,
    known: &mut People,
    texts: &[(i64, String)],
    (cause, reason): (ErasureCause, &str),
    actor: &Actor,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut fields: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for (seq, path) in texts {
        fields.entry(*seq).or_default().push(path.clone());
    }
    let last = db.first(statements::LAST_OF_DESK, &[KIND.into()], |row| row.int("n"))?;
    let now = now.timestamp_millis();
    let circumstances = Circumstances {
        ticket: None,
        n: last.unwrap_or(0) + 1,
        at_ms: now,
        recorded_ms: now,
    };
    let mut chain = ChainWriter::new(db, known)?;
    let actor = chain.actor_number(actor, now)?;
    let draft = codec::draft_erasure(cause, &fields, reason);
    chain.append_last(circumstances, actor, KIND, draft)?;
    let mut erased = Vec::new();
    for (seq, paths) in &fields {
        for path in paths {
            let values = [(*seq).into(), path.as_str().into()];
            let text = db.first(statements::TEXT_OF_EVENT, &values, |row| row.text("value"))?;
            erased.extend(text);
            db.execute(statements::DELETE_TEXT, &values)?;
        }
        renew_person(db, *seq)?;
    }
    outbox::erase_with_text(db, &erased)?;
    *known = People::default();
    require_scrub(db)
}

/// Makes the row of a person say what is left of their introduction.
fn renew_person(db: &Executor<'_>, seq: i64) -> Result<(), StoreError> {
    let person = db.first(statements::INTRODUCED, &[seq.into()], |row| row.int("n"))?;
    let Some(number) = person else { return Ok(()) };
    let text = |row: &Row<'_>| Ok((row.text("path")?, row.text("value")?));
    let texts = db.all(statements::TEXTS_OF_EVENT, &[seq.into()], text)?;
    PersonRow::introduced(number, seq, &texts.into_iter().collect()).update(db)
}

/// A text that was erased, and the event that had it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Redaction {
    pub(crate) seq: i64,
    /// The hash of that event: in another history the same number is another
    /// event.
    pub(crate) hash: Vec<u8>,
    pub(crate) path: String,
}

/// How many erasures are read at a time.
const PAGE: u32 = 500;

/// Calls `take` with every text that was erased, erasure by erasure.
pub(crate) fn each_redaction(
    db: &Executor<'_>,
    take: &mut dyn FnMut(Redaction) -> RowResult,
) -> Result<(), StoreError> {
    let mut after = 0;
    loop {
        let erased = |row: &Row<'_>| {
            let ticket = row.maybe_int("ticket")?;
            Ok((
                row.int("seq")?,
                ticket,
                codec::erased_fields(row.str("body")?)?,
            ))
        };
        let page = db.all(statements::ERASURES, &[after.into(), PAGE.into()], erased)?;
        let Some((last, _, _)) = page.last() else {
            return Ok(());
        };
        after = *last;
        for (_, ticket, fields) in page {
            for (number, paths) in fields {
                let event = |row: &Row<'_>| Ok((row.int("seq")?, row.blob("hash")?));
                // The alarms and the mails of a ticket are listed with its opening.
                let number = if ticket.is_some() {
                    number.max(1)
                } else {
                    number
                };
                let found = match ticket {
                    Some(ticket) => {
                        let values: [Value; 2] = [ticket.into(), number.into()];
                        db.first(statements::EVENT_OF_TICKET, &values, event)?
                    }
                    None => db.first(statements::EVENT_BY_SEQ, &[number.into()], event)?,
                };
                let Some((seq, hash)) = found else { continue };
                for path in paths {
                    let hash = hash.clone();
                    if take(Redaction { seq, hash, path })?.is_break() {
                        return Ok(());
                    }
                }
            }
        }
    }
}

/// Whether anything was ever erased.
pub(crate) fn has_erasures(db: &Executor<'_>) -> Result<bool, StoreError> {
    let mut any = false;
    each_redaction(db, &mut |_| {
        any = true;
        Ok(ControlFlow::Break(()))
    })?;
    Ok(any)
}

/// The store's identity, by which a list of redactions is told from another's.
pub(crate) fn store_id(db: &Executor<'_>) -> Result<String, StoreError> {
    Ok(chain_head::identity(db)?.store)
}
