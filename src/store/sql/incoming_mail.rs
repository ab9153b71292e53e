//! The tables of received mail: a row for each, its bytes in chunks, and its
//! Message-IDs.

use super::super::StoreError;
use super::super::chain;
use super::super::port::IncomingMails;
use super::driver::{Executor, Row, Value};
use super::transaction::SqlTransaction;
use super::{erasure, mail_statements as statements};
use crate::domain::Timestamp;
use crate::domain::event::TicketId;
use crate::domain::mail::incoming::{AddedMail, IncomingMail, KnownMessage, MailId, Undeliverable};
use crate::domain::text::visible_nul;
use crate::domain::vocabulary::MailState;

/// How many bytes a chunk has.
pub(crate) const CHUNK: usize = 256 * 1024;

/// The digest by which the same mail is recognized. The line that a mail system
/// writes before the headers names the delivery, not the mail.
pub(crate) fn digest(raw: &[u8]) -> [u8; 32] {
    let envelope = raw.starts_with(b"From ").then(|| {
        let end = raw.iter().position(|byte| *byte == b'\n');
        end.map_or(raw.len(), |end| end + 1)
    });
    chain::mail_digest(&raw[envelope.unwrap_or(0)..])
}

/// The bytes of a mail.
pub(crate) fn raw(db: &Executor<'_>, id: MailId) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::new();
    for chunk in db.all(statements::CHUNKS, &[id.0.into()], |row| row.blob("bytes"))? {
        bytes.extend(chunk);
    }
    Ok(bytes)
}

/// Erases a mail: its bytes, and what its row says of people.
pub(crate) fn erase(db: &Executor<'_>, id: MailId) -> Result<(), StoreError> {
    for statement in [
        statements::DELETE_CHUNKS,
        statements::DELETE_MESSAGE_IDS,
        statements::DELETE_REFERENCES,
        statements::ERASE,
    ] {
        db.execute(statement, &[id.0.into()])?;
    }
    Ok(())
}

/// Erases every mail that went to a ticket.
pub(crate) fn erase_all_of(db: &Executor<'_>, ticket: TicketId) -> Result<(), StoreError> {
    let mails = list(db, statements::OF_TICKET, &[ticket.0.into()])?;
    mails.iter().try_for_each(|mail| erase(db, mail.id))
}

fn list(db: &Executor<'_>, rest: &str, values: &[Value]) -> Result<Vec<IncomingMail>, StoreError> {
    db.all(&statements::select(rest), values, read)
}

fn read(row: &Row<'_>) -> Result<IncomingMail, StoreError> {
    let state = row.str("state")?;
    let state = MailState::parse(state)
        .map_err(|_| StoreError::damaged(format!("'{state}' is not the state of a mail")))?;
    Ok(IncomingMail {
        id: MailId(row.int("id")?),
        received: row.timestamp("received_ms")?,
        state,
        size: row.number("size")?,
        erased: row.flag("erased")?,
        attempts: row.number("attempts")?,
        tried: row.maybe_timestamp("tried_ms")?,
        ticket: row.maybe_int("ticket")?.map(TicketId),
        sender: row.maybe_text("sender")?,
        subject: row.maybe_text("subject")?,
        language: row.maybe_text("language")?,
        reason: row.maybe_text("reason")?,
    })
}

fn size(bytes: &[u8]) -> Result<i64, StoreError> {
    i64::try_from(bytes.len()).map_err(|_| StoreError::Failed {
        detail: "a mail is too large".to_owned(),
    })
}

/// A text as a column keeps it.
fn kept(text: Option<&String>) -> Value {
    text.map(|text| visible_nul(text).into_owned()).into()
}

