//! The settings of one run, each with its source. Flags take precedence over
//! the environment, the user file and defaults.

mod drafts;
mod hooks;
mod mail;
mod resolve;
mod store_url;
mod user_file;
mod user_file_edit;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use crate::domain::Timestamp;
use crate::domain::hooks::Hook;
use crate::domain::mail::handover::TransportSettings;
use crate::domain::people::Agent;
use crate::domain::time::zone::Zone;
use crate::domain::vocabulary::Channel;
use crate::error::Error;
use crate::output_format::OutputFormat;
pub(crate) use hooks::WITHIN as WITHIN_HOOKS;
pub(crate) use resolve::aliases;
pub(crate) use store_url::StoreUrl;
pub(crate) use user_file_edit::FileSetting;

/// Reads an environment variable.
pub(crate) type Env = fn(&str) -> Option<OsString>;

/// Flags that every command accepts.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// Use this store [env: DESK_DB]
    #[arg(long, global = true, hide_short_help = true, value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub(crate) db: Option<String>,
    /// Act as this agent [env: DESK_AGENT]
    #[arg(
        long = "as",
        global = true,
        hide_short_help = true,
        value_name = "AGENT"
    )]
    pub(crate) agent: Option<String>,
    /// Act as if it were this time [env: DESK_AT]
    #[arg(long, global = true, hide_short_help = true, value_name = "TIME")]
    pub(crate) at: Option<String>,
    /// With --at: tell people by mail all the same
    #[arg(long, global = true, hide_short_help = true)]
    pub(crate) notify: bool,
    /// Print as table, json, jsonl, csv or ids
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        hide_possible_values = true,
        value_name = "FORMAT"
    )]
    pub(crate) format: Option<OutputFormat>,
    /// Print JSON; short for --format json
    #[arg(long, global = true, hide_short_help = true, conflicts_with = "format")]
    pub(crate) json: bool,
    /// Use colour: auto, always or never
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        hide_possible_values = true,
        value_name = "WHEN"
    )]
    pub(crate) color: Option<Colour>,
    /// Read and show local times in this zone, such as Europe/Berlin
    #[arg(long, global = true, hide_short_help = true, value_name = "ZONE")]
    pub(crate) tz: Option<String>,
    /// Print no confirmations, notes or hints
    #[arg(long, short, global = true, hide_short_help = true)]
    pub(crate) quiet: bool,
    /// Never prompt; fail if a value is missing
    #[arg(long, global = true, hide_short_help = true)]
    pub(crate) no_input: bool,
    /// Do not page long output
    #[arg(long, global = true, hide_short_help = true)]
    pub(crate) no_pager: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    Auto,
    Always,
    Never,
}

/// Where a setting comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    Flag,
    Environment,
    UserFile,
    /// The file of the administrator.
    SystemFile,
    Default,
}

impl Source {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Flag => "flag",
            Self::Environment => "environment",
            Self::UserFile => "user file",
            Self::SystemFile => "system file",
            Self::Default => "default",
        }
    }
}

/// A value and its source.
#[derive(Debug, Clone)]
pub(crate) struct Sourced<T> {
    pub(crate) value: T,
    pub(crate) source: Source,
}

/// Where the drafts of this user for this store are kept.
#[derive(Debug, Clone, Default)]
pub(crate) struct DraftsLocation {
    /// Absent if the user has no home directory.
    pub(crate) directory: Option<PathBuf>,
    /// Where earlier versions kept them: beside the store.
    pub(crate) earlier: Option<PathBuf>,
}

/// The settings of this run.
#[derive(Debug)]
pub(crate) struct Config {
    pub(crate) db: Sourced<StoreUrl>,
    /// The acting agent; absent if it is set nowhere and the system knows no user.
    pub(crate) agent: Option<Sourced<String>>,
    /// The channel of new tickets, unless one is given.
    pub(crate) channel: Option<Sourced<Channel>>,
    pub(crate) format: Sourced<OutputFormat>,
    pub(crate) color: Sourced<bool>,
    pub(crate) zone: Sourced<Zone>,
    pub(crate) at: Option<Sourced<Timestamp>>,
    pub(crate) editor: Sourced<String>,
    pub(crate) pager: Option<Sourced<String>>,
    /// Whether the variable LESS is not set.
    pub(crate) less_unset: bool,
    /// How mail is handed over.
    /// Whether commands that are dated back tell people by mail.
    pub(crate) notify: bool,
    pub(crate) mail_transport: Option<Sourced<TransportSettings>>,
    /// The programs that are told of events: those of the machine first.
    pub(crate) hooks: Vec<Hook>,
    /// The names of the hooks whose programs this process is part of.
    pub(crate) within_hooks: Vec<String>,
    /// Saved filters of the user, by name.
    pub(crate) views: BTreeMap<String, String>,
    /// Words of the user for the beginnings of command lines.
    pub(crate) aliases: BTreeMap<String, String>,
    /// Their names in the order of the user file.
    pub(crate) view_order: Vec<String>,
    pub(crate) user_file: Option<PathBuf>,
    /// Why the user file is not used.
    pub(crate) user_file_fault: Option<Error>,
    /// What TZ names, if it is not a known zone and nothing else is set.
    pub(crate) unknown_tz: Option<String>,
    pub(crate) drafts: DraftsLocation,
    pub(crate) quiet: bool,
    pub(crate) terminal: bool,
    /// Whether the terminal can do no more than print lines.
    pub(crate) dumb_terminal: bool,
    pub(crate) interactive: bool,
    /// The width and height of the terminal on stdout.
    pub(crate) size: Option<(usize, usize)>,
}

