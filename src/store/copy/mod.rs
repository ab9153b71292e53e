//! Copies a store to another one, of any engine: the chain byte for byte, and
//! everything that stands beside it. The rows of tickets and the search index are
//! computed again at the target.
//!
//! A store that moves is locked while it is copied. The copy is published with a
//! mark that it is unfinished; then the source is marked as moved, in the
//! transaction that held the lock; then the copy's mark is taken away. Whoever is
//! killed between these steps leaves a copy that may not be used yet and a source
//! that goes on, or a copy that only needs its mark taken away: the same command
//! does the rest.

mod outgoing;
mod rows;
mod tables;
mod tickets;

use super::StoreError;
use super::chain::hex;
use super::port::{Store, StoreProvider, Verification};
use super::sql::chain_head;
use super::sql::driver::Executor;
use super::sql::marks::{self, COPY, MOVED, UNFINISHED};
use crate::domain::Timestamp;
use crate::domain::policy::versions::PolicyParser;
use crate::domain::store_copy::{CopyKind, CopyProgress, CopyReport};

/// What a copy is asked for.
pub(crate) struct CopyRequest<'a> {
    pub(crate) kind: CopyKind,
    /// Whether a store is copied that was moved: as it was then.
    pub(crate) of_moved: bool,
    /// Where the source is, without a password.
    pub(crate) from: &'a str,
    /// The time of the machine's clock.
    pub(crate) now: Timestamp,
    pub(crate) parse: PolicyParser,
    /// Is told how far the copy is.
    pub(crate) observe: &'a mut dyn FnMut(CopyProgress),
}

/// Copies a store. Both are verified.
///
/// # Errors
/// [`StoreError::Exists`] if there is something at the target,
/// [`StoreError::Damaged`] if one of both does not verify, and refusals of a store
/// that was moved or that is sending mail. The source is unchanged then, and what
/// there is at the target is marked as unfinished.
pub(crate) fn copy(
    source: &dyn Store,
    target: &dyn StoreProvider,
    mut request: CopyRequest<'_>,
) -> Result<CopyReport, StoreError> {
    let kind = request.kind;
    let marks = marks::read(&source.tables().snapshot()?)?;
    marks.refuse_unfinished(request.from)?;
    let refuses_moved = !request.of_moved && kind != CopyKind::Backup;
    if refuses_moved && let Some(moved) = &marks.moved {
        return match kind {
            CopyKind::Move => finish_earlier(source, target, moved),
            CopyKind::Beside | CopyKind::Backup => Err(moved_before(moved)),
        };
    }
    // The copy of a backup is verified alone: what is wrong with the store is there
    // too.
    if kind != CopyKind::Backup {
        (request.observe)(CopyProgress::VerifyingSource);
        sound(request.from, source.verify(None, request.parse)?)?;
    }
    let db = match kind.moves() {
        true => source.tables().locked()?,
        false => source.tables().snapshot()?,
    };
    // Somebody may have been faster.
    if refuses_moved && let Some(moved) = &marks::read(&db)?.moved {
        return Err(moved_before(moved));
    }
    if kind.moves() {
        outgoing::refuse_while_sending(&db, request.now)?;
    }
    if kind != CopyKind::Backup {
        remove_unfinished(&db, target)?;
    }
    let report = write(&db, target, &mut request)?;
    // What was read may have been committed just now.
    source.flush()?;
    if kind.moves() {
        marks::set(&db, MOVED, &report.to)?;
        db.commit()?;
        let written = target.unfinished_copy()?;
        let written = written.ok_or_else(|| vanished(&report.to))?;
        take_mark_away(written.as_ref())?;
    }
    Ok(report)
}

