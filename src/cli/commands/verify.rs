//! `desk verify`: checks the store for damage and tampering.

use crate::cli::clap_errors::InvalidValue;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::error::Error;
use crate::output::Verification;

/// Check the store for damage and tampering
///
/// Verifies the hash chain, compares every text with its commitment and every
/// row with the replay of its events, and has SQLite check its pages. Exits
/// with 5 if anything is wrong. Keep the printed head in another place:
/// tampering before a head you keep elsewhere is detected.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk verify
  desk verify > head.txt")]
pub(crate) struct Args {
    /// A head printed earlier, which must still be part of the chain
    #[arg(long, value_name = "SEQ:HASH", value_parser = parse_head)]
    head: Option<String>,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { head } = args;
    let found = ctx.desk.verify(head.as_deref())?;
    let code = if found.faults.is_empty() { 0 } else { 5 };
    let output = Verification {
        path: ctx.config.store_path(),
        events: found.events,
        tickets: found.tickets,
        head: found.head,
        faults: found.faults,
        notes: found.notes,
    };
    Ok(CommandOutput {
        exit_code: code,
        ..output.into()
    })
}

/// Accepts a sequence number, a colon and a SHA-256 in hexadecimal.
fn parse_head(typed: &str) -> Result<String, InvalidValue> {
    let shaped = typed.split_once(':').is_some_and(|(seq, hash)| {
        let number = !seq.is_empty() && seq.bytes().all(|b| b.is_ascii_digit());
        number && hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit())
    });
    if shaped {
        Ok(typed.to_owned())
    } else {
        Err(InvalidValue::new(
            "not a head",
            "use one that desk verify printed: a number, a colon and 64 hexadecimal digits",
        ))
    }
}
