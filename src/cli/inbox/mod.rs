//! The inbox on a terminal: reads the store, runs commands, draws, and puts the
//! terminal in order again whatever happens.

mod names;
mod plain;
mod questions;
mod reading;
mod screen;
mod session;
mod telling;

use std::io::IsTerminal;

use super::context::CommandContext;
use crate::error::Error;
use reading::Reading;
pub(crate) use screen::restore as restore_terminal;
use session::Session;

/// Runs the inbox with the tickets of a filter until the agent quits. Returns the
/// exit code: that of a signal if one ended it, or if the terminal is gone.
///
/// # Errors
/// [`Error::Usage`] without a terminal or for a filter that is not understood, and
/// errors of the store and of the terminal.
pub(crate) fn run(ctx: &CommandContext<'_>, filter: &str, plain: bool) -> Result<u8, Error> {
    if !(ctx.config.terminal && std::io::stdin().is_terminal()) {
        let list = format!("desk list {filter}");
        return Err(Error::usage(
            "the inbox needs a terminal",
            format!("for a list in a pipe or a script: {}", list.trim_end()),
        ));
    }
    let reading = Reading::new(ctx);
    if plain || ctx.config.dumb_terminal {
        return plain::run(ctx, &reading, filter).map(|()| 0);
    }
    Session::new(ctx, reading, filter)?.work()
}
