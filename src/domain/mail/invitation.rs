//! Invitations to calls (RFC 5545, RFC 6047): written by the desk, so that a call
//! stands in the calendar of the requester.

use chrono::TimeDelta;

use super::identifiers::TicketToken;
use super::notices::{CallChange, Notice};
use super::policy::MailPolicy;
use super::wording::{self, Phrase};
use crate::domain::Timestamp;
use crate::domain::icalendar::{escaped, folded, time};
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{NoticeKind, NoticeLanguage};

/// How long a call is taken to last.
const LENGTH: TimeDelta = TimeDelta::minutes(30);

/// A call as a calendar shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CalendarCall {
    pub(crate) ticket: TicketToken,
    pub(crate) number: u32,
    pub(crate) start: Timestamp,
    /// How often it was moved.
    pub(crate) version: u32,
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
        version: call.version,
        cancelled: call.change == CallChange::Cancelled,
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
        // What is later has the higher number, or calendars ignore it.
        let (method, status, sequence) = if self.cancelled {
            ("CANCEL", "CANCELLED", self.version.saturating_add(1))
        } else {
            ("REQUEST", "CONFIRMED", self.version)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::TicketId;
    use crate::domain::icalendar::LINE;
    use crate::domain::mail::identifiers::read_message_id;
    use crate::testing::ticket_story::moment;

    fn call() -> CalendarCall {
        CalendarCall {
            ticket: TicketToken {
                ticket: TicketId(42),
                token: "abcdefghij".to_owned(),
            },
            number: 2,
            start: moment("Tue 10:00"),
            version: 0,
            cancelled: false,
            title: "VPN drops; again, and \\ again: jede Nacht fällt die Verbindung aus 🚇"
                .to_owned(),
            note: Some("bring the laptop\nMETHOD:CANCEL".to_owned()),
            language: NoticeLanguage::English,
            organizer: "desk@example.org".to_owned(),
            attendee: Some("mia@example.org".to_owned()),
        }
    }

    #[test]
    fn an_invitation_is_an_icalendar_document() {
        let document = call().document(moment("9:00"));
        assert!(document.split("\r\n").all(|line| line.len() <= LINE));
        insta::assert_snapshot!(document.replace("\r\n", "\n"), @r#"
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//desk//desk//EN
        METHOD:REQUEST
        BEGIN:VEVENT
        UID:desk.42.abcdefghij.call.2@example.org
        SEQUENCE:0
        DTSTAMP:20260302T090000Z
        DTSTART:20260303T100000Z
        DTEND:20260303T103000Z
        SUMMARY:Call about ticket #42: VPN drops\; again\, and \\ again: jede Nacht
          fällt die Verbindung aus 🚇
        STATUS:CONFIRMED
        ORGANIZER:mailto:desk+42.abcdefghij@example.org
        DESCRIPTION:bring the laptop\nMETHOD:CANCEL
        ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:mia@example.org
        END:VEVENT
        END:VCALENDAR
        "#);
    }

    #[test]
    fn each_new_time_is_a_later_version_of_the_same_call() {
        for (version, cancelled, sequence) in
            [(0, false, 0), (1, false, 1), (2, false, 2), (2, true, 3)]
        {
            let moved = CalendarCall {
                version,
                cancelled,
                ..call()
            };
            assert_eq!(moved.uid(), call().uid());
            let document = moved.document(moment("9:00"));
            assert!(document.contains(&format!("\r\nSEQUENCE:{sequence}\r\n")));
            let method = if cancelled { "CANCEL" } else { "REQUEST" };
            assert!(document.contains(&format!("\r\nMETHOD:{method}\r\n")));
        }
    }

    #[test]
    fn a_cancellation_is_a_later_version_of_the_same_call() {
        let cancelled = CalendarCall {
            cancelled: true,
            ..call()
        };
        assert_eq!(cancelled.uid(), call().uid());
        let document = cancelled.document(moment("9:00"));
        for line in ["METHOD:CANCEL", "SEQUENCE:1", "STATUS:CANCELLED"] {
            assert!(document.contains(&format!("\r\n{line}\r\n")), "{line}");
        }
        // By its id, an answer finds the ticket and the call.
        let read = read_message_id(&call().uid()).unwrap();
        assert_eq!(read.about, call().ticket);
    }
}
