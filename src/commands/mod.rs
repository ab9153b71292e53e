//! The commands: a file each, and the one place that knows them all.

pub(crate) mod args;
mod filter;
mod saying;
mod which;

pub(crate) use which::which;

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident => $module:ident),+ $(,)?) => {
        $(mod $module;)+

        /// What the desk can do.
        #[derive(Debug, Clone, clap::Subcommand)]
        #[command(defer = true)]
        pub(crate) enum Verb {
            $($(#[$doc])* $name($module::Args)),+
        }

        impl Verb {
            /// Does it.
            ///
            /// # Errors
            /// Why it was not done.
            pub(crate) fn run<'a>(self, ctx: &'a CommandContext<'a>) -> Result<CommandOutput<'a>, Error> {
                match self {
                    $(Self::$name(args) => $module::run(ctx, args)),+
                }
            }
        }
    };
}

use std::ffi::OsString;
use std::time::Duration;

use clap::{CommandFactory, Parser};

use crate::app::{Applied, Desk};
use crate::ask::Ask;
use crate::config::{Config, Form, Global};
use crate::domain::decide::Command;
use crate::domain::event::TicketId;
use crate::domain::read_models::TicketUpdate;
use crate::error::Error;
use crate::render::{Format, Matter, View};
use which::Tickets;

commands! {
    /// Open a ticket
    Open => open,
    /// Say whether it is an incident or a request
    Identify => identify,
    /// Record a step taken, symptoms, or a correction
    Log => log,
    /// Put it into its category
    Categorize => categorize,
    /// Rate impact and urgency; the priority follows
    Prioritize => prioritize,
    /// Ask the questions of its category, or record what was found
    Diagnose => diagnose,
    /// Propose, confirm or refute a hypothesis
    Investigate => investigate,
    /// Assign it to an agent
    Assign => assign,
    /// Assign it to yourself, if nobody has it
    Take => take,
    /// Give it back to the queue
    Unassign => unassign,
    /// Hand it to another tier, or tell a manager
    Escalate => escalate,
    /// Arrange a call, or say how it went
    Call => call,
    /// Stop the resolution clock while waiting
    Pause => pause,
    /// Go on after a pause
    Resume => resume,
    /// Resolve it
    Resolve => resolve,
    /// Record who confirmed that the service is restored
    Confirm => confirm,
    /// Close it
    Close => close,
    /// Take up again what was resolved, closed or merged
    Reopen => reopen,
    /// Merge tickets into another one
    Merge => merge,
    /// Link it to its parent, a child or a related ticket
    Link => link,
    /// List known errors and their workarounds, or mark a ticket
    KnownErrors => known_errors,
    /// Send a public message, or record what the requester said
    Reply => reply,
    /// List tickets, what breaches next first
    List => list,
    /// Show all about a ticket
    Show => show,
    /// Show how the open tickets stand against their promises
    Sla => sla,
    /// List tickets with a clock past its due time
    Overdue => overdue,
    /// Find tickets by what is written on them
    Search => search,
    /// Find past tickets like this one, and how they were resolved
    Similar => similar,
    /// Report how the desk did: volume, promises kept, turnaround, quality
    Report => report,
    /// Show, check and change what the desk decides for itself
    Policy => policy,
    /// Warn, escalate, wake and close what is due
    Sweep => sweep,
    /// Tell a monitoring system how the desk stands
    Check => check,
    /// Create a store
    Init => init,
    /// Take in tickets of another store
    Import => import,
    /// Write everything out, for another store or a spreadsheet
    Export => export,
    /// Check the whole store for damage and tampering
    Verify => verify,
    /// Write the search index anew
    Reindex => reindex,
    /// Write a copy of the store
    Backup => backup,
    /// Put a copy in the place of the store
    Restore => restore,
    /// Ask the calendars when time counts
    Calendar => calendar,
    /// Show every setting and where it comes from
    Config => config,
    /// Print the JSON Schema of an output
    Schema => schema,
    /// Print the completion script of a shell
    Completions => completions,
    /// Write the manual pages
    Man => man,
}

/// A service desk in a shell: tickets from the first word to closure, and
/// how they stand against the promise
#[derive(Debug, Clone, Parser)]
#[command(
    name = "desk",
    version,
    override_help = OVERVIEW,
    args_conflicts_with_subcommands = false
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) verb: Option<Verb>,
}

impl Cli {
    /// How often what is asked for is said again, if it is.
    pub(crate) fn pace(&self) -> Option<Duration> {
        match &self.verb {
            Some(Verb::Sla(args)) => args.pace(),
            Some(_) | None => None,
        }
    }
}

/// The help of `desk` itself: the commands by the steps of the process.
pub(crate) const OVERVIEW: &str = include_str!("overview.txt");

