//! Checks the received mails against their digests. No event says them, so that
//! one that was exchanged together with its digest is not found.

use super::super::StoreError;
use super::super::sql::driver::{Executor, Row, ValueRef};
use super::super::sql::{incoming_mail, mail_statements};
use super::Findings;
use crate::domain::mail::incoming::MailId;
use crate::domain::vocabulary::MailState;

pub(super) fn check(db: &Executor<'_>, findings: &mut Findings) {
    let checked = mails(db, findings);
    findings.unreadable("the received mails", checked);
}

/// A mail that was not erased has the bytes that its digest says.
fn mails(db: &Executor<'_>, findings: &mut Findings) -> Result<(), StoreError> {
    let read = |row: &Row<'_>| {
        let digest = match row.value("digest")? {
            ValueRef::Blob(digest) => Some(digest.to_vec()),
            ValueRef::Null | ValueRef::Int(_) | ValueRef::Text(_) => None,
        };
        let state = MailState::parse(row.str("state")?);
        Ok((
            MailId(row.int("id")?),
            row.number::<u64>("size")?,
            digest,
            state.is_ok(),
        ))
    };
    for (id, size, digest, has_state) in db.all(mail_statements::ALL, &[], read)? {
        if !has_state {
            findings.fault(format!("{id}: its state is unknown"));
        }
        let bytes = incoming_mail::raw(db, id)?;
        match digest {
            Some(digest)
                if digest != incoming_mail::digest(&bytes) || size != bytes.len() as u64 =>
            {
                findings.fault(format!("{id}: it is not what was received"));
            }
            None if !bytes.is_empty() => {
                findings.fault(format!("{id}: it was erased, but its text is there"));
            }
            Some(_) | None => {}
        }
    }
    Ok(())
}
