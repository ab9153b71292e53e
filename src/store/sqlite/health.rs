//! The health of a store's file, also of one that cannot be opened. Changes
//! nothing; an older schema is not migrated.

use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rusqlite::Connection;
use rustix::process::geteuid;

use super::super::port::StoreHealth;
use super::super::{AccessMode, StoreError};
use super::connection::connect;
use super::filesystem::{Environment, beside, directory, file_system, free_bytes, wal_path};
use super::leftovers;
use super::location::{self, Location};
use super::migrations;
use super::shared::is_member;
use super::wal_check::{self, WalEnd};
use crate::domain::Timestamp;
use crate::domain::health::{HealthCheck, size};

/// Inspects the store at a location and what is beside it.
pub(super) fn inspect(location: &Location, environment: &Environment) -> StoreHealth {
    let mut health = StoreHealth::default();
    let path = &location.path;
    let real = match location::require_plain_path(path).and_then(|()| location::resolve(path)) {
        Ok(real) => real,
        Err(fault) => {
            health.checks.push(problem("store", &fault));
            return health;
        }
    };
    let exists = real.is_some();
    let real = real.unwrap_or_else(|| path.clone());
    if exists {
        store(&real, environment, &mut health);
        health.checks.push(disk(&real, environment));
        health.checks.push(log(&real));
    } else {
        health.checks.push(missing(location));
    }
    let leftovers = leftovers::find(&real);
    health.checks.extend(leftovers::checks(&real, &leftovers));
    health.leftovers = leftovers.abandoned;
    health.checks.extend(permissions(&real));
    health
}

/// A fault of the store as a problem.
fn problem(area: &'static str, fault: &StoreError) -> HealthCheck {
    let remedy = fault.hint().unwrap_or_else(|| "desk verify".to_owned());
    HealthCheck::problem(area, fault.to_string(), remedy)
}

fn missing(location: &Location) -> HealthCheck {
    let location_text = location.path.display().to_string();
    if location.explicit {
        let location = location_text;
        problem("store", &StoreError::Missing { location })
    } else {
        let text = format!("none yet at {location_text}; the first ticket creates it");
        HealthCheck::ok("store", text)
    }
}

/// Opens the store for reading and checks its pages.
fn store(real: &Path, environment: &Environment, health: &mut StoreHealth) {
    let known = migrations::version(migrations::ALL);
    let opened = location::inspect(real, AccessMode::Read, environment, known)
        .and_then(|_| connect(real, AccessMode::Read))
        .and_then(|(conn, found)| {
            location::check_version(real, found, known)?;
            Ok((conn, found))
        });
    let (conn, found) = match opened {
        Ok(opened) => opened,
        Err(fault) => return health.checks.push(problem("store", &fault)),
    };
    let shown = real.display();
    health.checks.push(match quick_check(&conn) {
        Ok(None) if found < known => HealthCheck::warning(
            "store",
            format!("{shown} has schema {found}; this version of desk has {known}"),
            "nothing: the next command upgrades it and keeps a copy",
        ),
        Ok(None) => HealthCheck::ok(
            "store",
            format!("{shown} opens, its pages are sound, schema {found}"),
        ),
        Ok(Some(fault)) => damaged(&fault),
        Err(fault) => damaged(&fault.to_string()),
    });
    health.last_event = last_event(&conn).ok().flatten();
}

fn damaged(fault: &str) -> HealthCheck {
    problem("store", &StoreError::damaged(fault))
}

