//! Mails about a ticket that does not exist, so that somebody can see what each
//! says before a requester does.

use super::identifiers::TicketToken;
use super::notices::{CallChange, CallNotice, Content, Notice};
use super::outgoing::OutgoingMail;
use super::rendering::{Identity, render};
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact, Submission, TicketId};
use crate::domain::people::{Actor, Requester};
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{Channel, ClockName, Medium, NoticeKind, NoticeLanguage};
use chrono::TimeDelta;

/// What makes one sample another than the next.
#[derive(Debug, Clone)]
pub(crate) struct SampleIdentity {
    pub(crate) random: String,
    pub(crate) store: String,
}

/// Writes every mail in a language, for one recipient.
pub(crate) fn samples(
    address: &str,
    language: NoticeLanguage,
    policies: &PolicyHistory,
    identity: &SampleIdentity,
    now: Timestamp,
) -> Vec<OutgoingMail> {
    let Some(ticket) = ticket(address, language, policies, now) else {
        return Vec::new();
    };
    let kinds = NoticeKind::ALL.iter();
    let mails = kinds.enumerate().map(|(n, kind)| {
        let notice = notice(*kind, address, language, now);
        let identity = Identity {
            // No ticket has this number, so that no answer goes anywhere.
            ticket: TicketToken {
                ticket: ticket.id,
                token: "aaaaaaaaaa".to_owned(),
            },
            random: format!("{}{n}{language}", identity.random),
            store: identity.store.clone(),
            thread: Vec::new(),
        };
        let mut mail = render(&notice, &ticket, policies, &identity, now);
        mail.bounce_to = None;
        mail
    });
    mails.collect()
}

fn ticket(
    address: &str,
    language: NoticeLanguage,
    policies: &PolicyHistory,
    now: Timestamp,
) -> Option<Ticket> {
    let submission = Submission {
        title: "VPN".to_owned(),
        description: None,
        requester: Requester {
            name: None,
            contact: Some(address.to_owned()),
            language: Some(language.to_string()),
        },
        channel: Channel::Email,
        key: None,
        tier: policies.first_tier().clone(),
    };
    Ticket::from_history(vec![Event {
        ticket: TicketId(0),
        n: 1,
        at: now,
        recorded: now,
        actor: Actor::Desk,
        fact: Fact::Opened(submission),
    }])
}

fn notice(kind: NoticeKind, address: &str, language: NoticeLanguage, now: Timestamp) -> Notice {
    let soon = now + TimeDelta::hours(3);
    let call = (kind == NoticeKind::Call).then_some(CallNotice {
        number: 1,
        medium: Medium::Video,
        version: 0,
        change: CallChange::Arranged,
    });
    Notice {
        kind,
        event: 1,
        ticket: TicketId(0),
        name: None,
        address: address.to_owned(),
        language,
        content: Content {
            text: Some("…".to_owned()),
            actor: Some(Actor::Desk),
            writer: None,
            tier: None,
            clock: Some(ClockName::Response),
            time: Some(soon),
            call,
            promise: Some((ClockName::Response, soon)),
        },
        hides_title: false,
    }
}
