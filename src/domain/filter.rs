//! Conditions on tickets, as the filter language writes them: `p:P1`,
//! `assignee:none`, `-category:network`, `updated:<2h`. A store translates them;
//! [`Condition::matches`] defines what they mean.

mod custom;
pub(crate) mod fields;
pub(crate) mod parse;
pub(crate) mod time_span;
mod values;
pub(crate) mod views;

use chrono::NaiveDate;

use super::Timestamp;
use super::category::Category;
use super::custom_field::{FieldKey, FieldValue};
use super::people::{Agent, Tier};
use super::query::TimeRange;
use super::summary::Summary;
use super::tag::Tag;
use super::vocabulary::{Channel, ClosureCode, Kind, Occurrence, PauseReason, State};

/// One word of a filter: a ticket must meet one of the tests, or, negated, none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Condition {
    pub(crate) negated: bool,
    pub(crate) tests: Vec<Test>,
}

/// Something that is true of a ticket, or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Test {
    /// The title, or the requester's name or contact, contains this.
    Text(String),
    Title(String),
    Requester(String),
    State(State),
    Open,
    Void,
    Kind(Kind),
    Onset(Occurrence),
    Channel(Channel),
    Tier(Tier),
    Assignee(Agent),
    /// This category, or one below it.
    Category(Category),
    Priority(NumberRange),
    Satisfaction(NumberRange),
    /// The time that agents spent on it, in seconds.
    Spent(NumberRange),
    Id(NumberRange),
    Key(String),
    Source(String),
    Number(String),
    Code(ClosureCode),
    PauseReason(PauseReason),
    Time(TimeField, TimeRange),
    Has(OptionalField),
    Lacks(OptionalField),
    Overdue,
    AtRisk,
    KnownError,
    Merged,
    Reopened,
    Escalated,
    Restricted,
    /// A clock is due as somebody promised by hand.
    Promised,
    Tag(Tag),
    /// There are items of a checklist, and any is not done.
    ChecklistOpen,
    /// There are items of a checklist, and all are done.
    ChecklistDone,
    /// The value of a field that the policy defines or has defined.
    Field(String, FieldTest),
    HasField(String),
    LacksField(String),
}

/// What is asked of the value of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FieldTest {
    /// The whole text, in any letter case.
    Text(String),
    /// In millionths.
    Number(NumberRange),
    Date(DateRange),
}

/// A range of dates, both ends included; an absent end is unbounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DateRange {
    pub(crate) from: Option<NaiveDate>,
    pub(crate) to: Option<NaiveDate>,
}

impl FieldTest {
    fn matches(&self, field: &FieldValue) -> bool {
        match (self, field.key()) {
            (Self::Text(text), FieldKey::Text(key)) => text.to_lowercase() == key,
            (Self::Number(range), FieldKey::Number(key)) => range.contains(key),
            (Self::Date(range), FieldKey::Date(key)) => {
                range.from.is_none_or(|from| from <= key) && range.to.is_none_or(|to| key <= to)
            }
            (Self::Text(_) | Self::Number(_) | Self::Date(_), _) => false,
        }
    }
}

/// A moment of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeField {
    Opened,
    Updated,
    Resolved,
    Closed,
    /// When the next clock is due.
    Due,
    /// Since when somebody has been waiting for an answer.
    Unanswered,
}

/// What a ticket may have or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OptionalField {
    Requester,
    Kind,
    Assignee,
    Category,
    Priority,
    Satisfaction,
    Spent,
    Key,
    Source,
    Code,
    PauseReason,
    Resolved,
    Closed,
    Due,
    Unanswered,
    Tag,
    Checklist,
}

/// A range of whole numbers, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NumberRange {
    pub(crate) from: i64,
    pub(crate) to: i64,
}

impl NumberRange {
    pub(crate) fn contains(self, number: i64) -> bool {
        (self.from..=self.to).contains(&number)
    }
}

impl Condition {
    /// Returns whether a ticket meets the condition at `now`.
    pub(crate) fn matches(&self, row: &Summary, now: Timestamp) -> bool {
        self.tests.iter().any(|test| test.matches(row, now)) != self.negated
    }

    /// Returns whether the condition is about the status, so that it says itself
    /// whether closed tickets are meant.
    pub(crate) fn concerns_status(&self) -> bool {
        self.tests.iter().any(|test| match test {
            Test::State(_)
            | Test::Open
            | Test::Void
            | Test::KnownError
            | Test::Merged
            | Test::Code(_) => true,
            Test::Time(field, _) => matches!(field, TimeField::Resolved | TimeField::Closed),
            Test::Has(field) | Test::Lacks(field) => matches!(
                field,
                OptionalField::Resolved
                    | OptionalField::Closed
                    | OptionalField::Code
                    | OptionalField::Satisfaction
            ),
            Test::Satisfaction(_) => true,
            // Whoever names tickets means these.
            Test::Id(_) | Test::Key(_) | Test::Source(_) | Test::Number(_) => true,
            Test::Text(_)
            | Test::Title(_)
            | Test::Requester(_)
            | Test::Kind(_)
            | Test::Onset(_)
            | Test::Channel(_)
            | Test::Tier(_)
            | Test::Assignee(_)
            | Test::Category(_)
            | Test::Priority(_)
            | Test::Spent(_)
            | Test::PauseReason(_)
            | Test::Overdue
            | Test::AtRisk
            | Test::Reopened
            | Test::Escalated
            | Test::Restricted
            | Test::Promised
            | Test::Tag(_)
            | Test::ChecklistOpen
            | Test::ChecklistDone
            | Test::Field(..)
            | Test::HasField(_)
            | Test::LacksField(_) => false,
        })
    }

