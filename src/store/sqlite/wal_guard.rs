//! What a damaged log means for its store: writing is refused before anything
//! is lost, the log is kept, and reading tells how much cannot be read.

use std::fs::{self, File};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::super::{StoreError, chain};
use super::filesystem::{access_error, beside, directory, publish, temporary_file, wal_path};
use super::refusals::Refusal;
use super::wal_check::{self, WalEnd};
use crate::atomic_file::Ownership;

/// Refuses to write to a store whose log has commits that SQLite would
/// overwrite, and keeps a copy of the log.
///
/// # Errors
/// [`Refusal::DamagedLog`].
pub(super) fn refuse_damaged_log(real: &Path) -> Result<(), StoreError> {
    let log = wal_path(real);
    let end = wal_check::check(&log).map_err(|e| access_error(&log, "read", &e))?;
    match end {
        WalEnd::Clean | WalEnd::Cut => Ok(()),
        WalEnd::Damaged { commits } => Err(Refusal::DamagedLog {
            path: real.to_owned(),
            commits,
            kept: keep_log(real),
        }
        .into()),
    }
}

/// The commits in a damaged log that cannot be read; 0 if there are none.
pub(super) fn unreadable_commits(real: &Path) -> u64 {
    match wal_check::check(&wal_path(real)) {
        Ok(WalEnd::Damaged { commits }) => commits,
        // A log that cannot be read at all is an error of the store itself.
        Ok(WalEnd::Clean | WalEnd::Cut) | Err(_) => 0,
    }
}

/// Refuses to create a store beside the log of another one: SQLite would take
/// the log for that of the new store.
///
/// # Errors
/// [`Refusal::StrayLog`].
pub(super) fn refuse_stray_log(path: &Path) -> Result<(), StoreError> {
    let log = wal_path(path);
    let filled = fs::metadata(&log).is_ok_and(|metadata| metadata.len() > 0);
    // Another process may have created the store just now, before its log.
    if filled && fs::symlink_metadata(path).is_err() {
        return Err(Refusal::StrayLog { log }.into());
    }
    Ok(())
}

/// Keeps a copy of the log beside the store. Its name says what is in it, so
/// that the same log is kept once.
fn keep_log(real: &Path) -> Result<PathBuf, StoreError> {
    let log = wal_path(real);
    let read = |e: &io::Error| access_error(&log, "copied", e);
    let mut source = File::open(&log).map_err(|e| read(&e))?;
    let mut hash = Sha256::new();
    io::copy(&mut source, &mut HashWriter(&mut hash)).map_err(|e| read(&e))?;
    let sum = chain::hex(&hash.finalize());
    let kept = beside(&log, &format!(".damaged-{}", &sum[..8]));
    if fs::symlink_metadata(&kept).is_ok() {
        return Ok(kept);
    }
    let mut copy = temporary_file(directory(real))?;
    let write = |e: &io::Error| access_error(&kept, "written", e);
    source.rewind().map_err(|e| read(&e))?;
    io::copy(&mut source, copy.as_file_mut()).map_err(|e| write(&e))?;
    let store = Ownership::of(real).map_err(|e| read(&e))?;
    store.give_to(copy.as_file()).map_err(|e| write(&e))?;
    match publish(copy, &kept) {
        Ok(()) | Err(StoreError::Exists { .. }) => Ok(kept),
        Err(fault) => Err(fault),
    }
}

struct HashWriter<'a>(&'a mut Sha256);

impl Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
