//! Behaviour on a terminal: prompts, the editor, colour and width.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;

use crate::env::Env;
use crate::open_form::{AFTER_TITLE, skips};
use crate::terminal::{CTRL_C, DOWN, ENTER, Terminal, drafts, editor, plain, unnamed};

fn opened() -> Env {
    opened_in(Env::new())
}

fn opened_in(mut env: Env) -> Env {
    env.does("desk open VPN --requester Mia");
    env
}

#[test]
fn a_missing_kind_is_chosen_from_a_list() {
    let mut env = opened();
    let mut terminal = Terminal::run(&env, &[], &["identify", "1"]);
    terminal.sees("kind").sees("incident").sees("request");
    terminal
        .types(DOWN)
        .types(ENTER)
        .sees("#1 identified as request");
    assert_eq!(terminal.ends().0, 0);
    assert_eq!(env.json(&["show", "1"])["kind"], "request");
}

#[test]
fn a_watch_draws_the_table_anew_until_ctrl_c_and_leaves_the_terminal_clean() {
    let mut env = opened();
    let mut terminal = Terminal::run(&env, &[], &["sla", "--watch=1"]);
    terminal.sees("\u{1b}[H\u{1b}[2J").sees("VPN").sees("none");
    env.does("desk open Printer");
    terminal
        .sees("Printer")
        .sees("none")
        .sees("\u{1b}[2J")
        .sees("none");
    let (code, shown) = terminal.interrupts();
    assert_eq!(code, 130);
    // The terminal is restored: no colour, no hidden cursor, no alternate
    // screen.
    let escapes: Vec<&str> = shown.split('\u{1b}').skip(1).collect();
    let clears = |escape: &&str| escape.starts_with("[H") || escape.starts_with("[2J");
    assert!(escapes.iter().all(clears), "{}", plain(&shown));
    assert!(shown.ends_with("\n\n"), "{}", plain(&shown));
}

#[test]
fn a_missing_title_is_asked_for() {
    let mut env = Env::new();
    let mut terminal = Terminal::run(&env, &[], &["open"]);
    terminal
        .sees("title")
        .types("Printer is out of toner")
        .types(ENTER);
    skips(&mut terminal, &AFTER_TITLE);
    terminal.sees("#1 opened");
    assert_eq!(terminal.ends().0, 0);
    assert_eq!(env.json(&["show", "1"])["title"], "Printer is out of toner");
}

#[test]
fn missing_ratings_are_asked_for_one_by_one() {
    let mut env = opened();
    let mut terminal = Terminal::run(&env, &[], &["prioritize", "1"]);
    terminal.sees("impact on users").sees("low").types(ENTER);
    terminal
        .sees("impact on business")
        .sees("low")
        .types(DOWN)
        .types(ENTER);
    terminal
        .sees("urgency")
        .sees("low")
        .types(DOWN)
        .types(DOWN)
        .types(ENTER);
    terminal.sees("#1 prioritized P3");
    assert_eq!(terminal.ends().0, 0);
    let ticket = env.json(&["show", "1"]);
    assert_eq!(ticket["users"], "high");
    assert_eq!(ticket["business"], "medium");
    assert_eq!(ticket["urgency"], "low");
}

#[test]
fn prompts_for_ratings_stand_on_the_present_ones() {
    let mut env = opened();
    env.does("desk prioritize 1 -u low -b medium -g low");
    let mut terminal = Terminal::run(&env, &[], &["prioritize", "1"]);
    terminal.sees("impact on users").sees("low").types(ENTER);
    terminal.sees("impact on business").sees("low").types(ENTER);
    terminal.sees("urgency").sees("low").types(ENTER);
    terminal.sees("#1 unchanged");
    assert_eq!(terminal.ends().0, 0);
    assert_eq!(env.json(&["show", "1"])["business"], "medium");
}

