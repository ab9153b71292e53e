//! The terminal of the inbox: its settings, its screen, what is typed, and the
//! signals that come meanwhile.

use std::io::{self, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::cursor::{Hide, MoveTo, Show};
use ratatui::crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use ratatui::crossterm::execute;
use ratatui::crossterm::style::ResetColor;
use ratatui::crossterm::terminal::{
    Clear, ClearType, DisableLineWrap, EnableLineWrap, EnterAlternateScreen, LeaveAlternateScreen,
};
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Signal, kill_current_process_group};
use rustix::termios::{
    OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcgetwinsize, tcsetattr,
};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGWINCH};
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;

use crate::error::Error;
use crate::inbox::{Key, KeyReader, State, draw};

/// The settings that the terminal had, while the inbox has it.
static BEFORE: Mutex<Option<Termios>> = Mutex::new(None);

/// Gives the terminal back as it was, if the inbox has it: also while desk ends
/// because of a bug.
pub(crate) fn restore() {
    let mut before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(settings) = before.take() else {
        return;
    };
    // A terminal that is gone needs nothing.
    let _ = execute!(
        io::stdout(),
        ResetColor,
        DisableBracketedPaste,
        EnableLineWrap,
        LeaveAlternateScreen,
        Show
    );
    let _ = tcsetattr(io::stdin(), OptionalActions::Drain, &settings);
}

/// How long a lone Escape waits for the rest of a key.
const ESCAPE: Duration = Duration::from_millis(40);

/// The size of a terminal that does not tell it.
const UNKNOWN: (u16, u16) = (80, 24);

/// What came from the terminal or the system.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Event {
    Keys(Vec<Key>),
    /// The size may have changed.
    Resized,
    /// The process was stopped, and goes on.
    Continued,
    /// A signal tells desk to end.
    Ended(u8),
    /// Nothing came in time.
    Nothing,
}

/// The screen, while the inbox has it.
pub(super) struct Screen {
    terminal: Terminal<CrosstermBackend<io::Stdout>>,
    size: (u16, u16),
    signals: SignalDelivery<UnixStream, SignalOnly>,
    keys: KeyReader,
}

impl Screen {
    /// Takes the terminal.
    ///
    /// # Errors
    /// If it refuses.
    pub(super) fn take() -> Result<Self, Error> {
        let (read, write) = UnixStream::pair()?;
        let listened = [SIGTERM, SIGHUP, SIGINT, SIGWINCH, SIGCONT];
        let signals = SignalDelivery::with_pipe(read, write, SignalOnly, listened)?;
        let size = size();
        let viewport = Viewport::Fixed(Rect::new(0, 0, size.0, size.1));
        let backend = CrosstermBackend::new(io::stdout());
        let terminal = Terminal::with_options(backend, TerminalOptions { viewport })?;
        let mut screen = Self {
            terminal,
            size,
            signals,
            keys: KeyReader::default(),
        };
        screen.enter()?;
        Ok(screen)
    }

    pub(super) const fn size(&self) -> (u16, u16) {
        self.size
    }

