//! Lists of tickets, printed row by row. In a table, rows are cut to the
//! terminal, and a note says what is left out. Sorts nothing.

use super::Output;
use super::columns::{Column, SelectedColumns, Ticket, csv_cells, csv_headings};
use super::options::RenderOptions;
use super::printer::{JsonList, Printer};
use super::published::group_counts::TicketCount;
use super::style::table_layout::{Cell, TableLayout};
use super::style::{humanize, untrusted};
use crate::domain::event::TicketId;
use crate::domain::summary::Summary;
use crate::error::Error;

/// How many rows are laid out together; later rows keep the widths.
const BATCH: usize = 500;
/// Titles are not cut below this while there are columns to drop.
const MIN_TITLE: usize = 28;
/// Nothing is cut below this.
const MIN_WIDTH: usize = 8;
const GAP: usize = 2;

/// Tickets, one per row.
pub(crate) struct TicketList<'a> {
    pub(crate) rows: Rows<'a>,
    /// The number of matching tickets, where the rows are limited.
    pub(crate) total: Option<u64>,
    /// The selected columns; `None` for the default ones.
    pub(crate) columns: Option<Vec<Column>>,
    /// Columns besides the default ones.
    pub(crate) added: Vec<Column>,
    /// The note for an empty list; may be empty.
    pub(crate) empty: &'static str,
    pub(crate) header: bool,
}

/// Receives rows one by one.
pub(crate) type RowSink<'s> = dyn FnMut(&Summary) -> Result<(), Error> + 's;

/// Passes rows to a sink.
pub(crate) type RowSource<'a> = dyn Fn(&mut RowSink<'_>) -> Result<(), Error> + 'a;

impl Rows<'_> {
    /// Whether there are none, as far as it is known before they are printed.
    pub(crate) const fn are_known_to_be_none(&self) -> bool {
        match self {
            Self::Loaded(rows) => rows.is_empty(),
            Self::Count(number) => *number == 0,
            Self::Streamed(_) => false,
        }
    }
}

/// The rows of a list.
pub(crate) enum Rows<'a> {
    Loaded(Vec<Summary>),
    /// Passes each row to the sink, so that memory does not grow with their
    /// number.
    Streamed(Box<RowSource<'a>>),
    /// Their number alone.
    Count(u64),
}

/// What a table shows, and the columns for which the screen is too narrow.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) rows: u64,
    left_out: Vec<String>,
}

impl Rows<'_> {
    /// Passes each row to the sink; a count has none.
    pub(super) fn each(&self, sink: &mut RowSink<'_>) -> Result<(), Error> {
        match self {
            Self::Loaded(rows) => rows.iter().try_for_each(sink),
            Self::Streamed(each) => each(sink),
            Self::Count(_) => Ok(()),
        }
    }
}

impl Output for TicketList<'_> {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let written = self.write_table(Column::LIST, Column::LIST_DROPS, to)?;
        self.table_note(&written, to)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if let Rows::Count(count) = self.rows {
            return to.object(&TicketCount { count });
        }
        let mut list = JsonList::default();
        self.rows.each(&mut |row| {
            let ticket = Ticket::new(row, to.options);
            match &self.columns {
                Some(columns) => list.push(&SelectedColumns { ticket, columns }, to),
                None => list.push(&ticket, to),
            }
        })?;
        let none = list.count == 0;
        list.end(to)?;
        self.empty_note(none, to)
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if let Rows::Count(count) = self.rows {
            let headings: &[&str] = if self.header { &["count"] } else { &[] };
            return to.records(headings, [[count.to_string()]]);
        }
        let columns = match &self.columns {
            Some(columns) => columns.clone(),
            None => with_added(Column::CSV, &self.added),
        };
        let columns = columns.as_slice();
        let options = to.options;
        let mut csv = to.csv();
        let mut none = true;
        self.rows.each(&mut |row| {
            if std::mem::take(&mut none) && self.header {
                csv.row(csv_headings(columns))?;
            }
            csv.row(csv_cells(columns, &Ticket::new(row, options)))
        })?;
        csv.end()?;
        self.empty_note(none, to)
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if let Rows::Count(count) = self.rows {
            return to.ids([TicketId(i64::try_from(count).unwrap_or(i64::MAX))]);
        }
        let mut none = true;
        self.rows.each(&mut |row| {
            none = false;
            to.ids([row.id])
        })?;
        self.empty_note(none, to)
    }
}

