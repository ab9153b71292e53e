//! What of the tickets an agent sees: those that are restricted to others are not
//! shown, and the data of people whose processing is limited are covered.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::person_register::{LimitedPeople, ProcessingLimit};
use crate::domain::checklist::ChecklistProgress;
use crate::domain::event::{Event, Fact, TicketId};
use crate::domain::people::{Agent, Requester};
use crate::domain::read_models::{QueuedMail, TicketUpdate};
use crate::domain::summary::Summary;

/// What stands in place of the title of a ticket that is restricted to others.
pub(crate) const RESTRICTED: &str = "[restricted]";

/// What stands in place of texts and names of a person whose data may only be
/// stored.
pub(crate) const LIMITED: &str = "[processing limited]";

/// What becomes of the tickets of a query that are restricted to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum RestrictedTickets {
    /// They are left out.
    #[default]
    LeaveOut,
    /// They are shown as a number with its clocks.
    NumberOnly,
    /// They are counted as all others. What was written on them is covered.
    Count,
}

/// What an agent does not see. The default hides nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct View {
    /// The tickets that are restricted to others, and to whom.
    hidden: BTreeMap<TicketId, Vec<Agent>>,
    limited: LimitedPeople,
}

impl View {
    /// Creates the view of a reader; nobody sees what is restricted without a
    /// name.
    pub(crate) fn new(
        restricted: impl IntoIterator<Item = (TicketId, Vec<Agent>)>,
        reader: Option<&Agent>,
        limited: LimitedPeople,
    ) -> Self {
        let sees = |to: &[Agent]| reader.is_some_and(|reader| to.contains(reader));
        let hidden = restricted.into_iter().filter(|(_, to)| !sees(to));
        Self {
            hidden: hidden.collect(),
            limited,
        }
    }

    /// Returns the view in which the data of limited people are not covered.
    pub(crate) fn with_limited_data(&self) -> Self {
        Self {
            limited: LimitedPeople::default(),
            ..self.clone()
        }
    }

    pub(crate) fn hides_nothing(&self) -> bool {
        self.hidden.is_empty() && self.limited.is_empty()
    }

    pub(crate) fn limits_anybody(&self) -> bool {
        !self.limited.is_empty()
    }

    /// Returns to whom a ticket is restricted that is not to be shown.
    pub(crate) fn hides(&self, id: TicketId) -> Option<&[Agent]> {
        self.hidden.get(&id).map(Vec::as_slice)
    }

    /// Returns the tickets that are not to be shown.
    pub(crate) fn hidden(&self) -> impl ExactSizeIterator<Item = TicketId> {
        self.hidden.keys().copied()
    }

    /// Returns a row as it is shown.
    pub(crate) fn shown(&self, row: Summary) -> Summary {
        self.shown_as(row, RestrictedTickets::NumberOnly)
    }

    /// Returns a row as a query shows it that does not leave it out.
    pub(crate) fn shown_as(&self, row: Summary, restricted: RestrictedTickets) -> Summary {
        if self.hides_nothing() {
            return row;
        }
        let is_hidden = self.hidden.contains_key(&row.id);
        match restricted {
            RestrictedTickets::Count if is_hidden => without_texts(row),
            RestrictedTickets::LeaveOut | RestrictedTickets::NumberOnly if is_hidden => {
                number_only(row)
            }
            RestrictedTickets::LeaveOut
            | RestrictedTickets::NumberOnly
            | RestrictedTickets::Count => self.covered(row),
        }
    }

    /// Covers the data of a limited person.
    fn covered(&self, mut row: Summary) -> Summary {
        if self.limited.limit_on(&row.requester).is_some() {
            LIMITED.clone_into(&mut row.title);
            row.requester = Requester {
                name: Some(LIMITED.to_owned()),
                ..Requester::default()
            };
            row.tags.clear();
            row.fields.clear();
        }
        row
    }

