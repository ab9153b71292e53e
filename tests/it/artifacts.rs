//! What is generated and committed is what desk generates: completions and
//! manual pages; and completion while typing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;

use crate::env::Env;

const SCRIPTS: [(&str, &str); 5] = [
    ("bash", "desk.bash"),
    ("zsh", "_desk"),
    ("fish", "desk.fish"),
    ("powershell", "_desk.ps1"),
    ("elvish", "desk.elv"),
];

fn root(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

/// Every file of a folder by its name.
fn files(folder: &Path) -> BTreeMap<String, String> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

/// The completion scripts as desk prints them now.
fn scripts() -> BTreeMap<String, String> {
    let mut env = Env::bare();
    SCRIPTS
        .iter()
        .map(|(shell, file)| {
            let script = env.run(&["completions", "--static", shell]).ok();
            ((*file).to_owned(), script.stdout)
        })
        .collect()
}

/// The manual pages as desk writes them now.
fn pages() -> BTreeMap<String, String> {
    let mut env = Env::bare();
    let place = env.dir().join("man");
    fs::create_dir(&place).unwrap();
    let _written = env.run(&["man", "man"]).ok();
    files(&place)
}

/// Insists on equality, file by file.
fn same(folder: &str, made: &BTreeMap<String, String>) {
    let kept = files(&root(folder));
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&kept), names(made), "in {folder}");
    for (name, text) in made {
        let stale = kept[name] != *text;
        assert!(
            !stale,
            "{folder}/{name} is stale: cargo test --test it anew -- --ignored"
        );
    }
}

#[test]
fn the_completion_scripts_are_those_that_desk_prints() {
    same("completions", &scripts());
}

#[test]
fn the_manual_says_what_every_option_is_for() {
    for (name, page) in pages() {
        let lines: Vec<&str> = page.lines().collect();
        for three in lines.windows(3) {
            let silent = three[0] == ".TP" && three[2].starts_with('.');
            assert!(!silent, "{name}: {}", three[1]);
        }
    }
}

#[test]
fn the_manual_pages_are_those_that_desk_writes() {
    same("man", &pages());
}

#[test]
#[ignore = "writes completions and man: cargo test --test it anew -- --ignored"]
fn completions_and_manual_are_written_anew() {
    for (folder, made) in [("completions", scripts()), ("man", pages())] {
        let folder = root(folder);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir(&folder).unwrap();
        for (name, text) in made {
            fs::write(folder.join(name), text).unwrap();
        }
    }
}

/// What a shell is offered for the last of these words.
fn offered(env: &mut Env, words: &[&str]) -> String {
    let mut args = vec!["--"];
    args.extend(words);
    let mut command = env.command(&args);
    command
        .env("COMPLETE", "fish")
        .env("_CLAP_COMPLETE_INDEX", (words.len() - 1).to_string());
    let output = env.finish(command, None).ok();
    assert_eq!(output.stderr, "");
    output.stdout
}

#[test]
fn what_hides_in_a_title_is_seen_where_it_is_offered() {
    let mut env = Env::new();
    env.does("desk open VPN\u{202e}\u{200b}");
    let offered = offered(&mut env, &["desk", "show", ""]);
    assert_eq!(offered.lines().next(), Some(r"1	VPN\u{202e}\u{200b}"));
}

