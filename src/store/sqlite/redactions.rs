//! The list of redactions beside a store, and beside each of its backups: which
//! texts were erased. A restore erases them again in an older backup, which still
//! has them. It names events and paths, and no text.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::super::StoreError;
use super::super::chain::hex;
use super::super::sql::driver::Executor;
use super::super::sql::erasure::{self, Redaction};
use super::filesystem::{access_error, beside, directory, sync_directory, temporary_file};
use crate::atomic_file::Ownership;

/// The first line, before the id of the store.
const HEAD: &str = "desk redactions 1";

/// How much of the hash of an event a line has, in hexadecimal digits.
const HASH_DIGITS: usize = 16;

/// The path of the list beside a store.
pub(super) fn path_beside(store: &Path) -> PathBuf {
    beside(store, ".redactions")
}

/// A list of redactions that was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct RedactionList {
    /// The store that it belongs to.
    store: String,
    /// The beginning of the hash of each event, and the paths, by its number. A
    /// number can be that of several events, in histories that went apart when an
    /// older backup was restored.
    events: BTreeMap<(i64, String), Vec<String>>,
}

impl RedactionList {
    /// Reads the list at a path; `None` if there is no file.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] for any other file.
    pub(super) fn read(path: &Path) -> Result<Option<Self>, StoreError> {
        let file = match fs::File::open(path) {
            Ok(file) => file,
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(fault) => return Err(access_error(path, "read", &fault)),
        };
        let wrong =
            || StoreError::damaged(format!("{} is not a list of redactions", path.display()));
        let mut lines = BufReader::new(file).lines();
        let mut next = || {
            let line = lines.next();
            line.transpose().map_err(|e| access_error(path, "read", &e))
        };
        let head = next()?.ok_or_else(wrong)?;
        let store = head.strip_prefix(HEAD).map(str::trim).ok_or_else(wrong)?;
        let mut list = Self {
            store: store.to_owned(),
            events: BTreeMap::new(),
        };
        while let Some(line) = next()? {
            let mut parts = line.split(' ');
            let parts = (parts.next(), parts.next(), parts.next(), parts.next());
            let (Some(seq), Some(hash), Some(path), None) = parts else {
                return Err(wrong());
            };
            let seq = seq.parse().map_err(|_| wrong())?;
            list.add(seq, hash, path);
        }
        Ok(Some(list))
    }

    fn add(&mut self, seq: i64, hash: &str, path: &str) {
        let paths = self.events.entry((seq, hash.to_owned())).or_default();
        if !paths.iter().any(|known| known == path) {
            paths.push(path.to_owned());
        }
    }

    /// Adds what another list of the same store has, and returns whether it is of
    /// the same store.
    pub(super) fn merge(&mut self, other: &Self) -> bool {
        if self.store.is_empty() {
            self.store.clone_from(&other.store);
        }
        let same = self.store == other.store;
        if same {
            for ((seq, hash), paths) in &other.events {
                paths.iter().for_each(|path| self.add(*seq, hash, path));
            }
        }
        same
    }

    fn has(&self, redaction: &Redaction) -> bool {
        let key = (redaction.seq, prefix(&redaction.hash));
        let paths = self.events.get(&key);
        paths.is_some_and(|paths| paths.contains(&redaction.path))
    }

    /// Whether it is the list of this store.
    pub(super) fn is_of(&self, store: &str) -> bool {
        self.store == store
    }

    /// The events that it names, with the paths of their erased texts.
    pub(super) fn events(&self) -> impl Iterator<Item = (i64, &str, &[String])> {
        let events = self.events.iter();
        events.map(|((seq, hash), paths)| (*seq, hash.as_str(), paths.as_slice()))
    }
}

/// The part of an event's hash that a list has.
pub(super) fn prefix(hash: &[u8]) -> String {
    let mut text = hex(hash);
    text.truncate(HASH_DIGITS);
    text
}

/// Writes the list of a store, from its chain and from the list that is there,
/// which may name events that a restore took away. It appears whole.
///
/// # Errors
/// If it cannot be written.
pub(super) fn write(
    db: &Executor<'_>,
    store: &Path,
    target: &Path,
    mut known: RedactionList,
) -> Result<(), StoreError> {
    let id = erasure::store_id(db)?;
    if !known.is_of(&id) {
        known = RedactionList::default();
    }
    let fail = |fault: &io::Error| access_error(target, "written", fault);
    let mut file = temporary_file(directory(target))?;
    let mut to = BufWriter::new(file.as_file_mut());
    writeln!(to, "{HEAD} {id}").map_err(|e| fail(&e))?;
    for (seq, hash, paths) in known.events() {
        for path in paths {
            writeln!(to, "{seq} {hash} {path}").map_err(|e| fail(&e))?;
        }
    }
    let mut written = Ok(());
    erasure::each_redaction(db, &mut |redaction| {
        if !known.has(&redaction) {
            let Redaction { seq, hash, path } = &redaction;
            written = writeln!(to, "{seq} {} {path}", prefix(hash));
        }
        Ok(match written {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        })
    })?;
    written.and_then(|()| to.flush()).map_err(|e| fail(&e))?;
    drop(to);
    Ownership::of(store)
        .and_then(|ownership| ownership.give_to(file.as_file()))
        .and_then(|()| file.as_file().sync_all())
        .map_err(|e| fail(&e))?;
    file.persist(target).map_err(|e| fail(&e.error))?;
    sync_directory(directory(target))
}

/// What is wrong with the list beside a store in which texts were erased.
pub(super) fn fault(db: &Executor<'_>, store: &Path) -> Result<Option<String>, StoreError> {
    if !erasure::has_erasures(db)? {
        return Ok(None);
    }
    let path = path_beside(store);
    let remedy = "write it again with: desk sweep";
    let list = match RedactionList::read(&path) {
        Ok(Some(list)) => list,
        Ok(None) => {
            let path = path.display();
            return Ok(Some(format!(
                "the list of redactions {path} is missing; {remedy}"
            )));
        }
        Err(fault) => return Ok(Some(format!("{fault}; {remedy}"))),
    };
    let mut missing = 0_u64;
    erasure::each_redaction(db, &mut |redaction| {
        missing += u64::from(!list.has(&redaction));
        Ok(ControlFlow::Continue(()))
    })?;
    let path = path.display();
    Ok(
        (missing > 0 || !list.is_of(&erasure::store_id(db)?)).then(|| {
            format!("the list of redactions {path} lacks {missing} of the erased texts; {remedy}")
        }),
    )
}
