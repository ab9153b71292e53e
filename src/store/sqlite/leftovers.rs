//! Files beside a store that are not the store: what killed commands left,
//! copies that were kept, and logs that were set aside.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::super::StoreError;
use super::filesystem::{access_error, beside, directory};
use crate::atomic_file::{PREFIX, SUFFIX, is_abandoned};
use crate::domain::health::{HealthCheck, size};

/// What SQLite appends to the name of a file.
const COMPANIONS: &[&str] = &["-wal", "-shm", "-journal"];

/// The temporary files beside a store.
#[derive(Debug, Default)]
pub(super) struct Leftovers {
    /// Of commands that were killed.
    pub(super) abandoned: Vec<PathBuf>,
    /// Of commands that are running.
    in_use: usize,
    /// That this user may not open, so that it is not known whose they are.
    closed: Vec<PathBuf>,
}

/// Finds the temporary files beside a store.
pub(super) fn find(store: &Path) -> Leftovers {
    let mut found = Leftovers::default();
    for path in temporary_files(directory(store)) {
        match is_abandoned(&path) {
            Ok(Some(_)) => found.abandoned.push(path),
            Ok(None) => found.in_use += 1,
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => {}
            Err(_) => found.closed.push(path),
        }
    }
    found
}

/// Removes these temporary files, unless a command uses one by now, and returns
/// those that it removed.
///
/// # Errors
/// If one cannot be removed.
pub(super) fn remove(files: &[PathBuf]) -> Result<Vec<PathBuf>, StoreError> {
    let mut removed = Vec::new();
    for path in files {
        // The lock is held until the file is gone.
        let Ok(Some(_lock)) = is_abandoned(path) else {
            continue;
        };
        fs::remove_file(path).map_err(|e| access_error(path, "removed", &e))?;
        removed.push(path.clone());
        for companion in COMPANIONS {
            let path = beside(path, companion);
            if fs::remove_file(&path).is_ok() {
                removed.push(path);
            }
        }
    }
    Ok(removed)
}

fn temporary_files(directory: &Path) -> Vec<PathBuf> {
    named(directory, |name| {
        name.starts_with(PREFIX) && name.ends_with(SUFFIX)
    })
}

/// The plain files in a directory whose name is like this, sorted.
fn named(directory: &Path, is_it: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
        .filter(|entry| entry.file_name().to_str().is_some_and(&is_it))
        .map(|entry| entry.path())
        .collect();
    found.sort();
    found
}

/// What there is to say about all of them.
pub(super) fn checks(store: &Path, leftovers: &Leftovers) -> Vec<HealthCheck> {
    let mut checks = vec![match leftovers.abandoned.as_slice() {
        [] => HealthCheck::ok("leftovers", "no killed command left a file"),
        files => HealthCheck::warning(
            "leftovers",
            format!("killed commands left {}", listed(files)),
            "desk doctor --clean",
        ),
    }];
    if leftovers.in_use > 0 {
        let text = format!("{} in use by running commands", leftovers.in_use);
        checks.push(HealthCheck::ok("leftovers", text));
    }
    if !leftovers.closed.is_empty() {
        checks.push(HealthCheck::warning(
            "leftovers",
            format!("other users left {}", listed(&leftovers.closed)),
            "let their owner or root run: desk doctor --clean",
        ));
    }
    let name = store.file_name().unwrap_or_default().to_string_lossy();
    let copy = format!("{name}.before-");
    checks.push(match named(directory(store), |n| n.starts_with(&copy)) {
        files if files.is_empty() => HealthCheck::ok("copies", "no copies are kept"),
        files => {
            let text = format!("kept from before restores and upgrades: {}", listed(&files));
            HealthCheck::ok("copies", text)
                .with_remedy("they hold texts that may have been erased since; remove those that you no longer need")
        }
    });
    let damaged = format!("{name}-wal.damaged");
    let files = named(directory(store), |n| n.starts_with(&damaged));
    if !files.is_empty() {
        checks.push(HealthCheck::warning(
            "copies",
            format!("damaged logs were set aside: {}", listed(&files)),
            "they may hold the last changes; remove them once nobody misses any",
        ));
    }
    checks
}

/// How many files, their size and their names.
fn listed(files: &[PathBuf]) -> String {
    let bytes = files.iter().filter_map(|path| fs::metadata(path).ok());
    let bytes = size(bytes.map(|file| file.len()).sum());
    let names: Vec<_> = files
        .iter()
        .map(|path| path.file_name().unwrap_or_default().to_string_lossy())
        .collect();
    let count = match files.len() {
        1 => "1 file".to_owned(),
        n => format!("{n} files"),
    };
    format!("{count} ({bytes}): {}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atomic_file::{PRIVATE, temporary};

    #[test]
    #[cfg(target_os = "linux")]
    fn only_what_no_living_process_uses_is_removed() {
        let home = tempfile::tempdir().unwrap();
        let store = home.path().join("desk.db");
        let (lock, used) = temporary(home.path(), PRIVATE, true)
            .unwrap()
            .keep()
            .unwrap();
        let dead = home.path().join(".desk-x.new");
        for name in [
            ".desk-x.new",
            ".desk-x.new-wal",
            ".desk-notes",
            "x.new",
            "desk.db",
        ] {
            fs::write(home.path().join(name), "x").unwrap();
        }
        let found = find(&store);
        assert_eq!(found.abandoned, std::slice::from_ref(&dead));
        assert_eq!(found.in_use, 1);
        // Also one that was taken for a leftover before somebody used it.
        let removed = remove(&[used.clone(), dead.clone()]).unwrap();
        assert_eq!(removed, [dead.clone(), beside(&dead, "-wal")]);
        assert!(used.exists() && store.exists());
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 4);
        drop(lock);
        assert_eq!(remove(&find(&store).abandoned).unwrap(), [used]);
    }
}
