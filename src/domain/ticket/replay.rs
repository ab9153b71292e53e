//! Building a ticket from its history, as it is and as it was at a moment.

use std::rc::Rc;

use super::history::{self, CLOCK_SLACK, CountedEvent};
use super::{Ticket, undo};
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact};
use crate::domain::people::Actor;
use crate::domain::sla::level::Level;

/// The events of a ticket, in the order of recording. They take no part in
/// comparing tickets: two are equal if they are in the same state.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) events: Rc<Vec<Event>>,
    /// The latest time at which one of them was recorded.
    latest: Timestamp,
}

impl Record {
    pub(super) fn new(events: Vec<Event>) -> Self {
        let latest = events.iter().map(|event| event.recorded).max();
        Self {
            events: Rc::new(events),
            latest: latest.unwrap_or(Timestamp::MIN_UTC),
        }
    }

    fn push(&mut self, event: &Event) {
        self.latest = self.latest.max(event.recorded);
        Rc::make_mut(&mut self.events).push(event.clone());
    }
}

impl PartialEq for Record {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Record {}

/// A ticket as a command finds it, and what counts only after the command.
#[derive(Debug, Clone)]
pub(crate) struct TicketAt {
    pub(crate) ticket: Ticket,
    /// The events that count later, which were recorded already.
    pub(crate) later: Vec<LaterEvent>,
}

/// An event that counts after a moment.
#[derive(Debug, Clone)]
pub(crate) struct LaterEvent {
    pub(crate) from: Timestamp,
    pub(crate) is_automatic: bool,
    pub(crate) event: Event,
}

impl Ticket {
    /// Replays a history. Returns `None` if it does not begin with an opening.
    pub(crate) fn replay(history: &[Event]) -> Option<Self> {
        Self::from_history(history.to_vec())
    }

    /// Replays a history as [`Self::replay`] does.
    pub(crate) fn from_history(history: Vec<Event>) -> Option<Self> {
        let history = undo::without_undone(history);
        let mut ticket = Self::replay_counted(&history, &history::counted(&history, None))?;
        ticket.set_record(history);
        Some(ticket)
    }

    /// Replays those events of a history that are given.
    fn replay_counted(history: &[Event], counted: &[CountedEvent<'_>]) -> Option<Self> {
        let without_effect = history::without_effect(history);
        let (first, rest) = counted.split_first()?;
        let mut ticket = Self::opened(&first.event)?;
        for CountedEvent { event, .. } in rest {
            if without_effect.contains(&event.n) {
                ticket.updated = ticket.updated.max(event.at);
            } else {
                ticket.apply_next(event);
            }
        }
        Some(ticket)
    }

    /// Applies one more event.
    pub(crate) fn apply(&mut self, event: &Event) {
        let comes_next = event.at >= self.updated
            && !matches!(
                event.fact,
                Fact::Unfounded { .. } | Fact::Undone { .. } | Fact::ImportUndone { .. }
            )
            && self.record.latest.signed_duration_since(event.recorded) <= CLOCK_SLACK
            && !self.counts_before_a_breach(event);
        self.record.push(event);
        if comes_next {
            self.apply_next(event);
            self.n = event.n;
        } else {
            *self = Self::replay(&self.record.events).expect("a ticket begins with its opening");
        }
    }

    /// Returns whether the ticket was told a breach of an event's moment, which
    /// counts after the event.
    fn counts_before_a_breach(&self, event: &Event) -> bool {
        let mut told = self.warnings.iter();
        event.at == self.updated
            && told.any(|warning| warning.at == event.at && warning.level == Level::BREACH)
            && !self.follows_from_a_breach(event)
    }

    fn follows_from_a_breach(&self, event: &Event) -> bool {
        let escalates = matches!(event.fact, Fact::Escalated { .. });
        event.actor == Actor::Desk
            && (is_breach(event) || escalates && self.record.events.last().is_some_and(is_breach))
    }

    /// The state of the ticket without its events, for a comparison with what
    /// comes: while two tickets share events, adding one copies them all.
    pub(crate) fn without_events(&self) -> Self {
        Self {
            record: Record::new(Vec::new()),
            ..self.clone()
        }
    }

    fn set_record(&mut self, events: Vec<Event>) {
        let last = events.iter().map(|event| event.n).max();
        self.n = last.unwrap_or(self.n);
        self.record = Record::new(events);
    }

    /// Returns the ticket at a moment not before its last event: a pause whose end
    /// has come is over.
    pub(crate) fn at(mut self, now: Timestamp) -> Self {
        self.pass_time(now);
        self
    }

    /// Returns the ticket as a command that happens at `at` finds it, recorded by
    /// a clock that shows `now`.
    pub(crate) fn found_at(&self, at: Timestamp, now: Timestamp) -> TicketAt {
        // Nearly every command comes after all that was recorded.
        if self.updated < at && at <= now {
            return TicketAt {
                ticket: self.clone().at(at),
                later: Vec::new(),
            };
        }
        let counted = history::counted(&self.record.events, Some(now));
        let without_effect = history::without_effect(&self.record.events);
        let (before, after): (Vec<_>, Vec<_>) = counted
            .into_iter()
            .partition(|counted| counted.from <= at || counted.event.n == 1);
        let later = after
            .into_iter()
            .filter(|counted| !without_effect.contains(&counted.event.n));
        let later: Vec<LaterEvent> = later
            .map(|counted| LaterEvent {
                from: counted.from,
                is_automatic: counted.is_automatic,
                event: counted.event.into_owned(),
            })
            .collect();
        let mut ticket = Self::replay_counted(&self.record.events, &before)
            .expect("a ticket begins with its opening");
        let events = before
            .iter()
            .map(|counted| counted.event.clone().into_owned());
        let mut events: Vec<Event> = events.collect();
        events.sort_by_key(|event| event.n);
        ticket.set_record(events);
        ticket.n = self.n;
        TicketAt {
            ticket: ticket.at(at),
            later,
        }
    }

    /// Returns when an agent last did something, by a clock that shows `now`.
    pub(crate) fn last_act_by_agent(&self, now: Timestamp) -> Timestamp {
        let counted = history::counted(&self.record.events, Some(now));
        let by_agents = counted
            .iter()
            .filter(|counted| counted.event.actor != Actor::Desk);
        by_agents
            .map(|counted| counted.event.at)
            .max()
            .unwrap_or(self.opened)
    }
}

fn is_breach(event: &Event) -> bool {
    matches!(&event.fact, Fact::Warned { percent, offset, .. }
        if Level::of_warning(*percent, *offset) == Level::BREACH)
}
