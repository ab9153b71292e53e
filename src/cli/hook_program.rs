//! Runs the programs of hooks: without a shell, in the root directory, with a small
//! environment, in a process group of their own, and no longer than their timeout.

use std::fs::File;
use std::io::{Read, Seek, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use rustix::io::Errno;
use rustix::process::{Pid, Signal, kill_process_group, test_kill_process};

use crate::config::{Config, Env, Source, StoreUrl, WITHIN_HOOKS};
use crate::domain::hooks::{Hook, HookCall, HookOutcome, HookRunner, TrialRun};
use crate::output::{self, RenderOptions};
use crate::output_format::OutputFormat;

/// The directories in which programs look for others.
const PATH: &str = "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin";

/// Variables that every program gets, if they are set.
const PASSED: [&str; 5] = ["HOME", "USER", "LOGNAME", "TZ", "DESK_AGENT"];

/// How much of what a program writes is kept in a test.
const KEPT: usize = 64 * 1024;

/// How long a program gets between the request to end and the end.
const TO_END: Duration = Duration::from_secs(1);

/// How long what was written last is waited for after the end of a program.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// Runs programs with the settings of this process.
pub(crate) struct HookPrograms<'a> {
    pub(crate) config: &'a Config,
    pub(crate) env: Env,
}

impl HookRunner for HookPrograms<'_> {
    fn run(&self, hook: &Hook, call: &HookCall<'_>) -> HookOutcome {
        let mut command = self.command(hook, call);
        // Nobody reads what it writes, and nothing of it is stored.
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let (outcome, _) = run(&mut command, &self.document(call), timeout(hook));
        outcome
    }

    fn claimant(&self) -> String {
        format!("{}/{}", machine(), std::process::id())
    }

    fn is_gone(&self, claimant: &str) -> bool {
        let Some((place, number)) = claimant.rsplit_once('/') else {
            return false;
        };
        let number = number.parse::<i32>().ok().and_then(Pid::from_raw);
        let Some(number) = number.filter(|_| place == machine()) else {
            return false;
        };
        // This process has ended all that it began, and whoever had its number
        // before is gone.
        number == rustix::process::getpid() || test_kill_process(number) == Err(Errno::SRCH)
    }
}

impl HookPrograms<'_> {
    /// As [`HookRunner::run`], and keeps what the program writes.
    pub(crate) fn try_out(&self, hook: &Hook, call: &HookCall<'_>) -> TrialRun {
        let mut command = self.command(hook, call);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let began = Instant::now();
        let (outcome, written) = run(&mut command, &self.document(call), timeout(hook));
        TrialRun {
            outcome,
            written,
            took: TimeDelta::from_std(began.elapsed()).unwrap_or_default(),
        }
    }

    /// What the program reads.
    fn document(&self, call: &HookCall<'_>) -> String {
        let options = RenderOptions {
            format: OutputFormat::Json,
            now: call.now,
            zone: &self.config.zone.value,
            policy: call.policies,
            color: false,
            width: None,
            terminal: false,
            several: false,
            quiet: true,
        };
        output::hook_document(call, &options)
    }

    fn command(&self, hook: &Hook, call: &HookCall<'_>) -> Command {
        let (name, arguments) = hook.run.split_first().expect("the settings were checked");
        let mut command = Command::new(name);
        let delivery = call.delivery;
        command
            .args(arguments)
            .current_dir("/")
            .process_group(0)
            .env_clear()
            .env("PATH", PATH)
            .env("LANG", "C.UTF-8")
            .env("DESK_DB", self.store())
            .env("DESK_HOOK", &hook.name)
            .env("DESK_EVENT", &delivery.kind)
            .env("DESK_SEQ", delivery.seq.to_string())
            .env("DESK_TICKET", delivery.ticket.0.to_string())
            .env("DESK_DELIVERY_ID", &delivery.delivery_id)
            .env("DESK_ATTEMPT", delivery.attempts.to_string());
        let mut within = self.config.within_hooks.clone();
        within.push(hook.name.clone());
        command.env(WITHIN_HOOKS, within.join(","));
        for variable in PASSED
            .into_iter()
            .chain(hook.env.iter().map(String::as_str))
        {
            if let Some(value) = (self.env)(variable) {
                command.env(variable, value);
            }
        }
        command
    }

    /// The store, as the program can name it from another directory.
    fn store(&self) -> std::ffi::OsString {
        match &self.config.db.value {
            StoreUrl::File(path) => match std::path::absolute(path) {
                Ok(path) => path.into_os_string(),
                Err(_) => path.clone().into_os_string(),
            },
            url @ StoreUrl::Postgres(_) => url.to_string().into(),
        }
    }
}