    /// Begins to use the screen, and forgets what was on it.
    ///
    /// # Errors
    /// If the terminal refuses.
    pub(super) fn enter(&mut self) -> Result<(), Error> {
        let stdin = io::stdin();
        let mut before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner);
        let settings = match before.take() {
            Some(settings) => settings,
            None => tcgetattr(&stdin).map_err(io::Error::from)?,
        };
        let mut raw = settings.clone();
        raw.make_raw();
        *before = Some(settings);
        drop(before);
        tcsetattr(&stdin, OptionalActions::Drain, &raw).map_err(io::Error::from)?;
        execute!(
            io::stdout(),
            EnterAlternateScreen,
            DisableLineWrap,
            EnableBracketedPaste,
            Hide
        )?;
        self.redraw()
    }

    /// Leaves the screen to another program. What was typed ahead is for neither.
    pub(super) fn leave(&mut self) {
        self.forget_keys();
        restore();
    }

    /// Lends the terminal to a command that may ask something, on the last line of
    /// the screen.
    ///
    /// # Errors
    /// If the terminal refuses.
    pub(super) fn lend(&mut self) -> Result<(), Error> {
        self.forget_keys();
        execute!(
            io::stdout(),
            ResetColor,
            DisableBracketedPaste,
            EnableLineWrap,
            MoveTo(0, self.size.1.saturating_sub(1)),
            Clear(ClearType::CurrentLine),
            Show
        )?;
        let before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(settings) = before.as_ref() {
            let set = tcsetattr(io::stdin(), OptionalActions::Drain, settings);
            set.map_err(io::Error::from)?;
        }
        Ok(())
    }

    /// Forgets what was typed and not read yet.
    pub(super) fn forget_keys(&mut self) {
        self.keys.clear();
        // It is read as usual if it cannot be dropped.
        let _ = tcflush(io::stdin(), QueueSelector::IFlush);
    }

    /// Stops the process, as Ctrl-Z does in a shell, and comes back after it.
    ///
    /// # Errors
    /// If the terminal refuses.
    pub(super) fn suspend(&mut self) -> Result<(), Error> {
        self.leave();
        // Nobody listens to it, so it stops here until somebody continues.
        kill_current_process_group(Signal::TSTP).map_err(io::Error::from)?;
        self.enter()
    }

    /// Draws everything anew the next time.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub(super) fn redraw(&mut self) -> Result<(), Error> {
        self.size = size();
        let area = Rect::new(0, 0, self.size.0, self.size.1);
        // Resizing clears the screen.
        Ok(self.terminal.resize(area)?)
    }

    /// Draws what has changed.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub(super) fn draw(&mut self, state: &State) -> Result<(), Error> {
        self.terminal.draw(|frame| {
            if let Some(at) = draw(state, frame.buffer_mut()) {
                frame.set_cursor_position(at);
            }
        })?;
        io::stdout().flush()?;
        Ok(())
    }

    /// Waits for something to happen, for at most this time.
    ///
    /// # Errors
    /// If the terminal cannot be read.
    pub(super) fn wait(&mut self, most: Duration) -> Result<Event, Error> {
        let most = if self.keys.is_waiting() { ESCAPE } else { most };
        let stdin = io::stdin();
        let (typed, signalled) = {
            let mut watched = [
                PollFd::new(&stdin, PollFlags::IN),
                PollFd::new(self.signals.get_read(), PollFlags::IN),
            ];
            let most = Timespec::try_from(most).ok();
            match poll(&mut watched, most.as_ref()) {
                Ok(_) => {}
                Err(rustix::io::Errno::INTR) => return Ok(Event::Nothing),
                Err(fault) => return Err(io::Error::from(fault).into()),
            }
            (
                !watched[0].revents().is_empty(),
                !watched[1].revents().is_empty(),
            )
        };
        if signalled && let Some(event) = self.signalled() {
            return Ok(event);
        }
        if typed {
            return self.typed(stdin);
        }
        Ok(match self.keys.end_wait() {
            Some(key) => Event::Keys(vec![key]),
            None => Event::Nothing,
        })
    }

    fn signalled(&mut self) -> Option<Event> {
        let mut event = None;
        for signal in self.signals.pending() {
            let next = match signal {
                SIGWINCH => Event::Resized,
                SIGCONT => Event::Continued,
                signal => Event::Ended(u8::try_from(signal).unwrap_or_default()),
            };
            if !matches!(event, Some(Event::Ended(_))) {
                event = Some(next);
            }
        }
        event
    }

    fn typed(&mut self, stdin: impl AsFd) -> Result<Event, Error> {
        let mut bytes = [0; 4096];
        let gone = Event::Ended(u8::try_from(SIGHUP).unwrap_or(1));
        match rustix::io::read(stdin, &mut bytes) {
            Ok(0) | Err(rustix::io::Errno::IO) => Ok(gone),
            Ok(read) => Ok(Event::Keys(self.keys.read(&bytes[..read]))),
            Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => Ok(Event::Nothing),
            Err(fault) => Err(io::Error::from(fault).into()),
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        restore();
    }
}

/// The size of the terminal on stdout.
fn size() -> (u16, u16) {
    match tcgetwinsize(io::stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => (size.ws_col, size.ws_row),
        Ok(_) | Err(_) => UNKNOWN,
    }
}
