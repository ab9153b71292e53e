//! The summary of a ticket, as lists show it, with its clocks. It is stored
//! beside the events as a cache, and always equals their replay.

use std::collections::BTreeSet;

use super::Timestamp;
use super::automation;
use super::category::Category;
use super::checklist::ChecklistProgress;
use super::custom_field::FieldValue;
use super::event::TicketId;
use super::external_record::ExternalReference;
use super::people::{Agent, Requester, Tier};
use super::policy::versions::PolicyHistory;
use super::priority::{Matrix, RatedLevels, Rating};
use super::sla::clock::{Clocks, DisplayState};
use super::tag::Tag;
use super::ticket::{Closure, Status, Ticket};
use super::vocabulary::{
    Channel, ClosureCode, Kind, Occurrence, PauseReason, RetentionScope, State,
};

/// The summary of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Summary {
    pub(crate) id: TicketId,
    /// The number of its events.
    pub(crate) n: u32,
    pub(crate) title: String,
    pub(crate) state: State,
    pub(crate) since: Timestamp,
    /// The reason of a pause, and its end.
    pub(crate) pause_reason: Option<PauseReason>,
    pub(crate) wake_at: Option<Timestamp>,
    pub(crate) kind: Option<Kind>,
    pub(crate) onset: Occurrence,
    pub(crate) channel: Channel,
    pub(crate) requester: Requester,
    pub(crate) category: Option<Category>,
    pub(crate) rating: Option<Rating>,
    pub(crate) tier: Tier,
    pub(crate) assignee: Option<Agent>,
    /// The only agents who see it; empty if it is not restricted.
    pub(crate) restricted_to: Vec<Agent>,
    pub(crate) opened: Timestamp,
    pub(crate) updated: Timestamp,
    pub(crate) resolved: Option<Timestamp>,
    pub(crate) closed: Option<Timestamp>,
    pub(crate) code: Option<ClosureCode>,
    pub(crate) satisfaction: Option<u8>,
    pub(crate) reopenings: u32,
    pub(crate) escalations: u32,
    pub(crate) merged_into: Option<TicketId>,
    pub(crate) key: Option<String>,
    pub(crate) clocks: Clocks,
    /// The ticket of another system that it was imported from.
    pub(crate) origin: Option<ExternalReference>,
    /// From when on the desk can take an action by itself.
    pub(crate) next_action_at: Option<Timestamp>,
    /// Whether the ticket is marked as a known error.
    pub(crate) is_known_error: bool,
    /// Whether the import that opened it was undone: it counts nowhere, and is
    /// shown only by its number.
    pub(crate) is_undone: bool,
    /// Sorted.
    pub(crate) tags: Vec<Tag>,
    /// The values of fields that the policy defines or has defined, by name.
    pub(crate) fields: Vec<FieldValue>,
    pub(crate) checklist: ChecklistProgress,
    /// What rules of retention have erased.
    pub(crate) erased_scopes: BTreeSet<RetentionScope>,
}