/// Tells the hooks of what a command did, in a process that outlives this one, so
/// that nobody waits for programs. If it cannot be started, or is killed, the next
/// one or a sweep does it.
pub(crate) fn deliver_in_background(config: &Config) {
    let Ok(program) = std::env::current_exe() else {
        return;
    };
    let mut command = Command::new(program);
    if config.db.source == Source::Flag {
        match &config.db.value {
            StoreUrl::File(path) => command.arg("--db").arg(path),
            StoreUrl::Postgres(typed) => command.arg("--db").arg(typed),
        };
    }
    let agent = config.agent.as_ref();
    if let Some(agent) = agent.filter(|agent| agent.source == Source::Flag) {
        command.arg("--as").arg(&agent.value);
    }
    let begun = command
        .args(["hooks", "send", "--background", "--quiet", "--no-input"])
        // Times of the past are those of the command.
        .env_remove("DESK_AT")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn();
    drop(begun);
}

/// What tells this machine, and within it this space of process numbers, from
/// others.
fn machine() -> String {
    let name = rustix::system::uname();
    let space = std::fs::read_link("/proc/self/ns/pid");
    let space = space.map(|link| link.to_string_lossy().into_owned());
    format!(
        "{}/{}",
        name.nodename().to_string_lossy(),
        space.unwrap_or_default()
    )
}

fn timeout(hook: &Hook) -> Duration {
    hook.timeout.to_std().unwrap_or_default()
}

/// Runs a program, and returns how it ended and what it wrote, if that is kept.
fn run(command: &mut Command, document: &str, timeout: Duration) -> (HookOutcome, String) {
    let deadline = Instant::now() + timeout;
    let failed = |reason: String| (HookOutcome::Failed(reason), String::new());
    let begun = input(document).and_then(|input| command.stdin(input).spawn());
    let mut child = match begun {
        Ok(child) => child,
        Err(fault) => return failed(format!("it cannot be run: {fault}")),
    };
    let streams = [child.stdout.take().map(keep), child.stderr.take().map(keep)];
    let outcome = match wait(&mut child, deadline) {
        Some(status) if status.success() => HookOutcome::Delivered,
        Some(status) => HookOutcome::Failed(status.to_string()),
        None => {
            end(&mut child);
            let seconds = timeout.as_secs();
            HookOutcome::Failed(format!("it did not end within {seconds} s, and was ended"))
        }
    };
    // One that it left behind may hold the streams open.
    let until = Instant::now() + LAST_WORDS;
    let mut written = Vec::new();
    for stream in streams.into_iter().flatten() {
        while let Ok(part) = stream.recv_timeout(until.saturating_duration_since(Instant::now())) {
            written.extend(part);
        }
    }
    (outcome, String::from_utf8_lossy(&written).into_owned())
}

/// The document as the input of a program: whole before the program begins, so that
/// nobody reads half of it if desk is killed, and never on a disk.
fn input(document: &str) -> std::io::Result<File> {
    #[cfg(target_os = "linux")]
    let mut file = {
        let flags = rustix::fs::MemfdFlags::CLOEXEC;
        File::from(rustix::fs::memfd_create("desk-hook", flags)?)
    };
    #[cfg(not(target_os = "linux"))]
    let mut file = tempfile::tempfile()?;
    file.write_all(document.as_bytes())?;
    file.rewind()?;
    Ok(file)
}

/// Reads a stream to its end, so that the program never waits for that, and hands
/// on as much as is kept.
fn keep(mut stream: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut left = KEPT;
        let mut buffer = [0; 8 * 1024];
        while let Ok(count @ 1..) = stream.read(&mut buffer) {
            let part = &buffer[..count.min(left)];
            left -= part.len();
            if !part.is_empty() && sender.send(part.to_vec()).is_err() {
                return;
            }
        }
    });
    receiver
}

