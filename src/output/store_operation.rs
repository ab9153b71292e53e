//! An operation on the whole store, or a file that was written.

use std::path::PathBuf;

use super::Output;
use super::printer::Printer;
use super::published::store as published;
use super::published::store::one_word;
use super::style::untrusted;
use crate::error::Error;

/// An operation on the whole store.
pub(crate) struct StoreOperation {
    /// `created`, `backed up`, `restored` or `written`.
    done: &'static str,
    path: PathBuf,
    /// Where the previous store is kept.
    aside: Option<PathBuf>,
}

impl StoreOperation {
    pub(crate) const fn new(done: &'static str, path: PathBuf) -> Self {
        Self {
            done,
            path,
            aside: None,
        }
    }

    /// Adds where the previous store is kept.
    pub(crate) fn with_aside(self, aside: Option<PathBuf>) -> Self {
        Self { aside, ..self }
    }

    fn published(&self) -> published::StoreOperation {
        published::StoreOperation {
            done: one_word(self.done),
            path: self.path.display().to_string(),
            aside: self.aside.as_ref().map(|path| path.display().to_string()),
        }
    }
}

impl Output for StoreOperation {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if to.options.quiet {
            return Ok(());
        }
        let published::StoreOperation { path, aside, .. } = self.published();
        to.text(&format!("{} {}\n", self.done, untrusted::line(&path)))?;
        match aside {
            Some(aside) => to.text(&format!(
                "  the previous store is kept in {}\n",
                untrusted::line(&aside)
            )),
            None => Ok(()),
        }
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.object(&self.published())
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list([self.published()])
    }
}
