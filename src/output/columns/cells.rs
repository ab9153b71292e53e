//! What the columns of a ticket show in a table.

use crate::domain::Timestamp;
use crate::domain::checklist::ChecklistProgress;
use crate::domain::priority::Rating;
use crate::domain::sla::clock::{self, DisplayState};
use crate::domain::summary::Summary;
use crate::domain::tag::Tag;
use crate::domain::vocabulary::ClockName;
use crate::output::options::RenderOptions;
use crate::output::style::humanize;
use crate::output::style::palette;
use crate::output::style::table_layout::Cell;

pub(super) fn text(text: Option<&str>) -> Cell {
    Cell::untrusted(text.unwrap_or_default())
}

pub(super) fn time(at: Option<Timestamp>, options: &RenderOptions<'_>) -> Cell {
    let text = at.map(|at| humanize::time(at, options.now, options.zone));
    Cell::plain(text.unwrap_or_default())
}

pub(super) fn status(row: &Summary) -> Cell {
    Cell::new(row.state_shown(), palette::status_style(row.state))
}

pub(super) fn priority(rating: &Rating) -> Cell {
    let style = palette::priority_style(rating.priority.rank());
    Cell::new(rating.priority.to_string(), style)
}

/// The most urgent clock: the worst running one, of equals the next due; else
/// the resolution clock.
pub(in crate::output) fn most_urgent<'a>(
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
pub(in crate::output) fn sla_cell(row: &Summary, options: &RenderOptions<'_>) -> Cell {
    clock_cell(most_urgent(row, options), options)
}

/// What marks a due time that was promised by hand.
const PROMISED: &str = "*";

/// A clock in a cell: symbol and time left, `✗ -7h42m` where it is late; a word
/// where nothing runs; and a mark if its due time was promised by hand.
pub(super) fn clock_cell(clock: Option<&clock::Clock>, options: &RenderOptions<'_>) -> Cell {
    let Some(clock) = clock else {
        let style = palette::clock_style(DisplayState::None);
        return Cell::new(palette::symbol(DisplayState::None), style);
    };
    let reading = clock.read_at(options.now, options.policy);
    let shown = reading.display;
    let text = match shown {
        DisplayState::Ok | DisplayState::AtRisk | DisplayState::Overdue | DisplayState::Paused => {
            humanize::short_left(&reading, &clock.target)
        }
        DisplayState::None | DisplayState::Met | DisplayState::Missed | DisplayState::Cancelled => {
            palette::clock_word(shown).to_owned()
        }
    };
    let text = format!("{} {text}", palette::symbol(shown));
    let mark = if clock.promised { PROMISED } else { "" };
    Cell::new(
        text.trim_end().to_owned() + mark,
        palette::clock_style(shown),
    )
}

pub(super) fn words(tags: &[Tag]) -> String {
    let tags: Vec<&str> = tags.iter().map(Tag::as_str).collect();
    tags.join(" ")
}

/// `3/5`.
pub(super) fn progress(progress: ChecklistProgress) -> String {
    match progress {
        ChecklistProgress { total: 0, .. } => String::new(),
        ChecklistProgress { done, total } => format!("{done}/{total}"),
    }
}

/// The time that agents spent.
pub(super) fn spent(row: &Summary) -> Cell {
    match row.time_spent.is_zero() {
        true => Cell::none(),
        false => Cell::plain(humanize::exact_duration(row.time_spent)),
    }
}
