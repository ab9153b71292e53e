//! Understanding a stored mail: reading it, finding out where it goes, and doing
//! that, in one transaction.

use std::cell::RefCell;

use super::facts::{self, SenderFacts};
use super::reading;
use super::{MailOutcome, alarm, conversation, delivery_report, new_ticket};
use crate::app::Desk;
use crate::domain::decide::Ctx;
use crate::domain::event::TicketId;
use crate::domain::mail::incoming::{IncomingMail, MailId};
use crate::domain::mail::message::MailMessage;
use crate::domain::mail::notices::Circumstances;
use crate::domain::mail::routing::{self, Destination};
use crate::domain::people::{Actor, Agent};
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::read_models::{QueuedMail, TicketUpdate};
use crate::domain::text::LINE;
use crate::domain::vocabulary::MailState;
use crate::error::Error;
use crate::store::{StoreError, Transaction};

/// A message in its transaction.
pub(super) struct Incoming<'a> {
    pub(super) mail: &'a IncomingMail,
    pub(super) message: &'a MailMessage,
    pub(super) from: &'a SenderFacts,
    /// The time of the machine's clock.
    pub(super) now: crate::domain::Timestamp,
    pub(super) policies: &'a PolicyHistory,
    /// The mails that were queued because of it.
    pub(super) queued: RefCell<Vec<QueuedMail>>,
}

impl<'a> Incoming<'a> {
    /// The context of what the desk does by itself: mail is dated by its receipt.
    pub(super) fn by_desk(&self) -> Ctx<'a> {
        self.by(Actor::Desk)
    }

    pub(super) fn by_agent(&self, agent: &Agent) -> Ctx<'a> {
        self.by(Actor::from(agent.clone()))
    }

    pub(super) fn circumstances(&self) -> Circumstances {
        Circumstances {
            authenticated: self.from.authenticated,
            cause: Some(self.mail.id),
            ..Circumstances::default()
        }
    }

    /// Keeps the mails that a step queued, to hand them over after the commit.
    pub(super) fn keep(&self, mut update: TicketUpdate) -> TicketUpdate {
        self.queued.borrow_mut().append(&mut update.mails);
        update
    }

    fn by(&self, actor: Actor) -> Ctx<'a> {
        Ctx {
            at: self.mail.received.min(self.now),
            backdated: false,
            now: self.now,
            actor,
            policy: self.policies,
        }
    }
}

/// What a message came to.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) state: MailState,
    pub(super) ticket: Option<TicketId>,
    pub(super) reason: Option<String>,
    pub(super) update: Option<TicketUpdate>,
}

impl Outcome {
    /// It changed a ticket.
    pub(super) fn updated(update: TicketUpdate) -> Self {
        Self {
            ticket: Some(update.after.id),
            update: Some(update),
            ..Self::without_effect(None)
        }
    }

    pub(super) const fn without_effect(reason: Option<String>) -> Self {
        Self {
            state: MailState::Done,
            ticket: None,
            reason,
            update: None,
        }
    }

    pub(super) fn held(reason: impl Into<String>) -> Self {
        Self {
            state: MailState::Quarantined,
            ..Self::without_effect(Some(reason.into()))
        }
    }

    /// Adds the mails that were queued in all steps.
    pub(super) fn with_mails(mut self, mails: Vec<QueuedMail>) -> Self {
        if let Some(update) = &mut self.update {
            update.mails = mails;
        }
        self
    }

    pub(super) fn because(self, reason: impl Into<String>) -> Self {
        Self {
            reason: Some(reason.into()),
            ..self
        }
    }
}

