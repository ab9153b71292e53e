//! Flipped bits and forgeries: `desk verify` detects them, unless no stored
//! data has changed.

use std::fs;
use std::path::PathBuf;

use rusqlite::Connection;

use crate::concurrency::{Dice, dump};
use crate::env::{Env, Output};

/// A file with a few tickets.
fn stocked_file() -> Env {
    stocked(Env::file("bits of a file are flipped"))
}

/// A store with a few tickets.
fn stocked(mut env: Env) -> Env {
    for n in 1..=3 {
        let id = n.to_string();
        let _ = env
            .run(&[
                "open",
                &format!("story {n}"),
                "-m",
                "told at some length",
                "-r",
                "Mia <mia@x.org>",
                "--kind",
                "incident",
                "--category",
                "network/vpn",
                "-u",
                "low",
                "-b",
                "low",
                "-g",
                "low",
                "--key",
                &format!("key-{n}"),
            ])
            .ok();
        let _ = env.run(&["log", &id, "looked at it"]).ok();
        let _ = env.run(&["reply", &id, "we are on it"]).ok();
    }
    let _ = env
        .run(&[
            "resolve",
            "1",
            "done",
            "--restored-by",
            "mia",
            "--tell",
            "ok",
        ])
        .ok();
    env
}

fn log(env: &Env) -> PathBuf {
    env.dir().join("desk.db-wal")
}

/// Checkpoints the log, so that all data is in one file.
fn settle(env: &Env) {
    let conn = Connection::open(env.db()).unwrap();
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .unwrap();
    conn.close().unwrap();
}

/// Replaces the files of a store.
fn put(env: &Env, file: &[u8], wal: &[u8]) {
    let _ = fs::remove_file(env.dir().join("desk.db-shm"));
    fs::write(env.db(), file).unwrap();
    fs::write(log(env), wal).unwrap();
}

fn check(env: &mut Env) -> Output {
    let said = env.run(&["verify"]);
    assert!(matches!(said.code, Some(0 | 5)), "{said}");
    said
}

/// Flips bits of the file or of its log. A flip that verification reports
/// neither as a fault nor as a note must not change any data. Returns the
/// numbers of reported and of harmless flips.
fn flip(env: &mut Env, in_log: bool, bits: impl Iterator<Item = u64>) -> (usize, usize) {
    let (file, wal) = (
        fs::read(env.db()).unwrap(),
        fs::read(log(env)).unwrap_or_default(),
    );
    let content = dump(&env.db()).unwrap();
    let (mut told, mut harmless) = (0, 0);
    for bit in bits {
        let (mut file, mut wal) = (file.clone(), wal.clone());
        let bytes = if in_log { &mut wal } else { &mut file };
        bytes[usize::try_from(bit / 8).unwrap()] ^= 1 << (bit % 8);
        put(env, &file, &wal);
        let said = check(env);
        if said.code == Some(5)
            || said
                .stdout
                .contains("damaged commit, or with one that was interrupted")
        {
            told += 1;
            continue;
        }
        harmless += 1;
        put(env, &file, &wal);
        assert!(
            dump(&env.db()).as_ref() == Some(&content),
            "bit {bit} of byte {}: {said}",
            bit / 8
        );
    }
    put(env, &file, &wal);
    let _ = check(env).ok();
    (told, harmless)
}

/// The positions of `each` random bits of every page.
fn sampled(bytes: usize, page: u64, each: u64, seed: u64) -> Vec<u64> {
    let mut dice = Dice(seed);
    let pages = u64::try_from(bytes).unwrap() / page;
    (0..pages)
        .flat_map(|at| (0..each).map(move |_| at))
        .map(|at| (at * page + dice.below(page)) * 8 + dice.below(8))
        .collect()
}

fn flip_pages(each: u64, seed: u64) {
    let mut env = stocked_file();
    settle(&env);
    let size = fs::read(env.db()).unwrap().len();
    let mut bits = sampled(size, 4096, each, seed);
    bits.extend((0..100 * 8).step_by(13));
    let (told, harmless) = flip(&mut env, false, bits.into_iter());
    assert!(
        told > 20 && harmless > 0,
        "{told} told, {harmless} harmless"
    );
}

fn flip_log(each: u64, seed: u64) {
    let mut env = stocked_file();
    let size = fs::read(log(&env)).unwrap().len();
    let bits = sampled(size, 4120, each, seed);
    let (told, _) = flip(
        &mut env,
        true,
        bits.into_iter().chain((0..32 * 8).step_by(7)),
    );
    assert!(told > 20, "{told} told");
}

#[test]
fn an_untouched_store_is_sound_and_its_dump_is_stable() {
    let mut env = stocked_file();
    let content = dump(&env.db());
    let _ = check(&mut env).ok();
    settle(&env);
    let _ = check(&mut env).ok();
    assert!(content.is_some() && dump(&env.db()) == content);
}

#[test]
fn no_bit_of_any_page_flips_unnoticed() {
    flip_pages(8, 1);
}