#[test]
fn a_name_that_is_nearly_known_is_asked_about() {
    let mut env = opened();
    env.does("desk open Printer -r mia@example.org --category network/vpn --assign ben");
    let mut terminal = Terminal::run(&env, &[], &["assign", "1", "bne"]);
    terminal
        .sees("no agent 'bne' yet; did you mean 'ben'?")
        .sees("bne, a new agent")
        .types(ENTER)
        .sees("#1 assigned to ben");
    assert_eq!(terminal.ends().0, 0);
    let mut terminal = Terminal::run(&env, &[], &["categorize", "1", "network/vnp"]);
    terminal
        .sees("no category 'network/vnp' yet")
        .sees("network/vnp, a new category")
        .types(DOWN)
        .types(ENTER)
        .sees("#1 categorized as network/vnp");
    assert_eq!(terminal.ends().0, 0);
    let mut terminal = Terminal::run(&env, &[], &["open", "Fax", "-r", "Mia <mai@example.org>"]);
    terminal
        .sees("no requester 'mai@example.org' yet")
        .sees("mai@example.org, a new requester")
        .types(CTRL_C);
    assert_eq!(terminal.ends().0, 130);
    assert_eq!(env.json(&["list", "--count"])["count"], 2);
    let (code, shown) = Terminal::run(&env, &[], &["assign", "1", "cara"]).ends();
    assert_eq!((code, plain(&shown).trim()), (0, "#1 assigned to cara"));
}

#[test]
fn what_a_restore_would_lose_is_asked_about() {
    let mut env = opened_in(Env::file("only a file is restored"));
    env.does("desk backup copy.db");
    env.does("desk open Printer");
    let question = "the store has 4 events on 1 ticket since the backup";
    for keeps in [CTRL_C, ENTER] {
        let mut terminal = Terminal::run(&env, &[], &["restore", "copy.db"]);
        terminal.sees(question).sees("restore the backup");
        terminal.types(keeps);
        assert_eq!(terminal.ends().0, 130);
        assert_eq!(env.json(&["list", "--count"])["count"], 2);
    }
    let mut terminal = Terminal::run(&env, &[], &["restore", "copy.db"]);
    terminal.sees(question).types(DOWN).types(ENTER);
    terminal.sees("restored");
    assert_eq!(terminal.ends().0, 0);
    assert_eq!(env.json(&["list", "--count"])["count"], 1);
}

#[test]
fn at_ctrl_c_nothing_is_done_and_the_cursor_is_back() {
    for args in [&["identify", "1"][..], &["open"], &["categorize", "1"]] {
        let mut env = opened();
        let mut terminal = Terminal::run(&env, &[], args);
        let what = match args[0] {
            "identify" => "incident",
            "open" => "title",
            _ => "category",
        };
        terminal.sees(what);
        let (code, shown) = terminal.interrupts();
        assert_eq!(code, 130, "{args:?}: {shown}");
        let shown_again = shown.rfind("\u{1b}[?25h");
        assert!(shown_again.is_some(), "{args:?}: {shown:?}");
        assert!(
            shown_again > shown.rfind("\u{1b}[?25l"),
            "{args:?}: {shown:?}"
        );
        assert!(
            shown.ends_with("desk: interrupted; nothing was changed\n"),
            "{shown:?}"
        );
        assert_eq!(env.json(&["list", "--count"])["count"], 1);
        assert_eq!(env.json(&["verify"])["events"], 4);
    }
}

