//! The configuration file of the user. It names programs that desk runs and the
//! store that it opens, so a file that somebody else can write is refused.

use std::collections::BTreeMap;
use std::fs::{File, Metadata, OpenOptions};
use std::io::{ErrorKind, Read};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::hooks::HookSection;
use super::mail::MailSection;

use crate::error::Error;

/// The contents of `config.toml` in the user's configuration directory.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UserFile {
    pub(super) db: Option<String>,
    pub(super) agent: Option<String>,
    pub(super) channel: Option<String>,
    pub(super) format: Option<String>,
    pub(super) color: Option<String>,
    pub(super) tz: Option<String>,
    pub(super) editor: Option<String>,
    pub(super) pager: Option<String>,
    pub(super) mail: Option<MailSection>,
    /// Programs that are told of events.
    #[serde(default)]
    pub(super) hooks: BTreeMap<String, HookSection>,
    /// Saved filters.
    #[serde(default)]
    pub(super) views: BTreeMap<String, Spanned<String>>,
    /// Words for the beginnings of command lines.
    #[serde(default)]
    pub(super) aliases: BTreeMap<String, String>,
}

impl UserFile {
    /// The names of the saved filters in the order of the file.
    pub(super) fn view_order(&self) -> Vec<String> {
        let mut names: Vec<&String> = self.views.keys().collect();
        names.sort_by_key(|name| self.views[*name].span().start);
        names.into_iter().cloned().collect()
    }
}

/// Who may change a file or a directory.
#[derive(Debug, Clone, Copy)]
struct Access {
    owner: u32,
    group: u32,
    mode: u32,
}

/// Why a file or a directory is not trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Distrust {
    /// It belongs to somebody else.
    Owner(u32),
    /// Everybody can write it.
    World,
    /// A group can write it.
    Group(u32),
}

impl Access {
    fn of(file: &Metadata) -> Self {
        Self {
            owner: file.uid(),
            group: file.gid(),
            mode: file.mode(),
        }
    }

    /// Whether somebody else than this user and root can write it. A group of the
    /// same number as the owner is the private group that `useradd` makes, and
    /// may write: with it, many systems create files that are group-writable.
    const fn distrust(self, user: u32) -> Option<Distrust> {
        if self.owner != user && self.owner != 0 {
            return Some(Distrust::Owner(self.owner));
        }
        if self.mode & 0o002 != 0 {
            return Some(Distrust::World);
        }
        if self.mode & 0o020 != 0 && self.group != self.owner {
            return Some(Distrust::Group(self.group));
        }
        None
    }

    /// The same for a directory, in which the sticky bit keeps others from
    /// replacing files.
    const fn distrust_directory(self, user: u32) -> Option<Distrust> {
        match self.distrust(user) {
            Some(Distrust::World | Distrust::Group(_)) if self.mode & 0o1000 != 0 => None,
            found => found,
        }
    }
}

impl Distrust {
    fn error(self, path: &Path, user: u32) -> Error {
        let path = path.display();
        let (reason, hint) = match self {
            Self::Owner(owner) if user == 0 => (
                format!("it belongs to the user {owner}"),
                format!("chown root {path}, or run desk without sudo"),
            ),
            Self::Owner(owner) => (
                format!("it belongs to the user {owner}"),
                format!("sudo chown {user} {path}"),
            ),
            Self::World => (
                "everybody can write it".to_owned(),
                format!("chmod go-w {path}"),
            ),
            Self::Group(group) => (
                format!("the group {group} can write it"),
                format!("chmod go-w {path}"),
            ),
        };
        Error::usage(format!("{path} is not trusted: {reason}"), hint)
    }
}

/// The keys of the file that hold one text.
pub(super) const KEYS: [&str; 8] = [
    "db", "agent", "channel", "format", "color", "tz", "editor", "pager",
];

fn invalid(path: &Path, reason: &str) -> Error {
    Error::usage(
        format!("cannot use {}: {reason}", path.display()),
        format!(
            "valid keys are {}, mail, hooks, views and aliases",
            KEYS.join(", ")
        ),
    )
}

/// Reads the file, if there is one that can be read.
///
/// # Errors
/// [`Error::Usage`] if it is not valid, or if somebody else can change it.
pub(super) fn read(path: &Path) -> Result<UserFile, Error> {
    match read_text(path)? {
        Some(text) => parse(path, &text),
        None => Ok(UserFile::default()),
    }
}

