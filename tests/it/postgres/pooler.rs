//! pgbouncer between desk and the server: a connection is whoever's turn it is,
//! so nothing may be left on it, and nothing expected to be.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::{desk, not_run, server};
use crate::concurrency::at_once;
use crate::env::Env;
use crate::postgres_server::{Database, as_ordinary_user};

/// A pooler with two connections to the server.
struct Pooler {
    folder: TempDir,
    process: Child,
}

impl Drop for Pooler {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Where pgbouncer is, if it is installed.
fn program() -> Option<PathBuf> {
    let places = ["/usr/sbin", "/usr/bin", "/usr/local/bin", "/usr/local/sbin"];
    let mut places = places
        .iter()
        .map(|place| Path::new(place).join("pgbouncer"));
    places.find(|program| program.is_file())
}

impl Pooler {
    fn start(server: &Path, mode: &str) -> Option<Self> {
        let Some(program) = program() else {
            assert!(!is_demanded(), "pgbouncer is not installed");
            not_run("pgbouncer is not installed");
            return None;
        };
        let folder = TempDir::new().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
            path
        };
        let users = write("users", "\"desk\" \"\"\n");
        let (here, users) = (folder.path().display(), users.display());
        let settings = format!(
            "[databases]\n* = host={}\n[pgbouncer]\nlisten_addr =\nunix_socket_dir = {here}\n\
             listen_port = 5432\nauth_type = trust\nauth_file = {users}\npool_mode = {mode}\n\
             default_pool_size = 2\nmax_client_conn = 100\n",
            server.display()
        );
        let settings = write("pgbouncer.ini", &settings);
        let mut pooler = as_ordinary_user(&program);
        pooler
            .arg("-q")
            .arg(settings)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let process = pooler.spawn().unwrap();
        let begun = Instant::now();
        while !folder.path().join(".s.PGSQL.5432").exists() {
            assert!(begun.elapsed() < Duration::from_secs(20), "no pgbouncer");
            thread::sleep(Duration::from_millis(10));
        }
        Some(Self { folder, process })
    }

    /// The URL of a database behind it.
    fn url(&self, database: &Database<'_>) -> String {
        let name = &database.name;
        format!(
            "postgres://desk@/{name}?host={}",
            self.folder.path().display()
        )
    }
}

/// Whether whoever runs the tests demands that they run with pgbouncer.
#[expect(
    clippy::disallowed_methods,
    reason = "whoever runs the tests says what they must run on"
)]
fn is_demanded() -> bool {
    let engines = std::env::var("DESK_TEST_ENGINES").unwrap_or_default();
    engines.split(',').any(|name| name.trim() == "pgbouncer")
}

/// A day through a pooler, alone and with others.
fn day(mode: &str) {
    let Some(server) = server() else { return };
    let Some(pooler) = Pooler::start(server.folder(), mode) else {
        return;
    };
    let database = server.database(None);
    let mut env = Env::at_url(pooler.url(&database));
    let _ = env.run(&["init"]).ok();
    env.ready().does(
        "
        desk log 1 'drops every ten minutes'
        desk search drops
        desk list
        desk show 1
        desk export
        desk sweep
        desk report
        desk reindex
        desk resolve 1 done --restored-by Mia --tell ok
        desk verify
        ",
    );
    // More at once than there are connections.
    for round in 0..3 {
        let texts: Vec<String> = (0..12).map(|n| format!("round {round} text {n}")).collect();
        let commands = texts.iter().map(|text| env.command(&["open", text]));
        let commands = commands.collect();
        for output in at_once(&env, commands) {
            assert_eq!(output.ok().stderr, "");
        }
    }
    assert_eq!(env.run(&["list", "--all", "--count"]).ok().stdout, "37\n");
    let _ = env.run(&["verify"]).ok();
    assert_eq!(database.sql("SELECT value FROM counter"), "37\n");
    // Nothing stays on a connection that the next one gets.
    let held = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
                AND pid <> pg_backend_pid() AND state <> 'idle' \
                AND backend_type = 'client backend'";
    assert_eq!(database.sql(held), "0\n");
    assert_eq!(
        database.sql("SELECT count(*) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation WHERE c.relname = 'writer'"),
        "0\n"
    );
}

#[test]
fn a_day_through_a_pooler_that_changes_connections_between_transactions() {
    day("transaction");
}

#[test]
fn a_day_through_a_pooler_that_keeps_connections() {
    day("session");
}

#[test]
fn a_pooler_whose_server_is_gone_is_said() {
    let nowhere = TempDir::new().unwrap();
    let Some(server) = server() else { return };
    let Some(pooler) = Pooler::start(nowhere.path(), "transaction") else {
        return;
    };
    let database = server.database(None);
    let _made = desk(&database);
    let mut env = Env::at_url(format!("{}&connect_timeout=2", pooler.url(&database)));
    for args in [&["list"][..], &["open", "VPN"]] {
        let said = env.run(args);
        assert!(matches!(said.code, Some(4 | 5)), "{said}");
        assert_eq!((said.stdout.as_str(), said.stderr.lines().count()), ("", 2));
    }
}
