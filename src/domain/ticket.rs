//! A ticket: what its history says of it now. Applying an event never
//! refuses, so that old histories replay after the rules have changed.

mod part;

use super::Moment;
use super::category::Category;
use super::event::{Answer, Event, Fact, Note, TicketId};
use super::people::{Actor, Agent, Requester, Tier};
use super::policy::Policy;
use super::priority::Rating;
use super::sla::clock::Clocks;
use super::sla::marks::{Mark, Marks};
use super::word::{Channel, Code, Kind, Onset, Relation, State};

pub(crate) use part::{Call, CallState, Closure, Hypothesis, Message, Resolution, Status, Verdict};

/// A ticket as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ticket {
    pub(crate) id: TicketId,
    /// How many events made it.
    pub(crate) n: u32,
    pub(crate) opened: Moment,
    pub(crate) opened_by: Actor,
    /// When its last event happened.
    pub(crate) updated: Moment,
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) requester: Requester,
    pub(crate) channel: Channel,
    pub(crate) key: Option<String>,
    pub(crate) kind: Option<Kind>,
    pub(crate) onset: Onset,
    pub(crate) category: Option<Category>,
    pub(crate) rating: Option<Rating>,
    pub(crate) tier: Tier,
    pub(crate) assignee: Option<Agent>,
    pub(crate) status: Status,
    /// When and by whom it came into its status.
    pub(crate) since: Moment,
    pub(crate) since_by: Actor,
    pub(crate) began: Option<Moment>,
    pub(crate) symptoms: Vec<String>,
    pub(crate) affected: Vec<String>,
    pub(crate) extent: Option<String>,
    pub(crate) answers: Vec<Answer>,
    pub(crate) hypotheses: Vec<Hypothesis>,
    pub(crate) calls: Vec<Call>,
    pub(crate) messages: Vec<Message>,
    pub(crate) links: Vec<(Relation, TicketId)>,
    pub(crate) absorbed: Vec<TicketId>,
    pub(crate) escalations: u32,
    pub(crate) reopenings: u32,
    pub(crate) marks: Marks,
}

impl Ticket {
    /// Replays a history; `None` for one that does not begin with an opening.
    pub(crate) fn replay(history: &[Event]) -> Option<Self> {
        let (first, rest) = history.split_first()?;
        let Fact::Opened(submission) = &first.fact else {
            return None;
        };
        let live = submission.channel.is_live() && first.actor != Actor::Desk;
        let mut marks = Marks::default();
        marks.push(first.at, Mark::Reported { live });
        let submission = submission.clone();
        let mut ticket = Self {
            id: first.ticket,
            n: first.n,
            opened: first.at,
            opened_by: first.actor.clone(),
            updated: first.at,
            title: submission.title,
            description: submission.description,
            requester: submission.requester,
            channel: submission.channel,
            key: submission.key,
            kind: None,
            onset: Onset::Occurred,
            category: None,
            rating: None,
            tier: submission.tier,
            assignee: None,
            status: Status::New,
            since: first.at,
            since_by: first.actor.clone(),
            began: None,
            symptoms: Vec::new(),
            affected: Vec::new(),
            extent: None,
            answers: Vec::new(),
            hypotheses: Vec::new(),
            calls: Vec::new(),
            messages: Vec::new(),
            links: Vec::new(),
            absorbed: Vec::new(),
            escalations: 0,
            reopenings: 0,
            marks,
        };
        for event in rest {
            ticket.apply(event);
        }
        Some(ticket)
    }