impl TicketList<'_> {
    fn empty_note(&self, none: bool, to: &mut Printer<'_>) -> Result<(), Error> {
        if none { to.note(self.empty) } else { Ok(()) }
    }

    /// Writes the rows as a table and returns what was written. `drops` are
    /// the columns to drop first where the terminal is too narrow.
    pub(super) fn write_table(
        &self,
        columns: &[Column],
        drops: &'static [Column],
        to: &mut Printer<'_>,
    ) -> Result<Written, Error> {
        if let Rows::Count(count) = self.rows {
            to.text(&format!("{count}\n"))?;
            return Ok(Written::default());
        }
        let is_selected = self.columns.is_some();
        let selected = self.columns.clone();
        let columns = selected.unwrap_or_else(|| with_added(columns, &self.added));
        let mut writer = TableWriter {
            is_selected,
            header: self.header,
            ..TableWriter::new(columns, if is_selected { &[] } else { drops })
        };
        let mut shown = 0;
        self.rows.each(&mut |row| {
            shown += 1;
            writer.push(row, to)
        })?;
        writer.flush(to)?;
        Ok(Written {
            rows: shown,
            left_out: writer.left_out,
        })
    }

    /// Notes on stderr what is left out, or that there are none.
    pub(super) fn table_note(&self, written: &Written, to: &mut Printer<'_>) -> Result<(), Error> {
        if !written.left_out.is_empty() {
            let left_out = written.left_out.join(", ");
            to.note(&format!("no room for: {left_out}; choose with --columns"))?;
        }
        let more = self.total.unwrap_or(0).saturating_sub(written.rows);
        if written.rows > 0 && more > 0 {
            return to.note(&more_rows(more));
        }
        let none = written.rows == 0 && !matches!(self.rows, Rows::Count(_));
        self.empty_note(none, to)
    }
}

/// The default columns and some more, before the title if it comes last.
fn with_added(columns: &[Column], added: &[Column]) -> Vec<Column> {
    let mut all = columns.to_vec();
    let title = all.pop_if(|last| *last == Column::Title);
    let new = added.iter().filter(|column| !columns.contains(column));
    all.extend(new.cloned());
    all.extend(title);
    all
}

/// The note that a list was limited.
pub(super) fn more_rows(more: u64) -> String {
    let more = humanize::number(more);
    format!("… and {more} more; show them with --limit 0")
}

/// A list being written as a table.
pub(super) struct TableWriter {
    columns: Vec<Column>,
    drops: &'static [Column],
    /// Whether a column stays even if it is empty, as it was asked for.
    is_selected: bool,
    /// The names of columns for which the screen is too narrow.
    left_out: Vec<String>,
    header: bool,
    /// The maximum width of each flexible column, once it is known.
    widths: Vec<Option<usize>>,
    layout: Option<TableLayout>,
    batch: Vec<Vec<Cell>>,
}

impl TableWriter {
    /// A table without headings. `drops` are the columns to drop first where the
    /// screen is too narrow.
    pub(super) const fn new(columns: Vec<Column>, drops: &'static [Column]) -> Self {
        Self {
            columns,
            drops,
            is_selected: false,
            left_out: Vec::new(),
            header: false,
            widths: Vec::new(),
            layout: None,
            batch: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, row: &Summary, to: &mut Printer<'_>) -> Result<(), Error> {
        self.batch.push(self.cells(row, to.options));
        if self.batch.len() == BATCH {
            self.flush(to)?;
        }
        Ok(())
    }

    fn cells(&self, row: &Summary, options: &RenderOptions<'_>) -> Vec<Cell> {
        self.columns.iter().map(|c| c.cell(row, options)).collect()
    }

    pub(super) fn flush(&mut self, to: &mut Printer<'_>) -> Result<(), Error> {
        let mut rows = std::mem::take(&mut self.batch);
        if rows.is_empty() {
            return Ok(());
        }
        if self.layout.is_none() {
            // A later row of a long list may have what the first ones lack.
            if rows.len() < BATCH && !self.is_selected {
                self.leave_out_empty(&mut rows);
            }
            self.arrange(&mut rows, to.options);
        }
        self.cut(&mut rows);
        let layout = self.layout.as_mut().expect("it was arranged above");
        Ok(layout.write(&rows, to.options.color, to)?)
    }

    /// Decides on columns and widths by all rows that will be written.
    pub(super) fn arrange_for<'r>(
        &mut self,
        rows: impl Iterator<Item = &'r Summary>,
        options: &RenderOptions<'_>,
    ) {
        let mut rows: Vec<Vec<Cell>> = rows.map(|row| self.cells(row, options)).collect();
        self.leave_out_empty(&mut rows);
        self.arrange(&mut rows, options);
        self.cut(&mut rows);
        if let Some(layout) = &mut self.layout {
            layout.reserve(&rows);
        }
    }

