//! Reading a message: bytes to a [`MailMessage`]. Every byte of a text is read as
//! some character, every other part is kept; nothing is rejected but what is over
//! the limits. Nothing in here recurses deeper than [`structure::LEVELS`].

mod address;
mod body;
mod calendar;
mod charset;
mod date;
mod delivery_report;
mod encoded_word;
mod entities;
mod flowed;
mod header;
mod html;
mod html_tag;
mod message_id;
mod parameters;
mod structure;
#[cfg(test)]
mod tests;
mod transfer;
mod uuencode;

use std::borrow::Cow;

use crate::domain::mail::message::{MailMessage, Mailbox};
use body::BodyReader;
use header::Headers;
use structure::Part;

/// The largest message, in bytes.
pub(crate) const MAX_BYTES: usize = 25 * 1024 * 1024;

/// Why a message is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unreadable {
    #[error("the message has more than 25 MiB")]
    TooLarge,
    #[error(
        "the message has parts within parts, more than {} levels",
        structure::LEVELS
    )]
    TooDeep,
    #[error("the message has more than {} parts", structure::PARTS)]
    TooManyParts,
    #[error("the message has more than {} KiB of headers", structure::HEADER_BYTES / 1024)]
    HeadersTooLong,
}

/// Reads a message.
pub(crate) fn parse(raw: &[u8]) -> Result<MailMessage, Unreadable> {
    if raw.len() > MAX_BYTES {
        return Err(Unreadable::TooLarge);
    }
    let raw = with_line_feeds(raw);
    let parts = structure::scan(&raw, structure::LEVELS, 0)?;
    Ok(read_message(&raw, &parts, 0, 0))
}

/// Reads a message that was attached in a transfer encoding.
fn read_encoded(raw: &[u8], level: usize) -> Result<MailMessage, Unreadable> {
    let raw = with_line_feeds(raw);
    let levels = structure::LEVELS.saturating_sub(level * 20);
    let parts = structure::scan(&raw, levels, structure::PARTS / 2)?;
    Ok(read_message(&raw, &parts, 0, level))
}

/// A message whose lines end with CR alone, with LF.
fn with_line_feeds(raw: &[u8]) -> Cow<'_, [u8]> {
    if raw.contains(&b'\n') || !raw.contains(&b'\r') {
        return Cow::Borrowed(raw);
    }
    let lines = raw
        .iter()
        .map(|byte| if *byte == b'\r' { b'\n' } else { *byte });
    Cow::Owned(lines.collect())
}

/// The charset of the first text of a message: its header fields have it too
/// where they are not encoded.
fn first_charset(parts: &[Part], root: usize) -> Option<&str> {
    let mut open = vec![root];
    while let Some(at) = open.pop() {
        let part = parts.get(at)?;
        if part.media.value.starts_with("text/")
            && let Some(charset) = part.media.parameter("charset")
        {
            return Some(charset);
        }
        if part.media.value.starts_with("multipart/") {
            open.extend(part.children.iter().rev());
        }
    }
    None
}

fn mailboxes(headers: &Headers, name: &str, charset: Option<&str>) -> Vec<Mailbox> {
    let values = headers.all(name);
    let texts = values.map(|value| header::characters(value, charset));
    texts.flat_map(|text| address::parse_list(&text)).collect()
}

/// Reads the message whose root is this part.
fn read_message(raw: &[u8], parts: &[Part], root: usize, level: usize) -> MailMessage {
    let Some(part) = parts.get(root) else {
        return MailMessage::default();
    };
    let headers = &part.headers;
    let charset = first_charset(parts, root);
    let mut reader = BodyReader::new(raw, parts, level);
    let text = reader.read(root);
    let ids = |name: &str| {
        headers
            .all(name)
            .flat_map(message_id::parse)
            .collect::<Vec<_>>()
    };
    let list = |name: &str| mailboxes(headers, name, charset);
    let delivered = [
        "Delivered-To",
        "X-Original-To",
        "Envelope-To",
        "X-Envelope-To",
        "X-Delivered-To",
        "Apparently-To",
    ];
    let delivered = delivered.iter().flat_map(|name| list(name));
    let mut message = MailMessage {
        message_ids: ids("Message-ID"),
        in_reply_to: ids("In-Reply-To"),
        references: ids("References"),
        from: list("From"),
        sender: list("Sender").into_iter().next(),
        reply_to: list("Reply-To"),
        to: list("To"),
        cc: list("Cc"),
        delivered_to: delivered.map(|mailbox| mailbox.address).collect(),
        return_path: headers.structured("Return-Path", charset).map(|path| {
            let mut list = address::parse_list(&path).into_iter();
            list.next()
                .map(|mailbox| mailbox.address)
                .unwrap_or_default()
        }),
        subject: headers.unstructured("Subject", charset).unwrap_or_default(),
        date: headers
            .structured("Date", charset)
            .and_then(|text| date::parse(&text)),
        headers: headers
            .0
            .iter()
            .map(|field| (field.name.clone(), header::decoded(&field.value, charset)))
            .collect(),
        text,
        attachments: std::mem::take(&mut reader.attachments),
        forwarded: std::mem::take(&mut reader.forwarded),
        delivery_report: None,
        invitation: reader.invitation.take(),
        content_language: headers
            .unstructured("Content-Language", charset)
            .filter(|language| !language.is_empty()),
    };
    message.delivery_report = body::report(&mut reader, headers, &message);
    message
}
