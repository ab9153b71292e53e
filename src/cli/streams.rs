//! Where a command prints: the streams of the process, or memory, from which
//! another command shows it.

use std::cell::RefCell;
use std::io::Write;

use super::pager;
use super::shell::Asks;
use crate::config::Config;
use crate::error::Error;

/// What a command printed, and what it suggested after a refusal.
#[derive(Debug, Default)]
pub(crate) struct Captured {
    pub(crate) out: Vec<u8>,
    pub(crate) err: Vec<u8>,
    /// The hint of the first error.
    pub(crate) hint: Option<String>,
}

/// The streams of a command.
#[derive(Debug)]
pub(crate) enum Streams {
    Process,
    Memory {
        captured: RefCell<Captured>,
        /// The width and height that the output is laid out for.
        size: (u16, u16),
        asks: Asks,
    },
}

impl Streams {
    /// Changes the settings to those of these streams.
    pub(super) fn adapt(&self, config: &mut Config) {
        if let Self::Memory { size, asks, .. } = self {
            config.pager = None;
            config.terminal = false;
            config.size = Some((size.0.into(), size.1.into()));
            config.interactive &= *asks == Asks::IfNeeded;
        }
    }

    /// Prints with stdout and stderr, through the pager if it is needed.
    ///
    /// # Errors
    /// What `print` returns, or [`Error::Output`].
    pub(super) fn print(
        &self,
        config: &Config,
        print: impl FnOnce(&mut dyn Write, &mut dyn Write) -> Result<(), Error>,
    ) -> Result<(), Error> {
        match self {
            Self::Process => pager::with(config, print),
            Self::Memory { captured, .. } => {
                let Captured { out, err, .. } = &mut *captured.borrow_mut();
                print(out, err)
            }
        }
    }

    /// Prints to stdout.
    ///
    /// # Errors
    /// If the stream cannot be written.
    pub(super) fn out(&self, text: &str) -> std::io::Result<()> {
        match self {
            Self::Process => std::io::stdout().write_all(text.as_bytes()),
            Self::Memory { captured, .. } => {
                captured.borrow_mut().out.extend_from_slice(text.as_bytes());
                Ok(())
            }
        }
    }

    /// Prints to stderr. What cannot be printed there is not a reason to fail.
    pub(super) fn err(&self, text: &str) {
        match self {
            Self::Process => {
                let _ = std::io::stderr().write_all(text.as_bytes());
            }
            Self::Memory { captured, .. } => {
                captured.borrow_mut().err.extend_from_slice(text.as_bytes());
            }
        }
    }

    /// Notes what an error suggests.
    pub(super) fn suggest(&self, fault: &Error) {
        if let Self::Memory { captured, .. } = self {
            let mut captured = captured.borrow_mut();
            if captured.hint.is_none() {
                captured.hint = fault.hint();
            }
        }
    }
}