impl Summary {
    /// Summarizes a ticket.
    pub(crate) fn new(ticket: &Ticket, policy: &PolicyHistory) -> Self {
        let resolution = ticket.resolution();
        let (pause_reason, wake_at) = match ticket.status {
            Status::Paused {
                reason: awaited,
                until,
                ..
            } => (Some(awaited), until),
            Status::New | Status::Active | Status::Resolved(_) | Status::Closed(_) => (None, None),
        };
        let (closed, satisfaction, merged) = match ticket.status {
            Status::Closed(Closure::Completed { satisfaction, .. }) => {
                (Some(ticket.since), satisfaction, false)
            }
            Status::Closed(Closure::Merged { .. }) => (Some(ticket.since), None, true),
            Status::Closed(Closure::Undone) => (Some(ticket.since), None, false),
            Status::New | Status::Active | Status::Paused { .. } | Status::Resolved(_) => {
                (None, None, false)
            }
        };
        let code = if merged {
            Some(ClosureCode::Duplicate)
        } else {
            resolution.map(|r| r.code)
        };
        Self {
            id: ticket.id,
            n: ticket.n,
            title: ticket.title.clone(),
            state: ticket.status.state(),
            since: ticket.since,
            pause_reason,
            wake_at,
            kind: ticket.kind,
            onset: ticket.onset,
            channel: ticket.channel,
            requester: ticket.requester.clone(),
            category: ticket.category.clone(),
            rating: ticket.rating.clone(),
            tier: ticket.tier.clone(),
            assignee: ticket.assignee.clone(),
            restricted_to: ticket.restricted_to.clone(),
            opened: ticket.opened,
            updated: ticket.updated,
            resolved: resolution.map(|r| r.at),
            closed,
            code,
            satisfaction,
            reopenings: ticket.reopenings,
            escalations: ticket.escalations,
            merged_into: ticket.merged_into(),
            key: ticket.key.clone(),
            clocks: ticket.clocks(policy),
            origin: ticket.origin.as_ref().map(|origin| ExternalReference {
                source: origin.source.clone(),
                number: origin.number.clone(),
            }),
            next_action_at: automation::next_timer(ticket, policy).map(|due| due.actionable_at),
            is_known_error: ticket.known_error.is_some(),
            is_undone: matches!(ticket.status, Status::Closed(Closure::Undone)),
            tags: ticket.tags.clone(),
            fields: ticket.fields.clone(),
            checklist: ticket.checklist.progress(),
            erased_scopes: ticket.erased_scopes.clone(),
        }
    }

    /// Returns the summary at a moment not before the last event: a pause whose
    /// end has come is over.
    pub(crate) fn at(mut self, now: Timestamp) -> Self {
        if let Some(until) = self.wake_at.filter(|until| *until <= now) {
            self.state = self.state_at(now);
            self.since = until;
            self.pause_reason = None;
            self.wake_at = None;
        }
        self
    }

    /// Returns the state at a moment not before the last event.
    pub(crate) fn state_at(&self, now: Timestamp) -> State {
        match self.wake_at {
            Some(until) if until <= now => State::Active,
            Some(_) | None => self.state,
        }
    }

    /// Returns the levels that give the priority.
    pub(crate) fn levels(&self) -> Option<&RatedLevels> {
        self.rating.as_ref()?.levels.as_ref()
    }

    /// Returns the greater of the two impacts.
    pub(crate) fn impact<'a>(&'a self, matrix: &'a Matrix) -> Option<&'a str> {
        Some(matrix.effective_impact(self.levels()?).as_str())
    }

    /// Returns whether the ticket is not closed.
    pub(crate) const fn is_open(&self) -> bool {
        !matches!(self.state, State::Closed)
    }

    /// Returns the value of a field that the policy defines or has defined.
    pub(crate) fn field(&self, name: &str) -> Option<&FieldValue> {
        self.fields.iter().find(|known| known.name == name)
    }

    /// Returns name and contact as one text to filter by.
    pub(crate) fn requester_text(&self) -> String {
        let part = |text: &Option<String>| text.clone().unwrap_or_default();
        format!(
            "{} {}",
            part(&self.requester.name),
            part(&self.requester.contact)
        )
    }

    /// Returns the worst state that a running clock shows; `None` if none runs.
    pub(crate) fn worst_clock(&self, now: Timestamp) -> Option<DisplayState> {
        let rank = |shown: &DisplayState| match shown {
            DisplayState::Overdue => 3,
            DisplayState::AtRisk => 2,
            DisplayState::Ok => 1,
            DisplayState::None
            | DisplayState::Paused
            | DisplayState::Met
            | DisplayState::Missed
            | DisplayState::Cancelled => 0,
        };
        self.clocks
            .values()
            .map(|clock| clock.display_state(now))
            .max_by_key(rank)
            .filter(|shown| rank(shown) > 0)
    }
}
