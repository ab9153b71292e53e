//! The commands, one file each: arguments with their help, one call into `app`,
//! and the output. The help of `desk` itself is in `overview.txt`.

mod assign;
mod attachments;
mod backup;
mod breach;
mod calendar;
mod call;
mod categorize;
mod check;
mod checklist;
mod close;
mod completions;
mod config;
mod confirm;
mod diagnose;
mod doctor;
mod drafts;
mod due;
mod edit;
mod escalate;
mod events;
mod export;
mod field;
mod help;
mod hooks;
mod identify;
mod import;
mod inbox;
mod init;
mod investigate;
mod known_errors;
mod link;
mod list;
mod log;
mod mail;
mod man;
mod merge;
mod metrics;
mod open;
mod outbox;
mod overdue;
mod participants;
mod pause;
mod person;
mod policy;
mod prioritize;
mod reindex;
mod reopen;
mod reply;
mod report;
mod resolve;
mod restore;
mod restrict;
mod resume;
mod review;
mod schema;
mod search;
mod show;
mod similar;
mod sla;
mod spent;
pub(crate) mod start_page;
mod store;
mod sweep;
mod tag;
mod take;
mod team;
mod unassign;
mod undo;
mod verify;
mod void;

use std::time::Duration;

use crate::cli::context::{CommandContext, CommandOutput};
use crate::config::Source;
use crate::error::Error;
use crate::output_format::OutputFormat;

/// The commands. A new one is a file in this folder, a line here and a line in [`Verb::run`].
#[derive(Debug, Clone, clap::Subcommand)]
#[command(defer = true)]
pub(crate) enum Verb {
    Open(open::Args),
    Identify(identify::Args),
    Log(log::Args),
    Edit(edit::Args),
    Categorize(categorize::Args),
    Prioritize(prioritize::Args),
    Due(due::Args),
    Diagnose(diagnose::Args),
    Investigate(investigate::Args),
    Assign(assign::Args),
    Take(take::Args),
    Unassign(unassign::Args),
    Escalate(escalate::Args),
    Call(call::Args),
    Spent(spent::Args),
    Pause(pause::Args),
    Resume(resume::Args),
    Resolve(resolve::Args),
    Confirm(confirm::Args),
    Close(close::Args),
    Reopen(reopen::Args),
    Undo(undo::Args),
    Void(void::Args),
    Merge(merge::Args),
    Link(link::Args),
    KnownErrors(known_errors::Args),
    Breach(breach::Args),
    Reply(reply::Args),
    Tag(tag::Args),
    Field(field::Args),
    Checklist(checklist::Args),
    Participants(participants::Args),
    Mail(mail::Args),
    Attachments(attachments::Args),
    Restrict(restrict::Args),
    Person(person::Args),
    List(list::Args),
    Show(show::Args),
    Events(events::Args),
    Sla(sla::Args),
    Overdue(overdue::Args),
    Inbox(inbox::Args),
    Search(search::Args),
    Similar(similar::Args),
    Report(report::Args),
    Review(review::Args),
    Policy(policy::Args),
    Outbox(outbox::Args),
    Hooks(hooks::Args),
    Sweep(sweep::Args),
    Check(check::Args),
    Metrics(metrics::Args),
    Init(init::Args),
    Import(import::Args),
    Export(export::Args),
    Verify(verify::Args),
    Doctor(doctor::Args),
    Team(team::Args),
    Reindex(reindex::Args),
    Backup(backup::Args),
    Restore(restore::Args),
    Store(store::Args),
    Calendar(calendar::Args),
    Drafts(drafts::Args),
    Config(config::Args),
    Schema(schema::Args),
    Completions(completions::Args),
    Man(man::Args),
    Help(help::Args),
}

