//! What a surviving ticket knows of the tickets that were merged into it, and
//! what a merged ticket keeps for the day its merge is undone.

use super::{KnownError, Message, Ticket};
use crate::domain::Timestamp;
use crate::domain::event::{BroughtAlong, TicketId};
use crate::domain::people::{Participant, Requester};
use crate::domain::sla::clock_event::ClockEvent;
use crate::domain::vocabulary::{ClosureCode, ParticipantRole, Relation};

/// A ticket that was merged into this one, directly or with another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MergedTicket {
    pub(crate) id: TicketId,
    /// What it brought along; `owed_since` is absent once it was answered.
    pub(crate) brought: BroughtAlong,
    /// The first and the last public contact since it was merged.
    pub(crate) contacts: Option<(Timestamp, Timestamp)>,
}

/// Somebody who takes part in the conversation of a ticket.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TakesPart<'a> {
    pub(crate) person: &'a Requester,
    pub(crate) role: ParticipantRole,
    /// The merged ticket whose requester it is.
    pub(crate) merged: Option<TicketId>,
}

/// What went to the surviving ticket, and comes back when the merge is undone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct MovedAway {
    pub(crate) links: Vec<(Relation, TicketId)>,
    pub(crate) known_error: Option<KnownError>,
}

impl Ticket {
    /// Returns what is known of a ticket that was merged into this one.
    pub(crate) fn merged_ticket(&self, id: TicketId) -> Option<&MergedTicket> {
        self.merged_tickets.iter().find(|merged| merged.id == id)
    }

    /// Since when somebody has been owed an answer here: the requester, or one of
    /// a merged ticket.
    pub(crate) fn owed_since(&self) -> Option<Timestamp> {
        let merged = self.merged_tickets.iter();
        let merged = merged.filter_map(|merged| merged.brought.owed_since);
        self.unanswered_since.into_iter().chain(merged).min()
    }

    /// Since when the requester of this ticket has been owed an answer: since the
    /// opening if nobody answered yet, else since the oldest unanswered message.
    pub(crate) fn requester_owed_since(&self) -> Option<Timestamp> {
        let resolution = self.resolution();
        let withdrawn = resolution.is_some_and(|r| r.code == ClosureCode::Withdrawn);
        if self.clock_events.owe_first_response() && !withdrawn {
            Some(self.opened)
        } else {
            self.unanswered_since
        }
    }

    /// Since when somebody has been waiting for an answer: for the first response,
    /// or for a later answer that is owed.
    pub(crate) fn waiting_since(&self) -> Option<Timestamp> {
        let owed = self.requester_owed_since().into_iter();
        owed.chain(self.owed_since()).min()
    }

    /// Returns who takes part in the conversation besides the requester: the
    /// requesters of merged tickets, each with the ticket, and those who were added.
    pub(crate) fn everybody(&self) -> Vec<TakesPart<'_>> {
        let merged = self.merged_tickets.iter().map(|merged| TakesPart {
            person: &merged.brought.requester,
            role: ParticipantRole::Requester,
            merged: Some(merged.id),
        });
        let known = merged.filter(|one| one.person.label().is_some());
        let added = self.participants.iter().map(|added| TakesPart {
            person: &added.person,
            role: added.role,
            merged: None,
        });
        known.chain(added).collect()
    }

    /// Returns everybody whom a ticket that follows this one up has to know, its
    /// requesters first.
    pub(crate) fn conversation(&self) -> Vec<Participant> {
        let own = TakesPart {
            person: &self.requester,
            role: ParticipantRole::Requester,
            merged: None,
        };
        let own = [own].into_iter().filter(|own| own.person.label().is_some());
        let all = own.chain(self.everybody()).map(|one| Participant {
            person: one.person.clone(),
            role: one.role,
        });
        let mut all: Vec<Participant> = all.collect();
        all.sort_by_key(|one| one.role == ParticipantRole::InCopy);
        all
    }

    /// Returns whether somebody takes part in the conversation at all.
    pub(crate) fn takes_part(&self, person: &Requester) -> bool {
        self.requester == *person || self.everybody().iter().any(|one| one.person == person)
    }

    /// Returns whether somebody takes part who asked for help, and not only in copy.
    pub(crate) fn is_requester(&self, person: &Requester) -> bool {
        let asks = |one: &TakesPart<'_>| one.role == ParticipantRole::Requester;
        let mut requesters = self.everybody().into_iter().filter(asks);
        self.requester == *person || requesters.any(|one| one.person == person)
    }

    /// Returns the requesters whom a message answers: its own, those of these
    /// merged tickets, and those who wrote to a ticket that this one follows up.
    pub(crate) fn addressed(&self, also: &[TicketId]) -> Vec<(TicketId, Requester)> {
        let merged = also.iter().filter_map(|id| self.merged_ticket(*id));
        let merged = merged.map(|merged| (merged.id, merged.brought.requester.clone()));
        let added = self.participants.iter();
        let added = added.filter(|added| added.role == ParticipantRole::Requester);
        let added = added.map(|added| (self.id, added.person.clone()));
        let others: Vec<_> = merged.chain(added).collect();
        // An alarm has no requester.
        let is_named = self.requester.label().is_some() || others.is_empty();
        let own = is_named.then(|| (self.id, self.requester.clone()));
        own.into_iter().chain(others).collect()
    }

    pub(super) fn merge_from(&mut self, at: Timestamp, from: TicketId, brought: &BroughtAlong) {
        if let Some(since) = brought.owed_since {
            let event = ClockEvent::OwedByMerge { from, since };
            self.clock_events.push(at, event);
        }
        self.merged_tickets.retain(|merged| merged.id != from);
        self.merged_tickets.push(MergedTicket {
            id: from,
            brought: brought.clone(),
            contacts: None,
        });
    }

    pub(super) fn unmerge(&mut self, at: Timestamp, from: TicketId) {
        let Some(gone) = self.merged_ticket(from).cloned() else {
            return;
        };
        self.clock_events.push(at, ClockEvent::MergeUndone { from });
        self.merged_tickets.retain(|merged| merged.id != from);
        // What it brought does not come back if this ticket is merged itself.
        let moved = &mut self.moved_away;
        moved
            .links
            .retain(|link| !gone.brought.links.contains(link));
        if gone.brought.known_error {
            moved.known_error = None;
        }
    }

    /// An agent made public contact, which answers everybody.
    pub(super) fn contact(&mut self, at: Timestamp) {
        self.clock_events.push(at, ClockEvent::PublicContact);
        self.unanswered_since = None;
        self.withdrawn_message = None;
        for merged in &mut self.merged_tickets {
            merged.brought.owed_since = None;
            let first = merged.contacts.map_or(at, |(first, _)| first);
            merged.contacts = Some((first, at));
        }
    }

    /// Somebody wrote: the requester, or a participant.
    pub(super) fn receive(&mut self, message: Message, thanks: bool) {
        if !thanks {
            let at = message.at;
            self.clock_events.push(at, ClockEvent::RequesterMessage);
            self.unanswered_since.get_or_insert(at);
        }
        self.messages.push(message);
    }
}
