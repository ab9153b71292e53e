//! The part of the transaction for mail that is sent, on any engine.

use super::super::StoreError;
use super::super::chain;
use super::super::port::{Outbox, Transaction};
use super::driver::{Executor, Row, Value};
use super::marks;
use super::outbox_statements as statements;
use super::transaction::SqlTransaction;
use crate::domain::Timestamp;
use crate::domain::event::TicketId;
use crate::domain::mail::incoming::MailId;
use crate::domain::mail::outgoing::{AfterAttempt, OutboxEntry, OutboxQuery, OutgoingMail};
use crate::domain::privacy::view::LIMITED;
use crate::domain::text::visible_nul;
use crate::domain::vocabulary::{NoticeKind, NoticeLanguage, OutboxState, UnknownWord};

/// The length of random tokens: Message-IDs and deliveries to hooks have one.
pub(crate) const TOKEN_LENGTH: usize = 16;

/// Erases what the mails about a ticket say.
pub(crate) fn erase_of_ticket(db: &Executor<'_>, ticket: TicketId) -> Result<(), StoreError> {
    db.execute(statements::ERASE_OF_TICKET, &[ticket.0.into()])
}

/// Erases the mails that name somebody by one of these texts.
pub(crate) fn erase_with_text(db: &Executor<'_>, texts: &[String]) -> Result<(), StoreError> {
    let texts: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
    let names = |row: &Row<'_>| -> Result<Option<i64>, StoreError> {
        let mut all = String::new();
        for column in [
            "recipient",
            "subject",
            "body",
            "headers",
            "calendar",
            "last_error",
        ] {
            all += row.maybe_str(column)?.unwrap_or_default();
            all.push('\n');
        }
        let all = all.to_lowercase();
        let found = texts.iter().any(|text| contains_as_word(&all, text));
        Ok(found.then_some(row.int("id")?))
    };
    let found = db.all(statements::TEXTS, &[], names)?;
    found
        .into_iter()
        .flatten()
        .try_for_each(|id| db.execute(statements::ERASE, &[id.into()]))
}

/// Whether a text contains another one that is not part of a longer word.
fn contains_as_word(all: &str, text: &str) -> bool {
    let is_part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !text.is_empty()
        && all.match_indices(text).any(|(at, _)| {
            let (before, after) = (&all[..at], &all[at + text.len()..]);
            !is_part(before.chars().next_back()) && !is_part(after.chars().next())
        })
}

fn entry(row: &Row<'_>) -> Result<OutboxEntry, StoreError> {
    let damaged = |fault: UnknownWord| StoreError::damaged(format!("a mail has an {fault}"));
    Ok(OutboxEntry {
        id: row.int("id")?,
        mail: OutgoingMail {
            ticket: TicketId(row.int("ticket")?),
            event: row.number("event")?,
            kind: NoticeKind::parse(row.str("kind")?).map_err(damaged)?,
            recipient: row.text("recipient")?,
            language: NoticeLanguage::parse(row.str("language")?).map_err(damaged)?,
            message_id: row.text("message_id")?,
            subject: row.text("subject")?,
            body: row.text("body")?,
            headers: headers(row.str("headers")?),
            calendar: row.maybe_text("calendar")?,
            bounce_to: row.maybe_text("bounce_to")?,
        },
        state: OutboxState::parse(row.str("state")?).map_err(damaged)?,
        queued: row.timestamp("queued_ms")?,
        attempts: row.number("attempts")?,
        not_before: row.timestamp("not_before")?,
        sent: row.maybe_timestamp("sent_ms")?,
        last_error: row.maybe_text("last_error")?,
        bounced: row.maybe_text("bounced")?,
    })
}

fn headers(lines: &str) -> Vec<(String, String)> {
    let parts = lines.lines().filter_map(|line| line.split_once(": "));
    let parts = parts.map(|(name, value)| (name.to_owned(), value.to_owned()));
    parts.collect()
}

fn header_lines(headers: &[(String, String)]) -> String {
    let one_line = |text: &str| text.replace(['\n', '\r'], " ");
    let lines = headers
        .iter()
        .map(|(name, value)| format!("{}: {}\n", one_line(name), one_line(value)));
    lines.collect()
}

/// An address as the function `lower` of a column writes it.
fn lower(address: &str) -> Value {
    address.to_ascii_lowercase().into()
}

/// A text as a column keeps it.
fn kept(text: &str) -> Value {
    visible_nul(text).into_owned().into()
}

impl SqlTransaction<'_> {
    /// An entry as the view shows it; `None` if it is about a hidden ticket.
    fn shown_entry(&self, mut entry: OutboxEntry) -> Result<Option<OutboxEntry>, StoreError> {
        if self.view.hides(entry.mail.ticket).is_some() {
            return Ok(None);
        }
        if self.limit_on(entry.mail.ticket)?.is_some() {
            entry.mail = OutgoingMail {
                recipient: LIMITED.to_owned(),
                subject: LIMITED.to_owned(),
                body: LIMITED.to_owned(),
                headers: Vec::new(),
                calendar: None,
                bounce_to: None,
                ..entry.mail
            };
            entry.last_error = None;
            entry.bounced = entry.bounced.map(|_| LIMITED.to_owned());
        }
        Ok(Some(entry))
    }

    fn changed(&self, sql: &str, values: &[Value]) -> Result<bool, StoreError> {
        Ok(self
            .beside_chain()
            .first(sql, values, |_| Ok(()))?
            .is_some())
    }
}

