//! Stores that a group of users shares. Every file that appears in the
//! directory gets the group of the directory, so that SQLite's log and its
//! index belong to the group too; SQLite gives them the mode of the store.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

use rustix::fs::{Gid, Mode};
use rustix::process::{getegid, geteuid, getgroups};

use super::super::StoreError;
use super::super::port::Group;
use super::filesystem::access_error;
use super::refusals::Refusal;
use crate::atomic_file::Ownership;

/// The mode of the directory of a shared store: files in it get its group.
const DIRECTORY: u32 = 0o2770;
const SET_GROUP_ID: u32 = 0o2000;
const STICKY: u32 = 0o1000;
const GROUP_ALL: u32 = 0o070;
const OTHERS_WRITE: u32 = 0o002;

/// Makes sure that a group can share a store in a directory, and creates the
/// directory if it is missing. `existing` is its innermost part that exists.
///
/// # Errors
/// [`Refusal::NotMember`], or [`Refusal::NotShared`] for a directory that is
/// not suitable. It is not changed then.
pub(super) fn create_directory(
    directory: &Path,
    existing: &Path,
    group: &Group,
) -> Result<(), StoreError> {
    let missing: Vec<&Path> = directory
        .ancestors()
        .take_while(|path| *path != existing)
        .collect();
    if !is_member(group.gid) {
        return Err(not_member(group));
    }
    require_reachable(directory, existing, group)?;
    if missing.is_empty() {
        return require_suitable(directory, group);
    }
    for path in missing.iter().rev() {
        let fail = |e: &io::Error| access_error(path, "created", e);
        fs::DirBuilder::new()
            .mode(0o700)
            .create(path)
            .map_err(|e| fail(&e))?;
        let made = File::open(path).map_err(|e| fail(&e))?;
        if let Err(fault) = give_group(&made, group) {
            // Created just now, and still empty.
            missing.iter().for_each(|path| {
                let _ = fs::remove_dir(path);
            });
            return Err(fault);
        }
        rustix::fs::fchmod(&made, Mode::from_raw_mode(DIRECTORY)).map_err(|e| fail(&e.into()))?;
    }
    Ok(())
}

/// Gives a new store to a group.
///
/// # Errors
/// [`Refusal::NotMember`].
pub(super) fn share(file: &File, group: &Group) -> Result<(), StoreError> {
    give_group(file, group)?;
    let shared = Ownership::shared(group.gid);
    shared
        .give_to(file)
        .map_err(|e| access_error(Path::new(&group.name), "given the store", &e))
}

fn give_group(file: &File, group: &Group) -> Result<(), StoreError> {
    let given = Ownership::shared(group.gid).give_group_to(file);
    given.map_err(|_| not_member(group))
}

fn not_member(group: &Group) -> StoreError {
    let group = group.name.clone();
    Refusal::NotMember { group }.into()
}

/// Whether this process may act for the group; root may act for each.
pub(super) fn is_member(gid: u32) -> bool {
    let gid = Gid::from_raw(gid);
    geteuid().is_root() || getegid() == gid || getgroups().is_ok_and(|groups| groups.contains(&gid))
}

/// Refuses a directory whose group is another one, or in which the group could
/// not work.
fn require_suitable(directory: &Path, group: &Group) -> Result<(), StoreError> {
    let metadata = fs::metadata(directory).map_err(|e| access_error(directory, "inspected", &e))?;
    let mode = metadata.mode();
    let reason = if metadata.gid() != group.gid {
        "it belongs to another group"
    } else if mode & SET_GROUP_ID == 0 {
        "it does not pass its group on to new files (set-group-ID bit)"
    } else if mode & GROUP_ALL != GROUP_ALL {
        "the group may not read and write in it"
    } else if mode & STICKY != 0 {
        "its sticky bit keeps members from replacing each other's files"
    } else if mode & OTHERS_WRITE != 0 {
        "everybody may write in it"
    } else {
        return Ok(());
    };
    let (name, shown) = (&group.name, directory.display());
    let remedy = format!("chgrp {name} {shown} && chmod {DIRECTORY:o} {shown}");
    Err(not_shared(directory, group, reason, remedy))
}

