//! The queue of writers: first come, first served, as far as the kernel wakes
//! them in that order. SQLite lets waiting writers
//! try again after a while, so that among many some never get their turn.
//!
//! The queue is the file lock of a file beside the store. The kernel wakes
//! those who wait in their order, and takes the lock from a process that ends. It only decides whose
//! turn it is: SQLite's own lock protects the store, also from versions of
//! desk that do not queue, from a file that somebody deleted, and where there
//! can be no such file.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use super::filesystem::{beside, wal_path};
use crate::atomic_file::Ownership;

/// How long a writer waits while nobody writes.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// How often a waiting writer looks whether others are getting on.
const TICK: Duration = Duration::from_secs(1);

/// The file that writers lock.
pub(super) fn queue_path(real: &Path) -> PathBuf {
    beside(real, "-queue")
}

/// A turn to write, until it is dropped. Empty without a queue.
#[derive(Debug)]
pub(super) struct Turn {
    _file: Option<File>,
}

impl Turn {
    /// Waits for the turn, as long as others are getting on. Who waited in
    /// vain goes on without one, because SQLite's lock may be free all the
    /// same.
    pub(super) fn wait(real: &Path, waiting: &mut Waiting) -> Self {
        let Ok(file) = open(real) else {
            return Self { _file: None };
        };
        let file = match file.try_lock() {
            Ok(()) => Some(file),
            Err(TryLockError::WouldBlock) => wait(file, waiting),
            Err(TryLockError::Error(_)) => None,
        };
        Self { _file: file }
    }
}

/// Opens the queue, and creates it with the owner and the permissions of the
/// store, so that everybody who may write can lock it.
fn open(real: &Path) -> io::Result<File> {
    let path = queue_path(real);
    match File::open(&path) {
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => {}
        opened => return opened,
    }
    let store = fs::metadata(real)?;
    let created = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(store.mode() & 0o666)
        .open(&path);
    let file = match created {
        Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists => return File::open(&path),
        created => created?,
    };
    Ownership::of(real)?.give_to(&file)?;
    Ok(file)
}

/// Waits for the lock in a thread, which the kernel can let wait in line.
fn wait(file: File, waiting: &mut Waiting) -> Option<File> {
    let (send, receive) = channel();
    thread::spawn(move || {
        let locked = loop {
            match file.lock() {
                Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
                locked => break locked,
            }
        };
        // If nobody waits any more, this closes the file, and so unlocks it.
        let _ = send.send(locked.map(|()| file));
    });
    loop {
        match receive.recv_timeout(waiting.next_look()) {
            Ok(locked) => {
                waiting.since = Instant::now();
                return locked.ok();
            }
            Err(RecvTimeoutError::Disconnected) => return None,
            Err(RecvTimeoutError::Timeout) if waiting.is_over() => return None,
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

/// A wait that is over when nobody has written for a while.
#[derive(Debug)]
pub(super) struct Waiting {
    log: PathBuf,
    patience: Duration,
    since: Instant,
    seen: Option<(u64, SystemTime)>,
}

impl Waiting {
    pub(super) fn begin(real: &Path, patience: Duration) -> Self {
        let log = wal_path(real);
        Self {
            since: Instant::now(),
            patience,
            seen: None,
            log,
        }
    }

    /// How long to wait before [`Self::is_over`] is asked again.
    pub(super) fn next_look(&self) -> Duration {
        TICK.min(self.patience.saturating_sub(self.since.elapsed()))
    }

    /// Whether nothing was written to the log for too long.
    pub(super) fn is_over(&mut self) -> bool {
        let metadata = fs::metadata(&self.log).ok();
        let now = metadata.and_then(|log| Some((log.len(), log.modified().ok()?)));
        // The first look only remembers.
        if self.seen.is_some() && self.seen != now {
            self.since = Instant::now();
        }
        self.seen = now;
        self.since.elapsed() >= self.patience
    }
}

#[cfg(test)]
mod tests;
