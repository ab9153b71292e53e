//! Received mail: what became of each, and what waits for a decision.

use std::io::Write;

use super::Output;
use super::printer::Printer;
use super::published::mail as published;
use super::style::table_layout::{Cell, TableLayout};
use super::style::{humanize, untrusted};
use crate::domain::mail::incoming::{IncomingMail, MailId, MailReceipt};
use crate::domain::vocabulary::MailState;
use crate::error::Error;

/// What became of some mails.
pub(crate) struct MailReceipts(pub(crate) Vec<MailReceipt>);

impl MailReceipts {
    fn published(&self) -> impl Iterator<Item = published::MailReceipt<'_>> {
        self.0.iter().map(Into::into)
    }
}

impl Output for MailReceipts {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if to.options.quiet {
            return Ok(());
        }
        let mut all = self.0.iter();
        all.try_for_each(|receipt| to.text(&format!("{}\n", said(receipt))))
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        match (to.options.several, self.0.as_slice()) {
            (false, [one]) => to.object(&published::MailReceipt::from(one)),
            (true | false, _) => to.list(self.published()),
        }
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(self.published())
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let mut tickets = self.0.iter().filter_map(|receipt| receipt.mail.ticket);
        tickets.try_for_each(|ticket| to.text(&format!("{}\n", ticket.0)))
    }
}

/// One line on what became of a mail.
fn said(receipt: &MailReceipt) -> String {
    let MailReceipt {
        mail,
        known,
        opened,
    } = receipt;
    let id = mail.id;
    let reason = mail.reason.as_deref().map(untrusted::line);
    let because = reason.map_or(String::new(), |reason| format!(": {reason}"));
    match (mail.state, mail.ticket) {
        (MailState::Received, _) => format!("{id} is stored, and not understood yet"),
        (MailState::Quarantined, _) => format!("{id} waits for a decision{because}"),
        (MailState::Dropped, _) => format!("{id} was dropped"),
        (MailState::Seen, _) => format!("{id} changes nothing{because}"),
        (MailState::Done, Some(ticket)) if *known => {
            format!("{id} was received before: {ticket}")
        }
        (MailState::Done, Some(ticket)) if *opened => format!("{id} opened {ticket}"),
        (MailState::Done, Some(ticket)) => format!("{id} went to {ticket}{because}"),
        (MailState::Done, None) => format!("{id} changes nothing{because}"),
    }
}

/// The mails that wait for a decision, the oldest first.
pub(crate) struct QuarantinedMails(pub(crate) Vec<IncomingMail>);

impl QuarantinedMails {
    fn published(&self) -> impl Iterator<Item = published::QuarantinedMail<'_>> {
        self.0.iter().map(Into::into)
    }
}

impl Output for QuarantinedMails {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if self.0.is_empty() {
            return to.note("no mail waits for a decision");
        }
        let text = |text: &Option<String>| Cell::untrusted(text.as_deref().unwrap_or("-"));
        let row = |mail: &IncomingMail| {
            vec![
                Cell::plain(mail.id.0.to_string()),
                Cell::plain(humanize::full_time(mail.received, to.options.zone)),
                text(&mail.sender),
                text(&mail.subject),
                text(&mail.reason),
            ]
        };
        let rows: Vec<_> = self.0.iter().map(row).collect();
        let layout = TableLayout::new(["MAIL", "RECEIVED", "FROM", "SUBJECT", "REASON"]);
        to.rows(layout.right([0]), &rows)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(self.published())
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(self.published())
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let mut all = self.0.iter();
        all.try_for_each(|mail| to.text(&format!("{}\n", mail.id.0)))
    }
}

/// A mail as it was received.
pub(crate) struct RawMail {
    pub(crate) id: MailId,
    pub(crate) bytes: Vec<u8>,
}

impl Output for RawMail {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if to.options.terminal {
            let text = String::from_utf8_lossy(&self.bytes).replace("\r\n", "\n");
            return to.text(&format!("{}\n", untrusted::block(&text)));
        }
        Ok(to.write_all(&self.bytes)?)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.object(&published::RawMail {
            mail: self.id.0,
            text: String::from_utf8_lossy(&self.bytes),
        })
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.table(to)
    }
}