    fn cut(&self, rows: &mut [Vec<Cell>]) {
        for row in rows {
            for (cell, width) in row.iter_mut().zip(&self.widths) {
                if let Some(width) = width {
                    cell.text = untrusted::cut(&cell.text, *width).into_owned();
                }
            }
        }
    }

    /// Removes the columns that say nothing in any row.
    fn leave_out_empty(&mut self, rows: &mut [Vec<Cell>]) {
        for at in (0..self.columns.len()).rev() {
            let is_kept = matches!(self.columns[at], Column::Id | Column::Title);
            if !is_kept && rows.iter().all(|row| row[at].is_empty()) {
                self.remove_column(at, rows);
            }
        }
    }

    fn remove_column(&mut self, at: usize, rows: &mut [Vec<Cell>]) -> Column {
        for row in rows {
            row.remove(at);
        }
        self.columns.remove(at)
    }

    /// Decides on columns and widths by the first rows.
    fn arrange(&mut self, rows: &mut [Vec<Cell>], options: &RenderOptions<'_>) {
        let mut natural: Vec<usize> = (self.columns.iter().enumerate())
            .map(|(i, column)| {
                let widest = rows.iter().map(|row| row[i].width()).max();
                let heading = untrusted::width(&column.heading());
                let heading = if self.header { heading } else { 0 };
                widest.unwrap_or(0).max(heading)
            })
            .collect();
        self.widths = vec![None; self.columns.len()];
        if let Some(width) = options.width {
            let least = MIN_TITLE.max(width / 3);
            let mut drops = self.drops.iter();
            while total(&natural) > width && self.title_room(&natural, width) < least {
                let Some(drop) = drops.next() else { break };
                if let Some(at) = self.columns.iter().position(|column| column == drop) {
                    let dropped = self.remove_column(at, rows);
                    self.left_out.push(dropped.as_str().to_owned());
                    self.widths.remove(at);
                    natural.remove(at);
                }
            }
            shrink(&mut natural, &self.columns, width);
            let columns = self.columns.iter().zip(natural);
            for (limit, (column, natural)) in self.widths.iter_mut().zip(columns) {
                *limit = column.is_flexible().then_some(natural);
            }
        }
        let numbers = self
            .columns
            .iter()
            .enumerate()
            .filter(|(_, c)| c.is_number());
        let headings = self.columns.iter().map(|column| column.heading());
        let layout = TableLayout::new(headings).right(numbers.map(|(i, _)| i));
        self.layout = Some(if self.header {
            layout
        } else {
            layout.without_headings()
        });
    }

    /// How wide the title could be if nothing else were cut.
    fn title_room(&self, natural: &[usize], width: usize) -> usize {
        let title = self.columns.iter().position(|c| *c == Column::Title);
        let title = title.map_or(0, |at| natural[at]);
        (width + title).saturating_sub(total(natural))
    }
}

fn total(widths: &[usize]) -> usize {
    widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1)
}

/// Takes from the widest flexible column until all fit.
fn shrink(widths: &mut [usize], columns: &[Column], max: usize) {
    loop {
        let excess = total(widths).saturating_sub(max);
        let flexible = || (0..columns.len()).filter(|at| columns[*at].is_flexible());
        let Some(widest) = flexible().max_by_key(|at| widths[*at]) else {
            return;
        };
        if excess == 0 || widths[widest] <= MIN_WIDTH {
            return;
        }
        let others = flexible().filter(|at| *at != widest);
        let next = others.map(|at| widths[at]).max().unwrap_or(0);
        let min = next.clamp(MIN_WIDTH, widths[widest] - 1);
        widths[widest] = widths[widest].saturating_sub(excess).max(min);
    }
}
