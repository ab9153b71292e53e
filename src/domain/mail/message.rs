//! A message of the mail system, as it was read. Every text in it is the
//! sender's and untrusted: decoded, but not made visible or shortened.

use crate::domain::Timestamp;

/// An address with the name written beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mailbox {
    /// The decoded display name; `None` if there is none or it is blank.
    pub(crate) name: Option<String>,
    /// As written, without angle brackets and comments; may be empty in a broken
    /// header that has a name only.
    pub(crate) address: String,
}

/// A message that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct MailMessage {
    /// All Message-ID headers in their order, without angle brackets.
    pub(crate) message_ids: Vec<String>,
    /// Without angle brackets.
    pub(crate) in_reply_to: Vec<String>,
    /// Without angle brackets, the oldest first.
    pub(crate) references: Vec<String>,
    pub(crate) from: Vec<Mailbox>,
    pub(crate) sender: Option<Mailbox>,
    pub(crate) reply_to: Vec<Mailbox>,
    pub(crate) to: Vec<Mailbox>,
    pub(crate) cc: Vec<Mailbox>,
    /// Where the mail system delivered it: Delivered-To, X-Original-To,
    /// Envelope-To and the like.
    pub(crate) delivered_to: Vec<String>,
    /// Return-Path; an empty text is the null sender of RFC 5321.
    pub(crate) return_path: Option<String>,
    /// Decoded, on one line; empty if there is none.
    pub(crate) subject: String,
    pub(crate) date: Option<Timestamp>,
    /// All headers in their order: name as written, value unfolded and decoded.
    pub(crate) headers: Vec<(String, String)>,
    /// The text, with quotes as `> `, lines ended by `\n`.
    pub(crate) text: String,
    /// The parts that are not the text, in their order.
    pub(crate) attachments: Vec<MailAttachment>,
    /// Messages attached as message/rfc822, in their order, also listed in
    /// `attachments`.
    pub(crate) forwarded: Vec<Self>,
    pub(crate) delivery_report: Option<DeliveryReport>,
    pub(crate) invitation: Option<Invitation>,
    /// The value of Content-Language, if there is one.
    pub(crate) content_language: Option<String>,
}

impl MailMessage {
    /// The values of the headers of a name, in any letter case, in their order.
    pub(crate) fn header_values<'m>(&'m self, name: &'m str) -> impl Iterator<Item = &'m str> {
        let named = move |(known, _): &&(String, String)| known.eq_ignore_ascii_case(name);
        let headers = self.headers.iter().filter(named);
        headers.map(|(_, value)| value.trim())
    }
}

/// A part of a message that is kept as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MailAttachment {
    /// The name that the sender gave it: never a path to write to.
    pub(crate) name: Option<String>,
    /// Lower case, such as `image/png`.
    pub(crate) media_type: String,
    /// Without angle brackets, for a picture shown within the text.
    pub(crate) content_id: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

/// A delivery report (RFC 3464), or what other mail systems send instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DeliveryReport {
    pub(crate) recipients: Vec<FailedRecipient>,
    /// Message-IDs and In-Reply-To of the message that it is about, without angle
    /// brackets.
    pub(crate) original_ids: Vec<String>,
}

/// One recipient in a delivery report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FailedRecipient {
    pub(crate) address: String,
    /// `failed`, `delayed`, `delivered`, …; lower case.
    pub(crate) action: String,
    /// The enhanced status code (RFC 3463), such as `5.1.1`.
    pub(crate) status: Option<String>,
    pub(crate) diagnostic: Option<String>,
}

/// An iCalendar part (RFC 6047).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Invitation {
    /// `REQUEST`, `REPLY`, `CANCEL`, …; upper case.
    pub(crate) method: String,
    pub(crate) uid: String,
    /// The version of the invitation, from 0.
    pub(crate) sequence: Option<u32>,
    pub(crate) summary: String,
    pub(crate) start: Option<Timestamp>,
    pub(crate) end: Option<Timestamp>,
    pub(crate) organizer: Option<Mailbox>,
    /// The attendees with their PARTSTAT, upper case (`ACCEPTED`, `DECLINED`, …).
    pub(crate) attendees: Vec<(Mailbox, String)>,
    /// What whoever answers adds; empty if nothing.
    pub(crate) comment: String,
}
