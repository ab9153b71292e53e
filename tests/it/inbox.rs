//! `desk inbox`: a day of tickets by single keys, in a terminal of its own.

mod emulator;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use expectrl::Session;
use expectrl::process::unix::WaitStatus;
use expectrl::session::OsSession;
use insta::assert_snapshot;
use rustix::process::{Pid, Signal, kill_process};

use crate::env::Env;
use crate::terminal::{Terminal, editor, plain};
use emulator::Emulator;

/// The inbox in a terminal.
struct Inbox {
    session: OsSession,
    screen: Emulator,
}

impl Inbox {
    fn open(env: &Env, args: &[&str]) -> Self {
        Self::open_with(env, &[], (80, 24), args)
    }

    fn open_with(env: &Env, set: &[(&str, &str)], size: (u16, u16), args: &[&str]) -> Self {
        let mut command = env.dressed(env!("CARGO_BIN_EXE_desk"));
        command
            .env("TERM", "xterm-256color")
            .env_remove("COLUMNS")
            .env("PATH", "/usr/bin:/bin")
            .envs(set.iter().copied())
            .arg("inbox")
            .args(args);
        Self::spawn(command, size)
    }

    fn spawn(command: std::process::Command, (width, height): (u16, u16)) -> Self {
        let mut session = Session::spawn(command).unwrap();
        session
            .get_process_mut()
            .set_window_size(width, height)
            .unwrap();
        let screen = Emulator::new(width.into(), height.into());
        Self { session, screen }
    }

    /// Reads what was sent meanwhile; `false` at the end.
    fn read(&mut self) -> bool {
        let mut bytes = [0; 4096];
        loop {
            match self.session.try_read(&mut bytes) {
                Ok(0) => return false,
                Ok(read) => self.screen.feed(&bytes[..read]),
                Err(fault) if fault.kind() == std::io::ErrorKind::WouldBlock => return true,
                Err(_) => return false,
            }
        }
    }

    /// Waits until the screen is like this.
    #[track_caller]
    fn waits(&mut self, what: &str, is: impl Fn(&Emulator) -> bool) -> &mut Self {
        let begin = Instant::now();
        while begin.elapsed() < Duration::from_secs(60) {
            let goes_on = self.read();
            if is(&self.screen) {
                return self;
            }
            assert!(goes_on, "it ended before {what}:\n{}", self.screen.text());
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("no {what}:\n{}", self.screen.text());
    }

    /// Waits until this is on the screen.
    #[track_caller]
    fn sees(&mut self, text: &str) -> &mut Self {
        self.waits(text, |screen| screen.text().contains(text))
    }

    fn types(&mut self, keys: &str) -> &mut Self {
        use std::io::Write;
        self.session
            .get_stream_mut()
            .write_all(keys.as_bytes())
            .unwrap();
        self
    }

    fn resizes(&mut self, width: u16, height: u16) -> &mut Self {
        self.screen.resize(width.into(), height.into());
        self.session
            .get_process_mut()
            .set_window_size(width, height)
            .unwrap();
        self
    }

    fn signals(&mut self, signal: Signal) -> &mut Self {
        let pid = self.session.get_process().pid().as_raw();
        kill_process(Pid::from_raw(pid).unwrap(), signal).unwrap();
        self
    }

    /// Waits for the end; the terminal must be as it was. Returns the exit code.
    #[track_caller]
    fn ends(mut self) -> i32 {
        let begin = Instant::now();
        while self.read() && begin.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(10));
        }
        let modes: Vec<&str> = self.screen.modes.iter().map(String::as_str).collect();
        assert_eq!(modes, ["?25", "?7"], "{}", self.screen.text());
        assert_eq!(self.screen.strange, Vec::<String>::new());
        let status = self.session.get_process().wait().unwrap();
        let WaitStatus::Exited(_, code) = status else {
            panic!("it did not exit: {status:?}");
        };
        code
    }
}

/// Three tickets; the most urgent one is the VPN.
fn three() -> Env {
    let mut env = Env::new();
    env.does(
        "desk open 'VPN drops' --kind incident --category network/vpn -u high -b high -g high
         desk open 'Printer is out of toner' --kind incident -u low -b medium -g low
         desk open 'New badge for Kim' --kind request",
    );
    env
}

