//! The editor for long texts. If desk is told to end meanwhile, it passes that
//! on to the editor and ends after it, so that the terminal is in order again.

use std::path::Path;
use std::process::{Command, ExitStatus};
use std::sync::atomic::{AtomicI32, Ordering};

use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGHUP, SIGTERM};
use signal_hook::iterator::Signals;

use crate::error::Error;

/// Edits a file and waits until the editor has ended.
///
/// # Errors
/// [`Error::Outside`] if the editor fails, [`Error::Terminated`] if desk was
/// told to end.
pub(super) fn edit(editor: &str, file: &Path) -> Result<(), Error> {
    let fail = |reason: String| Error::outside(format!("the editor '{editor}'"), &reason);
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let terminal = tcgetattr(std::io::stdin()).ok();
    let mut signals = Signals::new([SIGTERM, SIGHUP])?;
    let listening = signals.handle();
    let received = AtomicI32::new(0);
    let mut child = Command::new(program)
        .args(words)
        .arg(file)
        .spawn()
        .map_err(|fault| fail(fault.to_string()))?;
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let ended: std::io::Result<ExitStatus> = std::thread::scope(|scope| {
        scope.spawn(|| {
            for signal in signals.forever() {
                received.store(signal, Ordering::Relaxed);
                let passed = if signal == SIGHUP {
                    Signal::HUP
                } else {
                    Signal::TERM
                };
                if let Some(pid) = pid {
                    // It may have ended by itself.
                    let _ = kill_process(pid, passed);
                }
            }
        });
        let ended = child.wait();
        listening.close();
        ended
    });
    let signal = u8::try_from(received.load(Ordering::Relaxed)).unwrap_or_default();
    if signal != 0 {
        if let Some(settings) = terminal {
            // An editor that was killed leaves the terminal as it used it.
            let _ = tcsetattr(std::io::stdin(), OptionalActions::Flush, &settings);
        }
        return Err(Error::Terminated { signal });
    }
    let status = ended.map_err(|fault| fail(fault.to_string()))?;
    if status.success() {
        Ok(())
    } else {
        Err(fail(status.to_string()))
    }
}
