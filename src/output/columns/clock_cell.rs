//! The cell of a clock in a table.

use crate::domain::sla::clock::{self, DisplayState};
use crate::domain::summary::Summary;
use crate::domain::vocabulary::ClockName;
use crate::output::options::RenderOptions;
use crate::output::style::humanize;
use crate::output::style::palette;
use crate::output::style::table_layout::Cell;

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
pub(in crate::output) fn sla_cell(row: &Summary, options: &RenderOptions<'_>) -> Cell {
    clock_cell(most_urgent(row, options), options)
}

/// What marks a due time that was promised by hand.
const PROMISED: char = '*';

/// A clock in a cell: symbol, word and time left, and a mark if its due time was
/// promised by hand.
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
    let text = match clock.promised {
        true => format!("{text}{PROMISED}"),
        false => text,
    };
    Cell::new(text, palette::clock_style(shown))
}
