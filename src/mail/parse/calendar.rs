//! Invitations (RFC 5545, RFC 6047): the first event of a calendar, as far as a
//! desk has to know it. Repeating events are read as their first day.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};

use super::parameters::Parameters;
use crate::domain::mail::message::{Invitation, Mailbox};
use crate::domain::time::zone::Zone;

/// A content line: name, parameters, value.
struct Property {
    /// In upper case.
    name: String,
    parameters: String,
    value: String,
}

impl Property {
    fn parse(line: &str) -> Option<Self> {
        let mut quoted = false;
        let colon = line.char_indices().find_map(|(at, character)| {
            quoted ^= character == '"';
            (character == ':' && !quoted).then_some(at)
        })?;
        let (head, value) = line.split_at(colon);
        let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
        Some(Self {
            name: name.trim().to_ascii_uppercase(),
            parameters: format!("x;{parameters}"),
            value: value.get(1..).unwrap_or_default().to_owned(),
        })
    }

    fn parameter(&self, name: &str) -> Option<String> {
        Parameters::parse(&self.parameters)
            .parameter(name)
            .map(str::to_owned)
    }

    fn text(&self) -> String {
        let mut text = String::new();
        let mut characters = self.value.chars();
        while let Some(character) = characters.next() {
            if character == '\\' {
                match characters.next() {
                    Some('n' | 'N') => text.push('\n'),
                    Some(other) => text.push(other),
                    None => {}
                }
            } else {
                text.push(character);
            }
        }
        text
    }

    fn mailbox(&self) -> Option<Mailbox> {
        let lower = self.value.get(..7).map(str::to_ascii_lowercase);
        let address = if lower.as_deref() == Some("mailto:") {
            self.value.get(7..)?
        } else {
            &self.value
        };
        Some(Mailbox {
            name: self.parameter("cn").filter(|name| !name.is_empty()),
            address: address.trim().to_owned(),
        })
    }

    fn time(&self, standard: Option<i32>) -> Option<DateTime<Utc>> {
        let value = self.value.trim();
        if let Ok(day) = NaiveDate::parse_from_str(value, "%Y%m%d") {
            return Some(day.and_hms_opt(0, 0, 0)?.and_utc());
        }
        let bare = value.trim_end_matches('Z');
        let local = NaiveDateTime::parse_from_str(bare, "%Y%m%dT%H%M%S").ok()?;
        if bare.len() < value.len() {
            return Some(local.and_utc());
        }
        let zone = self
            .parameter("tzid")
            .and_then(|name| Zone::from_name(&name).ok());
        match zone.map(|zone| zone.map_local_time(local)) {
            Some(mapped) => Some(mapped.earliest()),
            None => {
                let offset = TimeDelta::seconds(i64::from(standard.unwrap_or(0)));
                local.checked_sub_signed(offset).map(|time| time.and_utc())
            }
        }
    }
}

/// The lines of a calendar, continuation lines joined.
fn properties(text: &str) -> Vec<Property> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().take(20_000) {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest),
            (Some(_) | None, _) => lines.push(line.to_owned()),
        }
    }
    lines
        .iter()
        .filter_map(|line| Property::parse(line))
        .collect()
}

fn offset(value: &str) -> Option<i32> {
    let (sign, digits) = match value.trim().split_at_checked(1)? {
        ("-", digits) => (-1, digits),
        ("+", digits) => (1, digits),
        _ => return None,
    };
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = digits.get(2..4)?.parse().ok()?;
    Some(sign * (hours * 3600 + minutes * 60))
}

/// Reads the first event of a calendar.
pub(super) fn parse(text: &str, method: Option<&str>) -> Option<Invitation> {
    let all = properties(text);
    let mut invitation = Invitation {
        method: method.unwrap_or_default().trim().to_ascii_uppercase(),
        uid: String::new(),
        sequence: None,
        summary: String::new(),
        start: None,
        end: None,
        organizer: None,
        attendees: Vec::new(),
        comment: String::new(),
    };
    let mut within: Vec<String> = Vec::new();
    let mut standard = None;
    let mut seen = false;
    for property in &all {
        let place = within.last().map_or("", String::as_str);
        match (property.name.as_str(), place) {
            ("BEGIN", _) => {
                let name = property.value.trim().to_ascii_uppercase();
                seen = seen || name == "VEVENT";
                within.push(name);
            }
            ("END", "VEVENT") => break,
            ("END", _) => {
                within.pop();
            }
            ("METHOD", "VCALENDAR") => {
                invitation.method = property.value.trim().to_ascii_uppercase();
            }
            ("TZOFFSETTO", "STANDARD") => standard = offset(&property.value),
            ("UID", "VEVENT") => property.value.trim().clone_into(&mut invitation.uid),
            ("SEQUENCE", "VEVENT") => invitation.sequence = property.value.trim().parse().ok(),
            ("COMMENT", "VEVENT") => invitation.comment = property.text(),
            ("SUMMARY", "VEVENT") => invitation.summary = property.text(),
            ("DTSTART", "VEVENT") => invitation.start = property.time(standard),
            ("DTEND", "VEVENT") => invitation.end = property.time(standard),
            ("ORGANIZER", "VEVENT") => invitation.organizer = property.mailbox(),
            ("ATTENDEE", "VEVENT") => {
                let status = property.parameter("partstat").unwrap_or_default();
                let status = status.to_ascii_uppercase();
                invitation
                    .attendees
                    .extend(property.mailbox().map(|mailbox| (mailbox, status)));
            }
            _ => {}
        }
    }
    seen.then_some(invitation)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn an_invitation_is_read() {
        let text = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:call-42@desk\r\nSEQUENCE:2\r\nCOMMENT:late\\, sorry\r\n\
            SUMMARY:Call\\, about the\r\n  printer\r\nDTSTART;TZID=Europe/Helsinki:20260105T100000\r\n\
            DTEND:20260105T083000Z\r\nORGANIZER;CN=\"Desk: first line\":mailto:desk@example.org\r\n\
            ATTENDEE;PARTSTAT=accepted;CN=Anna:MAILTO:anna@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        let invitation = parse(text, Some("request")).expect("an event");
        assert_eq!(invitation.method, "REPLY");
        assert_eq!(invitation.uid, "call-42@desk");
        assert_eq!(invitation.sequence, Some(2));
        assert_eq!(invitation.comment, "late, sorry");
        assert_eq!(invitation.summary, "Call, about the printer");
        let start = invitation.start.expect("a start");
        assert_eq!(start.to_rfc3339(), "2026-01-05T08:00:00+00:00");
        let organizer = invitation.organizer.expect("an organizer");
        assert_eq!(organizer.name.as_deref(), Some("Desk: first line"));
        assert_eq!(organizer.address, "desk@example.org");
        assert_eq!(invitation.attendees[0].1, "ACCEPTED");
        assert_eq!(invitation.attendees[0].0.address, "anna@example.org");
    }

    #[test]
    fn what_is_no_event_is_no_invitation() {
        assert!(parse("", None).is_none());
        assert!(
            parse(
                "BEGIN:VCALENDAR\nBEGIN:VTODO\nEND:VTODO\nEND:VCALENDAR",
                None
            )
            .is_none()
        );
        assert!(parse(&"BEGIN:VEVENT\n".repeat(1000), None).is_some());
    }
}
