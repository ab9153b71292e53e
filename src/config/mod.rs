//! The settings of one run: flag before environment before user file before
//! default, each value with where it came from. Resolved once, then only read.

mod resolve;
mod store_url;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use crate::domain::Timestamp;
use crate::domain::people::Agent;
use crate::domain::time::zone::Zone;
use crate::error::Error;
use crate::store::Environment;
pub(crate) use store_url::StoreUrl;

/// Reads a variable of the environment.
pub(crate) type Env = fn(&str) -> Option<OsString>;

/// Flags that every command takes.
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
    /// Act as if it were that moment [env: DESK_AT]
    #[arg(long, global = true, hide_short_help = true, value_name = "TIME")]
    pub(crate) at: Option<String>,
    /// Print as table, json, jsonl, csv or ids
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        hide_possible_values = true,
        value_name = "FORMAT"
    )]
    pub(crate) format: Option<Form>,
    /// Print JSON, short for --format json
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
    /// Say less: no hints, no confirmations
    #[arg(long, short, global = true, hide_short_help = true)]
    pub(crate) quiet: bool,
    /// Never ask; fail where a value is missing
    #[arg(long, global = true, hide_short_help = true)]
    pub(crate) no_input: bool,
    /// Never page long output
    #[arg(long, global = true, hide_short_help = true)]
    pub(crate) no_pager: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    Table,
    Json,
    Jsonl,
    Csv,
    Ids,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    Auto,
    Always,
    Never,
}

/// Where a value came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    Flag,
    Environment,
    UserFile,
    Default,
}

impl Source {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Flag => "flag",
            Self::Environment => "environment",
            Self::UserFile => "user file",
            Self::Default => "default",
        }
    }
}

/// A value with where it came from.
#[derive(Debug, Clone)]
pub(crate) struct Sourced<T> {
    pub(crate) value: T,
    pub(crate) source: Source,
}

/// The settings of this run.
#[derive(Debug)]
pub(crate) struct Config {
    pub(crate) db: Sourced<StoreUrl>,
    /// Who acts; absent where nobody said and the system does not know.
    pub(crate) agent: Option<Sourced<String>>,
    pub(crate) format: Sourced<Form>,
    pub(crate) color: Sourced<bool>,
    pub(crate) zone: Sourced<Zone>,
    pub(crate) at: Option<Sourced<Timestamp>>,
    pub(crate) editor: Sourced<String>,
    pub(crate) pager: Option<Sourced<String>>,
    /// Whether nothing tells less how to show a text.
    pub(crate) bare_less: bool,
    pub(crate) user_file: Option<PathBuf>,
    /// Where drafts are kept.
    pub(crate) drafts: PathBuf,
    pub(crate) quiet: bool,
    pub(crate) terminal: bool,
    pub(crate) interactive: bool,
    /// The width and height of the terminal on stdout.
    pub(crate) size: Option<(usize, usize)>,
    pub(crate) surroundings: Environment,
}

impl Config {
    /// Every setting with its value and where that came from.
    pub(crate) fn settings(&self) -> Vec<(&'static str, Option<String>, &'static str)> {
        fn row<T>(
            name: &'static str,
            sourced: Option<&Sourced<T>>,
            show: impl Fn(&T) -> String,
        ) -> (&'static str, Option<String>, &'static str) {
            match sourced {
                Some(sourced) => (name, Some(show(&sourced.value)), sourced.source.as_str()),
                None => (name, None, Source::Default.as_str()),
            }
        }
        let word = |form: &Form| {
            form.to_possible_value()
                .map_or_else(String::new, |value| value.get_name().to_owned())
        };
        vec![
            row("db", Some(&self.db), StoreUrl::to_string),
            row("agent", self.agent.as_ref(), Clone::clone),
            row("at", self.at.as_ref(), |at| {
                at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
            }),
            row("format", Some(&self.format), word),
            row("color", Some(&self.color), |on| {
                if *on { "on" } else { "off" }.to_owned()
            }),
            row("tz", Some(&self.zone), |zone| zone.name().to_owned()),
            row("editor", Some(&self.editor), Clone::clone),
            row("pager", self.pager.as_ref(), Clone::clone),
            (
                "user file",
                self.user_file
                    .as_ref()
                    .map(|path| path.display().to_string()),
                Source::Default.as_str(),
            ),
        ]
    }

    /// The location of the store as a path, for messages and comparisons.
    pub(crate) fn store_path(&self) -> PathBuf {
        let path = self.db.value.path().map(PathBuf::from);
        path.unwrap_or_else(|| PathBuf::from(self.db.value.to_string()))
    }

    /// The agent who acts.
    ///
    /// # Errors
    /// [`Error::Usage`] when nobody said who, or the name is none.
    pub(crate) fn actor(&self) -> Result<Agent, Error> {
        let Some(name) = &self.agent else {
            return Err(Error::usage(
                "nobody said who is acting",
                "give --as AGENT, or set DESK_AGENT",
            ));
        };
        Agent::parse(&name.value).map_err(|e| Error::usage(e.to_string(), e.hint()))
    }
}

impl<T> Sourced<T> {
    fn map<U>(self, f: impl FnOnce(T) -> U) -> Sourced<U> {
        Sourced {
            value: f(self.value),
            source: self.source,
        }
    }
}
