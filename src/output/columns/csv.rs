//! Columns as CSV.

use super::{Column, Ticket};

/// The CSV headings of columns.
pub(in crate::output) fn csv_headings(columns: &[Column]) -> Vec<String> {
    columns.iter().flat_map(|one| one.csv_headings()).collect()
}

/// The CSV cells of a ticket in columns.
pub(in crate::output) fn csv_cells(columns: &[Column], ticket: &Ticket<'_>) -> Vec<String> {
    let mut cells = Vec::with_capacity(columns.len());
    for column in columns {
        column.csv_values(ticket, &mut cells);
    }
    cells
}