    /// Takes one more event into account.
    pub(crate) fn apply(&mut self, event: &Event) {
        self.n = event.n;
        self.updated = event.at;
        let at = event.at;
        match &event.fact {
            Fact::Opened(_) | Fact::GatePassed { .. } => {}
            Fact::ManagerTold { .. } => self.works(event),
            Fact::Identified { kind, onset } => {
                self.kind = Some(*kind);
                self.onset = *onset;
            }
            Fact::Logged(note) => self.noted(note),
            Fact::Corrected(correction) => {
                let correction = correction.clone();
                if let Some(title) = correction.title {
                    self.title = title;
                }
                self.requester.name = correction.name.or(self.requester.name.take());
                self.requester.contact = correction.contact.or(self.requester.contact.take());
                self.requester.language = correction.language.or(self.requester.language.take());
            }
            Fact::Categorized { category } => self.category = Some(category.clone()),
            Fact::Prioritized(rating) => self.rating = Some(rating.clone()),
            Fact::Promised { clock, promise } => {
                self.marks.push(at, Mark::Promised(*clock, promise.clone()));
            }
            Fact::Diagnosed {
                answers,
                extent,
                affected,
                note: _,
            } => {
                self.works(event);
                for answer in answers {
                    match self.answers.iter_mut().find(|a| a.key == answer.key) {
                        Some(known) => known.clone_from(answer),
                        None => self.answers.push(answer.clone()),
                    }
                }
                if extent.is_some() {
                    self.extent.clone_from(extent);
                }
                join(&mut self.affected, affected);
            }
            Fact::Assigned { agent } => {
                self.works(event);
                self.assignee = Some(agent.clone());
            }
            Fact::Unassigned { .. } => self.assignee = None,
            Fact::Escalated { to, up, .. } => {
                self.works(event);
                self.escalations += u32::from(*up);
                self.tier = to.clone();
                self.assignee = None;
            }
            Fact::Proposed { hypothesis, text } => {
                self.works(event);
                self.hypotheses.push(Hypothesis {
                    number: *hypothesis,
                    text: text.clone(),
                    by: event.actor.clone(),
                    verdict: Verdict::Open,
                });
            }
            Fact::Confirmed {
                hypothesis,
                evidence,
            } => {
                let evidence = evidence.clone();
                self.judge(*hypothesis, Verdict::Confirmed { evidence });
            }
            Fact::Refuted {
                hypothesis,
                evidence,
            } => {
                let evidence = evidence.clone();
                self.judge(*hypothesis, Verdict::Refuted { evidence });
            }
            Fact::CallArranged {
                call,
                medium,
                when,
                note,
            } => {
                self.works(event);
                self.calls.push(Call {
                    number: *call,
                    medium: *medium,
                    when: *when,
                    note: note.clone(),
                    state: CallState::Arranged,
                });
            }
            Fact::CallHeld { call, note } => {
                self.works(event);
                self.marks.push(at, Mark::Contacted);
                let note = note.clone();
                self.call(*call, CallState::Held { note });
            }
            Fact::CallCancelled { call, reason } => {
                let reason = reason.clone();
                self.call(*call, CallState::Cancelled { reason });
            }
            Fact::Paused {
                awaited,
                until,
                note,
            } => {
                if self.status.state() != State::Paused {
                    self.marks.push(at, Mark::Paused);
                }
                let status = Status::Paused {
                    awaited: *awaited,
                    until: *until,
                    note: note.clone(),
                };
                self.enter(status, event);
            }
            Fact::Resumed { .. } => {
                self.marks.push(at, Mark::Resumed);
                self.enter(Status::Active, event);
            }
            Fact::Replied { text, via } => {
                self.works(event);
                // What the program sends by itself answers nobody.
                if event.actor != Actor::Desk {
                    self.marks.push(at, Mark::Contacted);
                }
                self.said(at, false, text, *via);
            }
            Fact::Heard { text, via } => {
                self.marks.push(at, Mark::Heard);
                self.said(at, true, text, *via);
            }
            Fact::Resolved { text, code } => {
                let withdrawn = *code == Code::Withdrawn;
                self.marks.push(at, Mark::Resolved { withdrawn });
                let resolution = Resolution {
                    text: text.clone(),
                    code: *code,
                    by: event.actor.clone(),
                    at,
                    restored: None,
                };
                self.enter(Status::Resolved(resolution), event);
            }
            Fact::Restored { by } => {
                if let Status::Resolved(resolution) = &mut self.status {
                    resolution.restored = Some((by.clone(), at));
                }
            }
            Fact::Closed {
                satisfaction,
                comment,
            } => {
                self.marks.push(at, Mark::Closed);
                let status = Status::Closed(Closure::Done {
                    resolution: self.resolution().cloned(),
                    satisfaction: *satisfaction,
                    comment: comment.clone(),
                });
                self.enter(status, event);
            }
            Fact::Reopened { .. } => {
                self.marks.push(at, Mark::Reopened);
                self.reopenings += 1;
                self.enter(Status::Active, event);
            }
            Fact::Merged { into } => {
                self.marks.push(at, Mark::Merged);
                self.enter(Status::Closed(Closure::Merged { into: *into }), event);
            }
            Fact::Absorbed { from } => self.absorbed.push(*from),
            Fact::Parted { from } => self.absorbed.retain(|id| id != from),
            Fact::Linked { relation, other } => self.links.push((*relation, *other)),
            Fact::Unlinked { relation, other } => {
                self.links.retain(|link| link != &(*relation, *other));
            }
        }
    }

