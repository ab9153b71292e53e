//! Whether the files of an open store still have their names. A file that was
//! removed or replaced can be written to, but nobody will find what is in it.

use std::cell::Cell;
use std::path::{Path, PathBuf};

use super::super::StoreError;
use super::filesystem::{file_id, wal_path};

/// Device and inode of a file.
type FileId = (u64, u64);

/// The files that a connection uses.
#[derive(Debug)]
pub(super) struct OpenFiles {
    path: PathBuf,
    store: Option<FileId>,
    /// Known from the first transaction on; SQLite creates it.
    log: Cell<Option<FileId>>,
}

impl OpenFiles {
    /// The files of a store that was just opened.
    pub(super) fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            store: file_id(path),
            log: Cell::new(None),
        }
    }

    /// Checks that both files are those that the connection uses. Called within
    /// transactions, when the log exists.
    ///
    /// # Errors
    /// [`StoreError::Removed`].
    pub(super) fn check(&self) -> Result<(), StoreError> {
        let log = file_id(&wal_path(&self.path));
        let known = self.log.get().or(log);
        self.log.set(known);
        if file_id(&self.path) == self.store && log.is_some() && log == known {
            return Ok(());
        }
        Err(StoreError::Removed {
            location: self.path.display().to_string(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{AccessMode, Store};
    use crate::testing::store::fixtures::{fresh, opening, save};

    fn code(result: Result<(), StoreError>) -> &'static str {
        result.map_or_else(|fault| fault.code(), |()| "ok")
    }

    #[test]
    fn a_removed_file_is_noticed_before_a_transaction_and_before_its_commit() {
        for name in ["desk.db", "desk.db-wal"] {
            let (home, store) = fresh();
            save(&store, &opening(1, "one"));
            let commit = || {
                let txn = store.begin(AccessMode::Write)?;
                txn.commit()
            };
            assert_eq!(code(commit()), "ok");
            let txn = store.begin(AccessMode::Write).unwrap();
            let (path, aside) = (home.path().join(name), home.path().join("aside"));
            std::fs::rename(&path, &aside).unwrap();
            assert_eq!(code(txn.commit()), "store_removed", "{name}");
            assert_eq!(code(commit()), "store_removed", "{name}");
            // Reading does no harm.
            assert!(store.begin(AccessMode::Read).is_ok());
            std::fs::copy(&aside, &path).unwrap();
            assert_eq!(code(commit()), "store_removed", "{name}");
            std::fs::rename(&aside, &path).unwrap();
            assert_eq!(code(commit()), "ok", "{name}");
        }
    }
}
