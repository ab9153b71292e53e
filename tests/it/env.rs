//! The test harness: a store in a temporary directory, a cleared environment,
//! and a clock that advances by a minute with every run.

use std::fmt::{self, Write as _};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{self, Command, Stdio};

use chrono::{DateTime, TimeDelta, Utc};
use tempfile::TempDir;

pub(crate) use store::Holder;
use store::TestStore;

mod store;

/// An isolated desk.
pub(crate) struct Env {
    dir: TempDir,
    store: TestStore,
    now: DateTime<Utc>,
}

impl Env {
    /// A desk with an empty store, at nine on a Monday, in UTC.
    pub(crate) fn new() -> Self {
        Self::bare().initialized()
    }

    /// An environment without a store.
    pub(crate) fn bare() -> Self {
        Self::on(TestStore::new())
    }

    /// As [`Env::new`], for a test of what only a file does; why is told at the
    /// end of a run on another engine.
    pub(crate) fn file(reason: &str) -> Self {
        Self::bare_file(reason).initialized()
    }

    /// As [`Env::file`], without a store.
    pub(crate) fn bare_file(reason: &str) -> Self {
        Self::on(TestStore::file(reason))
    }

    /// An environment with a store elsewhere.
    pub(crate) fn at_url(url: String) -> Self {
        Self::on(TestStore::Given(url))
    }

    fn on(store: TestStore) -> Self {
        Self {
            dir: TempDir::new().unwrap(),
            store,
            now: "2026-03-02T09:00:00Z".parse().unwrap(),
        }
    }

    #[track_caller]
    fn initialized(mut self) -> Self {
        let _made = self.run(&["init"]).ok();
        self.at("2026-03-02T09:00:00Z");
        self
    }

    pub(crate) fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// The file of the store.
    #[track_caller]
    pub(crate) fn db(&self) -> PathBuf {
        assert!(
            self.store.is_file(),
            "a test of a file begins with Env::file"
        );
        self.path()
    }

    pub(crate) fn is_file(&self) -> bool {
        self.store.is_file()
    }

    fn path(&self) -> PathBuf {
        self.dir().join("desk.db")
    }

    /// The store as `--db` takes it.
    pub(crate) fn url(&self) -> String {
        self.store.url(&self.path())
    }

    /// Whether there is anything where the store belongs.
    pub(crate) fn has_store(&self) -> bool {
        self.store.exists(&self.path())
    }

    /// The rows of a query on the store, each value as text.
    #[track_caller]
    pub(crate) fn rows(&self, query: &str) -> Vec<Vec<String>> {
        let rows = self.store.rows(&self.path(), query);
        rows.unwrap_or_else(|| panic!("it cannot be read: {query}"))
    }

    /// The only number that a query on the store returns.
    #[track_caller]
    pub(crate) fn number(&self, query: &str) -> i64 {
        self.rows(query)[0][0].parse().unwrap()
    }

    /// Changes the store as a forger would, whatever its tables demand of each
    /// other.
    #[track_caller]
    pub(crate) fn forge(&self, statements: &str) {
        self.store.forge(&self.path(), statements);
    }