    /// A working step: it makes a new ticket active.
    fn works(&mut self, event: &Event) {
        if self.status == Status::New {
            self.enter(Status::Active, event);
        }
    }

    fn enter(&mut self, status: Status, event: &Event) {
        self.status = status;
        self.since = event.at;
        self.since_by = event.actor.clone();
    }

    fn noted(&mut self, note: &Note) {
        join(&mut self.symptoms, &note.symptoms);
        join(&mut self.affected, &note.affected);
        self.began = note.began.or(self.began);
    }

    fn judge(&mut self, number: u32, verdict: Verdict) {
        if let Some(known) = self.hypotheses.iter_mut().find(|h| h.number == number) {
            known.verdict = verdict;
        }
    }

    fn call(&mut self, number: u32, state: CallState) {
        if let Some(known) = self.calls.iter_mut().find(|c| c.number == number) {
            known.state = state;
        }
    }

    fn said(&mut self, at: Moment, inbound: bool, text: &str, via: Channel) {
        self.messages.push(Message {
            at,
            inbound,
            text: text.to_owned(),
            via,
        });
    }

    /// The resolution in force, if the ticket is resolved or was when closed.
    pub(crate) fn resolution(&self) -> Option<&Resolution> {
        match &self.status {
            Status::Resolved(resolution)
            | Status::Closed(Closure::Done {
                resolution: Some(resolution),
                ..
            }) => Some(resolution),
            Status::New | Status::Active | Status::Paused { .. } | Status::Closed(_) => None,
        }
    }

    pub(crate) fn merged_into(&self) -> Option<TicketId> {
        match self.status {
            Status::Closed(Closure::Merged { into }) => Some(into),
            Status::New
            | Status::Active
            | Status::Paused { .. }
            | Status::Resolved(_)
            | Status::Closed(Closure::Done { .. }) => None,
        }
    }

    /// Whether the requester was told at or after the resolution.
    pub(crate) fn told_of_resolution(&self) -> bool {
        self.resolution().is_some_and(|resolution| {
            self.messages
                .iter()
                .any(|m| !m.inbound && m.at >= resolution.at)
        })
    }

    pub(crate) fn has_confirmed_cause(&self) -> bool {
        self.hypotheses
            .iter()
            .any(|h| matches!(h.verdict, Verdict::Confirmed { .. }))
    }

    pub(crate) fn clocks(&self, policy: &Policy) -> Clocks {
        self.marks.clocks(policy)
    }
}

/// Adds what is not there yet, in order.
fn join(known: &mut Vec<String>, more: &[String]) {
    for item in more {
        if !known.contains(item) {
            known.push(item.clone());
        }
    }
}
