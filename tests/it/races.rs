//! Many processes on one store: one of them wins, the others get an error, and
//! no change is lost or made twice.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use rusqlite::Connection;

use crate::concurrency::at_once;
use crate::env::{Env, Output};

const CROWD: i64 = 20;

fn opened(output: &Output) -> i64 {
    let said: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    said["id"].as_i64().unwrap()
}

/// Whether these numbers are 1, 2, 3 … without gaps.
fn gap_free(numbers: &[i64]) -> bool {
    let distinct: BTreeSet<i64> = numbers.iter().copied().collect();
    distinct.len() == numbers.len() && distinct.into_iter().eq(1..=numbers.len() as i64)
}

#[test]
fn gaps_and_doubles_in_numbers_are_seen() {
    assert!(gap_free(&[2, 1, 3]));
    assert!(!gap_free(&[1, 2, 4]));
    assert!(!gap_free(&[1, 2, 2]));
    assert!(!gap_free(&[2, 3]));
}

/// A command on the default store.
fn at_home(env: &Env, args: &[&str]) -> Command {
    let mut command = env.command(args);
    command.env_remove("DESK_DB");
    command
}

#[test]
fn twenty_first_writers_share_one_new_store() {
    for _ in 0..3 {
        let env = Env::bare();
        let commands = (1..=CROWD)
            .map(|n| at_home(&env, &["open", &format!("first word {n}"), "--json"]))
            .collect();
        let outputs = at_once(&env, commands);
        let numbers: Vec<i64> = outputs
            .iter()
            .map(|output| opened(&output.clone().ok()))
            .collect();
        assert!(gap_free(&numbers), "{numbers:?}");
        let told = "desk: created a new store at DIR/.local/share/desk/desk.db\n";
        let creations = outputs.iter().filter(|o| o.stderr == told).count();
        let silent = outputs.iter().filter(|o| o.stderr.is_empty()).count();
        assert_eq!((creations, silent), (1, outputs.len() - 1));
        let check = at_once(&env, vec![at_home(&env, &["verify"])]);
        assert!(check[0].clone().ok().stdout.contains("20 tickets"));
        let home = env.dir().join(".local/share/desk");
        let left: Vec<_> = std::fs::read_dir(home)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| !name.starts_with("desk.db"))
            .collect();
        assert_eq!(left, Vec::<String>::new());
    }
}

#[test]
fn of_many_inits_one_creates_the_store() {
    let env = Env::bare();
    let commands = (0..10).map(|_| env.command(&["init"])).collect();
    let outputs = at_once(&env, commands);
    let won = outputs.iter().filter(|o| o.code == Some(0)).count();
    assert_eq!(won, 1);
    for lost in outputs.into_iter().filter(|o| o.code != Some(0)) {
        let lost = lost.code(2);
        assert_eq!(
            lost.stderr,
            "desk: DIR/desk.db already exists\n  hint: give a path that does not exist yet\n"
        );
    }
    let _ = at_once(&env, vec![env.command(&["verify"])]).remove(0).ok();
}