/// Refuses a directory below one that only its owner may pass.
fn require_reachable(directory: &Path, existing: &Path, group: &Group) -> Result<(), StoreError> {
    let passable = |path: &Path| {
        fs::metadata(path).is_ok_and(|metadata| {
            let for_group = metadata.gid() == group.gid && metadata.mode() & 0o010 != 0;
            // Another group may hold the members of this one.
            for_group || metadata.mode() & 0o011 != 0
        })
    };
    let above = if existing == directory {
        existing.parent().unwrap_or(existing)
    } else {
        existing
    };
    match above.ancestors().find(|path| !passable(path)) {
        Some(closed) => {
            let remedy = format!(
                "use a directory such as /srv/desk, or let others pass with: chmod o+x {}",
                closed.display()
            );
            let reason = "only the owner may pass it";
            Err(not_shared(closed, group, reason, remedy))
        }
        None => Ok(()),
    }
}

fn not_shared(path: &Path, group: &Group, reason: &'static str, remedy: String) -> StoreError {
    let path: PathBuf = path.to_owned();
    let group = group.name.clone();
    Refusal::NotShared {
        path,
        group,
        reason,
        remedy,
    }
    .into()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A directory with this mode in one that everybody may pass, and its group.
    fn directory(mode: u32) -> (tempfile::TempDir, PathBuf, Group) {
        let home = tempfile::tempdir().unwrap();
        fs::set_permissions(home.path(), fs::Permissions::from_mode(0o711)).unwrap();
        let place = home.path().join("place");
        fs::create_dir(&place).unwrap();
        fs::set_permissions(&place, fs::Permissions::from_mode(mode)).unwrap();
        let gid = fs::metadata(&place).unwrap().gid();
        let name = "desk".to_owned();
        (home, place, Group { name, gid })
    }

    #[test]
    fn a_directory_that_the_group_cannot_work_in_is_refused_with_what_to_type() {
        for (mode, reason) in [
            (0o2770, None),
            (0o2775, None),
            (0o770, Some("set-group-ID")),
            (0o2750, Some("may not read and write")),
            (0o3770, Some("sticky")),
            (0o2777, Some("everybody")),
        ] {
            let (_home, place, group) = directory(mode);
            let result = create_directory(&place, &place, &group);
            match (result, reason) {
                (Ok(()), None) => {}
                (Err(fault), Some(reason)) => {
                    assert!(fault.to_string().contains(reason), "{mode:o}: {fault}");
                    let place = place.display();
                    let typed = format!("chgrp desk {place} && chmod 2770 {place}");
                    assert_eq!(fault.hint(), Some(typed));
                }
                (other, _) => panic!("{mode:o}: {other:?}"),
            }
            assert_eq!(fs::metadata(&place).unwrap().mode() & 0o7777, mode);
        }
        let (_home, place, mut group) = directory(0o2770);
        group.gid += 1;
        let fault = create_directory(&place, &place, &group).unwrap_err();
        let expected = if geteuid().is_root() {
            "it belongs to another group"
        } else {
            "you are not a member"
        };
        assert!(fault.to_string().contains(expected), "{fault}");
    }

    #[test]
    fn missing_directories_are_created_for_the_group_whatever_the_umask() {
        let (_home, place, group) = directory(0o755);
        let (new, below) = (place.join("new"), place.join("new/desk"));
        create_directory(&below, &place, &group).unwrap();
        for path in [new, below] {
            assert_eq!(fs::metadata(path).unwrap().mode() & 0o7777, DIRECTORY);
        }
    }

    #[test]
    fn a_directory_behind_a_closed_door_is_refused() {
        let (home, place, group) = directory(0o2770);
        fs::set_permissions(home.path(), fs::Permissions::from_mode(0o700)).unwrap();
        for path in [place.clone(), place.join("new")] {
            let fault = create_directory(&path, &place, &group).unwrap_err();
            assert!(fault.to_string().contains("only the owner may pass"));
            assert!(!place.join("new").exists());
        }
    }
}
