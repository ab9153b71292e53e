//! Each fault of a server or a connection is one line, with its exit code.

use super::super::migrations::{ALL, version};
use super::super::provider::{PostgresProvider, provider_for_tests};
use super::super::server::Server;
use crate::store::{AccessMode, StoreError, StoreProvider, open_for_tests};
use crate::testing::postgres_server::{PostgresServer, shared};
use crate::testing::store::fixtures::{opening, save};

/// The exit code, the code and the message of an error, with its hint.
fn shown(fault: &StoreError) -> String {
    format!(
        "{} {}: {fault}\n  {}",
        fault.exit_code(),
        fault.code(),
        fault.hint().unwrap_or_default()
    )
}

fn refusal(provider: &PostgresProvider, mode: AccessMode) -> String {
    let opened = provider.open(mode);
    shown(&opened.err().expect("it is refused"))
}

#[test]
fn a_database_that_has_no_store_is_told_from_one_of_somebody_else() {
    let Ok(server) = shared() else { return };
    let database = server.database(None);
    let url = database.url();
    for mode in [AccessMode::Read, AccessMode::Write] {
        insta::allow_duplicates! {
            insta::assert_snapshot!(refusal(&provider_for_tests(&url), mode), @r#"
            2 store_missing: there is no store at postgres://db
              create it with: desk init --db postgres://db
            "#);
        }
    }
    // Nothing was created.
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
    assert_eq!(database.sql(tables).trim(), "0");
    database.sql("CREATE TABLE diary (x BIGINT)");
    insta::assert_snapshot!(refusal(&provider_for_tests(&url), AccessMode::Write), @r#"
    5 store_foreign: postgres://db is not a desk store; it was not changed
      give the path of a desk store with --db
    "#);
    let refused = provider_for_tests(&url).init(None).unwrap_err();
    assert!(matches!(refused, StoreError::Foreign { .. }), "{refused}");
    database.sql("CREATE TABLE schema_version (x BIGINT)");
    let foreign = refusal(&provider_for_tests(&url), AccessMode::Read);
    assert!(foreign.contains("store_foreign"), "{foreign}");
}

#[test]
fn a_store_of_a_newer_version_is_refused_and_a_second_one_not_created() {
    let Ok(server) = shared() else { return };
    let database = server.database(None);
    drop(open_for_tests(&database.url()));
    let provider = provider_for_tests(&database.url());
    assert!(provider.open(AccessMode::Write).unwrap().is_some());
    let again = provider.init(None).unwrap_err();
    assert!(matches!(again, StoreError::Exists { .. }), "{again}");
    database.sql("UPDATE schema_version SET version = 99");
    let refused = refusal(&provider, AccessMode::Read);
    let known = version(ALL);
    assert!(
        refused.contains(&format!("(schema 99; this version knows {known})")),
        "{refused}"
    );
    insta::assert_snapshot!(refused.replace(&known.to_string(), "N"), @r"
    5 store_newer: postgres://db was written by a newer version of desk (schema 99; this version knows N)
      install that version of desk, or a later one
    ");
}

#[test]
fn what_a_server_refuses_is_one_clear_line() {
    if shared().is_err() {
        return;
    }
    let rules = tempfile::tempdir().unwrap();
    let file = rules.path().join("pg_hba.conf");
    let text = "local all postgres trust\nlocal all desk trust\nlocal all all scram-sha-256\n";
    std::fs::write(&file, text).unwrap();
    let open_to_all = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(rules.path(), open_to_all).unwrap();
    let server = PostgresServer::start(&[
        &format!("hba_file = '{}'", file.display()),
        "max_connections = 5",
        "superuser_reserved_connections = 1",
    ])
    .unwrap();
    let database = server.database(None);
    let store = open_for_tests(&database.url());
    save(&store, &opening(1, "one"));
    server.sql("postgres", "CREATE ROLE anna LOGIN PASSWORD 'right'");
    let folder = server.folder().display().to_string();
    let url = |login: &str, database: &str| format!("postgres://{login}@/{database}?host={folder}");
    let name = database.name.as_str();
    let refused = |url: &str| refusal(&provider_for_tests(url), AccessMode::Read);
    let mut lines = vec![
        refused(&url("anna:wrong", name)),
        refused(&url("anna", name)),
        refused(&url("nobody:x", name)),
        refused(&url("desk", "elsewhere")),
        refused("postgres://desk@/desk?host=/nowhere"),
        refused("postgres://desk@127.0.0.1:1/desk"),
        refused(&url("anna:right", name)),
    ];
    // One session is that of the store.
    let open: Vec<_> = (0..3)
        .map(|_| provider_for_tests(&database.url()))
        .map(|provider| provider.open(AccessMode::Read).unwrap())
        .collect();
    let sessions: Vec<_> = open
        .iter()
        .flatten()
        .map(|store| store.begin(AccessMode::Read).unwrap())
        .collect();
    lines.push(refused(&database.url()));
    drop(sessions);
    let text = lines.join("\n").replace(&folder, "FOLDER");
    insta::assert_snapshot!(text, @r#"
    5 store_login: postgres://db does not let you in: password authentication failed for user "anna"
      check the user and the password
    5 store_login: postgres://db does not let you in: it asks for a password
      keep the password in ~/.pgpass as HOST:PORT:DATABASE:USER:PASSWORD
    5 store_login: postgres://db does not let you in: password authentication failed for user "nobody"
      check the user and the password
    2 store_missing: there is no store at postgres://db: database "elsewhere" does not exist
      create the database with: createdb NAME; then its tables with: desk init --db URL
    5 store_unreachable: postgres://db cannot be reached: No such file or directory (os error 2)
      check the host and the port, and that the server runs
    5 store_unreachable: postgres://db cannot be reached: Connection refused (os error 111)
      check the host and the port, and that the server runs
    5 store_permission: postgres://db does not permit it: permission denied for table schema_version
      ask who runs the database for the role desk_read; see what you may do with: desk team check
    4 busy: the store is busy: postgres://db has no connection left (remaining connection slots are reserved for non-replication superuser connections)
      try again later, or put a pooler in front: desk help team
    "#);
}

#[test]
fn a_server_that_loses_what_it_confirms_is_only_read() {
    if shared().is_err() {
        return;
    }
    let server = PostgresServer::start(&[]).unwrap();
    let database = server.database(None);
    drop(open_for_tests(&database.url()));
    server.sql("postgres", "ALTER SYSTEM SET fsync = off");
    server.sql("postgres", "SELECT pg_reload_conf()");
    let provider = provider_for_tests(&database.url());
    let refused = || refusal(&provider, AccessMode::Write);
    let begun = std::time::Instant::now();
    while provider.open(AccessMode::Write).is_ok() && begun.elapsed().as_secs() < 10 {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    insta::assert_snapshot!(refused(), @r#"
    5 store_server: postgres://db is on a server with fsync = off, which loses what it confirmed
      set fsync = on in postgresql.conf
    "#);
    assert!(provider.open(AccessMode::Read).unwrap().is_some());
}

#[test]
fn a_database_of_another_encoding_is_refused() {
    let Ok(server) = shared() else { return };
    let made = "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0 OWNER desk";
    server.sql("postgres", made);
    let provider = provider_for_tests(&server.url("desk", "latin"));
    let refused = shown(&provider.init(None).unwrap_err());
    server.sql("postgres", "DROP DATABASE latin WITH (FORCE)");
    insta::assert_snapshot!(refused, @r#"
    5 store_server: postgres://db keeps texts as LATIN1, not as UTF8
      create the database with: createdb --encoding=UTF8 --template=template0 NAME
    "#);
}

#[test]
fn the_state_of_a_server_is_read_in_one_question() {
    let Ok(server) = shared() else { return };
    let database = server.database(None);
    drop(open_for_tests(&database.url()));
    let provider = provider_for_tests(&database.url());
    let about = provider.connections().unwrap().take().unwrap();
    let about = about.with(|client| Server::ask(client, "x")).unwrap();
    assert_eq!(about.schema, Some(version(ALL)));
    assert!(about.fsync && !about.is_replica);
    assert!(server.version().starts_with(&about.release));
}
