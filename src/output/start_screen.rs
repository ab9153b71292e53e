//! The start screen: what needs attention next, in sections, and counts.

use super::Output;
use super::breach;
use super::columns::Column;
use super::options::RenderOptions;
use super::printer::Printer;
use super::style::humanize;
use super::style::palette::Style;
use super::ticket_list::TableWriter;
use crate::domain::breach::OpenNotification;
use crate::domain::group_counts::GroupCount;
use crate::domain::start_page::{StartPage, StartRoom, StartSection, StartTickets};
use crate::error::Error;

/// The columns, from left to right, and those to drop on a narrow screen.
const COLUMNS: &[Column] = &[
    Column::Id,
    Column::Priority,
    Column::Sla,
    Column::Assignee,
    Column::Title,
];
const DROPS: &[Column] = &[Column::Assignee];

/// Lines of a section besides its tickets: a heading, and a blank line after it.
const SECTION_LINES: usize = 2;
/// The counts, and the prompt of the shell.
const OTHER_LINES: usize = 2;

/// The first screen, with the notifications that are to be sent above
/// everything else.
pub(crate) struct StartScreen {
    pub(crate) notifications: Vec<OpenNotification>,
    pub(crate) page: StartPage,
}

impl StartScreen {
    /// The room below so many notifications on a terminal of this height, or where
    /// there is none.
    pub(crate) fn room(height: Option<usize>, notifications: usize) -> StartRoom {
        const PIPED: u32 = 10;
        let Some(height) = height else {
            return StartRoom::Tickets(PIPED);
        };
        let above = match notifications {
            0 => 0,
            several => several + 1,
        };
        StartRoom::Lines {
            lines: height.saturating_sub(OTHER_LINES + above),
            extra: SECTION_LINES,
        }
    }

    fn write_notifications(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        for one in &self.notifications {
            let (symbol, style) = breach::urgency(one, to.options.now);
            let line = breach::notification_line(one, to.options.now, to.options.zone);
            let line = style.paint(&format!("{symbol} {line}"), to.options.color);
            to.text(&format!("{line}\n"))?;
        }
        if self.notifications.is_empty() {
            return Ok(());
        }
        to.text("\n")
    }
}

impl Output for StartScreen {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.write_notifications(to)?;
        let page = &self.page;
        let total = page.counts.total();
        if total.open == 0 {
            return to.note("no open tickets");
        }
        let options = to.options;
        let mut writer = TableWriter::new(COLUMNS.to_vec(), DROPS);
        writer.arrange_for(page.sections.iter().flat_map(|one| &one.rows), options);
        for section in page.sections.iter().filter(|one| !one.rows.is_empty()) {
            to.text(&heading(section, options))?;
            for row in &section.rows {
                writer.push(row, to)?;
            }
            writer.flush(to)?;
            to.text("\n")?;
        }
        to.text(&format!("{}\n", counts(&total, options.color)))
    }

    /// Programs get the SLA table instead.
    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.table(to)
    }
}

/// The heading of a section, with the command that shows all of it if some are
/// left out here.
fn heading(section: &StartTickets, options: &RenderOptions<'_>) -> String {
    let (name, command) = match section.section {
        StartSection::Mine(_) => ("YOURS", "desk list is:mine"),
        StartSection::Unanswered => (
            "WAITING FOR AN ANSWER",
            "desk list is:unanswered --sort unanswered",
        ),
        StartSection::Unassigned => ("UNASSIGNED", "desk list is:unassigned"),
        StartSection::Open => ("NEXT TO BREACH", "desk list"),
    };
    let count = humanize::number(section.total);
    let name = Style::Bold.paint(name, options.color);
    let is_whole = section.rows.len() as u64 == section.total;
    let rest = match (&section.section, is_whole) {
        // They are counted below.
        (StartSection::Open, _) => String::new(),
        (_, true) => format!(" {count}"),
        (_, false) => format!(" {count}  {}", Style::Dim.paint(command, options.color)),
    };
    format!("{name}{rest}\n")
}

/// The number of open tickets, and of those in each condition that some are in.
fn counts(total: &GroupCount, color: bool) -> String {
    let parts = [
        (total.overdue, "overdue", Style::Error),
        (total.at_risk, "at risk", Style::Warning),
        (total.paused, "paused", Style::Info),
        (total.resolved, "resolved", Style::Plain),
        (total.unassigned, "unassigned", Style::Plain),
    ];
    let parts = parts.into_iter().filter(|(count, ..)| *count > 0);
    let parts = parts.map(|(count, name, style)| {
        let text = format!("{} {name}", humanize::number(count));
        style.paint(&text, color)
    });
    let open = format!("{} open", humanize::number(total.open));
    std::iter::once(open)
        .chain(parts)
        .collect::<Vec<_>>()
        .join(", ")
}
