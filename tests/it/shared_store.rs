//! A store that the members of a group share: `desk init --group`. The tests
//! with real users need root; they are reported as ignored elsewhere.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use insta::assert_snapshot;

use crate::concurrency::at_once;
use crate::env::{Env, Output};

/// A group that every Linux system has, and another one.
const GROUP: (&str, u32) = ("users", 100);
const OTHER_GROUP: &str = "games";

/// Two users who have nothing but the group in common; one of them lets nobody
/// read what he writes.
const ANNA: User = User {
    name: "anna",
    uid: 12_001,
    umask: "022",
};
const BEN: User = User {
    name: "ben",
    uid: 12_002,
    umask: "077",
};

#[derive(Clone, Copy)]
struct User {
    name: &'static str,
    uid: u32,
    umask: &'static str,
}

/// A machine with both users, and a directory that they share.
struct Machine {
    env: Env,
    minute: u32,
}

impl Machine {
    fn new() -> Self {
        let root = rustix::process::geteuid().is_root();
        assert!(root, "this test needs root, for real users: it was not run");
        let env = Env::bare_file("files of several users");
        let mode = fs::Permissions::from_mode(0o755);
        fs::set_permissions(env.dir(), mode).unwrap();
        // Where this checkout is may be closed to them.
        let binary = env.dir().join("desk");
        fs::copy(env!("CARGO_BIN_EXE_desk"), &binary).unwrap();
        for user in [ANNA, BEN] {
            let home = env.dir().join(user.name);
            fs::create_dir(&home).unwrap();
            chown(&home, Some(user.uid), Some(user.uid)).unwrap();
        }
        let shared = env.dir().join("shared");
        fs::create_dir(&shared).unwrap();
        chown(&shared, Some(ANNA.uid), Some(GROUP.1)).unwrap();
        fs::set_permissions(&shared, fs::Permissions::from_mode(0o2770)).unwrap();
        Self { env, minute: 0 }
    }

    fn db(&self) -> PathBuf {
        self.env.dir().join("shared/desk.db")
    }

    /// Runs desk as a user, with the group as a supplementary one.
    fn runs(&mut self, user: User, args: &[&str]) -> Output {
        self.minute += 1;
        let home = self.env.dir().join(user.name);
        let mut command = Command::new("setpriv");
        let uid = user.uid.to_string();
        command
            .args(["--reuid", &uid, "--regid", &uid, "--groups"])
            .arg(GROUP.1.to_string())
            .args(["sh", "-c", "umask $0; exec \"$@\"", user.umask])
            .arg(self.env.dir().join("desk"))
            .args(args)
            .env_clear()
            .env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin")
            .env("HOME", &home)
            .env("DESK_DB", self.db())
            .env("DESK_AGENT", user.name)
            .env("TZ", "UTC")
            .env(
                "DESK_TEST_NOW",
                format!(
                    "2026-03-02T{:02}:{:02}:00Z",
                    9 + self.minute / 60,
                    self.minute % 60
                ),
            )
            .current_dir(home)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        at_once(&self.env, vec![command]).remove(0)
    }

    /// The files in the shared directory: owner, group and mode.
    fn files(&self) -> Vec<(String, u32, u32, u32)> {
        let entries = fs::read_dir(self.env.dir().join("shared")).unwrap();
        let mut files: Vec<_> = entries
            .map(|entry| {
                let entry = entry.unwrap();
                let about = entry.metadata().unwrap();
                let name = entry.file_name().into_string().unwrap();
                (name, about.uid(), about.gid(), about.mode() & 0o7777)
            })
            .collect();
        files.sort();
        files
    }

    /// Asserts that every file is the group's, with the mode of the store.
    #[track_caller]
    fn all_shared(&self, names: &[&str]) {
        let files = self.files();
        for (name, _, gid, mode) in &files {
            assert_eq!((*gid, *mode), (GROUP.1, 0o660), "{name}");
        }
        let found: Vec<_> = files.iter().map(|file| file.0.as_str()).collect();
        assert_eq!(found, names);
    }
}