#[test]
fn twenty_writers_on_one_ticket_are_all_heard() {
    let mut env = Env::new();
    let _ = env.run(&["open", "printer on fire"]).ok();
    let said: BTreeSet<String> = (1..=CROWD).map(|n| format!("seen by {n}")).collect();
    let commands = said
        .iter()
        .map(|text| env.command(&["log", "1", text]))
        .collect();
    for output in at_once(&env, commands) {
        assert_eq!(output.ok().stderr, "");
    }
    let page = env.json(&["show", "1"]);
    let logged: Vec<String> = page["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|event| event["kind"] == "logged")
        .map(|event| event["data"]["text"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(logged.len(), said.len());
    assert_eq!(logged.into_iter().collect::<BTreeSet<_>>(), said);
    let _ = env.run(&["verify"]).ok();
}

#[test]
fn of_two_agents_who_take_a_ticket_one_gets_it_and_the_other_an_error_that_names_the_first() {
    let mut env = Env::new();
    for number in 1..=10 {
        let _ = env.run(&["open", "who is first"]).ok();
        let id = number.to_string();
        let agents = ["ben", "cleo"];
        let commands = agents
            .iter()
            .map(|agent| env.command(&["--as", agent, "take", &id]))
            .collect();
        let outputs = at_once(&env, commands);
        let winner = outputs.iter().position(|o| o.code == Some(0)).unwrap();
        let (won, lost) = (agents[winner], &outputs[1 - winner]);
        assert_eq!(outputs[winner].stdout, format!("#{id} taken by {won}\n"));
        assert_eq!(lost.code, Some(4), "{lost}");
        assert_eq!(
            lost.stderr.lines().next().unwrap(),
            format!("desk: #{id} is already taken by {won}")
        );
        assert_eq!(lost.stdout, "");
        assert_eq!(env.json(&["show", &id])["assignee"], won);
    }
}

#[test]
fn one_key_twenty_times_at_once_opens_one_ticket() {
    let mut env = Env::new();
    let args = ["open", "backup is late", "--key", "backup-db3", "--json"];
    let commands = (0..CROWD).map(|_| env.command(&args)).collect();
    let outputs = at_once(&env, commands);
    let numbers: BTreeSet<i64> = outputs.iter().map(|o| opened(&o.clone().ok())).collect();
    assert_eq!(numbers, BTreeSet::from([1]));
    let opens = outputs
        .iter()
        .filter(|o| o.stdout.contains("\"opened\":true"));
    assert_eq!(opens.count(), 1);
    assert_eq!(env.run(&["list", "--all", "--count"]).ok().stdout, "1\n");
}

#[test]
fn alarms_that_are_given_at_once_are_all_counted_on_one_ticket() {
    let mut env = Env::new();
    let command = |n: i64| {
        let title = format!("disk full, {n} %");
        env.command(&["open", &title, "--key", "disk-db3", "--json"])
    };
    let commands = (0..CROWD).map(command).collect();
    let outputs = at_once(&env, commands);
    let numbers: BTreeSet<i64> = outputs.iter().map(|o| opened(&o.clone().ok())).collect();
    assert_eq!(numbers, BTreeSet::from([1]));
    let occurrences = env.json(&["show", "1"])["occurrences"].clone();
    assert_eq!(occurrences["count"], CROWD);
    let texts = occurrences["texts"].as_array().unwrap();
    assert_eq!(texts.len(), usize::try_from(CROWD).unwrap());
    let _ = env.run(&["verify"]).ok();
}

#[test]
fn readers_are_never_turned_away_while_others_write() {
    let mut env = Env::new();
    let _ = env.run(&["open", "the first"]).ok();
    let mut commands = Vec::new();
    for n in 0..10 {
        commands.push(env.command(&["open", &format!("another {n}")]));
        commands.push(env.command(&["list", "--json", "-q"]));
        commands.push(env.command(&["show", "1", "--json"]));
        commands.push(env.command(&["verify"]));
    }
    for output in at_once(&env, commands) {
        let output = output.ok();
        assert_eq!(output.stderr, "");
    }
    // A listed ticket is complete: it has its history.
    let _ = env.run(&["show", "11"]).ok();
}

/// A command of a writer that waits for this long while nobody writes.
fn patient(env: &Env, milliseconds: u32, args: &[&str]) -> Command {
    let mut command = env.command(args);
    command.env("DESK_TEST_PATIENCE_MS", milliseconds.to_string());
    command
}

#[test]
fn of_many_writers_each_gets_a_turn_however_many_are_before_it() {
    let mut env = Env::new();
    let (writers, each) = (20, 5);
    let script = format!(
        "for n in $(seq {each}); do {} open another -q || exit 1; done",
        env!("CARGO_BIN_EXE_desk")
    );
    let mut commands: Vec<Command> = (0..writers)
        .map(|_| {
            let mut writer = env.dressed("/bin/sh");
            writer.args(["-c", &script]).env("PATH", "/usr/bin:/bin");
            writer
        })
        .collect();
    commands.extend((0..5).map(|_| env.command(&["list", "--json", "-q"])));
    for command in &mut commands {
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
    }
    for output in at_once(&env, commands) {
        assert_eq!(output.ok().stderr, "");
    }
    let count = env.run(&["list", "--all", "--count"]).ok();
    assert_eq!(count.stdout, format!("{}\n", writers * each));
    let _ = env.run(&["verify"]).ok();
    // The control: behind one who does not get on, the wait ends.
    let _holder = env.hold();
    let commands = (0..3)
        .map(|_| patient(&env, 300, &["open", "too late"]))
        .collect();
    for output in at_once(&env, commands) {
        let _ = output.code(4);
    }
}

#[test]
fn a_writer_that_is_killed_gives_its_turn_away() {
    let mut env = Env::file("the queue beside a file");
    let holder = env.hold();
    let mut first = env.command(&["open", "killed"]).spawn().unwrap();
    let queue = env.dir().join("desk.db-queue");
    while !queue.exists() {
        assert_eq!(first.try_wait().unwrap(), None);
        std::thread::yield_now();
    }
    first.kill().unwrap();
    first.wait().unwrap();
    holder.release();
    let _ = env.run(&["open", "the next"]).ok();
}

#[test]
fn a_lock_held_for_too_long_is_reported_as_busy() {
    let mut env = Env::new();
    let holder = env.hold();
    let late = patient(&env, 200, &["open", "too late"]);
    let output = env.finish(late, None).code(4);
    assert_eq!(
        output.stderr,
        "desk: the store is busy: another process is using it\n  hint: wait for the other process to finish, then try again\n"
    );
    // Reading is still possible.
    assert_eq!(env.run(&["list", "--count"]).ok().stdout, "0\n");
    holder.release();
    let _ = env.run(&["open", "in time"]).ok();
}

#[test]
fn a_lock_held_for_a_moment_is_waited_for() {
    let env = Env::new();
    let holder = env.hold();
    let mut waiting = env.command(&["open", "a moment later"]).spawn().unwrap();
    // Wait until it must have reached the lock.
    for _ in 0..20 {
        std::thread::sleep(std::time::Duration::from_millis(10));
        assert_eq!(waiting.try_wait().unwrap(), None);
    }
    holder.release();
    let output = crate::concurrency::done(&env, waiting).ok();
    assert_eq!(output.stdout.lines().count(), 1);
}

/// Every text in a store and in the stores that restores have kept.
fn kept(env: &Env) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    for entry in std::fs::read_dir(env.dir()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let log = name.ends_with("-wal") || name.ends_with("-shm");
        if log || !(name == "desk.db" || name.starts_with("desk.db.before-restore")) {
            continue;
        }
        let conn = Connection::open(&path).unwrap();
        let mut statement = conn.prepare("SELECT value FROM field").unwrap();
        let values = statement.query_map([], |row| row.get(0)).unwrap();
        texts.extend(values.map(|value| -> String { value.unwrap() }));
    }
    texts
}

#[test]
fn a_restore_among_writers_loses_nothing_and_spoils_nothing() {
    let mut env = Env::file("only a file is restored");
    let _ = env.run(&["open", "the first"]).ok();
    let _ = env.run(&["backup", "copy.db"]).ok();
    let mut written = BTreeSet::new();
    let mut restored = 0;
    for round in 0..25 {
        let texts: Vec<String> = (0..8).map(|n| format!("text {round}-{n}")).collect();
        let mut commands: Vec<Command> = texts
            .iter()
            .map(|text| env.command(&["open", "in between", "-m", text]))
            .collect();
        for place in [1, 4, 7] {
            commands.insert(place, env.command(&["restore", "--yes", "copy.db"]));
        }
        let mut outputs = at_once(&env, commands);
        for place in [7, 4, 1] {
            let output = outputs.remove(place);
            assert!(matches!(output.code, Some(0 | 4)), "{output}");
            restored += usize::from(output.code == Some(0));
        }
        for (text, output) in texts.into_iter().zip(outputs) {
            // While the files are swapped, a writer may not get the lock.
            assert!(matches!(output.code, Some(0 | 4)), "{output}");
            if output.code == Some(0) {
                written.insert(text);
            }
        }
        let _ = env.run(&["verify"]).ok();
    }
    assert!(restored > 5 && written.len() > 100, "{restored} restored");
    let kept = kept(&env);
    let lost: Vec<_> = written.difference(&kept).collect();
    assert!(lost.is_empty(), "{lost:?}");
    assert!(
        !kept.contains("text 0-8"),
        "what was never written is not there"
    );
}

#[test]
fn parents_that_are_linked_at_once_form_no_cycle() {
    for _ in 0..5 {
        let mut env = Env::new();
        env.does("desk open one")
            .does("desk open two")
            .does("desk open three");
        let links = [("1", "2"), ("2", "3"), ("3", "1")];
        let commands = links
            .map(|(child, parent)| env.command(&["link", child, "--parent", parent]))
            .into();
        let outputs = at_once(&env, commands);
        let codes: Vec<_> = outputs.iter().filter_map(|output| output.code).collect();
        let of = |code| codes.iter().filter(|known| **known == code).count();
        assert_eq!((of(0), of(1)), (2, 1), "{codes:?}");
        let refused = outputs.iter().find(|output| output.code == Some(1));
        assert!(refused.unwrap().stderr.contains("which is above it: #"));
    }
}
