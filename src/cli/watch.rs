//! Repeats a command at an interval, like `watch`, without taking over the
//! screen.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use signal_hook::consts::SIGINT;
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use crate::error::Error;
use crate::output_format::OutputFormat;

/// How a round ended.
pub(crate) struct RoundOutcome {
    pub(crate) code: u8,
    /// Whether the reader has closed the pipe.
    pub(crate) reader_gone: bool,
}

impl RoundOutcome {
    /// A round that ended with this exit code before anything was printed.
    pub(crate) const fn failed(code: u8) -> Self {
        Self {
            code,
            reader_gone: false,
        }
    }
}

/// The prefix of a round's output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FramePrefix {
    /// Nothing, for a single or the first round.
    None,
    /// A blank line between rounds.
    Blank,
    /// The control sequence that clears the screen.
    Clear,
}

impl FramePrefix {
    /// The prefix of a repeated round; `screen` says whether stdout is a terminal
    /// that can be cleared.
    pub(crate) fn new(first: bool, format: OutputFormat, screen: bool) -> Self {
        match format {
            OutputFormat::Table if screen => Self::Clear,
            // JSON values need no separator.
            OutputFormat::Json | OutputFormat::Jsonl => Self::None,
            OutputFormat::Table
            | OutputFormat::Csv
            | OutputFormat::Tsv
            | OutputFormat::Ids
            | OutputFormat::Html
                if first =>
            {
                Self::None
            }
            OutputFormat::Table
            | OutputFormat::Csv
            | OutputFormat::Tsv
            | OutputFormat::Ids
            | OutputFormat::Html => Self::Blank,
        }
    }

    pub(crate) const fn bytes(self) -> &'static [u8] {
        match self {
            Self::None => b"",
            Self::Blank => b"\n",
            Self::Clear => b"\x1b[H\x1b[2J",
        }
    }
}

/// Exit code after Ctrl-C.
const INTERRUPTED: u8 = 130;

/// Exit code of errors that may not occur next time (busy, conflict).
const TRY_AGAIN: u8 = 4;

/// Runs `round` at once and then at this interval, until Ctrl-C, an error, or a
/// closed pipe (which is not an error). `round` gets whether it is the first.
///
/// # Errors
/// [`Error::Outside`] if no handler for Ctrl-C can be installed.
pub(crate) fn repeat(
    interval: Duration,
    mut round: impl FnMut(bool) -> RoundOutcome,
) -> Result<u8, Error> {
    let interrupted = handle_interrupts()?;
    let mut first = true;
    loop {
        let RoundOutcome { code, reader_gone } = round(first);
        if reader_gone {
            return Ok(0);
        }
        if code != 0 && code != TRY_AGAIN {
            return Ok(code);
        }
        first = false;
        match interrupted.recv_timeout(interval) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(()) | Err(RecvTimeoutError::Disconnected) => {
                let mut stderr = std::io::stderr();
                if stderr.is_terminal() {
                    // The terminal shows `^C`; start a new line for the prompt.
                    let _ = writeln!(stderr);
                }
                return Ok(INTERRUPTED);
            }
        }
    }
}

/// Handles Ctrl-C; a second one ends the process at once.
fn handle_interrupts() -> Result<Receiver<()>, Error> {
    let mut signals =
        Signals::new([SIGINT]).map_err(|fault| Error::outside("handling Ctrl-C", &fault))?;
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut once = false;
        for signal in signals.forever() {
            if once || sender.send(()).is_err() {
                let _ = emulate_default_handler(signal);
            }
            once = true;
        }
    });
    Ok(receiver)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(code: u8, reader_gone: bool) -> RoundOutcome {
        RoundOutcome { code, reader_gone }
    }

    #[test]
    fn rounds_repeat_until_one_fails_or_the_pipe_closes() {
        let run = |ends: &[(u8, bool)]| {
            let mut firsts = Vec::new();
            let code = repeat(Duration::ZERO, |first| {
                firsts.push(first);
                let (code, reader_gone) = ends[firsts.len() - 1];
                end(code, reader_gone)
            });
            (code.unwrap(), firsts)
        };
        assert_eq!(run(&[(0, false), (0, true)]), (0, vec![true, false]));
        assert_eq!(run(&[(4, false), (5, false)]), (5, vec![true, false]));
        assert_eq!(run(&[(2, false)]), (2, vec![true]));
    }

    #[test]
    fn a_screen_is_cleared_and_other_output_separated() {
        assert_eq!(
            FramePrefix::new(true, OutputFormat::Table, true),
            FramePrefix::Clear
        );
        assert_eq!(
            FramePrefix::new(true, OutputFormat::Table, false),
            FramePrefix::None
        );
        assert_eq!(
            FramePrefix::new(false, OutputFormat::Table, false),
            FramePrefix::Blank
        );
        assert_eq!(
            FramePrefix::new(false, OutputFormat::Json, true),
            FramePrefix::None
        );
        assert_eq!(
            FramePrefix::new(false, OutputFormat::Csv, true),
            FramePrefix::Blank
        );
    }
}
