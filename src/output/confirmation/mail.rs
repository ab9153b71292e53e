//! What a confirmation says about mail: never that something was sent which was
//! not.

use super::super::options::RenderOptions;
use super::super::style::{humanize, untrusted};
use crate::domain::mail::address::is_address;
use crate::domain::mail::told_by_mail;
use crate::domain::read_models::{QueuedMail, TicketUpdate};
use crate::domain::vocabulary::{Channel, NoticeKind, OutboxState};

/// How a reply reaches the requester.
pub(super) fn reply(update: &TicketUpdate, via: Channel, options: &RenderOptions<'_>) -> String {
    let by_channel = format!("replied{}", humanize::by_channel(via));
    if !told_by_mail(via) {
        return by_channel;
    }
    // The notice of a resolution says what the reply says.
    let tells = |mail: &&QueuedMail| matches!(mail.kind, NoticeKind::Reply | NoticeKind::Resolved);
    let mails: Vec<&QueuedMail> = update.mails.iter().filter(tells).collect();
    if !mails.is_empty() && mails.iter().all(|mail| mail.state == OutboxState::Sent) {
        return by_channel;
    }
    let waiting = mails.iter().filter(|mail| mail.state != OutboxState::Sent);
    let numbers: Vec<String> = waiting.map(|mail| mail.number.to_string()).collect();
    let mail = &options.policy.mail;
    let contact = update.after.requester.contact.as_deref();
    let has_address = contact.is_some_and(is_address);
    if !numbers.is_empty() {
        let words = if numbers.len() == 1 { "mail" } else { "mails" };
        format!(
            "reply recorded, {words} {} queued",
            humanize::list(&numbers)
        )
    } else if via != Channel::Email {
        by_channel
    } else if mail.addresses.is_empty() {
        "reply recorded, not sent (no mail transport configured)".to_owned()
    } else if has_address {
        "reply recorded, not sent (the policy sends no such mail)".to_owned()
    } else {
        "reply recorded, not sent (no mail address)".to_owned()
    }
}

/// What went wrong with the mails of a command.
pub(super) fn trouble(mails: &[QueuedMail]) -> String {
    let mut text = String::new();
    for mail in mails {
        let (number, to) = (mail.number, untrusted::line(&mail.recipient));
        let reason = match (&mail.error, mail.state) {
            (Some(error), _) => untrusted::line(error).into_owned(),
            (None, OutboxState::Held) => "too many mails went there".to_owned(),
            (None, _) => continue,
        };
        text += &format!("; mail {number} to {to} is {}: {reason}", mail.state);
    }
    text
}
