//! What a surviving ticket knows of the tickets that were merged into it, and
//! what a merged ticket keeps for the day its merge is undone.

use super::{KnownError, Message, Ticket};
use crate::domain::Timestamp;
use crate::domain::event::{BroughtAlong, TicketId};
use crate::domain::people::Requester;
use crate::domain::sla::clock_event::ClockEvent;
use crate::domain::vocabulary::{ClosureCode, Relation};

/// A ticket that was merged into this one, directly or with another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MergedTicket {
    pub(crate) id: TicketId,
    /// What it brought along; `owed_since` is absent once it was answered.
    pub(crate) brought: BroughtAlong,
    /// The first and the last public contact since it was merged.
    pub(crate) contacts: Option<(Timestamp, Timestamp)>,
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

    /// Returns who takes part in the conversation besides the requester: those of
    /// merged tickets, each with the ticket, and people in copy.
    pub(crate) fn everybody(&self) -> Vec<(Option<TicketId>, &Requester)> {
        let merged = self.merged_tickets.iter();
        let merged = merged.map(|merged| (Some(merged.id), &merged.brought.requester));
        let known = merged.filter(|(_, person)| person.label().is_some());
        let in_copy = self.participants.iter().map(|person| (None, person));
        known.chain(in_copy).collect()
    }

    /// Returns the requesters whom a message answers: its own, and those of these
    /// merged tickets.
    pub(crate) fn addressed(&self, also: &[TicketId]) -> Vec<(TicketId, Requester)> {
        let merged = also.iter().filter_map(|id| self.merged_ticket(*id));
        let merged = merged.map(|merged| (merged.id, merged.brought.requester.clone()));
        let own = (self.id, self.requester.clone());
        [own].into_iter().chain(merged).collect()
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

    /// Returns the person whom a contact or a name means: the requester of a merged
    /// ticket, or somebody in copy.
    pub(crate) fn participant(&self, typed: &str) -> Option<&Requester> {
        let merged = self.merged_tickets.iter();
        let merged = merged.map(|merged| &merged.brought.requester);
        let mut people = merged.chain(&self.participants);
        people.find(|person| person.is(typed))
    }

    /// Returns whether somebody is only in copy, and no requester.
    pub(crate) fn is_in_copy(&self, person: &Requester) -> bool {
        let mut merged = self.merged_tickets.iter();
        self.participants.contains(person)
            && self.requester != *person
            && merged.all(|merged| merged.brought.requester != *person)
    }
}
