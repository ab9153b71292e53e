//! Writes a mail from its template: subject, text and headers, as they are queued.

use super::identifiers::{LOOP_HEADER, TicketToken};
use super::invitation;
use super::notices::{CallChange, Content, Notice};
use super::outgoing::{OutgoingMail, is_from_a_person};
use super::placeholder::fill;
use super::policy::MailPolicy;
use super::wording::{self, Phrase, TemplateName};
use crate::domain::Timestamp;
use crate::domain::people::Actor;
use crate::domain::policy::Policy;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{ClockName, NoticeKind, NoticeLanguage, Placeholder};

/// How many of the first and of the last messages of a thread are named.
const REFERENCES: usize = 20;

/// The longest subject, in characters.
const LONGEST_SUBJECT: usize = 250;

/// What a mail gets from the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identity {
    /// The ticket as the recipient knows it, with its token.
    pub(crate) ticket: TicketToken,
    /// What makes the Message-ID unique.
    pub(crate) random: String,
    pub(crate) store: String,
    /// The Message-IDs of the thread, the oldest first.
    pub(crate) thread: Vec<String>,
}

/// Writes a mail that was decided on.
pub(crate) fn render(
    notice: &Notice,
    ticket: &Ticket,
    policy: &Policy,
    identity: &Identity,
    now: Timestamp,
) -> OutgoingMail {
    let desk = policy.mail.sender().unwrap_or("desk@localhost");
    let (subject, body) = texts(notice, ticket, policy);
    let message_id = identity
        .ticket
        .message_id(notice.kind, &identity.random, desk);
    let reply_to = identity.ticket.reply_address(desk);
    let calendar = invitation::document(notice, ticket, &policy.mail, &identity.ticket, now);
    OutgoingMail {
        ticket: ticket.id,
        event: notice.event,
        kind: notice.kind,
        recipient: notice.address.clone(),
        language: notice.language,
        headers: headers(
            notice,
            &policy.mail,
            identity,
            (&message_id, &reply_to),
            now,
        ),
        bounce_to: is_from_a_person(notice.kind).then_some(reply_to),
        message_id,
        subject,
        body,
        calendar,
    }
}

/// Writes subject and text of a mail.
pub(crate) fn texts(notice: &Notice, ticket: &Ticket, policy: &Policy) -> (String, String) {
    let call = notice.content.call;
    let name = match call.map(|call| call.change) {
        Some(CallChange::Cancelled) => TemplateName::CallCancelled,
        Some(CallChange::Moved { .. }) => TemplateName::CallMoved,
        Some(CallChange::Arranged) | None => TemplateName::Notice(notice.kind),
    };
    let built_in = wording::template(notice.language, name);
    let own = policy.mail.templates.get(&(notice.language, notice.kind));
    let own = own.filter(|_| matches!(name, TemplateName::Notice(_)));
    let subject = own.and_then(|own| own.subject.as_deref());
    let body = own.and_then(|own| own.body.as_deref());
    let value = |placeholder| value(placeholder, notice, ticket, policy);
    let subject = fill(subject.unwrap_or(built_in.subject), notice.kind, value);
    let body = fill(body.unwrap_or(built_in.body), notice.kind, value);
    (one_line(&subject, LONGEST_SUBJECT), tidy(&body))
}

/// What stands for a placeholder.
fn value(placeholder: Placeholder, notice: &Notice, ticket: &Ticket, policy: &Policy) -> String {
    let language = notice.language;
    let phrase = |phrase| wording::phrase(language, phrase).to_owned();
    let Content {
        text,
        actor,
        writer,
        tier,
        clock,
        time,
        call,
        promise,
    } = &notice.content;
    match placeholder {
        Placeholder::Ticket => notice.ticket.to_string(),
        Placeholder::Title if notice.hides_title => phrase(Phrase::YourMessage),
        Placeholder::Title => one_line(&ticket.title, LONGEST_SUBJECT),
        Placeholder::Name => {
            let name = notice.name.as_deref().filter(|_| !notice.hides_title);
            one_line(name.unwrap_or(&notice.address), LONGEST_SUBJECT)
        }
        Placeholder::Desk => {
            let mail = &policy.mail;
            let name = mail.name.as_deref().or(mail.sender());
            name.unwrap_or_default().to_owned()
        }
        Placeholder::Promise => promise.map_or_else(String::new, |(clock, due)| {
            promised(language, clock, due, &policy.mail)
        }),
        Placeholder::Text => text.clone().unwrap_or_default(),
        Placeholder::Agent => actor
            .as_ref()
            .map_or_else(String::new, |actor| actor_name(actor, policy, language)),
        Placeholder::Actor => actor.as_ref().map_or_else(
            || "desk".to_owned(),
            |actor| actor_name(actor, policy, language),
        ),
        Placeholder::Requester => {
            let person = writer.as_ref().unwrap_or(&ticket.requester);
            one_line(person.label().unwrap_or("-"), LONGEST_SUBJECT)
        }
        Placeholder::Priority => ticket.rating.as_ref().map_or_else(
            || phrase(Phrase::NoPriority),
            |rating| rating.priority.to_string(),
        ),
        Placeholder::Tier => tier.as_ref().unwrap_or(&ticket.tier).to_string(),
        Placeholder::Clock => clock.map_or_else(String::new, |clock| phrase(Phrase::Clock(clock))),
        Placeholder::Time => time.map_or_else(String::new, |at| {
            wording::time(language, at, &policy.mail.zone)
        }),
        Placeholder::Earlier => call.map_or_else(String::new, |call| match call.change {
            CallChange::Moved { from } => wording::time(language, from, &policy.mail.zone),
            CallChange::Arranged | CallChange::Cancelled => String::new(),
        }),
        Placeholder::Medium => {
            call.map_or_else(String::new, |call| phrase(Phrase::Medium(call.medium)))
        }
    }
}