    /// Returns the result of a command as it is shown.
    pub(crate) fn shown_update(&self, update: TicketUpdate) -> TicketUpdate {
        if self.hides_nothing() {
            return update;
        }
        let is_hidden = self.hides(update.after.id).is_some();
        let is_plain =
            |event: &Event| event.fact.texts().is_empty() && event.fact.agents().is_empty();
        let addressed = update.addressed.into_iter().map(|(id, person)| {
            let covered = Requester {
                name: Some(LIMITED.to_owned()),
                ..Requester::default()
            };
            let is_limited = self.limited.limit_on(&person).is_some();
            (id, if is_limited { covered } else { person })
        });
        let is_covered = is_hidden || self.limited.limit_on(&update.after.requester).is_some();
        let mails = update.mails.into_iter().map(|mail| QueuedMail {
            recipient: if is_covered {
                LIMITED.to_owned()
            } else {
                mail.recipient
            },
            error: mail.error.filter(|_| !is_covered),
            ..mail
        });
        TicketUpdate {
            mails: mails.collect(),
            before: update.before.map(|row| self.shown(row)),
            after: self.shown(update.after),
            events: update
                .events
                .into_iter()
                .filter(|event| !is_hidden || is_plain(event))
                .collect(),
            addressed: addressed.collect(),
            ..update
        }
    }

    /// Returns whether the texts of a whole history are those of a limited person:
    /// of somebody who is, or was, its requester.
    pub(crate) fn limits_history(&self, history: &[Event]) -> Option<&ProcessingLimit> {
        if self.limited.is_empty() {
            return None;
        }
        let mut now = Requester::default();
        for event in history {
            if let Fact::Opened(submission) = &event.fact {
                now = submission.requester.clone();
            } else if let Fact::Corrected(correction) = &event.fact {
                correction.correct(&mut now);
            }
            if let Some(limit) = self.limited.limit_on(&now) {
                return Some(limit);
            }
        }
        None
    }

    /// Returns what stands in place of the texts of an event that brings them from
    /// a ticket that is not to be shown, or that is about a limited person besides
    /// the requester.
    pub(crate) fn covers_event(&self, event: &Event) -> Option<&'static str> {
        if let Fact::MergedFrom { from, .. } = &event.fact
            && self.hides(*from).is_some()
        {
            return Some(RESTRICTED);
        }
        let people = people_of(&event.fact);
        let mut people = people.iter();
        people
            .any(|one| self.limited.limit_on(one).is_some())
            .then_some(LIMITED)
    }
}

/// Returns the people whom a fact names.
pub(crate) fn people_of(fact: &Fact) -> Vec<&Requester> {
    if let Fact::Opened(submission) = fact {
        vec![&submission.requester]
    } else if let Fact::MessageReceived { sender: one, .. }
    | Fact::CallAnswered { person: one, .. } = fact
    {
        one.iter().collect()
    } else if let Fact::MergedFrom { brought, .. } = fact {
        vec![&brought.requester]
    } else if let Fact::ParticipantAdded { person, .. } | Fact::ParticipantRemoved { person } = fact
    {
        vec![person]
    } else {
        Vec::new()
    }
}

/// Removes what was written on a ticket, and what it is about.
fn without_texts(row: Summary) -> Summary {
    Summary {
        title: RESTRICTED.to_owned(),
        requester: Requester::default(),
        category: None,
        key: None,
        origin: None,
        tags: Vec::new(),
        fields: Vec::new(),
        checklist: ChecklistProgress::default(),
        ..row
    }
}

/// Leaves the number, the status with its times, the priority and the clocks.
fn number_only(row: Summary) -> Summary {
    Summary {
        kind: None,
        assignee: None,
        code: None,
        satisfaction: None,
        time_spent: TimeDelta::zero(),
        unanswered_since: None,
        merged_into: None,
        is_known_error: false,
        ..without_texts(row)
    }
}
