//! The clocks of a ticket, on its page.

use crate::domain::read_models::TicketDetails;
use crate::domain::sla::clock::{Clock, DisplayState};
use crate::domain::vocabulary::ClockName;
use crate::output::style::page_writer::PageWriter;
use crate::output::style::palette::{self, Style};
use crate::output::style::table_layout::{Cell, TableLayout};
use crate::output::style::{humanize, untrusted};

pub(super) fn clocks(page: &TicketDetails, to: &mut PageWriter<'_, '_>) {
    let all = ClockName::ALL.iter();
    let targets = all.filter_map(|name| {
        let clock = page.summary.clocks.get(*name)?;
        Some(clock_row(name.as_str(), clock, to))
    });
    let notifications = page.summary.clocks.notifications.iter();
    let notifications = notifications.map(|one| clock_row(&one.name, &one.clock, to));
    let mut rows: Vec<Vec<Cell>> = targets.chain(notifications).collect();
    if rows.is_empty() {
        return;
    }
    to.heading("Clocks");
    let mut headings = vec!["", "STATE", "USED", "LEFT", "TARGET", "PAUSED", "DUE"];
    leave_out_what_has_no_room(&mut headings, &mut rows, to.options.width);
    let figures = 2..headings.len() - 1;
    to.table(
        TableLayout::new(headings).right(figures).indent("  "),
        &rows,
    );
    for name in ClockName::ALL {
        promise(*name, page, to);
    }
}

/// Leaves out columns until the lines fit: what is left and when it is due is what a
/// narrow screen is for.
fn leave_out_what_has_no_room(
    headings: &mut Vec<&'static str>,
    rows: &mut [Vec<Cell>],
    width: Option<usize>,
) {
    const INDENT: usize = 2;
    const GAP: usize = 2;
    let Some(width) = width else { return };
    for heading in ["PAUSED", "USED", "TARGET"] {
        let columns = headings.iter().enumerate().map(|(column, heading)| {
            let cells = rows.iter().map(|row| row[column].width());
            cells.max().unwrap_or(0).max(heading.len())
        });
        let needed = INDENT + columns.map(|column| column + GAP).sum::<usize>() - GAP;
        if needed <= width {
            return;
        }
        if let Some(column) = headings.iter().position(|one| *one == heading) {
            headings.remove(column);
            for row in rows.iter_mut() {
                row.remove(column);
            }
        }
    }
}

/// Who promised when a clock is due, and why.
fn promise(name: ClockName, page: &TicketDetails, to: &mut PageWriter<'_, '_>) {
    let clock = page.summary.clocks.get(name);
    if !clock.is_some_and(|clock| clock.promised) {
        return;
    }
    let Some(promise) = page.ticket.promises.get(name) else {
        return;
    };
    let by = untrusted::line(promise.by.as_str());
    let (due, at) = (to.time(promise.due), to.time(promise.at));
    let lead = format!("  {name} by {due}, promised by {by} {at}: ");
    to.hanging(&lead, &untrusted::line(&promise.reason), Style::Plain);
}

fn clock_row(name: &str, clock: &Clock, to: &PageWriter<'_, '_>) -> Vec<Cell> {
    let reading = clock.read_at(to.options.now, to.options.policy);
    let shown = reading.display;
    let state = format!("{} {}", palette::symbol(shown), palette::clock_word(shown));
    let left = match shown {
        DisplayState::Ok | DisplayState::AtRisk | DisplayState::Paused | DisplayState::Overdue => {
            humanize::signed_left(&reading, &clock.target)
        }
        DisplayState::None | DisplayState::Met | DisplayState::Missed | DisplayState::Cancelled => {
            String::new()
        }
    };
    let mut due: Vec<String> = reading.due.map(|at| to.time(at)).into_iter().collect();
    due.extend(reading.stopped.map(|at| format!("stopped {}", to.time(at))));
    if clock.promised {
        due.push("promised".to_owned());
    }
    if clock.reclassified {
        due.push("reclassified".to_owned());
    }
    if let Some(relaxed) = clock.relaxed {
        due.push(format!("relaxed, was due {}", to.time(relaxed)));
    }
    let paused = if reading.paused.is_zero() {
        String::new()
    } else {
        humanize::working_time(reading.paused, &clock.target)
    };
    vec![
        Cell::plain(name),
        Cell::new(state, palette::clock_style(shown)),
        Cell::plain(humanize::working_time(reading.used, &clock.target)),
        Cell::new(left, palette::clock_style(shown)),
        Cell::plain(humanize::target(&clock.target)),
        Cell::plain(paused),
        Cell::plain(due.join(", ")),
    ]
}