#[test]
fn a_shell_is_offered_open_tickets_with_their_titles() {
    let mut env = Env::new();
    env.closed().does(
        r#"
        desk open "Mail bounces" --category mail --assign ben
        desk open "Printer" --channel phone
        "#,
    );
    assert_snapshot!(offered(&mut env, &["desk", "show", ""]), @"
    2	Mail bounces
    3	Printer
    --db	Use this store [env: DESK_DB]
    --as	Act as this agent [env: DESK_AGENT]
    --at	Act as if it were that moment [env: DESK_AT]
    --format	Print as table, json, jsonl, csv or ids
    --json	Print JSON, short for --format json
    --color	Use colour: auto, always or never
    --tz	Read and show local times in this zone, such as Europe/Berlin
    --quiet	Say less: no hints, no confirmations
    --no-input	Never ask; fail where a value is missing
    --no-pager	Never page long output
    --brief	Print the hand-over for the next line, in Markdown
    --help	Print help (see more with '--help')
    ");
    assert_snapshot!(offered(&mut env, &["desk", "resolve", ""]), @"
    2	Mail bounces
    3	Printer
    --db	Use this store [env: DESK_DB]
    --as	Act as this agent [env: DESK_AGENT]
    --at	Act as if it were that moment [env: DESK_AT]
    --format	Print as table, json, jsonl, csv or ids
    --json	Print JSON, short for --format json
    --color	Use colour: auto, always or never
    --tz	Read and show local times in this zone, such as Europe/Berlin
    --quiet	Say less: no hints, no confirmations
    --no-input	Never ask; fail where a value is missing
    --no-pager	Never page long output
    --message	The text, or - to read it from stdin
    --code	How it ended: solved, workaround, fulfilled, not-reproducible, no-fault, withdrawn or duplicate [default: solved, or fulfilled for a request]
    --known-error	Mark it as a known error, which helps with others like it
    --workaround	The workaround of the known error [default: the text]
    --cause	The cause of the known error [default: the confirmed hypothesis]
    --restored-by	Who confirmed that the service is restored
    --tell	Send this public message to the requester as well
    --force	Pass the gates that are not satisfied, on the record
    --reason	Why the gates are passed
    --help	Print help (see more with '--help')
    ");
    assert_snapshot!(offered(&mut env, &["desk", "list", "--category", ""]), @"
    mail
    network/vpn
    ");
    assert_snapshot!(offered(&mut env, &["desk", "list", "--assignee", ""]), @"
    anna
    ben
    ");
    assert_snapshot!(offered(&mut env, &["desk", "prio"]), @"prioritize	Rate impact and urgency; the priority follows");
    let mut command = env.command(&["--", "desk", "show", ""]);
    command
        .env("COMPLETE", "bash")
        .env("_CLAP_IFS", "\n")
        .env("_CLAP_COMPLETE_INDEX", "2");
    assert_snapshot!(env.finish(command, None), @"
    2
    3
    --db
    --as
    --at
    --format
    --json
    --color
    --tz
    --quiet
    --no-input
    --no-pager
    --brief
    --help[exit 0]
    ");
}

#[test]
fn completing_says_nothing_where_there_is_no_store() {
    let mut env = Env::bare();
    assert_snapshot!(offered(&mut env, &["desk", "show", ""]), @"
    --db	Use this store [env: DESK_DB]
    --as	Act as this agent [env: DESK_AGENT]
    --at	Act as if it were that moment [env: DESK_AT]
    --format	Print as table, json, jsonl, csv or ids
    --json	Print JSON, short for --format json
    --color	Use colour: auto, always or never
    --tz	Read and show local times in this zone, such as Europe/Berlin
    --quiet	Say less: no hints, no confirmations
    --no-input	Never ask; fail where a value is missing
    --no-pager	Never page long output
    --brief	Print the hand-over for the next line, in Markdown
    --help	Print help (see more with '--help')
    ");
    assert!(!env.db().exists());
}

#[test]
fn a_shell_is_offered_what_the_policy_lists() {
    let mut env = Env::new();
    fs::write(
        env.dir().join("policy.toml"),
        "[agents]\nanna = \"L1\"\nzoe = { tier = \"L2\", name = \"Zoe Berg\" }\n\
         [categories.\"network/vpn\"]\ntitle = \"Tunnels\"\n\
         [calendars.office]\ntimezone = \"UTC\"\nmon = [\"09:00-17:00\"]\n",
    )
    .unwrap();
    env.does("desk policy set policy.toml\ndesk open VPN");
    let first = |offered: String| {
        let told = offered.lines().filter(|line| !line.starts_with('-'));
        told.map(str::to_owned).collect::<Vec<_>>()
    };
    let offers = |env: &mut Env, words: &[&str]| first(offered(env, words));
    assert_eq!(
        offers(&mut env, &["desk", "assign", "1", ""]),
        ["anna", "zoe\tZoe Berg"]
    );
    let categories = offers(&mut env, &["desk", "categorize", "1", ""]);
    assert!(
        categories.contains(&"network/vpn\tTunnels".to_owned()),
        "{categories:?}"
    );
    let calendars = offers(&mut env, &["desk", "calendar", "show", ""]);
    assert_eq!(calendars, ["24x7", "office"]);
    let tickets = offers(&mut env, &["desk", "sla", "explain", ""]);
    assert_eq!(tickets, ["1\tVPN"]);
}
