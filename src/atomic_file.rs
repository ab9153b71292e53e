//! Files that appear whole: written under a temporary name, made durable, and
//! only then given their own. A file that takes the place of another, or is
//! kept beside it, gets its owner, group and mode.

use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use rustix::fs::{FlockOperation, Gid, Mode, Uid, fchmod, fchown, flock};
use tempfile::NamedTempFile;

/// The start and the end of the names of temporary files.
pub(crate) const PREFIX: &str = ".desk-";
pub(crate) const SUFFIX: &str = ".new";

/// The mode of a file for its owner alone.
pub(crate) const PRIVATE: u32 = 0o600;

/// Owner, group and mode of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ownership {
    /// `None` leaves the file with the user who writes it.
    uid: Option<u32>,
    gid: u32,
    mode: u32,
}

impl Ownership {
    /// That of the file that a path leads to.
    ///
    /// # Errors
    /// If it cannot be inspected.
    pub(crate) fn of(path: &Path) -> io::Result<Self> {
        let metadata = fs::metadata(path)?;
        Ok(Self {
            uid: Some(metadata.uid()),
            gid: metadata.gid(),
            mode: metadata.mode() & 0o777,
        })
    }

    /// The user who writes it, and a group that may read and write it too.
    pub(crate) const fn shared(gid: u32) -> Self {
        Self {
            uid: None,
            gid,
            mode: 0o660,
        }
    }

    /// Gives a file this owner, group and mode, as far as the user may. A file
    /// that cannot get the group is not opened to the group that it has.
    ///
    /// # Errors
    /// If the mode cannot be changed.
    pub(crate) fn give_to(self, file: &File) -> io::Result<()> {
        if let Some(uid) = self.uid {
            // Only root may give files away; for others the group decides.
            let _ = fchown(file, Some(Uid::from_raw(uid)), None);
        }
        let mode = match self.give_group_to(file) {
            Ok(()) => self.mode,
            Err(_) => self.mode & !0o070,
        };
        fchmod(file, Mode::from_raw_mode(mode))?;
        Ok(())
    }

    /// Gives a file this group.
    ///
    /// # Errors
    /// If the user is not a member of it.
    pub(crate) fn give_group_to(self, file: &File) -> io::Result<()> {
        if file.metadata()?.gid() != self.gid {
            fchown(file, None, Some(Gid::from_raw(self.gid)))?;
        }
        Ok(())
    }
}

/// Creates a temporary file, which is deleted unless it gets a name. With
/// `locked` it is marked as being in use for as long as it is open, which
/// [`is_abandoned`] sees.
///
/// # Errors
/// If the directory cannot be written.
pub(crate) fn temporary(directory: &Path, mode: u32, locked: bool) -> io::Result<NamedTempFile> {
    loop {
        let file = tempfile::Builder::new()
            .prefix(PREFIX)
            .suffix(SUFFIX)
            .permissions(Permissions::from_mode(mode))
            .tempfile_in(directory)
            // The name of the temporary file means nothing to the user.
            .map_err(|fault| io::Error::from(fault.kind()))?;
        // Elsewhere than on Linux this lock would get in the way of SQLite's.
        if !locked || !cfg!(target_os = "linux") {
            return Ok(file);
        }
        let mine = flock(&file, FlockOperation::NonBlockingLockExclusive).is_ok();
        // Before it was locked, somebody may have taken it for a leftover.
        if mine && file.as_file().metadata()?.nlink() == 1 {
            return Ok(file);
        }
    }
}

/// Whether no living process has a temporary file open, as far as can be told.
/// The result holds the lock, so that this stays true.
///
/// # Errors
/// If it cannot be opened, for example because it is somebody else's.
pub(crate) fn is_abandoned(path: &Path) -> io::Result<Option<File>> {
    let file = File::open(path)?;
    let free =
        cfg!(target_os = "linux") && flock(&file, FlockOperation::NonBlockingLockExclusive).is_ok();
    Ok(free.then_some(file))
}

/// Makes a file durable and gives it a name, over the file that has it. Owner,
/// group and mode of that file are kept.
///
/// # Errors
/// If it cannot be written; the other file is unchanged then.
pub(crate) fn replace(file: NamedTempFile, target: &Path) -> io::Result<()> {
    if let Ok(before) = Ownership::of(target) {
        before.give_to(file.as_file())?;
    }
    file.as_file().sync_all()?;
    file.persist(target).map_err(|refused| refused.error)?;
    Ok(())
}

/// As [`replace`], but only if no file has the name.
///
/// # Errors
/// As [`replace`], and if a file has the name.
pub(crate) fn create(file: NamedTempFile, target: &Path) -> io::Result<()> {
    file.as_file().sync_all()?;
    file.persist_noclobber(target)
        .map_err(|refused| refused.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().mode() & 0o7777
    }

    #[test]
    fn a_replaced_file_keeps_its_mode_and_a_new_one_gets_that_of_the_temporary_file() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("page.html");
        for before in [0o600, 0o640, 0o660, 0o604] {
            fs::write(&target, "old").unwrap();
            fs::set_permissions(&target, Permissions::from_mode(before)).unwrap();
            let file = temporary(home.path(), PRIVATE, true).unwrap();
            replace(file, &target).unwrap();
            assert_eq!(mode(&target), before);
            assert_eq!(fs::read(&target).unwrap(), b"");
            fs::remove_file(&target).unwrap();
            replace(temporary(home.path(), PRIVATE, true).unwrap(), &target).unwrap();
            assert_eq!(mode(&target), PRIVATE);
        }
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_temporary_file_is_in_use_until_it_is_closed() {
        let home = tempfile::tempdir().unwrap();
        let file = temporary(home.path(), PRIVATE, true).unwrap();
        assert!(is_abandoned(file.path()).unwrap().is_none());
        let (open, path) = file.keep().unwrap();
        assert!(is_abandoned(&path).unwrap().is_none());
        drop(open);
        assert!(is_abandoned(&path).unwrap().is_some());
        // Held by the answer.
        let held = is_abandoned(&path).unwrap();
        assert!(held.is_some() && is_abandoned(&path).unwrap().is_none());
    }
}
