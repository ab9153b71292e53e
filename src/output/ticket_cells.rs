//! Cells of tables that say more than the text of a value.

use super::options::RenderOptions;
use super::style::humanize;
use super::style::palette::{self, Style};
use super::style::table_layout::Cell;
use crate::domain::checklist::ChecklistProgress;
use crate::domain::priority::Rating;
use crate::domain::sla::clock::{self, DisplayState};
use crate::domain::summary::Summary;
use crate::domain::tag::Tag;
use crate::domain::vocabulary::ClockName;

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

pub(super) fn status(row: &Summary) -> Cell {
    Cell::new(row.state.as_str(), palette::status_style(row.state))
}

pub(super) fn priority(rating: &Rating) -> Cell {
    let style = match rating.priority.rank() {
        1 => Style::Error,
        2 => Style::Warning,
        _ => Style::Plain,
    };
    Cell::new(rating.priority.to_string(), style)
}

/// The most urgent clock: the worst running one, of equals the next due; else
/// the resolution clock.
fn most_urgent<'a>(row: &'a Summary, options: &RenderOptions<'_>) -> Option<&'a clock::Clock> {
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
pub(super) fn clock_cell(clock: Option<&clock::Clock>, options: &RenderOptions<'_>) -> Cell {
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
