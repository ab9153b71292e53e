//! Moving and copying the store: `desk store`.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Instant;

use insta::assert_snapshot;

use crate::env::Env;
use crate::full_disk::staged;
use crate::postgres_server::{self, Database};

mod watch;

/// A file store with tickets, mail that waits, and an erasure.
fn desk() -> Env {
    let mut env = Env::file("the test moves a file");
    env.ready().does(
        r#"
        desk open "Fax" --requester "Tom <tom@example.org>" --channel email
        desk reply 1 "on it"
        desk open "Disk full" --key disk-1
        desk open "Disk full again" --key disk-1
        "#,
    );
    fs::write(env.dir().join("log.txt"), "x".repeat(300_000)).unwrap();
    let _ = env
        .run(&["log", "1", "see the file", "--attach", "log.txt"])
        .ok();
    let erased = [
        "person",
        "erase",
        "tom@example.org",
        "--reason",
        "asked",
        "--yes",
    ];
    let _ = env.run(&erased).ok();
    env
}

/// An empty database, where PostgreSQL is on the machine.
fn database() -> Option<Database<'static>> {
    Some(postgres_server::shared().ok()?.database(None))
}

/// What a store says of itself: its export, and the list with everything closed.
fn says(env: &mut Env, db: &str) -> Vec<String> {
    let mut said = Vec::new();
    for args in [
        &["export"][..],
        &["list", "--all", "--json"],
        &["search", "fax", "--json"],
        &["outbox", "--all", "--json"],
        &["verify"],
    ] {
        env.at("2026-03-05T09:00:00Z");
        let output = env.run(&[&["--db", db], args].concat()).ok();
        // Where the store is does not matter.
        let said_so = output.stdout.split_once(": ✓ ");
        let said_so = said_so.map(|(_, rest)| rest.to_owned());
        said.push(said_so.unwrap_or(output.stdout));
    }
    said
}

