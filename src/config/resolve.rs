//! Finds each setting: flag, environment, user file, or a default of the machine.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::PathBuf;

use clap::ValueEnum;

use super::drafts;
use super::hooks;
use super::user_file::{self, UserFile};
use super::{Colour, Config, Env, Global, Source, Sourced, StoreUrl};
use crate::domain::Timestamp;
use crate::domain::mail::handover::TransportSettings;
use crate::domain::time::parse_time;
use crate::domain::time::parse_time::Prefer;
use crate::domain::time::zone::Zone;
use crate::domain::vocabulary::Channel;
use crate::error::Error;
use crate::output_format::OutputFormat;

/// Reads only the aliases of the user.
///
/// # Errors
/// [`Error::Usage`] if the user file is invalid.
pub(crate) fn aliases() -> Result<BTreeMap<String, String>, Error> {
    let file = user_file().map_or(Ok(UserFile::default()), |path| user_file::read(&path))?;
    Ok(file.aliases)
}

impl Config {
    /// Resolves every setting.
    ///
    /// # Errors
    /// [`Error::Usage`] for an invalid value, with its source.
    pub(crate) fn resolve(global: &Global, env: Env, now: Timestamp) -> Result<Self, Error> {
        let file = user_file().map_or(Ok(UserFile::default()), |path| user_file::read(&path))?;
        Self::resolve_with(&file, global, env, now)
    }

    /// Resolves every setting without the user file, which is invalid.
    ///
    /// # Errors
    /// As [`Config::resolve`].
    pub(crate) fn resolve_without_user_file(
        fault: Error,
        global: &Global,
        env: Env,
        now: Timestamp,
    ) -> Result<Self, Error> {
        let config = Self::resolve_with(&UserFile::default(), global, env, now)?;
        Ok(Self {
            user_file_fault: Some(fault),
            ..config
        })
    }

    pub(super) fn resolve_with(
        file: &UserFile,
        global: &Global,
        env: Env,
        now: Timestamp,
    ) -> Result<Self, Error> {
        let var = |name: &str| env(name).filter(|v| !v.is_empty());
        let text = |name: &str| var(name).map(|v| v.to_string_lossy().into_owned());
        let dirs = directories::ProjectDirs::from("", "", "desk");
        let pick = |flag: &Option<String>, name: &str, file: &Option<String>| {
            flag.clone()
                .map(|v| Sourced::new(v, Source::Flag))
                .or_else(|| text(name).map(|v| Sourced::new(v, Source::Environment)))
                .or_else(|| file.clone().map(|v| Sourced::new(v, Source::UserFile)))
        };

        let db = match pick(&global.db, "DESK_DB", &file.db) {
            Some(db) => refuse_visible_password(db.map(StoreUrl::parse))?,
            None => {
                let file = dirs.as_ref().map(|d| d.data_dir().join("desk.db"));
                Sourced::default(StoreUrl::File(file.ok_or_else(|| {
                    Error::usage(
                        "there is no home directory for the default store",
                        "use --db PATH",
                    )
                })?))
            }
        };
        let agent = pick(&global.agent, "DESK_AGENT", &file.agent).or_else(|| {
            text("USER")
                .or_else(|| text("LOGNAME"))
                .map(Sourced::default)
        });
        let zone = zone(pick(&global.tz, "DESK_TZ", &file.tz), &text("TZ"))?;
        let unknown_tz = text("TZ").filter(|_| zone.source == Source::Default);
        let at = pick(&global.at, "DESK_AT", &None)
            .map(|typed| {
                let value = parse_time::parse(&typed.value, now, &zone.value, Prefer::Past)
                    .map_err(|e| invalid_value(&e, typed.source, e.hint()))?;
                Ok::<_, Error>(Sourced::new(value, typed.source))
            })
            .transpose()?;
        let system = user_file::read(&system_file(env))?;
        let channel = pick(&None, "DESK_CHANNEL", &file.channel)
            .map(|typed| {
                let value = Channel::parse(&typed.value)
                    .map_err(|e| invalid_value(&e, typed.source, e.hint()))?;
                Ok::<_, Error>(Sourced::new(value, typed.source))
            })
            .transpose()?;
        let terminal = std::io::stdout().is_terminal();
        let flag = match (global.json, global.format) {
            (true, _) => Some(OutputFormat::Json),
            (false, form) => form,
        };
        Ok(Self {
            color: color(global.color, &file.color, env, terminal)?,
            format: choice(
                "format",
                flag,
                text("DESK_FORMAT"),
                &file.format,
                OutputFormat::Table,
            )?,
            editor: pick(&None, "DESK_EDITOR", &file.editor)
                .or_else(|| pick(&None, "VISUAL", &None))
                .or_else(|| pick(&None, "EDITOR", &None))
                .unwrap_or_else(|| Sourced::default("vi".to_owned())),
            pager: (terminal && !global.no_pager)
                .then(|| {
                    pick(&None, "DESK_PAGER", &file.pager)
                        .or_else(|| pick(&None, "PAGER", &None))
                        .unwrap_or_else(|| Sourced::default("less -FRX".to_owned()))
                })
                .filter(|pager| pager.value != "cat"),
            notify: global.notify,
            view_order: file.view_order(),
            views: (file.views.iter())
                .map(|(name, words)| (name.clone(), words.get_ref().clone()))
                .collect(),
            aliases: file.aliases.clone(),
            hooks: hooks::all(&system, file, &db.value)?,
            within_hooks: hooks::within(text(hooks::WITHIN).as_deref()),
            mail_transport: mail_transport(file, &system)?,
            less_unset: env("LESS").is_none(),
            drafts: drafts::location(&db.value, dirs.as_ref()),
            db,
            agent,
            channel,
            zone,
            at,
            user_file: user_file(),
            user_file_fault: None,
            unknown_tz,
            quiet: global.quiet,
            dumb_terminal: text("TERM").is_none_or(|term| term == "dumb"),
            terminal,
            interactive: !global.no_input
                && std::io::stdin().is_terminal()
                && std::io::stderr().is_terminal(),
            size: size(terminal, &text("COLUMNS")),
        })
    }
}

