//! The columns of a ticket, one entry each: its name, its cell in a table, and
//! its value in JSON and CSV. A new column is one entry here and the
//! regenerated schema.

mod cells;
mod csv;
mod page;

use serde::{Serialize, Serializer, ser::SerializeMap};

use cells::{clock_cell, priority, progress, spent, status, text, time, words};
pub(super) use cells::{most_urgent, sla_cell};
pub(super) use csv::{csv_cells, csv_headings};
pub(crate) use page::page;

use super::options::RenderOptions;
use super::published::checklist::Progress;
use super::published::clock::{Clock, Clocks, Notifications, promised};
use super::published::fields::{Fields, written};
use super::published::requester::Requester;
use super::published::value::{
    At, Channel, ClockState, ClosureCode, CsvRecord, CsvValue, Kind, Occurrence, PauseReason,
    Seconds, State,
};
use super::style::palette::Style;
use super::style::table_layout::Cell;
use crate::domain::custom_field;
use crate::domain::summary::Summary;
use crate::domain::tag::Tag;
use crate::domain::vocabulary::{self, ClockName, UnknownWord};

/// Properties of a column besides its values.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Property {
    /// Aligned to the right in tables.
    Number,
    /// May be cut where a table is too wide.
    Flexible,
    /// A clock, which is several columns in CSV.
    Clock,
}

macro_rules! first {
    ($first:literal $($rest:literal)?) => {
        $first
    };
}

/// Generates from one entry per column: the enum of columns, the published
/// ticket (the field in braces, if the column adds one), the table cell, and
/// the values in JSON and CSV.
macro_rules! columns {
    (|$row:ident, $options:ident| $(
        $variant:ident $name:literal: $meaning:literal $(as $heading:literal)? $([$($property:ident),+])?
        = $($path:ident).+ $(($argument:expr))?
        $({ $(#[$doc:meta])* $field:ident: $type:ty = $value:expr })?
        => $cell:expr,
    )+) => {
        /// A column of a ticket.
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub(crate) enum Column {
            $($variant,)+
            /// A field that the policy defines or has defined, by its name.
            Field(String),
        }

        impl Column {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant),+];
            pub(crate) const WORDS: &'static [&'static str] = &[$($name),+];

            /// The name in `--columns`, JSON and CSV.
            pub(crate) fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $name,)+
                    Self::Field(name) => name,
                }
            }

            /// What it says of a ticket.
            pub(crate) const fn meaning(&self) -> &'static str {
                match self {
                    $(Self::$variant => $meaning,)+
                    Self::Field(_) => "a field that the policy defines",
                }
            }

            /// The heading in a table.
            pub(super) fn heading(&self) -> String {
                let heading = match self {
                    $(Self::$variant => first!($($heading)? $name),)+
                    Self::Field(name) => name,
                };
                heading.replace('_', " ").to_uppercase()
            }

            fn is(&self, property: Property) -> bool {
                let properties: &[Property] = match self {
                    $(Self::$variant => &[$($(Property::$property),+)?],)+
                    Self::Field(_) => &[Property::Flexible],
                };
                properties.contains(&property)
            }

            /// The cell in a table, uncut.
            pub(super) fn cell(&self, $row: &Summary, $options: &RenderOptions<'_>) -> Cell {
                match self {
                    $(Self::$variant => $cell,)+
                    Self::Field(name) => text($row.field(name).map(|field| field.value.as_str())),
                }
            }

            fn serialize_value<M: SerializeMap>(
                &self,
                ticket: &Ticket<'_>,
                map: &mut M,
            ) -> Result<(), M::Error> {
                match self {
                    $(Self::$variant => map.serialize_value(&ticket.$($path).+ $(($argument))?),)+
                    Self::Field(name) => map.serialize_value(&ticket.fields.get(name)),
                }
            }

            /// Adds the CSV values, as many as [`Self::csv_headings`].
            fn csv_values(&self, ticket: &Ticket<'_>, to: &mut Vec<String>) {
                match self {
                    $(Self::$variant => ticket.$($path).+ $(($argument))? .csv(to),)+
                    Self::Field(name) => ticket.fields.get(name).csv(to),
                }
            }
        }

        /// A ticket in a list. Fields are only ever added.
        #[derive(Debug, Serialize)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        pub(super) struct Ticket<'a> { $($($(#[$doc])* $field: $type,)?)+ }

        impl<'a> Ticket<'a> {
            pub(super) fn new($row: &'a Summary, $options: &'a RenderOptions<'_>) -> Self {
                Self { $($($field: $value,)?)+ }
            }
        }
    };
}

