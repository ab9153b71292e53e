//! What the disk under a store is: whether locks can be trusted on it, and
//! whether there is room. Reads no store.

use std::path::Path;

use super::StoreError;
use super::place::{Environment, access};

/// What must be free before anything is written.
const ROOM_MIB: u64 = 16;

/// The magic number of file systems in user space.
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

/// File systems in user space that reach over a network.
const NETWORK_FUSE: &[&str] = &["sshfs", "s3fs", "glusterfs", "davfs", "rclone", "gvfs"];

/// Refuses a network file system.
///
/// # Errors
/// [`StoreError::Network`].
pub(super) fn refuse_network(path: &Path, around: &Environment) -> Result<(), StoreError> {
    let magic = match around.fs_magic {
        Some(magic) => magic,
        None => magic(path)?,
    };
    let magic = magic & 0xFFFF_FFFF;
    let known = NETWORK.iter().find(|(number, _)| *number == magic);
    let kind = match known {
        Some((_, kind)) => Some(*kind),
        None if magic == FUSE => std::fs::read_to_string("/proc/self/mountinfo")
            .ok()
            .and_then(|mounts| network_fuse(&mounts, path)),
        None => None,
    };
    match kind {
        Some(kind) => Err(StoreError::Network {
            path: path.to_owned(),
            kind,
        }),
        None => Ok(()),
    }
}

#[cfg(target_os = "linux")]
fn magic(path: &Path) -> Result<i64, StoreError> {
    let about = rustix::fs::statfs(path).map_err(|e| access(path, "looked at", e.into()))?;
    Ok(about.f_type)
}

#[cfg(not(target_os = "linux"))]
fn magic(_path: &Path) -> Result<i64, StoreError> {
    Ok(0)
}

/// Finds the mount that holds `path` and says whether it is a network one.
/// A line is `id parent major:minor root MOUNTPOINT options … - TYPE source …`
/// with blanks in octal.
fn network_fuse(mounts: &str, path: &Path) -> Option<&'static str> {
    let held_by = |line: &&str| {
        let point = line.split(' ').nth(4).map(unescaped);
        point.filter(|point| path.starts_with(point))
    };
    let (line, _) = mounts
        .lines()
        .filter_map(|line| held_by(&line).map(|point| (line, point)))
        .max_by_key(|(_, point)| point.len())?;
    let kind = line.split(" - ").nth(1)?.split(' ').next()?;
    NETWORK_FUSE
        .iter()
        .copied()
        .find(|name| kind.contains(name))
}

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

/// Refuses to write where there is next to no room.
///
/// # Errors
/// [`StoreError::NearlyFull`].
pub(super) fn refuse_full(path: &Path, around: &Environment) -> Result<(), StoreError> {
    let free = match around.free_bytes {
        Some(free) => free,
        None => {
            let about =
                rustix::fs::statvfs(path).map_err(|e| access(path, "looked at", e.into()))?;
            about.f_bavail.saturating_mul(about.f_frsize)
        }
    };
    let free_mib = free / (1024 * 1024);
    if free_mib < ROOM_MIB {
        return Err(StoreError::NearlyFull {
            path: path.to_owned(),
            free_mib,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mount_in_user_space_is_judged_by_its_innermost_type() {
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
