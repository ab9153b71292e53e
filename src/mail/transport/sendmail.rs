//! Hands mail over to a program such as `sendmail`, without a shell: the addresses
//! are arguments of their own, after `--`.

use std::io::{Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::{Envelope, reason};
use crate::domain::mail::outgoing::Attempt;

/// The exit codes of sendmail that mean that it will never take the mail: wrong
/// usage, wrong data, no such user, no such host, no permission.
const NEVER: [i32; 5] = [64, 65, 67, 68, 77];

pub(super) fn hand_over(
    program: &[String],
    envelope: Envelope<'_>,
    message: &[u8],
    deadline: Instant,
    before_end: &mut dyn FnMut() -> bool,
) -> Attempt {
    let Some((name, arguments)) = program.split_first() else {
        return Attempt::Deferred("no program is set".to_owned());
    };
    let spawned = Command::new(name)
        .args(arguments)
        .args(["-i", "-f", envelope.from.unwrap_or("<>"), "--", envelope.to])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(fault) => return Attempt::Deferred(format!("cannot run {name}: {fault}")),
    };
    let said = collect(&mut child);
    let written = write(&mut child, message, deadline);
    if !before_end() {
        stop(&mut child);
        return Attempt::Deferred("somebody else hands it over".to_owned());
    }
    // The end of the input is the end of the mail.
    drop(child.stdin.take());
    let Some(status) = wait(&mut child, deadline) else {
        stop(&mut child);
        let text = format!("{name} did not end in time");
        // It may have taken the mail all the same.
        return if written {
            Attempt::Lost(text)
        } else {
            Attempt::Deferred(text)
        };
    };
    let said = said.and_then(|said| said.join().ok()).unwrap_or_default();
    outcome(name, status, written, &said)
}

fn outcome(name: &str, status: ExitStatus, written: bool, said: &str) -> Attempt {
    if status.success() && written {
        return Attempt::Sent;
    }
    let said = reason(said);
    let said = if said.is_empty() {
        String::new()
    } else {
        format!(": {said}")
    };
    let text = format!("{name} failed ({status}){said}");
    match status.code() {
        Some(code) if NEVER.contains(&code) => Attempt::Refused(text),
        Some(_) => Attempt::Deferred(text),
        // Killed by a signal, nobody knows when.
        None => Attempt::Lost(text),
    }
}

/// Reads what the program says, so that it never waits for that.
fn collect(child: &mut Child) -> Option<thread::JoinHandle<String>> {
    let stderr = child.stderr.take()?;
    Some(thread::spawn(move || {
        let mut said = Vec::new();
        // What cannot be read is not said.
        let _ = stderr.take(64 * 1024).read_to_end(&mut said);
        String::from_utf8_lossy(&said).into_owned()
    }))
}

/// Writes the message, unless the program takes too long to read it.
fn write(child: &mut Child, message: &[u8], deadline: Instant) -> bool {
    let Some(mut stdin) = child.stdin.take() else {
        return false;
    };
    let message = message.to_vec();
    let (done, finished) = std::sync::mpsc::channel();
    thread::spawn(move || {
        // A program that ends early has its reasons, which its exit code tells.
        let written = stdin.write_all(&message).and_then(|()| stdin.flush());
        let _ = done.send(written.is_ok().then_some(stdin));
    });
    let stdin = finished.recv_timeout(super::time_left(deadline));
    child.stdin = stdin.ok().flatten();
    child.stdin.is_some()
}

fn wait(child: &mut Child, deadline: Instant) -> Option<ExitStatus> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if Instant::now() >= deadline => return None,
            Ok(None) => thread::sleep(Duration::from_millis(5)),
            Err(_) => return None,
        }
    }
}

fn stop(child: &mut Child) {
    // It may have ended by itself.
    let _ = child.kill();
    let _ = child.wait();
}
