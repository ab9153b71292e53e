//! Creation, refusals, settings and migration, each on its own file.

use std::collections::BTreeMap;
use std::os::unix::fs::{PermissionsExt, symlink};

use rusqlite::config::DbConfig;

use super::*;
use crate::domain::event::TicketId;
use crate::domain::query::Query;
use crate::store::{AccessMode, Store};
use crate::testing::store::fixtures::{
    at, environment, faults, fresh, opened, opening, parse, save,
};

fn location(path: &Path, explicit: bool) -> Location {
    Location {
        path: path.to_owned(),
        explicit,
    }
}

fn reading(path: &Path) -> Result<Opened, StoreError> {
    open(&location(path, true), AccessMode::Read, &environment())
}

fn writing(path: &Path) -> Result<Opened, StoreError> {
    open(&location(path, true), AccessMode::Write, &environment())
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// Every file below a directory with its bytes.
fn contents(directory: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = fs::read_dir(directory).unwrap();
    entries
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), fs::read(&path).unwrap_or_default()))
        .collect()
}

#[test]
fn the_first_write_creates_an_unnamed_store_for_its_owner_alone() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("share/desk/desk.db");
    let unnamed = location(&path, false);
    let missing = open(&unnamed, AccessMode::Read, &environment()).unwrap_err();
    assert!(matches!(missing, StoreError::Missing { .. }));
    assert!(!home.path().join("share").exists());
    let first = open(&unnamed, AccessMode::Write, &environment()).unwrap();
    assert!(first.created);
    save(&first.store, &opening(1, "first"));
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    for name in ["desk.db", "desk.db-wal", "desk.db-shm"] {
        assert_eq!(mode(&path.with_file_name(name)), 0o600, "{name}");
    }
    assert!(
        !open(&unnamed, AccessMode::Write, &environment())
            .unwrap()
            .created
    );
    assert!(
        !open(&unnamed, AccessMode::Read, &environment())
            .unwrap()
            .created
    );
}

#[test]
fn a_named_store_is_created_by_init_only() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("team.db");
    for missing in [reading(&path), writing(&path)] {
        assert!(matches!(missing.unwrap_err(), StoreError::Missing { .. }));
    }
    assert_eq!(contents(home.path()).len(), 0);
    let store = init(&path, &environment(), None).unwrap();
    let clean = store.verify(None, parse).unwrap();
    assert_eq!((clean.events, clean.faults), (0, Vec::new()));
    drop(store);
    let before = contents(home.path());
    let again = init(&path, &environment(), None).unwrap_err();
    assert!(matches!(again, StoreError::Exists { .. }));
    assert_eq!(contents(home.path()), before);
    assert!(!writing(&path).unwrap().created);
}