/// The commands by the steps of the process, as the overview groups them.
pub(crate) fn groups() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut heading = "";
    for line in OVERVIEW.lines() {
        match line.strip_prefix("  ") {
            None if !line.is_empty() => heading = line,
            None => {}
            Some(entry) if entry.starts_with(|c: char| c.is_ascii_lowercase()) => {
                let verb = entry.split_whitespace().next().unwrap_or(entry);
                match groups.last_mut() {
                    Some((last, verbs)) if *last == heading => verbs.push(verb),
                    Some(_) | None => groups.push((heading, vec![verb])),
                }
            }
            Some(_) => {}
        }
    }
    groups
}

/// The whole command line.
pub(crate) fn command() -> clap::Command {
    Cli::command()
}

/// Whether the probe is meant by arguments that cannot be read as a whole.
pub(crate) fn means_probe(args: &[OsString]) -> bool {
    let read = command().ignore_errors(true).try_get_matches_from(args);
    let verb = read.ok();
    let verb = verb.as_ref().and_then(clap::ArgMatches::subcommand_name);
    // Nothing can be read behind an unknown global flag.
    verb.map_or_else(|| args.iter().any(|arg| arg == "check"), |v| v == "check")
}

/// Where an agent sits: the desk, what can be asked, and how things are set.
pub(crate) struct CommandContext<'a> {
    pub(crate) desk: &'a Desk<'a>,
    pub(crate) ask: &'a Ask,
    pub(crate) config: &'a Config,
}

/// What a command has to say, and how it ends.
pub(crate) struct CommandOutput<'a> {
    pub(crate) view: View<'a>,
    /// Tickets on which it was not done, and why.
    pub(crate) failed: Vec<(TicketId, Error)>,
    /// Whether several tickets were named, so that one is still a list.
    pub(crate) several: bool,
    /// The exit code when nothing failed.
    pub(crate) code: u8,
    /// The format, where the command decides it.
    pub(crate) format: Option<Format>,
    /// What people are told after it, on stderr, a line each.
    pub(crate) after: Vec<String>,
}

/// How many tickets are shown beside the one that was written about.
const BESIDE: usize = 3;

/// The exit code of `--exit-code` when the answer is yes.
pub(crate) const YES: u8 = 10;

impl<'a> From<View<'a>> for CommandOutput<'a> {
    fn from(view: View<'a>) -> Self {
        Self {
            view,
            failed: Vec::new(),
            several: false,
            code: 0,
            format: None,
            after: Vec::new(),
        }
    }
}

impl CommandOutput<'_> {
    /// What a policy did, or would do, to open tickets.
    fn of_moves(applied: Applied) -> Self {
        Self {
            failed: applied.refused,
            ..View::Matter(Matter::Moves(applied.moves)).into()
        }
    }
}

impl CommandContext<'_> {
    /// Takes the same step on every ticket that was named, each on its own.
    fn each<T>(
        &self,
        named: &Tickets,
        view: fn(Vec<T>) -> View<'static>,
        step: impl Fn(TicketId) -> Result<T, Error>,
    ) -> Result<CommandOutput<'static>, Error> {
        let mut done = Vec::new();
        let mut failed = Vec::new();
        for id in &named.ids {
            match step(*id) {
                Ok(one) => done.push(one),
                Err(fault) if !named.several => return Err(fault),
                Err(fault) => failed.push((*id, fault)),
            }
        }
        Ok(CommandOutput {
            failed,
            several: named.several,
            ..view(done).into()
        })
    }

    /// Takes a step of the process on several tickets.
    fn act(&self, named: &Tickets, command: &Command) -> Result<CommandOutput<'static>, Error> {
        self.each(named, View::TicketUpdate, |id| {
            self.desk.act(id, command.clone())
        })
    }

    /// What was done to a ticket, with past tickets like it: on a terminal, or
    /// where they are asked for.
    fn beside(&self, done: TicketUpdate, asked: bool) -> Result<CommandOutput<'static>, Error> {
        let table = self.config.format.value == Form::Table;
        let glance = table && self.config.terminal && !self.config.quiet;
        if !(asked || glance) {
            return Ok(View::TicketUpdate(vec![done]).into());
        }
        // What was asked for is on disk, whatever becomes of looking around.
        Ok(match self.desk.similar_to(done.after.id, BESIDE) {
            Ok(similar) => View::Alike(Box::new(done), Box::new(similar.worth_a_glance())).into(),
            Err(fault) => CommandOutput {
                after: vec![format!("tickets like it cannot be told: {fault}")],
                ..View::TicketUpdate(vec![done]).into()
            },
        })
    }

    /// A value that was given, or is asked for among the choices.
    fn chosen(
        &self,
        given: Option<String>,
        what: &str,
        flag: &str,
        choices: &[String],
    ) -> Result<String, Error> {
        match given {
            Some(value) => Ok(value),
            None => self.ask.choose(what, flag, choices),
        }
    }
}

/// Runs `desk` without a command: what needs attention next.
///
/// # Errors
/// The store's.
pub(crate) fn attention<'a>(ctx: &'a CommandContext<'a>) -> Result<CommandOutput<'a>, Error> {
    sla::run(ctx, sla::Args::default())
}
