//! Where outputs print: stdout with helpers for each format, and notes on
//! stderr.

use std::io::{self, Write};

use serde::Serialize;

use super::csv::{CsvWriter, Dialect};
use super::json;
use super::options::RenderOptions;
use super::published::value::CsvRecord;
use super::style::table_layout::{Cell, TableLayout};
use crate::domain::event::TicketId;
use crate::error::Error;
use crate::output_format::OutputFormat;

/// Both streams and the options. Written to as a stream, it is stdout.
pub(crate) struct Printer<'p> {
    out: &'p mut dyn Write,
    err: &'p mut dyn Write,
    pub(super) options: &'p RenderOptions<'p>,
}

impl Write for Printer<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl<'p> Printer<'p> {
    pub(super) fn new(
        out: &'p mut dyn Write,
        err: &'p mut dyn Write,
        options: &'p RenderOptions<'p>,
    ) -> Self {
        Self { out, err, options }
    }

    pub(super) fn text(&mut self, text: &str) -> Result<(), Error> {
        Ok(self.out.write_all(text.as_bytes())?)
    }

    /// Prints texts with a blank line between them.
    pub(super) fn paragraphs(&mut self, texts: impl Iterator<Item = String>) -> Result<(), Error> {
        for (i, text) in texts.enumerate() {
            if i > 0 {
                self.text("\n")?;
            }
            self.text(&text)?;
        }
        Ok(())
    }

    /// Prints a sentence on stderr after everything printed so far, unless
    /// quiet.
    pub(super) fn note(&mut self, sentence: &str) -> Result<(), Error> {
        if !self.options.quiet && !sentence.is_empty() {
            self.out.flush()?;
            writeln!(self.err, "{sentence}")?;
        }
        Ok(())
    }

    /// Prints a table; nothing at all if it has no rows.
    pub(super) fn rows(
        &mut self,
        mut layout: TableLayout,
        rows: &[Vec<Cell>],
    ) -> Result<(), Error> {
        if rows.is_empty() {
            return Ok(());
        }
        Ok(layout.write(rows, self.options.color, self.out)?)
    }

    /// Prints ticket numbers, one per line.
    pub(super) fn ids(&mut self, ids: impl IntoIterator<Item = TicketId>) -> Result<(), Error> {
        for TicketId(id) in ids {
            writeln!(self.out, "{id}")?;
        }
        Ok(())
    }

    /// Prints a JSON value on a line of its own.
    pub(super) fn object(&mut self, value: &impl Serialize) -> Result<(), Error> {
        self.value(value)?;
        self.text("\n")
    }

    fn value(&mut self, value: &impl Serialize) -> Result<(), Error> {
        Ok(json::write(value, self.options.terminal, self.out)?)
    }

    /// Prints values as a JSON array, one per line, or as JSON Lines.
    pub(super) fn list<T: Serialize>(
        &mut self,
        values: impl IntoIterator<Item = T>,
    ) -> Result<(), Error> {
        let mut list = JsonList::default();
        for value in values {
            list.push(&value, self)?;
        }
        list.end(self)
    }

    /// Prints one value as an object, any other number as a list; a list too
    /// where several tickets were named.
    pub(super) fn one_or_list<T: Serialize>(
        &mut self,
        values: impl IntoIterator<Item = T>,
    ) -> Result<(), Error> {
        let mut values: Vec<T> = values.into_iter().collect();
        match values.pop() {
            Some(one) if values.is_empty() && !self.options.several => self.object(&one),
            last => self.list(values.into_iter().chain(last)),
        }
    }

    /// Prints published values as CSV: a line of headings, and a record each.
    pub(super) fn csv_list<T: CsvRecord>(
        &mut self,
        values: impl IntoIterator<Item = T>,
    ) -> Result<(), Error> {
        let values = values.into_iter();
        self.records(&T::headings(), values.map(|value| value.cells()))
    }

    /// Begins CSV, or TSV if that is the format.
    pub(super) fn csv(&mut self) -> CsvWriter<'_> {
        let dialect = match self.options.format {
            OutputFormat::Tsv => Dialect::Tsv,
            OutputFormat::Table
            | OutputFormat::Json
            | OutputFormat::Jsonl
            | OutputFormat::Csv
            | OutputFormat::Ids
            | OutputFormat::Html => Dialect::Csv,
        };
        CsvWriter::new(self.out, dialect)
    }

    /// Begins CSV for Excel, which takes a file for UTF-8 only with a byte order
    /// mark.
    pub(super) fn excel(&mut self) -> Result<CsvWriter<'_>, Error> {
        self.out.write_all("\u{feff}".as_bytes())?;
        Ok(CsvWriter::new(self.out, Dialect::Excel))
    }

    /// Prints CSV: a line of headings, if there are any, and records.
    pub(super) fn records<R: IntoIterator<Item = String>>(
        &mut self,
        headings: &[&str],
        records: impl IntoIterator<Item = R>,
    ) -> Result<(), Error> {
        let mut csv = self.csv();
        if !headings.is_empty() {
            csv.row(headings)?;
        }
        for record in records {
            csv.record(record)?;
        }
        csv.end()
    }
}

/// A JSON list printed value by value: an array, or JSON Lines.
#[derive(Default)]
pub(super) struct JsonList {
    pub(super) count: u64,
}

impl JsonList {
    pub(super) fn push(
        &mut self,
        value: &impl Serialize,
        to: &mut Printer<'_>,
    ) -> Result<(), Error> {
        self.count += 1;
        if to.options.format == OutputFormat::Jsonl {
            return to.object(value);
        }
        to.text(if self.count == 1 { "[\n" } else { ",\n" })?;
        to.value(value)
    }

    pub(super) fn end(self, to: &mut Printer<'_>) -> Result<(), Error> {
        match (to.options.format, self.count) {
            (OutputFormat::Jsonl, _) => Ok(()),
            (_, 0) => to.text("[]\n"),
            (_, _) => to.text("\n]\n"),
        }
    }
}
