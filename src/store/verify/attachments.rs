//! Checks the attached files: that each event has its content, that the content
//! is what its digest says, and that nothing else is stored.

use std::ops::ControlFlow;

use super::super::StoreError;
use super::super::attachment_tables::{ContentDigest, ContentHasher};
use super::super::chain::hex;
use super::super::sql::attachments::{ATTACHMENT_PLACES, CHUNK, CONTENTS};
use super::super::sql::driver::{Executor, Row, ValueRef};
use super::Findings;
use crate::domain::event::TicketId;

pub(super) fn check(db: &Executor<'_>, findings: &mut Findings) {
    let used = used(db, findings);
    findings.unreadable("the attached files", used);
    let contents = contents(db, findings);
    findings.unreadable("the contents of attached files", contents);
}

/// Every row has its event, and every event whose digest was not erased its row.
fn used(db: &Executor<'_>, findings: &mut Findings) -> Result<(), StoreError> {
    db.query(ATTACHMENT_PLACES, &[], &mut |row| {
        let id = TicketId(row.int("ticket")?);
        let n = row.int("n")?;
        let said = row.maybe_text("said")?;
        let kept = if let ValueRef::Blob(digest) = row.value("digest")? {
            Some(hex(digest))
        } else {
            None
        };
        if said != kept {
            findings.fault(format!(
                "{id}: the file of event {n} is not the one it says"
            ));
        }
        Ok(ControlFlow::Continue(()))
    })
}

/// What a content is used as.
struct Content {
    digest: Vec<u8>,
    /// As the rows say; absent if no row uses it.
    size: Option<i64>,
}

fn contents(db: &Executor<'_>, findings: &mut Findings) -> Result<(), StoreError> {
    let read = |row: &Row<'_>| {
        Ok(Content {
            digest: row.blob("digest")?,
            size: row.maybe_int("size")?,
        })
    };
    for content in db.all(CONTENTS, &[], read)? {
        let name = hex(&content.digest);
        let Some(size) = content.size else {
            findings.fault(format!("the content {name} belongs to no file"));
            continue;
        };
        let mut hasher = ContentHasher::default();
        let mut n = 0_u32;
        loop {
            let values = [content.digest.as_slice().into(), n.into()];
            let chunk = db.first(CHUNK, &values, |row| row.blob("bytes"))?;
            let Some(chunk) = chunk else { break };
            hasher.add(&chunk);
            n += 1;
        }
        let is_whole = i64::try_from(hasher.size()) == Ok(size);
        let ContentDigest(digest) = hasher.finish();
        if n == 0 {
            findings.fault(format!("the content {name} is missing"));
        } else if !is_whole || digest.as_slice() != content.digest {
            findings.fault(format!("the content {name} was altered"));
        }
    }
    Ok(())
}
