//! The first line of an export, and the lines that are imported in one
//! transaction.

use crate::error::Error;
use crate::store::{ExportRecord, portable};

/// The number of tickets that are imported in one transaction.
const AT_ONCE: usize = 500;

/// How many bytes of lines are imported in one transaction, about.
const BYTES_AT_ONCE: usize = 16 * 1024 * 1024;

/// The next lines to import: as many as go into one transaction, and into memory.
pub(super) fn next_lines(
    lines: &mut dyn Iterator<Item = (Result<String, Error>, u64)>,
) -> Result<Vec<(String, u64)>, Error> {
    let mut some = Vec::new();
    let mut bytes = 0;
    while some.len() < AT_ONCE && bytes < BYTES_AT_ONCE {
        let Some((line, number)) = lines.next() else {
            break;
        };
        let line = line?;
        bytes += line.len();
        some.push((line, number));
    }
    Ok(some)
}

/// Parses the first line, and returns the id and the keys of the exported store.
pub(super) fn head(line: &str) -> Result<(String, Vec<String>), Error> {
    match portable::read(line) {
        Ok(ExportRecord::Head { store, keys }) => Ok((store, keys)),
        Ok(
            ExportRecord::Policy(_)
            | ExportRecord::Person(_)
            | ExportRecord::Ticket { .. }
            | ExportRecord::Content { .. },
        ) => Err(not_an_export("its first line is not a header")),
        Err(reason) => Err(not_an_export(&reason)),
    }
}

pub(in crate::app) fn strict_error(line: u64, reason: &str) -> Error {
    Error::usage(
        format!("line {line}: {reason}"),
        "without --strict it is reported and the rest is imported",
    )
}

pub(super) fn not_an_export(reason: &str) -> Error {
    Error::usage(
        format!("this is not an export of desk: {reason}"),
        "give a file written by desk export",
    )
}
