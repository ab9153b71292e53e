//! Invitations to calls (RFC 5545, RFC 6047): written by the desk, so that a call
//! stands in the calendar of the requester.

use chrono::TimeDelta;

use super::identifiers::TicketToken;
use super::notices::Notice;
use super::policy::MailPolicy;
use super::wording::{self, Phrase};
use crate::domain::Timestamp;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{NoticeKind, NoticeLanguage};

/// How long a call is taken to last.
const LENGTH: TimeDelta = TimeDelta::minutes(30);

/// The longest line, in bytes (RFC 5545, 3.1).
const LINE: usize = 75;

/// A call as a calendar shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CalendarCall {
    pub(crate) ticket: TicketToken,
    pub(crate) number: u32,
    pub(crate) start: Timestamp,
    pub(crate) cancelled: bool,
    pub(crate) title: String,
    pub(crate) note: Option<String>,
    pub(crate) language: NoticeLanguage,
    /// The address of the desk, and who is invited.
    pub(crate) organizer: String,
    pub(crate) attendee: Option<String>,
}

/// Writes the invitation that goes along with a mail about a call.
pub(super) fn document(
    notice: &Notice,
    ticket: &Ticket,
    mail: &MailPolicy,
    token: &TicketToken,
    now: Timestamp,
) -> Option<String> {
    let (call, start) = (notice.content.call?, notice.content.time?);
    let call = CalendarCall {
        ticket: token.clone(),
        number: call.number,
        start,
        cancelled: call.cancelled,
        title: ticket.title.clone(),
        note: notice.content.text.clone(),
        language: notice.language,
        organizer: mail.sender()?.to_owned(),
        attendee: Some(notice.address.clone()),
    };
    Some(call.document(now))
}

impl CalendarCall {
    /// Returns what identifies the call in every calendar, whatever becomes of it.
    pub(crate) fn uid(&self) -> String {
        let number = self.number.to_string();
        self.ticket
            .message_id(NoticeKind::Call, &number, &self.organizer)
    }

    /// Writes an iCalendar document: a request, or a cancellation.
    pub(crate) fn document(&self, now: Timestamp) -> String {
        let time = |at: Timestamp| at.format("%Y%m%dT%H%M%SZ").to_string();
        let (method, status, sequence) = if self.cancelled {
            ("CANCEL", "CANCELLED", 1)
        } else {
            ("REQUEST", "CONFIRMED", 0)
        };
        let about = wording::phrase(self.language, Phrase::CallSummary);
        let summary = format!("{about} {}: {}", self.ticket.ticket, self.title);
        let reply_to = self.ticket.reply_address(&self.organizer);
        let mut lines = vec![
            "BEGIN:VCALENDAR".to_owned(),
            "VERSION:2.0".to_owned(),
            "PRODID:-//desk//desk//EN".to_owned(),
            format!("METHOD:{method}"),
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}", self.uid()),
            format!("SEQUENCE:{sequence}"),
            format!("DTSTAMP:{}", time(now)),
            format!("DTSTART:{}", time(self.start)),
            format!("DTEND:{}", time(self.start + LENGTH)),
            format!("SUMMARY:{}", escaped(&summary)),
            format!("STATUS:{status}"),
            format!("ORGANIZER:mailto:{reply_to}"),
        ];
        if let Some(note) = &self.note {
            lines.push(format!("DESCRIPTION:{}", escaped(note)));
        }
        if let Some(attendee) = &self.attendee {
            lines.push(format!(
                "ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:{attendee}"
            ));
        }
        lines.push("END:VEVENT".to_owned());
        lines.push("END:VCALENDAR".to_owned());
        lines.iter().map(|line| folded(line)).collect()
    }
}

/// A text as a value: what separates values is escaped (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => escaped.push_str("\\n"),
            c if c.is_control() && c != '\t' => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A line in pieces of at most 75 bytes, with its end.
fn folded(line: &str) -> String {
    let mut folded = String::new();
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > LINE {
            folded.push_str("\r\n ");
            used = 1;
        }
        folded.push(c);
        used += c.len_utf8();
    }
    folded + "\r\n"
}
