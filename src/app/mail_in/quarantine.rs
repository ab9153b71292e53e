//! Mails that somebody must look at, and the state of the channel.

use std::cell::RefCell;

use super::facts::{self, SenderFacts};
use super::reading;
use super::understand::{Incoming, Outcome, describe};
use super::{MailOutcome, conversation, new_ticket};
use crate::app::Desk;
use crate::domain::decide::NewTicket;
use crate::domain::mail::incoming::{IncomingMail, MailChannel, MailId};
use crate::domain::mail::notices::Circumstances;
use crate::domain::mail::routing::{self, Destination};
use crate::domain::vocabulary::{Channel, MailState};
use crate::error::Error;

impl Desk<'_> {
    /// Returns the mails that somebody must look at, the oldest first.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn quarantined_mails(&self) -> Result<Vec<IncomingMail>, Error> {
        match self.read()? {
            Some(txn) => Ok(txn.quarantined_mails()?),
            None => Ok(Vec::new()),
        }
    }

    /// Returns a mail as it was received.
    ///
    /// # Errors
    /// If there is none, its bytes were erased, or its ticket is not shown to the
    /// agent.
    pub(crate) fn raw_mail(&self, id: MailId) -> Result<Vec<u8>, Error> {
        let txn = self.read()?.ok_or_else(|| self.missing())?;
        let mail = txn.mail(id)?.ok_or_else(|| no_mail(id))?;
        if let Some(ticket) = mail.ticket {
            // Whoever may not see the ticket does not see its mail either.
            txn.history(ticket)?;
            if txn.limit_on(ticket)?.is_some() {
                return Err(Error::usage(
                    format!("the data of the requester of {ticket} are limited"),
                    format!(
                        "see its texts with: desk show {} --limited REASON",
                        ticket.0
                    ),
                ));
            }
        }
        txn.raw_mail(id)?.ok_or_else(|| {
            Error::usage(
                format!("the text of {id} was erased"),
                "see what is left with: desk show ID",
            )
        })
    }

    /// Lets a quarantined mail in: to the ticket that it names, or as a new one.
    ///
    /// # Errors
    /// If it is not quarantined, or a rule refuses it.
    pub(crate) fn accept_mail(&self, id: MailId) -> Result<MailOutcome, Error> {
        let agent = self.agent()?;
        self.check_quarantined(id)?;
        let raw = match self.read_everything()? {
            Some(txn) => txn.raw_mail(id)?.unwrap_or_default(),
            None => Vec::new(),
        };
        let message = reading::read(&raw);
        self.process_mail(id, MailState::Quarantined, |txn, mail, policies, now| {
            self.acting(policies)?;
            let reason = format!("accepted by {agent}");
            let message = match &message {
                Ok(message) => message,
                Err(over) => {
                    let new = NewTicket {
                        description: Some(format!(
                            "{}; see it with: desk mail --raw {}",
                            over.0, id.0
                        )),
                        channel: Channel::Email,
                        ..NewTicket::titled(format!("{id}, which could not be read"))
                    };
                    let ctx = self.ctx_now(policies, self.acting(policies)?);
                    let update =
                        crate::app::alarms::open_in(txn, new, &ctx, Circumstances::default())?;
                    return Ok(Outcome::updated(update).because(reason));
                }
            };
            let from = SenderFacts::of(message, &policies.current);
            let mut facts = facts::of(txn, mail, message, &from, &policies.current)?;
            describe(mail, message, &from, policies);
            let incoming = Incoming {
                mail,
                message,
                from: &from,
                now,
                policies,
                queued: RefCell::default(),
            };
            // Somebody has looked at what the rules of machines hold back.
            facts.automatic = None;
            facts.monitoring = false;
            facts.from_desk = false;
            facts.own_id = false;
            facts.same_as = None;
            let destination = routing::route(message, &facts);
            let outcome = match destination {
                Destination::Message { ticket, by: _ } => {
                    conversation::take(txn, &incoming, ticket)?
                }
                Destination::New { may_belong_to } => {
                    new_ticket::open(txn, &incoming, may_belong_to)?
                }
                Destination::DeliveryReport(_)
                | Destination::Automatic { .. }
                | Destination::Alarm
                | Destination::OwnMail
                | Destination::Quarantine(_)
                | Destination::Seen(_) => new_ticket::open(txn, &incoming, None)?,
            };
            let outcome = outcome.with_mails(incoming.queued.take());
            Ok(match outcome.state {
                MailState::Done => outcome.because(reason),
                MailState::Received
                | MailState::Quarantined
                | MailState::Dropped
                | MailState::Seen => outcome,
            })
        })
    }

    /// Drops a quarantined mail, and erases what it says.
    ///
    /// # Errors
    /// If it is not quarantined.
    pub(crate) fn drop_received(&self, id: MailId) -> Result<MailOutcome, Error> {
        let agent = self.agent()?;
        self.check_quarantined(id)?;
        let outcome = self.process_mail(id, MailState::Quarantined, |txn, mail, policies, _| {
            self.acting(policies)?;
            txn.erase_mail(id)?;
            (mail.sender, mail.subject, mail.language) = (None, None, None);
            mail.erased = true;
            Ok(Outcome {
                state: MailState::Dropped,
                ..Outcome::without_effect(Some(format!("dropped by {agent}")))
            })
        })?;
        // If a reader is in its way, the next sweep does it.
        let _ = self.scrub();
        Ok(outcome)
    }

    fn check_quarantined(&self, id: MailId) -> Result<(), Error> {
        let txn = self.read()?.ok_or_else(|| self.missing())?;
        let mail = txn.mail(id)?.ok_or_else(|| no_mail(id))?;
        match mail.state {
            MailState::Quarantined => Ok(()),
            MailState::Received | MailState::Done | MailState::Dropped | MailState::Seen => {
                Err(Error::usage(
                    format!("{id} is not in the quarantine, but {}", mail.state),
                    "list what is with: desk mail --quarantine",
                ))
            }
        }
    }

    /// Returns the state of the channel.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn mail_channel(&self) -> Result<MailChannel, Error> {
        match self.read_everything()? {
            Some(txn) => Ok(MailChannel {
                last: txn.last_mail()?,
                quarantined: txn.count_quarantined()?,
                oldest_queued: txn.oldest_mail()?,
            }),
            None => Ok(MailChannel::default()),
        }
    }
}

fn no_mail(id: MailId) -> Error {
    Error::usage(
        format!("there is no {id}"),
        "list the mails that wait with: desk mail --quarantine",
    )
}