/// Returns the text of the file, if there is one that can be read.
///
/// # Errors
/// [`Error::Usage`] if it is not a text, or if somebody else can change it.
pub(super) fn read_text(path: &Path) -> Result<Option<String>, Error> {
    // Without the flag, opening a pipe waits until somebody writes to it.
    let flags = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
    let opened = OpenOptions::new().read(true).custom_flags(flags).open(path);
    let mut file = match opened {
        Ok(file) => file,
        Err(fault)
            if matches!(
                fault.kind(),
                ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::PermissionDenied
            ) =>
        {
            return Ok(None);
        }
        Err(fault) => return Err(invalid(path, &fault.to_string())),
    };
    let unreadable = |fault: std::io::Error| invalid(path, &fault.to_string());
    check_trust(path, &file).map_err(unreadable)??;
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(unreadable)?;
    Ok(Some(text))
}

/// Reads the text of a file.
///
/// # Errors
/// [`Error::Usage`] with the line that is not valid.
pub(super) fn parse(path: &Path, text: &str) -> Result<UserFile, Error> {
    toml::from_str(text).map_err(|fault| {
        let before = fault.span().and_then(|span| text.get(..span.start));
        let line = before.map_or(1, |before| before.matches('\n').count() + 1);
        invalid(path, &format!("line {line}: {}", fault.message()))
    })
}

/// Refuses a directory in which somebody else could replace the file.
///
/// # Errors
/// [`Error::Usage`], or [`Error::Outside`] if it cannot be inspected.
pub(super) fn check_directory(directory: &Path) -> Result<(), Error> {
    let user = rustix::process::geteuid().as_raw();
    let metadata = directory
        .metadata()
        .map_err(|fault| Error::outside(format!("reading {}", directory.display()), &fault))?;
    match Access::of(&metadata).distrust_directory(user) {
        Some(distrust) => Err(distrust.error(directory, user)),
        None => Ok(()),
    }
}

/// Checks the file that was opened, and the directories from which it could be
/// replaced: its own, and that of the file that it links to.
fn check_trust(path: &Path, file: &File) -> std::io::Result<Result<(), Error>> {
    let user = rustix::process::geteuid().as_raw();
    let target = path.canonicalize()?;
    let opened = file.metadata()?;
    if !opened.is_file() {
        return Err(std::io::Error::other("it is not a regular file"));
    }
    if let Some(distrust) = Access::of(&opened).distrust(user) {
        return Ok(Err(distrust.error(&target, user)));
    }
    let directories: [Option<PathBuf>; 2] =
        [path, target.as_path()].map(|file| file.parent().map(Path::to_owned));
    for directory in directories.into_iter().flatten() {
        let access = Access::of(&directory.metadata()?);
        if let Some(distrust) = access.distrust_directory(user) {
            return Ok(Err(distrust.error(&directory, user)));
        }
    }
    Ok(Ok(()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_user_and_root_may_write_the_file_and_its_directory() {
        use Distrust::{Group, Owner, World};
        let (me, other) = (1000, 1001);
        for (owner, group, mode, file, directory) in [
            (me, me, 0o600, None, None),
            (me, me, 0o644, None, None),
            (me, me, 0o664, None, None),
            (me, 100, 0o640, None, None),
            (me, 100, 0o660, Some(Group(100)), Some(Group(100))),
            (me, me, 0o666, Some(World), Some(World)),
            (me, me, 0o602, Some(World), Some(World)),
            (me, me, 0o1777, Some(World), None),
            (me, 100, 0o1770, Some(Group(100)), None),
            (0, 0, 0o644, None, None),
            (0, 0, 0o664, None, None),
            (0, 50, 0o664, Some(Group(50)), Some(Group(50))),
            (0, 0, 0o666, Some(World), Some(World)),
            (other, me, 0o600, Some(Owner(other)), Some(Owner(other))),
            (other, other, 0o1777, Some(Owner(other)), Some(Owner(other))),
        ] {
            let access = Access { owner, group, mode };
            assert_eq!(access.distrust(me), file, "{access:?}");
            assert_eq!(access.distrust_directory(me), directory, "{access:?}");
        }
        // For root, only its own file is.
        let access = |owner| Access {
            owner,
            group: owner,
            mode: 0o600,
        };
        assert_eq!(access(0).distrust(0), None);
        assert_eq!(access(me).distrust(0), Some(Owner(me)));
    }
}
