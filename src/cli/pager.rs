//! Sends output to stdout, or through the user's pager if it does not fit on the
//! screen.

use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::config::Config;
use crate::error::Error;

/// Runs `print` with stdout and stderr. If a pager may be needed, output is
/// buffered first, so that the store is not kept open while someone reads; notes
/// on stderr follow after it.
///
/// # Errors
/// What `print` returns, or [`Error::Output`].
pub(crate) fn with(
    config: &Config,
    print: impl FnOnce(&mut dyn Write, &mut dyn Write) -> Result<(), Error>,
) -> Result<(), Error> {
    let (Some(pager), Some((_, height))) = (&config.pager, config.size) else {
        return print(&mut std::io::stdout().lock(), &mut std::io::stderr().lock());
    };
    let (mut text, mut notes) = (Vec::new(), Vec::new());
    let printed = print(&mut text, &mut notes);
    let shown = show(&text, &pager.value, config.less_unset, height);
    // A note that cannot be printed is not a reason to fail.
    let _ = std::io::stderr().write_all(&notes);
    printed.and(shown)
}

fn show(text: &[u8], pager: &str, set_less: bool, height: usize) -> Result<(), Error> {
    let lines = text.iter().filter(|byte| **byte == b'\n').count();
    if lines >= height && run_pager(pager, set_less, text) {
        return Ok(());
    }
    let mut out = std::io::stdout().lock();
    out.write_all(text)?;
    Ok(out.flush()?)
}

/// Shows the text in the pager; `false` if it could not be started.
fn run_pager(pager: &str, set_less: bool, text: &[u8]) -> bool {
    let mut words = pager.split_whitespace();
    let Some(program) = words.next() else {
        return false;
    };
    // Ctrl-C is for the pager; exiting here would take its terminal away.
    let ignored = Arc::new(AtomicBool::new(false));
    if signal_hook::flag::register(signal_hook::consts::SIGINT, ignored).is_err() {
        return false;
    }
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped());
    // Without -R, less would show colour codes as text.
    if set_less {
        command.env("LESS", "FRX");
    }
    let child = command.spawn();
    let Ok(mut child) = child else {
        return false;
    };
    if let Some(mut stdin) = child.stdin.take() {
        // Quitting the pager early is not an error.
        let _ = stdin.write_all(text);
    }
    let _ = child.wait();
    true
}
