//! Mails that are shown, or sent to somebody who wants to see them, without
//! anything being recorded.

use super::Desk;
use super::ticket_commands::load;
use crate::domain::Timestamp;
use crate::domain::decide::{self, Command};
use crate::domain::event::TicketId;
use crate::domain::mail::handover::Patience;
use crate::domain::mail::identifiers::TicketToken;
use crate::domain::mail::invitation::CalendarCall;
use crate::domain::mail::notices::{language_of, notices};
use crate::domain::mail::outgoing::{Attempt, OutgoingMail};
use crate::domain::mail::rendering::{Identity, render};
use crate::domain::mail::samples::{SampleIdentity, samples};
use crate::domain::ticket::CallState;
use crate::domain::vocabulary::NoticeLanguage;
use crate::error::Error;

/// The token of what is only shown.
const NO_TOKEN: &str = "aaaaaaaaaa";

impl Desk<'_> {
    /// Returns the mails that a command would send. Changes nothing.
    ///
    /// # Errors
    /// As [`Self::check_command`].
    pub(crate) fn preview_mails(
        &self,
        id: TicketId,
        command: Command,
    ) -> Result<Vec<OutgoingMail>, Error> {
        let mut txn = self.read()?.ok_or(Error::NotFound(id))?;
        let view = self.view(txn.as_ref())?;
        txn.set_view(view.with_limited_data());
        let mut ticket = load(txn.as_ref(), id)?;
        let policies = self.policies_in(txn.as_ref())?;
        let events = decide::decide(&ticket, command, &self.ctx(&policies)?)?;
        events.iter().for_each(|event| ticket.apply(event));
        let told = notices(&events, &ticket, &policies, self.circumstances.get());
        let mails = told.iter().map(|notice| {
            let identity = Identity {
                ticket: TicketToken {
                    ticket: notice.ticket,
                    token: NO_TOKEN.to_owned(),
                },
                random: "preview".to_owned(),
                store: String::new(),
                thread: txn.mail_thread(ticket.id, &notice.address, None)?,
            };
            Ok(render(notice, &ticket, &policies, &identity, self.now()))
        });
        mails.collect()
    }

    /// Writes every mail in some languages to somebody, and hands each over unless
    /// they are only shown.
    ///
    /// # Errors
    /// [`Error::Usage`] without an address of the desk, or without a transport.
    pub(crate) fn test_mails(
        &self,
        to: &str,
        languages: &[NoticeLanguage],
        only_show: bool,
    ) -> Result<Vec<(OutgoingMail, Option<Attempt>)>, Error> {
        let policies = self.policies()?;
        if policies.mail.addresses.is_empty() {
            return Err(Error::usage(
                "the policy has no mail address of the desk, so it sends no mail",
                "write [mail] with addresses into the policy; see desk help mail-guide",
            ));
        }
        let transport = match (only_show, self.transport) {
            (true, _) => None,
            (false, Some(transport)) => Some(transport(Patience::Background)),
            (false, None) => {
                return Err(Error::usage(
                    "no mail transport is configured, so nothing can be sent",
                    "write [mail.transport] into the settings; see desk help mail-guide",
                ));
            }
        };
        let identity = match self.read()? {
            Some(txn) => SampleIdentity {
                random: txn.random_token()?,
                store: txn.store_id()?,
            },
            None => return Ok(Vec::new()),
        };
        let all = languages
            .iter()
            .flat_map(|language| samples(to, *language, &policies, &identity, self.instant()));
        let all = all.map(|mail| {
            let attempt = transport
                .as_ref()
                .map(|transport| transport.hand_over(&mail, &mut || true));
            (mail, attempt)
        });
        Ok(all.collect())
    }

    /// Returns when a call is to be, or the only one that is arranged; `None` if
    /// there is no such call.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn time_of_call(
        &self,
        id: TicketId,
        call: Option<u32>,
    ) -> Result<Option<Timestamp>, Error> {
        let Some(txn) = self.read_to_act()? else {
            return Ok(None);
        };
        let ticket = load(txn.as_ref(), id)?;
        let mut arranged = ticket.calls.iter().filter(|known| match call {
            Some(number) => known.number == number,
            None => known.state == CallState::Arranged,
        });
        let first = arranged.next().filter(|_| arranged.next().is_none());
        Ok(first.map(|call| call.when))
    }

    /// Returns the last call that is arranged as an iCalendar document.
    ///
    /// # Errors
    /// [`Error::Usage`] if there is none.
    pub(crate) fn call_document(&self, id: TicketId) -> Result<String, Error> {
        self.write(self.store_of(id)?, |mut txn, _| {
            let ticket = load(txn.as_ref(), id)?;
            let policies = self.policies_in(txn.as_ref())?;
            let arranged = |state: &CallState| match state {
                CallState::Arranged => true,
                CallState::Held { .. } | CallState::Cancelled { .. } => false,
            };
            let call = ticket.calls.iter().rfind(|call| arranged(&call.state));
            let call = call.ok_or_else(|| {
                Error::usage(
                    format!("{id} has no call that is still to come"),
                    format!("arrange one with: desk call {} --when TIME", id.0),
                )
            })?;
            let now = self.instant();
            let token = txn.mail_token(id, now)?;
            let document = CalendarCall {
                ticket: TicketToken { ticket: id, token },
                number: call.number,
                start: call.when,
                version: call.version(),
                cancelled: false,
                title: ticket.title.clone(),
                note: call.note.clone(),
                language: language_of(&ticket.requester, &policies.mail),
                organizer: policies
                    .mail
                    .sender()
                    .unwrap_or("desk@localhost")
                    .to_owned(),
                attendee: ticket
                    .requester
                    .contact
                    .clone()
                    .filter(|contact| crate::domain::mail::address::is_address(contact)),
            };
            // The key of the token may be new.
            self.commit(txn)?;
            Ok(document.document(now))
        })
    }
}
