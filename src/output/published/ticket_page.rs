//! Everything known about a ticket.

use serde::Serialize;

use super::advice::{Advice, advice};
use super::answer::Answer;
use super::attachment::Attachment;
use super::checklist::ChecklistItem;
use super::event::Event;
use super::occurrences::AllOccurrences;
use super::outbox::OutboxMail;
use super::requester::Requester;
use super::time_spent::{MergedTimeSpent, TimeSpent};
use super::value::{
    At, CallAnswer, CallState, Channel, ClockName, ClosureCode, CsvRecord, CsvValue, Medium,
    ParticipantRole, Relation, Verdict,
};
use crate::domain::event::Fact;
use crate::domain::mail::incoming;
use crate::domain::people;
use crate::domain::privacy::person_register;
use crate::domain::read_models::TicketDetails;
use crate::domain::ticket::merged::TakesPart;
use crate::domain::ticket::{self, Closure, Status};
use crate::domain::vocabulary;
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
    /// When the problem began.
    began_at: Option<At>,
    extent: Option<&'a str>,
    answers: Vec<Answer<'a>>,
    /// The advice that the last answers led to.
    findings: Vec<Advice<'a>>,
    /// Workaround and cause, if it is marked as a known error.
    knowledge: Option<Knowledge<'a>>,
    /// The items of its checklist.
    checklist_items: Vec<ChecklistItem<'a>>,
    hypotheses: Vec<Hypothesis<'a>>,
    calls: Vec<Call<'a>>,
    messages: Vec<Message<'a>>,
    /// The due times that were promised by hand, by clock; absent if there are
    /// none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    promises: Vec<Promise<'a>>,
    /// The time that each agent spent; `spent_s` is the sum. Absent if nobody
    /// recorded any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    time_spent: Vec<TimeSpent<'a>>,
    /// The time that was spent on each ticket that was merged into this one, which
    /// `spent_s` leaves out; absent if none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    merged_time_spent: Vec<MergedTimeSpent>,
    links: Vec<Link>,
    /// Tickets that were merged into this one.
    merged_tickets: Vec<i64>,
    /// How often it was opened under its key, and the tickets that were merged
    /// into it; null without a key.
    occurrences: Option<AllOccurrences<'a>>,
    /// Who takes part in the conversation besides the requester.
    participants: Vec<Participant<'a>>,
    /// Files that are kept with it.
    attachments: Vec<Attachment<'a>>,
    resolution: Option<Resolution<'a>>,
    /// The requester's comment at closure.
    comment: Option<&'a str>,
    /// The only agents who see it; absent if it is not restricted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    restricted_to: Vec<&'a str>,
    /// Why the texts are covered; absent if the use of the requester's data is not
    /// limited.
    #[serde(skip_serializing_if = "Option::is_none")]
    processing_limit: Option<ProcessingLimit<'a>>,
    /// That mail to the requester is not delivered; absent if it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    undeliverable: Option<Undeliverable<'a>>,
    /// The mails about it that did not arrive, or perhaps did not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    undelivered: Vec<OutboxMail<'a>>,
    timeline: Vec<Event<'a>>,
}

published! {
    /// Mail to an address is not delivered.
    Undeliverable<'a> from about: incoming::Undeliverable => {
        since: At = At(about.since),
        /// What the mail system said.
        reason: Option<&'a str> = about.reason.as_deref(),
    }
}

published! {
    /// The use of a person's data is limited to storing them.
    ProcessingLimit<'a> from limit: person_register::ProcessingLimit => {
        since: At = At(limit.since),
        by: &'a str = limit.by.as_str(),
        reason: &'a str = &limit.reason,
    }
}

/// When a clock is due, as somebody promised by hand.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Promise<'a> {
    clock: ClockName,
    due: At,
    reason: &'a str,
    by: &'a str,
    at: At,
}