#[test]
fn files_that_must_not_be_touched_are_refused_and_left_unchanged() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path();
    drop(opened(&dir.join("good.db")));
    for name in ["good.db-wal", "good.db-shm"] {
        let _ = fs::remove_file(dir.join(name));
    }
    let good = fs::read(dir.join("good.db")).unwrap();
    let spoiled = |at: usize, byte: u8| {
        let mut bytes = good.clone();
        bytes[at] = byte;
        bytes
    };
    fs::write(dir.join("empty"), "").unwrap();
    fs::write(dir.join("byte"), "x").unwrap();
    fs::write(dir.join("text"), "not a store\n".repeat(1000)).unwrap();
    fs::write(dir.join("newer"), spoiled(63, 99)).unwrap();
    fs::write(dir.join("other-program"), spoiled(68, 1)).unwrap();
    fs::write(dir.join("no-version"), spoiled(63, 0)).unwrap();
    fs::write(dir.join("format"), spoiled(19, 3)).unwrap();
    fs::write(dir.join("cut"), &good[..60]).unwrap();
    fs::write(dir.join("linked"), &good).unwrap();
    fs::hard_link(dir.join("linked"), dir.join("second-name")).unwrap();
    fs::create_dir(dir.join("directory")).unwrap();
    symlink(dir.join("nowhere"), dir.join("dangling")).unwrap();
    let sqlite = Connection::open(dir.join("sqlite")).unwrap();
    sqlite
        .execute_batch("PRAGMA journal_mode=WAL; CREATE TABLE t (x);")
        .unwrap();
    sqlite.close().unwrap();
    let before = contents(dir);
    let mut messages = Vec::new();
    let names = "empty byte text newer other-program no-version format cut linked directory \
                 dangling sqlite";
    for name in names.split(' ') {
        let path = dir.join(name);
        let unnamed = location(&path, false);
        let to_read = reading(&path).unwrap_err().to_string();
        let to_write = open(&unnamed, AccessMode::Write, &environment())
            .unwrap_err()
            .to_string();
        assert_eq!(to_read, to_write);
        messages.push(to_read.replace(dir.to_str().unwrap(), "…"));
    }
    assert_eq!(contents(dir), before);
    insta::assert_snapshot!(messages.join("\n"), @"
    …/empty is an empty file, not a store; it was not changed
    …/byte is not a desk store; it was not changed
    …/text is not a desk store; it was not changed
    …/newer was written by a newer version of desk (schema 99; this version knows 24)
    …/other-program is not a desk store; it was not changed
    the store is damaged: it has schema 0, which no store has
    the store is damaged: the header has an unknown format
    …/cut is not a desk store; it was not changed
    …/linked has a second name (hard link): two names would have two logs and damage the store
    …/directory cannot be opened: it is a directory
    …/dangling cannot be opened: it is a symbolic link to nothing
    …/sqlite is not a desk store; it was not changed
    ");
}

#[test]
fn what_is_not_a_path_is_refused() {
    let messages: Vec<String> = [
        "",
        "desk.db",
        "file:/tmp/x?mode=ro",
        "FILE:x",
        "/",
        "/tmp/..",
    ]
    .iter()
    .flat_map(|path| {
        let path = Path::new(path);
        let unnamed = open(&location(path, false), AccessMode::Write, &environment()).unwrap_err();
        let named = init(path, &environment(), None).unwrap_err();
        assert_eq!(unnamed.to_string(), named.to_string());
        Some(unnamed.to_string())
    })
    .collect();
    insta::assert_snapshot!(messages.join("\n"), @"
    '' cannot be used as a store: the path is empty
    desk.db cannot be used as a store: the path is not absolute
    'file:/tmp/x?mode=ro' is a URI; the store must be a plain path
    'FILE:x' is a URI; the store must be a plain path
    / cannot be used as a store: it does not name a file
    /tmp/.. cannot be used as a store: it does not name a file
    ");
}

#[test]
fn a_network_file_system_is_refused_before_anything_is_there() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("new/desk.db");
    let nfs = Environment {
        fs_magic: Some(0x6969),
        ..environment()
    };
    // As a machine with 32-bit words reports it.
    let cifs = Environment {
        fs_magic: Some(i64::from(0xFF53_4D42_u32.cast_signed())),
        ..environment()
    };
    for (environment, expected) in [(&nfs, "NFS"), (&cifs, "CIFS")] {
        for refused in [
            open(&location(&path, false), AccessMode::Write, environment).map(drop),
            init(&path, environment, None).map(drop),
        ] {
            let refused = refused.unwrap_err();
            assert_eq!(refused.code(), "store_network");
            assert!(refused.to_string().contains(expected), "{refused}");
        }
    }
    assert_eq!(contents(home.path()).len(), 0);
    drop(opened(&path));
    let refused = open(&location(&path, true), AccessMode::Read, &nfs).unwrap_err();
    assert_eq!(refused.code(), "store_network");
    let ext4 = Environment {
        fs_magic: Some(0xEF53),
        ..environment()
    };
    open(&location(&path, true), AccessMode::Write, &ext4).unwrap();
}

