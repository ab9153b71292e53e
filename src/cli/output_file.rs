//! Writes files named on the command line, atomically.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::Path;

use crate::app::ContentSink;
use crate::atomic_file;
use crate::error::Error;

/// The start of every HTML page that desk writes.
pub(crate) const DOCTYPE: &str = "<!doctype html>";

/// Writes an HTML page to a new file or over an earlier page. Any other file,
/// above all the store, is never overwritten.
///
/// # Errors
/// [`Error::Usage`] if the path is taken, [`Error::Outside`] if writing fails.
pub(crate) fn page(path: &Path, text: &str, store: &Path) -> Result<(), Error> {
    let own = OwnFile {
        beginning: DOCTYPE,
        what: "an HTML page written by desk",
    };
    own.write(path, text, store)
}

/// Files that desk writes again and again, and knows by how they begin.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OwnFile {
    pub(crate) beginning: &'static str,
    /// What it is, with an article.
    pub(crate) what: &'static str,
}

impl OwnFile {
    /// Writes a text to a new file or over an earlier one of the same kind. Any other
    /// file, above all the store, is never overwritten.
    ///
    /// # Errors
    /// [`Error::Usage`] if the path is taken, [`Error::Outside`] if writing fails.
    pub(crate) fn write(self, path: &Path, text: &str, store: &Path) -> Result<(), Error> {
        if !is_free(path, store, self.beginning) {
            return Err(Error::usage(
                format!("{} exists and is not {}", path.display(), self.what),
                "use a new file name, or that of an earlier page",
            ));
        }
        write_atomically(path, text.as_bytes())
            .map_err(|fault| Error::outside(format!("writing {}", path.display()), &fault))
    }
}

/// Writes a new file that only its owner can read.
///
/// # Errors
/// [`Error::Usage`] if the path is taken, [`Error::Outside`] if writing fails.
pub(crate) fn private(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(Error::usage(
            format!("{} exists", path.display()),
            "use a new file name",
        ));
    }
    let directory = path.parent().filter(|parent| *parent != Path::new(""));
    let directory = directory.unwrap_or(Path::new("."));
    let write = || {
        let mut file = atomic_file::temporary(directory, atomic_file::PRIVATE, false)?;
        file.write_all(bytes)?;
        atomic_file::create(file, path)
    };
    write().map_err(|fault| Error::outside(format!("writing {}", path.display()), &fault))
}

/// Writes a new file in pieces; nothing is left of one that was not finished.
///
/// # Errors
/// [`Error::Usage`] if the path is taken, [`Error::Outside`] if writing fails, or
/// what `write` returns.
pub(crate) fn stream(
    path: &Path,
    force: bool,
    write: &mut dyn FnMut(&mut ContentSink<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let existing = fs::symlink_metadata(path);
    let may_replace = force && existing.as_ref().is_ok_and(fs::Metadata::is_file);
    if existing.is_ok() && !may_replace {
        return Err(Error::usage(
            format!("{} exists", path.display()),
            "use a new file name, or --force to replace a file",
        ));
    }
    let fail = |fault: &io::Error| Error::outside(format!("writing {}", path.display()), fault);
    let directory = path.parent().filter(|parent| *parent != Path::new(""));
    let directory = directory.unwrap_or(Path::new("."));
    let mut file =
        atomic_file::temporary(directory, atomic_file::PRIVATE, false).map_err(|e| fail(&e))?;
    write(&mut |bytes| file.write_all(bytes).map_err(|e| fail(&e)))?;
    let placed = if may_replace {
        atomic_file::replace(file, path)
    } else {
        atomic_file::create(file, path)
    };
    placed.map_err(|fault| fail(&fault))
}

/// Makes a new folder, with folders in it, that only its owner can read, and fills
/// it. Nothing is left of one that was not finished.
///
/// # Errors
/// [`Error::Usage`] if the path is taken, [`Error::Outside`] if it cannot be made,
/// or what `fill` returns.
pub(crate) fn new_folder(
    path: &Path,
    within: &[&str],
    fill: &mut dyn FnMut(&Path) -> Result<(), Error>,
) -> Result<(), Error> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(Error::usage(
            format!("{} exists", path.display()),
            "use the name of a new folder",
        ));
    }
    let make = |path: &Path| {
        let made = fs::DirBuilder::new().mode(0o700).create(path);
        made.map_err(|fault| Error::outside(format!("making {}", path.display()), &fault))
    };
    make(path)?;
    let folders = within.iter().map(|name| path.join(name));
    let filled = folders
        .into_iter()
        .try_for_each(|folder| make(&folder))
        .and_then(|()| fill(path));
    if filled.is_err() {
        // What was written so far would look like all of it.
        let _ = fs::remove_dir_all(path);
    }
    filled
}

/// Whether a page that begins like this may be written to this path. The store is recognised by device
/// and inode and never opened, because closing it would release SQLite's locks.
fn is_free(path: &Path, store: &Path, beginning: &str) -> bool {
    let Ok(existing) = fs::metadata(path) else {
        // A dangling symbolic link is not free either.
        return fs::symlink_metadata(path).is_err();
    };
    let same = |other: &Path| {
        let other = fs::metadata(other);
        other.is_ok_and(|other| (other.dev(), other.ino()) == (existing.dev(), existing.ino()))
    };
    let with_suffix = |ending: &str| {
        let mut name = store.as_os_str().to_owned();
        name.push(ending);
        name
    };
    let stores = ["", "-wal", "-shm"];
    if !existing.is_file() || stores.iter().any(|end| same(Path::new(&with_suffix(end)))) {
        return false;
    }
    let mut start = Vec::new();
    let most = beginning.len() as u64;
    let read = File::open(path).and_then(|file| file.take(most).read_to_end(&mut start));
    read.is_ok() && start == beginning.as_bytes()
}

/// Writes a temporary file in the same directory and renames it. A page that
/// is replaced keeps its owner, group and mode.
fn write_atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let directory = path.parent().filter(|parent| *parent != Path::new(""));
    // As for any file of the user: others may read it, subject to the umask.
    let mut file = atomic_file::temporary(directory.unwrap_or(Path::new(".")), 0o666, false)?;
    file.write_all(bytes)?;
    atomic_file::replace(file, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_replaces_an_earlier_page_and_nothing_else() {
        let home = tempfile::tempdir().unwrap();
        let at = |name: &str| home.path().join(name);
        fs::write(at("desk.db"), "SQLite format 3").unwrap();
        fs::write(at("notes.txt"), "mine").unwrap();
        fs::hard_link(at("desk.db"), at("link.html")).unwrap();
        let (first, second) = (format!("{DOCTYPE}1"), format!("{DOCTYPE}2"));
        page(&at("a.html"), &first, &at("desk.db")).unwrap();
        page(&at("a.html"), &second, &at("desk.db")).unwrap();
        assert_eq!(fs::read_to_string(at("a.html")).unwrap(), second);
        for taken in ["desk.db", "link.html", "notes.txt", "."] {
            assert!(page(&at(taken), &first, &at("desk.db")).is_err(), "{taken}");
        }
        assert_eq!(fs::read_to_string(at("notes.txt")).unwrap(), "mine");
        assert!(page(&at("none/a.html"), &first, &at("desk.db")).is_err());
        let left = fs::read_dir(home.path()).unwrap().count();
        assert_eq!(left, 4, "no temporary file is left");
    }
}