columns! { |row, options|
    Id "id": "its number" [Number] = id { id: i64 = row.id.0 }
        => Cell::new(row.id.0.to_string(), Style::Bold),
    Title "title": "its title" [Flexible] = title { title: &'a str = &row.title }
        => Cell::untrusted(&row.title),
    Status "status": "new, active, paused, resolved or closed" = status { status: State = row.state.into() }
        => status(row),
    Since "since": "when it entered its status" = since {
        /// When it entered its status.
        since: At = At(row.since)
    } => time(Some(row.since), options),
    PauseReason "waiting_for": "what a paused ticket waits for" = waiting_for {
        /// What a paused ticket waits for.
        waiting_for: Option<PauseReason> = row.pause_reason.map(Into::into)
    } => text(row.pause_reason.map(vocabulary::PauseReason::as_str)),
    WakeAt "wake_at": "when its pause ends by itself" = wake_at { wake_at: Option<At> = row.wake_at.map(At) }
        => time(row.wake_at, options),
    Kind "kind": "incident or request" = kind { kind: Option<Kind> = row.kind.map(Into::into) }
        => text(row.kind.map(vocabulary::Kind::as_str)),
    Occurrence "onset": "occurred, or anticipated: a sign of a coming disruption" = onset { onset: Occurrence = row.onset.into() }
        => text(Some(row.onset.as_str())),
    Channel "channel": "how it came in" = channel { channel: Channel = row.channel.into() }
        => text(Some(row.channel.as_str())),
    Requester "requester": "the name or the contact of the requester" [Flexible] = requester {
        requester: Requester<'a> = (&row.requester).into()
    } => text(row.requester.label()),
    Contact "contact": "the requester's mail address or phone number" [Flexible] = requester.contact
        => text(row.requester.contact.as_deref()),
    Category "category": "its category" [Flexible] = category {
        category: Option<&'a str> = row.category.as_ref().map(|c| c.as_str())
    } => text(row.category.as_ref().map(|c| c.as_str())),
    Users "users": "the impact on the users" = users {
        /// The impact on the users.
        users: Option<&'a str> = row.levels().map(|l| l.users.as_str())
    } => text(row.levels().map(|l| l.users.as_str())),
    Business "business": "the impact on the business" = business {
        /// The impact on the business.
        business: Option<&'a str> = row.levels().map(|l| l.business.as_str())
    } => text(row.levels().map(|l| l.business.as_str())),
    Impact "impact": "the greater of the two impacts" = impact {
        /// The greater of the two impacts.
        impact: Option<&'a str> = row.impact(&options.policy.matrix)
    } => text(row.impact(&options.policy.matrix)),
    Urgency "urgency": "its urgency" = urgency {
        urgency: Option<&'a str> = row.levels().map(|l| l.urgency.as_str())
    } => text(row.levels().map(|l| l.urgency.as_str())),
    Priority "priority": "P1 is the highest" as "PRIO" = priority {
        /// `P1` is the highest.
        priority: Option<String> = row.rating.as_ref().map(|r| r.priority.to_string())
    } => row.rating.as_ref().map_or_else(Cell::none, priority),
    Tier "tier": "the support line that has it" = tier { tier: &'a str = row.tier.as_str() }
        => text(Some(row.tier.as_str())),
    Assignee "assignee": "the agent who has it" = assignee {
        assignee: Option<&'a str> = row.assignee.as_ref().map(|a| a.as_str())
    } => row.assignee.as_ref().map_or_else(Cell::none, |a| text(Some(a.as_str()))),
    OpenedAt "opened_at": "when it was opened" = opened_at { opened_at: At = At(row.opened) }
        => time(Some(row.opened), options),
    UpdatedAt "updated_at": "when something last happened on it" = updated_at { updated_at: At = At(row.updated) }
        => time(Some(row.updated), options),
    ResolvedAt "resolved_at": "when it was resolved" = resolved_at { resolved_at: Option<At> = row.resolved.map(At) }
        => time(row.resolved, options),
    ClosedAt "closed_at": "when it was closed" = closed_at { closed_at: Option<At> = row.closed.map(At) }
        => time(row.closed, options),
    ClosureCode "code": "how it was resolved, such as solved or workaround" = code { code: Option<ClosureCode> = row.code.map(Into::into) }
        => text(row.code.map(vocabulary::ClosureCode::as_str)),
    Satisfaction "satisfaction": "the requester's rating, 1 to 5" [Number] = satisfaction {
        /// The requester's rating, 1 to 5.
        satisfaction: Option<u8> = row.satisfaction
    } => Cell::plain(row.satisfaction.map_or_else(String::new, |n| n.to_string())),
    Reopenings "reopenings": "how often it was reopened" [Number] = reopenings { reopenings: u32 = row.reopenings }
        => Cell::plain(row.reopenings.to_string()),
    Escalations "escalations": "how often it went to a higher tier" [Number] = escalations { escalations: u32 = row.escalations }
        => Cell::plain(row.escalations.to_string()),
    MergedInto "merged_into": "the ticket that it was merged into" = merged_into {
        merged_into: Option<i64> = row.merged_into.map(|id| id.0)
    } => Cell::plain(row.merged_into.map_or_else(String::new, |id| id.to_string())),
    Key "key": "the name that a script gave it with open --key" [Flexible] = key {
        /// The name that a script gave it.
        key: Option<&'a str> = row.key.as_deref()
    } => text(row.key.as_deref()),
    Response "response": "the clock of the first response" [Clock] = clocks.get(ClockName::Response) {
        clocks: Clocks<'a> = Clocks::new(row, options)
    } => clock_cell(row.clocks.get(ClockName::Response), options),
    Update "update": "the clock of the next answer or update" [Clock] = clocks.get(ClockName::Update)
        => clock_cell(row.clocks.get(ClockName::Update), options),
    Resolution "resolution": "the clock of the resolution" [Clock] = clocks.get(ClockName::Resolution)
        => clock_cell(row.clocks.get(ClockName::Resolution), options),
    NextDue "next_due": "when the next clock breaches if nothing happens" = next_due {
        /// When the next clock breaches if nothing happens.
        next_due: Option<At> = row.clocks.next_due().map(At)
    } => time(row.clocks.next_due(), options),
    Sla "sla": "the most urgent clock" = sla {
        /// The worst state of a running clock.
        sla: Option<ClockState> = row.worst_clock(options.now).map(Into::into)
    } => sla_cell(row, options),
    Source "source": "the other system that it was imported from" = source {
        /// The other system that it was imported from.
        source: Option<&'a str> = row.origin.as_ref().map(|o| o.source.as_str())
    } => text(row.origin.as_ref().map(|o| o.source.as_str())),
    Number "number": "its number in that system" = number {
        /// Its number in that system.
        number: Option<&'a str> = row.origin.as_ref().map(|o| o.number.as_str())
    } => text(row.origin.as_ref().map(|o| o.number.as_str())),
    KnownError "known_error": "whether it is marked as a known error" = known_error {
        /// Whether it is marked as a known error.
        known_error: bool = row.is_known_error
    } => text(row.is_known_error.then_some("yes")),
    AssigneeName "assignee_name": "how another system wrote the name of the assignee" [Flexible] = assignee_name {
        /// How another system wrote the name of the assignee, if it differs.
        assignee_name: Option<&'a str> = row.assignee.as_ref().and_then(|a| a.display_name())
    } => text(row.assignee.as_ref().and_then(|a| a.display_name())),
    Tags "tags": "words that agents put on it" [Flexible] = tags {
        /// Words that agents put on it to find it again.
        tags: Vec<&'a str> = row.tags.iter().map(Tag::as_str).collect()
    } => Cell::untrusted(&words(&row.tags)),
    Fields "fields": "the values of fields that the policy defines" [Flexible] = fields {
        /// The values of fields that the policy defines or has defined, by name.
        fields: Fields<'a> = Fields(&row.fields)
    } => Cell::untrusted(&row.fields.iter().map(written).collect::<Vec<_>>().join(", ")),
    Checklist "checklist": "how much of its checklist is done" = checklist {
        /// How much of its checklist is done; null if it has none.
        checklist: Option<Progress> = Progress::of(row.checklist)
    } => Cell::plain(progress(row.checklist)),
    UnansweredSince "unanswered_since": "since when somebody has been waiting for an answer" = unanswered_since {
        /// Since when somebody has been waiting for an answer.
        unanswered_since: Option<At> = row.unanswered_since.map(At)
    } => time(row.unanswered_since, options),
    Spent "spent_s": "the time that agents spent on it" as "SPENT" [Number] = spent_s {
        /// The time that agents spent on it; absent if nobody recorded any.
        #[serde(skip_serializing_if = "Seconds::is_zero")]
        spent_s: Seconds = row.time_spent.into()
    } => spent(row),
    Promised "promised": "the clocks whose due times were promised by hand" = clocks.promised
        => text(Some(&promised(row).collect::<Vec<_>>().join(" "))),
    Notification "notification": "the next notification of a breach of personal data" = notifications {
        /// The notifications of a breach; absent if there are none.
        #[serde(skip_serializing_if = "Notifications::is_empty")]
        notifications: Notifications<'a> = Notifications::new(row, options)
    } => row.clocks.next_notification()
        .map_or_else(Cell::none, |next| clock_cell(Some(&next.clock), options)),
    Void "void": "whether it was a mistake" = void {
        /// Whether it was a mistake, and counts nowhere; absent if it was not.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        void: bool = row.is_void
    } => text(row.is_void.then_some("void")),
}

impl Column {
    /// The columns of CSV, unless others are chosen: all but those of
    /// notifications and of void tickets, which are listed only where they are asked for.
    pub(super) const CSV: &'static [Self] = Self::ALL.split_at(Self::ALL.len() - 2).0;

    /// The columns of a list, from left to right.
    pub(super) const LIST: &'static [Self] = &[
        Self::Id,
        Self::Priority,
        Self::Status,
        Self::Sla,
        Self::Tier,
        Self::Assignee,
        Self::Category,
        Self::Requester,
        Self::Title,
    ];

    /// The columns that a list drops, in this order, to make room for titles.
    pub(super) const LIST_DROPS: &'static [Self] =
        &[Self::Requester, Self::Category, Self::Tier, Self::Status];

    /// The columns of the SLA table, from left to right.
    pub(super) const SLA: &'static [Self] = &[
        Self::Id,
        Self::Priority,
        Self::Status,
        Self::Response,
        Self::Update,
        Self::Resolution,
        Self::Tier,
        Self::Assignee,
        Self::Title,
    ];

    /// The columns that the SLA table drops, in this order.
    pub(super) const SLA_DROPS: &'static [Self] = &[Self::Tier, Self::Status, Self::Assignee];

    /// The error for a name that is none of a column: all that are, and the fields of
    /// the policy.
    pub(crate) fn unknown(typed: &str, fields: impl Iterator<Item = String>) -> UnknownWord {
        let words = Self::WORDS.iter().copied().map(str::to_owned);
        UnknownWord::new("column", typed, words.chain(fields))
    }

    /// Parses a name, in any case and with `-` for `_`. What may be a field of the
    /// policy is taken for one.
    ///
    /// # Errors
    /// [`UnknownWord`] with all names.
    pub(crate) fn parse(typed: &str) -> Result<Self, UnknownWord> {
        let name = typed.trim().replace('-', "_");
        let mut all = Self::ALL.iter();
        let known = all.find(|column| column.as_str().eq_ignore_ascii_case(&name));
        if let Some(known) = known {
            return Ok(known.clone());
        }
        let field = custom_field::canonical_name(typed);
        if custom_field::is_name(&field) {
            return Ok(Self::Field(field));
        }
        Err(Self::unknown(typed.trim(), std::iter::empty()))
    }

    pub(super) fn is_number(&self) -> bool {
        self.is(Property::Number)
    }

    pub(super) fn is_flexible(&self) -> bool {
        self.is(Property::Flexible)
    }

    /// The headings in CSV; a clock has several.
    fn csv_headings(&self) -> Vec<String> {
        let name = self.as_str();
        if self.is(Property::Clock) {
            let parts = Clock::headings().into_iter();
            return parts.map(|part| format!("{name}_{part}")).collect();
        }
        vec![name.to_owned()]
    }
}

/// A ticket reduced to some columns, in that order.
pub(super) struct SelectedColumns<'a> {
    pub(super) ticket: Ticket<'a>,
    pub(super) columns: &'a [Column],
}

impl Serialize for SelectedColumns<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.columns.len()))?;
        for column in self.columns {
            map.serialize_key(column.as_str())?;
            column.serialize_value(&self.ticket, &mut map)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_parsed_from_its_name() {
        for column in Column::ALL {
            assert_eq!(Column::parse(column.as_str()), Ok(column.clone()));
        }
        assert_eq!(Column::parse(" Opened-At "), Ok(Column::OpenedAt));
    }

    #[test]
    fn a_typo_is_answered_with_the_column_meant() {
        let fault = Column::unknown("titel", ["asset".to_owned()].into_iter());
        assert_eq!(fault.to_string(), "unknown column 'titel'");
        assert!(fault.hint().starts_with("did you mean 'title'?"));
        assert!(fault.hint().ends_with(", asset"));
        assert!(Column::parse("two words").is_err());
    }

    #[test]
    fn what_may_be_a_field_of_the_policy_is_taken_for_one() {
        let field = Column::Field("serial_number".to_owned());
        assert_eq!(Column::parse("Serial-Number"), Ok(field));
    }
}
