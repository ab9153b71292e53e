//! The settings of one run: flag before environment before user file before
//! default, each value with where it came from. Resolved once, then only read.

mod choose;

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, ValueHint};
use serde::Deserialize;

use crate::domain::Moment;
use crate::domain::people::Agent;
use crate::domain::when::{self, Lean};
use crate::domain::zone::Zone;
use crate::error::Error;
use crate::store::{Place, Surroundings};

use choose::{choice, color, size, surroundings, zone};

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
    /// Leave out remarks on standard error
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

/// What `config.toml` in the configuration directory may hold.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct UserFile {
    db: Option<String>,
    agent: Option<String>,
    format: Option<String>,
    color: Option<String>,
    tz: Option<String>,
    editor: Option<String>,
    pager: Option<String>,
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
    pub(crate) const fn word(self) -> &'static str {
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
    pub(crate) db: Sourced<PathBuf>,
    /// Who acts; absent where nobody said and the system does not know.
    pub(crate) agent: Option<Sourced<String>>,
    pub(crate) format: Sourced<Form>,
    pub(crate) color: Sourced<bool>,
    pub(crate) zone: Sourced<Zone>,
    pub(crate) at: Option<Sourced<Moment>>,
    pub(crate) editor: Sourced<String>,
    pub(crate) pager: Option<Sourced<String>>,
    pub(crate) user_file: Option<PathBuf>,
    /// Where drafts are kept.
    pub(crate) drafts: PathBuf,
    pub(crate) quiet: bool,
    pub(crate) terminal: bool,
    pub(crate) interactive: bool,
    /// The width and height of the terminal on stdout.
    pub(crate) size: Option<(usize, usize)>,
    pub(crate) surroundings: Surroundings,
}

impl Config {
    /// Resolves every setting.
    ///
    /// # Errors
    /// [`Error::Usage`] for a value that cannot be read, naming its source.
    pub(crate) fn resolve(global: &Global, env: Env, now: Moment) -> Result<Self, Error> {
        let var = |name: &str| env(name).filter(|v| !v.is_empty());
        let text = |name: &str| var(name).map(|v| v.to_string_lossy().into_owned());
        let dirs = directories::ProjectDirs::from("", "", "desk");
        let user_file = dirs.as_ref().map(|d| d.config_dir().join("config.toml"));
        let file = user_file.as_deref().map_or(Ok(UserFile::default()), read)?;
        let pick = |flag: &Option<String>, name: &str, file: &Option<String>| {
            let sourced = |value: String, source| Sourced { value, source };
            flag.clone()
                .map(|v| sourced(v, Source::Flag))
                .or_else(|| text(name).map(|v| sourced(v, Source::Environment)))
                .or_else(|| file.clone().map(|v| sourced(v, Source::UserFile)))
        };

        let db = match pick(&global.db, "DESK_DB", &file.db) {
            Some(db) => db.map(absolute),
            None => Sourced {
                value: dirs
                    .as_ref()
                    .map(|d| d.data_dir().join("desk.db"))
                    .ok_or_else(|| {
                        Error::usage("no home directory, so no default store", "give --db PATH")
                    })?,
                source: Source::Default,
            },
        };
        let agent = pick(&global.agent, "DESK_AGENT", &file.agent).or_else(|| {
            text("USER")
                .or_else(|| text("LOGNAME"))
                .map(|value| Sourced {
                    value,
                    source: Source::Default,
                })
        });
        let zone = zone(pick(&global.tz, "DESK_TZ", &file.tz), &text("TZ"))?;
        let at = pick(&global.at, "DESK_AT", &None)
            .map(|typed| {
                let value = when::parse(&typed.value, now, &zone.value, Lean::Past)
                    .map_err(|e| Error::usage(e.to_string(), e.hint()))?;
                Ok::<_, Error>(Sourced {
                    value,
                    source: typed.source,
                })
            })
            .transpose()?;
        let terminal = std::io::stdout().is_terminal();
        let flag = match (global.json, global.format) {
            (true, _) => Some(Form::Json),
            (false, form) => form,
        };
        Ok(Self {
            color: color(global.color, &file.color, env, terminal)?,
            format: choice(
                "format",
                flag,
                text("DESK_FORMAT"),
                &file.format,
                Form::Table,
            )?,
            editor: pick(&None, "DESK_EDITOR", &file.editor)
                .or_else(|| pick(&None, "VISUAL", &None))
                .or_else(|| pick(&None, "EDITOR", &None))
                .unwrap_or(Sourced {
                    value: "vi".to_owned(),
                    source: Source::Default,
                }),
            pager: (terminal && !global.no_pager)
                .then(|| {
                    pick(&None, "DESK_PAGER", &file.pager)
                        .or_else(|| pick(&None, "PAGER", &None))
                        .unwrap_or(Sourced {
                            value: "less -FRX".to_owned(),
                            source: Source::Default,
                        })
                })
                .filter(|pager| pager.value != "cat"),
            drafts: db.value.parent().unwrap_or(Path::new(".")).join("drafts"),
            db,
            agent,
            zone,
            at,
            user_file,
            quiet: global.quiet,
            terminal,
            interactive: !global.no_input
                && std::io::stdin().is_terminal()
                && std::io::stderr().is_terminal(),
            size: size(terminal, &text("COLUMNS")),
            surroundings: surroundings(env, now),
        })
    }

    /// Every setting with its value and where that came from.
    pub(crate) fn settings(&self) -> Vec<(&'static str, Option<String>, &'static str)> {
        fn row<T>(
            name: &'static str,
            sourced: Option<&Sourced<T>>,
            show: impl Fn(&T) -> String,
        ) -> (&'static str, Option<String>, &'static str) {
            match sourced {
                Some(sourced) => (name, Some(show(&sourced.value)), sourced.source.word()),
                None => (name, None, Source::Default.word()),
            }
        }
        let word = |form: &Form| {
            form.to_possible_value()
                .map_or_else(String::new, |value| value.get_name().to_owned())
        };
        vec![
            row("db", Some(&self.db), |db| db.display().to_string()),
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
                Source::Default.word(),
            ),
        ]
    }

    /// The place of the store.
    pub(crate) fn place(&self) -> Place {
        Place {
            path: self.db.value.clone(),
            named: self.db.source != Source::Default,
        }
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

/// A path as it is meant, from where the command was given. What is no plain
/// path is left for the store to refuse.
fn absolute(typed: String) -> PathBuf {
    if typed.starts_with("file:") {
        return PathBuf::from(typed);
    }
    std::path::absolute(&typed).unwrap_or_else(|_| PathBuf::from(typed))
}

fn read(path: &Path) -> Result<UserFile, Error> {
    let told = |reason: String| {
        Error::usage(
            format!("{} cannot be used: {reason}", path.display()),
            "its keys are db, agent, format, color, tz, editor and pager",
        )
    };
    match std::fs::read_to_string(path) {
        Ok(text) => toml::from_str(&text).map_err(|fault| {
            let before = fault.span().and_then(|span| text.get(..span.start));
            let line = before.map_or(1, |before| before.matches('\n').count() + 1);
            told(format!("line {line}: {}", fault.message()))
        }),
        Err(fault)
            if matches!(
                fault.kind(),
                std::io::ErrorKind::NotFound
                    | std::io::ErrorKind::NotADirectory
                    | std::io::ErrorKind::PermissionDenied
            ) =>
        {
            Ok(UserFile::default())
        }
        Err(fault) => Err(told(fault.to_string())),
    }
}
