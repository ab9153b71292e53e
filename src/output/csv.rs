//! Writes CSV with LF line ends. Cells that a spreadsheet would run as formulas
//! are defused, and hidden characters become visible.

use std::borrow::Cow;
use std::io::{self, Write};

use super::style::untrusted;
use crate::error::Error;

/// A CSV writer.
pub(super) struct CsvWriter<'o>(csv::Writer<&'o mut dyn Write>);

impl<'o> CsvWriter<'o> {
    pub(super) fn new(out: &'o mut dyn Write) -> Self {
        Self(csv::Writer::from_writer(out))
    }

    /// Writes a row unchanged.
    pub(super) fn row<I>(&mut self, cells: I) -> Result<(), Error>
    where
        I: IntoIterator,
        I::Item: AsRef<[u8]>,
    {
        self.0.write_record(cells).map_err(|fault| {
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
        Ok(self.0.flush()?)
    }
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