#[test]
fn no_bit_of_the_log_flips_unnoticed() {
    flip_log(2, 2);
}

#[test]
#[ignore = "the same for longer: some thousand flips"]
fn no_bit_of_many_flips_unnoticed() {
    for seed in 10..14 {
        flip_pages(40, seed);
        flip_log(10, seed);
    }
}

#[test]
fn every_forgery_is_seen() {
    let good = stocked(Env::new());
    let swap = |column: &str| {
        format!(
            "UPDATE event SET {column} = (SELECT other.{column} FROM event other \
             WHERE other.seq = 9 - event.seq) WHERE seq IN (4, 5)"
        )
    };
    let swapped = "UPDATE event SET seq = 1000 WHERE seq = 4; UPDATE event SET seq = 4 WHERE seq = 5; \
         UPDATE event SET seq = 5 WHERE seq = 1000;";
    let forgeries = [
        swapped.to_owned(),
        swap("body"),
        swap("hash"),
        "DELETE FROM event WHERE seq = 4".to_owned(),
        "DELETE FROM event WHERE seq = 1".to_owned(),
        "DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)".to_owned(),
        "UPDATE event SET actor = 0 WHERE seq = 3".to_owned(),
        "UPDATE event SET actor = NULL, actor_name = 'anna' WHERE seq = 3".to_owned(),
        "UPDATE person SET name = 'ben' WHERE number = 1".to_owned(),
        "UPDATE person SET uid = coalesce(uid, 0) + 1 WHERE number = 1".to_owned(),
        "UPDATE person SET host = 'elsewhere' WHERE number = 1".to_owned(),
        "UPDATE field SET value = 'ben' WHERE path = 'name' AND seq = 1; \
         UPDATE person SET name = 'ben' WHERE number = 1"
            .to_owned(),
        "UPDATE event SET at_ms = at_ms - 1 WHERE seq = 3".to_owned(),
        "UPDATE event SET recorded_ms = recorded_ms - 1 WHERE seq = 3".to_owned(),
        "UPDATE event SET prev = zeroblob(32) WHERE seq = 3".to_owned(),
        "UPDATE event SET body = body || ' ' WHERE seq = 3".to_owned(),
        "UPDATE field SET value = 'forged' WHERE path = 'title' AND seq = 2".to_owned(),
        "UPDATE field SET salt = zeroblob(32) WHERE seq = 2".to_owned(),
        "DELETE FROM field WHERE seq = 2".to_owned(),
        "INSERT INTO field SELECT seq, 'more', salt, value FROM field WHERE seq = 1 LIMIT 1"
            .to_owned(),
        "UPDATE ticket SET title = 'forged' WHERE id = 2".to_owned(),
        "UPDATE ticket SET next_due = next_due + 1 WHERE id = 2".to_owned(),
        "UPDATE ticket SET clocks = replace(clocks, '0', '1') WHERE id = 2".to_owned(),
        "DELETE FROM ticket WHERE id = 3".to_owned(),
        "UPDATE counter SET value = value + 1".to_owned(),
        "UPDATE counter SET value = value - 1".to_owned(),
        "UPDATE meta SET value = '00' WHERE name = 'store'".to_owned(),
        "INSERT INTO meta VALUES ('more', 'x')".to_owned(),
        "DELETE FROM event WHERE ticket = 3; DELETE FROM field WHERE seq NOT IN (SELECT seq FROM event); \
         DELETE FROM ticket WHERE id = 3; UPDATE counter SET value = 2;"
            .to_owned(),
    ];
    for forgery in forgeries {
        let mut env = good.copied();
        let _ = check(&mut env).ok();
        let before = env.bytes();
        env.forge(&forgery);
        assert!(env.bytes() != before, "{forgery} did nothing");
        let said = check(&mut env);
        assert_eq!(said.code, Some(5), "{forgery}: {said}");
    }
}

#[test]
fn a_whole_story_cut_off_the_end_is_seen_by_a_head_kept_elsewhere() {
    let mut env = stocked(Env::new());
    let mut earlier = env.copied();
    let kept = env.json(&["verify"])["head"].as_str().unwrap().to_owned();
    let _ = env.run(&["open", "one more story"]).ok();
    let _ = env.run(&["verify", "--head", &kept]).ok();
    let head = env.json(&["verify"])["head"].as_str().unwrap().to_owned();
    // An older copy is sound in itself; only the head shows what is missing.
    let _ = check(&mut earlier).ok();
    let _ = earlier.run(&["verify", "--head", &kept]).ok();
    let said = earlier.run(&["verify", "--head", &head]).code(5);
    assert!(
        said.stdout.contains("does not contain the expected head"),
        "{said}"
    );
    for wrong in ["", "x", "1:", "1:abc", &format!("{head}0")] {
        let said = earlier.run(&["verify", "--head", wrong]);
        assert!(said.code != Some(0), "{wrong}: {said}");
    }
}
