//! Reads mail: a message on stdin, or those that lie in a Maildir.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, IsTerminal, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// The largest message that is stored, in bytes. Those that are only larger than
/// what can be understood are stored too.
const MAX_SIZE: u64 = 100 * 1024 * 1024;

/// What a message in `cur` that was read has after its name.
const SEEN: &str = ":2,S";

/// Reads the message on stdin.
///
/// # Errors
/// [`Error::Usage`] if there is none, and [`Error::Outside`] if it cannot be read
/// to its end or is larger than 100 MiB.
pub(crate) fn stdin() -> Result<Vec<u8>, Error> {
    let input = io::stdin();
    if input.is_terminal() {
        return Err(Error::usage(
            "a message is expected on stdin",
            "give one as in: desk mail < FILE; or see: desk mail --help",
        ));
    }
    let message = read(input.lock()).map_err(|fault| Error::outside("reading stdin", &fault))?;
    if message.is_empty() {
        // Nothing is stored of it, so that the mail system must keep what it has.
        return Err(Error::usage(
            "there is no message on stdin",
            "give one as in: desk mail < FILE",
        ));
    }
    Ok(message)
}

/// Reads a message to its end.
fn read(from: impl Read) -> io::Result<Vec<u8>> {
    let mut message = Vec::new();
    from.take(MAX_SIZE + 1).read_to_end(&mut message)?;
    match message.len() as u64 > MAX_SIZE {
        true => Err(io::Error::other("the message is larger than 100 MiB")),
        false => Ok(message),
    }
}

/// Lists the new messages of a Maildir in the order in which they arrived.
///
/// # Errors
/// [`Error::Usage`] if it is not a Maildir.
pub(crate) fn new_messages(maildir: &Path) -> Result<Vec<PathBuf>, Error> {
    let not_one = |fault: io::Error| {
        Error::usage(
            format!("{} is not a Maildir: {fault}", maildir.display()),
            "give a directory that has the directories new and cur",
        )
    };
    fs::read_dir(maildir.join("cur")).map_err(not_one)?;
    let entries = fs::read_dir(maildir.join("new")).map_err(not_one)?;
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(not_one)?.file_name();
        if !name.as_encoded_bytes().starts_with(b".") {
            names.push(name);
        }
    }
    // A name begins with the time of delivery, in seconds.
    let arrived = |name: &std::ffi::OsString| -> u64 {
        let name = name.to_string_lossy();
        let digits = name.split(|c: char| !c.is_ascii_digit()).next();
        digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
    };
    names.sort_by(|a, b| (arrived(a), a).cmp(&(arrived(b), b)));
    Ok(names
        .into_iter()
        .map(|name| maildir.join("new").join(name))
        .collect())
}

/// Reads a message of a Maildir; `None` if it is gone, because another program
/// took it.
///
/// # Errors
/// If it cannot be read, or is empty.
pub(crate) fn message(path: &Path) -> io::Result<Option<Vec<u8>>> {
    // Without the flag, opening a pipe waits until somebody writes to it.
    let flags = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
    let file = match OpenOptions::new().read(true).custom_flags(flags).open(path) {
        Err(fault) if fault.kind() == ErrorKind::NotFound => return Ok(None),
        file => file?,
    };
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    let message = read(file)?;
    match message.is_empty() {
        true => Err(io::Error::other("it is empty")),
        false => Ok(Some(message)),
    }
}

/// Moves a message that was stored from `new` to `cur`, as one that was seen. One
/// that is gone was moved already.
///
/// # Errors
/// If it cannot be moved.
pub(crate) fn mark_seen(maildir: &Path, path: &Path) -> io::Result<()> {
    let Some(name) = path.file_name() else {
        return Ok(());
    };
    let mut target = name.to_owned();
    if !name.to_string_lossy().contains(":2,") {
        target.push(SEEN);
    }
    match fs::rename(path, maildir.join("cur").join(target)) {
        Err(fault) if fault.kind() == ErrorKind::NotFound && !path.exists() => Ok(()),
        moved => moved,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn maildir() -> tempfile::TempDir {
        let home = tempfile::tempdir().unwrap();
        for name in ["new", "cur", "tmp"] {
            fs::create_dir(home.path().join(name)).unwrap();
        }
        home
    }

    #[test]
    fn messages_are_listed_as_they_arrived() {
        let home = maildir();
        for name in ["100.b", "99.z", "100.a", ".hidden", "odd"] {
            fs::write(home.path().join("new").join(name), "x").unwrap();
        }
        let names = new_messages(home.path()).unwrap();
        let names: Vec<_> = names.iter().map(|path| path.file_name().unwrap()).collect();
        assert_eq!(names, ["odd", "99.z", "100.a", "100.b"]);
        assert!(new_messages(&home.path().join("new")).is_err());
    }

    #[test]
    fn what_is_not_a_message_is_an_error_and_what_is_gone_is_none() {
        let home = maildir();
        let path = |name: &str| home.path().join("new").join(name);
        fs::write(path("1"), "text").unwrap();
        fs::write(path("2"), "").unwrap();
        fs::create_dir(path("3")).unwrap();
        assert_eq!(message(&path("1")).unwrap().unwrap(), b"text");
        assert!(message(&path("2")).is_err());
        assert!(message(&path("3")).is_err());
        assert!(message(&path("4")).unwrap().is_none());
    }

    #[test]
    fn a_stored_message_is_moved_once() {
        let home = maildir();
        let path = home.path().join("new/1.a");
        fs::write(&path, "text").unwrap();
        mark_seen(home.path(), &path).unwrap();
        mark_seen(home.path(), &path).unwrap();
        assert!(home.path().join("cur/1.a:2,S").exists());
        fs::write(&path, "text").unwrap();
        fs::remove_dir_all(home.path().join("cur")).unwrap();
        assert!(mark_seen(home.path(), &path).is_err());
        assert!(path.exists());
    }
}
