//! All about a ticket, as it is published.

use serde::Serialize;

use super::super::TicketDetails as Told;
use super::fact::{Advice, Answer, Event, advice, answers};
use super::ticket::Ticket;
use super::value::{At, Channel, ClosureCode, Medium, Relation};
use crate::domain::Timestamp;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::ticket::{self, CallState, Closure, Status, Verdict};

/// A ticket with everything that is known of it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Page<'a> {
    #[serde(flatten)]
    ticket: Ticket<'a>,
    description: Option<&'a str>,
    symptoms: &'a [String],
    affected: &'a [String],
    /// When the trouble began.
    began_at: Option<At>,
    extent: Option<&'a str>,
    answers: Vec<Answer<'a>>,
    /// What the last answers to the questions of the policy point to.
    findings: Vec<Advice<'a>>,
    /// What helps with others like it, if it is marked as a known error.
    knowledge: Option<KnownError<'a>>,
    hypotheses: Vec<Hypothesis<'a>>,
    calls: Vec<Call<'a>>,
    messages: Vec<Message<'a>>,
    links: Vec<Link>,
    /// Tickets that were merged into this one.
    absorbed: Vec<i64>,
    resolution: Option<Resolution<'a>>,
    /// What the requester said at closure.
    comment: Option<&'a str>,
    timeline: Vec<Event<'a>>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Hypothesis<'a> {
    number: u32,
    text: &'a str,
    by: &'a str,
    verdict: Judged,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(inline))]
#[serde(rename_all = "kebab-case")]
enum Judged {
    Open,
    Confirmed,
    Refuted,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Call<'a> {
    number: u32,
    medium: Medium,
    when: At,
    state: Stands,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    /// What came of it, or why it was cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(inline))]
#[serde(rename_all = "kebab-case")]
enum Stands {
    Arranged,
    Held,
    Cancelled,
}

/// A public message.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Message<'a> {
    at: At,
    direction: Direction,
    via: Channel,
    text: &'a str,
}

#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(inline))]
#[serde(rename_all = "kebab-case")]
enum Direction {
    /// From the requester.
    In,
    /// To the requester.
    Out,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Link {
    /// How the other ticket stands to this one.
    relation: Relation,
    id: i64,
}

/// That a ticket is marked as a known error.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct KnownError<'a> {
    workaround: &'a str,
    cause: Option<&'a str>,
    by: &'a str,
    at: At,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Resolution<'a> {
    text: &'a str,
    code: ClosureCode,
    by: &'a str,
    at: At,
    /// Who confirmed that the service is restored.
    restored_by: Option<&'a str>,
    restored_at: Option<At>,
}

impl<'a> Page<'a> {
    pub(in crate::render) fn of(page: &'a Told, now: Timestamp, policy: &'a PolicyHistory) -> Self {
        let ticket = &page.ticket;
        let resolution = ticket.resolution().map(|r| Resolution {
            text: &r.text,
            code: r.code.into(),
            by: r.by.as_str(),
            at: At(r.at),
            restored_by: r.restored.as_ref().map(|(by, _)| by.as_str()),
            restored_at: r.restored.as_ref().map(|(_, at)| At(*at)),
        });
        let comment = match &ticket.status {
            Status::Closed(Closure::Completed { comment, .. }) => comment.as_deref(),
            Status::New
            | Status::Active
            | Status::Paused { .. }
            | Status::Resolved(_)
            | Status::Closed(Closure::Merged { .. }) => None,
        };
        let guide = page.guide(policy);
        Self {
            ticket: Ticket::of(&page.summary, now, policy),
            description: ticket.description.as_deref(),
            symptoms: &ticket.symptoms,
            affected: &ticket.affected,
            began_at: ticket.began.map(At),
            extent: ticket.extent.as_deref(),
            answers: answers(guide.ordered_answers(&ticket.answers)),
            findings: advice(ticket.questionnaire.as_ref()),
            knowledge: ticket.known_error.as_ref().map(|known| KnownError {
                workaround: &known.workaround,
                cause: known.cause.as_deref(),
                by: known.by.as_str(),
                at: At(known.since),
            }),
            hypotheses: hypotheses(&ticket.hypotheses),
            calls: ticket.calls.iter().map(Call::of).collect(),
            messages: ticket.messages.iter().map(Message::of).collect(),
            links: (ticket.links.iter())
                .map(|(relation, id)| Link {
                    relation: (*relation).into(),
                    id: id.0,
                })
                .collect(),
            absorbed: ticket.merged_tickets.iter().map(|id| id.0).collect(),
            resolution,
            comment,
            timeline: page.history.iter().map(Event::of).collect(),
        }
    }
}

pub(in crate::render) fn hypotheses(all: &[ticket::Hypothesis]) -> Vec<Hypothesis<'_>> {
    let published = all.iter().map(|h| {
        let verdict = match &h.verdict {
            Verdict::Open => Judged::Open,
            Verdict::Confirmed { .. } => Judged::Confirmed,
            Verdict::Refuted { .. } => Judged::Refuted,
        };
        Hypothesis {
            number: h.number,
            text: &h.text,
            by: h.by.as_str(),
            verdict,
            evidence: h.verdict.evidence(),
        }
    });
    published.collect()
}

impl<'a> Call<'a> {
    fn of(call: &'a ticket::Call) -> Self {
        let state = match &call.state {
            CallState::Arranged => Stands::Arranged,
            CallState::Held { .. } => Stands::Held,
            CallState::Cancelled { .. } => Stands::Cancelled,
        };
        Self {
            number: call.number,
            medium: call.medium.into(),
            when: At(call.when),
            state,
            note: call.note.as_deref(),
            outcome: call.state.outcome(),
        }
    }
}

impl<'a> Message<'a> {
    fn of(message: &'a ticket::Message) -> Self {
        Self {
            at: At(message.at),
            direction: if message.inbound {
                Direction::In
            } else {
                Direction::Out
            },
            via: message.via.into(),
            text: &message.text,
        }
    }
}
