//! An entry of the register of breaches of personal data.

use serde::Serialize;

use super::breach_event::{Range, RegisterDetails, SentNotification, WorksheetAnswer};
use super::value::{At, CsvRecord, CsvValue, Recipient, Risk, Role, Severity};
use crate::domain::Timestamp;
use crate::domain::breach::details::NumberRange;
use crate::domain::breach::fact::Decided;
use crate::domain::breach::obligation;
use crate::domain::breach::{self as model};
use crate::domain::read_models::BreachEntry;

/// A breach of personal data.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Breach<'a> {
    /// The number of its ticket.
    id: i64,
    title: &'a str,
    /// `open` or `closed`.
    state: &'static str,
    role: Role,
    /// When it was put on record.
    opened_at: At,
    opened_by: &'a str,
    /// Since when the organisation is aware of it; null while nobody decided that.
    aware: Option<TimeDecision<'a>>,
    /// When it was classified as one to report.
    classified: Option<TimeDecision<'a>>,
    register: RegisterDetails<'a>,
    containment: Vec<Containment<'a>>,
    notes: Vec<Note<'a>>,
    /// The last worksheet; its result is an aid.
    assessment: Option<Assessment<'a>>,
    /// The decisions about the risk; the last one counts.
    risk_decisions: Vec<RiskDecision<'a>>,
    notifications: Vec<Obligation<'a>>,
    closed: Option<Closing<'a>>,
    #[serde(skip)]
    #[cfg_attr(test, schemars(skip))]
    model: &'a model::Breach,
}

impl<'a> From<&'a BreachEntry> for Breach<'a> {
    fn from(entry: &'a BreachEntry) -> Self {
        let model: &model::Breach = &entry.breach;
        let decided = |known: &'a Option<(Decided, Timestamp)>| {
            known.as_ref().map(|(decided, _)| decided.into())
        };
        let obligations = model.obligations.iter();
        Self {
            id: entry.summary.id.0,
            title: &entry.summary.title,
            state: if model.is_open() { "open" } else { "closed" },
            role: model.role.into(),
            opened_at: At(model.opened),
            opened_by: model.opened_by.as_str(),
            aware: decided(&model.aware),
            classified: decided(&model.classified),
            register: (&model.details).into(),
            containment: model.containment.iter().map(Into::into).collect(),
            notes: model.notes.iter().map(Into::into).collect(),
            assessment: model.assessment.as_ref().map(Into::into),
            risk_decisions: model.risks.iter().map(Into::into).collect(),
            notifications: obligations.map(|one| Obligation::new(one, model)).collect(),
            closed: model.closing.as_ref().map(Into::into),
            model,
        }
    }
}

published! {
    /// A decision about a time.
    TimeDecision<'a> from decided: Decided => {
        at: At = At(decided.at),
        by: &'a str = &decided.by,
        reason: Option<&'a str> = decided.reason.as_deref(),
    }
}

published! {
    Containment<'a> from step: model::Containment => {
        at: At = At(step.at),
        measure: &'a str = &step.measure,
        by: &'a str = step.by.as_str(),
    }
}

published! {
    Note<'a> from note: model::BreachNote => {
        at: At = At(note.at),
        text: &'a str = &note.text,
        by: &'a str = note.by.as_str(),
    }
}

published! {
    Assessment<'a> from last: model::Assessment => {
        at: At = At(last.at),
        by: &'a str = last.by.as_str(),
        /// Data processing context x ease of identification + circumstances.
        score: String = last.scores.total().to_string(),
        severity: Severity = last.scores.severity().into(),
        context: String = last.scores.context.to_string(),
        identification: String = last.scores.identification.to_string(),
        circumstances: String = last.scores.circumstances.to_string(),
        answers: Vec<WorksheetAnswer<'a>> = last.answers.iter().map(Into::into).collect(),
    }
}

published! {
    RiskDecision<'a> from decision: model::RiskDecision => {
        at: At = At(decision.at),
        risk: Risk = decision.risk.into(),
        by: &'a str = &decision.by,
        reason: &'a str = &decision.reason,
    }
}

published! {
    Closing<'a> from closing: model::Closing => {
        at: At = At(closing.at),
        by: &'a str = closing.by.as_str(),
        lessons: &'a str = &closing.lessons,
        /// The numbers of the notifications that were open then.
        left_open: &'a [u32] = &closing.left_open,
        /// Why it was closed all the same.
        reason: Option<&'a str> = closing.reason.as_deref(),
    }
}

published! {
    /// Why a notification is not required.
    Waiver<'a> from waiver: obligation::Waiver => {
        at: At = At(waiver.at),
        by: &'a str = &waiver.by,
        reason: &'a str = &waiver.reason,
    }
}

