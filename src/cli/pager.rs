//! Where stdout goes: straight out, or through the user's pager when it would
//! not fit on the screen.

use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::config::Config;
use crate::error::Error;

/// Lets `speak` write to stdout and stderr. For a terminal with a pager, all is
/// gathered first, so that nothing waits for a reader while the store is open;
/// remarks come after what they are about.
///
/// # Errors
/// What `speak` returns, or [`Error::Output`].
pub(crate) fn with(
    config: &Config,
    speak: impl FnOnce(&mut dyn Write, &mut dyn Write) -> Result<(), Error>,
) -> Result<(), Error> {
    let (Some(pager), Some((_, height))) = (&config.pager, config.size) else {
        return speak(&mut std::io::stdout().lock(), &mut std::io::stderr().lock());
    };
    let (mut text, mut remarks) = (Vec::new(), Vec::new());
    let spoken = speak(&mut text, &mut remarks);
    let shown = show(&text, &pager.value, config.bare_less, height);
    // Where nobody hears a remark, that is no reason to fail.
    let _ = std::io::stderr().write_all(&remarks);
    spoken.and(shown)
}

fn show(text: &[u8], pager: &str, bare: bool, height: usize) -> Result<(), Error> {
    let lines = text.iter().filter(|byte| **byte == b'\n').count();
    if lines >= height && page(pager, bare, text) {
        return Ok(());
    }
    let mut out = std::io::stdout().lock();
    out.write_all(text)?;
    Ok(out.flush()?)
}

/// Shows the text in the pager; `false` if it could not be started.
fn page(pager: &str, bare: bool, text: &[u8]) -> bool {
    let mut words = pager.split_whitespace();
    let Some(program) = words.next() else {
        return false;
    };
    // Ctrl-C is for the pager: ending here would leave it without its terminal.
    let ignored = Arc::new(AtomicBool::new(false));
    if signal_hook::flag::register(signal_hook::consts::SIGINT, ignored).is_err() {
        return false;
    }
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped());
    // A bare less would show colours as signs.
    if bare {
        command.env("LESS", "FRX");
    }
    let child = command.spawn();
    let Ok(mut child) = child else {
        return false;
    };
    if let Some(mut stdin) = child.stdin.take() {
        // A reader who leaves the pager early has seen enough.
        let _ = stdin.write_all(text);
    }
    let _ = child.wait();
    true
}
