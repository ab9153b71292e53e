//! What was acknowledged survives when every process of the server is killed,
//! also where the server's default is not to wait for the disk.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::{desk, not_run, own_server};
use crate::concurrency::Dice;
use crate::env::Env;

/// Settings with which a server that is killed loses what nobody flushed.
const CARELESS: [&str; 3] = [
    "synchronous_commit = off",
    "wal_writer_delay = 10s",
    "wal_writer_flush_after = 0",
];

const WRITERS: usize = 6;

/// What was acknowledged and lost: by desk, and by the control.
fn survive(kills: u64, seed: u64) -> Option<(usize, usize)> {
    let server = own_server(&CARELESS)?;
    let database = server.database(None);
    let mut env = desk(&database);
    for _ in 0..WRITERS {
        env.does("desk open VPN");
    }
    let mut dice = Dice(seed);
    let mut acknowledged: BTreeSet<String> = BTreeSet::new();
    let mut lost = 0;
    for kill in 0..kills {
        let (stop, count) = (AtomicBool::new(false), AtomicUsize::new(0));
        let texts: Vec<String> = thread::scope(|scope| {
            let write = |writer: usize| {
                let (env, stop, count) = (&env, &stop, &count);
                scope.spawn(move || written(env, stop, count, &format!("kill {kill}"), writer))
            };
            let writers: Vec<_> = (0..WRITERS).map(write).collect();
            // However slow the machine is.
            while count.load(Ordering::Relaxed) < WRITERS * 5 {
                assert!(writers.iter().all(|writer| !writer.is_finished()));
                thread::sleep(Duration::from_millis(5));
            }
            thread::sleep(Duration::from_millis(dice.below(400)));
            server.kill();
            stop.store(true, Ordering::Relaxed);
            let texts = writers.into_iter().map(|writer| writer.join().unwrap());
            texts.flatten().collect()
        });
        assert!(!texts.is_empty(), "nobody wrote");
        acknowledged.extend(texts);
        server.start_again();
        let rows = database.rows("SELECT value FROM field").unwrap();
        let stored: BTreeSet<String> = rows.concat().into_iter().collect();
        lost += acknowledged.difference(&stored).count();
        let _ = env.run(&["verify"]).ok();
        let gaps = "SELECT max(seq) - count(*) FROM event";
        assert_eq!(database.sql(gaps), "0\n");
    }
    // The control: one who trusts the default of the server, and nobody flushes.
    database.sql("CREATE TABLE control (n BIGINT)");
    database.sql("CHECKPOINT");
    let mut session = database.session();
    for _ in 0..100 {
        session.run("INSERT INTO control VALUES (1) RETURNING n;");
    }
    server.kill();
    server.start_again();
    let kept = database.sql("SELECT count(*) FROM control");
    Some((lost, 100 - kept.trim().parse::<usize>().unwrap()))
}

/// What a writer wrote and was acknowledged, until the server is killed.
fn written(
    env: &Env,
    stop: &AtomicBool,
    count: &AtomicUsize,
    kill: &str,
    writer: usize,
) -> Vec<String> {
    let mut texts = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let text = format!("{kill} writer {writer} text {}.", texts.len());
        let ticket = (writer + 1).to_string();
        let said = env.command(&["log", &ticket, &text]).output().unwrap();
        if !said.status.success() {
            break;
        }
        count.fetch_add(1, Ordering::Relaxed);
        texts.push(text);
    }
    texts
}

fn check(kills: u64, seed: u64) {
    if !std::path::Path::new("/proc/self/stat").exists() {
        return not_run("the processes of the server are found in /proc");
    }
    if let Some((lost, lost_control)) = survive(kills, seed) {
        assert_eq!(lost, 0, "acknowledged and lost");
        assert!(lost_control > 0, "the control has lost nothing");
    }
}

#[test]
fn what_was_acknowledged_survives_three_kills_of_the_server() {
    check(3, 1);
}

#[test]
#[ignore = "the same for longer: twenty kills"]
fn what_was_acknowledged_survives_twenty_kills_of_the_server() {
    check(20, 2);
}
