//! The harness: a desk of its own in a temporary directory, with a cleared
//! environment and a clock that steps a minute at every run.

use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use chrono::{DateTime, TimeDelta, Utc};
use tempfile::TempDir;

/// A desk in a world of its own.
pub struct Env {
    dir: TempDir,
    now: DateTime<Utc>,
}

impl Env {
    /// A desk with an empty store, at nine on a Monday, in UTC.
    pub fn new() -> Self {
        let mut env = Self::bare();
        env.run(&["init"]).ok();
        env.at("2026-03-02T09:00:00Z");
        env
    }

    /// A world without a store.
    pub fn bare() -> Self {
        Self {
            dir: TempDir::new().unwrap(),
            now: "2026-03-02T09:00:00Z".parse().unwrap(),
        }
    }

    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    pub fn db(&self) -> PathBuf {
        self.dir().join("desk.db")
    }

    /// Sets the clock for the next run.
    pub fn at(&mut self, time: &str) -> &mut Self {
        self.now = time.parse().unwrap();
        self
    }

    /// Lets time pass.
    pub fn pass(&mut self, minutes: i64) -> &mut Self {
        self.now += TimeDelta::minutes(minutes);
        self
    }

    /// The command, ready to run, for what [`Env::run`] does not offer.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_desk"));
        command
            .args(args)
            .env_clear()
            .env("HOME", self.dir())
            .env("DESK_DB", self.db())
            .env("DESK_AGENT", "anna")
            .env("TZ", "UTC")
            .env("COLUMNS", "100")
            .env("DESK_TEST_NOW", self.now.to_rfc3339())
            .current_dir(self.dir())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs desk and steps the clock by a minute.
    pub fn run(&mut self, args: &[&str]) -> Output {
        let command = self.command(args);
        self.finish(command, None)
    }

    /// Runs desk with this on stdin.
    pub fn run_with(&mut self, args: &[&str], stdin: impl AsRef<[u8]>) -> Output {
        let command = self.command(args);
        self.finish(command, Some(stdin.as_ref().to_vec()))
    }

    /// Runs a command made by [`Env::command`].
    pub fn finish(&mut self, mut command: Command, stdin: Option<Vec<u8>>) -> Output {
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
        let place = self.dir().display().to_string();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(&place, "DIR");
        Output {
            code: done.status.code(),
            stdout: text(done.stdout),
            stderr: text(done.stderr),
        }
    }

    /// Runs desk with `--json` and reads what it says.
    pub fn json(&mut self, args: &[&str]) -> serde_json::Value {
        let mut all = args.to_vec();
        all.push("--json");
        let output = self.run(&all).ok();
        serde_json::from_str(&output.stdout).unwrap()
    }
}

/// What a run said, and how it ended.
#[must_use]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Output {
    /// Insists that it succeeded.
    #[track_caller]
    pub fn ok(self) -> Self {
        self.code(0)
    }

    /// Insists on this exit code.
    #[track_caller]
    pub fn code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self}");
        self
    }
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
