//! desk: a service desk in the terminal.
//!
//! A functional core in an imperative shell. One command is one pass through
//! the modules below: arguments are parsed, settings resolved, a use case runs
//! in one transaction, and only then is its result printed.
//!
//! ```text
//! main -> lib::run -> cli -> app -> domain
//!                      |      |       ^
//!                      v      v       |
//!                   output  store ----+
//! ```
//!
//! - `domain`: every rule. Pure: no input or output, no clock, no environment.
//!   `decide` turns a command into events, a ticket is the replay of its
//!   events, an SLA clock is a function of events, a calendar and a timestamp.
//! - `app`: use cases. Begin, load, decide, save, commit.
//! - `policy_file`: the policy in TOML to a `Policy`, reporting every fault at
//!   once. Reads no files.
//! - `store`: the storage port, and SQLite behind it. Events in a hash chain,
//!   texts separately under salted commitments, one cached row per ticket, and
//!   a search index, all changed in the same transaction.
//! - `output`: what commands print, in every format; the only way to stdout.
//! - `cli`: the command line. One file per command in `cli/commands`; around
//!   them shared arguments, prompts, completion, manual pages, the pager.
//! - `config`: settings, from flag, environment, user file or default.
//! - `import`: logs of other systems: bytes, mappings, rows.
//! - `atomic_file`: files that appear whole, with the owner, group and mode of
//!   what they replace.
//!
//! What always holds:
//! - Events never change; the current row equals their replay.
//! - Exit code 0 of a writing command means: on disk. Nothing is printed before
//!   the commit has returned.
//! - Reads open the store read-only.
//! - Nothing is printed and nobody is asked while a transaction is open.
//! - Nothing is written over a log that cannot be read to its end.
//! - Policy versions are part of the same chain as the events, and a clock uses
//!   the version that set its target.
//! - Untrusted text reaches a terminal through `output::style::untrusted` only.
//! - Time and environment are read in `main.rs` only.

mod app;
mod atomic_file;
mod cli;
mod config;
mod domain;
mod error;
mod import;
mod inbox;
mod mail;
mod output;
mod output_format;
mod policy_file;
mod store;
#[cfg(test)]
mod testing;

use std::ffi::OsString;

use chrono::{DateTime, Utc};
use clap::CommandFactory;

use cli::invocation::Invocation;
use cli::streams::Streams;
use cli::{Cli, completion, file_size_limit, mail_exit, panic_hook, watch};

/// Runs desk with these arguments, this environment and this clock, and
/// returns the exit code.
#[must_use]
pub fn run(args: &[OsString], env: fn(&str) -> Option<OsString>, now: fn() -> DateTime<Utc>) -> u8 {
    let takes_mail = mail_exit::takes_mail(Cli::command, args);
    panic_hook::install(match takes_mail {
        true => mail_exit::TRY_AGAIN,
        false => panic_hook::EX_SOFTWARE,
    });
    let code = run_once(args, env, now);
    match takes_mail {
        true => mail_exit::code_for_mail_system(code),
        false => code,
    }
}

fn run_once(
    args: &[OsString],
    env: fn(&str) -> Option<OsString>,
    now: fn() -> DateTime<Utc>,
) -> u8 {
    file_size_limit::handle();
    if completion::respond(Cli::command, args, env, now) {
        return 0;
    }
    let invocation = Invocation {
        args,
        env,
        now,
        command_line: Cli::command,
        streams: Streams::Process,
    };
    let cli = match invocation.parse() {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    match cli.refresh_interval() {
        None => invocation.execute(cli, None).code,
        Some(interval) => {
            let mut head = invocation.head_watch(&cli);
            let interval = match head {
                Some(_) => cli.interval_between_changes(interval),
                None => interval,
            };
            let mut look = head.as_mut().map(|head| || head.look());
            let look = look.as_mut().map(|look| look as watch::Look<'_>);
            let repeated = watch::repeat(interval, look, |first| {
                invocation.execute(cli.clone(), Some(first))
            });
            repeated.unwrap_or_else(|fault| invocation.report(&fault))
        }
    }
}

/// The command line with every subcommand built, for tests and for generating
/// documents.
#[must_use]
pub fn command() -> clap::Command {
    let mut command = Cli::command();
    command.build();
    command
}