impl<'a> Promise<'a> {
    fn all(page: &'a TicketDetails) -> Vec<Self> {
        let one = |name: &vocabulary::ClockName| {
            let clock = page.summary.clocks.get(*name)?;
            let promise = page.ticket.promises.get(*name)?;
            clock.promised.then(|| Self {
                clock: (*name).into(),
                due: At(promise.due),
                reason: &promise.reason,
                by: promise.by.as_str(),
                at: At(promise.at),
            })
        };
        vocabulary::ClockName::ALL.iter().filter_map(one).collect()
    }
}

published! {
    Hypothesis<'a> from hypothesis: ticket::Hypothesis => {
        number: u32 = hypothesis.number,
        text: &'a str = &hypothesis.text,
        by: &'a str = hypothesis.by.as_str(),
        verdict: Verdict = (&hypothesis.verdict).into(),
        #[serde(skip_serializing_if = "Option::is_none")]
        evidence: Option<&'a str> = hypothesis.verdict.evidence(),
    }
}

csv_columns!(Hypothesis<'_>: number, text, by, verdict, evidence);

published! {
    Call<'a> from call: ticket::Call => {
        number: u32 = call.number,
        medium: Medium = call.medium.into(),
        when: At = At(call.when),
        /// The times at which it was to be before it was moved.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        earlier: Vec<At> = call.earlier.iter().copied().map(At).collect(),
        state: CallState = (&call.state).into(),
        /// What the requester answered to the invitation.
        #[serde(skip_serializing_if = "Option::is_none")]
        answer: Option<CallAnswer> = call.answer().map(Into::into),
        /// What everybody answered, the requester too.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        answers: Vec<AnsweredCall<'a>> = call.answers.iter().map(Into::into).collect(),
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<&'a str> = call.note.as_deref(),
        /// The outcome, or why it was cancelled.
        #[serde(skip_serializing_if = "Option::is_none")]
        outcome: Option<&'a str> = call.state.outcome(),
    }
}

published! {
    /// What somebody answered to the invitation to a call.
    AnsweredCall<'a> from answered: ticket::AnsweredCall => {
        /// Absent for the requester.
        #[serde(skip_serializing_if = "Option::is_none")]
        person: Option<Requester<'a>> = answered.person.as_ref().map(Into::into),
        answer: CallAnswer = answered.answer.into(),
        at: At = At(answered.at),
    }
}

published! {
    /// A public message.
    Message<'a> from message: ticket::Message => {
        at: At = At(message.at),
        direction: Direction = if message.inbound { Direction::In } else { Direction::Out },
        via: Channel = message.via.into(),
        text: &'a str = &message.text,
        /// The merged ticket that it belongs to; absent for this one.
        #[serde(skip_serializing_if = "Option::is_none")]
        ticket: Option<i64> = None,
        /// The participant who wrote it; absent for the requester.
        #[serde(skip_serializing_if = "Option::is_none")]
        sender: Option<Requester<'a>> = message.sender.as_ref().map(Into::into),
    }
}

/// The public messages of a ticket and of those that were merged into it, in the
/// order of time.
fn messages(page: &TicketDetails) -> Vec<Message<'_>> {
    let own = page.ticket.messages.iter().map(Into::into);
    let merged = page.merged_events.iter().filter_map(|event| {
        let (direction, via, text, sender) = if let Fact::Replied { text, via, .. } = &event.fact {
            (Direction::Out, *via, text, None)
        } else if let Fact::MessageReceived {
            text, via, sender, ..
        } = &event.fact
        {
            (Direction::In, *via, text, sender.as_ref())
        } else if let Fact::Opened(submission) = &event.fact {
            let text = submission.description.as_ref()?;
            (Direction::In, submission.channel, text, None)
        } else {
            return None;
        };
        Some(Message {
            at: At(event.at),
            direction,
            via: via.into(),
            text,
            ticket: Some(event.ticket.0),
            sender: sender.map(Into::into),
        })
    });
    let mut all: Vec<Message<'_>> = own.chain(merged).collect();
    all.sort_by_key(|message| message.at.0);
    all
}

