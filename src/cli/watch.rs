//! Saying the same thing again and again, as a dashboard does: without a
//! full-screen program, and without leaving a trace on the terminal.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use signal_hook::consts::SIGINT;
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use crate::error::Error;
use crate::render::Format;

/// How a round ended.
pub(crate) struct RoundOutcome {
    pub(crate) code: u8,
    /// Whether the reader of the output has gone.
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

/// What is written before a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FramePrefix {
    /// Nothing: it is the only round, or the first.
    None,
    /// A blank line, between what is written one after another.
    Blank,
    /// An empty screen.
    Clear,
}

impl FramePrefix {
    /// The lead of a round when watching; `screen` says whether it is drawn on
    /// a terminal that knows how to clear itself.
    pub(crate) fn new(first: bool, format: Format, screen: bool) -> Self {
        match format {
            Format::Table if screen => Self::Clear,
            // Objects are told apart by themselves.
            Format::Json | Format::Jsonl => Self::None,
            Format::Table | Format::Csv | Format::Ids if first => Self::None,
            Format::Table | Format::Csv | Format::Ids => Self::Blank,
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

/// The exit code for an end by Ctrl-C.
const INTERRUPTED: u8 = 130;

/// The exit code of what may go well the next time.
const AGAIN: u8 = 4;

/// Runs `round` now and then every so often, until Ctrl-C, a fault, or a
/// reader who has gone, which is none. `round` is told whether it is the first.
///
/// # Errors
/// Where Ctrl-C cannot be listened to.
pub(crate) fn repeat(
    every: Duration,
    mut round: impl FnMut(bool) -> RoundOutcome,
) -> Result<u8, Error> {
    let interrupted = listen()?;
    let mut first = true;
    loop {
        let RoundOutcome { code, reader_gone } = round(first);
        if reader_gone {
            return Ok(0);
        }
        if code != 0 && code != AGAIN {
            return Ok(code);
        }
        first = false;
        match interrupted.recv_timeout(every) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(()) | Err(RecvTimeoutError::Disconnected) => {
                let mut stderr = std::io::stderr();
                if stderr.is_terminal() {
                    // The prompt comes below the `^C`, at the start of a line.
                    let _ = writeln!(stderr);
                }
                return Ok(INTERRUPTED);
            }
        }
    }
}

/// Listens for Ctrl-C; a second one ends the process where it is.
fn listen() -> Result<Receiver<()>, Error> {
    let mut signals = Signals::new([SIGINT]).map_err(|fault| Error::Outside {
        what: "listening to Ctrl-C".to_owned(),
        reason: fault.to_string(),
    })?;
    let (tell, told) = channel();
    std::thread::spawn(move || {
        let mut once = false;
        for signal in signals.forever() {
            if once || tell.send(()).is_err() {
                let _ = emulate_default_handler(signal);
            }
            once = true;
        }
    });
    Ok(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(code: u8, reader_gone: bool) -> RoundOutcome {
        RoundOutcome { code, reader_gone }
    }

    #[test]
    fn rounds_follow_until_one_ends_it() {
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
    fn a_screen_is_cleared_and_anything_else_set_apart() {
        assert_eq!(
            FramePrefix::new(true, Format::Table, true),
            FramePrefix::Clear
        );
        assert_eq!(
            FramePrefix::new(true, Format::Table, false),
            FramePrefix::None
        );
        assert_eq!(
            FramePrefix::new(false, Format::Table, false),
            FramePrefix::Blank
        );
        assert_eq!(
            FramePrefix::new(false, Format::Json, true),
            FramePrefix::None
        );
        assert_eq!(
            FramePrefix::new(false, Format::Csv, true),
            FramePrefix::Blank
        );
    }
}
