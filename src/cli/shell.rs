//! What a command needs to run others, as a person would in a shell.

use super::context::CommandContext;
use super::head_watch::HeadWatch;
use crate::error::Error;

/// Whether a command may ask the person at the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asks {
    Never,
    IfNeeded,
}

/// What a command line printed, and how it ended.
#[derive(Debug, Clone, Default)]
pub(crate) struct Finished {
    pub(crate) code: u8,
    pub(crate) out: String,
    pub(crate) err: String,
    /// What the first error suggests.
    pub(crate) hint: Option<String>,
}

/// Runs command lines with the settings of this process.
pub(crate) trait Shell {
    /// Runs a command line, given as the words after `desk`. It uses the store,
    /// the agent, the zone and the colour of this process unless it names others,
    /// and prints into memory, for a terminal of this size.
    fn run(&self, words: &[String], asks: Asks, size: (u16, u16)) -> Finished;

    /// Calls `f` with a context of its own, which opens the store anew.
    ///
    /// # Errors
    /// [`Error::Usage`] for an engine that this build does not have.
    fn with_context(&self, f: &mut dyn FnMut(&CommandContext<'_>)) -> Result<(), Error>;

    /// Looks whether somebody has changed the store.
    ///
    /// # Errors
    /// As [`Self::with_context`].
    fn watch(&self) -> Result<HeadWatch, Error>;
}
