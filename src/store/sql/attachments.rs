//! The tables of attached files: where each content is used, and its chunks.

use super::super::StoreError;
use super::super::attachment_tables::{AttachmentTables, ContentDigest};
use super::driver::{Executor, Value};
use super::transaction::SqlTransaction;
use crate::domain::event::{Event, Fact, TicketId};

/// Notes that an event of a ticket uses a content.
const ADD_ATTACHMENT: &str =
    "INSERT INTO attachment (ticket, event, digest, size) VALUES ($1, $2, $3, $4)";

const ATTACHMENT_DIGEST: &str = "SELECT digest FROM attachment WHERE ticket = $1 AND event = $2";

const DELETE_ATTACHMENT: &str = "DELETE FROM attachment WHERE ticket = $1 AND event = $2";

/// Deletes a content that no event uses any more.
const DELETE_UNUSED_CHUNKS: &str = "DELETE FROM attachment_chunk WHERE digest = $1 \
     AND NOT EXISTS (SELECT 1 FROM attachment WHERE digest = $1)";

const IS_ATTACHED: &str = "SELECT event FROM attachment WHERE digest = $1 LIMIT 1";

const HAS_CHUNK: &str = "SELECT n FROM attachment_chunk WHERE digest = $1 AND n = $2";

pub(crate) const CHUNK: &str = "SELECT bytes FROM attachment_chunk WHERE digest = $1 AND n = $2";

/// One that is there already, where it cannot be seen, has the same bytes.
const ADD_CHUNK: &str = "INSERT INTO attachment_chunk (digest, n, bytes) \
     VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";

/// Every attached file: what its event says, and what its row says.
pub(crate) const ATTACHMENT_PLACES: &str = "SELECT event.ticket, event.n, field.value AS said, \
     attachment.digest FROM event \
     LEFT JOIN field ON field.seq = event.seq AND field.path = 'digest' \
     LEFT JOIN attachment ON attachment.ticket = event.ticket AND attachment.event = event.n \
     WHERE event.kind = 'attached' \
     UNION ALL SELECT ticket, event AS n, NULL AS said, digest FROM attachment WHERE NOT EXISTS \
     (SELECT 1 FROM event WHERE event.ticket = attachment.ticket \
     AND event.n = attachment.event AND event.kind = 'attached')";

/// Every content that is stored or used, with its size.
pub(crate) const CONTENTS: &str = "SELECT digest, max(size) AS size FROM \
     (SELECT digest, size FROM attachment \
     UNION ALL SELECT digest, NULL AS size FROM attachment_chunk WHERE n = 0) AS known \
     GROUP BY digest ORDER BY digest";

/// Notes which content an event uses, if it is about a file.
pub(crate) fn add_event(db: &Executor<'_>, event: &Event) -> Result<(), StoreError> {
    let Fact::Attached(file) = &event.fact else {
        return Ok(());
    };
    // One that was erased before it was imported has none.
    let Some(ContentDigest(digest)) = ContentDigest::parse(&file.digest) else {
        return Ok(());
    };
    let size = i64::try_from(file.size).map_err(|_| StoreError::Failed {
        detail: "a file is too large".to_owned(),
    })?;
    let values: [Value; 4] = [
        event.ticket.0.into(),
        event.n.into(),
        digest.as_slice().into(),
        size.into(),
    ];
    db.execute(ADD_ATTACHMENT, &values)
}

/// Deletes what an event uses, and the content if nothing else uses it.
pub(crate) fn erase(db: &Executor<'_>, id: TicketId, n: u32) -> Result<(), StoreError> {
    let place: [Value; 2] = [id.0.into(), n.into()];
    let digest = db.first(ATTACHMENT_DIGEST, &place, |row| row.blob("digest"))?;
    let Some(digest) = digest else {
        return Ok(());
    };
    db.execute(DELETE_ATTACHMENT, &place)?;
    db.execute(DELETE_UNUSED_CHUNKS, &[digest.as_slice().into()])
}

impl AttachmentTables for SqlTransaction<'_> {
    fn has_content(&self, digest: ContentDigest) -> Result<bool, StoreError> {
        let values = [digest.0.as_slice().into(), 0_u32.into()];
        let found = self.beside_chain().first(HAS_CHUNK, &values, |_| Ok(()))?;
        Ok(found.is_some())
    }

    fn is_attached(&self, digest: ContentDigest) -> Result<bool, StoreError> {
        let values = [digest.0.as_slice().into()];
        let found = self
            .beside_chain()
            .first(IS_ATTACHED, &values, |_| Ok(()))?;
        Ok(found.is_some())
    }

    fn add_chunk(&mut self, digest: ContentDigest, n: u32, bytes: &[u8]) -> Result<(), StoreError> {
        let values: [Value; 3] = [digest.0.as_slice().into(), n.into(), bytes.into()];
        self.beside_chain().execute(ADD_CHUNK, &values)
    }

    fn chunk(&self, digest: ContentDigest, n: u32) -> Result<Option<Vec<u8>>, StoreError> {
        let values = [digest.0.as_slice().into(), n.into()];
        self.beside_chain()
            .first(CHUNK, &values, |row| row.blob("bytes"))
    }
}