fn promised(
    language: NoticeLanguage,
    clock: ClockName,
    due: Timestamp,
    mail: &MailPolicy,
) -> String {
    let sentence = match clock {
        ClockName::Response | ClockName::Update => Phrase::ResponsePromised,
        ClockName::Resolution => Phrase::ResolutionPromised,
    };
    let time = wording::time(language, due, &mail.zone);
    wording::phrase(language, sentence).replace("{time}", &time)
}

/// The name of whoever did something, as the policy writes it.
fn actor_name(actor: &Actor, policy: &Policy, _language: NoticeLanguage) -> String {
    let Some(agent) = actor.agent() else {
        return policy
            .mail
            .name
            .clone()
            .unwrap_or_else(|| Actor::DESK.to_owned());
    };
    let entry = policy.agents.iter().find(|entry| entry.agent == *agent);
    let name = entry.and_then(|entry| entry.name.clone());
    name.unwrap_or_else(|| agent.label())
}

/// The headers of a mail besides its subject and those of its format.
fn headers(
    notice: &Notice,
    mail: &MailPolicy,
    identity: &Identity,
    (message_id, reply_to): (&str, &str),
    now: Timestamp,
) -> Vec<(String, String)> {
    let desk = mail.sender().unwrap_or("desk@localhost");
    let own_name = mail.name.as_deref();
    let recipient = notice.name.as_deref().filter(|_| !notice.hides_title);
    let mut headers = vec![
        (
            "Date",
            now.format("%a, %d %b %Y %H:%M:%S +0000").to_string(),
        ),
        ("From", mailbox(own_name, desk)),
        ("To", mailbox(recipient, &notice.address)),
        ("Reply-To", mailbox(own_name, reply_to)),
        ("Message-ID", format!("<{message_id}>")),
    ];
    let ids: Vec<String> = identity
        .thread
        .iter()
        .filter_map(|id| safe_id(id))
        .collect();
    if let Some(last) = ids.last() {
        headers.push(("In-Reply-To", last.clone()));
        headers.push(("References", references(&ids)));
    }
    headers.push(("Content-Language", notice.language.to_string()));
    if !is_from_a_person(notice.kind) {
        headers.push(("Auto-Submitted", auto_submitted(notice.kind).to_owned()));
        headers.push(("X-Auto-Response-Suppress", "All".to_owned()));
    }
    headers.push((LOOP_HEADER, identity.store.clone()));
    let owned = headers.into_iter();
    owned
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// An acknowledgement answers a message; what else the desk sends begins by itself
/// (RFC 3834).
const fn auto_submitted(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Acknowledged => "auto-replied",
        NoticeKind::Reply
        | NoticeKind::Resolved
        | NoticeKind::Closed
        | NoticeKind::Reopened
        | NoticeKind::Call
        | NoticeKind::Assigned
        | NoticeKind::RequesterWrote
        | NoticeKind::Warning
        | NoticeKind::Breach
        | NoticeKind::Escalated
        | NoticeKind::Manager => "auto-generated",
    }
}

/// An address with a name, without anything in the name that could end it.
fn mailbox(name: Option<&str>, address: &str) -> String {
    let name = name.map(|name| one_line(&name.replace(['<', '>', '"', '\\'], " "), 100));
    match name.filter(|name| !name.is_empty()) {
        Some(name) => format!("{name} <{address}>"),
        None => address.to_owned(),
    }
}

/// A Message-ID in angle brackets, if nothing in it could end it or a line.
fn safe_id(id: &str) -> Option<String> {
    let id = id.trim().trim_start_matches('<').trim_end_matches('>');
    let plain = id
        .bytes()
        .all(|b| b.is_ascii_graphic() && !b"<>".contains(&b));
    (plain && (1..=900).contains(&id.len())).then(|| format!("<{id}>"))
}

/// The first and the last messages of a thread.
fn references(ids: &[String]) -> String {
    if ids.len() <= 2 * REFERENCES {
        return ids.join(" ");
    }
    let last = &ids[ids.len() - REFERENCES..];
    [&ids[..REFERENCES], last].concat().join(" ")
}

/// A text on one line, without controls, of at most so many characters.
pub(super) fn one_line(text: &str, longest: usize) -> String {
    let spaced = text.chars().map(|c| {
        let breaks = c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        if breaks { ' ' } else { c }
    });
    let spaced: String = spaced.collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// A text without controls, and without the gaps of values that are empty.
fn tidy(text: &str) -> String {
    let mut tidied = String::new();
    let mut blank = 0;
    for line in text.replace("\r\n", "\n").split(['\n', '\r']) {
        let line = line.trim_end();
        blank = if line.is_empty() { blank + 1 } else { 0 };
        if blank > 1 || line.is_empty() && tidied.is_empty() {
            continue;
        }
        let plain = line.chars().map(|c| {
            if c.is_control() && c != '\t' {
                '\u{fffd}'
            } else {
                c
            }
        });
        tidied.extend(plain);
        tidied.push('\n');
    }
    while tidied.ends_with("\n\n") {
        tidied.pop();
    }
    tidied
}