/// Somebody who takes part in the conversation.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Participant<'a> {
    name: Option<&'a str>,
    /// An email address or a phone number.
    contact: Option<&'a str>,
    /// A language tag.
    language: Option<&'a str>,
    /// The merged ticket whose requester this is, if it is one's.
    ticket: Option<i64>,
    role: ParticipantRole,
}

csv_columns!(Participant<'_>: name, contact, language, ticket, role);

impl<'a> Participant<'a> {
    pub(crate) fn all(ticket: &'a ticket::Ticket) -> Vec<Self> {
        let everybody = ticket.everybody().into_iter();
        let one = |one: TakesPart<'a>| Self {
            name: one.person.name.as_deref(),
            contact: one.person.contact.as_deref(),
            language: one.person.language.as_deref(),
            ticket: one.merged.map(|id| id.0),
            role: one.role.into(),
        };
        everybody.map(one).collect()
    }
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

published! {
    /// The mark of a known error.
    Knowledge<'a> from known: ticket::KnownError => {
        workaround: &'a str = &known.workaround,
        cause: Option<&'a str> = known.cause.as_deref(),
        by: &'a str = known.by.as_str(),
        at: At = At(known.since),
    }
}

published! {
    Resolution<'a> from resolution: ticket::Resolution => {
        text: &'a str = &resolution.text,
        code: ClosureCode = resolution.code.into(),
        by: &'a str = resolution.by.as_str(),
        at: At = At(resolution.at),
        /// Who confirmed that the service is restored.
        restored_by: Option<&'a str> = resolution.restored.as_ref().map(|(by, _)| by.as_str()),
        restored_at: Option<At> = resolution.restored.as_ref().map(|(_, at)| At(*at)),
    }
}

impl<'a> TicketPage<'a> {
    pub(crate) fn new(page: &'a TicketDetails, options: &'a RenderOptions<'_>) -> Self {
        let ticket = &page.ticket;
        let comment = match &ticket.status {
            Status::Closed(Closure::Completed { comment, .. }) => comment.as_deref(),
            Status::New
            | Status::Active
            | Status::Paused { .. }
            | Status::Resolved(_)
            | Status::Closed(Closure::Merged { .. } | Closure::Undone | Closure::Void { .. }) => {
                None
            }
        };
        let questionnaire = page.questionnaire(options.policy);
        Self {
            ticket: Ticket::new(&page.summary, options),
            description: ticket.description.as_deref(),
            symptoms: &ticket.symptoms,
            affected: &ticket.affected,
            began_at: ticket.began.map(At),
            extent: ticket.extent.as_deref(),
            answers: (questionnaire.ordered_answers(&ticket.answers).into_iter())
                .map(Into::into)
                .collect(),
            findings: advice(ticket.questionnaire.as_ref()),
            knowledge: ticket.known_error.as_ref().map(Into::into),
            checklist_items: ChecklistItem::all(ticket),
            hypotheses: ticket.hypotheses.iter().map(Into::into).collect(),
            calls: ticket.calls.iter().map(Into::into).collect(),
            messages: messages(page),
            promises: Promise::all(page),
            time_spent: TimeSpent::all(ticket),
            merged_time_spent: MergedTimeSpent::all(page),
            links: (ticket.links.iter())
                .map(|(relation, id)| Link {
                    relation: (*relation).into(),
                    id: id.0,
                })
                .collect(),
            merged_tickets: ticket
                .merged_tickets
                .iter()
                .map(|merged| merged.id.0)
                .collect(),
            occurrences: page.alarms.as_ref().map(Into::into),
            participants: Participant::all(ticket),
            attachments: ticket.attachments.iter().map(Into::into).collect(),
            resolution: ticket.resolution().map(Into::into),
            comment,
            restricted_to: ticket
                .restricted_to
                .iter()
                .map(people::Agent::as_str)
                .collect(),
            processing_limit: page.limit.as_ref().map(Into::into),
            undeliverable: page.undeliverable.as_ref().map(Into::into),
            undelivered: page.undelivered.iter().map(Into::into).collect(),
            timeline: ticket::timeline(&page.history)
                .into_iter()
                .map(Into::into)
                .collect(),
        }
    }
}
