//! Where a store is: the path as given, the file it leads to, and what must be
//! true of both before SQLite opens the file. Changes no file.

use std::fs;
use std::io::{self, Read};
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};

use super::super::{AccessMode, StoreError};
use super::filesystem::{
    Environment, access_error, directory, refuse_full, refuse_network, require_writable, wal_path,
};
use super::refusals::Refusal;

/// Where a store is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Location {
    pub(crate) path: PathBuf,
    /// Whether the path was given by a flag, the environment or the user file.
    /// Such a store is created by `desk init` only.
    pub(crate) explicit: bool,
}

/// Marks a file as a desk store: `desk` in ASCII.
pub(super) const APPLICATION_ID: u32 = 0x6465_736B;

/// What the first bytes of a file say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    /// Whether the file is in WAL mode. A copy by VACUUM INTO is not.
    pub(crate) wal: bool,
}

/// Checks that a path can be the path of a store.
///
/// # Errors
/// For anything but a plain absolute path.
pub(super) fn require_plain_path(path: &Path) -> Result<(), StoreError> {
    let refuse = |location: String, reason: &str| {
        Err(StoreError::Access {
            location,
            operation: "used as a store",
            reason: reason.to_owned(),
        })
    };
    let typed = path.to_string_lossy();
    if typed.len() >= 5 && typed.is_char_boundary(5) && typed[..5].eq_ignore_ascii_case("file:") {
        return Err(Refusal::Uri {
            typed: typed.into_owned(),
        }
        .into());
    }
    if path.as_os_str().is_empty() {
        return refuse("''".to_owned(), "the path is empty");
    }
    if path.is_relative() {
        return refuse(typed.into_owned(), "the path is not absolute");
    }
    if path.file_name().is_none() {
        return refuse(typed.into_owned(), "it does not name a file");
    }
    Ok(())
}

/// The file that a path leads to; `None` if there is none.
///
/// # Errors
/// If the path cannot be followed, such as a dangling symbolic link.
pub(super) fn resolve(path: &Path) -> Result<Option<PathBuf>, StoreError> {
    match fs::canonicalize(path) {
        Ok(real) => Ok(Some(real)),
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => {
            match fs::symlink_metadata(path) {
                Ok(metadata) if metadata.is_symlink() => {
                    let reason = io::Error::other("it is a symbolic link to nothing");
                    Err(access_error(path, "opened", &reason))
                }
                // Another process has just created it.
                Ok(_) => resolve(path),
                Err(_) => Ok(None),
            }
        }
        Err(fault) => Err(access_error(path, "opened", &fault)),
    }
}

/// Inspects a file before SQLite opens it, and refuses what must not be
/// touched. `known` is the newest schema version that can be read.
///
/// # Errors
/// Every refusal of a file.
pub(super) fn inspect(
    real: &Path,
    mode: AccessMode,
    environment: &Environment,
    known: i64,
) -> Result<Header, StoreError> {
    let metadata = fs::metadata(real).map_err(|e| access_error(real, "inspected", &e))?;
    let refuse = |reason| Err(access_error(real, "opened", &io::Error::other(reason)));
    let kind = metadata.file_type();
    if kind.is_dir() {
        return refuse("it is a directory");
    }
    if kind.is_fifo() || kind.is_socket() || kind.is_char_device() || kind.is_block_device() {
        return refuse("it is not a file");
    }
    if metadata.len() == 0 {
        return Err(Refusal::Empty {
            path: real.to_owned(),
        }
        .into());
    }
    if metadata.nlink() != 1 {
        return Err(Refusal::HardLink {
            path: real.to_owned(),
        }
        .into());
    }
    refuse_network(real, environment)?;
    let header = read_header(real, known)?;
    if mode.writes() {
        let directory = directory(real);
        refuse_full(directory, environment)?;
        require_writable(real)?;
        require_writable(directory)?;
    }
    Ok(header)
}

/// Reads the file's header. The file is closed before SQLite opens it:
/// afterwards, closing it would drop SQLite's locks.
fn read_header(real: &Path, known: i64) -> Result<Header, StoreError> {
    let mut bytes = Vec::new();
    fs::File::open(real)
        .and_then(|file| file.take(100).read_to_end(&mut bytes))
        .map_err(|e| access_error(real, "read", &e))?;
    let foreign = || StoreError::Foreign {
        location: real.display().to_string(),
    };
    let number = |offset: usize| {
        let four: Option<[u8; 4]> = bytes
            .get(offset..offset + 4)
            .and_then(|b| b.try_into().ok());
        four.map(u32::from_be_bytes).ok_or_else(foreign)
    };
    if bytes.get(..16) != Some(b"SQLite format 3\0") || number(68)? != APPLICATION_ID {
        return Err(foreign());
    }
    check_version(real, i64::from(number(60)?), known)?;
    let wal = wal_path(real);
    match (bytes.get(18), bytes.get(19)) {
        (Some(2), Some(2)) => Ok(Header { wal: true }),
        (Some(1), Some(1)) if fs::metadata(&wal).is_ok_and(|wal| wal.len() > 0) => {
            Err(StoreError::damaged(format!(
                "its header says that it has no log, but there is {}",
                wal.display()
            )))
        }
        (Some(1), Some(1)) => Ok(Header { wal: false }),
        (Some(_) | None, _) => Err(StoreError::damaged("the header has an unknown format")),
    }
}

/// # Errors
/// [`StoreError::Newer`], or [`StoreError::Damaged`] for a version that no
/// store has.
pub(super) fn check_version(real: &Path, found: i64, known: i64) -> Result<(), StoreError> {
    if found > known {
        return Err(StoreError::Newer {
            location: real.display().to_string(),
            found,
            known,
        });
    }
    if found < 1 {
        return Err(StoreError::damaged(format!(
            "it has schema {found}, which no store has"
        )));
    }
    Ok(())
}
