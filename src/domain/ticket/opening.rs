//! A ticket as its opening makes it.

use std::collections::BTreeSet;

use super::merged::MovedAway;
use super::{Record, Status, Ticket};
use crate::domain::checklist::Checklist;
use crate::domain::event::{Event, Fact};
use crate::domain::people::Actor;
use crate::domain::sla::clock_event::ClockEvent;
use crate::domain::sla::clock_events::ClockEvents;
use crate::domain::vocabulary::Occurrence;

impl Ticket {
    /// Returns the ticket after its opening, or `None` if the event is none.
    pub(super) fn opened(first: &Event) -> Option<Self> {
        let Fact::Opened(submission) = &first.fact else {
            return None;
        };
        let live = submission.channel.is_live() && first.actor != Actor::Desk;
        let mut clock_events = ClockEvents::default();
        clock_events.push(first.at, ClockEvent::Reported { live });
        let submission = submission.clone();
        Some(Self {
            record: Record::new(vec![first.clone()]),
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
            onset: Occurrence::Occurred,
            category: None,
            rating: None,
            tier: submission.tier,
            assignee: None,
            restricted_to: Vec::new(),
            unassigned_since: first.at,
            earlier_waits: Vec::new(),
            status: Status::New,
            since: first.at,
            since_by: first.actor.clone(),
            began: None,
            symptoms: Vec::new(),
            affected: Vec::new(),
            extent: None,
            answers: Vec::new(),
            questionnaire: None,
            hypotheses: Vec::new(),
            calls: Vec::new(),
            messages: Vec::new(),
            unanswered_since: None,
            withdrawn_message: None,
            known_error: None,
            links: Vec::new(),
            merged_tickets: Vec::new(),
            moved_away: MovedAway::default(),
            participants: Vec::new(),
            attachments: Vec::new(),
            tags: Vec::new(),
            fields: Vec::new(),
            checklist: Checklist::default(),
            escalations: 0,
            reopenings: 0,
            clock_events,
            warnings: Vec::new(),
            logged_contacts: Vec::new(),
            origin: None,
            extra_fields: Vec::new(),
            imported: None,
            erased_scopes: BTreeSet::new(),
            breach: None,
        })
    }
}
