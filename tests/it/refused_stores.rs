//! Files that desk must not touch, and places where it cannot write: each is
//! refused with a message, and nothing changes.

use std::collections::BTreeMap;
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use rusqlite::Connection;

use crate::concurrency::at_once;
use crate::env::{Env, Output};

/// Every file of a directory with its bytes.
fn world(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let about = fs::symlink_metadata(&path).unwrap();
        if about.is_dir() {
            all.extend(world(&path));
            all.insert(path, b"a directory".to_vec());
        } else if about.is_file() {
            let bytes = fs::read(&path).unwrap();
            all.insert(path, bytes);
        } else {
            all.insert(path, b"no file".to_vec());
        }
    }
    all
}

/// The output of writing, reading, verifying and copying this store. None of
/// them may change a file.
fn refusals(env: &Env, change: impl Fn(&mut Command)) -> Vec<Output> {
    let before = world(env.dir());
    let mut said = Vec::new();
    for args in [
        &["open", "a word"][..],
        &["list"],
        &["verify"],
        &["backup", "copy.db"],
    ] {
        let mut command = env.command(args);
        change(&mut command);
        said.extend(at_once(env, vec![command]));
        assert!(world(env.dir()) == before, "{args:?} changed something");
    }
    said
}

/// Asserts that all of them have the same output.
#[track_caller]
fn unanimous(said: &[Output], code: i32) -> String {
    for one in said {
        assert_eq!((one.code, one.stdout.as_str()), (Some(code), ""), "{one}");
        assert_eq!(one.stderr, said[0].stderr);
    }
    said[0].stderr.clone()
}

#[track_caller]
fn refused(env: &Env, code: i32) -> String {
    unanimous(&refusals(env, |_| ()), code)
}

#[test]
fn a_sound_store_is_accepted_and_a_change_to_it_is_detected() {
    let mut env = Env::file("what is refused as a file");
    let before = world(env.dir());
    let _ = env.run(&["open", "a word"]).ok();
    assert!(world(env.dir()) != before);
    let _ = env.run(&["verify"]).ok();
}