#[test]
fn a_nearly_full_disk_is_read_but_not_written() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("desk.db");
    let free = |bytes| Environment {
        free_bytes: Some(bytes),
        ..environment()
    };
    let little = free(16 * 1024 * 1024 - 1);
    let refused = open(&location(&path, false), AccessMode::Write, &little).unwrap_err();
    assert_eq!(refused.code(), "store_nearly_full");
    assert!(refused.to_string().starts_with("only 15 MiB"), "{refused}");
    assert_eq!(contents(home.path()).len(), 0);
    drop(opened(&path));
    assert!(open(&location(&path, true), AccessMode::Write, &little).is_err());
    open(&location(&path, true), AccessMode::Read, &little).unwrap();
    open(
        &location(&path, true),
        AccessMode::Write,
        &free(16 * 1024 * 1024),
    )
    .unwrap();
}

#[test]
fn a_symbolic_link_leads_to_the_real_store_with_its_log() {
    let home = tempfile::tempdir().unwrap();
    let (real, link) = (home.path().join("real"), home.path().join("link.db"));
    fs::create_dir(&real).unwrap();
    let target = real.join("desk.db");
    drop(opened(&target));
    symlink(&target, &link).unwrap();
    let through = writing(&link).unwrap().store;
    save(&through, &opening(1, "through a link"));
    assert!(real.join("desk.db-wal").exists());
    assert!(!home.path().join("link.db-wal").exists());
    assert_eq!(through.path(), target.canonicalize().unwrap());
}

#[test]
fn connections_are_set_for_durability_and_distrust() {
    let (home, store) = fresh();
    let ask = |conn: &Connection, name: &str| -> String {
        let sql = format!("PRAGMA {name}");
        conn.query_one(&sql, [], |row| {
            row.get_ref(0).map(|v| match v.as_str() {
                Ok(text) => text.to_owned(),
                Err(_) => v.as_i64().map(|n| n.to_string()).unwrap_or_default(),
            })
        })
        .unwrap()
    };
    let all = [
        "journal_mode",
        "synchronous",
        "foreign_keys",
        "trusted_schema",
        "secure_delete",
        "cell_size_check",
        "temp_store",
        "journal_size_limit",
        "busy_timeout",
        "encoding",
    ];
    let settings = |conn: &Connection| {
        all.map(|name| format!("{name}={}", ask(conn, name)))
            .join(" ")
    };
    insta::assert_snapshot!(settings(store.connection()), @"journal_mode=wal synchronous=2 foreign_keys=1 trusted_schema=0 secure_delete=1 cell_size_check=1 temp_store=2 journal_size_limit=67108864 busy_timeout=10000 encoding=UTF-8");
    let reader = reading(&home.path().join("desk.db")).unwrap().store;
    insta::assert_snapshot!(settings(reader.connection()), @"journal_mode=wal synchronous=2 foreign_keys=1 trusted_schema=0 secure_delete=0 cell_size_check=1 temp_store=2 journal_size_limit=-1 busy_timeout=10000 encoding=UTF-8");
    for conn in [store.connection(), reader.connection()] {
        let flag = |flag| conn.db_config(flag).unwrap();
        assert!(flag(DbConfig::SQLITE_DBCONFIG_DEFENSIVE));
        assert!(flag(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE));
        assert!(!flag(DbConfig::SQLITE_DBCONFIG_DQS_DML));
        assert!(!flag(DbConfig::SQLITE_DBCONFIG_DQS_DDL));
        assert_eq!(
            conn.query_row("PRAGMA mmap_size", [], |row| row.get::<_, i64>(0))
                .unwrap_or(0),
            0
        );
    }
    let refused = reader.begin(AccessMode::Write).map(drop);
    assert!(
        matches!(refused, Err(StoreError::Access { .. })),
        "{refused:?}"
    );
}

