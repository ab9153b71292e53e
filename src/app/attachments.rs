//! Files that are kept with tickets: stored in the transaction of the message
//! that they came with, under their digest and in chunks.

use super::Desk;
use super::ticket_commands::load;
use crate::domain::decide::Ctx;
use crate::domain::event::{Attachment, Event, Fact, TicketId};
use crate::domain::health;
use crate::domain::mail::message::MailAttachment;
use crate::domain::read_models::TicketUpdate;
use crate::domain::rejection::Rejection;
use crate::domain::summary::Summary;
use crate::domain::text::LINE;
use crate::error::Error;
use crate::store::{CHUNK, ContentDigest, ContentHasher, ExportRecord, StoreError, Transaction};

/// Receives a content in pieces.
pub(crate) type ContentSink<'s> = dyn FnMut(&[u8]) -> Result<(), Error> + 's;

/// A file that is to be kept.
pub(crate) trait NewFile {
    /// As whoever sent it wrote it, or the last part of its path.
    fn name(&self) -> &str;

    /// Lower case, such as `image/png`.
    fn media_type(&self) -> &str;

    /// Passes the content to `take`, from the beginning each time.
    ///
    /// # Errors
    /// If it cannot be read, or what `take` returns.
    fn read(&self, take: &mut ContentSink<'_>) -> Result<(), Error>;
}

impl NewFile for MailAttachment {
    fn name(&self) -> &str {
        self.name.as_deref().unwrap_or_default()
    }

    fn media_type(&self) -> &str {
        &self.media_type
    }

    fn read(&self, take: &mut ContentSink<'_>) -> Result<(), Error> {
        take(&self.bytes)
    }
}

/// A file whose content is known.
pub(crate) struct MeasuredFile<'a> {
    file: &'a dyn NewFile,
    size: u64,
    digest: ContentDigest,
}

impl<'a> MeasuredFile<'a> {
    /// Reads a file once, before any transaction begins.
    ///
    /// # Errors
    /// [`Error::Usage`] if it is too large, or what reading it returns.
    pub(crate) fn measure(file: &'a dyn NewFile, limit: u64) -> Result<Self, Error> {
        let mut hasher = ContentHasher::default();
        file.read(&mut |bytes| {
            hasher.add(bytes);
            if hasher.size() > limit {
                let (name, limit) = (file.name(), health::size(limit));
                return Err(Error::usage(
                    format!("{name} is larger than {limit}"),
                    "attach a smaller file, or write where it can be found",
                ));
            }
            Ok(())
        })?;
        Ok(Self {
            file,
            size: hasher.size(),
            digest: hasher.finish(),
        })
    }

    /// Stores the content, unless it is stored already.
    ///
    /// # Errors
    /// [`Error::Usage`] if it is not what was measured, or an error of the store.
    fn store(&self, txn: &mut dyn Transaction) -> Result<(), Error> {
        if txn.has_content(self.digest)? {
            return Ok(());
        }
        let mut hasher = ContentHasher::default();
        let mut chunk: Vec<u8> = Vec::with_capacity(CHUNK);
        let mut n = 0_u32;
        let changed = || {
            Error::usage(
                format!("{} changed while it was read", self.file.name()),
                "attach a copy of it",
            )
        };
        self.file.read(&mut |mut bytes| {
            hasher.add(bytes);
            if hasher.size() > self.size {
                return Err(changed());
            }
            while !bytes.is_empty() {
                let (now, later) = bytes.split_at(bytes.len().min(CHUNK - chunk.len()));
                chunk.extend_from_slice(now);
                bytes = later;
                if chunk.len() == CHUNK {
                    txn.add_chunk(self.digest, n, &chunk)?;
                    chunk.clear();
                    n += 1;
                }
            }
            Ok(())
        })?;
        // An empty file has one empty chunk.
        if !chunk.is_empty() || n == 0 {
            txn.add_chunk(self.digest, n, &chunk)?;
        }
        if hasher.finish() == self.digest {
            Ok(())
        } else {
            Err(changed())
        }
    }
}

/// Whether files come with an event of this kind.
const fn brings_files(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Opened(_) | Fact::Logged(_) | Fact::Replied { .. } | Fact::MessageReceived { .. }
    )
}