impl Outbox for SqlTransaction<'_> {
    fn mail_token(&mut self, ticket: TicketId, now: Timestamp) -> Result<String, StoreError> {
        Ok(chain::mail_token(self.own_key(now)?, ticket.0))
    }

    fn mail_store_id(&mut self, now: Timestamp) -> Result<String, StoreError> {
        let store = super::erasure::store_id(self.beside_chain())?;
        Ok(chain::mail_store_id(self.own_key(now)?, &store))
    }

    fn random_token(&self) -> Result<String, StoreError> {
        let mut random = [0; chain::LENGTH];
        chain::fill_random(&mut random)?;
        Ok(chain::base32(&random, TOKEN_LENGTH))
    }

    fn mail_thread(
        &self,
        ticket: TicketId,
        person: &str,
        cause: Option<MailId>,
    ) -> Result<Vec<String>, StoreError> {
        let cause = cause.map(|mail| mail.0);
        let values = [ticket.0.into(), lower(person), cause.into()];
        self.beside_chain()
            .all(statements::THREAD, &values, |row| row.text("message_id"))
    }

    fn holds_mail(&self) -> Result<bool, StoreError> {
        marks::is_copy(&self.executor)
    }

    fn queue_mail(
        &mut self,
        mail: &OutgoingMail,
        state: OutboxState,
        now: Timestamp,
    ) -> Result<i64, StoreError> {
        let values: [Value; 13] = [
            mail.ticket.0.into(),
            mail.event.into(),
            mail.kind.as_str().into(),
            mail.recipient.as_str().into(),
            mail.language.as_str().into(),
            mail.message_id.as_str().into(),
            kept(&mail.subject),
            kept(&mail.body),
            kept(&header_lines(&mail.headers)),
            mail.calendar.as_deref().map(kept).into(),
            mail.bounce_to.as_deref().into(),
            state.as_str().into(),
            now.into(),
        ];
        let id = self
            .beside_chain()
            .first(statements::ADD, &values, |row| row.int("id"))?;
        id.ok_or_else(|| StoreError::Failed {
            detail: "a mail was not queued".to_owned(),
        })
    }

    fn count_mail(
        &self,
        ticket: TicketId,
        recipient: &str,
        since: Timestamp,
    ) -> Result<u64, StoreError> {
        let values = [ticket.0.into(), lower(recipient), since.into()];
        let count = self
            .beside_chain()
            .first(statements::COUNT, &values, |row| row.number("mails"))?;
        Ok(count.unwrap_or(0))
    }

    fn outbox(&self, query: OutboxQuery) -> Result<Vec<OutboxEntry>, StoreError> {
        let statement = if query.finished {
            statements::ALL
        } else {
            statements::OPEN
        };
        let ticket: Value = query.ticket.map(|ticket| ticket.0).into();
        let all = self.beside_chain().all(statement, &[ticket], entry)?;
        let shown = all.into_iter().map(|entry| self.shown_entry(entry));
        shown.filter_map(Result::transpose).collect()
    }

    fn outbox_entry(&self, id: i64) -> Result<Option<OutboxEntry>, StoreError> {
        let found = self
            .beside_chain()
            .first(statements::ENTRY, &[id.into()], entry)?;
        match found {
            Some(entry) => self.shown_entry(entry),
            None => Ok(None),
        }
    }

    fn next_mail(&self, now: Timestamp) -> Result<Option<i64>, StoreError> {
        self.beside_chain()
            .first(statements::NEXT, &[now.into()], |row| row.int("id"))
    }

    fn oldest_mail(&self) -> Result<Option<Timestamp>, StoreError> {
        let oldest = self
            .beside_chain()
            .first(statements::OLDEST, &[], |row| row.maybe_timestamp("oldest"))?;
        Ok(oldest.flatten())
    }

    fn claim_mail(
        &mut self,
        id: i64,
        claimant: &str,
        lease_until: Timestamp,
    ) -> Result<Option<OutboxEntry>, StoreError> {
        let values = [id.into(), claimant.into(), lease_until.into()];
        self.beside_chain().first(statements::CLAIM, &values, entry)
    }

    fn begin_handing(
        &mut self,
        id: i64,
        claimant: &str,
        lease_until: Timestamp,
    ) -> Result<bool, StoreError> {
        let values = [id.into(), claimant.into(), lease_until.into()];
        self.changed(statements::BEGIN_HANDING, &values)
    }

    fn end_attempt(
        &mut self,
        id: i64,
        claimant: &str,
        after: &AfterAttempt,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let sent = (after.state == OutboxState::Sent).then_some(now);
        let values: [Value; 6] = [
            id.into(),
            claimant.into(),
            after.state.as_str().into(),
            after.not_before.into(),
            after.error.as_deref().map(kept).into(),
            sent.into(),
        ];
        self.changed(statements::END_ATTEMPT, &values)
    }

    fn abandoned_mail(&self, now: Timestamp) -> Result<Vec<OutboxEntry>, StoreError> {
        self.beside_chain()
            .all(statements::ABANDONED, &[now.into()], entry)
    }

    fn move_mail(
        &mut self,
        id: i64,
        from: OutboxState,
        after: &AfterAttempt,
    ) -> Result<bool, StoreError> {
        let values: [Value; 5] = [
            id.into(),
            from.as_str().into(),
            after.state.as_str().into(),
            after.not_before.into(),
            after.error.as_deref().map(kept).into(),
        ];
        self.changed(statements::MOVE, &values)
    }

    fn mark_bounced(
        &mut self,
        message_id: &str,
        recipient: Option<&str>,
        status: &str,
    ) -> Result<Option<OutboxEntry>, StoreError> {
        let recipient = recipient.map(lower).unwrap_or(Value::Null);
        let values = [message_id.into(), recipient, kept(status)];
        self.beside_chain()
            .first(statements::BOUNCED, &values, entry)
    }
}
