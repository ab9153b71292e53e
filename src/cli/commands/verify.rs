//! `desk verify`: is everything as it was written?

use crate::cli::context::{CommandContext, CommandOutput};
use crate::error::Error;
use crate::render::{Verified, View};

/// Check the whole store for damage and tampering
///
/// Walks the chain of evidence, compares every text with its commitment and
/// every row with the replay of its events, and lets SQLite check its pages.
/// Exits with 5 if anything is wrong. Keep the head it prints somewhere else:
/// up to a head kept elsewhere, tampering shows.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    /// A head printed by an earlier check; it must still be in the chain
    #[arg(long, value_name = "SEQ:HASH", value_parser = a_head)]
    head: Option<String>,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { head } = args;
    let found = ctx.desk.verify(head.as_deref())?;
    let code = if found.faults.is_empty() { 0 } else { 5 };
    let view = View::Verified(Verified {
        path: ctx.config.store_path(),
        events: found.events,
        tickets: found.tickets,
        head: found.head,
        faults: found.faults,
        notes: found.notes,
    });
    Ok(CommandOutput {
        code,
        ..view.into()
    })
}

/// A number, a colon and a SHA-256.
fn a_head(typed: &str) -> Result<String, String> {
    let shaped = typed.split_once(':').is_some_and(|(seq, hash)| {
        let number = !seq.is_empty() && seq.bytes().all(|b| b.is_ascii_digit());
        number && hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit())
    });
    if shaped {
        Ok(typed.to_owned())
    } else {
        Err("give the head that an earlier check printed: a number, a colon and 64 hexadecimal digits".to_owned())
    }
}
