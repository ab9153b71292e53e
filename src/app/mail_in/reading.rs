//! What a message says, as the rules of mail read it.

use crate::domain::event::TicketId;
use crate::domain::mail::answer::{self, ResolutionAnswer};
use crate::domain::mail::automatic::is_automatic;
use crate::domain::mail::incoming::MailId;
use crate::domain::mail::message::{Invitation, MailMessage};
use crate::domain::mail::{language as mail_language, quotes, subject};
use crate::domain::text::{BODY, body as checked_body};
use crate::mail::parse;

/// Why a message was stored without being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OverLimit(pub(super) String);

/// Reads the bytes of a message.
pub(super) fn read(raw: &[u8]) -> Result<MailMessage, OverLimit> {
    parse::parse(raw).map_err(|fault| OverLimit(fault.to_string()))
}

/// Why nobody wrote a message by hand, if so.
pub(super) fn automatic(message: &MailMessage) -> Option<String> {
    is_automatic(message).map(|reason| reason.as_str().to_owned())
}

/// The number of a ticket in a subject: `[#42]`.
pub(super) fn ticket_in_subject(typed: &str) -> Option<TicketId> {
    let number = subject::ticket_number(typed)?;
    i64::try_from(number).ok().map(TicketId)
}

/// A subject without prefixes and without the number of a ticket.
pub(super) fn plain_subject(typed: &str) -> String {
    let mut topic = subject::strip(typed).topic;
    while let Some(rest) = topic.strip_prefix("[#")
        && let Some((number, rest)) = rest.split_once(']')
        && number.trim().bytes().all(|b| b.is_ascii_digit())
    {
        topic = subject::strip(rest).topic;
    }
    topic.trim().to_owned()
}

/// Whether a subject says that the message was forwarded.
pub(super) fn is_forwarded(typed: &str) -> bool {
    subject::strip(typed).is_forwarded
}

/// The language in which a message is written, if it says so or it shows.
pub(super) fn language(message: &MailMessage) -> Option<String> {
    let named = message.content_language.as_deref();
    let named = named.and_then(mail_language::from_tag);
    let language = named.or_else(|| mail_language::detect(&message.text))?;
    Some(language.as_str().to_owned())
}

/// What the new text of a message answers to a resolution notice.
pub(super) fn answer(message: &MailMessage) -> Option<ResolutionAnswer> {
    answer::read(&message.text)
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

/// The text of a message below what desk says about it.
pub(super) fn with_heading(heading: &str, message: &MailMessage, id: MailId) -> String {
    let said = message.invitation.as_ref().map_or("", |it| &it.comment);
    let text = match message.text.contains(said.trim()) {
        true => format!("{heading}\n\n{}", message.text),
        false => format!("{heading}\n\n{said}\n\n{}", message.text),
    };
    body(cut(text, id).trim())
}

/// What somebody adds to the answer to an invitation; empty if nothing.
pub(super) fn comment(message: &MailMessage, invitation: &Invitation) -> String {
    let text = match invitation.comment.trim() {
        "" => quotes::new_text(&message.text),
        comment => comment.to_owned(),
    };
    checked_body("note", shortened(text.trim())).unwrap_or_default()
}

/// A text that desk made, as a note.
pub(super) fn body(text: &str) -> String {
    checked_body("note", shortened(text)).unwrap_or_else(|_| "(no text)".to_owned())
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
