//! Drafts: texts that were typed but are not stored yet. Each is a file that
//! only its user may read, in the user's own state directory, apart for each
//! store.

use super::context_block::without_context;
use super::draft_name::DraftName;
use super::draft_owner::DraftForm;
use std::cell::RefCell;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use crate::config::DraftsLocation;
use crate::domain::Timestamp;
use crate::domain::event::TicketId;
use crate::domain::read_models::Draft;
use crate::error::Error;

/// The drafts of this user for one store.
pub(crate) struct Drafts {
    location: DraftsLocation,
    /// Finds the command that was typed: only a draft needs it.
    verb: Box<dyn Fn() -> String>,
    /// The tickets that the next text is about.
    tickets: RefCell<Vec<i64>>,
    /// Drafts written by this run, until the command succeeds.
    active: RefCell<Vec<PathBuf>>,
    /// Those among them that nobody else may go on with meanwhile.
    locked: RefCell<Vec<File>>,
}

impl Drafts {
    pub(crate) fn new(location: DraftsLocation, verb: Box<dyn Fn() -> String>) -> Self {
        Self {
            location,
            verb,
            tickets: RefCell::new(Vec::new()),
            active: RefCell::new(Vec::new()),
            locked: RefCell::new(Vec::new()),
        }
    }

    /// Says which tickets the next text is about.
    pub(super) fn concern(&self, tickets: &[TicketId]) {
        let mut known = self.tickets.borrow_mut();
        known.clear();
        known.extend(tickets.iter().map(|id| id.0));
    }

    /// The only ticket that the next text is about.
    pub(super) fn concerned(&self) -> Option<TicketId> {
        match self.tickets.borrow().as_slice() {
            [id] => Some(TicketId(*id)),
            _ => None,
        }
    }