impl IncomingMails for SqlTransaction<'_> {
    fn add_mail(&mut self, raw: &[u8], received: Timestamp) -> Result<AddedMail, StoreError> {
        let digest = digest(raw);
        let same = list(
            self.beside_chain(),
            statements::BY_DIGEST,
            &[digest.as_slice().into()],
        )?;
        if let Some(mail) = same.into_iter().next() {
            return Ok(AddedMail { mail, known: true });
        }
        let values = [received.into(), size(raw)?.into(), digest.as_slice().into()];
        let id = self
            .beside_chain()
            .first(statements::ADD, &values, |row| row.int("id"))?;
        let id = id.ok_or_else(|| StoreError::Failed {
            detail: "a mail was not added".to_owned(),
        })?;
        for (n, chunk) in (0_u32..).zip(raw.chunks(CHUNK)) {
            let values = [id.into(), n.into(), chunk.into()];
            self.beside_chain()
                .execute(statements::ADD_CHUNK, &values)?;
        }
        let mail = self.mail(MailId(id))?;
        let mail = mail.ok_or_else(|| StoreError::damaged("a mail that was added is missing"))?;
        Ok(AddedMail { mail, known: false })
    }

    fn mail(&self, id: MailId) -> Result<Option<IncomingMail>, StoreError> {
        Ok(list(self.beside_chain(), statements::BY_ID, &[id.0.into()])?.pop())
    }

    fn raw_mail(&self, id: MailId) -> Result<Option<Vec<u8>>, StoreError> {
        match self.mail(id)? {
            Some(mail) if !mail.erased => raw(self.beside_chain(), id).map(Some),
            Some(_) | None => Ok(None),
        }
    }

    fn received_mails(&self) -> Result<Vec<IncomingMail>, StoreError> {
        list(self.beside_chain(), statements::RECEIVED, &[])
    }

    fn quarantined_mails(&self) -> Result<Vec<IncomingMail>, StoreError> {
        list(self.beside_chain(), statements::QUARANTINED, &[])
    }

    fn mails_of(&self, ticket: TicketId) -> Result<Vec<IncomingMail>, StoreError> {
        list(
            self.beside_chain(),
            statements::OF_TICKET,
            &[ticket.0.into()],
        )
    }

    fn mails_without_ticket(&self) -> Result<Vec<IncomingMail>, StoreError> {
        list(self.beside_chain(), statements::WITHOUT_TICKET, &[])
    }

    fn mail_tickets(&self) -> Result<Vec<TicketId>, StoreError> {
        self.beside_chain().all(statements::TICKETS, &[], |row| {
            row.int("ticket").map(TicketId)
        })
    }

    fn count_quarantined(&self) -> Result<u64, StoreError> {
        let count = self
            .beside_chain()
            .first(statements::COUNT_QUARANTINED, &[], |row| {
                row.number("mails")
            })?;
        Ok(count.unwrap_or(0))
    }

    fn last_mail(&self) -> Result<Option<Timestamp>, StoreError> {
        let last = self
            .beside_chain()
            .first(statements::LAST_RECEIVED, &[], |row| {
                row.maybe_timestamp("last_ms")
            })?;
        Ok(last.flatten())
    }

    fn update_mail(&mut self, mail: &IncomingMail) -> Result<(), StoreError> {
        let values = [
            mail.id.0.into(),
            mail.state.as_str().into(),
            mail.attempts.into(),
            mail.tried.into(),
            mail.ticket.map(|ticket| ticket.0).into(),
            kept(mail.sender.as_ref()),
            kept(mail.subject.as_ref()),
            kept(mail.language.as_ref()),
            kept(mail.reason.as_ref()),
        ];
        self.beside_chain().execute(statements::UPDATE, &values)
    }

    fn add_message_ids(
        &mut self,
        mail: MailId,
        ids: &[String],
        says: &[&[u8]],
    ) -> Result<(), StoreError> {
        let body = chain::message_digest(says);
        for id in ids {
            let values = [kept(Some(id)), mail.0.into(), body.as_slice().into()];
            self.beside_chain()
                .execute(statements::ADD_MESSAGE_ID, &values)?;
        }
        Ok(())
    }

    fn add_references(&mut self, mail: MailId, ids: &[&str]) -> Result<(), StoreError> {
        for id in ids {
            let id = visible_nul(id).into_owned();
            let values = [id.into(), mail.0.into()];
            self.beside_chain()
                .execute(statements::ADD_REFERENCE, &values)?;
        }
        Ok(())
    }

    fn tickets_referring_to(&self, message_id: &str) -> Result<Vec<TicketId>, StoreError> {
        let id = visible_nul(message_id).into_owned();
        self.beside_chain()
            .all(statements::REFERRING, &[id.into()], |row| {
                Ok(TicketId(row.int("ticket")?))
            })
    }

    fn messages_with_id(
        &self,
        message_id: &str,
        says: &[&[u8]],
    ) -> Result<Vec<KnownMessage>, StoreError> {
        let body = chain::message_digest(says);
        let id = visible_nul(message_id).into_owned();
        self.beside_chain()
            .all(statements::BY_MESSAGE_ID, &[id.into()], |row| {
                Ok(KnownMessage {
                    mail: MailId(row.int("mail")?),
                    same_body: row.blob("body")? == body,
                    ticket: row.maybe_int("ticket")?.map(TicketId),
                })
            })
    }

    fn erase_mail(&mut self, id: MailId) -> Result<(), StoreError> {
        erase(self.beside_chain(), id)?;
        erasure::require_scrub(self.beside_chain())
    }

    fn put_undeliverable(
        &mut self,
        address: &str,
        about: &Undeliverable,
    ) -> Result<(), StoreError> {
        let values = [
            address_key(address),
            about.since.into(),
            kept(about.reason.as_ref()),
        ];
        self.beside_chain()
            .execute(statements::PUT_UNDELIVERABLE, &values)
    }

    fn undeliverable(&self, address: &str) -> Result<Option<Undeliverable>, StoreError> {
        let read = |row: &Row<'_>| {
            Ok(Undeliverable {
                since: row.timestamp("since_ms")?,
                reason: row.maybe_text("reason")?,
            })
        };
        self.beside_chain()
            .first(statements::UNDELIVERABLE, &[address_key(address)], read)
    }

    fn clear_undeliverable(&mut self, address: &str) -> Result<(), StoreError> {
        self.beside_chain()
            .execute(statements::DELETE_UNDELIVERABLE, &[address_key(address)])
    }
}

/// An address as it is looked up, in any letter case.
fn address_key(address: &str) -> Value {
    address.trim().to_lowercase().as_str().into()
}
