//! Files and the file system under a store: whether locks can be trusted,
//! whether there is room, and how a new file appears durably.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::NamedTempFile;

use super::super::StoreError;
use super::super::port::{ChangeMark, FileMark};
use super::refusals::Refusal;
use super::write_queue::PATIENCE;
use crate::atomic_file::{self, PRIVATE};
use crate::domain::Timestamp;
use crate::domain::policy::versions::PolicyParser;

/// What the store cannot find out by itself.
#[derive(Debug, Clone)]
pub(crate) struct Environment {
    /// The time of the machine's clock; a new store is created at this time.
    pub(crate) now: Timestamp,
    /// Reads the versions of the policy, on which the rows of tickets depend.
    pub(crate) parse: PolicyParser,
    /// Replaces the type of the file system in tests.
    pub(crate) fs_magic: Option<i64>,
    /// Replaces the free space in tests.
    pub(crate) free_bytes: Option<u64>,
    /// How long a writer waits while nobody writes.
    pub(crate) patience: Duration,
}

impl Environment {
    /// The environment of this machine.
    pub(crate) const fn new(now: Timestamp, parse: PolicyParser) -> Self {
        Self {
            now,
            parse,
            fs_magic: None,
            free_bytes: None,
            patience: PATIENCE,
        }
    }
}

/// The free space below which nothing is written.
const REQUIRED_MIB: u64 = 16;

/// The magic number of FUSE file systems.
const FUSE: i64 = 0x6573_5546;

/// File systems whose locks cannot be trusted, by magic number (statfs(2)).
const NETWORK: &[(i64, &str)] = &[
    (0x6969, "NFS"),
    (0x517B, "SMB"),
    (0xFF53_4D42, "CIFS"),
    (0xFE53_4D42, "SMB2"),
    (0x00C3_6400, "Ceph"),
    (0x5346_414F, "AFS"),
    (0x6B41_4653, "AFS"),
    (0x0102_1997, "9P"),
    (0x0BD0_0BD0, "Lustre"),
    (0x4750_4653, "GPFS"),
    (0x7375_7245, "Coda"),
    (0x564C, "NCP"),
    (0x786F_4256, "vboxsf"),
];

/// FUSE file systems that reach over a network.
const NETWORK_FUSE: &[&str] = &["sshfs", "s3fs", "glusterfs", "davfs", "rclone", "gvfs"];

/// Refuses a network file system.
///
/// # Errors
/// [`Refusal::Network`].
pub(super) fn refuse_network(path: &Path, environment: &Environment) -> Result<(), StoreError> {
    let magic = match environment.fs_magic {
        Some(magic) => magic,
        None => magic(path)?,
    };
    match network_kind(path, magic) {
        Some(kind) => Err(Refusal::Network {
            path: path.to_owned(),
            kind,
        }
        .into()),
        None => Ok(()),
    }
}

/// The kind of a network file system, by its magic number.
fn network_kind(path: &Path, magic: i64) -> Option<&'static str> {
    let magic = magic & 0xFFFF_FFFF;
    let known = NETWORK.iter().find(|(number, _)| *number == magic);
    match known {
        Some((_, kind)) => Some(*kind),
        None if magic == FUSE => fs::read_to_string(MOUNTS)
            .ok()
            .and_then(|mounts| network_fuse(&mounts, path)),
        None => None,
    }
}

#[cfg(target_os = "linux")]
fn magic(path: &Path) -> Result<i64, StoreError> {
    let about = rustix::fs::statfs(path).map_err(|e| access_error(path, "inspected", &e.into()))?;
    Ok(about.f_type)
}

#[cfg(not(target_os = "linux"))]
fn magic(_path: &Path) -> Result<i64, StoreError> {
    Ok(0)
}

/// The network file system that a path is on, if it is one.
fn network_fuse(mounts: &str, path: &Path) -> Option<&'static str> {
    let kind = mount_type(mounts, path)?;
    NETWORK_FUSE
        .iter()
        .copied()
        .find(|name| kind.contains(name))
}

/// The type of the innermost mount that contains `path`. Lines of mountinfo(5)
/// are `id parent major:minor root MOUNTPOINT options … - TYPE source …`, with
/// spaces escaped in octal.
fn mount_type<'m>(mounts: &'m str, path: &Path) -> Option<&'m str> {
    let mount_point = |line: &&str| {
        let point = line.split(' ').nth(4).map(unescaped);
        point.filter(|point| path.starts_with(point))
    };
    let (line, _) = mounts
        .lines()
        .filter_map(|line| mount_point(&line).map(|point| (line, point)))
        .max_by_key(|(_, point)| point.len())?;
    line.split(" - ").nth(1)?.split(' ').next()
}

/// The name of the file system that a path is on, where the system tells it.
pub(super) fn file_system(path: &Path) -> Option<String> {
    let mounts = fs::read_to_string(MOUNTS).ok()?;
    mount_type(&mounts, path).map(str::to_owned)
}

const MOUNTS: &str = "/proc/self/mountinfo";

