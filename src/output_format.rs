//! The formats that every command can print.

use clap::ValueEnum;

/// How a command prints its output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    /// Text for people.
    Table,
    /// One JSON value.
    Json,
    /// JSON Lines: one value per line.
    Jsonl,
    /// Comma-separated values under a line of headings.
    Csv,
    /// Tab-separated values, a line each: for cut and awk.
    Tsv,
    /// Ticket numbers alone, one per line.
    Ids,
    /// A page to read and to print, where there is one.
    Html,
}

impl OutputFormat {
    /// Returns the format for a confirmation, which has no page.
    pub(crate) fn without_page(self) -> Self {
        if self == Self::Html {
            Self::Table
        } else {
            self
        }
    }
}
