//! Delivery reports: RFC 3464, and what qmail, exim, Exchange and others write
//! in words.

use super::header::{self, Headers};
use super::message_id;
use crate::domain::mail::message::{DeliveryReport, FailedRecipient, MailMessage};

/// The parts of a message that make it a report.
#[derive(Debug, Default)]
pub(super) struct ReportParts {
    /// The text of message/delivery-status.
    pub(super) status: String,
    original_ids: Vec<String>,
}

impl ReportParts {
    /// Takes the identifiers of the message that a report is about.
    pub(super) fn add_original(&mut self, headers: &Headers) {
        for name in ["Message-ID", "In-Reply-To"] {
            for value in headers.all(name) {
                self.original_ids.extend(message_id::parse(value));
            }
        }
    }
}

/// The report that a message is, if it is one.
pub(super) fn read(
    parts: ReportParts,
    headers: &Headers,
    message: &MailMessage,
) -> Option<DeliveryReport> {
    if !parts.status.trim().is_empty() {
        let recipients = from_status(&parts.status);
        if !recipients.is_empty() {
            return Some(DeliveryReport {
                recipients,
                original_ids: parts.original_ids,
            });
        }
    }
    if !comes_from_a_mail_system(headers, message) {
        return None;
    }
    let recipients = from_words(headers, message);
    if recipients.is_empty() {
        return None;
    }
    let mut original_ids = parts.original_ids;
    original_ids.extend(ids_in_text(&message.text));
    Some(DeliveryReport {
        recipients,
        original_ids,
    })
}

/// The recipients in a message/delivery-status part: groups of fields.
fn from_status(status: &str) -> Vec<FailedRecipient> {
    let status = super::body::normalize_lines(status);
    let mut recipients = Vec::new();
    for group in status.split("\n\n") {
        let (fields, _) = header::read_headers(group.trim_start().as_bytes(), 0, &|_| false);
        let field = |name: &str| fields.unstructured(name, None);
        let typed = field("Final-Recipient").or_else(|| field("Original-Recipient"));
        let Some(address) = typed.map(|typed| without_type(&typed)) else {
            continue;
        };
        let code = field("Status").and_then(|code| status_code(&code));
        let diagnostic = field("Diagnostic-Code").map(|text| without_type(&text));
        let status = code.or_else(|| diagnostic.as_deref().and_then(status_code));
        recipients.push(FailedRecipient {
            address: address.trim_matches(['<', '>', '"']).to_owned(),
            action: field("Action").unwrap_or_default().to_lowercase(),
            status,
            diagnostic: diagnostic.filter(|text| !text.is_empty()),
        });
    }
    recipients
}

/// What follows the type in `rfc822; anna@example.org`.
fn without_type(text: &str) -> String {
    let value = text.split_once(';').map_or(text, |(_, value)| value);
    value.trim().to_owned()
}

/// The first enhanced status code (RFC 3463) in a text.
fn status_code(text: &str) -> Option<String> {
    let is_part = |c: char| c.is_ascii_digit() || c == '.';
    text.split(|c: char| !is_part(c)).find_map(|word| {
        let word = word.trim_matches('.');
        let numbers: Vec<&str> = word.split('.').collect();
        let [class, subject, detail] = numbers.as_slice() else {
            return None;
        };
        let fits = matches!(*class, "2" | "4" | "5")
            && (1..=3).contains(&subject.len())
            && (1..=3).contains(&detail.len());
        fits.then(|| word.to_owned())
    })
}

/// The enhanced code in a text, or one for its SMTP code.
fn any_code(text: &str) -> Option<String> {
    status_code(text).or_else(|| {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric());
        let mut codes = words.filter(|word| word.len() == 3);
        codes.find_map(
            |word| match (word.as_bytes().first(), word.parse::<u16>()) {
                (Some(b'5'), Ok(500..=559)) => Some("5.0.0".to_owned()),
                (Some(b'4'), Ok(400..=459)) => Some("4.0.0".to_owned()),
                (Some(_) | None, _) => None,
            },
        )
    })
}

fn comes_from_a_mail_system(headers: &Headers, message: &MailMessage) -> bool {
    let senders = message.from.iter().chain(&message.sender);
    let is_daemon = senders.into_iter().any(|sender| {
        let local = sender
            .address
            .split('@')
            .next()
            .unwrap_or_default()
            .to_lowercase();
        matches!(
            local.as_str(),
            "mailer-daemon" | "postmaster" | "mail-daemon" | "maildaemon"
        ) || local.starts_with("microsoftexchange")
            || local.starts_with("mailer-daemon")
    });
    is_daemon
        || message.return_path.as_deref() == Some("")
        || headers.first("X-Failed-Recipients").is_some()
}