impl Config {
    /// Every setting with its value and source, for `desk config`.
    pub(crate) fn settings(&self) -> Vec<(Cow<'static, str>, Option<String>, &'static str)> {
        fn row<T>(
            name: &'static str,
            sourced: Option<&Sourced<T>>,
            show: impl Fn(&T) -> String,
        ) -> (Cow<'static, str>, Option<String>, &'static str) {
            let name = Cow::Borrowed(name);
            match sourced {
                Some(sourced) => (name, Some(show(&sourced.value)), sourced.source.as_str()),
                None => (name, None, Source::Default.as_str()),
            }
        }
        let name = |form: &OutputFormat| {
            form.to_possible_value()
                .map_or_else(String::new, |value| value.get_name().to_owned())
        };
        let mut rows = vec![
            row("db", Some(&self.db), StoreUrl::to_string),
            row("agent", self.agent.as_ref(), Clone::clone),
            row("channel", self.channel.as_ref(), |channel| {
                channel.to_string()
            }),
            row("at", self.at.as_ref(), |at| {
                at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
            }),
            row("format", Some(&self.format), name),
            row("color", Some(&self.color), |on| {
                if *on { "on" } else { "off" }.to_owned()
            }),
            row("tz", Some(&self.zone), |zone| zone.name().to_owned()),
            row("editor", Some(&self.editor), Clone::clone),
            row("pager", self.pager.as_ref(), Clone::clone),
            row(
                "mail transport",
                self.mail_transport.as_ref(),
                TransportSettings::to_string,
            ),
            (
                Cow::Borrowed("user file"),
                self.user_file.is_some().then(|| self.user_file_path()),
                Source::Default.as_str(),
            ),
        ];
        // Most have none.
        if !self.hooks.is_empty() {
            let names = Some(hooks::list(&self.hooks));
            rows.push((Cow::Borrowed("hooks"), names, hooks::sources(&self.hooks)));
        }
        let aliases = self.aliases.iter();
        rows.extend(aliases.map(|(name, line)| {
            let name = Cow::Owned(format!("alias {name}"));
            (name, Some(line.clone()), Source::UserFile.as_str())
        }));
        rows
    }

    /// The path of the user file, for messages; empty without a home directory.
    pub(crate) fn user_file_path(&self) -> String {
        let path = self.user_file.as_ref();
        path.map_or_else(String::new, |path| path.display().to_string())
    }

    /// The location of the store as a path, for messages and comparisons.
    pub(crate) fn store_path(&self) -> PathBuf {
        let path = self.db.value.path().map(PathBuf::from);
        path.unwrap_or_else(|| PathBuf::from(self.db.value.to_string()))
    }

    /// The acting agent.
    ///
    /// # Errors
    /// [`Error::Usage`] if it is not known, or not a valid name.
    pub(crate) fn actor(&self) -> Result<Agent, Error> {
        let Some(name) = &self.agent else {
            return Err(Error::usage(
                "the acting agent is not set",
                "desk config set agent NAME; or use --as NAME, or set DESK_AGENT",
            ));
        };
        Agent::parse(&name.value).map_err(|e| Error::usage(e.to_string(), e.hint()))
    }
}

impl<T> Sourced<T> {
    const fn new(value: T, source: Source) -> Self {
        Self { value, source }
    }

    const fn default(value: T) -> Self {
        Self::new(value, Source::Default)
    }

    fn map<U>(self, f: impl FnOnce(T) -> U) -> Sourced<U> {
        Sourced::new(f(self.value), self.source)
    }
}