fn unescaped(point: &str) -> String {
    [
        ("\\040", " "),
        ("\\011", "\t"),
        ("\\012", "\n"),
        ("\\134", "\\"),
    ]
    .iter()
    .fold(point.to_owned(), |text, (code, c)| text.replace(code, c))
}

/// Refuses to write where there is hardly any free space.
///
/// # Errors
/// [`Refusal::NearlyFull`].
pub(super) fn refuse_full(path: &Path, environment: &Environment) -> Result<(), StoreError> {
    let free = free_bytes(path, environment)?;
    let free_mib = free / (1024 * 1024);
    if free_mib < REQUIRED_MIB {
        return Err(Refusal::NearlyFull {
            path: path.to_owned(),
            free_mib,
        }
        .into());
    }
    Ok(())
}

/// The bytes that this user may still write.
pub(super) fn free_bytes(path: &Path, environment: &Environment) -> Result<u64, StoreError> {
    if let Some(free) = environment.free_bytes {
        return Ok(free);
    }
    let about =
        rustix::fs::statvfs(path).map_err(|e| access_error(path, "inspected", &e.into()))?;
    Ok(about.f_bavail.saturating_mul(about.f_frsize))
}

/// Converts an I/O error to an error of the store.
pub(super) fn access_error(path: &Path, operation: &'static str, fault: &io::Error) -> StoreError {
    if fault.kind() == io::ErrorKind::StorageFull {
        return StoreError::Full;
    }
    StoreError::Access {
        location: path.display().to_string(),
        operation,
        reason: fault.to_string(),
    }
}

/// # Errors
/// If a file or directory is not writable.
pub(super) fn require_writable(path: &Path) -> Result<(), StoreError> {
    rustix::fs::access(path, rustix::fs::Access::WRITE_OK)
        .map_err(|e| access_error(path, "written", &e.into()))
}

/// The directory of an absolute path to a file.
pub(super) fn directory(path: &Path) -> &Path {
    path.parent().unwrap_or_else(|| Path::new("/"))
}

/// The write-ahead log of a store.
pub(crate) fn wal_path(path: &Path) -> PathBuf {
    beside(path, "-wal")
}

/// A file beside a store: its name with a suffix.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Device and inode of the file that a path leads to now.
pub(super) fn file_id(path: &Path) -> Option<(u64, u64)> {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.dev(), metadata.ino()))
}

/// The mark of a store and its log, as they are now.
pub(super) fn change_mark(path: &Path) -> ChangeMark {
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mark = |path: &Path| {
        let metadata = fs::metadata(path).ok()?;
        Some(FileMark {
            device: metadata.dev(),
            inode: metadata.ino(),
            bytes: metadata.size(),
            written: i128::from(metadata.mtime()) * 1_000_000_000
                + i128::from(metadata.mtime_nsec()),
        })
    };
    // Whoever only reads may create an empty log.
    let log = mark(&wal_path(&real)).filter(|log| log.bytes > 0);
    ChangeMark {
        files: [mark(&real), log],
    }
}

/// Creates a file that only its owner may read. It is deleted unless it is
/// published.
///
/// # Errors
/// If the directory cannot be written.
pub(super) fn temporary_file(directory: &Path) -> Result<NamedTempFile, StoreError> {
    // Over a network, the lock would be taken for one of SQLite's.
    let local = magic(directory).is_ok_and(|magic| network_kind(directory, magic).is_none());
    atomic_file::temporary(directory, PRIVATE, local)
        .map_err(|e| access_error(directory, "written to", &e))
}

/// Makes a file durable and gives it its name, which must be free.
///
/// # Errors
/// [`StoreError::Exists`] if the name is taken.
pub(super) fn publish(file: NamedTempFile, target: &Path) -> Result<(), StoreError> {
    let fail = |e: &io::Error| access_error(target, "written", e);
    file.as_file().sync_all().map_err(|e| fail(&e))?;
    file.persist_noclobber(target).map_err(|refused| {
        if refused.error.kind() == io::ErrorKind::AlreadyExists {
            StoreError::Exists {
                location: target.display().to_string(),
            }
        } else {
            fail(&refused.error)
        }
    })?;
    sync_directory(directory(target))
}

/// Makes the names in a directory durable.
///
/// # Errors
/// If it cannot be opened or synced.
pub(super) fn sync_directory(directory: &Path) -> Result<(), StoreError> {
    File::open(directory)
        .and_then(|handle| handle.sync_all())
        .map_err(|e| access_error(directory, "written", &e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fuse_mount_is_judged_by_the_innermost_mount() {
        let mounts = "\
25 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 25 0:44 / /home/mia/far\\040away rw,nosuid - fuse.sshfs host: rw
41 40 0:45 / /home/mia/far\\040away/disk rw - fuse.ntfs-3g /dev/sdb1 rw
";
        let kind = |path: &str| network_fuse(mounts, Path::new(path));
        assert_eq!(kind("/home/mia/far away/desk.db"), Some("sshfs"));
        assert_eq!(kind("/home/mia/far away/disk/desk.db"), None);
        assert_eq!(kind("/home/mia/far awayish/desk.db"), None);
    }
}
