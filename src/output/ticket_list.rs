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

/// The rows of a list.
pub(crate) enum Rows<'a> {
    Loaded(Vec<Summary>),
    /// Passes each row to the sink, so that memory does not grow with their
    /// number.
    Streamed(Box<RowSource<'a>>),
    /// Their number alone.
    Count(u64),
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
        let shown = self.write_table(Column::LIST, Column::LIST_DROPS, to)?;
        self.table_note(shown, to)
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

    /// Writes the rows as a table and returns how many there were. `drops` are
    /// the columns to drop first where the terminal is too narrow.
    pub(super) fn write_table(
        &self,
        columns: &[Column],
        drops: &'static [Column],
        to: &mut Printer<'_>,
    ) -> Result<u64, Error> {
        if let Rows::Count(count) = self.rows {
            to.text(&format!("{count}\n"))?;
            return Ok(0);
        }
        let selected = self.columns.is_some();
        let mut writer = TableWriter {
            columns: (self.columns.clone()).unwrap_or_else(|| with_added(columns, &self.added)),
            drops: if selected { &[] } else { drops },
            dropped: Vec::new(),
            last_width: 0,
            header: self.header,
            widths: Vec::new(),
            layout: None,
            batch: Vec::new(),
        };
        let mut shown = 0;
        self.rows.each(&mut |row| {
            shown += 1;
            writer.push(row, to)
        })?;
        writer.flush(to)?;
        Ok(shown)
    }

    /// Notes on stderr that there are none, or how many more there are.
    pub(super) fn table_note(&self, shown: u64, to: &mut Printer<'_>) -> Result<(), Error> {
        let more = self.total.unwrap_or(0).saturating_sub(shown);
        if shown > 0 && more > 0 {
            return to.note(&more_rows(more));
        }
        self.empty_note(shown == 0 && !matches!(self.rows, Rows::Count(_)), to)
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
struct TableWriter {
    columns: Vec<Column>,
    drops: &'static [Column],
    /// The headings of dropped columns, and the room there is to name them.
    dropped: Vec<String>,
    last_width: usize,
    header: bool,
    /// The maximum width of each flexible column, once it is known.
    widths: Vec<Option<usize>>,
    layout: Option<TableLayout>,
    batch: Vec<Vec<Cell>>,
}

impl TableWriter {
    fn push(&mut self, row: &Summary, to: &mut Printer<'_>) -> Result<(), Error> {
        let cells = self.columns.iter().map(|c| c.cell(row, to.options));
        self.batch.push(cells.collect());
        if self.batch.len() == BATCH {
            self.flush(to)?;
        }
        Ok(())
    }

    fn flush(&mut self, to: &mut Printer<'_>) -> Result<(), Error> {
        let mut rows = std::mem::take(&mut self.batch);
        if rows.is_empty() {
            return Ok(());
        }
        if self.layout.is_none() {
            self.arrange(&mut rows, to.options);
        }
        for row in &mut rows {
            for (cell, width) in row.iter_mut().zip(&self.widths) {
                if let Some(width) = width {
                    cell.text = untrusted::cut(&cell.text, *width).into_owned();
                }
            }
        }
        let layout = self.layout.as_mut().expect("it was arranged above");
        Ok(layout.write(&rows, to.options.color, to)?)
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
            let mut drops = self.drops.iter();
            while total(&natural) > width && self.title_room(&natural, width) < MIN_TITLE {
                let Some(drop) = drops.next() else { break };
                if let Some(at) = self.columns.iter().position(|column| column == drop) {
                    self.dropped.push(self.columns.remove(at).heading());
                    self.widths.remove(at);
                    natural.remove(at);
                    for row in rows.iter_mut() {
                        row.remove(at);
                    }
                }
            }
            shrink(&mut natural, &self.columns, width);
            self.last_width = self.title_room(&natural, width);
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
        let layout = TableLayout::new(self.headings()).right(numbers.map(|(i, _)| i));
        self.layout = Some(if self.header {
            layout
        } else {
            layout.without_headings()
        });
    }

    /// The headings; the last one names the dropped columns, so that none is
    /// left out silently.
    fn headings(&self) -> Vec<String> {
        let mut headings: Vec<String> = self.columns.iter().map(|c| c.heading()).collect();
        if let Some(last) = headings.last_mut()
            && !self.dropped.is_empty()
        {
            *last += &format!(" (no {})", self.dropped.join(", "));
            *last = untrusted::cut(last, self.last_width).into_owned();
        }
        headings
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
