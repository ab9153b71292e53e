//! Who is told of what: a pure function of the events of a command and of the
//! ticket after them. Whoever caused something is not told of it.

mod writer;

use super::address::{is_address, is_same_address};
use super::incoming::MailId;
use super::policy::MailPolicy;
use super::wording::language_of_tag;
use crate::domain::Timestamp;
use crate::domain::event::{Event, TicketId};
use crate::domain::people::{Actor, Requester, Tier};
use crate::domain::policy::Policy;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{ClockName, Medium, NoticeKind, NoticeLanguage};
use writer::Writer;

/// What is known about a command besides its events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Circumstances {
    /// A command that an agent dated back tells people too.
    pub(crate) notify_backdated: bool,
    /// The sender of the mail that caused it was authenticated. Otherwise nothing
    /// that the mail said is sent to the address that it claims to be from.
    pub(crate) authenticated: bool,
    /// The mail that caused it.
    pub(crate) cause: Option<MailId>,
}

/// A mail that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Notice {
    pub(crate) kind: NoticeKind,
    /// The number of the event that it is about.
    pub(crate) event: u32,
    /// The ticket as its recipient knows it: that of a merged one is the own.
    pub(crate) ticket: TicketId,
    pub(crate) name: Option<String>,
    pub(crate) address: String,
    pub(crate) language: NoticeLanguage,
    pub(crate) content: Content,
    /// Whether the title is one's own word that must not be sent to strangers.
    pub(crate) hides_title: bool,
}

/// What a mail says besides what the ticket says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Content {
    pub(crate) text: Option<String>,
    pub(crate) actor: Option<Actor>,
    /// Who wrote a message.
    pub(crate) writer: Option<Requester>,
    pub(crate) tier: Option<Tier>,
    pub(crate) clock: Option<ClockName>,
    pub(crate) time: Option<Timestamp>,
    pub(crate) call: Option<CallNotice>,
    /// What is promised, and until when.
    pub(crate) promise: Option<(ClockName, Timestamp)>,
}

/// What a mail says about a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CallNotice {
    pub(crate) number: u32,
    pub(crate) medium: Medium,
    /// How often it had been moved; the version of the invitation.
    pub(crate) version: u32,
    pub(crate) change: CallChange,
}

/// What became of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CallChange {
    Arranged,
    Moved {
        /// When it was to be before.
        from: Timestamp,
    },
    Cancelled,
}

/// Returns the mails that the events of a command come to. `ticket` is as it is
/// after them.
pub(crate) fn notices(
    events: &[Event],
    ticket: &Ticket,
    policies: &PolicyHistory,
    circumstances: Circumstances,
) -> Vec<Notice> {
    let policy: &Policy = policies;
    if policy.mail.addresses.is_empty() {
        return Vec::new();
    }
    let mut writer = Writer {
        events,
        ticket,
        policies,
        policy,
        circumstances,
        found: Vec::new(),
    };
    for event in events {
        if !writer.is_dated_back(event) && !writer.is_unfounded(event) {
            writer.take(event);
        }
    }
    writer.found
}

/// Returns the tickets, this one and those merged into it, whose requesters a mail
/// tells of what somebody does.
pub(crate) fn told_requesters(
    ticket: &Ticket,
    policy: &Policy,
    kind: NoticeKind,
    by: &Actor,
) -> Vec<TicketId> {
    let mail = &policy.mail;
    if mail.addresses.is_empty() || !mail.sends(kind) {
        return Vec::new();
    }
    let merged: Vec<TicketId> = ticket.merged_tickets.iter().map(|one| one.id).collect();
    let own = by.agent().and_then(|agent| policy.email_of(agent));
    let is_reached = |person: &Requester| {
        person.contact.as_deref().is_some_and(|address| {
            is_told(address, mail) && !own.is_some_and(|own| is_same_address(own, address))
        })
    };
    let addressed = ticket.addressed(&merged);
    let of = |id: TicketId| addressed.iter().filter(move |(one, _)| *one == id);
    let all = [ticket.id].into_iter().chain(merged);
    // Of several requesters of one ticket, every one has to be told.
    all.filter(|id| of(*id).next().is_some() && of(*id).all(|(_, person)| is_reached(person)))
        .collect()
}

/// Returns the language that somebody reads.
pub(crate) fn language_of(person: &Requester, mail: &MailPolicy) -> NoticeLanguage {
    let own = person.language.as_deref().and_then(language_of_tag);
    own.unwrap_or(mail.language)
}

/// Whether mail may go to an address: not to a machine, and not to the desk.
pub(crate) fn is_told(address: &str, mail: &MailPolicy) -> bool {
    let address = address.trim();
    let local = address.split(['@', '+']).next().unwrap_or_default();
    let machines = [
        "mailer-daemon",
        "postmaster",
        "noreply",
        "no-reply",
        "donotreply",
        "do-not-reply",
        "bounce",
        "bounces",
        "nobody",
    ];
    let without_detail = |address: &str| -> Option<String> {
        let (local, domain) = address.rsplit_once('@')?;
        let local = local.split('+').next().unwrap_or_default();
        Some(format!("{local}@{domain}"))
    };
    is_address(address)
        && !machines.iter().any(|name| local.eq_ignore_ascii_case(name))
        && !without_detail(address).is_some_and(|address| mail.is_own(&address))
        && !mail.is_monitoring(address)
}