fn assignee(env: &mut Env, id: &str) -> String {
    env.json(&["show", id])["assignee"].to_string()
}

#[test]
fn without_a_terminal_it_says_what_to_type_instead() {
    let mut env = three();
    assert_snapshot!(env.says("
        desk inbox
        desk inbox p:P1 --plain
        desk inbox --at yesterday
        "), @"
    $ desk inbox
    ! desk: the inbox needs a terminal
    !   hint: for a list in a pipe or a script: desk list
    [exit 2]

    $ desk inbox p:P1 --plain
    ! desk: the inbox needs a terminal
    !   hint: for a list in a pipe or a script: desk list p:P1
    [exit 2]

    $ desk inbox --at yesterday
    ! desk: --at does not apply to desk inbox
    !   hint: leave --at out
    [exit 2]
    ");
}

#[test]
fn a_filter_that_is_not_understood_is_refused_before_the_screen_is_taken() {
    let env = three();
    let (code, shown) = Terminal::run(&env, &[], &["inbox", "colour:red"]).ends();
    assert_eq!(code, 2, "{shown}");
    assert!(!shown.contains('\u{1b}'), "{}", plain(&shown));
}

#[test]
fn a_key_runs_a_command_and_goes_on_to_the_next_ticket() {
    let mut env = three();
    let mut inbox = Inbox::open(&env, &[]);
    inbox
        .sees("> #1 P1")
        .sees("incident, occurred")
        .sees("1 of 3");
    inbox
        .types("t")
        .sees("desk take 1 ✓ #1 taken by anna")
        .sees("> #2");
    inbox
        .types("aben\r")
        .sees("desk assign 2 ben ✓ #2 assigned to ben");
    inbox
        .sees("> #3")
        .types("plll")
        .sees("desk prioritize 3 --users… ✓ #3 prioritized P4");
    inbox.types("q");
    assert_eq!(inbox.ends(), 0);
    assert_eq!(assignee(&mut env, "1"), "\"anna\"");
    assert_eq!(assignee(&mut env, "2"), "\"ben\"");
    assert_eq!(env.json(&["show", "3"])["urgency"], "low");
}

#[test]
fn several_marked_tickets_are_one_command() {
    let mut env = three();
    let mut inbox = Inbox::open(&env, &[]);
    inbox
        .sees("> #1")
        .types("  ")
        .sees("2 marked")
        .types("lsame cause\r");
    inbox
        .sees("desk log 1,2 -m 'same cause' ✓ 2 done")
        .types("q");
    assert_eq!(inbox.ends(), 0);
    for id in ["1", "2"] {
        assert!(env.run(&["show", id]).ok().stdout.contains("same cause"));
    }
    assert!(!env.run(&["show", "3"]).ok().stdout.contains("same cause"));
}

#[test]
fn a_refusal_offers_the_key_of_its_hint() {
    let mut env = three();
    let mut inbox = Inbox::open(&env, &["badge"]);
    inbox
        .sees("> #3")
        .types("xhere it is\r")
        .sees("✗")
        .sees("c: desk categorize");
    inbox
        .types("!")
        .sees("categorize 3, category:")
        .types("access\r");
    inbox.sees("#3 categorized as access").types("q");
    assert_eq!(inbox.ends(), 0);
    assert_eq!(env.json(&["show", "3"])["category"], "access");
}

#[test]
fn what_others_change_is_seen_without_a_key() {
    let mut env = three();
    let mut inbox = Inbox::open(&env, &[]);
    inbox.sees("1 of 3");
    env.does("desk open 'Mail is slow'");
    inbox.sees("Mail is slow").sees("1 of 4");
    env.does("desk take 1");
    inbox
        .sees("network/vpn · L3")
        .waits("the agent", |screen| screen.text().contains("anna"));
    inbox.types("q");
    assert_eq!(inbox.ends(), 0);
}

#[test]
fn a_restored_store_is_noticed() {
    let mut env = Env::file("only a file is restored");
    env.does(
        "desk open VPN
        desk backup copy.db
        desk open Printer",
    );
    let mut inbox = Inbox::open(&env, &[]);
    inbox.sees("1 of 2");
    env.does("desk restore copy.db --yes");
    inbox.sees("1 of 1").waits("the printer gone", |screen| {
        !screen.text().contains("Printer")
    });
    // It writes into the store that is there now.
    inbox.types("t").sees("desk take 1 ✓").types("q");
    assert_eq!(inbox.ends(), 0);
    assert_eq!(assignee(&mut env, "1"), "\"anna\"");
}

#[test]
fn the_editor_has_the_terminal_to_itself() {
    let mut env = three();
    // It reads what is typed from the terminal, as editors do.
    let script = env.dir().join("typing.sh");
    fs::write(
        &script,
        "echo; echo EDITING; read typed < /dev/tty; echo \"$typed\" > \"$1\"\n",
    )
    .unwrap();
    let program = format!("sh {}", script.display());
    let mut inbox = Inbox::open_with(&env, &[("EDITOR", &program)], (80, 24), &[]);
    inbox.sees("> #1").types("l\r").sees("EDITING");
    assert!(!inbox.screen.modes.contains("?1049"), "the screen is left");
    // These would be keys: take, resolve, quit.
    inbox.types("txq\n").sees("desk log 1 ✓ #1 logged");
    assert!(inbox.screen.modes.contains("?1049"));
    inbox.types("q");
    assert_eq!(inbox.ends(), 0);
    assert!(env.run(&["show", "1"]).ok().stdout.contains("txq"));
    assert_eq!(assignee(&mut env, "1"), "null");
}

#[test]
fn a_text_that_was_refused_is_kept_and_said() {
    let env = three();
    let program = editor(&env, "written at length");
    let mut inbox = Inbox::open_with(&env, &[("EDITOR", &program)], (120, 30), &["badge"]);
    inbox.sees("> #3").types("x\r").sees("✗");
    inbox.types("q");
    assert_eq!(inbox.ends(), 0);
    let drafts = crate::terminal::drafts(&env);
    assert_eq!(fs::read_to_string(&drafts[0]).unwrap(), "written at length");
}

#[test]
fn it_fits_every_terminal_and_follows_its_size() {
    let env = three();
    let mut inbox = Inbox::open(&env, &[]);
    inbox.sees("> #1").sees("│");
    inbox
        .resizes(40, 15)
        .sees("> #1")
        .waits("the list alone", |screen| !screen.text().contains('│'));
    inbox.types("\r").sees("Clocks").types("q").sees("> #1");
    inbox.resizes(20, 5).sees("too small");
    // What is not shown is not acted upon.
    inbox
        .types("t")
        .resizes(120, 40)
        .sees("> #1")
        .sees("unassigned");
    inbox.types("q");
    assert_eq!(inbox.ends(), 0);
}

#[test]
fn signals_and_bugs_leave_the_terminal_in_order() {
    let mut env = three();
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130)] {
        let mut inbox = Inbox::open(&env, &[]);
        inbox.sees("> #1").signals(signal);
        assert_eq!(inbox.ends(), code, "{signal:?}");
    }
    let mut inbox = Inbox::open_with(&env, &[("DESK_TEST_PANIC", "take")], (80, 24), &[]);
    inbox.sees("> #1").types("t");
    assert_eq!(inbox.ends(), 70);
    // A control: killed outright, it cannot tidy up.
    let mut inbox = Inbox::open(&env, &[]);
    inbox.sees("> #1").signals(Signal::KILL);
    let begin = Instant::now();
    while inbox.read() && begin.elapsed() < Duration::from_secs(60) {}
    assert!(inbox.screen.modes.contains("?1049"));
    assert_eq!(assignee(&mut env, "1"), "null");
}