#[test]
fn a_store_moves_to_another_file() {
    let mut env = Env::file("the test moves a file");
    env.does("desk open VPN --requester Mia");
    let said = env.run(&["store", "copy", "--to", "new/desk.db"]).ok();
    let lines: Vec<&str> = said.stdout.lines().collect();
    assert!(
        lines[0].starts_with("copied to DIR/new/desk.db: "),
        "{said}"
    );
    assert!(lines[0].ends_with(", 1 ticket, verified"), "{said}");
    assert_eq!(
        lines[2],
        "  DIR/desk.db was moved: it can be read, and refuses changes"
    );
    assert_snapshot!(env.run(&["open", "Fax"]).code(5).stderr, @"
    desk: the store was moved to DIR/new/desk.db; nothing was written here
      hint: use it there, with --db DIR/new/desk.db or DESK_DB
    ");
    let list = env.run(&["list"]).ok();
    assert!(list.stdout.contains("VPN"), "{list}");
    assert_snapshot!(list.stderr, @"
    desk: warning: DIR/desk.db was moved to DIR/new/desk.db; this is what it was then
      hint: use it there, with --db or DESK_DB
    ");
    let there = env.run(&["--db", "new/desk.db", "open", "Fax"]).ok();
    assert!(there.stdout.starts_with("#2 "), "{there}");
    assert_eq!(there.stderr, "");
    let _ = env.run(&["--db", "new/desk.db", "verify"]).ok();
    assert_snapshot!(env.run(&["store", "copy", "--to", "other.db"]).code(5).stderr, @"
    desk: the store was moved to DIR/new/desk.db; nothing was copied
      hint: copy that one, with --db DIR/new/desk.db; or this one as it was then, with: desk store copy --force
    ");
    let _ = env
        .run(&["store", "copy", "--force", "--to", "other.db"])
        .ok();
    let again = env.run(&["--db", "other.db", "open", "Fax"]).ok();
    assert!(again.stdout.starts_with("#2 "), "{again}");
    // A backup would bring it back to life.
    let _ = env.run(&["--db", "other.db", "backup", "copy.db"]).ok();
    let refused = env.run(&["restore", "--yes", "copy.db"]).code(5);
    assert!(
        refused.stderr.contains("was moved to DIR/other.db"),
        "{refused}"
    );
}

#[test]
fn a_copy_beside_the_store_says_what_it_is() {
    let mut env = Env::file("the test copies a file");
    env.does("desk open VPN --requester Mia");
    let said = env
        .run(&["store", "copy", "--keep", "--to", "trial.db"])
        .ok();
    let id = env
        .rows("SELECT value FROM meta WHERE name = 'store'")
        .remove(0)
        .remove(0);
    let beside = format!(
        "  DIR/desk.db goes on; both have the id {id}, and changes of one do not reach the other\n  \
         the copy holds its mail\n"
    );
    assert!(said.stdout.ends_with(&beside), "{said}");
    for db in ["trial.db", "desk.db"] {
        let _ = env.run(&["--db", db, "log", "1", "tried"]).ok();
        let _ = env.run(&["--db", db, "verify"]).ok();
    }
    let _ = env
        .run(&["store", "copy", "--keep", "--to", "trial.db"])
        .code(2);
    let _ = env.run(&["store", "copy"]).code(2);
}

#[test]
fn a_desk_says_the_same_in_a_database_and_back_in_a_file() {
    let Some(database) = database() else { return };
    let mut env = desk();
    let path = env.db().display().to_string();
    let before = says(&mut env, &path);
    let url = database.url();
    let said = env.run(&["store", "copy", "--to", &url, "--json"]).ok();
    let said: serde_json::Value = serde_json::from_str(&said.stdout).unwrap();
    assert_eq!(
        (&said["done"], &said["moved"]),
        (&"copied".into(), &true.into())
    );
    assert_eq!(says(&mut env, &url), before);
    let _ = env
        .run(&["--db", &url, "store", "copy", "--to", "back.db"])
        .ok();
    let back = env.dir().join("back.db").display().to_string();
    assert_eq!(says(&mut env, &back), before);
    // Both of the others say where it went.
    let refused = env.run(&["open", "x"]).code(5);
    assert!(refused.stderr.contains(&database.name), "{refused}");
    let refused = env.run(&["--db", &url, "open", "x"]).code(5);
    assert!(refused.stderr.contains("back.db"), "{refused}");
    let read = env.run(&["--db", &url, "list"]).ok();
    assert!(read.stderr.contains("back.db"), "{read}");
}

#[test]
fn no_password_is_shown_or_kept() {
    let Some(database) = database() else { return };
    let mut env = desk();
    let url = database.url().replace("desk@", "desk:secret@");
    let said = env.run(&["store", "copy", "--to", &url]).code(2);
    assert!(!said.stderr.contains("secret"), "{said}");
    // From the environment it is not shown, and not kept.
    let mut command = env.command(&["store", "copy", "--to", "moved.db"]);
    let _ = env.run(&["store", "copy", "--to", &database.url()]).ok();
    command.env("DESK_DB", &url);
    let said = [
        env.finish(command, None).ok(),
        env.run(&["--db", &database.url(), "open", "x"]).code(5),
        env.run(&["open", "x"]).code(5),
    ];
    for said in said {
        assert!(!said.to_string().contains("secret"), "{said}");
    }
    for file in [env.db(), env.dir().join("moved.db")] {
        let kept = fs::read(file).unwrap();
        assert!(!kept.windows(6).any(|six| six == b"secret"));
    }
}

#[test]
fn a_backup_of_a_database_is_a_file_that_fills_an_empty_database() {
    let (Some(one), Some(two)) = (database(), database()) else {
        return;
    };
    let mut env = desk();
    let (one, two) = (one.url(), two.url());
    let _ = env.run(&["store", "copy", "--to", &one]).ok();
    let before = says(&mut env, &one);
    let _ = env.run(&["--db", &one, "backup", "copy.db"]).ok();
    let _ = env.run(&["--db", &one, "backup", "copy.db"]).code(2);
    let copy = env.dir().join("copy.db").display().to_string();
    assert_eq!(says(&mut env, &copy), before);
    let _ = env.run(&["--db", &two, "restore", "copy.db"]).ok();
    assert_eq!(says(&mut env, &two), before);
    let _ = env.run(&["--db", &two, "open", "later"]).ok();
    let said = env
        .run(&["--db", &two, "restore", "--yes", "copy.db"])
        .code(2);
    assert!(
        said.stderr
            .contains("a backup fills an empty database only"),
        "{said}"
    );
    // The file is what it was, and takes the place of a file too.
    assert_eq!(says(&mut env, &copy), before);
    let _ = env.run(&["--db", "third.db", "restore", "copy.db"]).ok();
}

#[test]
fn a_foreign_database_and_a_file_that_is_there_are_left_alone() {
    let mut env = desk();
    fs::write(env.dir().join("notes.txt"), "no store").unwrap();
    let said = env.run(&["store", "copy", "--to", "notes.txt"]).code(2);
    assert!(said.stderr.contains("already exists"), "{said}");
    assert_eq!(fs::read(env.dir().join("notes.txt")).unwrap(), b"no store");
    if let Some(database) = database() {
        database.sql("CREATE TABLE theirs (x BIGINT)");
        let said = env.run(&["store", "copy", "--to", &database.url()]).code(5);
        assert!(said.stderr.contains("not a desk store"), "{said}");
        assert_eq!(database.sql("SELECT count(*) FROM theirs"), "0\n");
    }
    let _ = env.run(&["open", "later"]).ok();
}

/// A store that takes a while to copy.
fn large() -> Env {
    let mut env = desk();
    for n in 0..3_u8 {
        fs::write(env.dir().join("large"), vec![n; 20_000_000]).unwrap();
        let _ = env.run(&["log", "1", "large", "--attach", "large"]).ok();
    }
    env
}

fn started(env: &Env, to: &str) -> Child {
    env.command(&["store", "copy", "--to", to]).spawn().unwrap()
}

/// The temporary files of copies.
fn unnamed(env: &Env) -> usize {
    let names = fs::read_dir(env.dir()).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names
        .filter(|name| name.starts_with(".desk-") && name.ends_with(".new"))
        .count()
}

#[test]
fn a_copy_that_is_killed_leaves_the_store_as_it_was() {
    let database = database();
    let targets = [
        Some("new.db".to_owned()),
        database.as_ref().map(Database::url),
    ];
    for target in targets.into_iter().flatten() {
        // The control, which is not killed.
        let env = large();
        let began = Instant::now();
        assert!(started(&env, &target).wait().unwrap().success());
        let whole = began.elapsed();
        if let Some(database) = database.as_ref().filter(|_| target != "new.db") {
            database.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION desk");
        }
        let (mut kills, mut is_moved) = (0, false);
        let mut env = large();
        let path = env.db().display().to_string();
        let before = says(&mut env, &path);
        for step in 1..8 {
            let mut copying = started(&env, &target);
            sleep(whole * step / 8);
            let has_ended = copying.try_wait().unwrap().is_some();
            copying.kill().unwrap();
            copying.wait().unwrap();
            if has_ended {
                is_moved = true;
                break;
            }
            kills += 1;
            let here = says(&mut env, &path);
            if here.iter().any(|said| said.is_empty()) || here != before {
                panic!("killed after {step}/8: {here:?}");
            }
            let there = env.run(&["--db", &target, "list"]);
            if env.run(&["list"]).stderr.contains("was moved to") {
                // All is copied. If the copy still says that it is unfinished, the same
                // command takes that away; nothing is written here in between.
                let refused = env.run(&["open", "later"]).code(5);
                assert!(refused.stderr.contains("was moved to"), "{step}/8: {there}");
                if there.code != Some(0) {
                    let _ = there.code(5);
                    assert!(started(&env, &target).wait().unwrap().success());
                }
                is_moved = true;
                break;
            }
            // What is there is no store, or says that it is unfinished.
            assert!(
                [Some(2), Some(5)].contains(&there.code),
                "{step}/8: {there}"
            );
        }
        // How many depends on what else the machine does.
        assert!(kills > 0);
        if target == "new.db" && !is_moved {
            assert!(unnamed(&env) > 0);
            let _ = env.run(&["doctor", "--clean", "--yes"]);
            assert_eq!(unnamed(&env), 0);
        }
        if !is_moved {
            let _ = env.run(&["open", "later"]).ok();
            assert!(started(&env, &target).wait().unwrap().success());
            let _ = env.run(&["--db", &target, "show", "4"]).ok();
        }
        let _ = env.run(&["--db", &target, "verify"]).ok();
    }
}

#[test]
fn of_two_copies_at_once_one_moves_the_store() {
    let database = database();
    let env = large();
    let other = database.as_ref().map_or("two.db".to_owned(), Database::url);
    let copies = [started(&env, "one.db"), started(&env, &other)];
    let codes = copies.map(|copy| copy.wait_with_output().unwrap());
    let won: Vec<bool> = codes.iter().map(|output| output.status.success()).collect();
    assert_ne!(won[0], won[1], "{codes:?}");
    let lost = codes
        .iter()
        .find(|output| !output.status.success())
        .unwrap();
    assert_eq!(lost.status.code(), Some(5), "{lost:?}");
    assert!(
        String::from_utf8_lossy(&lost.stderr).contains("was moved to"),
        "{lost:?}"
    );
}

#[test]
fn what_is_written_during_a_copy_is_in_it_or_refused() {
    let mut env = large();
    let mut copying = started(&env, "new.db");
    let mut written = Vec::new();
    let mut refused = 0;
    while copying.try_wait().unwrap().is_none() {
        let said = env.run(&["open", "meanwhile", "--format", "ids"]);
        match said.code {
            Some(0) => written.push(said.stdout.trim().to_owned()),
            Some(4 | 5) => refused += 1,
            _ => panic!("{said}"),
        }
    }
    assert!(copying.wait().unwrap().success());
    let _ = env.run(&["open", "afterwards"]).code(5);
    assert!(refused > 0 || !written.is_empty());
    for id in written {
        let _ = env.run(&["--db", "new.db", "show", &id]).ok();
    }
    let _ = env.run(&["--db", "new.db", "verify"]).ok();
}

#[test]
fn a_full_disk_at_the_target_changes_nothing() {
    for blocks in [10, 400, 20_000] {
        let mut env = large();
        let stage = format!("trap '' XFSZ; ulimit -f {blocks};");
        let said = staged(&env, &stage, &["store", "copy", "--to", "new.db"]).code(5);
        assert_eq!(said.stdout, "");
        assert!(!env.dir().join("new.db").exists());
        assert_eq!(unnamed(&env), 0);
        let _ = env.run(&["open", "later"]).ok();
        let _ = env.run(&["store", "copy", "--to", "new.db"]).ok();
    }
}

/// The programs of the server, for what the harness does not offer.
fn server_program(name: &str) -> Option<std::path::PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?.flatten();
    let paths = versions.map(|version| version.path().join("bin").join(name));
    paths.filter(|path| path.is_file()).max()
}

fn quiet(mut command: Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().unwrap().success()
}

fn control_server(folder: &Path, args: &[&str]) {
    let mut pg_ctl = postgres_server::as_ordinary_user(&server_program("pg_ctl").unwrap());
    pg_ctl
        .arg("-D")
        .arg(folder.join("data"))
        .args(args)
        .current_dir("/");
    assert!(quiet(pg_ctl));
}
