//! A setting of the user file after `desk config set` or `unset`.

use super::Output;
use super::printer::Printer;
use super::published::store as published;
use super::style::untrusted;
use crate::error::Error;

/// A setting that was to be changed in the user file.
pub(crate) struct ChangedSetting {
    pub(crate) name: String,
    /// Absent if it was removed.
    pub(crate) value: Option<String>,
    /// Whether the file was changed.
    pub(crate) changed: bool,
    pub(crate) file: String,
}

impl ChangedSetting {
    fn published(&self) -> published::ChangedSetting<'_> {
        published::ChangedSetting {
            name: &self.name,
            value: self.value.as_deref(),
            changed: self.changed,
            file: &self.file,
        }
    }
}

impl Output for ChangedSetting {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if to.options.quiet {
            return Ok(());
        }
        let Self { name, value, .. } = self;
        let line = match (value, self.changed) {
            (Some(value), true) => format!("{name} = {value} in {}", self.file),
            (None, true) => format!("{name} removed from {}", self.file),
            (Some(value), false) => format!("unchanged: {name} = {value} in {}", self.file),
            (None, false) => format!("unchanged: {name} is not in {}", self.file),
        };
        to.text(&format!("{}\n", untrusted::line(&line)))
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.object(&self.published())
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list([self.published()])
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.text(&format!("{}\n", untrusted::line(&self.name)))
    }
}
