//! Rows and columns laid out for reading: aligned by spaces, without lines.
//! What goes into a cell, and how wide it may be, is decided before.

use std::io::{self, Write};

use comfy_table::{CellAlignment, Table, presets};

use super::style::{self, Tone};
use super::untrusted;

/// A wider cell stands where it stands: aligning a thousand rows with it
/// would help nobody.
const ALIGNED: usize = 300;

/// A cell with safe text on a single line.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) tone: Tone,
}

impl Cell {
    pub(super) fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self {
            text: text.into(),
            tone,
        }
    }

    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self::new(text, Tone::Plain)
    }

    pub(super) fn width(&self) -> usize {
        untrusted::width(&self.text)
    }

    fn drawn(&self, color: bool) -> String {
        if color {
            self.tone.mark(&self.text)
        } else {
            self.text.clone()
        }
    }
}

/// A table in the making.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// The headings, for a table that has some.
    pub(super) heads: Option<Vec<String>>,
    /// Which columns hold numbers.
    pub(super) right: Vec<bool>,
    /// What columns are at least as wide as; kept from call to call, so that
    /// a long table may be written in parts.
    pub(super) floors: Vec<usize>,
    pub(super) indent: &'static str,
}

impl Grid {
    /// Writes rows, after the headings at the first call.
    pub(super) fn write(
        &mut self,
        rows: &[Vec<Cell>],
        color: bool,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let heads = self.heads.take().map(|heads| {
            let heads = heads.into_iter();
            heads.map(|h| Cell::new(h, Tone::Quiet)).collect::<Vec<_>>()
        });
        let all: Vec<&Vec<Cell>> = heads.iter().chain(rows).collect();
        let Some(first) = all.first() else {
            return Ok(());
        };
        let last = first.len().saturating_sub(1);
        self.floors.resize(first.len(), 0);
        for row in all.iter().filter(|row| is_aligned(row)) {
            for (floor, cell) in self.floors.iter_mut().zip(row.iter()) {
                *floor = (*floor).max(cell.width());
            }
        }
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        for row in all.iter().filter(|row| is_aligned(row)) {
            let cells = row.iter().zip(&self.floors).enumerate().take(last);
            table.add_row(cells.map(|(i, (cell, floor))| {
                // The floor may come from rows that were written before.
                let padding = " ".repeat(floor - cell.width());
                let drawn = cell.drawn(color);
                if self.right.get(i) == Some(&true) {
                    comfy_table::Cell::new_owned(padding + &drawn)
                        .set_alignment(CellAlignment::Right)
                } else {
                    comfy_table::Cell::new_owned(drawn + &padding)
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
                cells.map(|cell| cell.drawn(color) + "  ").collect()
            };
            if let Some(cell) = row.get(last) {
                if last > 0 && self.right.get(last) == Some(&true) {
                    let room = self.floors[last].saturating_sub(cell.width());
                    line += &" ".repeat(room);
                }
                line += &cell.drawn(color);
            }
            let line = if color { style::painted(&line) } else { line };
            writeln!(out, "{}{}", self.indent, line.trim_end())?;
        }
        Ok(())
    }
}

/// Whether a row takes part in the alignment. What stands in the last column
/// never matters.
fn is_aligned(row: &[Cell]) -> bool {
    let (_, others) = row.split_last().unzip();
    others.is_none_or(|others: &[Cell]| others.iter().all(|cell| cell.width() <= ALIGNED))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(rows: &[[&str; 3]], color: bool) -> String {
        let rows: Vec<Vec<Cell>> = rows
            .iter()
            .map(|row| row.map(|text| Cell::new(text, Tone::Bad)).to_vec())
            .collect();
        let mut out = Vec::new();
        let mut grid = Grid {
            heads: Some(["A", "B", "C"].map(str::to_owned).to_vec()),
            right: vec![true, false, false],
            ..Grid::default()
        };
        for part in rows.chunks(2) {
            grid.write(part, color, &mut out).unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_are_aligned_by_what_is_drawn() {
        insta::assert_snapshot!(drawn(&[["1", "日本", "x"], ["20", "a", ""], ["3", "b", "z"]], false), @r"
         A  B     C
         1  日本  x
        20  a
         3  b     z
        ");
    }

    #[test]
    fn an_endless_cell_stands_alone() {
        let long = "x".repeat(70_000);
        let text = drawn(&[["1", "a", "b"], ["2", &long, "c"]], false);
        assert_eq!(text.lines().count(), 3);
        assert!(text.starts_with("A  B  C\n1  a  b\n2  xxx"));
    }

    #[test]
    fn color_takes_no_room() {
        let text = drawn(&[["1", "ab", "x"]], true);
        assert!(
            text.contains("\u{1b}[1m\u{1b}[31mab\u{1b}[0m  \u{1b}"),
            "{text:?}"
        );
    }
}