impl Verb {
    /// Runs the command.
    ///
    /// # Errors
    /// Whatever the command fails with.
    pub(crate) fn run<'a>(self, ctx: &'a CommandContext<'a>) -> Result<CommandOutput<'a>, Error> {
        let typed_at = ctx
            .config
            .at
            .as_ref()
            .filter(|at| at.source == Source::Flag);
        if let (Some(name), Some(_)) = (self.name_without_time(), typed_at) {
            return Err(Error::usage(
                format!("--at does not apply to desk {name}"),
                "leave --at out",
            ));
        }
        if ctx.config.format.value == OutputFormat::Html && !self.has_page() {
            return Err(Error::usage(
                "only desk person export prints a page",
                "use --format table, json, jsonl, csv, tsv or ids",
            ));
        }
        match self {
            Self::Open(args) => open::run(ctx, &args),
            Self::Identify(args) => identify::run(ctx, args),
            Self::Log(args) => log::run(ctx, args),
            Self::Edit(args) => edit::run(ctx, args),
            Self::Categorize(args) => categorize::run(ctx, args),
            Self::Prioritize(args) => prioritize::run(ctx, args),
            Self::Due(args) => due::run(ctx, args),
            Self::Diagnose(args) => diagnose::run(ctx, args),
            Self::Investigate(args) => investigate::run(ctx, args),
            Self::Assign(args) => assign::run(ctx, args),
            Self::Take(args) => take::run(ctx, args),
            Self::Unassign(args) => unassign::run(ctx, args),
            Self::Escalate(args) => escalate::run(ctx, args),
            Self::Call(args) => call::run(ctx, args),
            Self::Spent(args) => spent::run(ctx, args),
            Self::Pause(args) => pause::run(ctx, args),
            Self::Resume(args) => resume::run(ctx, args),
            Self::Resolve(args) => resolve::run(ctx, args),
            Self::Confirm(args) => confirm::run(ctx, args),
            Self::Close(args) => close::run(ctx, args),
            Self::Reopen(args) => reopen::run(ctx, args),
            Self::Undo(args) => undo::run(ctx, args),
            Self::Void(args) => void::run(ctx, args),
            Self::Merge(args) => merge::run(ctx, args),
            Self::Link(args) => link::run(ctx, args),
            Self::KnownErrors(args) => known_errors::run(ctx, args),
            Self::Breach(args) => breach::run(ctx, args),
            Self::Reply(args) => reply::run(ctx, args),
            Self::Tag(args) => tag::run(ctx, args),
            Self::Field(args) => field::run(ctx, args),
            Self::Checklist(args) => checklist::run(ctx, args),
            Self::Participants(args) => participants::run(ctx, args),
            Self::Mail(args) => mail::run(ctx, args),
            Self::Attachments(args) => attachments::run(ctx, args),
            Self::Restrict(args) => restrict::run(ctx, args),
            Self::Person(args) => person::run(ctx, args),
            Self::List(args) => list::run(ctx, args),
            Self::Show(args) => show::run(ctx, args),
            Self::Events(args) => events::run(ctx, args),
            Self::Sla(args) => sla::run(ctx, args),
            Self::Overdue(args) => overdue::run(ctx, args),
            Self::Inbox(args) => inbox::run(ctx, args),
            Self::Search(args) => search::run(ctx, args),
            Self::Similar(args) => similar::run(ctx, args),
            Self::Report(args) => report::run(ctx, args),
            Self::Review(args) => review::run(ctx, args),
            Self::Policy(args) => policy::run(ctx, args),
            Self::Outbox(args) => outbox::run(ctx, args),
            Self::Hooks(args) => hooks::run(ctx, args),
            Self::Sweep(args) => sweep::run(ctx, args),
            Self::Check(args) => check::run(ctx, args),
            Self::Metrics(args) => metrics::run(ctx, args),
            Self::Init(args) => init::run(ctx, args),
            Self::Import(args) => import::run(ctx, args),
            Self::Export(args) => export::run(ctx, args),
            Self::Verify(args) => verify::run(ctx, args),
            Self::Doctor(args) => doctor::run(ctx, args),
            Self::Team(args) => team::run(ctx, args),
            Self::Reindex(args) => reindex::run(ctx, args),
            Self::Backup(args) => backup::run(ctx, args),
            Self::Restore(args) => restore::run(ctx, args),
            Self::Store(args) => store::run(ctx, args),
            Self::Calendar(args) => calendar::run(ctx, args),
            Self::Drafts(args) => drafts::run(ctx, args),
            Self::Config(args) => config::run(ctx, args),
            Self::Schema(args) => schema::run(ctx, args),
            Self::Completions(args) => completions::run(ctx, args),
            Self::Man(args) => man::run(ctx, args),
            Self::Help(args) => help::run(ctx, args),
        }
    }
}

