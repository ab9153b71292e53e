//! Texts that were typed and are not stored.

use serde::Serialize;

use super::value::{At, CsvRecord, CsvValue};
use crate::domain::read_models;

published! {
    /// A text that was typed and is not stored.
    Draft<'a> from draft: (read_models::Draft, Option<String>) => {
        draft: u32 = draft.0.number,
        /// The tickets that it is about, separated by commas.
        tickets: Option<&'a str> = draft.0.tickets.as_deref(),
        /// The command that it is for.
        command: Option<&'a str> = draft.0.verb.as_deref(),
        /// What kind of text it is, such as `message`.
        what: &'a str = &draft.0.what,
        changed_at: At = At(draft.0.changed),
        /// The command that goes on with it.
        go_on: Option<&'a str> = draft.1.as_deref(),
        text: &'a str = &draft.0.text,
        path: &'a str = &draft.0.path,
    }
}

csv_columns!(Draft<'_>: draft, tickets, command, what, changed_at, go_on, text, path);
