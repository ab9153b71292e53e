//! The versions of the policy.

use super::Output;
use super::printer::Printer;
use super::published::policy as published;
use super::style::humanize;
use super::style::table_layout::{Cell, TableLayout};
use crate::domain::policy::versions::PolicyVersion;
use crate::error::Error;

/// The versions of the policy, the oldest first.
pub(crate) struct PolicyVersions(pub(crate) Vec<PolicyVersion>);

impl PolicyVersions {
    fn published(&self) -> impl Iterator<Item = published::PolicyVersion<'_>> {
        self.0.iter().map(Into::into)
    }
}

impl Output for PolicyVersions {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if self.0.is_empty() {
            return to.note("the built-in policy is in force; no other was ever set");
        }
        let row = |version: &PolicyVersion| {
            vec![
                Cell::plain(version.version.to_string()),
                Cell::plain(humanize::full_time(version.at, to.options.zone)),
                Cell::untrusted(version.author.as_str()),
            ]
        };
        let rows: Vec<_> = self.0.iter().map(row).collect();
        to.rows(TableLayout::new(["VERSION", "SET", "BY"]).right([0]), &rows)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(self.published())
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(self.published())
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let mut all = self.0.iter();
        all.try_for_each(|one| to.text(&format!("{}\n", one.version)))
    }
}
