//! The SLA table: open tickets with their clocks, and counts by group.

use super::Output;
use super::columns::{Column, SelectedColumns, Ticket};
use super::printer::Printer;
use super::published::group_counts as published;
use super::style::palette::Style;
use super::style::table_layout::{Cell, TableLayout, count, group_heading};
use super::ticket_list::{Rows, TicketList};
use crate::domain::group_counts::{GroupCount, GroupCounts};
use crate::error::Error;
use crate::output_format::OutputFormat;

/// Tickets with their clocks, and a row of counts per group.
pub(crate) struct SlaTable<'a> {
    pub(crate) list: TicketList<'a>,
    pub(crate) counts: GroupCounts,
}

impl Output for SlaTable<'_> {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let mut columns = Column::SLA.to_vec();
        if let Rows::Loaded(rows) = &self.list.rows
            && rows.iter().any(|row| !row.clocks.notifications.is_empty())
        {
            let after = columns.iter().position(|one| *one == Column::Resolution);
            columns.insert(after.map_or(0, |at| at + 1), Column::Notification);
        }
        let written = self.list.write_table(&columns, Column::SLA_DROPS, to)?;
        if written.rows > 0 && !self.counts.groups.is_empty() {
            to.text("\n")?;
            counts_table(&self.counts, to)?;
        }
        self.list.table_note(&written, to)
    }

    /// Prints one object; as JSON Lines the tickets alone.
    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if to.options.format == OutputFormat::Jsonl {
            return self.list.json(to);
        }
        let mut loaded = Vec::new();
        let rows = match &self.list.rows {
            Rows::Count(_) => return self.list.json(to),
            Rows::Loaded(rows) => rows,
            Rows::Streamed(each) => {
                each(&mut |row| {
                    loaded.push(row.clone());
                    Ok(())
                })?;
                &loaded
            }
        };
        let options = to.options;
        let tickets = rows.iter().map(|row| Ticket::new(row, options));
        if let Some(columns) = &self.list.columns {
            let tickets = tickets.map(|ticket| SelectedColumns { ticket, columns });
            let tickets = tickets.collect();
            to.object(&published::SlaTable::new(&self.counts, tickets, options))?;
        } else {
            let tickets = tickets.collect();
            to.object(&published::SlaTable::new(&self.counts, tickets, options))?;
        }
        to.note(if rows.is_empty() { self.list.empty } else { "" })
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.list.csv(to)
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.list.ids(to)
    }
}

/// The counts by group, with a total below several groups.
fn counts_table(counts: &GroupCounts, to: &mut Printer<'_>) -> Result<(), Error> {
    let row = |name: &str, group: &GroupCount| {
        vec![
            Cell::untrusted(name),
            count(group.open, Style::Bold),
            count(group.overdue, Style::Error),
            count(group.at_risk, Style::Warning),
            count(group.paused, Style::Info),
            count(group.resolved, Style::Plain),
            count(group.unassigned, Style::Plain),
        ]
    };
    let groups = counts.groups.iter();
    let mut rows: Vec<Vec<Cell>> = groups
        .map(|(group, count)| row(group.name().as_deref().unwrap_or("none"), count))
        .collect();
    if rows.len() > 1 {
        rows.push(row("all", &counts.total()));
    }
    let by = group_heading(counts.by.as_str());
    let headings = [
        &by,
        "OPEN",
        "OVERDUE",
        "AT RISK",
        "PAUSED",
        "RESOLVED",
        "UNASSIGNED",
    ];
    to.rows(TableLayout::new(headings).right(1..7), &rows)
}