/// Refuses a password in an argument, which every user of the machine can see.
fn refuse_visible_password(db: Sourced<StoreUrl>) -> Result<Sourced<StoreUrl>, Error> {
    match db.source == Source::Flag && db.value.has_password() {
        true => Err(Error::usage(
            "everybody on this machine can see a password in --db",
            "keep it in ~/.pgpass as HOST:PORT:DATABASE:USER:PASSWORD, or set PGPASSWORD",
        )),
        false => Ok(db),
    }
}

/// How mail is handed over: as the user file says, or else the system file.
///
/// # Errors
/// [`Error::Usage`] for settings that are wrong.
fn mail_transport(
    file: &UserFile,
    system: &UserFile,
) -> Result<Option<Sourced<TransportSettings>>, Error> {
    let section = |file: &UserFile| file.mail.clone().and_then(|mail| mail.transport);
    let (section, source) = match (section(file), section(system)) {
        (Some(section), _) => (section, Source::UserFile),
        (None, Some(section)) => (section, Source::SystemFile),
        (None, None) => return Ok(None),
    };
    let settings = section.settings().map_err(|fault| {
        Error::usage(
            format!("cannot use [mail.transport] ({}): {fault}", source.as_str()),
            "see desk help mail-guide",
        )
    })?;
    Ok(Some(Sourced::new(settings, source)))
}

/// Where the settings of the machine are. In debug builds, tests can choose.
fn system_file(env: Env) -> PathBuf {
    let chosen = cfg!(debug_assertions).then(|| env("DESK_TEST_SYSTEM_FILE"));
    chosen
        .flatten()
        .map_or_else(|| PathBuf::from("/etc/desk/config.toml"), PathBuf::from)
}

/// Where the user file is.
fn user_file() -> Option<PathBuf> {
    let dirs = directories::ProjectDirs::from("", "", "desk")?;
    Some(dirs.config_dir().join("config.toml"))
}

