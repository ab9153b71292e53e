//! A terminal in which tests run desk.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use expectrl::process::unix::WaitStatus;
use expectrl::session::OsSession;
use expectrl::{Captures, Eof, Expect, Session};

use crate::env::Env;

pub(crate) const CTRL_C: &str = "\u{3}";

pub(crate) const DOWN: &str = "\u{1b}[B";

pub(crate) const ENTER: &str = "\r";

/// A terminal of 80 columns in which desk runs.
pub(crate) struct Terminal {
    session: OsSession,
    dir: String,
}

impl Terminal {
    pub(crate) fn run(env: &Env, set: &[(&str, &str)], args: &[&str]) -> Self {
        Self::run_program(env, set, env!("CARGO_BIN_EXE_desk"), args)
    }

    /// Runs another program there.
    pub(crate) fn run_program(
        env: &Env,
        set: &[(&str, &str)],
        program: &str,
        args: &[&str],
    ) -> Self {
        let mut command = env.dressed(program);
        command
            .env("TERM", "xterm")
            .env("COLUMNS", "80")
            .env("NO_COLOR", "1")
            .env("PATH", "/usr/bin:/bin")
            .envs(set.iter().copied())
            .args(args);
        let mut session = Session::spawn(command).unwrap();
        session.set_expect_timeout(Some(Duration::from_secs(60)));
        let dir = env.dir().display().to_string();
        Self { session, dir }
    }

    /// Waits until this is on the screen.
    #[track_caller]
    pub(crate) fn sees(&mut self, text: &str) -> &mut Self {
        if let Err(fault) = self.session.expect(text) {
            let rest = self.session.check(Eof);
            panic!("no '{text}': {fault}; {rest:?}");
        }
        self
    }

    pub(crate) fn types(&mut self, keys: &str) -> &mut Self {
        self.session.send(keys).unwrap();
        self
    }

    /// Presses Ctrl-C until it ends: a key that comes just before a prompt
    /// listens is lost.
    pub(crate) fn interrupts(mut self) -> (i32, String) {
        self.session
            .set_expect_timeout(Some(Duration::from_secs(2)));
        for _ in 0..30 {
            self.types(CTRL_C);
            if let Ok(shown) = self.session.expect(Eof) {
                return self.ended(&shown);
            }
        }
        panic!("Ctrl-C does not end it");
    }

    /// Kills it, so that it cannot tidy up.
    pub(crate) fn killed(self) {
        let pid = self.session.get_process().pid().as_raw();
        let pid = rustix::process::Pid::from_raw(pid).unwrap();
        rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
        let status = self.session.get_process().wait().unwrap();
        assert!(matches!(status, WaitStatus::Signaled(..)), "{status:?}");
    }

    /// The exit code, and the output since the last match.
    pub(crate) fn ends(mut self) -> (i32, String) {
        let shown = self.session.expect(Eof).unwrap();
        self.ended(&shown)
    }

    fn ended(&self, shown: &Captures) -> (i32, String) {
        let shown = String::from_utf8(shown.as_bytes().to_vec()).unwrap();
        let shown = shown.replace("\r\n", "\n").replace(&self.dir, "DIR");
        let status = self.session.get_process().wait().unwrap();
        let WaitStatus::Exited(_, code) = status else {
            panic!("it did not exit: {status:?}");
        };
        (code, shown)
    }
}

/// The output, with readable escapes.
pub(crate) fn plain(shown: &str) -> String {
    let lines = shown.replace('\u{1b}', "␛");
    lines
        .lines()
        .map(str::trim_end)
        .collect::<Vec<_>>()
        .join("\n")
}

/// An editor that writes this text.
pub(crate) fn editor(env: &Env, text: &str) -> String {
    let script = env.dir().join("editor.sh");
    fs::write(&script, format!("printf '{text}' > \"$1\"\n")).unwrap();
    format!("sh {}", script.display())
}

/// The drafts that are kept, in the directory of each store.
pub(crate) fn drafts(env: &Env) -> Vec<PathBuf> {
    let entries = |folder: PathBuf| {
        let entries = fs::read_dir(folder).into_iter().flatten();
        entries.map(|entry| entry.unwrap().path())
    };
    entries(env.dir().join(".local/state/desk/drafts"))
        .flat_map(entries)
        .collect()
}

/// What was shown, with the name of a draft replaced, as it differs each time.
pub(crate) fn unnamed(shown: &str, draft: &Path) -> String {
    let store = draft.parent().unwrap().file_name().unwrap();
    let shown = shown.replace(store.to_str().unwrap(), "STORE");
    shown.replace(draft.file_name().unwrap().to_str().unwrap(), "NAME")
}