/// Sentences with which mail systems begin a report.
const OPENINGS: [&str; 24] = [
    "this is the qmail-send program",
    "created automatically by mail delivery software",
    "the following address(es) failed",
    "could not be delivered",
    "could not be sent",
    "couldn't be delivered",
    "delivery has failed to these recipients",
    "delivery to the following recipient",
    "did not reach the following recipient",
    "your message did not reach",
    "undeliverable",
    "undelivered mail returned to sender",
    "mail delivery failed",
    "delivery status notification",
    "returned mail",
    "permanent fatal errors",
    "this is the mail system at host",
    "message delivery failed",
    "unable to deliver",
    "wasn't able to deliver",
    "konnte nicht zugestellt werden",
    "kon niet worden bezorgd",
    "non è stato possibile recapitare",
    "viestiä ei voitu toimittaa",
];

/// Where the copy of the failed message begins.
const COPIES: [&str; 7] = [
    "--- below this line is a copy of the message",
    "------ this is a copy of",
    "----- original message -----",
    "-----original message-----",
    "original message headers",
    "--- original message",
    "----- unsent message follows -----",
];

/// A report without its copy of the failed message, and that copy.
fn split_copy(text: &str) -> (&str, &str) {
    let lower = text.to_ascii_lowercase();
    let at = COPIES.iter().filter_map(|mark| lower.find(mark)).min();
    text.split_at(at.unwrap_or(text.len()))
}

fn from_words(headers: &Headers, message: &MailMessage) -> Vec<FailedRecipient> {
    let (report, _) = split_copy(&message.text);
    let lower = format!("{}\n{}", message.subject, report).to_lowercase();
    let named = headers.unstructured("X-Failed-Recipients", None);
    if named.is_none() && !OPENINGS.iter().any(|opening| lower.contains(opening)) {
        return Vec::new();
    }
    let is_delay = [
        "delayed",
        "will be retried",
        "warning: could not send",
        "not yet been delivered",
    ]
    .iter()
    .any(|word| lower.contains(word));
    let own: Vec<String> = message
        .from
        .iter()
        .chain(&message.to)
        .map(|mailbox| mailbox.address.to_lowercase())
        .collect();
    let mut found: Vec<FailedRecipient> = Vec::new();
    let listed: Vec<String> = match &named {
        Some(named) => named
            .split(',')
            .map(|address| address.trim().to_owned())
            .collect(),
        None => report.lines().filter_map(address_in_line).collect(),
    };
    for address in listed {
        let lower = address.to_lowercase();
        let known = found
            .iter()
            .any(|other| other.address.to_lowercase() == lower);
        if known || address.is_empty() || named.is_none() && own.contains(&lower) {
            continue;
        }
        let diagnostic = words_about(report, &address);
        let status = diagnostic
            .as_deref()
            .and_then(any_code)
            .or_else(|| any_code(report));
        let is_delay = is_delay && !status.as_deref().is_some_and(|code| code.starts_with('5'));
        found.push(FailedRecipient {
            address,
            action: if is_delay { "delayed" } else { "failed" }.to_owned(),
            status,
            diagnostic,
        });
    }
    found
}

/// The address that a line of a report is about: it begins with it.
fn address_in_line(line: &str) -> Option<String> {
    let line = line
        .trim()
        .trim_start_matches(['>', '*', '-', '|'])
        .trim_start();
    let first = line.split_whitespace().next()?;
    let bare = first
        .trim_matches(|c: char| matches!(c, '<' | '>' | ':' | ',' | '(' | ')' | '"' | '\'' | '.'));
    let (local, domain) = bare.rsplit_once('@')?;
    let fits = !local.is_empty()
        && domain.contains('.')
        && domain
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    let bare = bare.strip_prefix("mailto:").unwrap_or(bare);
    fits.then(|| bare.to_owned())
}

/// What a report says behind an address, up to the next blank line.
fn words_about(report: &str, address: &str) -> Option<String> {
    let (_, after) = report.split_once(address)?;
    let after = after.trim_start_matches(['>', ':', ')', ' ']);
    let paragraph = after.trim_start().split("\n\n").next().unwrap_or_default();
    let words: Vec<&str> = paragraph.split_whitespace().take(80).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The identifiers in the copy of the message that a report carries as text.
fn ids_in_text(text: &str) -> Vec<String> {
    let (_, copy) = split_copy(text);
    let mut ids = Vec::new();
    for name in ["message-id:", "in-reply-to:"] {
        for line in copy.lines() {
            let line = line.trim_start_matches(['>', ' ']);
            let head = line.get(..name.len()).map(str::to_ascii_lowercase);
            if head.as_deref() == Some(name) {
                ids.extend(message_id::parse(&line.as_bytes()[name.len()..]));
            }
        }
    }
    ids
}
