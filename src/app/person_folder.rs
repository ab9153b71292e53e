//! The folder that a person gets: what the desk holds about them, with the files
//! and the mails that they sent and that were sent to them.

use super::person_data::PersonFound;
use super::{ContentSink, Desk};
use crate::domain::event::TicketId;
use crate::domain::mail::incoming::IncomingMail;
use crate::domain::mail::outgoing::OutboxQuery;
use crate::domain::privacy::person_files::{
    self, Direction, FolderEntry, LeftOut, PersonFile, safe_name,
};
use crate::error::Error;
use crate::mail::compose;
use crate::store::ContentDigest;

/// Takes the files of a folder, one at a time: its path within the folder, and what
/// writes its content.
pub(crate) type FolderSink<'a> = dyn FnMut(&str, &mut ContentWriter<'_>) -> Result<(), Error> + 'a;

/// Writes the content of a file to a sink.
pub(crate) type ContentWriter<'a> = dyn FnMut(&mut ContentSink<'_>) -> Result<(), Error> + 'a;

/// The files of a folder, and what is not in it.
#[derive(Debug, Default)]
pub(crate) struct PersonFolder {
    pub(crate) entries: Vec<FolderEntry>,
    pub(crate) left_out: Vec<LeftOut>,
}

const LOOK_FIRST: &str = "it may concern others; look at it before you hand it over";
const ABOUT_OTHERS: &str = "it tells an agent about others";
const GONE: &str = "its content was erased or is not to be shown";

impl Desk<'_> {
    /// Passes every file and mail of a person to `take`. One chunk of a file, or one
    /// mail, is in memory at a time, and no transaction is open meanwhile.
    ///
    /// # Errors
    /// An error of the store, or what `take` returns.
    pub(crate) fn person_folder(
        &self,
        found: &PersonFound,
        take: &mut FolderSink<'_>,
    ) -> Result<PersonFolder, Error> {
        let mut folder = PersonFolder::default();
        let (mut files, mut tickets) = (Vec::new(), Vec::new());
        self.each_history(&mut |history| {
            tickets.extend(history.first().map(|event| event.ticket));
            files.extend(person_files::files(history, &found.person));
        })?;
        for file in &files {
            self.put_file(file, &mut folder, take)?;
        }
        self.put_received(found, &tickets, &mut folder, take)?;
        self.put_sent(found, &mut folder, take)?;
        Ok(folder)
    }

    fn put_file(
        &self,
        PersonFile {
            ticket,
            file,
            direction,
        }: &PersonFile,
        folder: &mut PersonFolder,
        take: &mut FolderSink<'_>,
    ) -> Result<(), Error> {
        let is_there = ContentDigest::parse(&file.digest).is_some();
        let Some(direction) = direction.filter(|_| is_there) else {
            folder.left_out.push(LeftOut {
                ticket: *ticket,
                what: format!("file {}", file.number),
                reason: if is_there { LOOK_FIRST } else { GONE },
            });
            return Ok(());
        };
        let name = safe_name(&file.name);
        let path = format!("files/{}-{}-{name}", ticket.0, file.number);
        take(&path, &mut |sink| self.content(file, sink))?;
        folder.entries.push(FolderEntry {
            path,
            ticket: Some(*ticket),
            direction,
            name: file.name.clone(),
            media_type: file.media_type.clone(),
            size: file.size,
        });
        Ok(())
    }

    /// The mails that the person sent, as they were received. Of a ticket that the
    /// agent may not see, none is taken.
    fn put_received(
        &self,
        found: &PersonFound,
        tickets: &[TicketId],
        folder: &mut PersonFolder,
        take: &mut FolderSink<'_>,
    ) -> Result<(), Error> {
        let Some(txn) = self.read_everything()? else {
            return Ok(());
        };
        let mut mails = txn.mails_without_ticket()?;
        for ticket in tickets {
            mails.extend(txn.mails_of(*ticket)?);
        }
        drop(txn);
        let is_own = |mail: &IncomingMail| {
            let sender = mail.sender.as_deref();
            sender.is_some_and(|sender| person_files::is_address_of(&found.person, sender))
        };
        mails.retain(is_own);
        mails.sort_by_key(|mail| mail.id);
        for mail in mails {
            let raw = match self.read_everything()? {
                Some(txn) => txn.raw_mail(mail.id)?,
                None => None,
            };
            let Some(raw) = raw else {
                continue;
            };
            let path = format!("mails/received-{}.eml", mail.id.0);
            take(&path, &mut |sink| sink(&raw))?;
            folder.entries.push(FolderEntry {
                path,
                ticket: mail.ticket,
                direction: Direction::FromPerson,
                name: mail.subject.unwrap_or_default(),
                media_type: "message/rfc822".to_owned(),
                size: raw.len() as u64,
            });
        }
        Ok(())
    }

    /// The mails that the desk sent to the person, or was to send.
    fn put_sent(
        &self,
        found: &PersonFound,
        folder: &mut PersonFolder,
        take: &mut FolderSink<'_>,
    ) -> Result<(), Error> {
        let Some(mut txn) = self.read()? else {
            return Ok(());
        };
        let view = self.view(txn.as_ref())?.with_limited_data();
        txn.set_view(view);
        let mut entries = txn.outbox(OutboxQuery {
            ticket: None,
            finished: true,
        })?;
        drop(txn);
        entries.retain(|entry| person_files::is_address_of(&found.person, &entry.mail.recipient));
        for entry in entries {
            let ticket = entry.mail.ticket;
            if !person_files::is_about_its_recipient(entry.mail.kind) {
                folder.left_out.push(LeftOut {
                    ticket,
                    what: format!("mail {} of the outbox", entry.id),
                    reason: ABOUT_OTHERS,
                });
                continue;
            }
            let bytes = compose::compose(&entry.mail);
            let path = format!("mails/{}-{}.eml", entry.state, entry.id);
            take(&path, &mut |sink| sink(&bytes))?;
            folder.entries.push(FolderEntry {
                path,
                ticket: Some(ticket),
                direction: Direction::ToPerson,
                name: entry.mail.subject,
                media_type: "message/rfc822".to_owned(),
                size: bytes.len() as u64,
            });
        }
        Ok(())
    }
}