impl Verb {
    /// The interval at which the command repeats itself, if it does.
    pub(crate) fn refresh_interval(&self) -> Option<Duration> {
        if let Self::Sla(args) = self {
            args.refresh_interval()
        } else if let Self::Events(args) = self {
            args.refresh_interval()
        } else {
            None
        }
    }

    /// Whether the rounds of the command go on from each other: nothing separates
    /// them, and one without a change prints nothing.
    pub(crate) const fn follows(&self) -> bool {
        matches!(self, Self::Events(_))
    }

    /// Returns the output of `desk help` if the settings cannot be read; `None`
    /// for other commands.
    pub(crate) fn help_without_settings(
        &self,
        command_line: fn() -> clap::Command,
    ) -> Option<Result<String, Error>> {
        if let Self::Help(args) = self {
            Some(args.without_settings(command_line))
        } else {
            None
        }
    }

    /// Returns the name of a command that has no time: what it does happens now,
    /// whatever the time.
    const fn name_without_time(&self) -> Option<&'static str> {
        Some(match self {
            Self::Policy(args) => return args.name_without_time(),
            Self::Config(args) => return args.name_without_time(),
            Self::Mail(_) => "mail",
            Self::Person(_) => "person",
            Self::Outbox(_) => "outbox",
            Self::Hooks(_) => "hooks",
            Self::Events(_) => "events",
            Self::Metrics(_) => "metrics",
            Self::Inbox(_) => "inbox",
            Self::Init(_) => "init",
            Self::Import(_) => "import",
            Self::Export(_) => "export",
            Self::Verify(_) => "verify",
            Self::Doctor(_) => "doctor",
            Self::Team(_) => "team",
            Self::Reindex(_) => "reindex",
            Self::Backup(_) => "backup",
            Self::Restore(_) => "restore",
            Self::Store(_) => "store",
            Self::Undo(_) => "undo",
            Self::Drafts(_) => "drafts",
            Self::Schema(_) => "schema",
            Self::Completions(_) => "completions",
            Self::Man(_) => "man",
            Self::Help(_) => "help",
            Self::Open(_)
            | Self::Identify(_)
            | Self::Log(_)
            | Self::Edit(_)
            | Self::Categorize(_)
            | Self::Prioritize(_)
            | Self::Due(_)
            | Self::Diagnose(_)
            | Self::Investigate(_)
            | Self::Assign(_)
            | Self::Take(_)
            | Self::Unassign(_)
            | Self::Escalate(_)
            | Self::Call(_)
            | Self::Spent(_)
            | Self::Pause(_)
            | Self::Resume(_)
            | Self::Resolve(_)
            | Self::Confirm(_)
            | Self::Close(_)
            | Self::Reopen(_)
            | Self::Void(_)
            | Self::Merge(_)
            | Self::Link(_)
            | Self::KnownErrors(_)
            | Self::Breach(_)
            | Self::Reply(_)
            | Self::Tag(_)
            | Self::Field(_)
            | Self::Checklist(_)
            | Self::Participants(_)
            | Self::Attachments(_)
            | Self::Restrict(_)
            | Self::List(_)
            | Self::Show(_)
            | Self::Sla(_)
            | Self::Overdue(_)
            | Self::Search(_)
            | Self::Similar(_)
            | Self::Report(_)
            | Self::Review(_)
            | Self::Sweep(_)
            | Self::Check(_)
            | Self::Calendar(_) => return None,
        })
    }

    /// Whether the command answers although the user file is invalid.
    pub(crate) const fn works_without_user_file(&self) -> bool {
        matches!(self, Self::Doctor(_))
    }

    /// Whether it prints its output as a page too.
    const fn has_page(&self) -> bool {
        if let Self::Person(args) = self {
            args.has_page()
        } else {
            false
        }
    }

    /// Whether a monitoring system reads the output.
    pub(crate) const fn is_monitoring_check(&self) -> bool {
        matches!(self, Self::Check(_))
    }
}
