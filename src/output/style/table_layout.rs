//! Table layout: rows and columns aligned by spaces, without lines. The caller
//! decides the content of the cells and their maximum widths.

use std::io::{self, Write};

use comfy_table::{CellAlignment, Table, presets};

use super::palette::{self, Style};
use super::untrusted;

/// Rows with a wider cell are not aligned, so that one long cell does not pad
/// all the others.
const MAX_ALIGNED: usize = 300;

/// A table cell: safe text on a single line.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) style: Style,
}

impl Cell {
    pub(crate) fn new(text: impl Into<String>, style: Style) -> Self {
        Self {
            text: text.into(),
            style,
        }
    }

    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self::new(text, Style::Plain)
    }

    /// A cell of untrusted text.
    pub(crate) fn untrusted(text: &str) -> Self {
        Self::plain(untrusted::line(text))
    }

    /// A dimmed `-` for an absent value.
    pub(crate) fn none() -> Self {
        Self::new("-", Style::Dim)
    }

    pub(crate) fn width(&self) -> usize {
        untrusted::width(&self.text)
    }

    fn rendered(&self, color: bool) -> String {
        if color {
            self.style.mark(&self.text)
        } else {
            self.text.clone()
        }
    }
}

/// A table being written.
#[derive(Debug, Default)]
pub(crate) struct TableLayout {
    headings: Option<Vec<String>>,
    /// The right-aligned columns, by index.
    right: Vec<usize>,
    /// The widths reached so far, so that a long table may be written in
    /// parts.
    widths: Vec<usize>,
    indent: &'static str,
}

impl TableLayout {
    pub(crate) fn new<T: Into<String>>(headings: impl IntoIterator<Item = T>) -> Self {
        Self {
            headings: Some(headings.into_iter().map(Into::into).collect()),
            ..Self::default()
        }
    }

    /// Aligns these columns to the right.
    pub(crate) fn right(self, columns: impl IntoIterator<Item = usize>) -> Self {
        Self {
            right: columns.into_iter().collect(),
            ..self
        }
    }

    pub(crate) fn indent(self, indent: &'static str) -> Self {
        Self { indent, ..self }
    }

    pub(crate) fn without_headings(self) -> Self {
        Self {
            headings: None,
            ..self
        }
    }

    /// Writes rows, at the first call below the headings.
    pub(crate) fn write(
        &mut self,
        rows: &[Vec<Cell>],
        color: bool,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let headings = self.headings.take().map(|headings| {
            let headings = headings.into_iter();
            headings
                .map(|h| Cell::new(h, Style::Dim))
                .collect::<Vec<_>>()
        });
        let all: Vec<&Vec<Cell>> = headings.iter().chain(rows).collect();
        let Some(first) = all.first() else {
            return Ok(());
        };
        let last = first.len().saturating_sub(1);
        self.widths.resize(first.len(), 0);
        for row in all.iter().filter(|row| is_aligned(row)) {
            for (width, cell) in self.widths.iter_mut().zip(row.iter()) {
                *width = (*width).max(cell.width());
            }
        }
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        for row in all.iter().filter(|row| is_aligned(row)) {
            let cells = row.iter().zip(&self.widths).enumerate().take(last);
            table.add_row(cells.map(|(i, (cell, width))| {
                // The width may come from rows that were written before.
                let padding = " ".repeat(width - cell.width());
                let text = cell.rendered(color);
                if self.right.contains(&i) {
                    comfy_table::Cell::new_owned(padding + &text)
                        .set_alignment(CellAlignment::Right)
                } else {
                    comfy_table::Cell::new_owned(text + &padding)
                }
            }));
        }
        for column in table.column_iter_mut() {
            column.set_padding((0, 2));
        }
        let mut lines = table.lines();
        for row in all {
            let mut line = if last == 0 {
                String::new()
            } else if is_aligned(row) {
                lines.next().expect("every aligned row is one line")
            } else {
                let cells = row.iter().take(last);
                cells.map(|cell| cell.rendered(color) + "  ").collect()
            };
            if let Some(cell) = row.get(last) {
                if last > 0 && self.right.contains(&last) {
                    let padding = self.widths[last].saturating_sub(cell.width());
                    line += &" ".repeat(padding);
                }
                line += &cell.rendered(color);
            }
            let line = if color { palette::colored(&line) } else { line };
            writeln!(out, "{}{}", self.indent, line.trim_end())?;
        }
        Ok(())
    }
}

/// Minimum width of the last column.
const MIN_LAST: usize = 12;

/// Cuts the last column to what the others leave of a width.
pub(crate) fn cut_last(rows: &mut [Vec<Cell>], headings: &[&str], width: Option<usize>) {
    let (Some(width), Some((_, others))) = (width, headings.split_last()) else {
        return;
    };
    let column = |(i, heading): (usize, &&str)| {
        let cells = rows.iter().filter_map(|row| row.get(i)).map(Cell::width);
        cells.max().unwrap_or(0).max(heading.len()) + 2
    };
    let taken: usize = others.iter().enumerate().map(column).sum();
    let room = width.saturating_sub(taken).max(MIN_LAST);
    for last in rows.iter_mut().filter_map(|row| row.last_mut()) {
        last.text = untrusted::cut(&last.text, room).into_owned();
    }
}

/// Whether a row takes part in the alignment. The last column never matters.
fn is_aligned(row: &[Cell]) -> bool {
    let (_, others) = row.split_last().unzip();
    others.is_none_or(|others: &[Cell]| others.iter().all(|cell| cell.width() <= MAX_ALIGNED))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(rows: &[[&str; 3]], color: bool) -> String {
        let rows: Vec<Vec<Cell>> = rows
            .iter()
            .map(|row| row.map(|text| Cell::new(text, Style::Error)).to_vec())
            .collect();
        let mut out = Vec::new();
        let mut table = TableLayout::new(["A", "B", "C"]).right([0]);
        for part in rows.chunks(2) {
            table.write(part, color, &mut out).unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_are_aligned_by_display_width() {
        insta::assert_snapshot!(rendered(&[["1", "日本", "x"], ["20", "a", ""], ["3", "b", "z"]], false), @r"
         A  B     C
         1  日本  x
        20  a
         3  b     z
        ");
    }

    #[test]
    fn a_very_long_cell_is_not_aligned() {
        let long = "x".repeat(70_000);
        let text = rendered(&[["1", "a", "b"], ["2", &long, "c"]], false);
        assert_eq!(text.lines().count(), 3);
        assert!(text.starts_with("A  B  C\n1  a  b\n2  xxx"));
    }

    #[test]
    fn color_codes_take_no_width() {
        let text = rendered(&[["1", "ab", "x"]], true);
        assert!(
            text.contains("\u{1b}[1m\u{1b}[31mab\u{1b}[0m  \u{1b}"),
            "{text:?}"
        );
    }
}
