//! Writers that get in each other's way: a command is tried again up to five
//! times, and many at once leave no gap and no break in the chain.

use std::thread;
use std::time::{Duration, Instant};

use insta::assert_snapshot;

use super::{desk, not_run, server};
use crate::concurrency::Dice;
use crate::env::Env;
use crate::postgres_server::{Database, PostgresServer};

/// Lets the first insertions into a table fail, once they were attempted by desk.
fn fail_first(database: &Database<'_>, table: &str, times: u32, state: &str) {
    // A sequence is not rolled back, so it counts what failed.
    database.sql(&format!(
        "CREATE SEQUENCE attempts; GRANT USAGE ON attempts TO desk;
         CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
         BEGIN
           IF nextval('public.attempts') <= {times} THEN
             RAISE EXCEPTION 'injected' USING ERRCODE = '{state}';
           END IF;
           RETURN NULL;
         END $$;
         CREATE TRIGGER fails AFTER INSERT OR UPDATE ON {table}
         FOR EACH STATEMENT EXECUTE FUNCTION fails();"
    ));
}

fn clear(database: &Database<'_>) {
    database.sql("DROP FUNCTION fails CASCADE; DROP SEQUENCE attempts");
}

#[test]
fn a_command_that_others_get_in_the_way_of_is_tried_five_times() {
    let Some(server) = server() else { return };
    let database = server.database(None);
    let mut env = desk(&database);
    env.does("desk open VPN");
    let commands: [&[&str]; 4] = [
        &["log", "1", "tried again"],
        &["open", "Printer", "--kind", "incident"],
        &["take", "1"],
        &["policy", "set", "policy.toml"],
    ];
    std::fs::write(env.dir().join("policy.toml"), "warnings = [80]\n").unwrap();
    for args in commands {
        for state in ["40001", "40P01"] {
            let before = database.dump();
            fail_first(&database, "event", 5, state);
            let said = env.run(args).code(4);
            assert_eq!(said.stdout, "");
            insta::allow_duplicates! { assert_snapshot!(said.stderr, @"
            desk: the store is busy: others are changing the same
              hint: try again; nothing was written
            "); }
            clear(&database);
            // Nothing is half done.
            assert!(database.dump() == before, "{args:?}");
        }
        fail_first(&database, "event", 4, "40001");
        let _ = env.run(args).ok();
        assert_eq!(database.sql("SELECT last_value FROM attempts"), "5\n");
        clear(&database);
        let _ = env.run(&["verify"]).ok();
    }
    assert_eq!(env.run(&["list", "--count"]).ok().stdout, "2\n");
    let page = env.run(&["show", "1"]).ok();
    assert_eq!(page.stdout.matches("tried again").count(), 1);
}

#[test]
fn another_fault_is_not_tried_again() {
    let Some(server) = server() else { return };
    let database = server.database(None);
    let mut env = desk(&database);
    env.does("desk open VPN");
    fail_first(&database, "event", 1, "XX000");
    let said = env.run(&["log", "1", "never"]).code(5);
    assert_eq!(
        said.stderr
            .lines()
            .filter(|l| l.starts_with("desk: "))
            .count(),
        1
    );
    assert_eq!(database.sql("SELECT last_value FROM attempts"), "1\n");
    clear(&database);
    let _ = env.run(&["verify"]).ok();
    assert!(!env.run(&["show", "1"]).ok().stdout.contains("never"));
}

/// What is wrong with the numbers of a store.
fn gaps(database: &Database<'_>) -> String {
    database.sql(
        "SELECT 'events', max(seq) - count(*) FROM event HAVING max(seq) <> count(*)
         UNION ALL SELECT 'tickets', max(id) - count(*) FROM ticket HAVING max(id) <> count(*)
         UNION ALL SELECT 'ticket ' || ticket, max(n) - count(*) FROM event
         WHERE ticket IS NOT NULL GROUP BY ticket HAVING max(n) <> count(*)
         UNION ALL SELECT 'chain', count(*) FROM event one JOIN event other
         ON other.seq = one.seq + 1 WHERE other.prev <> one.hash HAVING count(*) > 0",
    )
}

/// Writes with many processes at once for a while.
fn crowd(server: &PostgresServer, writers: usize, span: Duration) {
    let database = server.database(None);
    let mut env = desk(&database);
    for n in 0..4 {
        env.does(&format!("desk open 'shared {n}'"));
    }
    let begun = Instant::now();
    let write = |env: &Env, writer: usize| -> usize {
        let mut done = 0;
        while begun.elapsed() < span {
            // Every fourth opens a ticket, the others meet on four of them.
            let text = format!("writer {writer} text {done}.");
            let ticket = (done % 4 + 1).to_string();
            let mut command = match done % 4 {
                0 => env.command(&["open", &text]),
                _ => env.command(&["log", &ticket, &text]),
            };
            let said = command.output().unwrap();
            assert!(
                said.status.success(),
                "{}",
                String::from_utf8_lossy(&said.stderr)
            );
            done += 1;
        }
        done
    };
    let done: usize = thread::scope(|scope| {
        let env = &env;
        let spawn = |writer| scope.spawn(move || write(env, writer));
        let threads: Vec<_> = (0..writers).map(spawn).collect();
        threads.into_iter().map(|one| one.join().unwrap()).sum()
    });
    let texts = "SELECT (SELECT count(*) FROM field WHERE value LIKE 'writer % text %.' \
                 AND path IN ('title', 'text'))";
    assert_eq!(database.sql(texts).trim(), done.to_string());
    assert_eq!(gaps(&database), "");
    let _ = env.run(&["verify"]).ok();
    server.note(&format!(
        "{writers} writers made {done} changes in {} s",
        span.as_secs()
    ));
    // The control: a gap and a break are seen.
    database.sql("SET session_replication_role = replica; DELETE FROM event WHERE seq = 3");
    assert!(gaps(&database).contains("events|1"));
    let _ = env.run(&["verify"]).code(5);
}

#[test]
fn thirty_two_writers_leave_no_gap() {
    if let Some(server) = server() {
        crowd(server, 32, Duration::from_secs(4));
    }
}

#[test]
#[ignore = "the same for ten minutes"]
fn thirty_two_writers_leave_no_gap_in_ten_minutes() {
    if let Some(server) = server() {
        crowd(server, 32, Duration::from_secs(600));
    }
}

#[test]
fn a_full_disk_of_the_server_is_said_and_nothing_is_half_done() {
    if server().is_none() {
        return;
    }
    if !rustix::process::getuid().is_root() {
        return not_run("only root makes a small file system");
    }
    let disk = tempfile::TempDir::new().unwrap();
    let server = match PostgresServer::with_small_disk(disk.path(), "24m") {
        Ok(server) => server,
        Err(why) => return not_run(&format!("a small file system cannot be made: {why}")),
    };
    // The server makes it, so that it is the server's.
    let place = disk.path().join("small");
    let place = place.display();
    let make = format!("COPY (SELECT 1) TO PROGRAM 'mkdir {place}'");
    server.sql("postgres", &make);
    server.sql(
        "postgres",
        &format!("CREATE TABLESPACE small LOCATION '{place}'"),
    );
    server.sql(
        "postgres",
        "CREATE DATABASE small OWNER desk TABLESPACE small",
    );
    let mut env = Env::at_url(server.url("desk", "small"));
    let _ = env.run(&["init"]).ok();
    env.does("desk open VPN");
    let fill = "CREATE TABLE filler AS SELECT repeat('x', 1000) FROM generate_series(1, 9000)";
    server.sql("small", fill);
    // Random enough that it is not compressed.
    let mut dice = Dice(1);
    let letters = b"abcdefghijklmnopqrstuvwxyz";
    let mut letter = || char::from(letters[usize::try_from(dice.below(26)).unwrap()]);
    let text: String = (0..60_000).map(|_| letter()).collect();
    let mut written = 1;
    let failed = loop {
        assert!(written < 400, "the disk is never full");
        let said = env.run_with(&["open", "large", "-m", "-"], &text);
        if said.code != Some(0) {
            break said;
        }
        written += 1;
    };
    assert_eq!(failed.stdout, "");
    assert_snapshot!(failed.code(5).stderr, @"
    desk: the disk is full; nothing was written
      hint: free some space, then try again
    ");
    let count = format!("{written}\n");
    assert_eq!(env.run(&["list", "--count"]).ok().stdout, count);
    server.sql("small", "DROP TABLE filler");
    server.sql("small", "CHECKPOINT");
    let _ = env.run(&["verify"]).ok();
    let _ = env.run(&["open", "later"]).ok();
    let numbers = "SELECT max(id) - count(*) FROM ticket";
    assert_eq!(server.sql("small", numbers), "0\n");
}