/// What both do in a day, in turns.
fn day(machine: &mut Machine) {
    for (user, args) in [
        (
            ANNA,
            &[
                "open",
                "VPN drops",
                "--requester",
                "Mia <mia@example.org>",
                "--channel",
                "phone",
            ][..],
        ),
        (BEN, &["identify", "1", "incident"]),
        (ANNA, &["categorize", "1", "network/vpn"]),
        (
            BEN,
            &[
                "prioritize",
                "1",
                "-u",
                "high",
                "-b",
                "medium",
                "-g",
                "medium",
            ],
        ),
        (BEN, &["take", "1"]),
        (ANNA, &["log", "1", "drops every ten minutes"]),
        (BEN, &["reply", "1", "We are looking into it."]),
        (ANNA, &["search", "drops"]),
        (
            BEN,
            &[
                "resolve",
                "1",
                "new certificate",
                "--tell",
                "Please try again.",
            ],
        ),
        (ANNA, &["confirm", "1", "--by", "Mia"]),
        (BEN, &["close", "1"]),
        (BEN, &["sweep"]),
        (ANNA, &["verify"]),
        (BEN, &["verify"]),
        (BEN, &["reindex"]),
        (ANNA, &["list", "--all"]),
    ] {
        let _ = machine.runs(user, args).ok();
    }
}

#[test]
#[ignore = "not run: two real users, for root with setpriv"]
fn real_users_work_on_one_store_all_day_and_one_restores_it() {
    let mut machine = Machine::new();
    let _ = machine.runs(ANNA, &["init", "--group", GROUP.0]).ok();
    machine.all_shared(&["desk.db", "desk.db-shm", "desk.db-wal"]);
    day(&mut machine);
    let beside = ["desk.db", "desk.db-queue", "desk.db-shm", "desk.db-wal"];
    machine.all_shared(&beside);

    let backup = machine.env.dir().join("ben/backup.db");
    let backup = backup.to_str().unwrap().to_owned();
    let _ = machine.runs(BEN, &["backup", &backup]).ok();
    let about = fs::metadata(&backup).unwrap();
    assert_eq!((about.uid(), about.mode() & 0o777), (BEN.uid, 0o600));
    let _ = machine.runs(ANNA, &["open", "after the backup"]).ok();
    let _ = machine.runs(BEN, &["restore", "--yes", &backup]).ok();
    let restored = machine.files();
    assert_eq!(restored[0], ("desk.db".into(), BEN.uid, GROUP.1, 0o660));
    let kept = ("desk.db.before-restore".into(), ANNA.uid, GROUP.1, 0o660);
    assert!(restored.contains(&kept), "{restored:?}");
    let _ = machine.runs(ANNA, &["doctor"]).ok();
    let _ = machine.runs(ANNA, &["reopen", "1", "again"]).ok();
    let _ = machine.runs(BEN, &["log", "1", "and again"]).ok();
    for user in [ANNA, BEN] {
        let listed = machine.runs(user, &["list", "--all", "--ids"]).ok();
        assert_eq!(listed.stdout, "1\n");
        let _ = machine.runs(user, &["verify"]).ok();
    }
}

#[test]
#[ignore = "not run: two real users, for root with setpriv"]
fn real_users_cannot_act_as_each_other_where_the_policy_gives_logins() {
    let mut machine = Machine::new();
    let _ = machine.runs(ANNA, &["init", "--group", GROUP.0]).ok();
    let _ = machine
        .runs(BEN, &["--as", "anna", "open", "before there is a policy"])
        .ok();
    let policy = format!(
        "[agents]\nanna = {{ login = \"{}\" }}\nben = \"L2\"\n",
        ANNA.uid
    );
    let path = machine.env.dir().join("policy.toml");
    fs::write(&path, policy).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let _ = machine
        .runs(ANNA, &["policy", "set", path.to_str().unwrap()])
        .ok();
    let refused = machine
        .runs(BEN, &["--as", "anna", "log", "1", "not me"])
        .code(1);
    let expected = format!(
        "only the user '{}' may act as anna; you are '{}' (uid {})",
        ANNA.uid, BEN.uid, BEN.uid
    );
    assert!(refused.stderr.contains(&expected), "{refused}");
    let _ = machine.runs(ANNA, &["log", "1", "it is me"]).ok();
    let page = machine.runs(BEN, &["show", "1"]).ok();
    let first = page
        .stdout
        .lines()
        .find(|line| line.contains("opened (login"))
        .unwrap();
    assert!(first.contains(&format!("{}@", BEN.uid)), "{page}");
}

