//! What a use case hands to the renderer: what it did to a ticket, or all
//! there is about one.

use super::event::{Event, TicketId};
use super::policy::questions::Question;
use super::policy::{Diagnostic, Policy};
use super::questionnaire::{Applicability, Questionnaire};
use super::sla::clock::Clock;
use super::sla::explanation::ClockExplanation;
use super::summary::Summary;
use super::ticket::{KnownError, Ticket};
use super::vocabulary::ClockName;

/// What a write did to one ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TicketUpdate {
    /// As it was before; none if the command opened it.
    pub(crate) before: Option<Summary>,
    pub(crate) after: Summary,
    /// What happened; nothing if it was so already.
    pub(crate) events: Vec<Event>,
    /// The merged ticket that was named, where this is the surviving one.
    pub(crate) requested: Option<TicketId>,
}

/// What a change of policy does, or would do, to a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SlaChange {
    pub(crate) before: Summary,
    pub(crate) after: Summary,
}

impl SlaChange {
    /// The clocks that change, before and after.
    pub(crate) fn clocks(&self) -> impl Iterator<Item = (ClockName, Option<&Clock>, &Clock)> {
        ClockName::ALL.iter().filter_map(|name| {
            let before = self.before.clocks.get(*name);
            let after = self.after.clocks.get(*name)?;
            (before != Some(after)).then_some((*name, before, after))
        })
    }
}

/// The explanation of the clocks of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SlaExplanation {
    pub(crate) summary: Summary,
    pub(crate) clocks: Vec<ClockExplanation>,
}

/// What was made of a policy document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PolicyCheck {
    /// What it was read from.
    pub(crate) name: String,
    /// Every fault, with its line; empty for a valid document.
    pub(crate) faults: Vec<Diagnostic>,
    /// What is odd but no fault.
    pub(crate) notes: Vec<Diagnostic>,
}

/// A policy that was set, or was in force already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PolicySet {
    pub(crate) version: u32,
    /// Whether it is new.
    pub(crate) changed: bool,
    pub(crate) notes: Vec<Diagnostic>,
}

/// Everything about one ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TicketDetails {
    pub(crate) ticket: Ticket,
    pub(crate) summary: Summary,
    pub(crate) history: Vec<Event>,
}

impl TicketDetails {
    /// The questions and findings of its category.
    pub(crate) fn guide(&self, policy: &Policy) -> Questionnaire {
        let category = self.ticket.category.as_ref();
        category.map_or_else(Questionnaire::default, |category| {
            Questionnaire::for_category(policy, category)
        })
    }
}

/// A question of the policy, as it stands for a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TicketQuestion {
    pub(crate) question: Question,
    pub(crate) reach: Applicability,
    pub(crate) answer: Option<String>,
}

impl TicketQuestion {
    /// The questions for a ticket, in order.
    pub(crate) fn all(page: &TicketDetails, policy: &Policy) -> Vec<Self> {
        let guide = page.guide(policy);
        let known = guide.valid_answers(&page.ticket.answers);
        // None has had its turn: a condition without an answer is open.
        let reach = guide.applicability(&known, 0);
        let asked = guide.questions.into_iter().zip(reach);
        asked
            .map(|(question, reach)| Self {
                answer: known.get(&question.key).cloned(),
                question,
                reach,
            })
            .collect()
    }
}

/// A ticket that is marked as a known error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KnownErrorEntry {
    pub(crate) summary: Summary,
    pub(crate) known_error: KnownError,
    /// How many tickets are linked to it or were merged into it.
    pub(crate) related: u64,
}
