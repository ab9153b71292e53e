//! What a message says, as the rules of mail read it.

use crate::domain::event::TicketId;
use crate::domain::mail::incoming::MailId;
use crate::domain::mail::message::{Invitation, MailMessage, Mailbox};
use crate::domain::text::{BODY, body as checked_body};

/// Why a message was stored without being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OverLimit(pub(super) String);

/// An answer to a resolution notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ResolutionAnswer {
    pub(super) solved: Option<bool>,
    pub(super) satisfaction: Option<u8>,
}

/// Reads the bytes of a message.
pub(super) fn read(raw: &[u8]) -> Result<MailMessage, OverLimit> {
    let text = String::from_utf8_lossy(raw).replace("\r\n", "\n");
    let (head, body) = text.split_once("\n\n").unwrap_or((&text, ""));
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in head.lines() {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = headers.last_mut() {
                value.push_str(line);
            }
        } else if let Some((name, value)) = line.split_once(':') {
            headers.push((name.to_owned(), value.trim().to_owned()));
        }
    }
    let all = |name: &str| -> Vec<String> {
        let named = headers
            .iter()
            .filter(|(known, _)| known.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.clone()).collect()
    };
    let boxes = |name: &str| -> Vec<Mailbox> {
        let lists = all(name);
        let one = lists.iter().flat_map(|list| list.split(','));
        one.map(|one| {
            match one
                .trim()
                .strip_suffix('>')
                .and_then(|one| one.split_once('<'))
            {
                Some((name, address)) => Mailbox {
                    name: Some(name.trim().to_owned()).filter(|name| !name.is_empty()),
                    address: address.to_owned(),
                },
                None => Mailbox {
                    name: None,
                    address: one.trim().to_owned(),
                },
            }
        })
        .collect()
    };
    let ids = |name: &str| -> Vec<String> {
        let values = all(name).join(" ");
        let ids = values.split_whitespace();
        ids.map(|id| id.trim_matches(['<', '>']).to_owned())
            .collect()
    };
    if raw.len() > 25 * 1024 * 1024 {
        return Err(OverLimit("it is larger than 25 MiB".to_owned()));
    }
    Ok(MailMessage {
        message_ids: ids("Message-ID"),
        in_reply_to: ids("In-Reply-To"),
        references: ids("References"),
        from: boxes("From"),
        to: boxes("To"),
        cc: boxes("Cc"),
        delivered_to: all("Delivered-To"),
        subject: all("Subject").concat(),
        text: body.to_owned(),
        headers,
        ..MailMessage::default()
    })
}

/// Why nobody wrote a message by hand, if so.
pub(super) fn automatic(message: &MailMessage) -> Option<String> {
    let auto = |(name, _): &(String, String)| name.eq_ignore_ascii_case("Auto-Submitted");
    message
        .headers
        .iter()
        .any(auto)
        .then(|| "Auto-Submitted".to_owned())
}

/// The number of a ticket in a subject: `[#42]`.
pub(super) fn ticket_in_subject(subject: &str) -> Option<TicketId> {
    let (_, rest) = subject.split_once("[#")?;
    let (number, _) = rest.split_once(']')?;
    number.parse().ok().map(TicketId)
}

/// A subject without prefixes and without the number of a ticket.
pub(super) fn plain_subject(subject: &str) -> String {
    let plain = subject.trim().strip_prefix("Re:").unwrap_or(subject).trim();
    match plain.split_once(']') {
        Some((tag, rest)) if tag.starts_with("[#") => rest.trim().to_owned(),
        Some(_) | None => plain.to_owned(),
    }
}

/// Whether a subject says that the message was forwarded.
pub(super) fn is_forwarded(subject: &str) -> bool {
    subject.trim_start().starts_with("Fwd:")
}

/// The language in which a message is written, if it says so or it shows.
pub(super) fn language(message: &MailMessage) -> Option<String> {
    message.content_language.clone()
}

/// What the new text of a message answers to a resolution notice.
pub(super) fn answer(message: &MailMessage) -> Option<ResolutionAnswer> {
    let mut lines = message.text.lines().filter(|line| !line.starts_with('>'));
    let text: String = lines.by_ref().collect::<Vec<_>>().join(" ");
    let mut answer = ResolutionAnswer {
        solved: None,
        satisfaction: None,
    };
    for word in text.split_whitespace() {
        match word.to_lowercase().trim_matches(['.', ',', '!']) {
            "yes" => answer.solved = Some(true),
            "no" => answer.solved = Some(false),
            number => {
                answer.satisfaction = Some(number.parse().ok().filter(|n| (1..=5).contains(n))?)
            }
        }
    }
    (answer.solved.is_some() || answer.satisfaction.is_some()).then_some(answer)
}

/// The text of a message, with what an invitation says; it may be empty.
pub(super) fn body_of(message: &MailMessage, id: MailId) -> String {
    let invitation = message.invitation.as_ref();
    let invitation = invitation.filter(|invitation| invitation.method == "REQUEST");
    let text = match invitation.map(invitation_text) {
        Some(invitation) => format!("{invitation}\n\n{}", message.text),
        None => message.text.clone(),
    };
    cut(text, id)
}

/// What the conversation shows of a message: never nothing.
pub(super) fn message_text(message: &MailMessage, id: MailId) -> String {
    let text = body_of(message, id);
    checked_body("message", &text).unwrap_or_else(|_| "(no text)".to_owned())
}

/// A text that desk made, as a note.
pub(super) fn body(text: &str) -> String {
    checked_body("note", &shortened(text)).unwrap_or_else(|_| "(no text)".to_owned())
}

fn invitation_text(invitation: &Invitation) -> String {
    let mut parts = vec![format!("invitation: {}", invitation.summary.trim())];
    if let Some(start) = invitation.start {
        parts.push(format!("starts {}", start.format("%Y-%m-%d %H:%M UTC")));
    }
    if let Some(organizer) = &invitation.organizer {
        parts.push(format!("organised by {}", organizer.address));
    }
    parts.join(", ")
}

/// The longest text that can be stored, with where the rest is.
fn cut(text: String, id: MailId) -> String {
    if text.len() <= BODY {
        return text;
    }
    format!(
        "{}\n… cut; the whole mail: desk mail --raw {}",
        shortened(&text),
        id.0
    )
}

/// The beginning of a text that leaves room for a line of desk.
fn shortened(text: &str) -> &str {
    const ROOM: usize = 200;
    if text.len() <= BODY {
        return text;
    }
    let mut end = BODY - ROOM;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
