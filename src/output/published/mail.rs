//! Received mail.

use serde::Serialize;

use super::value::{At, CsvRecord, CsvValue};
use crate::domain::mail::incoming;

published! {
    /// What became of a mail.
    MailReceipt<'a> from receipt: incoming::MailReceipt => {
        /// The number of the mail.
        mail: i64 = receipt.mail.id.0,
        /// `done`, `quarantined`, `seen` (the same message was received before),
        /// `received` (it was not understood yet) or `dropped`.
        state: &'static str = receipt.mail.state.as_str(),
        /// The ticket that it went to.
        ticket: Option<i64> = receipt.mail.ticket.map(|ticket| ticket.0),
        /// Whether it opened that ticket.
        opened: bool = receipt.opened,
        /// Whether the same bytes were received before.
        known: bool = receipt.known,
        reason: Option<&'a str> = receipt.mail.reason.as_deref(),
    }
}

csv_columns!(MailReceipt<'_>: mail, state, ticket, opened, known, reason);

published! {
    /// A mail that waits for a decision.
    QuarantinedMail<'a> from mail: incoming::IncomingMail => {
        /// The number of the mail.
        mail: i64 = mail.id.0,
        received_at: At = At(mail.received),
        sender: Option<&'a str> = mail.sender.as_deref(),
        subject: Option<&'a str> = mail.subject.as_deref(),
        /// Why somebody must look at it.
        reason: Option<&'a str> = mail.reason.as_deref(),
        /// In bytes.
        size: u64 = mail.size,
    }
}

csv_columns!(QuarantinedMail<'_>: mail, received_at, sender, subject, reason, size);

/// A mail as it was received.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct RawMail<'a> {
    /// The number of the mail.
    pub(crate) mail: i64,
    /// Its bytes as UTF-8; what is not is replaced by U+FFFD.
    pub(crate) text: std::borrow::Cow<'a, str>,
}
