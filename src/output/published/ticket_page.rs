//! Everything known about a ticket.

use serde::Serialize;

use super::event::{Advice, Answer, Event, advice};
use super::value::{At, Channel, ClosureCode, Medium, Relation};
use crate::domain::read_models::TicketDetails;
use crate::domain::ticket::{self, CallState, Closure, Status, Verdict};
use crate::output::columns::Ticket;
use crate::output::options::RenderOptions;

/// A ticket with everything known about it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct TicketPage<'a> {
    #[serde(flatten)]
    ticket: Ticket<'a>,
    description: Option<&'a str>,
    symptoms: &'a [String],
    affected: &'a [String],
    /// When the trouble began.
    began_at: Option<At>,
    extent: Option<&'a str>,
    answers: Vec<Answer<'a>>,
    /// The advice that the last answers led to.
    findings: Vec<Advice<'a>>,
    /// What helps with similar tickets, if it is marked as a known error.
    knowledge: Option<Knowledge<'a>>,
    hypotheses: Vec<Hypothesis<'a>>,
    calls: Vec<Call<'a>>,
    messages: Vec<Message<'a>>,
    links: Vec<Link>,
    /// Tickets that were merged into this one.
    merged_tickets: Vec<i64>,
    resolution: Option<Resolution<'a>>,
    /// The requester's comment at closure.
    comment: Option<&'a str>,
    timeline: Vec<Event<'a>>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Hypothesis<'a> {
    number: u32,
    text: &'a str,
    by: &'a str,
    verdict: VerdictWord,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(inline))]
#[serde(rename_all = "kebab-case")]
enum VerdictWord {
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
    state: CallStateWord,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    /// The outcome, or why it was cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(inline))]
#[serde(rename_all = "kebab-case")]
enum CallStateWord {
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
    /// What the other ticket is to this one.
    relation: Relation,
    id: i64,
}

/// The mark of a known error.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Knowledge<'a> {
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

impl<'a> TicketPage<'a> {
    pub(crate) fn new(page: &'a TicketDetails, options: &'a RenderOptions<'_>) -> Self {
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
        let guide = page.guide(options.policy);
        Self {
            ticket: Ticket::new(&page.summary, options),
            description: ticket.description.as_deref(),
            symptoms: &ticket.symptoms,
            affected: &ticket.affected,
            began_at: ticket.began.map(At),
            extent: ticket.extent.as_deref(),
            answers: (guide.ordered_answers(&ticket.answers).into_iter())
                .map(Into::into)
                .collect(),
            findings: advice(ticket.questionnaire.as_ref()),
            knowledge: ticket.known_error.as_ref().map(|known| Knowledge {
                workaround: &known.workaround,
                cause: known.cause.as_deref(),
                by: known.by.as_str(),
                at: At(known.since),
            }),
            hypotheses: ticket.hypotheses.iter().map(Into::into).collect(),
            calls: ticket.calls.iter().map(Into::into).collect(),
            messages: ticket.messages.iter().map(Into::into).collect(),
            links: (ticket.links.iter())
                .map(|(relation, id)| Link {
                    relation: (*relation).into(),
                    id: id.0,
                })
                .collect(),
            merged_tickets: ticket.merged_tickets.iter().map(|id| id.0).collect(),
            resolution,
            comment,
            timeline: page.history.iter().map(Into::into).collect(),
        }
    }
}

impl<'a> From<&'a ticket::Hypothesis> for Hypothesis<'a> {
    fn from(hypothesis: &'a ticket::Hypothesis) -> Self {
        Self {
            number: hypothesis.number,
            text: &hypothesis.text,
            by: hypothesis.by.as_str(),
            verdict: match &hypothesis.verdict {
                Verdict::Open => VerdictWord::Open,
                Verdict::Confirmed { .. } => VerdictWord::Confirmed,
                Verdict::Refuted { .. } => VerdictWord::Refuted,
            },
            evidence: hypothesis.verdict.evidence(),
        }
    }
}

impl<'a> From<&'a ticket::Call> for Call<'a> {
    fn from(call: &'a ticket::Call) -> Self {
        let state = match &call.state {
            CallState::Arranged => CallStateWord::Arranged,
            CallState::Held { .. } => CallStateWord::Held,
            CallState::Cancelled { .. } => CallStateWord::Cancelled,
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

impl<'a> From<&'a ticket::Message> for Message<'a> {
    fn from(message: &'a ticket::Message) -> Self {
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