/// The error for an invalid value; names the source unless it is a flag.
fn invalid_value(fault: &impl ToString, source: Source, hint: String) -> Error {
    let fault = fault.to_string();
    match source {
        Source::Flag => Error::usage(fault, hint),
        Source::Environment | Source::UserFile | Source::SystemFile | Source::Default => {
            Error::usage(format!("{fault} ({})", source.as_str()), hint)
        }
    }
}

/// One of several fixed values: from flag, environment, user file or default.
fn choice<T: ValueEnum>(
    what: &str,
    flag: Option<T>,
    env: Option<String>,
    file: &Option<String>,
    default: T,
) -> Result<Sourced<T>, Error> {
    let read = |typed: &str, source| {
        T::from_str(typed, true)
            .map(|value| Sourced::new(value, source))
            .map_err(|_| {
                let words: Vec<String> = T::value_variants()
                    .iter()
                    .filter_map(ValueEnum::to_possible_value)
                    .map(|word| word.get_name().to_owned())
                    .collect();
                Error::usage(
                    format!("unknown {what} '{typed}' ({})", Source::as_str(source)),
                    format!("accepted: {}", words.join(", ")),
                )
            })
    };
    match (flag, env, file) {
        (Some(value), _, _) => Ok(Sourced::new(value, Source::Flag)),
        (None, Some(typed), _) => read(&typed, Source::Environment),
        (None, None, Some(typed)) => read(typed, Source::UserFile),
        (None, None, None) => Ok(Sourced::default(default)),
    }
}

/// Whether to use colour: from the flag, then `NO_COLOR` and `CLICOLOR_FORCE`,
/// then the user file.
fn color(
    flag: Option<Colour>,
    file: &Option<String>,
    env: Env,
    terminal: bool,
) -> Result<Sourced<bool>, Error> {
    let set = |name: &str| env(name).is_some_and(|v| !v.is_empty());
    let from_env = if set("NO_COLOR") {
        Some(false)
    } else if env("CLICOLOR_FORCE").is_some_and(|v| !v.is_empty() && v != "0") {
        Some(true)
    } else {
        None
    };
    if let (None, Some(value)) = (flag, from_env) {
        return Ok(Sourced::new(value, Source::Environment));
    }
    let dumb = env("TERM").is_some_and(|term| term == "dumb");
    let chosen = choice("colour", flag, None, file, Colour::Auto)?;
    Ok(chosen.map(|when| match when {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => terminal && !dumb,
    }))
}

/// The zone of local times: as set, otherwise that of the machine.
fn zone(set: Option<Sourced<String>>, tz: &Option<String>) -> Result<Sourced<Zone>, Error> {
    if let Some(name) = set {
        let value =
            Zone::from_name(&name.value).map_err(|e| invalid_value(&e, name.source, e.hint()))?;
        return Ok(Sourced::new(value, name.source));
    }
    let tz = tz.as_deref().map(|tz| tz.trim_start_matches(':'));
    if let Some(zone) = tz.and_then(|name| Zone::from_name(name).ok()) {
        return Ok(Sourced::new(zone, Source::Environment));
    }
    Ok(Sourced::default(machine_zone().unwrap_or_else(Zone::utc)))
}

/// The zone that `/etc/localtime` links to or contains.
fn machine_zone() -> Option<Zone> {
    const FILE: &str = "/etc/localtime";
    let named = std::fs::read_link(FILE).ok().and_then(|target| {
        let path = target.to_str()?.to_owned();
        let (_, name) = path.split_once("zoneinfo/")?;
        Zone::from_name(name).ok()
    });
    named.or_else(|| Zone::from_tzif("local", &std::fs::read(FILE).ok()?).ok())
}

/// Width and height of the terminal; `COLUMNS` overrides the width.
fn size(terminal: bool, columns: &Option<String>) -> Option<(usize, usize)> {
    if !terminal {
        return None;
    }
    let width_override = columns.as_ref().and_then(|c| c.parse().ok());
    let (rows, width) = dialoguer::console::Term::stdout().size_checked()?;
    Some((
        width_override.unwrap_or(usize::from(width)),
        usize::from(rows),
    ))
}
