//! Repeats a command at an interval, like `watch`, without taking over the
//! screen; on a team store also as soon as somebody has changed something.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use signal_hook::consts::SIGINT;
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use crate::error::Error;
use crate::output_format::OutputFormat;

/// How a round ended.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RoundOutcome {
    pub(crate) code: u8,
    /// Whether the reader has closed the pipe.
    pub(crate) reader_gone: bool,
    /// Whether the server of the store could not be reached.
    pub(crate) unreachable: bool,
}

impl RoundOutcome {
    /// A round that ended with this exit code before anything was printed.
    pub(crate) const fn failed(code: u8) -> Self {
        Self {
            code,
            reader_gone: false,
            unreachable: false,
        }
    }
}

/// What a look at the store between two rounds found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seen {
    Unchanged,
    Changed,
    Unreachable,
}

/// Looks whether somebody has changed the store.
pub(crate) type Look<'a> = &'a mut dyn FnMut() -> Seen;

/// How often it is looked whether somebody has changed the store.
const LOOK: Duration = Duration::from_secs(2);

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
/// closed pipe (which is not an error). `round` gets whether it is the first. With
/// `look`, it also runs as soon as that sees a change, and a server that cannot be
/// reached any more ends nothing.
///
/// # Errors
/// [`Error::Outside`] if no handler for Ctrl-C can be installed.
pub(crate) fn repeat(
    interval: Duration,
    mut look: Option<Look<'_>>,
    mut round: impl FnMut(bool) -> RoundOutcome,
) -> Result<u8, Error> {
    let interrupted = handle_interrupts()?;
    let mut first = true;
    loop {
        let RoundOutcome {
            code,
            reader_gone,
            unreachable,
        } = round(first);
        if reader_gone {
            return Ok(0);
        }
        let is_lost = unreachable && !first && look.is_some();
        if code != 0 && code != TRY_AGAIN && !is_lost {
            return Ok(code);
        }
        if is_lost {
            // The frame before stays where it is.
            let line = "desk: what is shown may be out of date; trying again every 2 s";
            let _ = writeln!(std::io::stderr(), "{line}");
        }
        first = false;
        if !wait(&interrupted, interval, &mut look, is_lost) {
            let mut stderr = std::io::stderr();
            if stderr.is_terminal() {
                // The terminal shows `^C`; start a new line for the prompt.
                let _ = writeln!(stderr);
            }
            return Ok(INTERRUPTED);
        }
    }
}

/// Waits for the next round: this long, or until the store has changed; for a
/// server that is lost, until it is back. Returns `false` after Ctrl-C.
fn wait(
    interrupted: &Receiver<()>,
    interval: Duration,
    look: &mut Option<Look<'_>>,
    is_lost: bool,
) -> bool {
    let mut left = interval;
    loop {
        let step = match look {
            Some(_) if is_lost => LOOK,
            Some(_) => LOOK.min(left),
            None => left,
        };
        match interrupted.recv_timeout(step) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return false,
        }
        left = left.saturating_sub(step);
        let seen = look.as_mut().map_or(Seen::Unchanged, |look| look());
        let goes_on = match seen {
            Seen::Changed => false,
            // The next round says why.
            Seen::Unreachable => is_lost,
            Seen::Unchanged => !is_lost && !left.is_zero(),
        };
        if !goes_on {
            return true;
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
        RoundOutcome {
            code,
            reader_gone,
            unreachable: false,
        }
    }

    #[test]
    fn a_change_begins_a_round_and_a_lost_server_ends_none() {
        let lost = RoundOutcome {
            code: 5,
            reader_gone: false,
            unreachable: true,
        };
        // What each look sees, how each round ends, and how often it was looked.
        let run = |seen: &[Seen], ends: &[RoundOutcome]| {
            let (mut looks, mut rounds) = (0, 0);
            let mut look = || {
                looks += 1;
                seen[looks - 1]
            };
            let code = repeat(Duration::ZERO, Some(&mut look), |_| {
                rounds += 1;
                ends[rounds - 1]
            });
            (code.unwrap(), rounds, looks)
        };
        use Seen::{Changed, Unchanged};
        assert_eq!(run(&[], &[lost]), (5, 1, 0));
        let ends = [end(0, false), end(0, false), end(0, true)];
        assert_eq!(run(&[Changed, Unchanged], &ends), (0, 3, 2));
        let wait_for = |seen: &[Seen], is_lost| {
            let (_sender, receiver) = channel();
            let mut looks = 0;
            let mut look = || {
                looks += 1;
                seen[looks - 1]
            };
            let interval = Duration::from_secs(3);
            assert!(wait(&receiver, interval, &mut Some(&mut look), is_lost));
            looks
        };
        assert_eq!(wait_for(&[Unchanged, Unchanged], false), 2);
        assert_eq!(wait_for(&[Changed], false), 1);
        assert_eq!(wait_for(&[Seen::Unreachable], false), 1);
        // It is back, whether or not anything has changed.
        assert_eq!(wait_for(&[Seen::Unreachable, Unchanged], true), 2);
    }

    #[test]
    fn rounds_repeat_until_one_fails_or_the_pipe_closes() {
        let run = |ends: &[(u8, bool)]| {
            let mut firsts = Vec::new();
            let code = repeat(Duration::ZERO, None, |first| {
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
