//! What a table shows of each field of a ticket: a short text and its tone.
//! How wide it may be is the table's matter.

use super::column::Column;
use super::grid::Cell;
use super::style::{self, Tone};
use super::{RenderOptions, untrusted, words};
use crate::domain::Timestamp;
use crate::domain::priority::Rating;
use crate::domain::sla::clock::{Clock, DisplayState};
use crate::domain::summary::Summary;
use crate::domain::vocabulary::{ClockName, State};

/// The tone of a status.
pub(super) const fn tone(state: State) -> Tone {
    match state {
        State::Paused => Tone::Held,
        State::Resolved | State::Closed => Tone::Quiet,
        State::New | State::Active => Tone::Plain,
    }
}

/// What a table shows of a field.
pub(super) fn of(column: Column, row: &Summary, look: &RenderOptions<'_>) -> Cell {
    let moment = |at: Option<Timestamp>| {
        Cell::plain(at.map_or_else(String::new, |at| words::moment(at, look.now, look.zone)))
    };
    let text = |text: Option<&str>| Cell::plain(untrusted::line(text.unwrap_or_default()));
    let rated = |of: fn(&Rating) -> &str| text(row.rating.as_ref().map(of));
    match column {
        Column::Id => Cell::new(row.id.0.to_string(), Tone::Strong),
        Column::Title => text(Some(&row.title)),
        Column::Status => {
            // Its wake time has passed, and somebody has to go on.
            if row.state == State::Paused && row.wake_at.is_some_and(|wake| look.now >= wake) {
                return Cell::new("to resume", Tone::Warning);
            }
            Cell::new(row.state.as_str(), tone(row.state))
        }
        Column::Since => moment(Some(row.since)),
        Column::PauseReason => text(row.pause_reason.map(|awaited| awaited.as_str())),
        Column::WakeAt => moment(row.wake_at),
        Column::Kind => text(row.kind.map(|kind| kind.as_str())),
        Column::Occurrence => text(Some(row.onset.as_str())),
        Column::Channel => text(Some(row.channel.as_str())),
        Column::Requester => text(row.requester.label()),
        Column::Contact => text(row.requester.contact.as_deref()),
        Column::Category => text(row.category.as_ref().map(|c| c.as_str())),
        Column::Users => rated(|rating| rating.users.as_str()),
        Column::Business => rated(|rating| rating.business.as_str()),
        Column::Impact => {
            let impact = |rating| look.policy.matrix.effective_impact(rating).as_str();
            text(row.rating.as_ref().map(impact))
        }
        Column::Urgency => rated(|rating| rating.urgency.as_str()),
        Column::Priority => match &row.rating {
            Some(rating) => Cell::new(rating.priority.to_string(), urgent(rating)),
            None => Cell::new("-", Tone::Quiet),
        },
        Column::Tier => text(Some(row.tier.as_str())),
        Column::Assignee => match &row.assignee {
            Some(agent) => text(Some(agent.as_str())),
            None => Cell::new("-", Tone::Quiet),
        },
        Column::OpenedAt => moment(Some(row.opened)),
        Column::UpdatedAt => moment(Some(row.updated)),
        Column::ResolvedAt => moment(row.resolved),
        Column::ClosedAt => moment(row.closed),
        Column::ClosureCode => text(row.code.map(|code| code.as_str())),
        Column::Satisfaction => number(row.satisfaction.map(u64::from)),
        Column::Reopenings => number(Some(u64::from(row.reopenings))),
        Column::Escalations => number(Some(u64::from(row.escalations))),
        Column::MergedInto => Cell::plain(
            row.merged_into
                .map_or_else(String::new, |id| id.to_string()),
        ),
        Column::Key => text(row.key.as_deref()),
        Column::Response => clock(row.clocks.get(ClockName::Response), look),
        Column::Update => clock(row.clocks.get(ClockName::Update), look),
        Column::Resolution => clock(row.clocks.get(ClockName::Resolution), look),
        Column::NextDue => moment(row.clocks.next_due()),
        Column::Sla => clock(telling(row, look), look),
        Column::Source => text(row.origin.as_ref().map(|o| o.source.as_str())),
        Column::Number => text(row.origin.as_ref().map(|o| o.number.as_str())),
        Column::KnownError => text(row.is_known_error.then_some("yes")),
    }
}

/// Whether a field is a number, which stands at the right.
pub(super) const fn is_number(column: Column) -> bool {
    matches!(
        column,
        Column::Id | Column::Satisfaction | Column::Reopenings | Column::Escalations
    )
}

fn number(n: Option<u64>) -> Cell {
    Cell::plain(n.map_or_else(String::new, |n| n.to_string()))
}

fn urgent(rating: &Rating) -> Tone {
    match rating.priority.rank() {
        1 => Tone::Bad,
        2 => Tone::Warning,
        _ => Tone::Plain,
    }
}

/// The clock that says how a ticket stands: the worst that runs, of these the
/// next due; else the one for its resolution.
pub(super) fn telling<'a>(row: &'a Summary, look: &RenderOptions<'_>) -> Option<&'a Clock> {
    let rank = |clock: &&Clock| {
        let order = match clock.display_state(look.now) {
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

/// A clock in a cell: symbol, word and time.
pub(super) fn clock(clock: Option<&Clock>, look: &RenderOptions<'_>) -> Cell {
    let Some(reading) = clock.map(|clock| clock.read_at(look.now, look.policy)) else {
        return Cell::new(
            style::symbol(DisplayState::None),
            style::tone(DisplayState::None),
        );
    };
    let shown = reading.display;
    let said = format!("{} {}", style::symbol(shown), style::word(shown));
    let text = match shown {
        DisplayState::Ok | DisplayState::AtRisk | DisplayState::Overdue | DisplayState::Paused => {
            format!("{said} {}", words::span(reading.remaining))
        }
        DisplayState::None | DisplayState::Met | DisplayState::Missed | DisplayState::Cancelled => {
            said
        }
    };
    Cell::new(text, style::tone(shown))
}
