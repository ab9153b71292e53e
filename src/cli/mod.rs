//! The command line: its grammar, and everything around the commands.

pub(crate) mod aliases;
pub(crate) mod args;
pub(crate) mod attach_args;
mod carried_args;
pub(crate) mod chosen_columns;
pub(crate) mod clap_errors;
pub(crate) mod command_word;
pub(crate) mod commands;
pub(crate) mod completion;
pub(crate) mod context;
mod copy_bar;
pub(crate) mod edit_form;
mod editor_context;
pub(crate) mod file_size_limit;
pub(crate) mod filter_args;
pub(crate) mod filter_words;
pub(crate) mod foreign_verbs;
pub(crate) mod guessed_options;
pub(crate) mod guessed_verbs;
pub(crate) mod guessed_words;
pub(crate) mod head_watch;
mod health;
pub(crate) mod help_topics;
pub(crate) mod hook_program;
pub(crate) mod inbox;
pub(crate) mod input_file;
pub(crate) mod invocation;
mod login;
pub(crate) mod mail_exit;
pub(crate) mod mail_input;
pub(crate) mod man;
pub(crate) mod meant_line;
mod name_service;
mod nested;
pub(crate) mod output_file;
pub(crate) mod overview;
pub(crate) mod pager;
pub(crate) mod panic_hook;
pub(crate) mod progress;
pub(crate) mod prompt;
pub(crate) mod shell;
pub(crate) mod shell_line;
pub(crate) mod spent_args;
pub(crate) mod status_filter;
pub(crate) mod store_engine;
pub(crate) mod streams;
pub(crate) mod system_group;
pub(crate) mod text_args;
pub(crate) mod ticket_selection;
pub(crate) mod ticket_selector;
pub(crate) mod watch;

use std::time::Duration;

use clap::Parser;

use commands::Verb;
use overview::OVERVIEW;

use crate::config::Global;

/// The version, and what this build leaves out.
const VERSION: &str = match (cfg!(feature = "smtp"), cfg!(feature = "postgres")) {
    (true, true) => env!("CARGO_PKG_VERSION"),
    (false, true) => concat!(env!("CARGO_PKG_VERSION"), " (without SMTP)"),
    (true, false) => concat!(env!("CARGO_PKG_VERSION"), " (without PostgreSQL)"),
    (false, false) => concat!(env!("CARGO_PKG_VERSION"), " (without SMTP and PostgreSQL)"),
};

/// A service desk in the terminal: tickets from the first call to closure, and
/// how they stand against their SLA targets
#[derive(Debug, Clone, Parser)]
#[command(
    name = "desk",
    version = VERSION,
    override_help = OVERVIEW,
    disable_help_subcommand = true,
    args_conflicts_with_subcommands = false
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) verb: Option<Verb>,
}

impl Cli {
    /// The interval at which the command repeats itself, if it does.
    pub(crate) fn refresh_interval(&self) -> Option<Duration> {
        self.verb.as_ref().and_then(Verb::refresh_interval)
    }

    /// As [`Self::refresh_interval`] where somebody tells of every change.
    pub(crate) fn interval_between_changes(&self, interval: Duration) -> Duration {
        match self.verb.as_ref().is_some_and(Verb::follows) {
            true => interval.max(Duration::from_secs(60)),
            false => interval,
        }
    }
}