impl Desk<'_> {
    /// Understands a mail that was stored and not understood yet.
    pub(super) fn understand_mail(&self, id: MailId) -> Result<MailOutcome, Error> {
        let raw = match self.read_everything()? {
            Some(txn) => txn.raw_mail(id)?,
            None => None,
        };
        let Some(raw) = raw else {
            // Of an erased mail nothing comes any more.
            return self.process_mail(id, MailState::Received, |_, _, _, _| {
                Ok(Outcome::without_effect(Some(
                    "its text was erased".to_owned(),
                )))
            });
        };
        // Not within the transaction: a large one takes long.
        let message = reading::read(&raw);
        drop(raw);
        self.understand_message(id, &message)
    }

    /// Does what a message asks for, whose mail was not understood yet.
    pub(super) fn understand_message(
        &self,
        id: MailId,
        message: &Result<MailMessage, reading::OverLimit>,
    ) -> Result<MailOutcome, Error> {
        self.process_mail(id, MailState::Received, |txn, mail, policies, now| {
            let message = match message {
                Ok(message) => message,
                Err(over) => return Ok(Outcome::held(over.0.as_str())),
            };
            let from = SenderFacts::of(message, &policies.current);
            let facts = facts::of(txn, mail, message, &from, &policies.current)?;
            describe(mail, message, &from, policies);
            let incoming = Incoming {
                mail,
                message,
                from: &from,
                now,
                policies,
                queued: RefCell::default(),
            };
            let destination = routing::route(message, &facts);
            if !matches!(destination, Destination::Seen(_)) {
                // What answers it names it.
                let ids = &message.message_ids;
                txn.add_message_ids(mail.id, ids, &facts::says(message))?;
                txn.add_references(mail.id, &facts::references(message))?;
                txn.update_mail(mail)?;
            }
            let outcome = deliver(txn, &incoming, &destination)?;
            Ok(outcome.with_mails(incoming.queued.take()))
        })
    }

    /// Does something with a mail in a state, and keeps what became of it, in one
    /// transaction. A mail in another state is left as it is.
    pub(super) fn process_mail(
        &self,
        id: MailId,
        state: MailState,
        mut process: impl FnMut(
            &mut dyn Transaction,
            &mut IncomingMail,
            &PolicyHistory,
            crate::domain::Timestamp,
        ) -> Result<Outcome, Error>,
    ) -> Result<MailOutcome, Error> {
        self.write_everything(self.mail_store()?, |mut txn| {
            let missing = || StoreError::damaged(format!("{id} is missing"));
            let mut mail = txn.mail(id)?.ok_or_else(missing)?;
            if mail.state != state {
                return Ok(MailOutcome::of(mail));
            }
            let policies = self.policies_in(txn.as_ref())?;
            let mut outcome = process(txn.as_mut(), &mut mail, &policies, self.instant())?;
            mail.state = outcome.state;
            mail.ticket = outcome.ticket;
            mail.reason = outcome.reason;
            txn.update_mail(&mail)?;
            match &mut outcome.update {
                Some(update) => self.commit_update(txn, update)?,
                None => self.commit(txn)?,
            }
            Ok(MailOutcome {
                update: outcome.update,
                ..MailOutcome::of(mail)
            })
        })
    }
}

/// Keeps who sent a mail, what it is about and its language.
pub(super) fn describe(
    mail: &mut IncomingMail,
    message: &MailMessage,
    from: &SenderFacts,
    policies: &PolicyHistory,
) {
    let cut = |text: &str| -> Option<String> {
        let text: String = text.trim().chars().take(LINE).collect();
        (!text.is_empty()).then_some(text)
    };
    mail.sender = cut(&from.address);
    mail.subject = cut(&message.subject);
    let language = reading::language(message);
    mail.language = language.or_else(|| Some(policies.current.mail.language.as_str().to_owned()));
}

/// Brings a message where it goes.
pub(super) fn deliver(
    txn: &mut dyn Transaction,
    incoming: &Incoming<'_>,
    destination: &Destination,
) -> Result<Outcome, Error> {
    Ok(match destination {
        Destination::Seen(same) => Outcome {
            state: MailState::Seen,
            ticket: txn.mail(*same)?.and_then(|mail| mail.ticket),
            ..Outcome::without_effect(Some(format!("the same message as {same}")))
        },
        Destination::OwnMail => Outcome::without_effect(Some("this desk sent it".to_owned())),
        Destination::Quarantine(reason) => Outcome::held(reason.as_str()),
        Destination::DeliveryReport(ticket) => delivery_report::take(txn, incoming, *ticket)?,
        Destination::Automatic { ticket, reason } => {
            conversation::note_automatic(txn, incoming, *ticket, reason)?
        }
        Destination::Alarm => alarm::take(txn, incoming)?,
        Destination::Message { ticket, by: _ } => conversation::take(txn, incoming, *ticket)?,
        Destination::New { may_belong_to } => new_ticket::open(txn, incoming, *may_belong_to)?,
    })
}