/// Writes and publishes the copy; one that is to take the place of its source is
/// marked as unfinished.
fn write(
    db: &Executor<'_>,
    target: &dyn StoreProvider,
    request: &mut CopyRequest<'_>,
) -> Result<CopyReport, StoreError> {
    let CopyRequest {
        kind,
        from,
        parse,
        ref mut observe,
        ..
    } = *request;
    let (store_id, head) = identity_and_head(db)?;
    let copy = target.copy_target(kind)?;
    let to = copy.executor()?;
    rows::copy(db, &to, copy.as_ref(), parse, observe)?;
    let mut held_mails = 0;
    if kind == CopyKind::Beside {
        held_mails = outgoing::hold(&to)?;
        marks::set(&to, COPY, from)?;
    }
    marks::set(&to, UNFINISHED, from)?;
    copy.settle(&to)?;
    to.commit()?;
    observe(CopyProgress::VerifyingCopy);
    let location = target.location();
    let verified = sound(&location, copy.verify(parse)?)?;
    if verified.head != head {
        return Err(StoreError::damaged(format!(
            "the head of the copy is {} and not {head}",
            verified.head
        )));
    }
    if !kind.moves() {
        let to = copy.executor()?;
        marks::clear(&to, UNFINISHED)?;
        to.commit()?;
    }
    copy.publish()?;
    Ok(CopyReport {
        to: location,
        kind,
        store_id,
        events: verified.events,
        tickets: verified.tickets,
        head,
        held_mails,
        resumed: false,
    })
}

/// Finishes a copy whose source was marked as moved already.
///
/// # Errors
/// The refusal of a store that was moved, if the target is not that copy.
fn finish_earlier(
    source: &dyn Store,
    target: &dyn StoreProvider,
    moved: &str,
) -> Result<CopyReport, StoreError> {
    let to = target.location();
    let copy = match moved == to {
        true => target.unfinished_copy()?,
        false => None,
    };
    let copy = copy.ok_or_else(|| moved_before(moved))?;
    let (store_id, head) = identity_and_head(&source.tables().snapshot()?)?;
    let copied = copy.tables().snapshot()?;
    if identity_and_head(&copied)? != (store_id.clone(), head.clone()) {
        return Err(moved_before(moved));
    }
    let (events, tickets) = rows::counts(&copied)?;
    drop(copied);
    take_mark_away(copy.as_ref())?;
    Ok(CopyReport {
        to,
        kind: CopyKind::Move,
        store_id,
        events,
        tickets,
        head,
        held_mails: 0,
        resumed: true,
    })
}

/// Removes an unfinished copy of this store: the source has not been marked, so
/// that nobody ever used it.
fn remove_unfinished(db: &Executor<'_>, target: &dyn StoreProvider) -> Result<(), StoreError> {
    let Some(copy) = target.unfinished_copy()? else {
        return Ok(());
    };
    let (store_id, _) = identity_and_head(db)?;
    let same = identity_and_head(&copy.tables().snapshot()?)?.0 == store_id;
    drop(copy);
    match same {
        true => target.remove_unfinished(),
        false => Err(StoreError::Exists {
            location: target.location(),
        }),
    }
}

fn take_mark_away(copy: &dyn Store) -> Result<(), StoreError> {
    let db = copy.tables().locked()?;
    marks::clear(&db, UNFINISHED)?;
    db.commit()
}

/// The id of a store, and the head of its chain as `seq:hash`.
fn identity_and_head(db: &Executor<'_>) -> Result<(String, String), StoreError> {
    let identity = chain_head::identity(db)?;
    let (seq, hash) = chain_head::head(db, &identity)?;
    Ok((identity.store, format!("{seq}:{}", hex(&hash))))
}

/// # Errors
/// [`StoreError::Damaged`] if anything is wrong.
fn sound(location: &str, verified: Verification) -> Result<Verification, StoreError> {
    match verified.faults.first() {
        None => Ok(verified),
        Some(fault) => Err(StoreError::damaged(format!("{location}: {fault}"))),
    }
}

/// The refusal to copy a store that was moved.
fn moved_before(to: &str) -> StoreError {
    StoreError::Refused {
        exit_code: 5,
        code: "store_moved",
        message: format!("the store was moved to {to}; nothing was copied"),
        hint: format!(
            "copy that one, with --db {to}; or this one as it was then, with: desk store copy --force"
        ),
    }
}

fn vanished(location: &str) -> StoreError {
    StoreError::Failed {
        detail: format!("the copy at {location} was removed or replaced meanwhile"),
    }
}

#[cfg(test)]
mod tests;
