//! Hands over the mails of the outbox, after the commit of what they are about. The
//! state of each is committed before what it says can become untrue.

use super::Desk;
use super::recording::record;
use super::ticket_commands::load;
use crate::domain::decide::{self, Command};
use crate::domain::mail::handover::{MailTransport, Patience};
use crate::domain::mail::outgoing::{AfterAttempt, Attempt, LEASE, OutboxEntry, after_unknown};
use crate::domain::people::Actor;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::read_models::TicketUpdate;
use crate::domain::vocabulary::{Deliver, OutboxState};
use crate::error::Error;
use crate::store::Transaction;

/// What a round of sending came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SendReport {
    /// The mails after their attempts.
    pub(crate) tried: Vec<OutboxEntry>,
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
        // Whoever sends them may see only some.
        let tried = std::mem::take(&mut report.tried);
        if let Some(txn) = self.read()? {
            for entry in tried {
                report.tried.extend(txn.outbox_entry(entry.id)?);
            }
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
        self.write_everything(self.writer()?, |mut txn| {
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
        })
    }

    /// Hands over one mail, unless somebody else does, and returns it as it is
    /// afterwards.
    fn send(
        &self,
        number: i64,
        transport: &dyn MailTransport,
    ) -> Result<Option<OutboxEntry>, Error> {
        let lease = || self.instant() + LEASE;
        let (claimant, claimed) = self.write_everything(self.writer()?, |mut txn| {
            let claimant = txn.random_token()?;
            let claimed = txn.claim_mail(number, &claimant, lease())?;
            self.commit(txn)?;
            Ok((claimant, claimed))
        })?;
        let Some(mut entry) = claimed else {
            return Ok(None);
        };
        // Kept, as a closure cannot fail with it.
        let mut lost = None;
        let attempt = transport.hand_over(&entry.mail, &mut || {
            let begun = || -> Result<bool, Error> {
                self.write_everything(self.writer()?, |mut txn| {
                    let begun = txn.begin_handing(number, &claimant, lease())?;
                    self.commit(txn)?;
                    Ok(begun)
                })
            };
            begun().unwrap_or_else(|fault| {
                lost = Some(fault);
                false
            })
        });
        let attempt = match lost {
            Some(fault) => Attempt::Deferred(fault.to_string()),
            None => attempt,
        };
        let ended = self.write_everything(self.writer()?, |mut txn| {
            let policies = self.policies_in(txn.as_ref())?;
            let now = self.instant();
            let after = entry.after(attempt.clone(), now, policies.mail.unknown);
            if !txn.end_attempt(number, &claimant, &after, now)? {
                return Ok(None);
            }
            if after.state == OutboxState::Failed {
                self.note_failure(txn.as_mut(), &entry, &policies)?;
            }
            self.commit(txn)?;
            Ok(Some((after, now)))
        })?;
        let Some((after, now)) = ended else {
            return Ok(None);
        };
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
        let ctx = self.ctx_now(policies, Actor::Desk);
        if let Ok(events) = decide::decide(&ticket, Command::note(text), &ctx) {
            record(txn, ticket, events, policies)?;
        }
        Ok(())
    }
}
