//! Hooks: what programs are told, that nothing is lost whatever is killed, and that
//! no program holds desk up.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use insta::assert_snapshot;
use serde_json::Value;

use crate::env::Env;

/// A desk of somebody with these settings; `DIR` is its folder.
fn hooked(settings: &str) -> Env {
    let env = Env::new();
    set(&env, settings);
    // Keeps every document that it reads, a line each.
    program(&env, "keep", "cat >> \"$HOME/told\"");
    env
}

fn set(env: &Env, settings: &str) {
    let settings = settings.replace("DIR", env.dir().to_str().unwrap());
    write(&env.dir().join(".config/desk/config.toml"), &settings);
}

fn write(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
    fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
}

/// Writes a shell script that a hook can run.
fn program(env: &Env, name: &str, script: &str) {
    let file = env.dir().join(name);
    fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
}

/// The documents that the program `keep` has read.
fn told(env: &Env) -> Vec<Value> {
    let text = fs::read_to_string(env.dir().join("told")).unwrap_or_default();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The kinds of the events that were told.
fn kinds(env: &Env) -> String {
    let all = told(env);
    let kinds = all.iter().map(|one| one["kind"].as_str().unwrap());
    kinds.collect::<Vec<_>>().join(" ")
}

/// The deliveries as `hook kind state tries`.
fn states(env: &mut Env) -> String {
    let list = env.json(&["hooks", "--all"]);
    let deliveries = list["deliveries"].as_array().unwrap().iter();
    let line = |one: &Value| {
        let word = |name: &str| one[name].as_str().unwrap().to_owned();
        let (hook, kind, state) = (word("hook"), word("kind"), word("state"));
        format!("{hook} {kind} {state} {}", one["attempts"])
    };
    deliveries.map(line).collect::<Vec<_>>().join("\n")
}

const SWEPT: &str = "[hooks.chat]\nrun = [\"DIR/keep\"]\ndeliver = \"sweep\"\n";

#[test]
fn a_program_reads_what_happened_and_the_ticket() {
    let mut env = hooked(&format!("{SWEPT}on = [\"opened\", \"resolved\"]\n"));
    env.does("desk open \"VPN drops\" --channel phone\ndesk take 1\ndesk hooks send");
    let all = told(&env);
    let [document] = all.as_slice() else {
        panic!("{all:#?}");
    };
    assert_eq!(document["hook"], "chat");
    assert_eq!(document["attempt"], 1);
    assert_eq!(document["agent"], "anna");
    assert_eq!(document["event"]["data"]["title"], "VPN drops");
    assert_eq!(document["ticket"]["title"], "VPN drops");
    // As it is when the program runs.
    assert_eq!(document["ticket"]["status"], "active");
    let schema = env.run(&["schema", "hook-document"]).ok().stdout;
    let schema: Value = serde_json::from_str(&schema).unwrap();
    jsonschema::draft202012::validate(&schema, document).unwrap();
    let events = env.json(&["events", "--kind", "opened"]);
    assert_eq!(events[0]["seq"], document["seq"]);
    assert_eq!(states(&mut env), "chat opened delivered 1");
    // Once it was told, it is not told again, by nobody.
    env.does("desk sweep\ndesk hooks send");
    assert_eq!(told(&env).len(), 1);
}

#[test]
fn it_runs_after_the_command_without_being_waited_for() {
    let mut env = hooked("[hooks.chat]\nrun = [\"DIR/slow\"]\non = [\"opened\"]\n");
    program(&env, "slow", "sleep 2; cat >> \"$HOME/told\"");
    let began = Instant::now();
    env.does("desk open Printer");
    let took = began.elapsed();
    assert!(told(&env).is_empty(), "the command has waited: {took:?}");
    while told(&env).is_empty() {
        assert!(began.elapsed() < Duration::from_secs(60));
        sleep(Duration::from_millis(20));
    }
    assert_eq!(kinds(&env), "opened");
}

#[test]
fn a_filter_knows_fields_that_left_the_policy() {
    let mut env = hooked(&format!(
        "{SWEPT}on = [\"logged\"]\nfilter = \"asset:L-42\"\n"
    ));
    write(
        &env.dir().join("with.toml"),
        "[fields.asset]\ntype = \"text\"\n",
    );
    write(&env.dir().join("without.toml"), "warnings = [80]\n");
    env.does(
        "
        desk policy set with.toml
        desk open Laptop --field asset=L-42
        desk open Printer --field asset=P-1
        desk restrict 1 --to anna
        desk policy set without.toml
        desk log 1 'it smokes'
        desk log 2 'it squeaks'
        desk hooks send
        ",
    );
    assert_eq!(env.run(&["list", "--ids", "asset:L-42"]).ok().stdout, "1\n");
    let told: Vec<i64> = told(&env)
        .iter()
        .map(|one| one["ticket"]["id"].as_i64().unwrap())
        .collect();
    assert_eq!(told, [1]);
    assert_eq!(states(&mut env), "chat logged delivered 1");
    // The control: a field that nothing has is a mistake in the filter.
    set(
        &env,
        &format!("{SWEPT}on = [\"logged\"]\nfilter = \"asste:L-42\"\n"),
    );
    env.does("desk log 1 again");
    let said = env.run(&["hooks", "send"]).ok().stdout;
    assert!(said.contains("there is no field 'asste'"), "{said}");
}

#[test]
fn a_filter_is_about_the_ticket_after_the_command() {
    let mut env = hooked(&format!(
        "{SWEPT}on = [\"opened\"]\nfilter = \"p:P1 @big\"\n[views]\nbig = \"-kind:request\"\n"
    ));
    env.does(
        "desk open one -u high -b high -g high --channel phone
         desk open two
         desk open three -u high -b high -g high --channel phone --kind request
         desk hooks send",
    );
    let all = told(&env);
    let titles: Vec<&Value> = all.iter().map(|one| &one["ticket"]["title"]).collect();
    assert_eq!(titles, ["one"]);
    // What is not understood is not lost either.
    set(
        &env,
        &format!("{SWEPT}on = [\"opened\"]\nfilter = \"p:P9\"\n"),
    );
    env.does("desk open four");
    let said = env.run(&["hooks", "send"]).ok().stdout;
    assert!(said.contains("in the filter word 'p:P9'"), "{said}");
    set(&env, &format!("{SWEPT}on = [\"opened\"]\n"));
    env.pass(2).does("desk hooks send");
    assert_eq!(told(&env).last().unwrap()["ticket"]["title"], "four");
}

#[test]
fn one_that_fails_is_tried_again_with_the_same_id_and_given_up_at_last() {
    let mut env = hooked(
        "[hooks.chat]\nrun = [\"DIR/fail\"]\non = [\"opened\"]\nattempts = 3\ndeliver = \"sweep\"\n",
    );
    program(&env, "fail", "cat >> \"$HOME/told\"; exit 7");
    env.does("desk open Printer\ndesk sweep");
    assert_eq!(states(&mut env), "chat opened waiting 1");
    // Not before its time.
    env.at("2026-03-02T09:01:30Z").does("desk sweep");
    assert_eq!(told(&env).len(), 1);
    env.pass(2).does("desk sweep");
    env.pass(10).does("desk sweep");
    assert_eq!(states(&mut env), "chat opened failed 3");
    let all = told(&env);
    let ids: BTreeSet<&str> = all
        .iter()
        .map(|one| one["delivery_id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), 1);
    let attempts: Vec<&Value> = all.iter().map(|one| &one["attempt"]).collect();
    assert_eq!(attempts, [1, 2, 3]);
    let doctor = env.run(&["doctor"]).code(10).stdout;
    assert!(
        doctor.contains("hooks: 1; events that wait: 0; given up: 1"),
        "{doctor}"
    );
    env.pass(60).does("desk sweep");
    assert_eq!(told(&env).len(), 3);
    let again = env.run(&["hooks", "retry", "1"]).code(5).stdout;
    assert!(again.contains("exit status: 7"), "{again}");
    program(&env, "fail", "cat >> \"$HOME/told\"");
    env.does("desk hooks retry 1");
    assert_eq!(states(&mut env), "chat opened delivered 5");
    let last = told(&env).pop().unwrap();
    assert!(ids.contains(last["delivery_id"].as_str().unwrap()));
    let fault = env.run(&["hooks", "retry", "9"]).code(2).stderr;
    assert!(
        fault.contains("there is no delivery 9 to a hook"),
        "{fault}"
    );
}

#[test]
fn one_that_hangs_is_ended_and_the_next_events_do_not_wait_for_one_that_failed() {
    let mut env = hooked(
        "[hooks.chat]\nrun = [\"DIR/odd\"]\non = [\"logged\"]\ntimeout = \"1s\"\ndeliver = \"sweep\"\n",
    );
    // It hangs once.
    program(
        &env,
        "odd",
        "if [ ! -e \"$HOME/hung\" ]; then touch \"$HOME/hung\"; sleep 100; fi; cat >> \"$HOME/told\"",
    );
    env.does("desk open Printer\ndesk log 1 a\ndesk log 1 b\ndesk hooks send");
    let said = states(&mut env);
    assert_eq!(said, "chat logged waiting 1\nchat logged waiting 0");
    let began = Instant::now();
    env.does("desk hooks send");
    assert!(began.elapsed() < Duration::from_secs(30));
    let said = states(&mut env);
    assert_eq!(said, "chat logged delivered 2\nchat logged delivered 1");
}

#[test]
fn the_environment_is_small_and_says_what_it_is_about() {
    let mut env = hooked(&format!(
        "{SWEPT}on = [\"opened\"]\nenv = [\"DESK_TEST_LOGIN\"]\n"
    ));
    program(
        &env,
        "keep",
        "cat > /dev/null; pwd; env | cut -d= -f1 | grep -v -e '^_' -e PWD -e SHLVL -e OLDPWD | sort | tr '\\n' ' '",
    );
    let said = env.run(&["hooks", "test", "chat"]).ok().stdout;
    let lines: Vec<&str> = said.lines().skip(1).map(str::trim).collect();
    assert_snapshot!(lines.join("\n"), @"
    /
    DESK_AGENT DESK_ATTEMPT DESK_DB DESK_DELIVERY_ID DESK_EVENT DESK_HOOK DESK_HOOKS DESK_SEQ DESK_TEST_LOGIN DESK_TICKET HOME LANG PATH TZ
    ");
    program(&env, "keep", "echo no >&2; exit 3");
    let said = env.run(&["hooks", "test", "chat"]).code(5).stdout;
    assert!(
        said.starts_with("chat: exit status: 3, after ") && said.ends_with("\n  no\n"),
        "{said}"
    );
    assert_eq!(
        env.json(&["hooks", "--all"])["deliveries"],
        serde_json::json!([])
    );
}

#[test]
fn settings_that_cannot_be_used_are_refused_with_a_hint() {
    let mut env = hooked("");
    let mut refused = |settings: &str| {
        set(&env, settings);
        env.run(&["list"]).code(2).stderr
    };
    let faults = [
        refused("[hooks.chat]\non = [\"opened\"]"),
        refused("[hooks.chat]\nrun = [\"notify\"]"),
        refused("[hooks.chat]\nrun = [\"/bin/true\"]\ntries = 2"),
    ];
    assert_snapshot!(faults.join(""), @r#"
    desk: cannot use [hooks.chat] (user file): run does not name a program by its whole path
      hint: write run = ["/usr/local/bin/notify", "--room", "desk"]
    desk: cannot use [hooks.chat] (user file): run does not name a program by its whole path
      hint: write run = ["/usr/local/bin/notify", "--room", "desk"]
    desk: cannot use DIR/.config/desk/config.toml: line 3: unknown field `tries`, expected one of `run`, `on`, `filter`, `timeout`, `attempts`, `deliver`, `env`
      hint: valid keys are db, agent, channel, format, color, tz, editor, pager, mail, hooks, views and aliases
    "#);
    let fault = refused("[hooks.chat]\nrun = [\"/bin/true\"]\non = [\"resolve\"]");
    assert!(fault.contains("did you mean 'resolved'?"), "{fault}");
    set(&env, "[hooks.chat]\nrun = [\"/no/such/program\"]");
    let doctor = env.run(&["doctor"]).code(5).stdout;
    assert!(
        doctor.contains("the program of the hook 'chat' cannot be run"),
        "{doctor}"
    );
}

#[test]
fn hooks_of_the_machine_and_of_users_are_told_apart() {
    let mut env = hooked("");
    let system = env.dir().join("system.toml");
    let both = "[hooks.chat]\nrun = [\"DIR/keep\"]\non = [\"opened\"]\ndeliver = \"sweep\"\n";
    write(&system, &both.replace("DIR", env.dir().to_str().unwrap()));
    let machine = format!("DESK_TEST_SYSTEM_FILE={}", system.display());
    // A process of somebody without hooks of their own.
    env.does(&format!("{machine} desk open one"));
    // Nobody else tells the hook of the machine.
    set(&env, both);
    env.does("desk open two\ndesk hooks send");
    assert_eq!(told(&env).len(), 1);
    // Nor the hook of another user.
    env.forge("UPDATE hook_delivery SET owner = '4711', state = 'waiting' WHERE owner <> 'system'");
    env.does(&format!("{machine} desk hooks send"));
    let all = told(&env);
    let titles: Vec<&Value> = all.iter().map(|one| &one["ticket"]["title"]).collect();
    assert_eq!(titles, ["two", "one"]);
    assert_eq!(
        states(&mut env),
        "chat opened delivered 1\nchat opened waiting 1"
    );
}

#[test]
fn a_restricted_ticket_is_told_as_far_as_the_owner_of_the_hook_may_see_it() {
    let mut env = hooked(&format!("{SWEPT}on = [\"logged\"]\n"));
    let system = env.dir().join("system.toml");
    write(
        &system,
        &SWEPT
            .replace("chat", "all")
            .replace("DIR", env.dir().to_str().unwrap()),
    );
    let machine = format!("DESK_TEST_SYSTEM_FILE={}", system.display());
    env.does("desk open \"striped leak\"\ndesk restrict 1 --to anna");
    env.does(&format!(
        "{machine} desk log 1 \"zebra talk\"\n{machine} desk hooks send"
    ));
    let all = told(&env);
    let of = |hook: &str| all.iter().find(|one| one["hook"] == hook).unwrap();
    assert_eq!(of("chat")["event"]["data"]["text"], "zebra talk");
    let machines = of("all");
    assert_eq!(machines["ticket"]["title"], "[restricted]");
    assert_eq!(machines["ticket"]["status"], "new");
    assert_eq!(machines.get("event"), None);
    let text = machines.to_string();
    assert!(
        !text.contains("zebra") && !text.contains("striped"),
        "{text}"
    );
    // The queue says nothing of it.
    let rows = env.rows(
        "SELECT owner, hook, kind, delivery_id, d.state, last_error \
         FROM hook_delivery d JOIN event e ON e.ticket = d.ticket AND e.n = d.event",
    );
    let rows = format!("{rows:?}");
    assert!(!rows.contains("zebra") && rows.contains("logged"), "{rows}");
}

#[test]
fn imports_are_no_news_and_a_program_that_runs_desk_does_not_call_itself() {
    let mut env = hooked(&format!("{SWEPT}on = [\"opened\"]\n"));
    env.does("desk open Printer");
    let export = env.run(&["export"]).ok().stdout;
    let mut other = hooked(&format!("{SWEPT}on = [\"opened\"]\n"));
    let _ = other.run_with(&["import", "-"], export).ok();
    assert_eq!(states(&mut other), "");
    other.does("DESK_HOOKS=mail desk open one\nDESK_HOOKS=mail,chat desk open two");
    assert_eq!(states(&mut other), "chat opened waiting 0");
}

/// Random numbers that are the same at every run.
struct Random(u64);

impl Random {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % most
    }
}

/// Lets writers and senders run, and kills each at some moment; with `lossy`, what a
/// killed sender had not told is forgotten. Returns the events that happened, the
/// attempts at each id that was told, and how often somebody was killed.
fn with_kills(lossy: bool) -> (BTreeSet<i64>, BTreeMap<String, BTreeSet<i64>>, usize) {
    let mut env =
        hooked("[hooks.chat]\nrun = [\"DIR/keep\"]\non = [\"logged\"]\ndeliver = \"sweep\"\n");
    // Told is what was read to its end.
    program(
        &env,
        "keep",
        "line=$(cat); sleep 0.01; echo \"$line\" >> \"$HOME/told\"",
    );
    env.does("desk open Printer");
    let mut random = Random(7);
    let mut kills = 0;
    // A moment within the time that the same command takes here when nobody kills it.
    let usual = |env: &Env, args: &[&str]| {
        let begun = Instant::now();
        assert!(env.command(args).status().unwrap().success());
        begun.elapsed()
    };
    let writing = usual(&env, &["log", "1", "first"]);
    let sending = usual(&env, &["hooks", "send"]);
    let mut kill_one = |env: &Env, args: &[&str], within: Duration| {
        let mut child = env.command(args).spawn().unwrap();
        let within = u64::try_from(within.as_micros()).unwrap();
        sleep(Duration::from_micros(random.below(within)));
        if child.try_wait().unwrap().is_none() {
            child.kill().unwrap();
            kills += 1;
        }
        child.wait().unwrap();
    };
    for round in 0..25 {
        let note = format!("note {round}");
        // Some writers and senders come to their end.
        kill_one(&env, &["log", "1", &note], writing * 5 / 4);
        // Most senders get no further than to begin where nothing is to be kept.
        let within = if lossy { sending / 5 } else { sending * 5 / 4 };
        kill_one(&env, &["hooks", "send"], within);
        if lossy {
            env.forge("DELETE FROM hook_delivery WHERE state IN ('waiting', 'running')");
        }
    }
    env.does("desk log 1 last");
    // One that was killed in the middle of an attempt is known to be gone.
    for _ in 0..3 {
        env.pass(5).does("desk hooks send");
    }
    // A program that outlived its desk may still be writing.
    sleep(Duration::from_millis(300));
    let events = env.json(&["events", "--kind", "logged"]);
    let events = events.as_array().unwrap().iter();
    let happened = events.map(|event| event["seq"].as_i64().unwrap()).collect();
    let mut ids: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
    for one in told(&env) {
        let id = one["delivery_id"].as_str().unwrap().to_owned();
        ids.entry(id)
            .or_default()
            .insert(one["seq"].as_i64().unwrap());
    }
    env.does("desk verify");
    (happened, ids, kills)
}

#[test]
fn whoever_is_killed_no_event_is_lost() {
    let (happened, ids, kills) = with_kills(false);
    assert!(kills > 10, "{kills}");
    assert!(happened.len() > 1);
    // An id is about one event, and every event has one.
    assert!(ids.values().all(|events| events.len() == 1), "{ids:?}");
    assert_eq!(ids.len(), happened.len());
    let told: BTreeSet<i64> = ids.into_values().flatten().collect();
    assert_eq!(told, happened);
}

#[test]
fn without_the_queue_events_would_be_lost() {
    let (happened, ids, _) = with_kills(true);
    let told: BTreeSet<i64> = ids.into_values().flatten().collect();
    assert!(told.len() < happened.len(), "{told:?} of {happened:?}");
}

#[test]
fn a_second_run_after_a_kill_carries_the_same_id() {
    let mut env = hooked(&format!("{SWEPT}on = [\"opened\"]\n"));
    program(
        &env,
        "keep",
        "if [ -e \"$HOME/go\" ]; then cat >> \"$HOME/told\"; else cat >> \"$HOME/told\"; sleep 100; fi",
    );
    env.does("desk open Printer");
    let mut sender = env.command(&["hooks", "send"]).spawn().unwrap();
    while told(&env).is_empty() {
        sleep(Duration::from_millis(5));
    }
    // Meanwhile nobody else tells it.
    fs::write(env.dir().join("go"), "").unwrap();
    env.does("desk hooks send");
    assert_eq!(told(&env).len(), 1);
    sender.kill().unwrap();
    sender.wait().unwrap();
    env.does("desk hooks send");
    let all = told(&env);
    assert_eq!(all.len(), 2);
    assert_eq!(all[0]["delivery_id"], all[1]["delivery_id"]);
    assert_eq!(
        (&all[0]["attempt"], &all[1]["attempt"]),
        (&1.into(), &2.into())
    );
}

#[test]
fn two_senders_at_once_tell_nothing_twice() {
    let mut env = hooked(&format!("{SWEPT}on = [\"logged\"]\n"));
    program(
        &env,
        "keep",
        "line=$(cat); sleep 0.02; echo \"$line\" >> \"$HOME/told\"",
    );
    env.does("desk open Printer");
    for n in 0..8 {
        let _ = env.run(&["log", "1", &format!("note {n}")]).ok();
    }
    let mut senders: Vec<_> = (0..3)
        .map(|_| env.command(&["hooks", "send"]).spawn().unwrap())
        .collect();
    for sender in &mut senders {
        assert!(sender.wait().unwrap().success());
    }
    let seqs: Vec<i64> = told(&env)
        .iter()
        .map(|one| one["seq"].as_i64().unwrap())
        .collect();
    assert_eq!(seqs.len(), 8);
    assert!(
        seqs.is_sorted(),
        "one event at a time, the oldest first: {seqs:?}"
    );
}
