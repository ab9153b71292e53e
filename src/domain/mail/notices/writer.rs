//! Writes down who is told of each event.

mod calls;

use chrono::TimeDelta;

use super::{CallChange, Circumstances, Content, Notice, is_told, language_of};
use crate::domain::event::{Event, Fact, TicketId};
use crate::domain::mail::address::is_same_address;
use crate::domain::mail::told_by_mail;
use crate::domain::people::{Actor, Agent, Requester, Tier};
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::policy::{BREACH, Policy};
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{
    CarbonCopy, Channel, ClockName, NoticeKind, NoticeLanguage, ParticipantRole,
};

/// A warning that is older than this is no news.
const STALE: TimeDelta = TimeDelta::days(1);

/// Collects the mails that events come to.
pub(super) struct Writer<'a> {
    pub(super) events: &'a [Event],
    pub(super) ticket: &'a Ticket,
    pub(super) policies: &'a PolicyHistory,
    pub(super) policy: &'a Policy,
    pub(super) circumstances: Circumstances,
    pub(super) found: Vec<Notice>,
}

impl Writer<'_> {
    pub(super) fn is_dated_back(&self, event: &Event) -> bool {
        let by_agent = event.actor.agent().is_some();
        by_agent && event.at != event.recorded && !self.circumstances.notify_backdated
    }

    pub(super) fn is_unfounded(&self, event: &Event) -> bool {
        self.events.iter().any(
            |later| matches!(&later.fact, Fact::Unfounded { events } if events.contains(&event.n)),
        )
    }

    fn any(&self, is: impl Fn(&Fact) -> bool) -> bool {
        self.events.iter().any(|event| is(&event.fact))
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each fact")]
    pub(super) fn take(&mut self, event: &Event) {
        let by = || Some(event.actor.clone());
        let text = |text: &String| Some(text.clone());
        match &event.fact {
            Fact::Opened(_) => self.acknowledge(event),
            Fact::Replied {
                text: said,
                also,
                via,
            } => {
                let content = Content {
                    text: text(said),
                    actor: by(),
                    ..Content::default()
                };
                // The notice of the resolution says it too.
                let resolved = self.any(|fact| matches!(fact, Fact::Resolved { .. }));
                let said_there = resolved && self.policy.mail.sends(NoticeKind::Resolved);
                if told_by_mail(*via) && !said_there {
                    self.answer(NoticeKind::Reply, event, also, &content);
                }
            }
            Fact::Resolved { text: done, .. } => {
                let told = self.events.iter().find_map(|event| {
                    if let Fact::Replied { text, .. } = &event.fact {
                        Some(text)
                    } else {
                        None
                    }
                });
                let content = Content {
                    text: text(told.unwrap_or(done)),
                    actor: by(),
                    ..Content::default()
                };
                let merged: Vec<TicketId> = self.merged();
                self.answer(NoticeKind::Resolved, event, &merged, &content);
            }
            Fact::Closed { .. } => {
                let merged: Vec<TicketId> = self.merged();
                self.answer(NoticeKind::Closed, event, &merged, &Content::default());
            }
            Fact::Reopened { .. } => {
                // Whoever wrote knows it.
                if !self.any(|fact| matches!(fact, Fact::MessageReceived { .. })) {
                    let merged: Vec<TicketId> = self.merged();
                    self.answer(NoticeKind::Reopened, event, &merged, &Content::default());
                }
            }
            Fact::CallArranged { call, note, .. } => {
                self.call(event, *call, CallChange::Arranged, note.as_ref());
            }
            Fact::CallMoved {
                call, from, note, ..
            } => {
                let change = CallChange::Moved { from: *from };
                self.call(event, *call, change, note.as_ref());
            }
            Fact::CallCancelled { call, reason } => {
                // Whoever declined knows it.
                if !self.any(|fact| matches!(fact, Fact::CallAnswered { .. })) {
                    self.call(event, *call, CallChange::Cancelled, reason.as_ref());
                }
            }
            Fact::CallAnswered { .. } => self.call_answered(event),
            Fact::Assigned { agent } => {
                let content = Content {
                    actor: by(),
                    ..Content::default()
                };
                self.tell_agent(NoticeKind::Assigned, event, agent, content);
            }
            Fact::MessageReceived {
                text: said, sender, ..
            } => {
                let content = Content {
                    text: text(said),
                    writer: sender.clone(),
                    ..Content::default()
                };
                self.tell_assignee(NoticeKind::RequesterWrote, event, content);
            }
            Fact::Warned { clock, percent, .. } => self.warn(event, *clock, *percent),
            Fact::Escalated { to, reason, .. } => self.escalated(event, to, reason),
            Fact::ManagerInformed { manager, reason } => {
                let content = Content {
                    text: text(reason),
                    actor: by(),
                    ..Content::default()
                };
                self.tell_manager(event, manager, content);
            }
            Fact::Identified { .. }
            | Fact::Logged(_)
            | Fact::Corrected(_)
            | Fact::Categorized { .. }
            | Fact::Prioritized(_)
            | Fact::TargetSet { .. }
            | Fact::Diagnosed { .. }
            | Fact::Unassigned { .. }
            | Fact::Proposed { .. }
            | Fact::Confirmed { .. }
            | Fact::Refuted { .. }
            | Fact::CallHeld { .. }
            | Fact::Paused { .. }
            | Fact::Resumed { .. }
            | Fact::WorkStarted
            | Fact::KnownErrorMarked { .. }
            | Fact::KnownErrorWithdrawn { .. }
            | Fact::Restored { .. }
            | Fact::Merged { .. }
            | Fact::MergedFrom { .. }
            | Fact::Unmerged { .. }
            | Fact::AnsweredElsewhere { .. }
            | Fact::ParticipantAdded { .. }
            | Fact::ParticipantRemoved { .. }
            | Fact::Linked { .. }
            | Fact::Unlinked { .. }
            | Fact::Unfounded { .. }
            | Fact::GatePassed { .. }
            | Fact::Restricted { .. }
            | Fact::RestrictionLifted { .. }
            | Fact::ContactLogged(_)
            | Fact::Imported { .. }
            | Fact::ImportUndone { .. }
            | Fact::Erased(_)
            | Fact::Tagged { .. }
            | Fact::FieldsSet { .. }
            | Fact::ChecklistAdded { .. }
            | Fact::ChecklistMarked { .. }
            | Fact::Breach(_)
            | Fact::Attached(_) => {}
        }
    }

    fn merged(&self) -> Vec<TicketId> {
        let merged = self.ticket.merged_tickets.iter();
        merged.map(|merged| merged.id).collect()
    }

    /// Acknowledges that the ticket was opened, once, and says what is promised.
    fn acknowledge(&mut self, event: &Event) {
        if self.ticket.channel == Channel::Monitoring {
            return;
        }
        let clocks = self.ticket.clocks(self.policies);
        let due = |name: ClockName| {
            let reading = clocks.get(name)?.read_at(event.at, self.policies);
            let promised = reading.stopped.is_none().then_some(reading.due);
            Some((name, promised.flatten()?))
        };
        let content = Content {
            promise: due(ClockName::Response).or_else(|| due(ClockName::Resolution)),
            ..Content::default()
        };
        let by_stranger = event.actor == Actor::Desk && !self.circumstances.authenticated;
        let person = self.ticket.requester.clone();
        let first = self.found.len();
        self.tell(
            NoticeKind::Acknowledged,
            event,
            self.ticket.id,
            &person,
            content,
        );
        for notice in &mut self.found[first..] {
            notice.hides_title = by_stranger;
        }
    }

    /// Tells the requesters, and those in copy who get everything.
    fn answer(&mut self, kind: NoticeKind, event: &Event, also: &[TicketId], content: &Content) {
        for (ticket, person) in self.ticket.addressed(also) {
            self.tell(kind, event, ticket, &person, content.clone());
        }
        if self.policy.mail.copies == CarbonCopy::Copy {
            let in_copy = self.ticket.participants.iter();
            let in_copy = in_copy.filter(|one| one.role == ParticipantRole::InCopy);
            let people: Vec<Requester> = in_copy.map(|one| one.person.clone()).collect();
            // Only the requester is asked whether it is solved.
            if kind == NoticeKind::Reply {
                for person in people {
                    self.tell(kind, event, self.ticket.id, &person, content.clone());
                }
            }
        }
    }

    fn warn(&mut self, event: &Event, clock: ClockName, percent: u16) {
        if event.recorded.signed_duration_since(event.at) > STALE {
            return;
        }
        let kind = if percent >= BREACH {
            NoticeKind::Breach
        } else {
            NoticeKind::Warning
        };
        let clocks = self.ticket.clocks(self.policies);
        let content = Content {
            clock: Some(clock),
            time: clocks.get(clock).and_then(|clock| clock.due),
            ..Content::default()
        };
        self.tell_assignee(kind, event, content);
    }

    fn escalated(&mut self, event: &Event, to: &Tier, reason: &str) {
        let Some(address) = self.policy.mail.tiers.get(to).cloned() else {
            return;
        };
        // A list is read by more than the agents who see the ticket.
        if !self.ticket.restricted_to.is_empty() {
            return;
        }
        let content = Content {
            text: Some(reason.to_owned()),
            actor: Some(event.actor.clone()),
            tier: Some(to.clone()),
            ..Content::default()
        };
        let language = self.policy.mail.language;
        self.add(
            NoticeKind::Escalated,
            event,
            self.ticket.id,
            (None, &address),
            language,
            content,
        );
    }

    fn tell_manager(&mut self, event: &Event, manager: &str, content: Content) {
        let language = self.policy.mail.language;
        let (kind, id) = (NoticeKind::Manager, self.ticket.id);
        let agent = Agent::parse(manager).ok();
        let agent = agent.and_then(|agent| self.policy.email_of(&agent).map(str::to_owned));
        let person = Requester::parse(manager).unwrap_or_default();
        let Some(address) = agent.or(person.contact) else {
            return;
        };
        let name = person.name.as_deref();
        self.add(kind, event, id, (name, &address), language, content);
    }

    fn tell_assignee(&mut self, kind: NoticeKind, event: &Event, content: Content) {
        if let Some(agent) = self.ticket.assignee.clone() {
            self.tell_agent(kind, event, &agent, content);
        }
    }

    fn tell_agent(&mut self, kind: NoticeKind, event: &Event, agent: &Agent, content: Content) {
        if event.actor.agent() == Some(agent) {
            return;
        }
        let Some(address) = self.policy.email_of(agent).map(str::to_owned) else {
            return;
        };
        let entry = self
            .policy
            .agents
            .iter()
            .find(|entry| entry.agent == *agent);
        let name = entry.and_then(|entry| entry.name.clone());
        let language = self.policy.mail.language;
        let recipient = (name.as_deref(), address.as_str());
        self.add(kind, event, self.ticket.id, recipient, language, content);
    }

    /// Tells somebody outside the desk.
    fn tell(
        &mut self,
        kind: NoticeKind,
        event: &Event,
        ticket: TicketId,
        person: &Requester,
        content: Content,
    ) {
        let Some(address) = &person.contact else {
            return;
        };
        let language = language_of(person, &self.policy.mail);
        let recipient = (person.name.as_deref(), address.as_str());
        self.add(kind, event, ticket, recipient, language, content);
    }

    fn add(
        &mut self,
        kind: NoticeKind,
        event: &Event,
        ticket: TicketId,
        (name, address): (Option<&str>, &str),
        language: NoticeLanguage,
        content: Content,
    ) {
        let mail = &self.policy.mail;
        let actor = event.actor.agent();
        let own = actor.and_then(|agent| self.policy.email_of(agent));
        let caused_it = own.is_some_and(|own| is_same_address(own, address));
        let known = |other: &Notice| other.kind == kind && is_same_address(&other.address, address);
        if !mail.sends(kind)
            || !is_told(address, mail)
            || caused_it
            || self
                .found
                .iter()
                .any(|other| known(other) && other.event == event.n)
        {
            return;
        }
        self.found.push(Notice {
            kind,
            event: event.n,
            ticket,
            name: name.map(str::to_owned),
            address: address.trim().to_owned(),
            language,
            content,
            hides_title: false,
        });
    }
}
