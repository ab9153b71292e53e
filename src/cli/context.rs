//! The context of a command, and its result.

use std::cell::RefCell;

use crate::app::{Applied, Desk, TypedName};
use crate::cli::args;
use crate::cli::attach_args::AttachArgs;
use crate::cli::hook_program::HookPrograms;
use crate::cli::prompt::Prompt;
use crate::cli::shell::Shell;
use crate::cli::ticket_selector::SelectedTickets;
use crate::config::{Config, StoreUrl};
use crate::domain::category::Category;
use crate::domain::decide::Command;
use crate::domain::event::{Event, Fact, TicketId};
use crate::domain::people::{Agent, Requester};
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::read_models::TicketUpdate;
use crate::domain::rejection::Rejection;
use crate::domain::tag::Tag;
use crate::error::Error;
use crate::output::{self, Output, RenderOptions, SlaChanges, TicketUpdates};
use crate::output_format::OutputFormat;
use crate::store::{StoreError, StoreProvider};

/// Makes the provider of a store.
pub(crate) type MakeProvider<'a> = dyn Fn(&StoreUrl) -> Result<Box<dyn StoreProvider>, Error> + 'a;

/// The context of every command: use cases, prompts and settings.
pub(crate) struct CommandContext<'a> {
    pub(crate) desk: &'a Desk<'a>,
    pub(crate) prompt: &'a Prompt,
    pub(crate) config: &'a Config,
    /// The engine of another store than that of the settings.
    pub(crate) provider: &'a MakeProvider<'a>,
    /// Runs the programs of hooks.
    pub(crate) hook_programs: &'a HookPrograms<'a>,
    /// Runs other command lines.
    pub(crate) shell: &'a dyn Shell,
    /// Builds the whole command line, for commands that generate from it.
    pub(crate) command_line: fn() -> clap::Command,
    /// Notes on what was typed, to print on stderr afterwards, one line each.
    pub(crate) notes: RefCell<Vec<String>>,
}

/// The result of a command: output, notes and exit code.
pub(crate) struct CommandOutput<'a> {
    pub(crate) output: Box<dyn Output + 'a>,
    /// Tickets on which the command failed, and why.
    pub(crate) failed: Vec<(TicketId, Error)>,
    /// Whether several tickets were selected, so that the output is a list even
    /// for one.
    pub(crate) several: bool,
    /// The exit code if nothing failed.
    pub(crate) exit_code: u8,
    /// The format, if the command decides it.
    pub(crate) format: Option<OutputFormat>,
    /// Notes to print on stderr afterwards, one line each.
    pub(crate) after: Vec<String>,
    /// Whether it is no error if the output cannot be printed.
    pub(crate) may_be_lost: bool,
}

/// How many similar tickets are shown with a confirmation.
const SIMILAR_SHOWN: usize = 3;

/// The exit code of an answer with `--exit-code`.
pub(crate) const fn exit_code_for(requested: bool, yes: bool) -> u8 {
    if requested && yes { 10 } else { 0 }
}

impl<'a, T: Output + 'a> From<T> for CommandOutput<'a> {
    fn from(output: T) -> Self {
        Self {
            output: Box::new(output),
            failed: Vec::new(),
            several: false,
            exit_code: 0,
            format: None,
            after: Vec::new(),
            may_be_lost: false,
        }
    }
}

impl CommandOutput<'_> {
    /// Says of each ticket on which only the text was kept why nothing else was done.
    pub(crate) fn explain_notes(mut self, why: &str) -> Self {
        let is_note = |event: &Event| matches!(event.fact, Fact::Logged(_));
        let updates = self.output.updates();
        let only = |one: &&TicketUpdate| !one.events.is_empty() && one.events.iter().all(is_note);
        let notes = updates.iter().filter(only);
        let notes = notes.map(|one| format!("{} {why}; the text is a note", one.after.id));
        let notes: Vec<String> = notes.collect();
        self.after.extend(notes);
        self
    }

    /// The changes to SLA targets that a policy made, or would make.
    pub(crate) fn from_sla_changes(applied: Applied) -> Self {
        Self {
            failed: applied.refused,
            ..SlaChanges(applied.changes).into()
        }
    }
}