#[test]
fn reading_leaves_the_store_and_its_log_alone() {
    let (home, store) = fresh();
    for id in 1..=3 {
        save(&store, &opening(id, "kept"));
    }
    drop(store);
    let path = home.path().join("desk.db");
    let bytes = || {
        let read = |name: &str| fs::read(home.path().join(name)).unwrap();
        (read("desk.db"), read("desk.db-wal"))
    };
    let before = bytes();
    let reader = reading(&path).unwrap().store;
    let txn = reader.begin(AccessMode::Read).unwrap();
    assert_eq!(txn.count(&Query::all(), at(0)).unwrap(), 3);
    drop(txn);
    drop(reader);
    assert_eq!(bytes(), before);
}

#[test]
fn the_log_is_checkpointed_once_it_is_large() {
    let (home, store) = fresh();
    let log = home.path().join("desk.db-wal");
    let mut id = 0;
    let mut fill = |store: &SqliteStore| {
        id += 1;
        save(store, &opening(id, "filling"));
    };
    fill(&store);
    drop(store);
    assert!(fs::metadata(&log).unwrap().len() > 0);
    let store = opened(&home.path().join("desk.db"));
    while fs::metadata(&log).unwrap().len() <= super::super::connection::WAL_LIMIT {
        fill(&store);
    }
    drop(store);
    assert!(log.exists());
    drop(opened(&home.path().join("desk.db")));
    assert!(!log.exists());
}

/// The migrations, and one that this version does not know.
fn with_later(statements: &'static str) -> Vec<Migration> {
    let mut all = migrations::ALL.to_vec();
    all.push(Migration::new("later", statements));
    all
}

#[test]
fn an_older_schema_is_migrated_after_a_copy_was_kept() {
    let later = with_later("CREATE TABLE later (x INTEGER) STRICT;");
    let (home, store) = fresh();
    let row = save(&store, &opening(1, "old"));
    drop(store);
    let path = home.path().join("desk.db");
    let upgraded = open_with(
        &location(&path, true),
        AccessMode::Read,
        &environment(),
        &later,
    )
    .unwrap();
    let txn = upgraded.store.begin(AccessMode::Read).unwrap();
    assert_eq!(txn.summary(TicketId(1)).unwrap(), Some(row.clone()));
    drop(txn);
    assert_eq!(
        migrations::schema_version(upgraded.store.connection()).unwrap(),
        migrations::version(&later)
    );
    let known = migrations::version(migrations::ALL);
    let copy = format!("desk.db.before-schema-{}", known + 1);
    let copy = home.path().join(copy);
    assert_eq!(mode(&copy), 0o600);
    let kept = reading(&copy).unwrap().store;
    let txn = kept.begin(AccessMode::Read).unwrap();
    assert_eq!(txn.summary(TicketId(1)).unwrap(), Some(row));
    let StoreError::Newer {
        found, known: of, ..
    } = reading(&path).unwrap_err()
    else {
        panic!("a newer store is refused");
    };
    assert_eq!((found, of), (known + 1, known));
}

#[test]
fn a_migration_that_fails_leaves_the_store_at_the_old_schema() {
    let (home, store) = fresh();
    save(&store, &opening(1, "old"));
    drop(store);
    let path = home.path().join("desk.db");
    let broken = with_later("CREATE TABLE x (y); NONSENSE");
    assert!(
        open_with(
            &location(&path, true),
            AccessMode::Write,
            &environment(),
            &broken
        )
        .is_err()
    );
    assert_eq!(faults(&reading(&path).unwrap().store), Vec::<String>::new());
}

