//! Who gave the first response to a ticket, and who resolved it. Rows do not
//! hold this, so it is read from the events.

use std::collections::BTreeMap;

use super::super::Timestamp;
use super::super::event::TicketId;
use super::super::people::{Actor, Agent};
use super::super::sla::clock::Phase;
use super::super::summary::Summary;
use super::super::vocabulary::ClockName;

/// An event that somebody may get the credit for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Credit {
    pub(crate) ticket: TicketId,
    pub(crate) at: Timestamp,
    pub(crate) by: Actor,
    pub(crate) kind: CreditKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CreditKind {
    Opened,
    /// A public message, or a call that was held.
    Contact,
    Resolved,
}

impl CreditKind {
    /// Returns what an event of a kind of fact is credited as, if at all.
    pub(crate) fn from_fact_kind(kind: &str) -> Option<Self> {
        match kind {
            "opened" => Some(Self::Opened),
            "replied" | "call-held" => Some(Self::Contact),
            "resolved" => Some(Self::Resolved),
            _ => None,
        }
    }
}

/// The credits of each ticket.
#[derive(Debug, Clone, Default)]
pub(super) struct Credits(BTreeMap<TicketId, TicketCredits>);

#[derive(Debug, Clone, Default)]
struct TicketCredits {
    opened: Option<Agent>,
    first_contact: Option<(Timestamp, Agent)>,
    resolved: Option<(Timestamp, Option<Agent>)>,
}

impl Credits {
    /// Adds a credit. Those of one ticket are added in order.
    pub(super) fn add(&mut self, credit: &Credit) {
        let Credit {
            ticket,
            at,
            by,
            kind,
        } = credit;
        let agent = by.agent().cloned();
        let known = self.0.entry(*ticket).or_default();
        match (kind, agent) {
            (CreditKind::Opened, agent) => known.opened = agent,
            (CreditKind::Contact, Some(agent)) => {
                known.first_contact.get_or_insert((*at, agent));
            }
            // A message that the program sends by itself is no response.
            (CreditKind::Contact, None) => {}
            (CreditKind::Resolved, agent) => known.resolved = Some((*at, agent)),
        }
    }

    /// Returns who stopped the response clock.
    pub(super) fn responder(&self, row: &Summary) -> Option<&Agent> {
        let Phase::Stopped { at } = row.clocks.get(ClockName::Response)?.phase else {
            return None;
        };
        let credits = self.0.get(&row.id)?;
        let live = row.channel.is_live() && at == row.opened;
        let opened = credits.opened.as_ref().filter(|_| live);
        let contact = credits.first_contact.as_ref();
        let contact = contact.filter(|(contact, _)| *contact == at);
        opened.or(contact.map(|(_, agent)| agent))
    }

    /// Returns who resolved a ticket that is still resolved or closed.
    pub(super) fn resolver(&self, row: &Summary) -> Option<&Agent> {
        let (at, agent) = self.0.get(&row.id)?.resolved.as_ref()?;
        agent.as_ref().filter(|_| row.resolved == Some(*at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::vocabulary::Channel;
    use crate::testing::ticket_story::{TicketStory, agent, desk, hear, reopen, reply, resolve};

    /// The responder and the resolver of a story.
    fn credited(story: &TicketStory) -> [Option<String>; 2] {
        let mut credits = Credits::default();
        for event in story.history() {
            let Some(kind) = CreditKind::from_fact_kind(event.fact.kind()) else {
                continue;
            };
            credits.add(&Credit {
                ticket: event.ticket,
                at: event.at,
                by: event.actor.clone(),
                kind,
            });
        }
        let row = story.summary();
        [credits.responder(&row), credits.resolver(&row)].map(|name| name.map(Agent::to_string))
    }

    fn names(responder: Option<&str>, resolver: Option<&str>) -> [Option<String>; 2] {
        [responder, resolver].map(|name| name.map(str::to_owned))
    }

    #[test]
    fn the_credit_goes_to_who_did_it_and_not_to_the_assignee() {
        let mut story = desk().open_at(3);
        assert_eq!(credited(&story), names(None, None));
        story = story.at("9:10").by(Actor::Desk).run(reply("received"));
        assert_eq!(credited(&story), names(None, None), "not by the program");
        story = story.at("9:20").by(agent("ben")).run(reply("on it"));
        story = story.at("9:30").by(agent("cleo")).run(hear("any news?"));
        story = story.at("9:40").by(agent("cleo")).run(reply("soon"));
        story = story.at("9:50").by(agent("dan")).run(resolve(None));
        assert_eq!(credited(&story), names(Some("ben"), Some("dan")));
        story = story.at("9:55").run(reopen());
        assert_eq!(credited(&story), names(Some("ben"), None), "reopened");
        story = story.at("10:00").by(agent("eve")).run(resolve(None));
        assert_eq!(credited(&story), names(Some("ben"), Some("eve")));
    }

    #[test]
    fn live_contact_is_the_response_of_who_opened_the_ticket() {
        let story = desk().via(Channel::Phone).open_at(3);
        let story = story.by(agent("ben")).run(reply("at the same instant"));
        assert_eq!(credited(&story), names(Some("anna"), None));
        let story = desk().via(Channel::Email).open_at(3);
        let story = story.by(agent("ben")).run(reply("at the same instant"));
        assert_eq!(credited(&story), names(Some("ben"), None));
    }
}
