//! A message that opens a ticket.

use super::conversation::{add_copies, log, requester_of};
use super::files;
use super::reading;
use super::understand::{Incoming, Outcome};
use crate::app::alarms::open_in;
use crate::app::recording::record;
use crate::app::ticket_commands::load;
use crate::domain::decide::{self, Ancestry, NewTicket};
use crate::domain::event::TicketId;
use crate::domain::mail::message::{MailMessage, Mailbox};
use crate::domain::mail::routing;
use crate::domain::people::Requester;
use crate::domain::text::LINE;
use crate::domain::vocabulary::{Channel, Relation};
use crate::error::Error;
use crate::store::Transaction;

/// Opens a ticket with a message, which may belong to another one.
pub(super) fn open(
    txn: &mut dyn Transaction,
    incoming: &Incoming<'_>,
    may_belong_to: Option<TicketId>,
) -> Result<Outcome, Error> {
    let message = incoming.message;
    let agent = incoming.from.certain_agent();
    // Only what an agent forwards says who asks: anybody can attach anything.
    let forwarded = message.forwarded.first().filter(|_| agent.is_some());
    let told = forwarded.unwrap_or(message);
    let language = match forwarded {
        Some(inner) => reading::language(inner),
        None => incoming.mail.language.clone(),
    };
    let ctx = incoming.by_desk();
    let new = NewTicket {
        description: description(told, incoming),
        requester: requester_of(routing::sender(told), language),
        channel: Channel::Email,
        ..NewTicket::titled(title(told))
    };
    let mut update = incoming.keep(open_in(txn, new, &ctx, incoming.circumstances())?);
    files::keep(txn, incoming, told, &mut update, &ctx)?;
    let id = update.after.id;
    add_copies(txn, incoming, id)?;
    if let (Some(agent), Some(_)) = (agent, forwarded) {
        let text = message.text.trim();
        let note = match text.is_empty() {
            true => format!("forwarded by {agent}"),
            false => format!("forwarded by {agent}:\n\n{text}"),
        };
        log(
            txn,
            incoming,
            id,
            reading::body(&note),
            &incoming.by_agent(agent),
        )?;
    } else if agent.is_some() && reading::is_forwarded(&message.subject) {
        let text = format!(
            "forwarded within the text, so that the requester is not known: \
             desk log {} --requester 'NAME <ADDRESS>'",
            id.0
        );
        log(txn, incoming, id, text, &ctx)?;
    }
    if let Some(other) = may_belong_to {
        link(txn, incoming, id, other)?;
    }
    Ok(Outcome::updated(update))
}

/// Links the new ticket with the one that it may belong to. Nothing of that one is
/// told.
fn link(
    txn: &mut dyn Transaction,
    incoming: &Incoming<'_>,
    id: TicketId,
    other: TicketId,
) -> Result<(), Error> {
    let ctx = incoming.by_desk();
    let text = format!(
        "may belong to {other}: it refers to that ticket, but the sender does not take part \
         in it or is not authenticated"
    );
    log(txn, incoming, id, text, &ctx)?;
    let (ours, theirs) = (load(txn, id)?, load(txn, other)?);
    let related = Relation::Related;
    if let Ok((own, others)) = decide::link(&ours, related, &theirs, &Ancestry::default(), &ctx) {
        record(txn, ours, own, incoming.policies)?;
        record(txn, theirs, others, incoming.policies)?;
    }
    Ok(())
}

/// The subject without prefixes, or the beginning of the text.
pub(super) fn title(message: &MailMessage) -> String {
    let subject = reading::plain_subject(&message.subject);
    let mut lines = std::iter::once(subject.as_str()).chain(message.text.lines());
    let line = lines.find_map(one_line);
    line.unwrap_or_else(|| "(no subject)".to_owned())
}

/// A text as a title or a name; `None` if nothing of it is visible.
pub(super) fn one_line(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut line: String = words.join(" ");
    if line.chars().count() > LINE {
        line = line.chars().take(LINE - 1).collect();
        line.push('…');
    }
    crate::domain::text::line("title", &line).ok()
}

fn description(told: &MailMessage, incoming: &Incoming<'_>) -> Option<String> {
    let text = reading::body_of(told, incoming.mail.id);
    crate::domain::text::body("description", &text).ok()
}

/// The person in a mailbox, as far as name and address are ones.
pub(super) fn person_of(mailbox: Option<&Mailbox>) -> Requester {
    let Some(Mailbox { name, address }) = mailbox else {
        return Requester::default();
    };
    let address = address.trim();
    let contact = Requester::check_contact(address)
        .ok()
        .and_then(|()| one_line(address))
        .filter(|whole| whole == address);
    let name = name.as_deref().and_then(one_line);
    let name = name.filter(|name| {
        !name.eq_ignore_ascii_case(address)
            && Requester::parse(name).is_ok_and(|parsed| parsed.contact.is_none())
    });
    Requester {
        name,
        contact,
        language: None,
    }
}