#[test]
fn whoever_had_a_store_open_when_it_was_migrated_reads_it_and_writes_nothing() {
    let (home, store) = fresh();
    save(&store, &opening(1, "old"));
    let path = home.path().join("desk.db");
    let later = with_later("CREATE TABLE later (x INTEGER) STRICT;");
    let newer = |mode| open_with(&location(&path, true), mode, &environment(), &later);
    // The newer waits for whoever is writing.
    std::thread::scope(|scope| {
        let mut txn = store.begin(AccessMode::Write).unwrap();
        txn.keep_clock_time(at(1)).unwrap();
        let migrating = scope.spawn(|| newer(AccessMode::Write).map(drop));
        std::thread::sleep(std::time::Duration::from_millis(200));
        assert!(!migrating.is_finished());
        txn.commit().unwrap();
        migrating.join().unwrap().unwrap();
    });
    let fault = store.begin(AccessMode::Write).err().unwrap();
    assert!(matches!(fault, StoreError::Newer { .. }), "{fault}");
    let txn = store.begin(AccessMode::Read).unwrap();
    assert!(txn.summary(TicketId(1)).unwrap().is_some());
    drop(txn);
    let newer = newer(AccessMode::Write).unwrap().store;
    assert!(newer.begin(AccessMode::Write).is_ok());
}

/// File modes do not restrict the superuser.
fn superuser(directory: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(directory).unwrap().uid() == 0
}

#[test]
fn missing_permissions_are_reported_before_anything_is_tried() {
    let home = tempfile::tempdir().unwrap();
    if superuser(home.path()) {
        return;
    }
    let directory = home.path().join("desk");
    let path = directory.join("desk.db");
    save(&opened(&path), &opening(1, "one"));
    let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode));
    let outcome_of = |outcome: Result<Opened, StoreError>| match outcome {
        Ok(_) => "opened".to_owned(),
        Err(fault) => fault
            .to_string()
            .replace(home.path().to_str().unwrap(), "…"),
    };
    let mut all = Vec::new();
    set(&path, 0o400).unwrap();
    all.push(outcome_of(writing(&path)));
    all.push(outcome_of(reading(&path)));
    set(&path, 0o000).unwrap();
    all.push(outcome_of(reading(&path)));
    set(&path, 0o600).unwrap();
    set(&directory, 0o500).unwrap();
    all.push(outcome_of(writing(&path)));
    all.push(outcome_of(reading(&path)));
    let new = location(&directory.join("new.db"), false);
    all.push(outcome_of(open(&new, AccessMode::Write, &environment())));
    set(&directory, 0o700).unwrap();
    for name in ["desk.db-wal", "desk.db-shm"] {
        fs::remove_file(directory.join(name)).unwrap();
    }
    set(&directory, 0o500).unwrap();
    all.push(outcome_of(reading(&path)));
    set(&directory, 0o000).unwrap();
    all.push(outcome_of(reading(&path)));
    set(&directory, 0o700).unwrap();
    insta::assert_snapshot!(all.join("\n"), @"
    …/desk/desk.db cannot be written: Permission denied (os error 13)
    opened
    …/desk/desk.db cannot be read: Permission denied (os error 13)
    …/desk cannot be written: Permission denied (os error 13)
    opened
    …/desk cannot be written: Permission denied (os error 13)
    …/desk/desk.db cannot be read: its directory is read-only, and even reading needs a log there
    …/desk/desk.db cannot be opened: Permission denied (os error 13)
    ");
}