/// The first fault that a quick check of all pages finds.
fn quick_check(conn: &Connection) -> rusqlite::Result<Option<String>> {
    let found: String = conn.query_one("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    Ok((found != "ok").then_some(found))
}

/// When the newest event was recorded.
fn last_event(conn: &Connection) -> rusqlite::Result<Option<Timestamp>> {
    let newest = "SELECT max(recorded_ms) FROM event";
    let found: Option<i64> = conn.query_one(newest, [], |row| row.get(0))?;
    Ok(found.and_then(Timestamp::from_timestamp_millis))
}

/// The size of the store, and what is free beside it.
fn disk(real: &Path, environment: &Environment) -> HealthCheck {
    let bytes = fs::metadata(real).map_or(0, |file| file.len());
    let place = directory(real);
    let Ok(free) = free_bytes(place, environment) else {
        return HealthCheck::warning(
            "disk",
            format!("{}: the free space is unknown", size(bytes)),
            format!("df {}", place.display()),
        );
    };
    let kind = file_system(place).map_or_else(String::new, |kind| format!(", {kind}"));
    let text = format!("store {}, free {}{kind}", size(bytes), size(free));
    if let Err(fault) = super::filesystem::refuse_full(place, environment) {
        problem("disk", &fault)
    } else if free < bytes {
        // An upgrade, a backup and a restore each write a whole copy.
        HealthCheck::warning(
            "disk",
            text,
            "free some space: a backup needs as much as the store",
        )
    } else {
        HealthCheck::ok("disk", text)
    }
}

/// A log of this size was not checkpointed for long.
const LARGE_LOG: u64 = 64 * 1024 * 1024;

/// The write-ahead log.
fn log(real: &Path) -> HealthCheck {
    let path = wal_path(real);
    let bytes = fs::metadata(&path).map_or(0, |file| file.len());
    let text = format!("{} of changes", size(bytes));
    match wal_check::check(&path) {
        Ok(WalEnd::Clean) if bytes > LARGE_LOG => HealthCheck::warning(
            "log",
            format!("{text}; somebody keeps it from being copied into the store"),
            "end commands that have been running for long",
        ),
        Ok(WalEnd::Clean) if bytes == 0 => HealthCheck::ok("log", "empty"),
        Ok(WalEnd::Clean) => HealthCheck::ok("log", format!("{text}, intact")),
        Ok(WalEnd::Cut) => HealthCheck::warning(
            "log",
            format!("{text}; its last commit is damaged or was interrupted"),
            "see whether the last change is there: desk verify",
        ),
        Ok(WalEnd::Damaged { commits }) => HealthCheck::problem(
            "log",
            format!("{text}; it is damaged, and {commits} commits are lost"),
            "copy the store and its log elsewhere, then: desk restore BACKUP",
        ),
        Err(fault) => HealthCheck::problem(
            "log",
            format!("{} cannot be read: {fault}", path.display()),
            format!("check its owner and its mode: ls -l {}", path.display()),
        ),
    }
}

/// Who may do what with the store, its log and its directory.
fn permissions(real: &Path) -> Vec<HealthCheck> {
    let mut checks = Vec::new();
    let place = directory(real);
    if let Ok(about) = fs::metadata(place) {
        checks.extend(writers(place, &about));
        let shared = fs::metadata(real).is_ok_and(|store| store.mode() & 0o060 == 0o060);
        if shared && about.mode() & 0o2000 == 0 {
            checks.push(HealthCheck::warning(
                "permissions",
                format!(
                    "{} does not pass its group on to new files",
                    place.display()
                ),
                format!("chmod g+s {}", place.display()),
            ));
        }
    }
    if let Ok(about) = fs::metadata(real) {
        checks.extend(writers(real, &about));
        for suffix in ["-wal", "-shm"] {
            let companion = beside(real, suffix);
            let differs = fs::metadata(&companion).is_ok_and(|companion| {
                (companion.mode() ^ about.mode()) & 0o777 != 0 || companion.gid() != about.gid()
            });
            if differs {
                let (name, store) = (companion.display(), real.display());
                checks.push(HealthCheck::warning(
                    "permissions",
                    format!("{name} has another group or mode than the store"),
                    format!("chgrp --reference={store} {name} && chmod --reference={store} {name}"),
                ));
            }
        }
    }
    if checks.is_empty() {
        let text = if real.exists() {
            "store, log and directory are for their owner and group"
        } else {
            "the directory is for its owner and group"
        };
        checks.push(HealthCheck::ok("permissions", text));
    }
    checks
}

/// What is wrong with who may write a file.
fn writers(path: &Path, about: &Metadata) -> Option<HealthCheck> {
    let shown = path.display();
    if about.mode() & 0o002 != 0 {
        return Some(HealthCheck::problem(
            "permissions",
            format!("everybody may write {shown}"),
            format!("chmod o-w {shown}"),
        ));
    }
    let me = geteuid();
    let through_group = is_member(about.gid()) && about.mode() & 0o060 == 0o060;
    if me.is_root() || about.uid() == me.as_raw() || through_group {
        return None;
    }
    Some(HealthCheck::problem(
        "permissions",
        format!("{shown} belongs to another user and not to a group of yours"),
        "share it through a group: desk help operate",
    ))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::domain::health::HealthState;
    use crate::testing::store::fixtures::{at, environment, fresh, opening, save};

    /// The worst state and all findings of an area.
    fn area(health: &StoreHealth, area: &str) -> (HealthState, String) {
        let checks: Vec<_> = health.checks.iter().filter(|c| c.area == area).collect();
        let worst = checks.iter().map(|c| c.state).max().unwrap();
        let texts: Vec<_> = checks.iter().map(|c| c.finding.as_str()).collect();
        (worst, texts.join("; "))
    }

    fn inspected(path: &Path, environment: &Environment) -> StoreHealth {
        let path = path.to_owned();
        inspect(
            &Location {
                path,
                explicit: true,
            },
            environment,
        )
    }

    type Spoil = fn(&Path, &mut Environment);

    #[test]
    fn each_fault_is_found_in_its_area_and_nothing_is_wrong_without_it() {
        let faults: [(&str, HealthState, &str, Spoil); 13] = [
            ("store", HealthState::Ok, "opens", |_, _| {}),
            (
                "store",
                HealthState::Problem,
                "there is no store",
                |p, _| {
                    fs::remove_file(p).unwrap();
                },
            ),
            ("store", HealthState::Problem, "not a desk store", |p, _| {
                fs::write(p, "Dear diary").unwrap();
            }),
            ("store", HealthState::Problem, "damaged", |p, _| {
                let mut bytes = fs::read(p).unwrap();
                bytes[4096..8192].fill(0x5a);
                fs::write(p, bytes).unwrap();
            }),
            ("store", HealthState::Problem, "newer version", |p, _| {
                let mut bytes = fs::read(p).unwrap();
                bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
                fs::write(p, bytes).unwrap();
            }),
            ("disk", HealthState::Problem, "only 3 MiB", |_, e| {
                e.free_bytes = Some(3 << 20);
            }),
            ("log", HealthState::Problem, "commits are lost", |p, _| {
                let wal = wal_path(p);
                let mut bytes = fs::read(&wal).unwrap();
                bytes[60..100].fill(0x5a);
                fs::write(wal, bytes).unwrap();
            }),
            (
                "leftovers",
                HealthState::Warning,
                ".desk-dead.new",
                |p, _| {
                    fs::write(p.with_file_name(".desk-dead.new"), "x").unwrap();
                },
            ),
            ("copies", HealthState::Ok, "before-restore", |p, _| {
                fs::write(beside(p, ".before-restore"), "x").unwrap();
            }),
            ("copies", HealthState::Warning, "wal.damaged-1", |p, _| {
                fs::write(beside(p, "-wal.damaged-1"), "x").unwrap();
            }),
            (
                "permissions",
                HealthState::Problem,
                "everybody may write",
                |p, _| {
                    fs::set_permissions(p, fs::Permissions::from_mode(0o606)).unwrap();
                },
            ),
            (
                "permissions",
                HealthState::Warning,
                "does not pass its group",
                |p, _| {
                    fs::set_permissions(p, fs::Permissions::from_mode(0o660)).unwrap();
                },
            ),
            (
                "permissions",
                HealthState::Warning,
                "another group or mode",
                |p, _| {
                    fs::set_permissions(wal_path(p), fs::Permissions::from_mode(0o640)).unwrap();
                },
            ),
        ];
        for (about, state, text, spoil) in faults {
            let (home, store) = fresh();
            save(&store, &opening(1, "one"));
            save(&store, &opening(2, "two"));
            save(&store, &opening(3, "three"));
            drop(store);
            let path = home.path().join("desk.db");
            let mut environment = environment();
            let before = inspected(&path, &environment);
            let fault = before.checks.iter().find(|c| c.state != HealthState::Ok);
            assert_eq!(fault, None);
            assert_eq!(before.last_event, Some(at(3)));
            spoil(&path, &mut environment);
            let (found, texts) = area(&inspected(&path, &environment), about);
            assert_eq!(found, state, "{texts}");
            assert!(texts.contains(text), "{texts}");
        }
    }
}
