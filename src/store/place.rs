//! Where a store is: the path as given, the file it leads to, and what must be
//! true of both before SQLite sees them. Everything here leaves files alone.

use std::fs;
use std::io::{self, Read};
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};

use super::driver::damaged;
use super::{StoreError, disk};
use crate::domain::Timestamp;

/// Where a store is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) path: PathBuf,
    /// Whether somebody named it, by flag, environment or file; such a path is
    /// never created by the way.
    pub(crate) named: bool,
}

/// What a store is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
}

/// What the store cannot know by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Environment {
    /// What the clock says; the birth of a new store.
    pub(crate) now: Timestamp,
    /// Stands in for the type of the file system, in tests.
    pub(crate) fs_magic: Option<i64>,
    /// Stands in for the free space, in tests.
    pub(crate) free_bytes: Option<u64>,
}

impl Environment {
    /// The real ones.
    pub(crate) const fn at(now: Timestamp) -> Self {
        Self {
            now,
            fs_magic: None,
            free_bytes: None,
        }
    }
}

/// Marks a file as a desk store: `desk` in ASCII.
pub(super) const APPLICATION_ID: u32 = 0x6465_736B;

/// What the first bytes of a file tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    /// Whether it is written through a log. A copy by VACUUM INTO is not.
    pub(super) wal: bool,
}

/// Takes a path as the path of a store.
///
/// # Errors
/// For what is no plain absolute path.
pub(super) fn plain(path: &Path) -> Result<(), StoreError> {
    let refuse = |reason: &str| {
        Err(StoreError::Access {
            path: path.to_owned(),
            doing: "a store",
            reason: reason.to_owned(),
        })
    };
    let typed = path.to_string_lossy();
    if typed.len() >= 5 && typed.is_char_boundary(5) && typed[..5].eq_ignore_ascii_case("file:") {
        return Err(StoreError::Uri {
            typed: typed.into_owned(),
        });
    }
    if path.as_os_str().is_empty() {
        return Err(StoreError::Access {
            path: "''".into(),
            doing: "a store",
            reason: "the path is empty".to_owned(),
        });
    }
    if path.is_relative() {
        return refuse("the path is not absolute");
    }
    if path.file_name().is_none() {
        return refuse("it names no file");
    }
    Ok(())
}

/// Follows a path to its file; `None` if there is none.
///
/// # Errors
/// When it cannot be followed, such as a symbolic link to nowhere.
pub(super) fn locate(path: &Path) -> Result<Option<PathBuf>, StoreError> {
    match fs::canonicalize(path) {
        Ok(real) => Ok(Some(real)),
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => {
            match fs::symlink_metadata(path) {
                Ok(about) if about.is_symlink() => {
                    let reason = io::Error::other("it is a symbolic link to nowhere");
                    Err(access(path, "opened", reason))
                }
                // Another process has made it in the meantime.
                Ok(_) => locate(path),
                Err(_) => Ok(None),
            }
        }
        Err(fault) => Err(access(path, "opened", fault)),
    }
}

/// Looks at a file before SQLite does, and refuses what must not be touched;
/// `known` is the newest schema that can be read.
///
/// # Errors
/// Every refusal that the store knows.
pub(super) fn inspect(
    real: &Path,
    wanted: Access,
    around: &Environment,
    known: i64,
) -> Result<Header, StoreError> {
    let about = fs::metadata(real).map_err(|e| access(real, "looked at", e))?;
    let refuse = |reason| Err(access(real, "opened", io::Error::other(reason)));
    let kind = about.file_type();
    if kind.is_dir() {
        return refuse("it is a directory");
    }
    if kind.is_fifo() || kind.is_socket() || kind.is_char_device() || kind.is_block_device() {
        return refuse("it is not a file");
    }
    if about.len() == 0 {
        return Err(StoreError::Empty {
            path: real.to_owned(),
        });
    }
    if about.nlink() != 1 {
        return Err(StoreError::HardLink {
            path: real.to_owned(),
        });
    }
    disk::refuse_network(real, around)?;
    let header = header(real, known)?;
    if wanted == Access::Write {
        writable(real, around)?;
    }
    Ok(header)
}

/// Which file a path leads to at this moment.
pub(super) fn identity(real: &Path) -> Option<(u64, u64)> {
    let about = fs::metadata(real).ok()?;
    Some((about.dev(), about.ino()))
}

/// Refuses to write where it cannot end well.
fn writable(real: &Path, around: &Environment) -> Result<(), StoreError> {
    let directory = directory(real);
    disk::refuse_full(directory, around)?;
    may_write(real)?;
    may_write(directory)
}

/// # Errors
/// When a file or directory may not be written.
pub(super) fn may_write(place: &Path) -> Result<(), StoreError> {
    rustix::fs::access(place, rustix::fs::Access::WRITE_OK)
        .map_err(|e| access(place, "written", e.into()))
}

/// The directory of an absolute path that names a file.
pub(super) fn directory(path: &Path) -> &Path {
    path.parent().unwrap_or_else(|| Path::new("/"))
}

/// Reads the file's header. The file is closed again before SQLite opens it:
/// afterwards, closing it would drop SQLite's locks.
fn header(real: &Path, known: i64) -> Result<Header, StoreError> {
    let mut bytes = Vec::new();
    fs::File::open(real)
        .and_then(|file| file.take(100).read_to_end(&mut bytes))
        .map_err(|e| access(real, "read", e))?;
    let foreign = || StoreError::Foreign {
        path: real.to_owned(),
    };
    let number = |at: usize| {
        let four: Option<[u8; 4]> = bytes.get(at..at + 4).and_then(|b| b.try_into().ok());
        four.map(u32::from_be_bytes).ok_or_else(foreign)
    };
    if bytes.get(..16) != Some(b"SQLite format 3\0") || number(68)? != APPLICATION_ID {
        return Err(foreign());
    }
    check_version(real, i64::from(number(60)?), known)?;
    let log = log_of(real);
    match (bytes.get(18), bytes.get(19)) {
        (Some(2), Some(2)) => Ok(Header { wal: true }),
        (Some(1), Some(1)) if fs::metadata(&log).is_ok_and(|log| log.len() > 0) => {
            Err(damaged(format!(
                "it is marked as having no log, but there is {}",
                log.display()
            )))
        }
        (Some(1), Some(1)) => Ok(Header { wal: false }),
        (Some(_) | None, _) => Err(damaged("the header has an unknown format")),
    }
}

/// # Errors
/// [`StoreError::Newer`]; [`StoreError::Damaged`] for a version that no
/// store has.
pub(super) fn check_version(real: &Path, found: i64, known: i64) -> Result<(), StoreError> {
    if found > known {
        return Err(StoreError::Newer {
            path: real.to_owned(),
            found,
            known,
        });
    }
    if found < 1 {
        return Err(damaged(format!(
            "it has schema {found}, which no store has"
        )));
    }
    Ok(())
}

/// The write-ahead log beside a store.
pub(super) fn log_of(real: &Path) -> PathBuf {
    beside(real, "-wal")
}

/// A file beside a store, its name lengthened.
pub(super) fn beside(real: &Path, suffix: &str) -> PathBuf {
    let mut name = real.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it takes the place of map_err's closure"
)]
pub(super) fn access(path: &Path, doing: &'static str, fault: io::Error) -> StoreError {
    if fault.kind() == io::ErrorKind::StorageFull {
        return StoreError::DiskFull;
    }
    StoreError::Access {
        path: path.to_owned(),
        doing,
        reason: fault.to_string(),
    }
}
