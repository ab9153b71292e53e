//! Table layout: rows and columns aligned by spaces, without lines. What goes
//! into a cell, and how wide it may be, is decided before.

use std::io::{self, Write};

use comfy_table::{Table, presets};

use super::palette::{self, Style};
use super::{humanize, untrusted};

/// A row with a wider cell is not aligned: padding a thousand rows to fit one
/// would help nobody.
const MAX_ALIGNED: usize = 300;

/// Larger parts are joined by hand, which takes a tenth of the time.
const MAX_ARRANGED: usize = 100;

/// What is between two columns.
const GAP: &str = "  ";

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

    /// Whether it says nothing: it is blank, or a dimmed sign for an absent value.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty() || (self.style == Style::Dim && self.width() == 1)
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

    /// Widens the columns to what these rows need, before they are written in parts.
    pub(crate) fn reserve(&mut self, rows: &[Vec<Cell>]) {
        for row in rows.iter().filter(|row| is_aligned(row)) {
            self.widths.resize(row.len(), 0);
            for (width, cell) in self.widths.iter_mut().zip(row) {
                *width = (*width).max(cell.width());
            }
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
        if let Some(headings) = &headings {
            self.reserve(std::slice::from_ref(headings));
        }
        self.reserve(rows);
        let aligned = all.iter().filter(|row| is_aligned(row)).map(|row| {
            let cells = row.iter().zip(&self.widths).enumerate().take(last);
            cells.map(|(i, (cell, width))| {
                // The width may come from rows that were written before.
                let padding = " ".repeat(width - cell.width());
                let text = cell.rendered(color);
                if self.right.contains(&i) {
                    padding + &text
                } else {
                    text + &padding
                }
            })
        });
        let mut lines: Box<dyn Iterator<Item = String>> = if all.len() > MAX_ARRANGED {
            Box::new(aligned.map(|cells| cells.map(|cell| cell + GAP).collect()))
        } else {
            Box::new(arranged(aligned))
        };
        for row in &all {
            let mut line = if last == 0 {
                String::new()
            } else if is_aligned(row) {
                lines.next().expect("every aligned row is one line")
            } else {
                let cells = row.iter().take(last);
                cells.map(|cell| cell.rendered(color) + GAP).collect()
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

/// Lines of cells that are as wide as their columns.
fn arranged<C: Iterator<Item = String>>(
    rows: impl Iterator<Item = C>,
) -> impl Iterator<Item = String> {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    for cells in rows {
        table.add_row(cells.map(comfy_table::Cell::new_owned));
    }
    let gap = u16::try_from(GAP.len()).unwrap_or_default();
    for column in table.column_iter_mut() {
        column.set_padding((0, gap));
    }
    table.lines().collect::<Vec<_>>().into_iter()
}

/// A cell with a number of tickets; 0 is dimmed.
pub(crate) fn count(n: u64, style: Style) -> Cell {
    let style = if n == 0 { Style::Dim } else { style };
    Cell::new(humanize::number(n), style)
}

/// The heading of the column that a table is grouped by.
pub(crate) fn group_heading(by: &str) -> String {
    match by {
        "priority" => "PRIO".to_owned(),
        _ => by.to_uppercase(),
    }
}

/// The narrowest that the last column is cut to.
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
    fn a_large_part_looks_like_small_ones() {
        let texts = ["", "日本", "e\u{301}", "a  b", " x", "👩‍👩‍👧"];
        let cells = (0..MAX_ARRANGED * 2).map(|n| {
            let text = |by: usize| texts[n / by % texts.len()].repeat(n % 3);
            [1, 2, 5]
                .map(|by| Cell::new(text(by), Style::Error))
                .to_vec()
        });
        let rows: Vec<Vec<Cell>> = cells.collect();
        let written = |size: usize, color: bool| {
            let mut table = TableLayout::new(["A", "B", "C"]).right([0]);
            table.reserve(&rows);
            let mut out = Vec::new();
            for part in rows.chunks(size) {
                table.write(part, color, &mut out).unwrap();
            }
            String::from_utf8(out).unwrap()
        };
        for color in [false, true] {
            assert_eq!(written(7, color), written(rows.len(), color));
        }
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