    /// All that the store holds: the bytes of its files, or a dump of its
    /// database.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.store.bytes(&self.path())
    }

    /// Another environment, with a copy of the store as it is now.
    pub(crate) fn copied(&self) -> Self {
        let dir = TempDir::new().unwrap();
        let store = self.store.copied(&self.path(), &dir.path().join("desk.db"));
        let now = self.now;
        Self { dir, store, now }
    }

    /// Keeps every writer out of the store.
    pub(crate) fn hold(&self) -> Holder {
        self.store.hold(&self.path(), true)
    }

    /// Keeps a transaction open that has read the tickets.
    pub(crate) fn hold_reading(&self) -> Holder {
        self.store.hold(&self.path(), false)
    }

    /// Sets the clock for the next run.
    pub(crate) fn at(&mut self, time: &str) -> &mut Self {
        self.now = time.parse().unwrap();
        self
    }

    /// Lets time pass.
    pub(crate) fn pass(&mut self, minutes: i64) -> &mut Self {
        self.now += TimeDelta::minutes(minutes);
        self
    }

    /// The command, ready to run, for what [`Env::run`] does not offer.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = self.dressed(env!("CARGO_BIN_EXE_desk"));
        command
            .args(args)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Another program in this environment, with unchanged streams.
    pub(crate) fn dressed(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("HOME", self.dir())
            .env("DESK_DB", self.url())
            .env("DESK_AGENT", "anna")
            .env("TZ", "UTC")
            .env("COLUMNS", "100")
            .env("DESK_TEST_NOW", self.now.to_rfc3339())
            .env("DESK_TEST_LOGIN", "anna:1000:desk-1")
            .current_dir(self.dir());
        command
    }

    /// Runs desk and steps the clock by a minute.
    pub(crate) fn run(&mut self, args: &[&str]) -> Output {
        let command = self.command(args);
        self.finish(command, None)
    }

    /// Runs a line in a shell that finds desk.
    pub(crate) fn shell(&mut self, line: &str) -> Output {
        let place = Path::new(env!("CARGO_BIN_EXE_desk")).parent().unwrap();
        #[expect(clippy::disallowed_methods, reason = "the shell needs its tools")]
        let path = std::env::var("PATH").unwrap_or_default();
        let mut command = self.dressed("sh");
        command
            .args(["-c", line])
            .env("PATH", format!("{}:{path}", place.display()))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        self.finish(command, None)
    }

    /// Runs desk with this on stdin.
    pub(crate) fn run_with(&mut self, args: &[&str], stdin: impl AsRef<[u8]>) -> Output {
        let command = self.command(args);
        self.finish(command, Some(stdin.as_ref().to_vec()))
    }

    /// Runs a script and returns its transcript as a terminal would show it,
    /// for a single snapshot. A line is a command, or `N minutes pass`;
    /// `NAME=value` before a command sets a variable. Lines on stderr are
    /// marked with `! `, an exit code other than 0 is shown, and paths and
    /// hashes, which differ between runs, are replaced with names.
    pub(crate) fn says(&mut self, script: &str) -> String {
        let mut told = String::new();
        for line in script.lines().map(str::trim).filter(|l| !l.is_empty()) {
            if let Some(minutes) = line.strip_suffix(" minutes pass") {
                writeln!(told, "... {line}").unwrap();
                self.pass(minutes.parse().unwrap());
                continue;
            }
            let words = words(line);
            let at = words.iter().position(|word| word == "desk").unwrap();
            let args: Vec<&str> = words[at + 1..].iter().map(String::as_str).collect();
            let mut command = self.command(&args);
            for set in &words[..at] {
                let (name, value) = set.split_once('=').unwrap();
                command.env(name, value.replace("DIR", self.dir().to_str().unwrap()));
            }
            let output = self.finish(command, None);
            writeln!(told, "$ {line}\n{}", output.transcript()).unwrap();
        }
        told.trim_end().to_owned()
    }

    /// Runs a script in which every command must succeed, as setup.
    #[track_caller]
    pub(crate) fn does(&mut self, script: &str) -> &mut Self {
        let told = self.says(script);
        assert!(!told.contains("\n[exit "), "{told}");
        self
    }

    /// Ticket 1, an incident ready to be resolved; it takes five minutes.
    pub(crate) fn ready(&mut self) -> &mut Self {
        self.does(
            r#"
            desk open "VPN drops" --requester "Mia Roth <mia@example.org>" --channel phone
            desk identify 1 incident
            desk categorize 1 network/vpn
            desk prioritize 1 -u high -b medium -g medium
            desk take 1
            "#,
        )
    }

    /// Ticket 1, an incident that went all the way to its closure.
    pub(crate) fn closed(&mut self) -> &mut Self {
        self.ready().does(
            r#"
            desk resolve 1 "new certificate" --restored-by "Mia Roth" --tell "Please try again."
            desk close 1 --satisfaction 5
            "#,
        )
    }

    /// Runs a command made by [`Env::command`].
    pub(crate) fn finish(&mut self, mut command: Command, stdin: Option<Vec<u8>>) -> Output {
        if stdin.is_some() {
            command.stdin(Stdio::piped());
        }
        let mut child = command.spawn().unwrap();
        if let Some(bytes) = stdin {
            let mut pipe = child.stdin.take().unwrap();
            // The program may end before it has read everything.
            let _ = pipe.write_all(&bytes);
        }
        let done = child.wait_with_output().unwrap();
        self.pass(1);
        self.output(done)
    }

    /// What a run printed, with the place of the store as it is in every test.
    pub(crate) fn output(&self, done: process::Output) -> Output {
        let (url, place) = (self.url(), self.dir().display().to_string());
        let text = |bytes: Vec<u8>| {
            let text = String::from_utf8(bytes).unwrap();
            // The URL of a database is quoted where a shell would take it apart.
            let text = match self.is_file() {
                true => text,
                false => text.replace(&format!("'{url}'"), "DIR/desk.db"),
            };
            text.replace(&url, "DIR/desk.db").replace(&place, "DIR")
        };
        Output {
            code: done.status.code(),
            stdout: text(done.stdout),
            stderr: text(done.stderr),
        }
    }

    /// Runs desk with `--json` and parses its output.
    pub(crate) fn json(&mut self, args: &[&str]) -> serde_json::Value {
        let mut all = args.to_vec();
        all.push("--json");
        let output = self.run(&all).ok();
        serde_json::from_str(&output.stdout).unwrap()
    }
}

/// The output and the exit code of a run.
#[must_use]
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Output {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Output {
    /// Asserts that it succeeded.
    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        self.code(0)
    }

    /// Asserts this exit code.
    #[track_caller]
    pub(crate) fn code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self}");
        self
    }
}

impl Output {
    /// Both streams as [`Env::says`] shows them.
    pub(crate) fn transcript(&self) -> String {
        let mut told = String::new();
        for line in self.stdout.lines() {
            writeln!(told, "{}", line.trim_end()).unwrap();
        }
        for line in self.stderr.lines() {
            writeln!(told, "{}", format!("! {line}").trim_end()).unwrap();
        }
        match self.code {
            Some(0) => {}
            Some(code) => writeln!(told, "[exit {code}]").unwrap(),
            None => writeln!(told, "[killed]").unwrap(),
        }
        hashes(&told.replace('\u{1b}', "␛"))
    }
}

/// Splits a line into words as a shell would, with single and double quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in line.chars() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// Replaces hashes with a word: they depend on salts, so they differ between
/// runs.
pub(crate) fn hashes(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_hexdigit()) {
        let run = rest[at..].find(|c: char| !c.is_ascii_hexdigit());
        let end = run.map_or(rest.len(), |length| at + length);
        shown.push_str(&rest[..at]);
        shown.push_str(if end - at == 64 {
            "HASH"
        } else {
            &rest[at..end]
        });
        rest = &rest[end..];
    }
    shown + rest
}

impl fmt::Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.stdout)?;
        if !self.stderr.is_empty() {
            write!(f, "------- stderr -------\n{}", self.stderr)?;
        }
        match self.code {
            Some(code) => write!(f, "[exit {code}]"),
            None => write!(f, "[killed]"),
        }
    }
}
