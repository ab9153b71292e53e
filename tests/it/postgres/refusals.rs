//! What cannot be opened is refused in one line, with the right exit code, and
//! left as it is.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;
use tempfile::TempDir;

use super::{desk, own_server, server};
use crate::env::Env;

/// A reading and a writing command.
const BOTH: [&[&str]; 2] = [&["list"], &["open", "VPN"]];

#[test]
fn a_password_that_is_wrong_or_missing_is_said() {
    let place = TempDir::new().unwrap();
    fs::set_permissions(place.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let rules = place.path().join("rules");
    fs::write(
        &rules,
        "local all postgres trust\nlocal all all scram-sha-256\n",
    )
    .unwrap();
    fs::set_permissions(&rules, fs::Permissions::from_mode(0o644)).unwrap();
    let rules = format!("hba_file = '{}'", rules.display());
    // The login is made before the password is asked for.
    let Some(server) = own_server(&[&rules]) else {
        return;
    };
    server.sql("postgres", "ALTER ROLE desk PASSWORD 'right'");
    let database = server.database(None);
    let mut env = Env::at_url(database.url());
    assert_snapshot!(env.says("desk init"), @"
    $ desk init
    ! desk: DIR/desk.db does not let you in: it asks for a password
    !   hint: keep the password in ~/.pgpass as HOST:PORT:DATABASE:USER:PASSWORD
    [exit 5]
    ");

    let passwords = env.dir().join(".pgpass");
    let keep = |password: &str, mode: u32| {
        fs::write(&passwords, format!("*:*:*:desk:{password}\n")).unwrap();
        fs::set_permissions(&passwords, fs::Permissions::from_mode(mode)).unwrap();
    };
    keep("right", 0o600);
    env.does("desk init\ndesk open VPN");
    keep("wrong", 0o600);
    for args in BOTH {
        let said = env.run(args).code(5);
        assert_eq!(said.stdout, "");
        insta::allow_duplicates! { assert_snapshot!(said.stderr, @r#"
        desk: DIR/desk.db does not let you in: password authentication failed for user "desk"
          hint: check the user, and the password in DIR/.pgpass
        "#); }
    }
    // Others could read it, so it is not used.
    keep("right", 0o644);
    assert_snapshot!(env.run(&["list"]).code(5).stderr, @"
    desk: DIR/desk.db does not let you in: it asks for a password
      hint: others can read the passwords, so that they are not used; chmod 600 DIR/.pgpass
    ");
    keep("right", 0o600);
    assert_eq!(env.run(&["list", "--count"]).ok().stdout, "1\n");
}

#[test]
fn an_unknown_database_and_a_server_that_is_not_there_are_said() {
    let Some(server) = server() else { return };
    let mut env = Env::at_url(server.url("desk", "nowhere"));
    for args in BOTH {
        let said = env.run(args).code(2);
        insta::allow_duplicates! { assert_snapshot!(said.stderr, @r#"
        desk: there is no store at DIR/desk.db: database "nowhere" does not exist
          hint: create the database with: createdb NAME; then its tables with: desk init --db URL
        "#); }
    }
    let mut env = Env::at_url("postgres://desk@/desk?host=/nowhere".to_owned());
    for args in BOTH {
        let said = env.run(args).code(5);
        insta::allow_duplicates! { assert_snapshot!(said.stderr, @"
        desk: DIR/desk.db cannot be reached: No such file or directory (os error 2)
          hint: check the host and the port, and that the server runs
        "); }
    }
    let database = server.database(None);
    let mut env = Env::at_url(server.url("nobody_at_all", &database.name));
    assert_snapshot!(env.run(&["list"]).code(5).stderr, @r#"
    desk: DIR/desk.db does not let you in: role "nobody_at_all" does not exist
      hint: keep the password in ~/.pgpass as HOST:PORT:DATABASE:USER:PASSWORD
    "#);
}

#[test]
fn a_database_that_is_not_desks_is_left_alone() {
    let Some(server) = server() else { return };
    let database = server.database(None);
    let mut env = Env::at_url(database.url());
    // Empty is not foreign.
    for args in BOTH {
        let said = env.run(args).code(2);
        insta::allow_duplicates! { assert_snapshot!(said.stderr, @"
        desk: there is no store at DIR/desk.db
          hint: create it with: desk init --db DIR/desk.db
        "); }
    }
    for theirs in [
        "CREATE TABLE invoice (id BIGINT)",
        "CREATE TABLE ticket (id BIGINT)",
        "CREATE TABLE schema_version (other TEXT)",
    ] {
        let database = server.database(None);
        database.sql(theirs);
        let before = database.dump();
        let mut env = Env::at_url(database.url());
        for args in [&["list"][..], &["open", "VPN"], &["init"], &["doctor"]] {
            let said = env.run(args);
            assert!(matches!(said.code, Some(2 | 5)), "{theirs}: {said}");
            let all = format!("{}{}", said.stdout, said.stderr);
            assert!(all.contains("is not a desk store"), "{theirs}: {said}");
        }
        assert!(database.dump() == before, "{theirs}");
    }
}

#[test]
fn a_newer_schema_is_left_alone() {
    let Some(server) = server() else { return };
    let database = server.database(None);
    let mut env = desk(&database);
    env.does("desk open VPN");
    database.sql("UPDATE schema_version SET version = version + 1");
    let before = database.dump();
    for args in BOTH {
        let said = env.run(args).code(5);
        assert!(said.stderr.contains("newer version of desk"), "{said}");
    }
    assert!(database.dump() == before);
    // The control: it was the number.
    database.sql("UPDATE schema_version SET version = version - 1");
    env.does("desk log 1 again");
}

#[test]
fn a_server_that_does_not_flush_takes_no_writes() {
    let Some(server) = own_server(&["fsync = off"]) else {
        return;
    };
    let database = server.database(None);
    let mut env = Env::at_url(database.url());
    assert_snapshot!(env.run(&["init"]).code(5).stderr, @"
    desk: DIR/desk.db is on a server with fsync = off, which loses what it confirmed
      hint: set fsync = on in postgresql.conf
    ");
    let on = |value: &str| {
        server.sql("postgres", &format!("ALTER SYSTEM SET fsync = {value}"));
        server.sql("postgres", "SELECT pg_reload_conf()");
        while server.sql("postgres", "SHOW fsync").trim() != value {
            std::thread::yield_now();
        }
    };
    on("on");
    env.does("desk init\ndesk open VPN");
    on("off");
    let _ = env.run(&["log", "1", "lost?"]).code(5);
    assert_eq!(env.run(&["list", "--count"]).ok().stdout, "1\n");
}

#[test]
fn a_database_that_cannot_keep_every_character_is_refused() {
    let Some(server) = server() else { return };
    let latin = "desk_latin1";
    server.sql(
        "postgres",
        &format!(
            "CREATE DATABASE {latin} OWNER desk ENCODING 'LATIN1' \
             LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
        ),
    );
    let mut env = Env::at_url(server.url("desk", latin));
    assert_snapshot!(env.says("desk init\ndesk list"), @"
    $ desk init
    ! desk: DIR/desk.db keeps texts as LATIN1, not as UTF8
    !   hint: create the database with: createdb --encoding=UTF8 --template=template0 NAME
    [exit 5]

    $ desk list
    ! desk: DIR/desk.db keeps texts as LATIN1, not as UTF8
    !   hint: create the database with: createdb --encoding=UTF8 --template=template0 NAME
    [exit 5]
    ");
    server.sql("postgres", &format!("DROP DATABASE {latin}"));
}

#[test]
fn a_server_without_a_connection_left_is_busy() {
    let few = ["max_connections = 6", "superuser_reserved_connections = 1"];
    let Some(server) = own_server(&[&few[..], &["max_wal_senders = 0"]].concat()) else {
        return;
    };
    let database = server.database(None);
    let mut env = desk(&database);
    env.does("desk open VPN");
    let holders: Vec<_> = (0..5).map(|_| database.session()).collect();
    for args in BOTH {
        let said = env.run(args).code(4);
        assert_eq!(said.stdout, "");
        insta::allow_duplicates! { assert_snapshot!(said.stderr, @"
        desk: the store is busy: DIR/desk.db has no connection left (remaining connection slots are reserved for non-replication superuser connections)
          hint: try again later, or put a pooler in front: desk help team
        "); }
    }
    drop(holders);
    env.does("desk log 1 again");
    assert_eq!(env.run(&["list", "--count"]).ok().stdout, "1\n");
}
