//! Use cases of the outbox: mails are queued in the transaction of the events that
//! they are about, and handed over after its commit.

use chrono::TimeDelta;

use super::Desk;
use super::ticket_commands::load;
use crate::domain::Timestamp;
use crate::domain::decide::{self, Command};
use crate::domain::event::{Correction, Event, Note};
use crate::domain::mail::handover::{MailTransport, Patience};
use crate::domain::mail::identifiers::TicketToken;
use crate::domain::mail::notices::{Circumstances, Notice, notices};
use crate::domain::mail::outgoing::{
    AfterAttempt, Attempt, CAPS, LEASE, OutboxEntry, OutboxQuery, OutgoingMail, after_unknown,
};
use crate::domain::mail::rendering::{Identity, render};
use crate::domain::people::Actor;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::read_models::{QueuedMail, TicketUpdate};
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{Deliver, OutboxState};
use crate::error::Error;
use crate::store::{AccessMode, StoreError, Transaction};

/// What a round of sending came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SendReport {
    /// The mails after their attempts.
    pub(crate) tried: Vec<OutboxEntry>,
}

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
        let state = if is_over_a_cap(txn, &mail, now)? {
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
    /// Commits a transaction, and hands over at once what it queued, if that is
    /// set up. What cannot be handed over stays queued.
    pub(super) fn commit_update(
        &self,
        txn: Box<dyn Transaction + '_>,
        update: &mut TicketUpdate,
    ) -> Result<(), Error> {
        self.commit(txn)?;
        let now = matches!(self.known_policies().mail.deliver, Deliver::Now);
        let has_some = update
            .mails
            .iter()
            .any(|mail| mail.state == OutboxState::Queued);
        if !(now && has_some) {
            return Ok(());
        }
        let Some(transport) = self.transport else {
            for mail in &mut update.mails {
                mail.error = Some("no mail transport configured".to_owned());
            }
            return Ok(());
        };
        let transport = transport(Patience::Foreground);
        for mail in &mut update.mails {
            if mail.state != OutboxState::Queued || transport.is_out_of_time() {
                continue;
            }
            // The command is done, whatever becomes of its mail.
            match self.send(mail.number, transport.as_ref()) {
                Ok(Some(entry)) => {
                    mail.state = entry.state;
                    mail.error = entry.last_error;
                }
                Ok(None) => {}
                Err(fault) => mail.error = Some(fault.to_string()),
            }
        }
        Ok(())
    }

    /// Hands over everything that is due.
    ///
    /// # Errors
    /// Any error of the store. What was handed over before is on record.
    pub(crate) fn send_due(&self) -> Result<SendReport, Error> {
        let mut report = SendReport::default();
        let Some(transport) = self.transport else {
            return Ok(report);
        };
        if !self.has_due_mail()? {
            return Ok(report);
        }
        self.recover_abandoned()?;
        let transport = transport(Patience::Background);
        while let Some(number) = self.next_mail()? {
            report.tried.extend(self.send(number, transport.as_ref())?);
        }
        Ok(report)
    }

    /// Whether anything is to be handed over, or was abandoned: without the write
    /// lock.
    fn has_due_mail(&self) -> Result<bool, Error> {
        let now = self.instant();
        match self.read_everything()? {
            Some(txn) => Ok(txn.next_mail(now)?.is_some() || !txn.abandoned_mail(now)?.is_empty()),
            None => Ok(false),
        }
    }

    fn next_mail(&self) -> Result<Option<i64>, Error> {
        match self.read_everything()? {
            Some(txn) => Ok(txn.next_mail(self.instant())?),
            None => Ok(None),
        }
    }

    /// Takes back what was claimed by processes that are dead by now.
    fn recover_abandoned(&self) -> Result<(), Error> {
        let mut txn = self.writer()?.begin(AccessMode::Write)?;
        let now = self.instant();
        let unknown = self.policies_in(txn.as_ref())?.mail.unknown;
        for entry in txn.abandoned_mail(now)? {
            let (state, error) = match entry.state {
                OutboxState::Handing => (
                    after_unknown(entry.mail.kind, unknown),
                    Some("the process ended while it handed the mail over".to_owned()),
                ),
                OutboxState::Queued
                | OutboxState::Claimed
                | OutboxState::Sent
                | OutboxState::Failed
                | OutboxState::Unknown
                | OutboxState::Held
                | OutboxState::Cancelled => (OutboxState::Queued, None),
            };
            let after = AfterAttempt {
                state,
                not_before: now,
                error,
            };
            txn.move_mail(entry.id, entry.state, &after)?;
        }
        self.commit(txn)
    }

    /// Hands over one mail, unless somebody else does, and returns it as it is
    /// afterwards.
    fn send(
        &self,
        number: i64,
        transport: &dyn MailTransport,
    ) -> Result<Option<OutboxEntry>, Error> {
        let lease = || self.instant() + LEASE;
        let mut txn = self.writer()?.begin(AccessMode::Write)?;
        let claimant = txn.random_token()?;
        let claimed = txn.claim_mail(number, &claimant, lease())?;
        self.commit(txn)?;
        let Some(mut entry) = claimed else {
            return Ok(None);
        };
        // Kept, as a closure cannot fail with it.
        let mut lost = None;
        let attempt = transport.hand_over(&entry.mail, &mut || {
            let begun = || -> Result<bool, Error> {
                let mut txn = self.writer()?.begin(AccessMode::Write)?;
                let begun = txn.begin_handing(number, &claimant, lease())?;
                self.commit(txn)?;
                Ok(begun)
            };
            begun().unwrap_or_else(|fault| {
                lost = Some(fault);
                false
            })
        });
        let mut txn = self.writer()?.begin(AccessMode::Write)?;
        let policies = self.policies_in(txn.as_ref())?;
        let now = self.instant();
        let attempt = match lost {
            Some(fault) => Attempt::Deferred(fault.to_string()),
            None => attempt,
        };
        let after = entry.after(attempt, now, policies.mail.unknown);
        if !txn.end_attempt(number, &claimant, &after, now)? {
            return Ok(None);
        }
        if after.state == OutboxState::Failed {
            self.note_failure(txn.as_mut(), &entry, &policies)?;
        }
        self.commit(txn)?;
        entry.sent = (after.state == OutboxState::Sent).then_some(now);
        entry.state = after.state;
        entry.not_before = after.not_before;
        entry.last_error = after.error;
        Ok(Some(entry))
    }

    /// Notes on the ticket that a mail could not be delivered. A ticket that takes
    /// no notes any more is shown as undelivered all the same.
    fn note_failure(
        &self,
        txn: &mut dyn Transaction,
        entry: &OutboxEntry,
        policies: &PolicyHistory,
    ) -> Result<(), Error> {
        let ticket = load(txn, entry.mail.ticket)?;
        let (number, kind, to) = (entry.id, entry.mail.kind, &entry.mail.recipient);
        let text = format!("mail {number} ({kind}) to {to} could not be delivered");
        let command = Command::Log {
            note: Note {
                text: Some(text),
                ..Note::default()
            },
            correction: Correction::default(),
        };
        let ctx = self.ctx_now(policies, Actor::Desk);
        if let Ok(events) = decide::decide(&ticket, command, &ctx) {
            super::recording::record(txn, ticket, events, policies)?;
        }
        Ok(())
    }

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
        (self.actor)()?;
        let (mut txn, _) = self.write(self.writer()?)?;
        let mut entry = txn.outbox_entry(number)?.ok_or_else(|| no_mail(number))?;
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
        self.commit(txn)?;
        entry.state = to;
        entry.not_before = after.not_before;
        Ok(entry)
    }

    /// Returns how old the oldest mail is that waits to be handed over, or for
    /// somebody to decide.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn outbox_age(&self) -> Result<TimeDelta, Error> {
        let oldest = match self.read_everything()? {
            Some(txn) => txn.oldest_mail()?,
            None => None,
        };
        let age = oldest.map(|oldest| self.instant().signed_duration_since(oldest));
        Ok(age.unwrap_or_default().max(TimeDelta::zero()))
    }

    /// Keeps what a delivery report says of a mail of the outbox.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn mark_bounced(
        txn: &mut dyn Transaction,
        message_id: &str,
        recipient: Option<&str>,
        status: &str,
    ) -> Result<Option<OutboxEntry>, Error> {
        Ok(txn.mark_bounced(message_id, recipient, status)?)
    }
}

fn no_mail(number: i64) -> Error {
    Error::usage(
        format!("there is no mail {number} in the outbox"),
        "list them with: desk outbox --all",
    )
}
