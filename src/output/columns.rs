//! The columns of a ticket, one entry each: its name, its cell in a table, and
//! its value in JSON and CSV. A new column is one entry here and the
//! regenerated schema.

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::options::RenderOptions;
use super::published::clock::{Clock, Clocks, Notifications};
use super::published::requester::Requester;
use super::published::value::{
    At, Channel, ClockState, ClosureCode, CsvRecord, CsvValue, Kind, Occurrence, PauseReason, State,
};
use super::style::humanize;
use super::style::palette::{self, Style};
use super::style::table_layout::Cell;
use crate::domain::Timestamp;
use crate::domain::priority::Rating;
use crate::domain::sla::clock::{self, DisplayState};
use crate::domain::summary::Summary;
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
        $variant:ident $name:literal $(as $heading:literal)? $([$($property:ident),+])?
        = $($path:ident).+ $(($argument:expr))?
        $({ $(#[$doc:meta])* $field:ident: $type:ty = $value:expr })?
        => $cell:expr,
    )+) => {
        /// A column of a ticket.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(crate) enum Column { $($variant),+ }

        impl Column {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant),+];
            pub(crate) const WORDS: &'static [&'static str] = &[$($name),+];

            /// The name in `--columns`, JSON and CSV.
            pub(crate) const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The heading in a table.
            pub(super) fn heading(self) -> String {
                let heading = match self {
                    $(Self::$variant => first!($($heading)? $name)),+
                };
                heading.replace('_', " ").to_uppercase()
            }

            fn is(self, property: Property) -> bool {
                let properties: &[Property] = match self {
                    $(Self::$variant => &[$($(Property::$property),+)?]),+
                };
                properties.contains(&property)
            }

            /// The cell in a table, uncut.
            pub(super) fn cell(self, $row: &Summary, $options: &RenderOptions<'_>) -> Cell {
                match self { $(Self::$variant => $cell),+ }
            }

            fn serialize_value<M: SerializeMap>(
                self,
                ticket: &Ticket<'_>,
                map: &mut M,
            ) -> Result<(), M::Error> {
                match self { $(Self::$variant => map.serialize_value(&ticket.$($path).+ $(($argument))?)),+ }
            }

            /// Adds the CSV values, as many as [`Self::csv_headings`].
            fn csv_values(self, ticket: &Ticket<'_>, to: &mut Vec<String>) {
                match self { $(Self::$variant => ticket.$($path).+ $(($argument))? .csv(to)),+ }
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
    Id "id" [Number] = id { id: i64 = row.id.0 }
        => Cell::new(row.id.0.to_string(), Style::Bold),
    Title "title" [Flexible] = title { title: &'a str = &row.title }
        => Cell::untrusted(&row.title),
    Status "status" = status { status: State = row.state.into() }
        => status(row),
    Since "since" = since {
        /// When it entered its status.
        since: At = At(row.since)
    } => time(Some(row.since), options),
    PauseReason "waiting_for" = waiting_for {
        /// What a paused ticket waits for.
        waiting_for: Option<PauseReason> = row.pause_reason.map(Into::into)
    } => text(row.pause_reason.map(vocabulary::PauseReason::as_str)),
    WakeAt "wake_at" = wake_at { wake_at: Option<At> = row.wake_at.map(At) }
        => time(row.wake_at, options),
    Kind "kind" = kind { kind: Option<Kind> = row.kind.map(Into::into) }
        => text(row.kind.map(vocabulary::Kind::as_str)),
    Occurrence "onset" = onset { onset: Occurrence = row.onset.into() }
        => text(Some(row.onset.as_str())),
    Channel "channel" = channel { channel: Channel = row.channel.into() }
        => text(Some(row.channel.as_str())),
    Requester "requester" [Flexible] = requester {
        requester: Requester<'a> = (&row.requester).into()
    } => text(row.requester.label()),
    Contact "contact" [Flexible] = requester.contact
        => text(row.requester.contact.as_deref()),
    Category "category" [Flexible] = category {
        category: Option<&'a str> = row.category.as_ref().map(|c| c.as_str())
    } => text(row.category.as_ref().map(|c| c.as_str())),
    Users "users" = users {
        /// The impact on the users.
        users: Option<&'a str> = row.levels().map(|l| l.users.as_str())
    } => text(row.levels().map(|l| l.users.as_str())),
    Business "business" = business {
        /// The impact on the business.
        business: Option<&'a str> = row.levels().map(|l| l.business.as_str())
    } => text(row.levels().map(|l| l.business.as_str())),
    Impact "impact" = impact {
        /// The greater of the two impacts.
        impact: Option<&'a str> = row.impact(&options.policy.matrix)
    } => text(row.impact(&options.policy.matrix)),
    Urgency "urgency" = urgency {
        urgency: Option<&'a str> = row.levels().map(|l| l.urgency.as_str())
    } => text(row.levels().map(|l| l.urgency.as_str())),
    Priority "priority" as "PRIO" = priority {
        /// `P1` is the highest.
        priority: Option<String> = row.rating.as_ref().map(|r| r.priority.to_string())
    } => row.rating.as_ref().map_or_else(Cell::none, priority),
    Tier "tier" = tier { tier: &'a str = row.tier.as_str() }
        => text(Some(row.tier.as_str())),
    Assignee "assignee" = assignee {
        assignee: Option<&'a str> = row.assignee.as_ref().map(|a| a.as_str())
    } => row.assignee.as_ref().map_or_else(Cell::none, |a| text(Some(a.as_str()))),
    OpenedAt "opened_at" = opened_at { opened_at: At = At(row.opened) }
        => time(Some(row.opened), options),
    UpdatedAt "updated_at" = updated_at { updated_at: At = At(row.updated) }
        => time(Some(row.updated), options),
    ResolvedAt "resolved_at" = resolved_at { resolved_at: Option<At> = row.resolved.map(At) }
        => time(row.resolved, options),
    ClosedAt "closed_at" = closed_at { closed_at: Option<At> = row.closed.map(At) }
        => time(row.closed, options),
    ClosureCode "code" = code { code: Option<ClosureCode> = row.code.map(Into::into) }
        => text(row.code.map(vocabulary::ClosureCode::as_str)),
    Satisfaction "satisfaction" [Number] = satisfaction {
        /// The requester's rating, 1 to 5.
        satisfaction: Option<u8> = row.satisfaction
    } => Cell::plain(row.satisfaction.map_or_else(String::new, |n| n.to_string())),
    Reopenings "reopenings" [Number] = reopenings { reopenings: u32 = row.reopenings }
        => Cell::plain(row.reopenings.to_string()),
    Escalations "escalations" [Number] = escalations { escalations: u32 = row.escalations }
        => Cell::plain(row.escalations.to_string()),
    MergedInto "merged_into" = merged_into {
        merged_into: Option<i64> = row.merged_into.map(|id| id.0)
    } => Cell::plain(row.merged_into.map_or_else(String::new, |id| id.to_string())),
    Key "key" [Flexible] = key {
        /// The name that a script gave it.
        key: Option<&'a str> = row.key.as_deref()
    } => text(row.key.as_deref()),
    Response "response" [Clock] = clocks.get(ClockName::Response) {
        clocks: Clocks<'a> = Clocks::new(row, options)
    } => clock_cell(row.clocks.get(ClockName::Response), options),
    Update "update" [Clock] = clocks.get(ClockName::Update)
        => clock_cell(row.clocks.get(ClockName::Update), options),
    Resolution "resolution" [Clock] = clocks.get(ClockName::Resolution)
        => clock_cell(row.clocks.get(ClockName::Resolution), options),
    NextDue "next_due" = next_due {
        /// When the next clock breaches if nothing happens.
        next_due: Option<At> = row.clocks.next_due().map(At)
    } => time(row.clocks.next_due(), options),
    Sla "sla" = sla {
        /// The worst state of a running clock.
        sla: Option<ClockState> = row.worst_clock(options.now).map(Into::into)
    } => sla_cell(row, options),
    Source "source" = source {
        /// The other system that it was imported from.
        source: Option<&'a str> = row.origin.as_ref().map(|o| o.source.as_str())
    } => text(row.origin.as_ref().map(|o| o.source.as_str())),
    Number "number" = number {
        /// Its number in that system.
        number: Option<&'a str> = row.origin.as_ref().map(|o| o.number.as_str())
    } => text(row.origin.as_ref().map(|o| o.number.as_str())),
    KnownError "known_error" = known_error {
        /// Whether it is marked as a known error.
        known_error: bool = row.is_known_error
    } => text(row.is_known_error.then_some("yes")),
    AssigneeName "assignee_name" [Flexible] = assignee_name {
        /// How another system wrote the name of the assignee, if it differs.
        assignee_name: Option<&'a str> = row.assignee.as_ref().and_then(|a| a.display_name())
    } => text(row.assignee.as_ref().and_then(|a| a.display_name())),
    Notification "notification" = notifications {
        /// The notifications of a breach; absent if there are none.
        #[serde(skip_serializing_if = "Notifications::is_empty")]
        notifications: Notifications<'a> = Notifications::new(row, options)
    } => row.clocks.next_notification()
        .map_or_else(Cell::none, |next| clock_cell(Some(&next.clock), options)),
}

impl Column {
    /// The columns of CSV, unless others are chosen: all but that of notifications.
    pub(super) const CSV: &'static [Self] = Self::ALL.split_at(Self::ALL.len() - 1).0;

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

    /// Parses a name, in any case and with `-` for `_`.
    ///
    /// # Errors
    /// [`UnknownWord`] with all names.
    pub(crate) fn parse(typed: &str) -> Result<Self, UnknownWord> {
        let name = typed.trim().replace('-', "_");
        let mut all = Self::ALL.iter().copied();
        all.find(|column| column.as_str().eq_ignore_ascii_case(&name))
            .ok_or_else(|| UnknownWord::new("column", typed.trim(), Self::WORDS.iter().copied()))
    }

    pub(super) fn is_number(self) -> bool {
        self.is(Property::Number)
    }

    pub(super) fn is_flexible(self) -> bool {
        self.is(Property::Flexible)
    }

    /// The headings in CSV; a clock has several.
    fn csv_headings(self) -> Vec<String> {
        let name = self.as_str();
        if self.is(Property::Clock) {
            let parts = Clock::headings().into_iter();
            return parts.map(|part| format!("{name}_{part}")).collect();
        }
        vec![name.to_owned()]
    }
}

/// The CSV headings of columns.
pub(super) fn csv_headings(columns: &[Column]) -> Vec<String> {
    columns.iter().flat_map(|one| one.csv_headings()).collect()
}

/// The CSV cells of a ticket in columns.
pub(super) fn csv_cells(columns: &[Column], ticket: &Ticket<'_>) -> Vec<String> {
    let mut cells = Vec::with_capacity(columns.len());
    for column in columns {
        column.csv_values(ticket, &mut cells);
    }
    cells
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

fn text(text: Option<&str>) -> Cell {
    Cell::untrusted(text.unwrap_or_default())
}

fn time(at: Option<Timestamp>, options: &RenderOptions<'_>) -> Cell {
    let text = at.map(|at| humanize::time(at, options.now, options.zone));
    Cell::plain(text.unwrap_or_default())
}

fn status(row: &Summary) -> Cell {
    Cell::new(row.state.as_str(), palette::status_style(row.state))
}

fn priority(rating: &Rating) -> Cell {
    let style = match rating.priority.rank() {
        1 => Style::Error,
        2 => Style::Warning,
        _ => Style::Plain,
    };
    Cell::new(rating.priority.to_string(), style)
}

/// The most urgent clock: the worst running one, of equals the next due; else
/// the resolution clock.
pub(super) fn most_urgent<'a>(
    row: &'a Summary,
    options: &RenderOptions<'_>,
) -> Option<&'a clock::Clock> {
    let rank = |clock: &&clock::Clock| {
        let order = match clock.display_state(options.now) {
            DisplayState::Overdue => 0,
            DisplayState::AtRisk => 1,
            DisplayState::Ok => 2,
            DisplayState::None
            | DisplayState::Paused
            | DisplayState::Met
            | DisplayState::Missed
            | DisplayState::Cancelled => 3,
        };
        (order, clock.next_due())
    };
    let worst = row.clocks.values().min_by_key(rank)?;
    if rank(&worst).0 == 3 {
        return row.clocks.get(ClockName::Resolution).or(Some(worst));
    }
    Some(worst)
}

/// The state of a ticket's most urgent clock.
pub(super) fn sla_cell(row: &Summary, options: &RenderOptions<'_>) -> Cell {
    clock_cell(most_urgent(row, options), options)
}

/// A clock in a cell: symbol, word and time left.
fn clock_cell(clock: Option<&clock::Clock>, options: &RenderOptions<'_>) -> Cell {
    let Some(clock) = clock else {
        let style = palette::clock_style(DisplayState::None);
        return Cell::new(palette::symbol(DisplayState::None), style);
    };
    let reading = clock.read_at(options.now, options.policy);
    let shown = reading.display;
    let state = format!("{} {}", palette::symbol(shown), palette::clock_word(shown));
    let text = match shown {
        DisplayState::Ok | DisplayState::AtRisk | DisplayState::Overdue | DisplayState::Paused => {
            let left = humanize::working_time(reading.remaining, &clock.target);
            format!("{state} {left}")
        }
        DisplayState::None | DisplayState::Met | DisplayState::Missed | DisplayState::Cancelled => {
            state
        }
    };
    Cell::new(text, palette::clock_style(shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_parsed_from_its_name() {
        for column in Column::ALL {
            assert_eq!(Column::parse(column.as_str()), Ok(*column));
        }
        assert_eq!(Column::parse(" Opened-At "), Ok(Column::OpenedAt));
    }

    #[test]
    fn a_typo_is_answered_with_the_column_meant() {
        let fault = Column::parse("titel").unwrap_err();
        assert_eq!(fault.to_string(), "unknown column 'titel'");
        assert!(fault.hint().starts_with("did you mean 'title'?"));
    }
}
