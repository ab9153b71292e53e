//! What a command is given, and what it returns.

use crate::app::{Applied, Desk};
use crate::cli::prompt::Ask;
use crate::cli::ticket_selector::Tickets;
use crate::config::{Config, Form, Source, StoreUrl};
use crate::domain::decide::Command;
use crate::domain::event::TicketId;
use crate::domain::read_models::TicketUpdate;
use crate::error::Error;
use crate::render::{Format, Matter, View};
use crate::store::{Location, SqliteProvider};

/// Chooses the engine of the store.
///
/// # Errors
/// [`Error::Usage`] for an engine that this build does not have.
pub(crate) fn store_provider(config: &Config) -> Result<SqliteProvider, Error> {
    match &config.db.value {
        StoreUrl::File(path) => {
            let location = Location {
                path: path.clone(),
                explicit: config.db.source != Source::Default,
            };
            Ok(SqliteProvider::new(location, config.surroundings.clone()))
        }
        url @ StoreUrl::Postgres(_) => Err(Error::usage(
            format!("this build of desk has no PostgreSQL store, so it cannot open {url}"),
            "give the path of a store file with --db",
        )),
    }
}

/// Where an agent sits: the desk, what can be asked, and how things are set.
pub(crate) struct CommandContext<'a> {
    pub(crate) desk: &'a Desk<'a>,
    pub(crate) ask: &'a Ask,
    pub(crate) config: &'a Config,
    /// Builds the whole command line, for commands that generate from it.
    pub(crate) command_line: fn() -> clap::Command,
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
    pub(crate) fn of_moves(applied: Applied) -> Self {
        Self {
            failed: applied.refused,
            ..View::Matter(Matter::Moves(applied.moves)).into()
        }
    }
}

impl CommandContext<'_> {
    /// Takes the same step on every ticket that was named, each on its own.
    pub(crate) fn each<T>(
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
    pub(crate) fn act(
        &self,
        named: &Tickets,
        command: &Command,
    ) -> Result<CommandOutput<'static>, Error> {
        self.each(named, View::TicketUpdate, |id| {
            self.desk.act(id, command.clone())
        })
    }

    /// What was done to a ticket, with past tickets like it: on a terminal, or
    /// where they are asked for.
    pub(crate) fn beside(
        &self,
        done: TicketUpdate,
        asked: bool,
    ) -> Result<CommandOutput<'static>, Error> {
        let table = self.config.format.value == Form::Table;
        let glance = table && self.config.terminal && !self.config.quiet;
        if !(asked || glance) {
            return Ok(View::TicketUpdate(vec![done]).into());
        }
        // What was asked for is on disk, whatever becomes of looking around.
        Ok(match self.desk.similar_to(done.after.id, BESIDE) {
            Ok(similar) => View::Alike(Box::new(done), Box::new(similar.only_confident())).into(),
            Err(fault) => CommandOutput {
                after: vec![format!("tickets like it cannot be told: {fault}")],
                ..View::TicketUpdate(vec![done]).into()
            },
        })
    }

    /// A value that was given, or is asked for among the choices.
    pub(crate) fn chosen(
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