#[test]
fn a_missing_store_is_not_created_when_its_path_was_given() {
    let env = Env::bare_file("what is refused as a file");
    insta::assert_snapshot!(refused(&env, 2), @"
    desk: there is no store at DIR/desk.db
      hint: create it with: desk init --db DIR/desk.db
    ");
}

#[test]
fn an_empty_file_is_refused() {
    let env = Env::bare_file("what is refused as a file");
    File::create(env.db()).unwrap();
    insta::assert_snapshot!(refused(&env, 5), @"
    desk: DIR/desk.db is an empty file, not a store; it was not changed
      hint: remove it, then: desk init --db DIR/desk.db
    ");
}

#[test]
fn a_foreign_file_is_refused() {
    let env = Env::bare_file("what is refused as a file");
    for bytes in [
        &b"Dear diary, nothing happened today.\n"[..],
        &[0; 5000],
        b"S",
    ] {
        fs::write(env.db(), bytes).unwrap();
        insta::allow_duplicates! {
            insta::assert_snapshot!(refused(&env, 5), @"
            desk: DIR/desk.db is not a desk store; it was not changed
              hint: give the path of a desk store with --db
            ");
        }
    }
    fs::remove_file(env.db()).unwrap();
    let conn = Connection::open(env.db()).unwrap();
    conn.execute_batch("CREATE TABLE song (title TEXT); INSERT INTO song VALUES ('la');")
        .unwrap();
    conn.close().unwrap();
    assert!(refused(&env, 5).starts_with("desk: DIR/desk.db is not a desk store"));
}

#[test]
fn a_store_of_a_newer_desk_is_left_alone() {
    let env = Env::file("what is refused as a file");
    let conn = Connection::open(env.db()).unwrap();
    conn.pragma_update(None, "user_version", 99).unwrap();
    conn.close().unwrap();
    insta::assert_snapshot!(refused(&env, 5), @"
    desk: DIR/desk.db was written by a newer version of desk (schema 99; this version knows 24)
      hint: install that version of desk, or a later one
    ");
}

#[test]
fn a_store_with_two_names_is_left_alone() {
    let env = Env::file("what is refused as a file");
    let other = env.dir().join("other.db");
    fs::hard_link(env.db(), &other).unwrap();
    insta::assert_snapshot!(refused(&env, 5), @"
    desk: DIR/desk.db has a second name (hard link): two names would have two logs and damage the store
      hint: remove the other name; use a symbolic link instead
    ");
    fs::remove_file(other).unwrap();
    let _ = at_once(&env, vec![env.command(&["open", "alone"])])
        .remove(0)
        .ok();
}

#[test]
fn a_url_of_postgresql_is_refused_without_its_password() {
    let env = Env::file("what is refused as a file");
    let url = "postgres://anna:secret@127.0.0.1:1/desk?sslmode=disable";
    let said = refusals(&env, |command| {
        command.env("DESK_DB", url);
    });
    #[cfg(feature = "postgres")]
    insta::assert_snapshot!(unanimous(&said, 5), @"
    desk: postgres://anna@127.0.0.1:1/desk?sslmode=disable cannot be reached: Connection refused (os error 111)
      hint: check the host and the port, and that the server runs
    ");
    #[cfg(not(feature = "postgres"))]
    insta::assert_snapshot!(unanimous(&said, 2), @"
    desk: this build of desk has no PostgreSQL store, so it cannot open postgres://anna@127.0.0.1:1/desk?sslmode=disable
      hint: build one that has, in a checkout of desk: cargo install --locked --path .
    ");
}

#[test]
fn a_uri_is_refused() {
    let env = Env::file("what is refused as a file");
    let uri = format!("file:{}?mode=memory", env.db().display());
    let said = refusals(&env, |command| {
        command.env("DESK_DB", &uri);
    });
    insta::assert_snapshot!(unanimous(&said, 2), @"
    desk: 'file:DIR/desk.db?mode=memory' is a URI; the store must be a plain path
      hint: give the path alone, without file: and parameters
    ");
}

#[test]
fn a_directory_is_refused() {
    let env = Env::bare_file("what is refused as a file");
    fs::create_dir(env.db()).unwrap();
    insta::assert_snapshot!(refused(&env, 5), @"
    desk: DIR/desk.db cannot be opened: it is a directory
      hint: check the owner and the permissions of the file and its directory, which must be writable
    ");
}

#[test]
fn a_pipe_is_refused_without_waiting() {
    let env = Env::bare_file("what is refused as a file");
    let made = Command::new("mkfifo").arg(env.db()).status().unwrap();
    assert!(made.success());
    insta::assert_snapshot!(refused(&env, 5), @"
    desk: DIR/desk.db cannot be opened: it is not a file
      hint: check the owner and the permissions of the file and its directory, which must be writable
    ");
}

#[test]
fn a_symbolic_link_is_followed_and_a_dangling_one_is_reported() {
    let mut env = Env::file("what is refused as a file");
    let _ = env.run(&["open", "behind the link"]).ok();
    let link = env.dir().join("link.db");
    symlink(env.db(), &link).unwrap();
    let through = |env: &Env, args: &[&str]| {
        let mut command = env.command(args);
        command.env("DESK_DB", &link);
        at_once(env, vec![command]).remove(0).ok()
    };
    let _ = through(&env, &["open", "through the link"]);
    assert_eq!(through(&env, &["list", "--count"]).stdout, "2\n");
    // One store has one log, whichever way it is reached.
    assert!(!env.dir().join("link.db-wal").exists());
    assert_eq!(env.run(&["list", "--count"]).ok().stdout, "2\n");

    let env = Env::bare_file("what is refused as a file");
    symlink(env.dir().join("nowhere.db"), env.db()).unwrap();
    insta::assert_snapshot!(refused(&env, 5), @"
    desk: DIR/desk.db cannot be opened: it is a symbolic link to nothing
      hint: check the owner and the permissions of the file and its directory, which must be writable
    ");
}

#[test]
fn a_network_file_system_is_refused() {
    let env = Env::file("what is refused as a file");
    let nfs = |command: &mut Command| {
        command.env("DESK_TEST_FS_MAGIC", 0x6969.to_string());
    };
    insta::assert_snapshot!(unanimous(&refusals(&env, nfs), 5), @"
    desk: DIR/desk.db is on a network file system (NFS), where SQLite cannot lock safely
      hint: keep the store on a local disk
    ");
    let env = Env::bare_file("what is refused as a file");
    let before = world(env.dir());
    let mut init = env.command(&["init"]);
    nfs(&mut init);
    let _ = at_once(&env, vec![init]).remove(0).code(5);
    assert!(world(env.dir()) == before);
}

#[test]
fn with_almost_no_free_space_writing_is_refused_and_reading_is_not() {
    let mut env = Env::file("what is refused as a file");
    let _ = env.run(&["open", "with room"]).ok();
    let run = |env: &Env, free: i64, args: &[&str]| {
        let mut command = env.command(args);
        command.env("DESK_TEST_FREE_BYTES", (free * 1024 * 1024).to_string());
        at_once(env, vec![command]).remove(0)
    };
    let before = world(env.dir());
    let refused = run(&env, 15, &["open", "no room"]).code(5);
    insta::assert_snapshot!(refused.stderr, @"
    desk: only 15 MiB are free at DIR; nothing was written
      hint: free some space, then try again
    ");
    assert!(world(env.dir()) == before);
    assert_eq!(run(&env, 15, &["list", "--count"]).ok().stdout, "1\n");
    let _ = run(&env, 17, &["open", "room again"]).ok();
}

/// Hands the directory to a user who is subject to file modes, and runs
/// commands as that user.
fn as_nobody(env: &Env, commands: Vec<Command>) -> Vec<Output> {
    const NOBODY: u32 = 65_534;
    let owner = fs::metadata(env.dir()).unwrap().uid();
    let commands = commands.into_iter().map(|mut command| {
        if owner == 0 {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    });
    if owner == 0 {
        for path in world(env.dir()).keys() {
            chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }
    let modes = fs::metadata(env.dir()).unwrap().permissions();
    if owner == 0 {
        // Only the directory's mode for others counts for a stranger.
        let mode = modes.mode() & 0o700;
        fs::set_permissions(env.dir(), Permissions::from_mode(mode | mode >> 6)).unwrap();
    }
    let said = at_once(env, commands.collect());
    fs::set_permissions(env.dir(), modes).unwrap();
    said
}

#[test]
fn a_read_only_file_is_reported_before_anything_is_written() {
    let env = Env::file("what is refused as a file");
    fs::set_permissions(env.db(), Permissions::from_mode(0o400)).unwrap();
    let before = world(env.dir());
    let said = as_nobody(&env, vec![env.command(&["open", "a word"])]).remove(0);
    insta::assert_snapshot!(said.code(5).stderr, @"
    desk: DIR/desk.db cannot be written: Permission denied (os error 13)
      hint: check the owner and the permissions of the file and its directory, which must be writable
    ");
    assert!(world(env.dir()) == before);
    fs::set_permissions(env.db(), Permissions::from_mode(0o000)).unwrap();
    let said = as_nobody(&env, vec![env.command(&["list"])]).remove(0);
    insta::assert_snapshot!(said.code(5).stderr, @"
    desk: DIR/desk.db cannot be read: Permission denied (os error 13)
      hint: check the owner and the permissions of the file and its directory, which must be writable
    ");
    // The same user succeeds where the modes allow it.
    fs::set_permissions(env.db(), Permissions::from_mode(0o600)).unwrap();
    fs::set_permissions(env.dir(), Permissions::from_mode(0o777)).unwrap();
    let said = as_nobody(&env, vec![env.command(&["list", "--count"])]).remove(0);
    assert_eq!(said.ok().stdout, "0\n");
}

#[test]
fn a_read_only_directory_is_reported_before_anything_is_written() {
    let env = Env::file("what is refused as a file");
    fs::set_permissions(env.dir(), Permissions::from_mode(0o500)).unwrap();
    let before = world(env.dir());
    let said = as_nobody(&env, vec![env.command(&["open", "a word"])]).remove(0);
    insta::assert_snapshot!(said.code(5).stderr, @"
    desk: DIR cannot be written: Permission denied (os error 13)
      hint: check the owner and the permissions of the file and its directory, which must be writable
    ");
    let other = env.dir().join("new.db");
    let mut init = env.command(&["init"]);
    init.env("DESK_DB", other);
    let said = as_nobody(&env, vec![init]).remove(0).code(5);
    assert!(said.stderr.contains("cannot be"), "{said}");
    assert!(world(env.dir()) == before);
    fs::set_permissions(env.dir(), Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn an_older_read_only_store_is_reported_before_anything_is_written() {
    let env = Env::bare_file("what is refused as a file");
    let old = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/store-0.2.db");
    fs::copy(old, env.db()).unwrap();
    for (file, directory) in [(0o400, 0o700), (0o600, 0o500)] {
        fs::set_permissions(env.db(), Permissions::from_mode(file)).unwrap();
        fs::set_permissions(env.dir(), Permissions::from_mode(directory)).unwrap();
        let before = world(env.dir());
        for command in [&["search", "vpn"][..], &["similar", "1"], &["list"]] {
            let said = as_nobody(&env, vec![env.command(command)]).remove(0);
            insta::allow_duplicates! {
                insta::assert_snapshot!(said.code(5).stderr, @"
                desk: DIR/desk.db cannot be read: an older version of desk wrote it, and reading migrates it
                  hint: check the owner and the permissions of the file and its directory, which must be writable
                ");
            }
        }
        assert!(world(env.dir()) == before);
        fs::set_permissions(env.dir(), Permissions::from_mode(0o700)).unwrap();
    }
}