#[test]
#[ignore = "not run: two real users, for root with setpriv"]
fn real_users_share_a_store_that_one_of_them_migrated() {
    let mut machine = Machine::new();
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/store-0.1.db");
    fs::copy(old, machine.db()).unwrap();
    chown(machine.db(), Some(ANNA.uid), Some(GROUP.1)).unwrap();
    fs::set_permissions(machine.db(), fs::Permissions::from_mode(0o660)).unwrap();
    machine.minute = 600;
    let _ = machine.runs(BEN, &["list"]).ok();
    let names: Vec<String> = machine.files().into_iter().map(|file| file.0).collect();
    let copy = names.iter().find(|name| name.contains(".before-schema-"));
    assert!(copy.is_some(), "{names:?}");
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    machine.all_shared(&names);
    for user in [ANNA, BEN] {
        let _ = machine.runs(user, &["open", "after the migration"]).ok();
        let _ = machine.runs(user, &["verify"]).ok();
    }
}

#[test]
#[ignore = "not run: two real users, for root with setpriv"]
fn real_users_keep_a_store_that_root_restores() {
    let mut machine = Machine::new();
    let _ = machine.runs(ANNA, &["init", "--group", GROUP.0]).ok();
    let _ = machine.runs(ANNA, &["open", "VPN"]).ok();
    let backup = machine.env.dir().join("root.db");
    let root = |args: &[&str]| {
        let mut command = machine.env.command(args);
        command.env("DESK_DB", machine.db());
        at_once(&machine.env, vec![command]).remove(0)
    };
    let _ = root(&["backup", backup.to_str().unwrap()]).ok();
    let _ = root(&["restore", "--yes", backup.to_str().unwrap()]).ok();
    let _ = root(&["list"]).ok();
    for (name, uid, gid, mode) in machine.files() {
        assert_eq!((uid, gid, mode), (ANNA.uid, GROUP.1, 0o660), "{name}");
    }
    let _ = machine.runs(BEN, &["log", "1", "still here"]).ok();
    let _ = machine.runs(ANNA, &["verify"]).ok();
}

#[test]
#[ignore = "not run: two real users, for root with setpriv"]
fn real_users_are_refused_by_a_store_without_a_group() {
    let mut machine = Machine::new();
    let _ = machine.runs(ANNA, &["init"]).ok();
    let _ = machine.runs(ANNA, &["open", "mine"]).ok();
    for args in [&["list"][..], &["open", "ours"], &["verify"]] {
        let refused = machine.runs(BEN, args).code(5);
        assert!(refused.stderr.contains("Permission denied"), "{refused}");
    }
    let said = machine.runs(BEN, &["doctor"]).code(5);
    for text in ["cannot be read", "belongs to another user"] {
        assert!(said.stdout.contains(text), "{said}");
    }
    let _ = machine.runs(ANNA, &["list"]).ok();
    let _ = machine.runs(ANNA, &["doctor"]).ok();
}

#[test]
#[ignore = "not run: two real users, for root with setpriv"]
fn real_users_must_be_members_of_the_group() {
    let mut machine = Machine::new();
    assert_snapshot!(machine.runs(ANNA, &["init", "--group", OTHER_GROUP]), @"
    ------- stderr -------
    desk: you are not a member of the group 'games'; nothing was created
      hint: let root add you with: gpasswd -a USER games; then log in again, or use a group that id -Gn lists
    [exit 2]
    ");
    let place = machine.env.dir().join("shared");
    fs::set_permissions(&place, fs::Permissions::from_mode(0o770)).unwrap();
    assert_snapshot!(machine.runs(ANNA, &["init", "--group", GROUP.0]), @"
    ------- stderr -------
    desk: DIR/shared cannot hold a store for the group 'users': it does not pass its group on to new files (set-group-ID bit)
      hint: chgrp users DIR/shared && chmod 2770 DIR/shared
    [exit 2]
    ");
    assert_eq!(machine.files(), []);
}

#[test]
fn a_group_that_does_not_exist_is_refused() {
    let mut env = Env::bare_file("files of several users");
    assert_snapshot!(env.says("
        desk init --group user
        desk init --group no-such-group-at-all
        desk init --group
    "), @"
    $ desk init --group user
    ! desk: there is no group 'user'
    !   hint: did you mean 'users'?
    [exit 2]

    $ desk init --group no-such-group-at-all
    ! desk: there is no group 'no-such-group-at-all'
    !   hint: let root create it with: groupadd no-such-group-at-all
    [exit 2]

    $ desk init --group
    ! desk: '--group <NAME>' needs a value
    !   hint: give it, as in: --group NAME
    [exit 2]
    ");
    assert!(!env.has_store());
}
