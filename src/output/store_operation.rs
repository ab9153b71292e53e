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

    fn aside(&self) -> Option<String> {
        self.aside.as_ref().map(|path| path.display().to_string())
    }
}

impl Output for StoreOperation {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if to.options.quiet {
            return Ok(());
        }
        let path = self.path.display().to_string();
        to.text(&format!("{} {}\n", self.done, untrusted::line(&path)))?;
        match self.aside() {
            Some(aside) => to.text(&format!(
                "  the previous store is kept in {}\n",
                untrusted::line(&aside)
            )),
            None => Ok(()),
        }
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.object(&published::StoreOperation {
            done: one_word(self.done),
            path: self.path.display().to_string(),
            aside: self.aside(),
        })
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let path = self.path.display().to_string();
        let record = [one_word(self.done), path, self.aside().unwrap_or_default()];
        to.records(&["done", "path", "aside"], [record])
    }
}