#[test]
fn with_no_input_nothing_is_asked_even_on_a_terminal() {
    let env = opened();
    let (code, shown) = Terminal::run(&env, &[], &["identify", "1", "--no-input"]).ends();
    assert_eq!(code, 2);
    assert_snapshot!(plain(&shown), @"
    desk: missing kind
      hint: give it with desk identify ID incident
    ");
}

#[test]
fn a_long_text_is_written_in_the_editor() {
    let mut env = opened();
    let editor = editor(&env, "first line\\nsecond line\\n");
    let (code, shown) = Terminal::run(&env, &[("EDITOR", &editor)], &["log", "1"]).ends();
    assert_eq!(code, 0);
    assert_snapshot!(plain(&shown), @"#1 logged");
    assert_snapshot!(env.says("desk --at 9:02 show 1"), @"
    $ desk --at 9:02 show 1
    #1 VPN
      new since 09:00 · no priority
      not identified · no category · L1 · unassigned
      opened 09:00 by anna

    Clocks
                  STATE  USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ ok     2m   2h 58m      3h          12:00
      resolution  ✓ ok     2m  23h 58m      1d          Tue 09:00

    Requester
      name        Mia

    Timeline
      09:00  anna  opened
      09:01  anna  logged
             │ first line
             │ second line
    ");
    assert_eq!(drafts(&env), Vec::<PathBuf>::new());
}

#[test]
fn an_empty_text_cancels() {
    let mut env = opened();
    let editor = editor(&env, "\\n \\n");
    let (code, shown) = Terminal::run(&env, &[("EDITOR", &editor)], &["reply", "1"]).ends();
    assert_eq!(code, 130);
    assert_snapshot!(plain(&shown), @"desk: interrupted; nothing was changed");
    assert_eq!(env.json(&["show", "1"])["messages"], serde_json::json!([]));
    assert_eq!(drafts(&env), Vec::<PathBuf>::new());
}

#[test]
fn an_editor_that_cannot_be_run_is_named() {
    let env = opened();
    let set = [("EDITOR", "no-such-editor")];
    let (code, shown) = Terminal::run(&env, &set, &["log", "1"]).ends();
    assert_eq!(code, 5);
    assert!(
        shown.starts_with("desk: the editor 'no-such-editor' failed: "),
        "{shown}"
    );
    assert_eq!(drafts(&env), Vec::<PathBuf>::new());
}

#[test]
fn a_refused_text_is_saved_and_its_path_printed() {
    let mut env = Env::new();
    env.closed();
    let editor = editor(&env, "a long story\\n");
    let (code, shown) = Terminal::run(&env, &[("EDITOR", &editor)], &["log", "1"]).ends();
    assert_eq!(code, 1);
    let kept = drafts(&env);
    assert_eq!(kept.len(), 1);
    assert_eq!(fs::read_to_string(&kept[0]).unwrap(), "a long story\n");
    assert_snapshot!(plain(&unnamed(&shown, &kept[0])), @"
    desk: #1 is closed: it must be reopened first
      hint: desk reopen 1 REASON
    desk: your text is saved in DIR/.local/state/desk/drafts/STORE/NAME; go on with: desk log 1 --draft 1
    ");
}

#[test]
fn on_a_terminal_a_table_is_coloured_and_cut_to_its_width() {
    let mut env = opened();
    let title = "a title that is much longer than any terminal is wide";
    env.does(&format!(
        "desk open {title} --category network/vpn --requester Mia"
    ));
    let (code, shown) = Terminal::run(&env, &[("NO_COLOR", "")], &["list"]).ends();
    assert_eq!(code, 0);
    assert_snapshot!(plain(&shown), @"
    ␛[2mID␛[0m  ␛[2mSTATUS␛[0m  ␛[2mSLA␛[0m      ␛[2mTIER␛[0m  ␛[2mCATEGORY␛[0m     ␛[2mREQUESTER␛[0m  ␛[2mTITLE␛[0m
     ␛[1m1␛[0m  new     ␛[32m✓ 2h58m␛[0m  L1                 Mia        VPN
     ␛[1m2␛[0m  new     ␛[32m✓ 2h59m␛[0m  L1    network/vpn  Mia        a title that is much longer …
    ");
    let (_, shown) = Terminal::run(&env, &[], &["list"]).ends();
    assert!(!shown.contains('\u{1b}'));
    assert_snapshot!(plain(&shown), @"
    ID  STATUS  SLA      TIER  CATEGORY     REQUESTER  TITLE
     1  new     ✓ 2h58m  L1                 Mia        VPN
     2  new     ✓ 2h59m  L1    network/vpn  Mia        a title that is much longer …
    ");
    let wide = shown.lines().map(|line| line.chars().count()).max();
    assert!(wide <= Some(80), "{wide:?}");
    let (_, shown) = Terminal::run(&env, &[("TERM", "dumb"), ("NO_COLOR", "")], &["list"]).ends();
    assert!(!shown.contains('\u{1b}'));
}

#[test]
fn long_output_goes_through_the_pager() {
    let mut env = Env::new();
    for _ in 0..30 {
        env.does("desk open VPN");
    }
    let set = [("PAGER", "head -n 2")];
    let (code, shown) = Terminal::run(&env, &set, &["list", "--columns", "id,title"]).ends();
    assert_eq!(code, 0);
    assert_snapshot!(plain(&shown), @"
    ID  TITLE
     1  VPN
    ");
    let args = ["list", "--columns", "id,title", "--no-pager"];
    let (_, shown) = Terminal::run(&env, &set, &args).ends();
    assert_eq!(shown.lines().count(), 31);
}

#[test]
fn less_gets_an_option_to_show_colours_unless_its_options_are_set() {
    let mut env = Env::new();
    for _ in 0..30 {
        env.does("desk open VPN");
    }
    for (set, told) in [
        (&[("PAGER", "printenv LESS")][..], "FRX"),
        (&[("PAGER", "printenv LESS"), ("LESS", "-i")], "-i"),
    ] {
        let (code, shown) = Terminal::run(&env, set, &["list"]).ends();
        assert_eq!((code, plain(&shown).trim()), (0, told));
    }
}

#[test]
fn ctrl_c_in_the_pager_is_the_pagers() {
    let mut env = Env::new();
    for _ in 0..30 {
        env.does("desk open VPN");
    }
    let pager = env.dir().join("pager.sh");
    let script =
        "trap 'echo it was for me; exit' INT\ncat >/dev/null\necho reading\nread key </dev/tty\n";
    fs::write(&pager, script).unwrap();
    let pager = format!("sh {}", pager.display());
    let mut terminal = Terminal::run(&env, &[("PAGER", &pager)], &["list"]);
    terminal.sees("reading").types(CTRL_C).sees("it was for me");
    assert_eq!(terminal.ends().0, 0);
}

#[test]
fn what_hides_in_an_argument_is_seen_when_it_is_refused() {
    let env = Env::new();
    let (code, shown) = Terminal::run(&env, &[], &["show", "\u{1b}[2Jx\u{202e}"]).ends();
    assert_eq!(code, 2);
    assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown:?}");
    assert!(
        shown.contains(r"'\u{1b}[2Jx\u{202e}' is neither a ticket number"),
        "{shown}"
    );
}

#[test]
fn a_draft_is_for_its_owner_only_in_a_directory_of_its_store() {
    let env = Env::bare();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let mut stores = Vec::new();
    for name in ["one/desk.db", "two/desk.db"] {
        let db = env.dir().join(name);
        let set = [("EDITOR", "false"), ("DESK_DB", db.to_str().unwrap())];
        let (code, _) = Terminal::run(&env, &set, &["open", "VPN", "--edit"]).ends();
        assert_eq!(code, 5);
        // An empty draft is not kept, but its directory is.
        assert!(!db.parent().unwrap().exists());
        let script = editor(&env, &format!("for {}", &name[..3]));
        let set = [
            ("EDITOR", script.as_str()),
            ("DESK_DB", db.to_str().unwrap()),
        ];
        let (code, _) = Terminal::run(&env, &set, &["open", "VPN", "--edit"]).ends();
        assert_eq!(code, 2);
        stores.push(format!("for {}", &name[..3]));
    }
    let kept = drafts(&env);
    let mut texts: Vec<_> = kept
        .iter()
        .map(|d| fs::read_to_string(d).unwrap())
        .collect();
    texts.sort();
    assert_eq!(texts, stores);
    assert_ne!(kept[0].parent(), kept[1].parent());
    for draft in &kept {
        assert_eq!(mode(draft), 0o600);
        assert_eq!(mode(draft.parent().unwrap()), 0o700);
    }
    assert_eq!(mode(&env.dir().join(".local/state/desk/drafts")), 0o700);
}

#[test]
fn drafts_of_earlier_versions_beside_the_store_are_moved_and_other_files_are_not() {
    let env = opened_in(Env::file("drafts beside a file"));
    let beside = env.dir().join("drafts");
    fs::create_dir(&beside).unwrap();
    let write = |name: &str, mode: u32| {
        fs::write(beside.join(name), name).unwrap();
        fs::set_permissions(beside.join(name), fs::Permissions::from_mode(mode)).unwrap();
    };
    let moved = ["diagnosis-1-anna.toml", "note-aB3dE6.md", "what-is-mine.md"];
    moved.iter().for_each(|name| write(name, 0o600));
    write("note-aB3dE7.md", 0o644);
    let left = || {
        let mut left: Vec<_> = fs::read_dir(&beside)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        left
    };
    let log = || {
        Terminal::run(&env, &[("EDITOR", "true")], &["log", "1"])
            .ends()
            .0
    };
    // A directory that others may enter is none of an earlier version.
    fs::set_permissions(&beside, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!((log(), left().len()), (130, 4));
    fs::set_permissions(&beside, fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!(log(), 130);
    assert_eq!(left(), ["note-aB3dE7.md", "what-is-mine.md"]);
    let mut kept = drafts(&env);
    kept.sort();
    for (draft, name) in kept.iter().zip(moved) {
        assert!(draft.ends_with(name), "{draft:?}");
        assert_eq!(fs::read_to_string(draft).unwrap(), name);
    }
    assert_eq!(kept.len(), 2);
}

#[test]
fn the_policy_is_edited_and_put_in_force() {
    let mut env = Env::new();
    let editor = editor(&env, "warnings = [60]\\n");
    let set = [("EDITOR", editor.as_str())];
    let (code, shown) = Terminal::run(&env, &set, &["policy", "edit"]).ends();
    assert_snapshot!(plain(&shown), @"
    policy version 2 is in force for targets set from now on
    open tickets keep their targets; to see what would change: desk policy apply --dry-run
    ");
    assert_eq!((code, drafts(&env)), (0, vec![]));
    assert_eq!(
        env.run(&["policy", "show"]).ok().stdout,
        "warnings = [60]\n"
    );
    let (code, shown) = Terminal::run(&env, &set, &["policy", "edit"]).ends();
    assert_snapshot!(plain(&shown), @"unchanged: policy version 2 is the same");
    assert_eq!((code, drafts(&env)), (0, vec![]));
}

#[test]
fn an_edited_policy_with_a_fault_is_kept_as_a_draft_and_not_put_in_force() {
    let mut env = Env::new();
    let editor = editor(&env, "warnings = [60, 50]\\n");
    let (code, shown) = Terminal::run(&env, &[("EDITOR", &editor)], &["policy", "edit"]).ends();
    assert_eq!(code, 2);
    let kept = drafts(&env);
    assert_eq!(kept.len(), 1);
    assert_eq!(
        fs::read_to_string(&kept[0]).unwrap(),
        "warnings = [60, 50]\n"
    );
    assert_snapshot!(plain(&unnamed(&shown, &kept[0])), @"
    desk: your text is saved in DIR/.local/state/desk/drafts/STORE/NAME
    fault: line 1: warnings: 50 follows 60: write them in ascending order, each once
    the edited policy has 1 fault; nothing was changed
    ");
    assert_eq!(env.json(&["policy", "history"]), serde_json::json!([]));
}

#[test]
fn a_missing_category_is_chosen_from_the_tree_of_the_policy() {
    let mut env = opened();
    fs::write(
        env.dir().join("tree.toml"),
        "[categories.mail]\n[categories.\"network/vpn\"]\n",
    )
    .unwrap();
    env.does("desk policy set tree.toml");
    let mut terminal = Terminal::run(&env, &[], &["categorize", "1"]);
    terminal.sees("category").sees("mail").sees("network/vpn");
    terminal.types(ENTER).sees("#1 categorized as mail");
    assert_eq!(terminal.ends().0, 0);
}

/// Runs `desk log 1` in a shell on a terminal, with an editor that has saved a
/// text and put the terminal into raw mode, and that ends at a key. Returns
/// what was shown in the end; `signal` is sent to desk meanwhile.
fn edited_until(env: &Env, signal: Option<rustix::process::Signal>) -> String {
    let script = env.dir().join("editor.sh");
    let pid = env.dir().join("pid");
    let text = format!(
        "printf 'half a story' > \"$1\"\nstty raw -echo\necho $PPID > {}\nprintf ready\nhead -c 1 >/dev/null\nstty sane\n",
        pid.display()
    );
    fs::write(&script, text).unwrap();
    let line = format!(
        "{} log 1; echo \"code $?\"; stty -a | grep -o '[-]*icanon'",
        env!("CARGO_BIN_EXE_desk")
    );
    let editor = format!("sh {}", script.display());
    let set = [("EDITOR", editor.as_str())];
    let mut terminal = Terminal::run_program(env, &set, "sh", &["-c", &line]);
    terminal.sees("ready");
    match signal {
        Some(signal) => {
            let pid: i32 = fs::read_to_string(pid).unwrap().trim().parse().unwrap();
            let pid = rustix::process::Pid::from_raw(pid).unwrap();
            rustix::process::kill_process(pid, signal).unwrap();
        }
        None => {
            terminal.types("x");
        }
    }
    plain(&terminal.ends().1)
}

#[test]
fn a_text_survives_when_desk_is_told_to_end_while_the_editor_runs() {
    use rustix::process::Signal;
    for (signal, number) in [(Signal::TERM, 15), (Signal::HUP, 1)] {
        let mut env = opened();
        let before = env.json(&["show", "1"])["timeline"].clone();
        let shown = edited_until(&env, Some(signal));
        let kept = drafts(&env);
        assert_eq!(kept.len(), 1);
        assert_eq!(fs::read_to_string(&kept[0]).unwrap(), "half a story");
        let shown = unnamed(&shown, &kept[0]);
        let expected = format!(
            "desk: told to end (signal {number}); nothing was changed\n\
             desk: your text is saved in DIR/.local/state/desk/drafts/STORE/NAME; go on with: desk log 1 --draft 1\n\
             code {}\nicanon",
            128 + number
        );
        assert_eq!(shown.trim(), expected);
        assert_eq!(env.json(&["show", "1"])["timeline"], before);
    }
}

#[test]
fn what_an_editor_rescues_is_named_although_the_draft_is_empty() {
    let env = opened();
    let script = env.dir().join("editor.sh");
    fs::write(
        &script,
        "printf 'rescued' > \"$1.save\"; kill $PPID; read x\n",
    )
    .unwrap();
    let editor = format!("sh {}", script.display());
    let (code, shown) = Terminal::run(&env, &[("EDITOR", &editor)], &["log", "1"]).ends();
    assert_eq!(code, 143);
    let kept = drafts(&env);
    assert_eq!(kept.len(), 1);
    assert!(kept[0].to_str().unwrap().ends_with(".md.save"), "{kept:?}");
    assert_eq!(fs::read_to_string(&kept[0]).unwrap(), "rescued");
    assert_snapshot!(plain(&unnamed(&shown, &kept[0])), @"
    desk: told to end (signal 15); nothing was changed
    desk: your text is saved in DIR/.local/state/desk/drafts/STORE/NAME
    ");
}

#[test]
fn a_text_is_stored_when_the_editor_ends_by_itself() {
    let env = opened();
    assert_eq!(edited_until(&env, None).trim(), "#1 logged\ncode 0\nicanon");
    assert_eq!(drafts(&env), Vec::<PathBuf>::new());
}
