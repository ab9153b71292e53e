//! The events of a breach of personal data in a ticket's timeline.

use serde::Serialize;

use super::facts_macro::facts;
use super::value::{At, Nature, Recipient, Risk, Role, Seconds, Severity};
use crate::domain::breach::details::{Details, NumberRange};
use crate::domain::breach::{fact, terms};
use crate::domain::event;

facts! { BreachFact from fact::BreachFact;
    #[serde(rename = "breach-opened")]
    Opened = fact::BreachFact::Opened { role, policy, terms } => {
        role: Role = (*role).into(),
        policy_version: u32 = *policy,
        /// The obligations that may arise, numbered from 1.
        obligations: Vec<Terms<'a>> = terms.iter().map(Into::into).collect(),
    }
    /// What the register says was added or replaced.
    #[serde(rename = "breach-described")]
    Described = fact::BreachFact::Described { details, note } => {
        #[serde(flatten)] details: RegisterDetails<'a> = (&**details).into(),
        #[serde(skip_serializing_if = "Option::is_none")] note: Option<&'a str> = note.as_deref(),
    }
    #[serde(rename = "breach-aware")]
    Aware = fact::BreachFact::BecameAware(decided) => {
        aware_at: At = At(decided.at),
        by: &'a str = &decided.by,
        #[serde(skip_serializing_if = "Option::is_none")] reason: Option<&'a str> = decided.reason.as_deref(),
    }
    #[serde(rename = "breach-classified")]
    Classified = fact::BreachFact::Classified(decided) => {
        classified_at: At = At(decided.at),
        by: &'a str = &decided.by,
        #[serde(skip_serializing_if = "Option::is_none")] reason: Option<&'a str> = decided.reason.as_deref(),
    }
    #[serde(rename = "breach-contained")]
    Contained = fact::BreachFact::Contained { at, measure } => {
        contained_at: At = At(*at),
        measure: &'a str = measure,
    }
    /// The worksheet was filled in; its result is an aid.
    #[serde(rename = "breach-assessed")]
    Assessed = fact::BreachFact::Assessed { policy, answers, scores } => {
        policy_version: u32 = *policy,
        answers: Vec<WorksheetAnswer<'a>> = answers.iter().map(Into::into).collect(),
        score: String = scores.total().to_string(),
        severity: Severity = scores.severity().into(),
    }
    #[serde(rename = "breach-risk-decided")]
    RiskDecided = fact::BreachFact::RiskDecided { risk, by, reason } => {
        risk: Risk = (*risk).into(),
        by: &'a str = by,
        reason: &'a str = reason,
    }
    #[serde(rename = "breach-notified")]
    Notified = fact::BreachFact::Notified(sent) => {
        #[serde(flatten)] notification: SentNotification<'a> = sent.into(),
    }
    #[serde(rename = "breach-not-required")]
    NotRequired = fact::BreachFact::NotRequired { obligation, name, by, reason } => {
        obligation: u32 = *obligation,
        name: &'a str = name,
        by: &'a str = by,
        reason: &'a str = reason,
    }
    /// The time of an obligation reached a level.
    #[serde(rename = "breach-warned")]
    Warned = fact::BreachFact::Warned { obligation, name, before, due } => {
        obligation: u32 = *obligation,
        name: &'a str = name,
        /// How long before it is due; absent when it is overdue.
        #[serde(skip_serializing_if = "Option::is_none")] before_s: Option<Seconds> = before.map(Into::into),
        due: At = At(*due),
    }
    #[serde(rename = "breach-closed")]
    Closed = fact::BreachFact::Closed { lessons, left_open, reason } => {
        lessons: &'a str = lessons,
        /// The numbers of the obligations that were open then.
        left_open: &'a [u32] = left_open,
        #[serde(skip_serializing_if = "Option::is_none")] reason: Option<&'a str> = reason.as_deref(),
    }
    #[serde(rename = "breach-reopened")]
    Reopened = fact::BreachFact::Reopened { reason } => {
        reason: &'a str = reason,
    }
}

