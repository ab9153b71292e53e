//! Writes CSV with LF line ends, and its dialects. Cells that a spreadsheet would
//! run as formulas are defused, and hidden characters become visible.

use std::borrow::Cow;
use std::io::{self, Write};

use super::style::untrusted;
use crate::error::Error;

/// How records are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Separated by commas.
    Csv,
    /// Separated by tabs, a line a record: tabs and line ends in cells are
    /// escaped.
    Tsv,
    /// Separated by semicolons, as Excel expects it in most of Europe.
    Excel,
}

/// A CSV writer.
pub(super) struct CsvWriter<'o> {
    to: csv::Writer<&'o mut dyn Write>,
    dialect: Dialect,
}

impl<'o> CsvWriter<'o> {
    pub(super) fn new(out: &'o mut dyn Write, dialect: Dialect) -> Self {
        let mut builder = csv::WriterBuilder::new();
        match dialect {
            Dialect::Csv => {}
            Dialect::Tsv => {
                builder.delimiter(b'\t').quote_style(csv::QuoteStyle::Never);
            }
            Dialect::Excel => {
                builder.delimiter(b';').terminator(csv::Terminator::CRLF);
            }
        }
        Self {
            to: builder.from_writer(out),
            dialect,
        }
    }

    /// Writes a row unchanged, save for what the dialect cannot hold.
    pub(super) fn row<I>(&mut self, cells: I) -> Result<(), Error>
    where
        I: IntoIterator,
        I::Item: AsRef<[u8]>,
    {
        let written = match self.dialect {
            Dialect::Csv | Dialect::Excel => self.to.write_record(cells),
            Dialect::Tsv => {
                let cells = cells.into_iter().map(|cell| escaped(cell.as_ref()));
                self.to.write_record(cells)
            }
        };
        written.map_err(|fault| {
            // Keep the kind of I/O error, so that a closed pipe is recognized.
            let kind = if let csv::ErrorKind::Io(fault) = fault.kind() {
                fault.kind()
            } else {
                io::ErrorKind::Other
            };
            Error::Output(io::Error::new(kind, fault))
        })
    }

    /// Writes a row of texts, made safe for spreadsheets.
    pub(super) fn record(&mut self, cells: impl IntoIterator<Item = String>) -> Result<(), Error> {
        self.row(cells.into_iter().map(|cell| match safe(&cell) {
            Cow::Borrowed(_) => cell,
            Cow::Owned(safe) => safe,
        }))
    }

    pub(super) fn end(mut self) -> Result<(), Error> {
        Ok(self.to.flush()?)
    }
}

/// A cell without tabs and line ends.
fn escaped(cell: &[u8]) -> Vec<u8> {
    let mut escaped = Vec::with_capacity(cell.len());
    for byte in cell {
        match byte {
            b'\t' => escaped.extend(b"\\t"),
            b'\n' => escaped.extend(b"\\n"),
            b'\r' => escaped.extend(b"\\r"),
            other => escaped.push(*other),
        }
    }
    escaped
}

/// Makes a text safe for a spreadsheet: what would start a formula gets a
/// leading `'`, and hidden characters become visible.
pub(super) fn safe(text: &str) -> Cow<'_, str> {
    const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let shown = untrusted::block(text);
    if text.starts_with(FORMULA) {
        Cow::Owned(format!("'{shown}"))
    } else {
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(dialect: Dialect) -> String {
        let mut out = Vec::new();
        let mut csv = CsvWriter::new(&mut out, dialect);
        csv.row(["a b", "x\ty\r\nz", "\"q\"; c,d", ""]).unwrap();
        csv.end().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn each_dialect_keeps_its_cells_apart() {
        assert_eq!(
            written(Dialect::Csv),
            "a b,\"x\ty\r\nz\",\"\"\"q\"\"; c,d\",\n"
        );
        assert_eq!(written(Dialect::Tsv), "a b\tx\\ty\\r\\nz\t\"q\"; c,d\t\n");
        assert_eq!(
            written(Dialect::Excel),
            "a b;\"x\ty\r\nz\";\"\"\"q\"\"; c,d\";\r\n"
        );
    }

    #[test]
    fn no_cell_can_act_as_a_formula() {
        for text in [
            "=1+1", "+1", "-1", "@a", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠a",
        ] {
            assert!(safe(text).starts_with('\''), "{text:?}");
        }
        assert_eq!(safe("a=1"), "a=1");
        assert_eq!(safe("a\u{1b}[31m\nb"), "a\\u{1b}[31m\nb");
    }
}
