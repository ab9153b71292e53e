//! Mail that comes in. A message is stored as it was received before anything
//! else; understanding it is a second transaction, which can be tried again.

mod agents;
mod alarm;
mod answers;
mod conversation;
mod delivery_report;
mod facts;
mod files;
mod invitations;
mod new_ticket;
mod personal;
mod quarantine;
mod reading;
mod understand;

use chrono::TimeDelta;

use super::Desk;
use crate::domain::Timestamp;
use crate::domain::mail::incoming::{IncomingMail, MailId};
use crate::domain::read_models::TicketUpdate;
use crate::domain::vocabulary::MailState;
use crate::error::Error;
use crate::store::{Store, StoreError};

pub(super) use personal::{erase_without_ticket, pieces_without_ticket};

/// How often a mail is tried before somebody must look at it.
const ATTEMPTS: u32 = 2;

/// How long the last attempt may still be going on in another process.
const ATTEMPT_LASTS: TimeDelta = TimeDelta::minutes(1);

/// What became of a mail.
#[derive(Debug)]
pub(crate) struct MailOutcome {
    pub(crate) mail: IncomingMail,
    /// What it did to a ticket.
    pub(crate) update: Option<TicketUpdate>,
    /// Whether the same mail was there before.
    pub(crate) known: bool,
    /// Why it was not understood yet; it is stored all the same.
    pub(crate) fault: Option<Error>,
}

impl MailOutcome {
    fn of(mail: IncomingMail) -> Self {
        Self {
            mail,
            update: None,
            known: false,
            fault: None,
        }
    }
}

impl Desk<'_> {
    /// Stores a message and does what it asks for. Once it is stored, failing to
    /// understand it is not an error.
    ///
    /// # Errors
    /// If it could not be stored, or the policy cannot be read.
    pub(crate) fn receive_mail(&self, raw: &[u8]) -> Result<MailOutcome, Error> {
        // By its rules the mail will be understood.
        self.policies()?;
        let (mail, known) = self.store_mail(raw)?;
        if mail.state != MailState::Received {
            return Ok(MailOutcome {
                known,
                ..MailOutcome::of(mail)
            });
        }
        let outcome = match known {
            true => self.resume_mail(&mail)?,
            false => self.try_mail(mail),
        };
        Ok(MailOutcome { known, ..outcome })
    }

    /// Stores a message as it was received, as the first attempt to understand it
    /// begins. Returns whether it was there before.
    ///
    /// # Errors
    /// Any error of the store, and one if there is none: mail creates no store.
    pub(crate) fn store_mail(&self, raw: &[u8]) -> Result<(IncomingMail, bool), Error> {
        self.write_everything(self.mail_store()?, |mut txn| {
            let now = self.instant();
            let added = txn.add_mail(raw, now)?;
            let mut mail = added.mail;
            if !added.known {
                mail.attempts = 1;
                mail.tried = Some(now);
                txn.update_mail(&mail)?;
                self.commit(txn)?;
            }
            Ok((mail, added.known))
        })
    }

    /// Returns the store to write mail to, which mail does not create.
    fn mail_store(&self) -> Result<&dyn Store, Error> {
        if self.provider.exists() {
            self.writer()
        } else {
            Err(self.missing().into())
        }
    }

    /// Tries again to understand every mail that is only stored, and passes each
    /// to `take` after its commit.
    ///
    /// # Errors
    /// Any error of the store, or what `take` returns.
    pub(crate) fn resume_mails(
        &self,
        take: &mut dyn FnMut(MailOutcome) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let waiting = match self.read_everything()? {
            Some(txn) => txn.received_mails()?,
            None => Vec::new(),
        };
        waiting
            .iter()
            .try_for_each(|mail| take(self.resume_mail(mail)?))
    }

    /// Tries again to understand a mail, or leaves it to somebody after too many
    /// attempts.
    fn resume_mail(&self, mail: &IncomingMail) -> Result<MailOutcome, Error> {
        let (mail, begun) = self.begin_attempt(mail)?;
        Ok(match begun {
            true => self.try_mail(mail),
            false => MailOutcome::of(mail),
        })
    }

    /// Counts an attempt to understand a mail. Returns the mail, and whether it is
    /// to be tried.
    fn begin_attempt(&self, mail: &IncomingMail) -> Result<(IncomingMail, bool), Error> {
        self.write_everything(self.mail_store()?, |mut txn| {
            let now = self.instant();
            let Some(mut mail) = txn.mail(mail.id)? else {
                return Ok((mail.clone(), false));
            };
            let begins = mail.attempts < ATTEMPTS;
            if mail.state != MailState::Received || (!begins && is_going_on(&mail, now)) {
                return Ok((mail, false));
            }
            if begins {
                mail.attempts += 1;
                mail.tried = Some(now);
            } else {
                hold(&mut mail);
            }
            txn.update_mail(&mail)?;
            self.commit(txn)?;
            Ok((mail, begins))
        })
    }

    /// Tries to understand a stored mail whose attempt was counted.
    fn try_mail(&self, mail: IncomingMail) -> MailOutcome {
        match self.understand_mail(mail.id) {
            Ok(outcome) => outcome,
            Err(fault) => {
                let mail = self.keep_failure(mail.id, &fault).unwrap_or(mail);
                MailOutcome {
                    fault: Some(fault),
                    ..MailOutcome::of(mail)
                }
            }
        }
    }

    /// Keeps why a mail was not understood. What fails because of the store is not
    /// the fault of the mail, and does not count.
    fn keep_failure(&self, id: MailId, fault: &Error) -> Result<IncomingMail, Error> {
        self.write_everything(self.mail_store()?, |mut txn| {
            let missing = || StoreError::damaged(format!("{id} is missing"));
            let mut mail = txn.mail(id)?.ok_or_else(missing)?;
            if mail.state != MailState::Received {
                return Ok(mail);
            }
            mail.reason = Some(fault.to_string());
            if is_of_the_store(fault) {
                mail.attempts = mail.attempts.saturating_sub(1);
            } else if mail.attempts >= ATTEMPTS {
                hold(&mut mail);
            }
            txn.update_mail(&mail)?;
            self.commit(txn)?;
            Ok(mail)
        })
    }
}

/// Leaves a mail to somebody, who sees why.
fn hold(mail: &mut IncomingMail) {
    mail.state = MailState::Quarantined;
    let tried = format!("it could not be understood {} times", mail.attempts);
    mail.reason = Some(match mail.reason.take() {
        Some(reason) => format!("{tried}: {reason}"),
        None => tried,
    });
}

/// Whether the last attempt may still be going on.
fn is_going_on(mail: &IncomingMail, now: Timestamp) -> bool {
    mail.tried
        .is_some_and(|tried| now.signed_duration_since(tried) < ATTEMPT_LASTS && tried <= now)
}

/// Whether trying later can succeed without any change.
fn is_of_the_store(fault: &Error) -> bool {
    matches!(fault, Error::Store(fault) if !matches!(fault, StoreError::Damaged { .. }))
}
