//! Mails on their way out.

use serde::Serialize;

use super::value::{At, CsvRecord, CsvValue};
use crate::domain::mail::outgoing::{Attempt, OutboxEntry, OutgoingMail};

/// A mail of the outbox.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct OutboxMail<'a> {
    /// Its number.
    mail: i64,
    ticket: i64,
    /// What it is about, such as `acknowledged` or `reply`.
    kind: &'static str,
    /// Empty if it was erased.
    recipient: &'a str,
    language: &'static str,
    /// `queued`, `claimed`, `handing`, `sent`, `failed`, `unknown`, `held` or
    /// `cancelled`.
    state: &'static str,
    subject: &'a str,
    message_id: &'a str,
    queued: At,
    /// When it is tried next, if it is queued.
    not_before: At,
    sent: Option<At>,
    /// How often it was tried to hand it over.
    attempts: u32,
    /// Why the last attempt failed.
    last_error: Option<&'a str>,
    /// What a delivery report said.
    bounced: Option<&'a str>,
}

csv_columns!(OutboxMail<'_>: mail, ticket, kind, recipient, language, state, subject, message_id, queued, not_before, sent, attempts, last_error, bounced);

impl<'a> From<&'a OutboxEntry> for OutboxMail<'a> {
    fn from(entry: &'a OutboxEntry) -> Self {
        Self {
            mail: entry.id,
            ticket: entry.mail.ticket.0,
            kind: entry.mail.kind.as_str(),
            recipient: &entry.mail.recipient,
            language: entry.mail.language.as_str(),
            state: entry.state.as_str(),
            subject: &entry.mail.subject,
            message_id: &entry.mail.message_id,
            queued: At(entry.queued),
            not_before: At(entry.not_before),
            sent: entry.sent.map(At),
            attempts: entry.attempts,
            last_error: entry.last_error.as_deref(),
            bounced: entry.bounced.as_deref(),
        }
    }
}

/// A mail of the outbox with what it says.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct OutboxPage<'a> {
    #[serde(flatten)]
    mail: OutboxMail<'a>,
    headers: Vec<Header<'a>>,
    body: &'a str,
    /// An iCalendar document that goes along.
    calendar: Option<&'a str>,
    /// Where delivery reports go; absent for the null sender.
    bounce_to: Option<&'a str>,
}

/// A header, decoded.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Header<'a> {
    name: &'a str,
    value: &'a str,
}

impl<'a> From<&'a OutboxEntry> for OutboxPage<'a> {
    fn from(entry: &'a OutboxEntry) -> Self {
        let header = |(name, value): &'a (String, String)| Header { name, value };
        Self {
            mail: entry.into(),
            headers: entry.mail.headers.iter().map(header).collect(),
            body: &entry.mail.body,
            calendar: entry.mail.calendar.as_deref(),
            bounce_to: entry.mail.bounce_to.as_deref(),
        }
    }
}

/// A mail that would be sent, or that was sent as a test.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct MailPreview<'a> {
    kind: &'static str,
    recipient: &'a str,
    language: &'static str,
    subject: &'a str,
    body: &'a str,
    /// `sent`, `deferred`, `refused` or `unknown`; absent if it was only shown.
    state: Option<&'static str>,
    /// Why it was not sent.
    error: Option<&'a str>,
}

csv_columns!(MailPreview<'_>: kind, recipient, language, subject, body, state, error);

impl<'a> MailPreview<'a> {
    pub(crate) fn new(mail: &'a OutgoingMail, attempt: Option<&'a Attempt>) -> Self {
        let outcome = attempt.map(outcome);
        Self {
            kind: mail.kind.as_str(),
            recipient: &mail.recipient,
            language: mail.language.as_str(),
            subject: &mail.subject,
            body: &mail.body,
            state: outcome.map(|(state, _)| state),
            error: outcome.and_then(|(_, reason)| reason),
        }
    }
}

/// How an attempt ended: a word, and why.
pub(crate) fn outcome(attempt: &Attempt) -> (&'static str, Option<&str>) {
    match attempt {
        Attempt::Sent => ("sent", None),
        Attempt::Deferred(reason) => ("deferred", Some(reason)),
        Attempt::Refused(reason) => ("refused", Some(reason)),
        Attempt::Lost(reason) => ("unknown", Some(reason)),
    }
}
