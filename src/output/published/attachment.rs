//! A file that is kept with a ticket.

use serde::Serialize;

use super::value::{CsvRecord, CsvValue};
use crate::domain::event;

published! {
    /// A file that is kept with a ticket.
    Attachment<'a> from file: event::Attachment => {
        /// Its number within the ticket.
        n: u32 = file.number,
        /// As the sender wrote it: never a path.
        name: &'a str = &file.name,
        media_type: &'a str = &file.media_type,
        /// In bytes.
        size: u64 = file.size,
        /// Of the content, in hexadecimal digits.
        sha256: &'a str = &file.digest,
        /// The number of the event that it came with, such as a message; null for
        /// a file that was added by itself.
        event: Option<u32> = file.event,
    }
}

csv_columns!(Attachment<'_>: n, name, media_type, size, sha256, event);
