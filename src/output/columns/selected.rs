//! The values of selected columns, for programs.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

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

/// A ticket reduced to some columns, in that order.
pub(in crate::output) struct SelectedColumns<'a> {
    pub(in crate::output) ticket: Ticket<'a>,
    pub(in crate::output) columns: &'a [Column],
}

impl Serialize for SelectedColumns<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.columns.len()))?;
        for column in self.columns {
            map.serialize_key(column.as_str())?;
            column.serialize_value(&self.ticket, &mut map)?;
        }
        map.end()
    }
}