/// Stores files in the transaction that has just saved what they came with, and
/// adds the events to the update.
///
/// # Errors
/// As [`MeasuredFile::store`]; then the transaction is to be dropped.
pub(crate) fn attach(
    txn: &mut dyn Transaction,
    update: &mut TicketUpdate,
    files: &[MeasuredFile<'_>],
    ctx: &Ctx<'_>,
) -> Result<(), Error> {
    if files.is_empty() {
        return Ok(());
    }
    let mut ticket = load(txn, update.after.id)?;
    let own = |event: &&Event| event.ticket == ticket.id && brings_files(&event.fact);
    let came_with = update.events.iter().find(own);
    let (at, event) = match came_with {
        Some(event) => (event.at, Some(event.n)),
        None => (ctx.at.max(ticket.opened), None),
    };
    let based_on = ticket.n;
    let last = ticket.attachments.iter().map(|file| file.number).max();
    let first = last.unwrap_or(0) + 1;
    let mut events = Vec::new();
    for ((file, number), n) in files.iter().zip(first..).zip(based_on + 1..) {
        file.store(txn)?;
        events.push(Event {
            ticket: ticket.id,
            n,
            at,
            recorded: ctx.now,
            actor: ctx.actor.clone(),
            fact: Fact::Attached(Attachment {
                number,
                event,
                name: file_name(file.file.name()),
                media_type: file.file.media_type().chars().take(LINE).collect(),
                size: file.size,
                digest: file.digest.to_string(),
            }),
        });
    }
    events.iter().for_each(|event| ticket.apply(event));
    update.after = Summary::new(&ticket, ctx.policy);
    txn.save(based_on, &events, &update.after)?;
    update.events.extend(events);
    Ok(())
}

/// The name of a file as it is kept: without folders, on one line, not too long.
fn file_name(sent: &str) -> String {
    let name = sent
        .rsplit(['/', '\\'])
        .find(|part| !part.trim().is_empty());
    let name = name
        .unwrap_or_default()
        .trim()
        .replace(['\n', '\r', '\0'], " ");
    if name.is_empty() {
        return "unnamed".to_owned();
    }
    name.chars().take(LINE).collect()
}

/// The contents of the files of a history, each once.
pub(super) fn contents(history: &[Event]) -> Vec<ContentDigest> {
    let mut digests: Vec<ContentDigest> = Vec::new();
    for event in history {
        if let Fact::Attached(file) = &event.fact
            && let Some(digest) = ContentDigest::parse(&file.digest)
            && !digests.contains(&digest)
        {
            digests.push(digest);
        }
    }
    digests
}

/// Takes a chunk of an export, if a file here lacks it.
///
/// # Errors
/// Any error of the store.
pub(super) fn take_chunk(
    txn: &mut dyn Transaction,
    digest: &str,
    n: u32,
    bytes: &[u8],
) -> Result<(), Error> {
    let Some(digest) = ContentDigest::parse(digest) else {
        return Ok(());
    };
    if txn.is_attached(digest)? && txn.chunk(digest, n)?.is_none() {
        txn.add_chunk(digest, n, bytes)?;
    }
    Ok(())
}

impl Desk<'_> {
    /// Passes the contents of files to `take`, as records of an export.
    ///
    /// # Errors
    /// An error of the store, or what `take` returns.
    pub(super) fn export_contents(
        &self,
        digests: &[ContentDigest],
        take: &mut dyn FnMut(ExportRecord) -> Result<(), Error>,
    ) -> Result<(), Error> {
        for digest in digests {
            for n in 0.. {
                let txn = self.read()?.ok_or_else(|| self.missing())?;
                let chunk = txn.chunk(*digest, n)?;
                drop(txn);
                let Some(bytes) = chunk else { break };
                let digest = digest.to_string();
                take(ExportRecord::Content { digest, n, bytes })?;
            }
        }
        Ok(())
    }

    /// Reads files before a command keeps them.
    ///
    /// # Errors
    /// As [`MeasuredFile::measure`].
    pub(crate) fn measure<'f>(
        &self,
        files: &'f [Box<dyn NewFile>],
    ) -> Result<Vec<MeasuredFile<'f>>, Error> {
        // Without files, the store is not read before it is written.
        if files.is_empty() {
            return Ok(Vec::new());
        }
        let limit = self.attachment_limit()?;
        files
            .iter()
            .map(|file| MeasuredFile::measure(file.as_ref(), limit))
            .collect()
    }

    /// The largest file that is kept, in bytes.
    ///
    /// # Errors
    /// If the policy cannot be read.
    fn attachment_limit(&self) -> Result<u64, Error> {
        Ok(self.policies_if_any()?.current.mail.attachment_limit)
    }

    /// A file of a ticket by its number.
    ///
    /// # Errors
    /// [`Rejection::NoSuch`], [`Error::Usage`] for one that was erased, or an error
    /// of the store.
    pub(crate) fn attachment(&self, id: TicketId, number: u32) -> Result<Attachment, Error> {
        let mut files = self.details(id)?.ticket.attachments.into_iter();
        let file = files.find(|file| file.number == number);
        let file = file.ok_or(Rejection::NoSuch {
            id,
            what: "file",
            number,
        })?;
        if ContentDigest::parse(&file.digest).is_none() {
            return Err(Error::usage(
                format!("file {number} of {id} was erased, or is not to be shown"),
                format!("see what there is with: desk attachments {}", id.0),
            ));
        }
        Ok(file)
    }

    /// Passes the content of a file to `take`. No transaction is open meanwhile, and
    /// one chunk is in memory at a time.
    ///
    /// # Errors
    /// If the content is not whole, an error of the store, or what `take` returns.
    pub(crate) fn content(
        &self,
        file: &Attachment,
        take: &mut ContentSink<'_>,
    ) -> Result<(), Error> {
        let damaged = || StoreError::damaged("the content of a file is missing or altered");
        let digest = ContentDigest::parse(&file.digest).ok_or_else(damaged)?;
        let mut hasher = ContentHasher::default();
        for n in 0.. {
            let txn = self.read()?.ok_or_else(|| self.missing())?;
            let chunk = txn.chunk(digest, n)?;
            drop(txn);
            let Some(chunk) = chunk else { break };
            hasher.add(&chunk);
            take(&chunk)?;
        }
        if hasher.size() == file.size && hasher.finish() == digest {
            Ok(())
        } else {
            Err(damaged().into())
        }
    }
}