impl CommandContext<'_> {
    /// The options of a document that is written to a file.
    pub(crate) fn plain_options<'o>(&'o self, policy: &'o PolicyHistory) -> RenderOptions<'o> {
        RenderOptions {
            format: OutputFormat::Table,
            now: self.desk.now(),
            zone: self.desk.zone,
            policy,
            color: false,
            width: None,
            terminal: false,
            several: false,
            quiet: true,
        }
    }

    /// Does the same with every selected ticket, each in its own transaction.
    pub(crate) fn for_each_ticket<T, O: Output + 'static>(
        &self,
        tickets: &SelectedTickets,
        output: impl FnOnce(Vec<T>) -> O,
        action: impl Fn(TicketId) -> Result<T, Error>,
    ) -> Result<CommandOutput<'static>, Error> {
        let mut done = Vec::new();
        let mut failed = Vec::new();
        for id in &tickets.ids {
            match action(*id) {
                Ok(one) => done.push(one),
                Err(fault) if !tickets.several => return Err(fault),
                // It would fail on every other ticket too.
                Err(fault @ Error::Store(StoreError::Removed { .. })) => {
                    failed.push((*id, fault));
                    break;
                }
                Err(fault) => failed.push((*id, fault)),
            }
        }
        Ok(CommandOutput {
            failed,
            several: tickets.several,
            ..output(done).into()
        })
    }

    /// Parses the name of an agent: the short one, or the one that the policy or
    /// another system writes, such as `Lee, Ann`. `@me` is the agent who asks, and so
    /// is `me` where nobody has that name.
    pub(crate) fn agent(&self, typed: &str) -> Result<Agent, Error> {
        if typed == "@me" || (typed == "me" && !self.desk.is_known_agent(&args::agent(typed)?)?) {
            return self.desk.agent();
        }
        args::agent(typed).or_else(|fault| {
            let found = self.desk.agent_by_display_name(typed)?;
            found.ok_or(fault)
        })
    }

    /// Parses the name of an agent who is to have a ticket.
    ///
    /// # Errors
    /// [`Error::Usage`] for the name of a tier, unless an agent has it too.
    pub(crate) fn assignee(&self, typed: &str) -> Result<Agent, Error> {
        let agent = self.agent(typed)?;
        let policy = &self.desk.policies_if_any()?.current;
        match policy.find_tier(typed) {
            Ok(tier) if !self.desk.is_known_agent(&agent)? => Err(Error::usage(
                format!("'{typed}' is a tier, not an agent"),
                format!("hand the ticket to the tier with: desk escalate ID {tier} REASON"),
            )),
            Ok(_) | Err(_) => {
                let similar = self.desk.similar_names(TypedName::Agent(&agent))?;
                args::agent(&self.meant("agent", agent.as_str(), similar)?)
            }
        }
    }

    /// Parses the category of a ticket.
    ///
    /// # Errors
    /// [`Error::Usage`] for what is not a category.
    pub(crate) fn category(&self, typed: &str) -> Result<Category, Error> {
        let category = args::category(typed)?;
        let similar = self.desk.similar_names(TypedName::Category(&category))?;
        args::category(&self.meant("category", category.as_str(), similar)?)
    }

    /// Parses a tag.
    ///
    /// # Errors
    /// [`Error::Usage`] for what cannot be one.
    pub(crate) fn tag(&self, typed: &str) -> Result<Tag, Error> {
        let tag = Tag::parse(typed).map_err(args::usage)?;
        let similar = self.desk.similar_names(TypedName::Tag(&tag))?;
        Tag::parse(&self.meant("tag", tag.as_str(), similar)?).map_err(args::usage)
    }

    /// Checks the mail address of a requester.
    ///
    /// # Errors
    /// [`Error::Interrupted`] at the prompt, or an error of the store.
    pub(crate) fn requester(&self, mut requester: Requester) -> Result<Requester, Error> {
        if let Some(contact) = &requester.contact
            && contact.contains('@')
        {
            let similar = self.desk.similar_names(TypedName::Contact(contact))?;
            requester.contact = Some(self.meant("requester", contact, similar)?);
        }
        Ok(requester)
    }

    /// Returns the name that is meant by a new one which is similar to known ones:
    /// asks on a terminal; elsewhere it is the typed one, with a note.
    fn meant(&self, what: &str, typed: &str, similar: Vec<String>) -> Result<String, Error> {
        if similar.is_empty() {
            return Ok(typed.to_owned());
        }
        let quoted: Vec<String> = similar.iter().map(|name| format!("'{name}'")).collect();
        let question = format!(
            "no {what} '{typed}' yet; did you mean {}?",
            quoted.join(" or ")
        );
        let question = output::safe_line(&question);
        if !self.prompt.is_interactive() {
            self.notes.borrow_mut().push(question);
            return Ok(typed.to_owned());
        }
        let mut names = similar;
        names.push(typed.to_owned());
        let mut choices = names.clone();
        if let Some(new) = choices.last_mut() {
            *new = format!("{typed}, a new {what}");
        }
        let picked = self
            .prompt
            .choose_index(&question, "--no-input", &choices)?;
        Ok(names.swap_remove(picked))
    }

    /// Names the system that has a ticket of a number that is not known here. A
    /// plain number is never looked up as one of another system, so that a
    /// mistyped number does not reach the ticket of somebody else.
    pub(crate) fn explain_missing_ticket(&self, fault: Error) -> Error {
        let Error::NotFound(id) = fault else {
            return fault;
        };
        if self.desk.is_hidden(id) {
            let to = Vec::new();
            return Rejection::Restricted { id, to }.into();
        }
        match self.desk.tickets_by_external_number(&id.0.to_string()) {
            Ok(known) if !known.is_empty() => Error::NotFoundHere { id, known },
            Ok(_) | Err(_) => fault,
        }
    }

    /// The engine of another store than that of the settings.
    ///
    /// # Errors
    /// [`Error::Usage`] for an engine that this build does not have.
    pub(crate) fn other_store(&self, url: &StoreUrl) -> Result<Box<dyn StoreProvider>, Error> {
        (self.provider)(url)
    }

    /// Runs a command of the domain on every selected ticket.
    pub(crate) fn execute(
        &self,
        tickets: &SelectedTickets,
        command: &Command,
    ) -> Result<CommandOutput<'static>, Error> {
        self.for_each_ticket(tickets, TicketUpdates::new, |id| {
            self.desk.execute(id, &command.clone())
        })
    }

    /// As [`Self::execute`], and keeps files with what the command writes.
    ///
    /// # Errors
    /// As [`AttachArgs::files`], or any error of the command.
    pub(crate) fn execute_with_files(
        &self,
        tickets: &SelectedTickets,
        command: &Command,
        attach: &AttachArgs,
    ) -> Result<CommandOutput<'static>, Error> {
        let files = attach.files()?;
        let files = self.desk.measure(&files)?;
        self.for_each_ticket(tickets, TicketUpdates::new, |id| {
            self.desk.execute_with_files(id, &command.clone(), &files)
        })
    }

    /// Confirms an update, together with similar past tickets if they are
    /// requested or stdout is a terminal.
    pub(crate) fn with_similar(
        &self,
        done: TicketUpdate,
        requested: bool,
    ) -> Result<CommandOutput<'static>, Error> {
        let table = self.config.format.value == OutputFormat::Table;
        let automatic = table && self.config.terminal && !self.config.quiet;
        if !(requested || automatic) {
            return Ok(TicketUpdates::new(vec![done]).into());
        }
        // The update is on disk, so failing to find similar tickets is not an
        // error.
        Ok(match self.desk.similar_to(done.after.id, SIMILAR_SHOWN) {
            Ok(similar) => TicketUpdates::with_similar(done, similar.only_confident()).into(),
            Err(fault) => CommandOutput {
                after: vec![format!("cannot look up similar tickets: {fault}")],
                ..TicketUpdates::new(vec![done]).into()
            },
        })
    }

    /// The given value, or one chosen at a prompt.
    pub(crate) fn given_or_chosen(
        &self,
        given: Option<String>,
        what: &str,
        flag: &str,
        choices: &[String],
    ) -> Result<String, Error> {
        match given {
            Some(value) => Ok(value),
            None => self.prompt.choose(what, flag, choices),
        }
    }
}
