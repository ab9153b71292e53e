//! Use cases of the outbox: mails are queued in the transaction of the events that
//! they are about. See `sending` for how they are handed over.

use super::Desk;
use crate::domain::Timestamp;
use crate::domain::event::Event;
use crate::domain::mail::identifiers::TicketToken;
use crate::domain::mail::notices::{Circumstances, Notice, notices};
use crate::domain::mail::outgoing::{AfterAttempt, CAPS, OutboxEntry, OutboxQuery, OutgoingMail};
use crate::domain::mail::rendering::{Identity, render};
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::read_models::QueuedMail;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::OutboxState;
use crate::error::Error;
use crate::store::{StoreError, Transaction};

/// Queues the mails that events come to; `ticket` is as it is after them.
pub(super) fn notify(
    txn: &mut dyn Transaction,
    events: &[Event],
    ticket: &Ticket,
    policies: &PolicyHistory,
    circumstances: Circumstances,
) -> Result<Vec<QueuedMail>, Error> {
    let mut queued = Vec::new();
    let Some(now) = events.last().map(|event| event.recorded) else {
        return Ok(queued);
    };
    for notice in notices(events, ticket, policies, circumstances) {
        let thread = txn.mail_thread(ticket.id, &notice.address, circumstances.cause)?;
        let mail = write(txn, &notice, ticket, policies, (thread, now))?;
        let state = if txn.holds_mail()? || is_over_a_cap(txn, &mail, now)? {
            OutboxState::Held
        } else {
            OutboxState::Queued
        };
        let number = txn.queue_mail(&mail, state, now)?;
        queued.push(QueuedMail {
            number,
            kind: mail.kind,
            recipient: mail.recipient,
            state,
            error: None,
        });
    }
    Ok(queued)
}

fn write(
    txn: &mut dyn Transaction,
    notice: &Notice,
    ticket: &Ticket,
    policies: &PolicyHistory,
    (thread, now): (Vec<String>, Timestamp),
) -> Result<OutgoingMail, StoreError> {
    let identity = Identity {
        ticket: TicketToken {
            ticket: notice.ticket,
            token: txn.mail_token(notice.ticket, now)?,
        },
        random: txn.random_token()?,
        store: txn.mail_store_id(now)?,
        thread,
    };
    Ok(render(notice, ticket, policies, &identity, now))
}

/// Whether so many mails went to the recipient that something must be wrong.
fn is_over_a_cap(
    txn: &dyn Transaction,
    mail: &OutgoingMail,
    now: Timestamp,
) -> Result<bool, StoreError> {
    for (within, most) in CAPS {
        if txn.count_mail(mail.ticket, &mail.recipient, now - within)? >= most {
            return Ok(true);
        }
    }
    Ok(false)
}

impl Desk<'_> {
    /// Returns the mails of the outbox.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn outbox(&self, query: OutboxQuery) -> Result<Vec<OutboxEntry>, Error> {
        match self.read()? {
            Some(txn) => Ok(txn.outbox(query)?),
            None => Ok(Vec::new()),
        }
    }

    /// Returns the mails that would be handed over now.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn due_mail(&self) -> Result<Vec<OutboxEntry>, Error> {
        let now = self.instant();
        let mut all = self.outbox(OutboxQuery::default())?;
        all.retain(|entry| entry.state == OutboxState::Queued && entry.not_before <= now);
        Ok(all)
    }

    /// Returns one mail of the outbox.
    ///
    /// # Errors
    /// [`Error::Usage`] if there is none.
    pub(crate) fn outbox_entry(&self, number: i64) -> Result<OutboxEntry, Error> {
        let found = match self.read()? {
            Some(txn) => txn.outbox_entry(number)?,
            None => None,
        };
        found.ok_or_else(|| no_mail(number))
    }

    /// Queues a mail again, whatever became of it.
    ///
    /// # Errors
    /// [`Error::Usage`] if there is no such mail, or it was sent or cancelled.
    pub(crate) fn retry_mail(&self, number: i64) -> Result<OutboxEntry, Error> {
        self.move_mail(number, OutboxState::Queued, "retry")
    }

    /// Cancels a mail that was not sent.
    ///
    /// # Errors
    /// As [`Self::retry_mail`].
    pub(crate) fn drop_mail(&self, number: i64) -> Result<OutboxEntry, Error> {
        self.move_mail(number, OutboxState::Cancelled, "drop")
    }

    fn move_mail(&self, number: i64, to: OutboxState, verb: &str) -> Result<OutboxEntry, Error> {
        // Names who does it, as every write.
        self.agent()?;
        self.write(self.writer()?, |mut txn, _| {
            let entry = txn.outbox_entry(number)?.ok_or_else(|| no_mail(number))?;
            match entry.state {
                OutboxState::Queued
                | OutboxState::Failed
                | OutboxState::Unknown
                | OutboxState::Held => {}
                OutboxState::Claimed
                | OutboxState::Handing
                | OutboxState::Sent
                | OutboxState::Cancelled => {
                    let state = entry.state;
                    return Err(Error::usage(
                        format!("mail {number} is {state}, so it cannot be changed"),
                        format!("see it with: desk outbox show {number}"),
                    ));
                }
            }
            if entry.mail.recipient.is_empty() {
                return Err(Error::usage(
                    format!("mail {number} was erased, so there is nothing to {verb}"),
                    "list the others with: desk outbox",
                ));
            }
            let after = AfterAttempt {
                state: to,
                not_before: self.instant(),
                error: None,
            };
            if !txn.move_mail(number, entry.state, &after)? {
                return Err(no_mail(number));
            }
            self.commit(txn)
        })?;
        self.outbox_entry(number)
    }
}

fn no_mail(number: i64) -> Error {
    Error::usage(
        format!("there is no mail {number} in the outbox"),
        "list them with: desk outbox --all",
    )
}
