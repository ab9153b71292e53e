//! `desk sla --watch` on a team store: what somebody else changes is shown soon,
//! also through a pooler, and when the server goes away and comes back.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

use super::{control_server, database};
use crate::env::Env;
use crate::postgres_server::{self, PostgresServer};

/// A watch that repeats every minute by itself, and its lines as they come.
struct Watch {
    child: Child,
    lines: Receiver<String>,
}

impl Watch {
    fn start(env: &Env, url: &str) -> Self {
        let mut command = env.command(&["--db", url, "sla", "--watch=60"]);
        let mut child = command.spawn().unwrap();
        let (sender, lines) = channel();
        let streams: [Box<dyn std::io::Read + Send>; 2] = [
            Box::new(child.stdout.take().unwrap()),
            Box::new(child.stderr.take().unwrap()),
        ];
        for stream in streams {
            let sender = sender.clone();
            spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    let _ = sender.send(line);
                }
            });
        }
        Self { child, lines }
    }

    /// How long it took until a line with this text came.
    fn until(&self, text: &str) -> Duration {
        let began = Instant::now();
        let mut seen = String::new();
        while let Ok(line) = self.lines.recv_timeout(Duration::from_secs(30)) {
            if line.contains(text) {
                return began.elapsed();
            }
            seen += &line;
            seen.push('\n');
        }
        panic!("no '{text}' in:\n{seen}");
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn what_somebody_else_changes_is_shown_soon() {
    let Some(database) = database() else { return };
    let mut env = Env::bare();
    let url = database.url();
    let _ = env.run(&["--db", &url, "init"]).ok();
    let _ = env.run(&["--db", &url, "open", "VPN drops"]).ok();
    let watch = Watch::start(&env, &url);
    watch.until("VPN drops");
    // The control: nothing changes, and nothing is shown again.
    sleep(Duration::from_secs(5));
    let again: Vec<String> = watch.lines.try_iter().collect();
    assert!(!again.iter().any(|line| line.contains("VPN")), "{again:?}");
    let _ = env.run(&["--db", &url, "open", "Fax is dead"]).ok();
    let took = watch.until("Fax is dead");
    assert!(took < Duration::from_secs(3), "{took:?}");
    // No transaction is open in between.
    let open = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
         AND state LIKE 'idle in transaction%'";
    assert_eq!(database.sql(open), "0\n");
    // Its connection is cut, and it goes on.
    database.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
         WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    watch.until("Fax is dead");
    let _ = env.run(&["--db", &url, "open", "Third one"]).ok();
    watch.until("Third one");
}

#[test]
fn a_server_that_goes_away_and_comes_back_is_waited_for() {
    if postgres_server::shared().is_err() {
        return;
    }
    let server = PostgresServer::start(&[]).unwrap();
    let url = server.database(None).url();
    // The database of this server is dropped with it.
    let name = "kept";
    server.sql("postgres", &format!("CREATE DATABASE {name} OWNER desk"));
    let url = url.replace("/desk0?", &format!("/{name}?"));
    let mut env = Env::bare();
    let _ = env.run(&["--db", &url, "init"]).ok();
    let _ = env.run(&["--db", &url, "open", "VPN drops"]).ok();
    let mut watch = Watch::start(&env, &url);
    watch.until("VPN drops");
    control_server(server.folder(), &["-m", "immediate", "stop"]);
    watch.until("trying again");
    assert!(watch.child.try_wait().unwrap().is_none());
    let log = server.folder().join("server.log");
    control_server(
        server.folder(),
        &["-w", "-l", log.to_str().unwrap(), "start"],
    );
    watch.until("VPN drops");
    let _ = env.run(&["--db", &url, "open", "Fax is dead"]).ok();
    watch.until("Fax is dead");
}

#[test]
fn it_is_shown_through_a_pooler_too() {
    let pgbouncer = Path::new("/usr/sbin/pgbouncer");
    let (Some(database), true) = (database(), pgbouncer.is_file()) else {
        return;
    };
    let socket = postgres_server::shared().unwrap().folder();
    let place = tempfile::tempdir().unwrap();
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o777);
    fs::set_permissions(place.path(), open).unwrap();
    let ini = place.path().join("pooler.ini");
    let (folder, host) = (place.path().display(), socket.display());
    fs::write(
        &ini,
        format!(
            "[databases]\n* = host={host} user=desk\n[pgbouncer]\nlisten_addr =\n\
             unix_socket_dir = {folder}\nlisten_port = 6432\nauth_type = any\n\
             pool_mode = transaction\ndefault_pool_size = 2\n"
        ),
    )
    .unwrap();
    let mut pooler = postgres_server::as_ordinary_user(pgbouncer);
    pooler.arg(&ini).current_dir("/").stdin(Stdio::null());
    let mut pooler = pooler
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while !place.path().join(".s.PGSQL.6432").exists() {
        assert!(
            pooler.try_wait().unwrap().is_none(),
            "the pooler does not start"
        );
        sleep(Duration::from_millis(20));
    }
    let direct = database.url();
    let pooled = format!("postgres://desk@/{}?host={folder}&port=6432", database.name);
    let mut env = Env::bare();
    let _ = env.run(&["--db", &direct, "init"]).ok();
    let _ = env.run(&["--db", &pooled, "open", "VPN drops"]).ok();
    let watch = Watch::start(&env, &pooled);
    watch.until("VPN drops");
    let _ = env.run(&["--db", &direct, "open", "Fax is dead"]).ok();
    let took = watch.until("Fax is dead");
    drop(watch);
    let _ = pooler.kill();
    let _ = pooler.wait();
    assert!(took < Duration::from_secs(3), "{took:?}");
}