    /// Creates a draft with this text, as one of this run.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(super) fn create(&self, what: &str, text: &str) -> Result<PathBuf, Error> {
        let directory = self.prepare()?;
        let numbers = self.numbered().into_iter().map(|(name, _)| name.number);
        let mut name = DraftName {
            number: numbers.max().unwrap_or(0) + 1,
            verb: (self.verb)(),
            tickets: DraftName::list(&self.tickets.borrow()),
            what: what.to_owned(),
        };
        let path = loop {
            let path = directory.join(name.file_name());
            let mut options = OpenOptions::new();
            let created = options.write(true).create_new(true).mode(0o600).open(&path);
            match created.and_then(|mut file| file.write_all(text.as_bytes())) {
                Ok(()) => break path,
                // Somebody else of this user was faster.
                Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists => name.number += 1,
                Err(fault) => {
                    // Half a context is of no use.
                    let _ = fs::remove_file(&path);
                    return Err(cannot_create(directory, &fault));
                }
            }
        };
        self.active.borrow_mut().push(path.clone());
        Ok(path)
    }

    /// Deletes the drafts of this run but the last one, which has all of their text.
    pub(super) fn keep_last(&self) {
        let mut active = self.active.borrow_mut();
        let last = active.pop();
        for draft in active.drain(..) {
            // A leftover draft is clutter, not a failure.
            let _ = fs::remove_file(draft);
        }
        active.extend(last);
    }

    /// The drafts whose names say what they are for.
    fn numbered(&self) -> Vec<(DraftName, PathBuf)> {
        let named = |path: PathBuf| {
            let name = DraftName::parse(path.file_name()?.to_str()?)?;
            Some((name, path))
        };
        self.all().into_iter().filter_map(named).collect()
    }

    /// Everything that was typed and is not stored, by number. What earlier versions
    /// left, and questions that were answered in part, have numbers after the others.
    pub(crate) fn list(&self) -> Vec<Draft> {
        let mut last = 0;
        let mut found: Vec<Draft> = Vec::new();
        let (named, others): (Vec<_>, Vec<_>) = self.all().into_iter().partition(|path| {
            let name = path.file_name().and_then(|name| name.to_str());
            name.and_then(DraftName::parse).is_some()
        });
        for path in named.into_iter().chain(others) {
            let file_name = path.file_name().unwrap_or_default().to_string_lossy();
            let name = DraftName::parse(&file_name);
            let number = name.as_ref().map_or(last + 1, |name| name.number);
            last = last.max(number);
            let bytes = fs::read(&path).unwrap_or_default();
            let text = without_context(&String::from_utf8_lossy(&bytes));
            let changed = fs::metadata(&path).and_then(|file| file.modified());
            let tickets = name.as_ref().map(|name| name.tickets.clone());
            found.push(Draft {
                number,
                verb: name.as_ref().map(|name| name.verb.clone()),
                tickets: tickets.filter(|tickets| !tickets.is_empty()),
                what: name.map_or_else(|| file_name.into_owned(), |name| name.what),
                changed: changed.map_or(Timestamp::UNIX_EPOCH, Timestamp::from),
                text,
                path: path.display().to_string(),
            });
        }
        found.sort_by_key(|draft| draft.number);
        found
    }

    /// Takes up a draft: it is one of this run again.
    pub(super) fn take_up(&self, path: &Path) {
        self.active.borrow_mut().push(path.to_owned());
    }

    /// Writes a draft with a fixed name.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(super) fn write(&self, name: &str, text: &str) -> Result<(), Error> {
        let path = self.prepare()?.join(name);
        let write = || {
            let mut file = OpenOptions::new()
                .write(true)
                .create(true)
                .truncate(true)
                .mode(0o600)
                .open(&path)?;
            file.write_all(text.as_bytes())
        };
        write().map_err(|fault| cannot_create(&path, &fault))
    }

    /// The draft with this name, if there is one.
    pub(super) fn read(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.find(name)?).ok()
    }

    /// Treats the draft with this name as one of this run: deleted if the
    /// command succeeds, reported if it fails.
    pub(super) fn track(&self, name: &str) {
        self.active.borrow_mut().extend(self.find(name));
    }

    /// Treats a locked draft as one of this run, and keeps the lock.
    pub(super) fn keep_locked(&self, path: PathBuf, file: File) {
        self.active.borrow_mut().push(path);
        self.locked.borrow_mut().push(file);
    }

    /// The drafts in the directory of this store, with their names.
    pub(super) fn by_name(&self) -> Vec<(String, PathBuf)> {
        self.adopt_earlier();
        let directory = self.location.directory.iter();
        let found = directory.flat_map(|directory| files(directory));
        let named = |path: PathBuf| Some((path.file_name()?.to_str()?.to_owned(), path));
        found.filter_map(named).collect()
    }

    /// Deletes the draft with this name.
    pub(super) fn discard(&self, name: &str) {
        if let Some(path) = self.find(name) {
            // A leftover draft is clutter, not a failure.
            let _ = fs::remove_file(path);
        }
    }

    fn find(&self, name: &str) -> Option<PathBuf> {
        self.adopt_earlier();
        let path = self.location.directory.as_ref()?.join(name);
        path.exists().then_some(path)
    }

    /// The drafts that a failed command leaves behind, and what an editor that
    /// was told to end has rescued. Empty ones are deleted.
    pub(super) fn kept(&self) -> Vec<PathBuf> {
        let mut active = self.active.borrow_mut();
        let mut rescued: Vec<PathBuf> = active.iter().flat_map(|draft| rescued(draft)).collect();
        rescued.retain(|path| !active.contains(path));
        active.extend(rescued);
        active.retain(|draft| {
            let text = fs::read(draft).unwrap_or_default();
            let text = without_context(&String::from_utf8_lossy(&text));
            let has_text = !text.trim().is_empty();
            if !has_text {
                // A leftover draft is clutter, not a failure.
                let _ = fs::remove_file(draft);
            }
            has_text
        });
        active.clone()
    }

    /// Deletes the drafts of this run, because their text is now stored.
    pub(super) fn discard_all(&self) {
        for draft in self.active.borrow_mut().drain(..) {
            // A leftover draft is clutter, not a failure.
            let _ = fs::remove_file(draft);
        }
        self.locked.borrow_mut().clear();
    }

    /// All drafts of this user for this store, those of earlier versions of
    /// desk beside the store included.
    pub(crate) fn all(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        if let Some(directory) = &self.location.directory {
            found.extend(files(directory));
        }
        found.extend(self.earlier());
        found.sort();
        found
    }

    /// The drafts whose text fits.
    pub(super) fn with_text(&self, fits: &dyn Fn(&str) -> bool) -> Vec<PathBuf> {
        let mut found = self.all();
        found.retain(|path| {
            let bytes = fs::read(path).unwrap_or_default();
            fits(&String::from_utf8_lossy(&bytes))
        });
        found
    }

    /// Creates the directory, and moves the drafts of earlier versions there.
    pub(super) fn prepare(&self) -> Result<&Path, Error> {
        let Some(directory) = &self.location.directory else {
            return Err(Error::usage(
                "there is no home directory for a draft",
                "set HOME, or give the text with -m",
            ));
        };
        create_private(directory).map_err(|fault| cannot_create(directory, &fault))?;
        self.adopt_earlier();
        Ok(directory)
    }

    /// Moves the drafts that an earlier version kept beside the store.
    fn adopt_earlier(&self) {
        let (Some(directory), earlier) = (&self.location.directory, self.earlier()) else {
            return;
        };
        if earlier.is_empty() || create_private(directory).is_err() {
            return;
        }
        for draft in earlier {
            // What cannot be moved stays, and desk doctor lists it.
            let _ = move_to(&draft, directory);
        }
        if let Some(old) = &self.location.earlier {
            // It may hold files of other users.
            let _ = fs::remove_dir(old);
        }
    }

    /// The drafts beside the store. Other files in a directory of that name are
    /// none of desk's business.
    fn earlier(&self) -> Vec<PathBuf> {
        let Some(directory) = &self.location.earlier else {
            return Vec::new();
        };
        let me = rustix::process::geteuid().as_raw();
        let mine = |path: &Path| {
            fs::symlink_metadata(path).is_ok_and(|m| m.uid() == me && m.mode() & 0o077 == 0)
        };
        if !mine(directory) {
            return Vec::new();
        }
        let mut found = files(directory);
        found.retain(|path| mine(path) && is_draft(path));
        found
    }
}

