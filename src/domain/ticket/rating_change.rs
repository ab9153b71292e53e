//! The last change of a ticket's priority, and what followed from it.

use super::Ticket;
use super::history;
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact};
use crate::domain::people::{Actor, Tier};
use crate::domain::priority::Rating;

/// The last rating of a ticket.
#[derive(Debug, Clone)]
pub(crate) struct RatingChange {
    pub(crate) at: Timestamp,
    pub(crate) by: Actor,
    /// The rating before it.
    pub(crate) previous: Option<Rating>,
    /// The numbers of the events that set the targets of the new priority.
    pub(crate) targets: Vec<u32>,
    /// The number of the escalation to the tier that takes the priority at once.
    pub(crate) escalation: Option<(u32, Tier)>,
    /// What agents have done since.
    pub(crate) since: Vec<Event>,
}

impl Ticket {
    /// Returns the last rating; `None` without one.
    pub(crate) fn last_rating(&self) -> Option<RatingChange> {
        let events = &self.record.events;
        let without_effect = history::without_effect(events);
        let is_rating = |event: &&Event| {
            matches!(event.fact, Fact::Prioritized(_)) && !without_effect.contains(&event.n)
        };
        let last = events.iter().rposition(|event| is_rating(&event))?;
        let rated = &events[last];
        let previous = events[..last].iter().rfind(is_rating);
        let previous = previous.and_then(|event| event.fact.rating().cloned());
        let mut change = RatingChange {
            at: rated.at,
            by: rated.actor.clone(),
            previous,
            targets: Vec::new(),
            escalation: None,
            since: Vec::new(),
        };
        for event in &events[last + 1..] {
            let together = event.is_together_with(rated);
            if without_effect.contains(&event.n) {
                continue;
            }
            let by_desk = event.actor == Actor::Desk;
            if let (Fact::TargetSet { .. }, true) = (&event.fact, together) {
                change.targets.push(event.n);
            } else if let (Fact::Escalated { to, .. }, true, true) =
                (&event.fact, together, by_desk)
            {
                change.escalation = Some((event.n, to.clone()));
            } else if !together && !by_desk {
                change.since.push(event.clone());
            }
        }
        Some(change)
    }
}
