//! What a confirmation says about mail: never that something was sent which was
//! not.

use super::super::options::RenderOptions;
use super::super::style::{humanize, untrusted};
use crate::domain::mail::address::is_address;
use crate::domain::mail::told_by_mail;
use crate::domain::read_models::{QueuedMail, TicketUpdate};
use crate::domain::vocabulary::{Channel, NoticeKind, OutboxState};

/// How a reply reaches the requester; `to` names the recipients, if they must be.
pub(super) fn reply(
    update: &TicketUpdate,
    via: Channel,
    to: &str,
    options: &RenderOptions<'_>,
) -> String {
    let by_channel = format!("replied{}{to}", humanize::by_channel(via));
    if !told_by_mail(via) {
        return by_channel;
    }
    // The notice of a resolution says what the reply says.
    let tells = |mail: &&QueuedMail| matches!(mail.kind, NoticeKind::Reply | NoticeKind::Resolved);
    let mut mails = update.mails.iter().filter(tells).peekable();
    let is_mailed = mails.peek().is_some();
    let waiting = mails.find(|mail| mail.state != OutboxState::Sent);
    let mail = &options.policy.mail;
    let contact = update.after.requester.contact.as_deref();
    let has_address = contact.is_some_and(is_address);
    if let Some(waiting) = waiting {
        let sent = if waiting.state == OutboxState::Unknown {
            "perhaps sent"
        } else {
            "not sent"
        };
        let sent = reason(waiting).map_or_else(String::new, |why| format!("{sent} ({why}), "));
        format!(
            "reply{to} recorded, {sent}mail {} {}",
            waiting.number, waiting.state
        )
    } else if is_mailed || via != Channel::Email {
        by_channel
    } else if mail.addresses.is_empty() {
        format!("reply{to} recorded, not sent (no mail transport configured)")
    } else if has_address {
        format!("reply{to} recorded, not sent (the policy sends no such mail)")
    } else {
        format!("reply{to} recorded, not sent (no mail address)")
    }
}

/// Why a mail was not handed over.
fn reason(mail: &QueuedMail) -> Option<String> {
    match (&mail.error, mail.state) {
        (Some(error), _) => Some(untrusted::line(error).into_owned()),
        (None, OutboxState::Held) => Some("too many mails went there".to_owned()),
        (
            None,
            OutboxState::Queued
            | OutboxState::Claimed
            | OutboxState::Handing
            | OutboxState::Sent
            | OutboxState::Failed
            | OutboxState::Unknown
            | OutboxState::Cancelled,
        ) => None,
    }
}

/// What went wrong with the mails of a command that are not the reply itself.
pub(super) fn trouble(mails: &[QueuedMail]) -> String {
    let others = mails.iter().filter(|mail| mail.kind != NoticeKind::Reply);
    let texts = others.filter_map(|mail| {
        let (number, to) = (mail.number, untrusted::line(&mail.recipient));
        let reason = reason(mail)?;
        Some(format!(
            "; mail {number} to {to} is {}: {reason}",
            mail.state
        ))
    });
    texts.collect()
}
