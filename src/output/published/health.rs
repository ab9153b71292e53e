//! The findings of `desk doctor`.

use serde::Serialize;

use super::value::{CsvRecord, CsvValue};
use crate::domain::health::HealthCheck as Source;

published! {
    /// One thing that desk doctor looked at.
    HealthCheck<'a> from check: Source => {
        /// What it is about: `store`, `disk`, `log`, `leftovers`, `copies`,
        /// `permissions`, `clock`, `zone`, `settings`, `hooks` or `drafts`.
        pub(crate) area: &'a str = check.area,
        /// `ok`, `warning` or `problem`.
        pub(crate) state: &'a str = check.state.as_str(),
        pub(crate) finding: &'a str = &check.finding,
        /// What to do, where there is something.
        pub(crate) remedy: Option<&'a str> = check.remedy.as_deref(),
    }
}

csv_columns!(HealthCheck<'_>: area, state, finding, remedy);