#[test]
fn a_stopped_inbox_comes_back() {
    let env = three();
    // A shell that stops with it would leave nobody to continue.
    let mut inbox = Inbox::open(&env, &[]);
    inbox.sees("> #1").signals(Signal::STOP);
    inbox.screen.resize(80, 24);
    inbox.signals(Signal::CONT).sees("> #1").types("q");
    assert_eq!(inbox.ends(), 0);
}

/// Whether a process works in this directory.
fn is_used(dir: &Path) -> bool {
    let processes = fs::read_dir("/proc").unwrap();
    let mut homes =
        processes.filter_map(|entry| fs::read_link(entry.ok()?.path().join("cwd")).ok());
    homes.any(|home| home == dir)
}

#[test]
fn a_lost_terminal_ends_it() {
    let env = three();
    let mut command = env.dressed("/bin/sh");
    let desk = env!("CARGO_BIN_EXE_desk");
    command
        .args(["-c", &format!("'{desk}' inbox; exit")])
        .env("TERM", "xterm");
    let mut inbox = Inbox::spawn(command, (80, 24));
    inbox.sees("> #1");
    assert!(is_used(env.dir()));
    drop(inbox);
    let begin = Instant::now();
    while is_used(env.dir()) {
        assert!(begin.elapsed() < Duration::from_secs(30), "it goes on");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Titles that try to move the cursor, to hide, or to leave their place.
const HOSTILE: [&str; 5] = [
    "\u{1b}[2J\u{1b}[1;1Hgone\u{7}",
    "over\rwritten\u{8}\u{8}",
    "\u{202e}reversed\u{2066} \u{200b}\u{feff}",
    "日本語日本語日本語日本語日本語日本語日本語",
    "👩‍👩‍👧‍👦 ☁️ 🇩🇪 a\u{301}\u{301}\u{301}\u{301}",
];

#[test]
fn hostile_texts_do_not_move_the_cursor() {
    let mut env = Env::new();
    for title in HOSTILE {
        let all = format!("{title} {title}");
        let _ = env.run_with(&["open", "x", "-r", title, "--description", &all], "");
        let mail = format!("From: kim@example.org\nSubject: {title}\n\n{all}\n");
        let _ = env.run_with(&["mail"], mail);
        let _ = env.run_with(&["open", title], "");
    }
    let mut inbox = Inbox::open(&env, &[]);
    inbox.sees(" of ");
    for _ in 0..20 {
        inbox.types("j\r").types("q");
    }
    inbox.types("?").sees("Keys").types("q");
    inbox.waits("the list", |screen| {
        let lines = screen.lines();
        lines[..23].iter().all(|line| line.contains('│'))
    });
    for y in 0..23 {
        assert_eq!(
            inbox.screen.column(y, "│"),
            Some(38),
            "{}",
            inbox.screen.text()
        );
    }
    inbox.types("q");
    // That nothing strange was sent is looked at there.
    assert_eq!(inbox.ends(), 0);
}

#[test]
fn a_restricted_ticket_is_not_shown_to_others() {
    let mut env = three();
    env.does(
        "desk log 1 'the secret is striped'
        desk restrict 1 --to anna",
    );
    for (agent, sees) in [("anna", true), ("carl", false)] {
        let mut inbox = Inbox::open_with(&env, &[], (120, 40), &["--as", agent]);
        inbox.sees(if sees { "1 of 3" } else { "1 of 2" });
        inbox.types("G").types("g").sees("> #");
        if sees {
            inbox.sees("striped");
        }
        let text = inbox.screen.text();
        assert_eq!(text.contains("VPN"), sees, "{text}");
        assert_eq!(text.contains("striped"), sees, "{text}");
        inbox.types("q");
        assert_eq!(inbox.ends(), 0);
    }
}

#[test]
fn any_command_runs_on_the_selection() {
    let mut env = three();
    let mut inbox = Inbox::open(&env, &[]);
    inbox
        .sees("> #1")
        .types(":ident\t")
        .types(" ")
        .sees(":desk identify 1");
    inbox.types("request\r").sees("✓ #1 identified as request");
    inbox
        .types(":list --all\r")
        .sees("Printer is out of toner")
        .sees("q: back");
    inbox
        .types("q")
        .sees("1 of 3")
        .types(":nonsense\r")
        .sees("✗");
    inbox.types("q");
    assert_eq!(inbox.ends(), 0);
    assert_eq!(env.json(&["show", "1"])["kind"], "request");
}

#[test]
fn views_are_on_the_digits_in_the_order_of_the_file() {
    let env = three();
    let folder = env.dir().join(".config/desk");
    fs::create_dir_all(&folder).unwrap();
    let file = "[views]\nzebra = \"toner\"\nalpha = \"badge\"\n";
    fs::write(folder.join("config.toml"), file).unwrap();
    let mut inbox = Inbox::open(&env, &[]);
    inbox
        .sees("1 of 3")
        .types("1")
        .sees("@zebra · 1 of 1")
        .sees("> #2");
    inbox.types("2").sees("@alpha · 1 of 1").sees("> #3");
    inbox.types("2").sees("open tickets · 1 of 3");
    inbox
        .types("/colour:red\r")
        .sees("✗")
        .types("/vpn\r")
        .sees("vpn · 1 of 1");
    inbox.types("\u{1b}").sees("open tickets").types("q");
    assert_eq!(inbox.ends(), 0);
}

#[test]
fn nothing_needs_colour() {
    let env = three();
    let mut screens = Vec::new();
    for args in [&["--color", "always"][..], &["--color", "never"]] {
        let mut inbox = Inbox::open(&env, args);
        inbox
            .sees("> #1")
            .sees("1 of 3")
            .types(" ")
            .sees(" *#1")
            .sees("> #2");
        inbox.sees("#2 Printer");
        screens.push(inbox.screen.text());
        inbox.types("q");
        assert_eq!(inbox.ends(), 0);
    }
    assert_eq!(screens[0], screens[1]);
}

#[test]
fn in_plain_lines_the_same_keys_work() {
    let mut env = three();
    for set in [&[("TERM", "xterm")][..], &[("TERM", "dumb")]] {
        let args: &[&str] = if set[0].1 == "dumb" {
            &["inbox"]
        } else {
            &["inbox", "--plain"]
        };
        let mut terminal = Terminal::run(&env, set, args);
        terminal
            .sees("open tickets: 3")
            .sees("#1, P1, ")
            .sees("inbox> ");
        terminal.types("1\r").sees("VPN drops").sees("inbox> ");
        terminal
            .types("l\r")
            .sees("note")
            .types("from lines\r")
            .sees("#1 logged");
        terminal
            .types("p 3\r")
            .sees("1. high")
            .sees("impact on users")
            .types("3\r");
        terminal
            .sees("impact on business")
            .types("low\r")
            .sees("urgency")
            .types("3\r");
        terminal
            .sees("#3 ")
            .sees("inbox> ")
            .types("y\r")
            .sees("is not a key");
        terminal
            .types("x 3\r")
            .sees("resolution")
            .types("done\r")
            .sees("hint:");
        terminal
            .types("?\r")
            .sees("t: take: desk take ID")
            .sees("inbox> ");
        terminal.types("q\r");
        let (code, shown) = terminal.ends();
        assert_eq!(code, 0);
        assert!(!shown.contains('\u{1b}'), "{}", plain(&shown));
    }
    assert!(env.run(&["show", "1"]).ok().stdout.contains("from lines"));
    assert_eq!(env.json(&["show", "3"])["users"], "low");
}

/// The page, the help and the code name the same keys.
#[test]
fn the_page_shows_every_key() {
    let page = Env::new().run(&["help", "inbox-guide"]).ok().stdout;
    let table = include_str!("../../src/inbox/keys.rs");
    let (_, table) = table.split_once("const KEYS").unwrap();
    let (table, _) = table.split_once("];").unwrap();
    let entries = table.split("key(").skip(1);
    let quoted = entries.map(|entry| entry.split('"').skip(1).step_by(2).take(3).collect());
    let quoted: Vec<Vec<&str>> = quoted.collect();
    assert!(quoted.len() > 20, "{quoted:?}");
    let rows: Vec<String> = page
        .lines()
        .skip_while(|line| !line.starts_with("| Key "))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(str::to_owned)
        .collect();
    let expected: Vec<String> = quoted
        .iter()
        .map(|key| {
            let runs = match key[2] {
                "" => String::new(),
                runs => format!("`{runs}` "),
            };
            format!("| `{}` | {} | {runs}|", key[0], key[1])
        })
        .collect();
    assert_eq!(rows, expected);
}