    /// Returns whether void tickets are asked for.
    pub(crate) fn asks_for_void(&self) -> bool {
        !self.negated && self.tests.contains(&Test::Void)
    }

    /// Returns whether only open tickets can meet the condition.
    pub(crate) fn only_open(&self) -> bool {
        let only_open = |test: &Test| {
            let open_state = matches!(test, Test::State(state) if *state != State::Closed);
            open_state || matches!(test, Test::Open | Test::Overdue | Test::AtRisk)
        };
        !self.negated && self.tests.iter().all(only_open)
    }
}

impl Test {
    fn matches(&self, row: &Summary, now: Timestamp) -> bool {
        let contains = |text: &str, part: &str| text.to_lowercase().contains(&part.to_lowercase());
        let requester = || row.requester_text();
        match self {
            Self::Text(part) => contains(&row.title, part) || contains(&requester(), part),
            Self::Title(part) => contains(&row.title, part),
            Self::Requester(part) => contains(&requester(), part),
            Self::State(state) => row.state_at(now) == *state,
            Self::Open => row.is_open(),
            Self::Void => row.is_void,
            Self::Kind(kind) => row.kind == Some(*kind),
            Self::Onset(onset) => row.onset == *onset,
            Self::Channel(channel) => row.channel == *channel,
            Self::Tier(tier) => row.tier == *tier,
            Self::Assignee(agent) => row.assignee.as_ref() == Some(agent),
            Self::Category(root) => {
                let category = row.category.as_ref();
                category.is_some_and(|category| category.is_within(root))
            }
            Self::Priority(range) => priority(row).is_some_and(|rank| range.contains(rank)),
            Self::Satisfaction(range) => {
                let rating = row.satisfaction;
                rating.is_some_and(|rating| range.contains(rating.into()))
            }
            Self::Spent(range) => range.contains(row.time_spent.num_seconds()),
            Self::Id(range) => range.contains(row.id.0),
            Self::Key(key) => row.key.as_ref() == Some(key),
            Self::Source(source) => row.origin.as_ref().is_some_and(|o| o.source == *source),
            Self::Number(number) => row.origin.as_ref().is_some_and(|o| o.number == *number),
            Self::Code(code) => row.code == Some(*code),
            Self::PauseReason(reason) => {
                row.state_at(now) == State::Paused && row.pause_reason == Some(*reason)
            }
            Self::Time(field, range) => {
                let at = field.of(row);
                at.is_some() && range.contains(at)
            }
            Self::Has(field) => field.is_present(row, now),
            Self::Lacks(field) => !field.is_present(row, now),
            Self::Overdue => row.clocks.is_overdue(now),
            Self::AtRisk => row.clocks.is_at_risk(now),
            Self::KnownError => row.is_known_error,
            Self::Merged => row.merged_into.is_some(),
            Self::Reopened => row.reopenings > 0,
            Self::Escalated => row.escalations > 0,
            Self::Restricted => !row.restricted_to.is_empty(),
            Self::Promised => row.clocks.values().any(|clock| clock.promised),
            Self::Tag(tag) => row.tags.contains(tag),
            Self::ChecklistOpen => row.checklist.is_open(),
            Self::ChecklistDone => row.checklist.is_done(),
            Self::Field(name, test) => row.field(name).is_some_and(|field| test.matches(field)),
            Self::HasField(name) => row.field(name).is_some(),
            Self::LacksField(name) => row.field(name).is_none(),
        }
    }
}

fn priority(row: &Summary) -> Option<i64> {
    row.rating
        .as_ref()
        .map(|rating| rating.priority.rank().into())
}

impl TimeField {
    fn of(self, row: &Summary) -> Option<Timestamp> {
        match self {
            Self::Opened => Some(row.opened),
            Self::Updated => Some(row.updated),
            Self::Resolved => row.resolved,
            Self::Closed => row.closed,
            Self::Due => row.clocks.next_due(),
            Self::Unanswered => row.unanswered_since,
        }
    }
}

impl OptionalField {
    fn is_present(self, row: &Summary, now: Timestamp) -> bool {
        match self {
            Self::Requester => row.requester_text().trim() != "",
            Self::Kind => row.kind.is_some(),
            Self::Assignee => row.assignee.is_some(),
            Self::Category => row.category.is_some(),
            Self::Priority => row.rating.is_some(),
            Self::Satisfaction => row.satisfaction.is_some(),
            Self::Spent => row.time_spent.num_seconds() > 0,
            Self::Key => row.key.is_some(),
            Self::Source => row.origin.is_some(),
            Self::Code => row.code.is_some(),
            Self::PauseReason => row.state_at(now) == State::Paused && row.pause_reason.is_some(),
            Self::Resolved => row.resolved.is_some(),
            Self::Closed => row.closed.is_some(),
            Self::Due => row.clocks.next_due().is_some(),
            Self::Unanswered => row.unanswered_since.is_some(),
            Self::Tag => !row.tags.is_empty(),
            Self::Checklist => row.checklist.total > 0,
        }
    }
}

/// The names that conditions mention, for a check that somebody or something has
/// them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct MentionedNames {
    pub(crate) assignees: Vec<Agent>,
    pub(crate) categories: Vec<Category>,
    pub(crate) tags: Vec<Tag>,
}

impl MentionedNames {
    pub(crate) fn of(conditions: &[Condition]) -> Self {
        let mut names = Self::default();
        for test in conditions.iter().flat_map(|condition| &condition.tests) {
            if let Test::Assignee(agent) = test {
                names.assignees.push(agent.clone());
            }
            if let Test::Category(category) = test {
                names.categories.push(category.clone());
            }
            if let Test::Tag(tag) = test {
                names.tags.push(tag.clone());
            }
        }
        names
    }
}
