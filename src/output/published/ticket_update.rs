//! The result of a write on a ticket.

use serde::Serialize;

use super::occurrences::Occurrences;
use super::requester::Requester;
use super::search::SimilarTicket;
use crate::domain::event::Fact;
use crate::domain::read_models;
use crate::domain::search::similar::SimilarTickets;
use crate::output::columns::Ticket;
use crate::output::options::RenderOptions;

/// The result of a write on a ticket.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct TicketUpdate<'a> {
    id: i64,
    /// The ticket that was named, if this is the one it was merged into or that follows
    /// it up.
    named: Option<i64>,
    /// Whether anything changed; `false` if the ticket was already in that state.
    pub(crate) changed: bool,
    /// Whether this opened it.
    pub(crate) opened: bool,
    /// The kinds of its events, in order, without those that only follow from others;
    /// and `counted` for a repeated alarm.
    pub(crate) did: Vec<&'static str>,
    /// How often the ticket was opened under its key, where that changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    occurrences: Option<Occurrences>,
    /// The ticket after the write.
    pub(crate) ticket: Ticket<'a>,
    /// The requesters whom a new message answers, if there are others than that of
    /// this ticket.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    addressed: Vec<Addressed<'a>>,
    /// The mails that were queued with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mails: Vec<QueuedMail<'a>>,
    /// Similar past tickets, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    similar: Option<Vec<SimilarTicket<'a>>>,
}

/// A mail that a command queued, and what became of it so far.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct QueuedMail<'a> {
    /// Its number in the outbox.
    mail: i64,
    kind: &'static str,
    recipient: &'a str,
    state: &'static str,
    /// Why it could not be handed over.
    error: Option<&'a str>,
}

/// A requester whom a message answers.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Addressed<'a> {
    /// The ticket that this is the requester of.
    ticket: i64,
    #[serde(flatten)]
    person: Requester<'a>,
}

impl<'a> TicketUpdate<'a> {
    pub(crate) fn new(
        update: &'a read_models::TicketUpdate,
        similar: Option<&'a SimilarTickets>,
        options: &'a RenderOptions<'_>,
    ) -> Self {
        let facts = update.events.iter().map(|event| &event.fact);
        let facts = facts.filter(|fact| !matches!(fact, Fact::TargetSet { .. }));
        let counted = update.alarm.filter(|alarm| alarm.counted);
        let counted = counted.map(|_| "counted");
        Self {
            id: update.after.id.0,
            named: update.requested.map(|requested| requested.id().0),
            changed: !update.events.is_empty() || counted.is_some(),
            opened: matches!(
                update.events.first().map(|e| &e.fact),
                Some(Fact::Opened(_))
            ),
            did: facts.map(Fact::kind).chain(counted).collect(),
            occurrences: update.alarm.as_ref().map(|alarm| (&alarm.total).into()),
            ticket: Ticket::new(&update.after, options),
            addressed: (update.addressed.iter())
                .map(|(ticket, person)| Addressed {
                    ticket: ticket.0,
                    person: person.into(),
                })
                .collect(),
            mails: (update.mails.iter())
                .map(|mail| QueuedMail {
                    mail: mail.number,
                    kind: mail.kind.as_str(),
                    recipient: &mail.recipient,
                    state: mail.state.as_str(),
                    error: mail.error.as_deref(),
                })
                .collect(),
            similar: similar.map(|similar| SimilarTicket::all(similar, options).collect()),
        }
    }
}