fn wait(child: &mut Child, deadline: Instant) -> Option<ExitStatus> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if Instant::now() >= deadline => return None,
            Ok(None) => thread::sleep(Duration::from_millis(2)),
            Err(_) => return None,
        }
    }
}

/// Ends a program with everything that it has begun in its process group.
fn end(child: &mut Child) {
    let group = Pid::from_child(child);
    // Each may be gone already.
    let _ = kill_process_group(group, Signal::TERM);
    let _ = wait(child, Instant::now() + TO_END);
    let _ = kill_process_group(group, Signal::KILL);
    let _ = child.wait();
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs a script with this input and limit in milliseconds; returns how it ended,
    /// what it wrote, and how long that took.
    fn result(script: &str, document: &str, limit: u64) -> (String, String, Duration) {
        let mut command = Command::new("/bin/sh");
        command
            .args(["-c", script])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0);
        let began = Instant::now();
        let limit = Duration::from_millis(limit);
        let (outcome, written) = run(&mut command, document, limit);
        let outcome = match outcome {
            HookOutcome::Delivered => "delivered".to_owned(),
            HookOutcome::Failed(reason) => reason,
            HookOutcome::LeftOut(reason) => reason.to_owned(),
        };
        (outcome, written, began.elapsed())
    }

    const LONG: u64 = 20_000;

    #[test]
    fn a_program_reads_the_document_and_ends() {
        let (outcome, written, _) = result("cat; echo no >&2; exit 3", "{}", LONG);
        assert_eq!(
            (outcome.as_str(), written.as_str()),
            ("exit status: 3", "{}no\n")
        );
        assert_eq!(result("kill -9 $$", "{}", LONG).0, "signal: 9 (SIGKILL)");
        let missing = run(&mut Command::new("/no/such/program"), "", TO_END).0;
        assert!(matches!(missing, HookOutcome::Failed(_)));
        // It need not read it, whatever its size.
        let large = "x".repeat(4 << 20);
        assert_eq!(result("exit 0", &large, LONG).0, "delivered");
    }

    #[test]
    fn one_that_hangs_is_ended_with_its_children() {
        let folder = tempfile::tempdir().unwrap();
        let mark = folder.path().join("mark");
        let script = format!(
            "trap '' TERM; (sleep 3; touch {}) & wait; sleep 60",
            mark.display()
        );
        let (outcome, _, took) = result(&script, "{}", 100);
        assert_eq!(outcome, "it did not end within 0 s, and was ended");
        assert!(took < Duration::from_secs(10), "{took:?}");
        thread::sleep(Duration::from_secs(3));
        assert!(!mark.exists());
    }

    #[test]
    fn what_it_leaves_behind_and_what_it_floods_holds_nobody_up() {
        let (outcome, _, took) = result("sleep 5 & exit 0", "{}", LONG);
        assert_eq!(outcome, "delivered");
        assert!(took < Duration::from_secs(4), "{took:?}");
        let (outcome, written, _) = result("head -c 5000000 /dev/zero; echo end >&2", "{}", LONG);
        assert_eq!(outcome, "delivered");
        assert_eq!(written.len(), KEPT + 4);
    }

    #[test]
    fn a_claimant_is_gone_when_its_process_is() {
        let env: Env = |_| None;
        let config = Config::resolve(
            &crate::config::Global {
                db: Some("/tmp/none.db".to_owned()),
                ..Default::default()
            },
            env,
            chrono::DateTime::UNIX_EPOCH,
        );
        let config = config.unwrap();
        let programs = HookPrograms {
            config: &config,
            env,
        };
        let mut child = Command::new("/bin/sleep").arg("60").spawn().unwrap();
        let claimant = format!("{}/{}", machine(), child.id());
        assert!(!programs.is_gone(&claimant));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(programs.is_gone(&claimant));
        assert!(!programs.is_gone(&format!("elsewhere/{}", child.id())));
        assert!(programs.is_gone(&programs.claimant()));
    }
}