/// Downgrades a store to the schema before policies.
fn downgrade(path: &Path) {
    let conn = Connection::open(path).unwrap();
    conn.execute_batch(
        "PRAGMA foreign_keys = OFF; \
         UPDATE event SET body = (SELECT '{\"agent\":\"' || name || '\"}' FROM person \
         WHERE body = '{\"agent\":' || number || '}') WHERE kind = 'assigned'; \
         CREATE TABLE old (seq INTEGER PRIMARY KEY, ticket INTEGER NOT NULL \
         REFERENCES ticket (id), n INTEGER NOT NULL, at_ms INTEGER NOT NULL, \
         recorded_ms INTEGER NOT NULL, actor TEXT NOT NULL, kind TEXT NOT NULL, \
         body TEXT NOT NULL, prev BLOB NOT NULL, hash BLOB NOT NULL, UNIQUE (ticket, n)) STRICT; \
         INSERT INTO old SELECT seq, ticket, n, at_ms, recorded_ms, \
         coalesce((SELECT name FROM person WHERE number = actor), 'desk'), kind, body, prev, hash \
         FROM event WHERE ticket IS NOT NULL; \
         DROP TABLE person; CREATE TABLE kept AS SELECT * FROM field WHERE seq IN (SELECT seq FROM old); DROP TABLE field; DROP TABLE event; ALTER TABLE old RENAME TO event; \
         CREATE TABLE field (seq INTEGER NOT NULL REFERENCES event (seq), path TEXT NOT NULL, \
         salt BLOB NOT NULL, value TEXT NOT NULL, PRIMARY KEY (seq, path)) STRICT, WITHOUT ROWID; \
         INSERT INTO field SELECT * FROM kept; DROP TABLE kept; \
         DROP TABLE ticket_term; DROP TABLE ticket_text; \
         DROP TABLE attachment_chunk; DROP TABLE attachment; DROP TABLE mail_reference; DROP TABLE mail_message_id; DROP TABLE mail_chunk; DROP TABLE incoming_mail; \
         DROP TABLE undeliverable; DROP TABLE outbox; DROP TABLE notification; DROP TABLE breach; DROP TABLE alarm_text; DROP TABLE alarm; DROP INDEX ticket_key; \
         CREATE UNIQUE INDEX ticket_key ON ticket (key) WHERE key IS NOT NULL; \
         DROP INDEX ticket_known_error; ALTER TABLE ticket DROP COLUMN known_error; \
         DROP INDEX ticket_origin; ALTER TABLE ticket DROP COLUMN source; \
         ALTER TABLE ticket DROP COLUMN number; DROP INDEX ticket_next_action; \
         ALTER TABLE ticket DROP COLUMN next_action_at; \
         DROP INDEX ticket_retention; ALTER TABLE ticket DROP COLUMN erased; \
         ALTER TABLE ticket DROP COLUMN undone; \
         DROP INDEX ticket_counts; DROP INDEX ticket_unanswered; ALTER TABLE ticket DROP COLUMN unanswered_since; \
         DROP INDEX ticket_tags; ALTER TABLE ticket DROP COLUMN tags; \
         DROP INDEX ticket_fields; ALTER TABLE ticket DROP COLUMN fields; \
         ALTER TABLE ticket DROP COLUMN checklist_done; ALTER TABLE ticket DROP COLUMN checklist_total; \
         ALTER TABLE ticket DROP COLUMN spent_s; DROP TABLE hook_delivery; \
        DROP INDEX ticket_restricted; \
        ALTER TABLE ticket DROP COLUMN restricted_to; \
         ALTER TABLE ticket RENAME COLUMN pause_reason TO awaited; \
         ALTER TABLE ticket RENAME COLUMN wake_at TO wake; \
         PRAGMA user_version = 1; PRAGMA wal_checkpoint(TRUNCATE);",
    )
    .unwrap();
    conn.close().unwrap();
}

#[test]
fn the_migration_to_policies_calculates_the_timer_of_each_open_ticket() {
    let (home, store) = fresh();
    let rows: Vec<_> = crate::testing::store::fixtures::desk(3, 30)
        .iter()
        .map(|history| save(&store, history))
        .collect();
    assert!(rows.iter().any(|row| row.next_action_at.is_some()));
    drop(store);
    let path = home.path().join("desk.db");
    downgrade(&path);
    let upgraded = reading(&path).unwrap().store;
    let txn = upgraded.begin(AccessMode::Read).unwrap();
    for mut row in rows {
        if !row.is_open() {
            row.next_action_at = None;
        }
        assert_eq!(txn.summary(row.id).unwrap(), Some(row));
    }
    drop(txn);
    // The hashes of events with numbers cannot be downgraded; the chains of
    // stores that earlier versions wrote are verified end to end.
    let faults = upgraded.verify(None, parse).unwrap().faults;
    let others = faults.iter().filter(|fault| !fault.starts_with("event"));
    let others: Vec<&String> = others.collect();
    assert!(
        others.len() == 1 && others[0].starts_with("and "),
        "{others:?}"
    );
}