published! {
    /// The terms of an obligation to notify.
    Terms<'a> from terms: terms::Terms => {
        regime: &'a str = &terms.regime,
        stage: &'a str = &terms.stage,
        to: Recipient = terms.to.into(),
        #[serde(skip_serializing_if = "Option::is_none")]
        basis: Option<&'a str> = terms.basis.as_deref(),
        /// When it ends, such as `72h from aware`.
        within: String = terms.limits_text(),
        /// Whether the law gives no span, so that this one is the organisation's.
        own_span: bool = terms.is_own_span,
    }
}

published! {
    /// A number that is known only to lie between two bounds.
    Range from range: NumberRange => {
        pub(super) min: u64 = range.min,
        pub(super) max: u64 = range.max,
    }
}

published! {
    /// What the register says; absent parts are not known yet.
    RegisterDetails<'a> from details: Details => {
        #[serde(skip_serializing_if = "Option::is_none")]
        facts: Option<&'a str> = details.facts.as_deref(),
        #[serde(skip_serializing_if = "Option::is_none")]
        cause: Option<&'a str> = details.cause.as_deref(),
        #[serde(skip_serializing_if = "Vec::is_empty")]
        nature: Vec<Nature> = details.natures.iter().copied().map(Into::into).collect(),
        #[serde(skip_serializing_if = "Option::is_none")]
        happened_from: Option<At> = details.happened_from.map(At),
        #[serde(skip_serializing_if = "Option::is_none")]
        happened_to: Option<At> = details.happened_to.map(At),
        #[serde(skip_serializing_if = "Option::is_none")]
        detected_at: Option<At> = details.detected.map(At),
        #[serde(skip_serializing_if = "<[_]>::is_empty")]
        person_categories: &'a [String] = &details.person_categories,
        #[serde(skip_serializing_if = "Option::is_none")]
        persons: Option<Range> = details.persons.as_ref().map(Into::into),
        #[serde(skip_serializing_if = "<[_]>::is_empty")]
        record_categories: &'a [String] = &details.record_categories,
        #[serde(skip_serializing_if = "Option::is_none")]
        records: Option<Range> = details.records.as_ref().map(Into::into),
        /// The states concerned.
        #[serde(skip_serializing_if = "<[_]>::is_empty")]
        states: &'a [String] = &details.states,
        /// The likely consequences.
        #[serde(skip_serializing_if = "Option::is_none")]
        effects: Option<&'a str> = details.effects.as_deref(),
        #[serde(skip_serializing_if = "Option::is_none")]
        measures_before: Option<&'a str> = details.measures_before.as_deref(),
        #[serde(skip_serializing_if = "Option::is_none")]
        measures: Option<&'a str> = details.measures.as_deref(),
        #[serde(skip_serializing_if = "Option::is_none")]
        contact: Option<&'a str> = details.contact.as_deref(),
        #[serde(skip_serializing_if = "Option::is_none")]
        controller: Option<&'a str> = details.controller.as_deref(),
    }
}

published! {
    /// A notification that was sent.
    SentNotification<'a> from sent: fact::Notification => {
        /// The number of the obligation.
        obligation: u32 = sent.obligation,
        name: &'a str = &sent.name,
        sent_at: At = At(sent.at),
        how: &'a str = &sent.how,
        by: &'a str = &sent.by,
        #[serde(skip_serializing_if = "Option::is_none")]
        reference: Option<&'a str> = sent.reference.as_deref(),
        /// Why it was late.
        #[serde(skip_serializing_if = "Option::is_none")]
        delay: Option<&'a str> = sent.delay.as_deref(),
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<&'a str> = sent.note.as_deref(),
        more_follows: bool = sent.more_follows,
    }
}

published! {
    /// An answer of the worksheet.
    WorksheetAnswer<'a> from answer: event::Answer => {
        key: &'a str = &answer.key,
        question: &'a str = &answer.question,
        answer: &'a str = &answer.answer,
    }
}

impl SentNotification<'_> {
    /// When, how and by whom, for a cell of a table.
    pub(super) fn in_words(&self) -> String {
        let mut text = format!(" {} by {}, {}", self.sent_at, self.by, self.how);
        if let Some(reference) = self.reference {
            text += &format!(", reference {reference}");
        }
        if let Some(delay) = self.delay {
            text += &format!("; reason of the delay: {delay}");
        }
        text
    }
}
