//! Copies of the store: `desk backup`.

use std::fs;

use insta::assert_snapshot;

use crate::concurrency::dump;
use crate::env::Env;
use crate::full_disk::{stocked, unharmed};

#[test]
fn a_backup_needs_an_existing_directory() {
    let mut env = Env::new();
    env.does("desk open VPN");
    let output = env.run(&["backup", "nowhere/copy.db"]).code(5);
    assert!(
        output
            .stderr
            .starts_with("desk: DIR/nowhere cannot be written to: ")
    );
}

#[test]
fn backup_refuses_invalid_arguments() {
    let mut env = Env::new();
    env.does("desk open VPN");
    fs::write(env.dir().join("notes.txt"), "no store at all").unwrap();
    fs::write(env.dir().join("empty.db"), "").unwrap();
    assert_snapshot!(env.says(
        "
        desk backup
        desk backup copy.db --compress
        "
    ), @"
    $ desk backup
    ! desk: missing <FILE>
    !   hint: usage: desk backup <FILE>
    [exit 2]

    $ desk backup copy.db --compress
    ! desk: unexpected argument '--compress'
    !   hint: usage: desk backup <FILE>
    [exit 2]
    ");
}

#[test]
fn a_backup_never_overwrites() {
    let (mut env, content) = stocked();
    let _ = env.run(&["backup", "copy.db"]).ok();
    let copy = fs::read(env.dir().join("copy.db")).unwrap();
    let said = env.run(&["backup", "copy.db"]).code(2);
    insta::assert_snapshot!(said.stderr, @"
    desk: DIR/copy.db already exists
      hint: give a path that does not exist yet
    ");
    assert!(fs::read(env.dir().join("copy.db")).unwrap() == copy);
    let _ = env.run(&["backup", "desk.db"]).code(2);
    assert_eq!(dump(&env.dir().join("copy.db")).unwrap(), content);
    unharmed(env, &content);
}
