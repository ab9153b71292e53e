//! Use cases that concern the store as a whole.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Desk;
use crate::domain::query::Query;
use crate::domain::word::UnknownWord;
use crate::error::Error;
use crate::store::{Intent, Names, StoreError, Verification};

impl Desk<'_> {
    /// Creates the store.
    ///
    /// # Errors
    /// [`StoreError::Exists`], or why it cannot be made.
    pub(crate) fn init(&self) -> Result<PathBuf, Error> {
        Ok(self.keeper.init()?)
    }

    /// Checks the whole store, and that `head` is in its chain.
    ///
    /// # Errors
    /// When there is no store, or it cannot be read at all.
    pub(crate) fn verify(&self, head: Option<&str>) -> Result<Verification, Error> {
        let store = self.reader()?.ok_or_else(|| self.missing())?;
        Ok(store.verify(head)?)
    }

    /// Writes a copy of the store to a new file.
    ///
    /// # Errors
    /// When there is no store, or the copy cannot be written.
    pub(crate) fn backup(&self, file: &Path) -> Result<(), Error> {
        let store = self.reader()?.ok_or_else(|| self.missing())?;
        Ok(store.backup(file)?)
    }

    fn missing(&self) -> StoreError {
        StoreError::Missing {
            path: self.keeper.path(),
        }
    }

    /// Puts a backup in the place of the store, and says where that is and
    /// where the store that was there is kept.
    ///
    /// # Errors
    /// When the backup is not sound, or the store is in use.
    pub(crate) fn restore(&self, file: &Path) -> Result<(PathBuf, Option<PathBuf>), Error> {
        self.keeper
            .restore(file)
            .map_err(|fault| about_backup(fault, file))
    }

    /// Refuses a category or an agent that no ticket has, so that a slip never
    /// gives an empty list.
    ///
    /// # Errors
    /// [`UnknownWord`] with the names in use.
    pub(crate) fn check_names(&self, query: &Query) -> Result<(), Error> {
        if query.categories.is_empty() && query.assignees.is_empty() {
            return Ok(());
        }
        let Some(store) = self.reader()? else {
            return Ok(());
        };
        let txn = store.begin(Intent::Read)?;
        if !query.categories.is_empty() {
            let known = txn.names(Names::Categories)?;
            for root in &query.categories {
                let used = |name: &String| {
                    crate::domain::category::Category::recorded(name).is_within(root)
                };
                if !known.iter().any(used) {
                    return Err(unknown("category", root.as_str(), with_parents(known)));
                }
            }
        }
        if !query.assignees.is_empty() {
            let known = txn.names(Names::Agents)?;
            let me = (self.actor)().ok();
            for agent in &query.assignees {
                let holds_one = known.iter().any(|name| name == agent.as_str());
                if me.as_ref() != Some(agent) && !holds_one && !txn.knows(agent)? {
                    return Err(unknown("agent", agent.as_str(), known));
                }
            }
        }
        Ok(())
    }
}

/// What is wrong with a backup is put right in another way than what is wrong
/// with the store.
fn about_backup(fault: StoreError, file: &Path) -> Error {
    let file = file.display();
    let message = if matches!(fault, StoreError::Missing { .. }) {
        format!("there is no file {file}")
    } else if matches!(fault, StoreError::Exists { .. }) {
        format!("{file} is the store itself")
    } else if matches!(fault, StoreError::Empty { .. } | StoreError::Foreign { .. }) {
        format!("{file} is no copy of a desk store")
    } else {
        return fault.into();
    };
    Error::usage(message, "give a file written by desk backup")
}

/// Category paths with the paths above them, each once, sorted.
fn with_parents(paths: Vec<String>) -> Vec<String> {
    let mut all = BTreeSet::new();
    for path in paths {
        for (end, _) in path.match_indices('/') {
            all.insert(path[..end].to_owned());
        }
        all.insert(path);
    }
    all.into_iter().collect()
}

fn unknown(what: &'static str, typed: &str, known: Vec<String>) -> Error {
    let column = if what == "agent" { "assignee" } else { what };
    if known.is_empty() {
        return Error::usage(
            format!("unknown {what} '{typed}'"),
            format!("see what there is with: desk list --all --columns id,{column}"),
        );
    }
    crate::domain::rejection::Rejection::from(UnknownWord::new(what, typed, known)).into()
}