/// An obligation to notify.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Obligation<'a> {
    number: u32,
    /// The regime and the stage, such as `gdpr/authority`.
    name: String,
    to: Recipient,
    basis: Option<&'a str>,
    /// When it ends, such as `72h from aware`.
    within: String,
    /// Whether the law gives no span, so that this one is the organisation's.
    own_span: bool,
    /// `waiting`, `open`, `sent`, `not-required` or `left-open`.
    state: &'static str,
    started_at: Option<At>,
    due: Option<At>,
    /// Whether it was sent after it was due.
    late: bool,
    /// The notifications that were sent.
    sent: Vec<SentNotification<'a>>,
    not_required: Option<Waiver<'a>>,
}

impl<'a> Obligation<'a> {
    fn new(one: &'a obligation::Obligation, breach: &model::Breach) -> Self {
        let span = one.span(breach);
        Self {
            number: one.number,
            name: one.terms.name(),
            to: one.terms.to.into(),
            basis: one.terms.basis.as_deref(),
            within: one.terms.limits_text(),
            own_span: one.terms.is_own_span,
            state: one.state(breach).as_str(),
            started_at: span.map(|span| At(span.started)),
            due: span.map(|span| At(span.due)),
            late: one.was_late(breach),
            sent: one
                .sent
                .iter()
                .map(|sent| (&sent.notification).into())
                .collect(),
            not_required: one.waiver.as_ref().map(Into::into),
        }
    }

    /// What became of it, in a few words.
    fn outcome(&self) -> String {
        let mut text = format!("{}: {}", self.name, self.state);
        if let Some(sent) = self.sent.last() {
            text += &sent.in_words();
        }
        if let (None, Some(waiver)) = (self.sent.last(), &self.not_required) {
            text += &format!(" {} by {}: {}", waiver.at, waiver.by, waiver.reason);
        }
        if let (true, Some(due)) = (self.state == "open", self.due) {
            text += &format!(", due {due}");
        }
        text
    }
}

impl CsvRecord for Breach<'_> {
    const HEADINGS: &'static str = "id,title,state,role,opened_at,aware_at,aware_by,happened_from,\
        happened_to,detected_at,nature,facts,cause,person_categories,persons_min,persons_max,\
        record_categories,records_min,records_max,states,effects,measures_before,measures,\
        containment,contact,controller,score,severity,risk,risk_by,risk_reason,notifications,\
        closed_at,lessons,";
}

impl CsvValue for Breach<'_> {
    fn csv(&self, to: &mut Vec<String>) {
        let details = &self.model.details;
        let range = |range: Option<NumberRange>, to: &mut Vec<String>| {
            let range = range.as_ref().map(Range::from);
            range.as_ref().map(|range| range.min).csv(to);
            range.as_ref().map(|range| range.max).csv(to);
        };
        self.id.csv(to);
        self.title.csv(to);
        self.state.csv(to);
        self.role.csv(to);
        self.opened_at.csv(to);
        self.aware.as_ref().map(|aware| aware.at).csv(to);
        self.aware.as_ref().map(|aware| aware.by).csv(to);
        details.happened_from.map(At).csv(to);
        details.happened_to.map(At).csv(to);
        details.detected.map(At).csv(to);
        let natures = details.natures.iter().map(|one| one.as_str().to_owned());
        natures.collect::<Vec<_>>().as_slice().csv(to);
        details.facts.as_deref().csv(to);
        details.cause.as_deref().csv(to);
        details.person_categories.as_slice().csv(to);
        range(details.persons, to);
        details.record_categories.as_slice().csv(to);
        range(details.records, to);
        details.states.as_slice().csv(to);
        details.effects.as_deref().csv(to);
        details.measures_before.as_deref().csv(to);
        details.measures.as_deref().csv(to);
        let steps = self.containment.iter();
        let steps = steps.map(|step| format!("{} {}", step.at, step.measure));
        steps.collect::<Vec<_>>().as_slice().csv(to);
        details.contact.as_deref().csv(to);
        details.controller.as_deref().csv(to);
        let last = self.assessment.as_ref();
        last.map(|last| last.score.as_str()).csv(to);
        last.map(|last| last.severity).csv(to);
        let risk = self.risk_decisions.last();
        risk.map(|decision| decision.risk).csv(to);
        risk.map(|decision| decision.by).csv(to);
        risk.map(|decision| decision.reason).csv(to);
        let outcomes = self.notifications.iter().map(Obligation::outcome);
        outcomes.collect::<Vec<_>>().as_slice().csv(to);
        self.closed.as_ref().map(|closed| closed.at).csv(to);
        self.closed.as_ref().map(|closed| closed.lessons).csv(to);
    }
}