/// The texts that earlier versions kept as drafts.
const TEXTS: &[&str] = &[
    "comment",
    "description",
    "diagnosis",
    "evidence",
    "hypothesis",
    "message",
    "note",
    "policy",
    "reason",
    "resolution",
    "workaround",
];

/// Whether a file has the name of a draft.
fn is_draft(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
        return false;
    };
    let answers = DraftForm::ALL.iter();
    let mut answers = answers.filter_map(|form| name.strip_prefix(form.prefix()));
    if let Some(rest) = answers.find_map(|rest| rest.strip_suffix(".toml")) {
        return rest.starts_with(|c: char| c.is_ascii_digit());
    }
    // A word, six random letters or digits, and the ending.
    name.strip_suffix(".md")
        .and_then(|stem| stem.rsplit_once('-'))
        .is_some_and(|(what, random)| {
            let random = random.len() == 6 && random.bytes().all(|b| b.is_ascii_alphanumeric());
            random && TEXTS.contains(&what)
        })
}

/// The files that editors keep beside a draft: `.NAME.swp`, `NAME.save`, `#NAME#`.
fn rescued(draft: &Path) -> Vec<PathBuf> {
    let (Some(directory), Some(name)) = (draft.parent(), draft.file_name()) else {
        return Vec::new();
    };
    let name = name.to_string_lossy();
    let mut found = files(directory);
    found.retain(|path| {
        let other = path.file_name().unwrap_or_default().to_string_lossy();
        other != name && other.contains(&*name)
    });
    found
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    files.map(|entry| entry.path()).collect()
}

fn create_private(directory: &Path) -> io::Result<()> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(directory)
}

/// Moves a file to a directory, also to another file system. A file that is
/// there already is not overwritten.
fn move_to(file: &Path, directory: &Path) -> io::Result<()> {
    let target = directory.join(file.file_name().unwrap_or_default());
    let mut copy = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&target)?;
    let written = fs::read(file).and_then(|text| copy.write_all(&text));
    match written.and_then(|()| copy.sync_all()) {
        Ok(()) => fs::remove_file(file),
        Err(fault) => {
            let _ = fs::remove_file(target);
            Err(fault)
        }
    }
}

pub(super) fn cannot_create(path: &Path, fault: &io::Error) -> Error {
    Error::outside(format!("creating a draft in {}", path.display()), fault)
}
