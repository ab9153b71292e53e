//! The aligned prefixes of search results, before the titles.

use crate::domain::summary::Summary;
use crate::output::options::RenderOptions;
use crate::output::style::palette::{Style, status_style};
use crate::output::style::table_layout::Cell;
use crate::output::style::{humanize, untrusted};

const GAP: usize = 2;

/// The aligned prefixes of some rows.
pub(in crate::output) struct Prefixes {
    rows: Vec<Vec<Cell>>,
    widths: Vec<usize>,
    /// The width of the ticket number with its gap.
    pub(in crate::output) indent: usize,
    /// The width of a whole prefix.
    pub(in crate::output) width: usize,
}

impl Prefixes {
    /// Aligns the prefixes of tickets: number, closeness if given, status and
    /// category.
    pub(in crate::output) fn new<'a>(
        rows: impl Iterator<Item = (&'a Summary, Option<f64>)>,
    ) -> Self {
        let rows: Vec<Vec<Cell>> = rows.map(|(row, closeness)| cells(row, closeness)).collect();
        let mut widths: Vec<usize> = Vec::new();
        for row in &rows {
            widths.resize(row.len(), 0);
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.width());
            }
        }
        Self {
            indent: widths.first().map_or(0, |width| width + GAP),
            width: widths.iter().map(|width| width + GAP).sum(),
            rows,
            widths,
        }
    }

    /// The prefix of a row, by its index.
    pub(in crate::output) fn render(&self, row: usize, options: &RenderOptions<'_>) -> String {
        let mut prefix = String::new();
        for (cell, width) in self.rows[row].iter().zip(&self.widths) {
            prefix += &cell.style.paint(&cell.text, options.color);
            prefix += &" ".repeat(width - cell.width() + GAP);
        }
        prefix
    }
}

fn cells(row: &Summary, closeness: Option<f64>) -> Vec<Cell> {
    let mut cells = vec![Cell::new(row.id.to_string(), Style::Bold)];
    let percent = closeness.map(humanize::percent);
    cells.extend(percent.map(Cell::plain));
    cells.push(Cell::new(row.state.to_string(), status_style(row.state)));
    let category = row.category.as_ref().map_or("-", |c| c.as_str());
    cells.push(Cell::new(untrusted::line(category), Style::Dim));
    cells
}
