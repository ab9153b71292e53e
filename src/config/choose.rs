//! How single settings are chosen: by flag, environment, user file or what the
//! machine says.

use clap::ValueEnum;

use super::{Colour, Env, Source, Sourced};
use crate::domain::Moment;
use crate::domain::zone::Zone;
use crate::error::Error;
use crate::store::Surroundings;

/// A word out of a few: by flag, environment, user file or default.
pub(super) fn choice<T: ValueEnum>(
    what: &str,
    flag: Option<T>,
    env: Option<String>,
    file: &Option<String>,
    default: T,
) -> Result<Sourced<T>, Error> {
    let read = |typed: &str, source| {
        T::from_str(typed, true)
            .map(|value| Sourced { value, source })
            .map_err(|_| {
                let words: Vec<String> = T::value_variants()
                    .iter()
                    .filter_map(ValueEnum::to_possible_value)
                    .map(|word| word.get_name().to_owned())
                    .collect();
                Error::usage(
                    format!("unknown {what} '{typed}' ({})", Source::word(source)),
                    format!("accepted: {}", words.join(", ")),
                )
            })
    };
    match (flag, env, file) {
        (Some(value), _, _) => Ok(Sourced {
            value,
            source: Source::Flag,
        }),
        (None, Some(typed), _) => read(&typed, Source::Environment),
        (None, None, Some(typed)) => read(typed, Source::UserFile),
        (None, None, None) => Ok(Sourced {
            value: default,
            source: Source::Default,
        }),
    }
}

/// Whether to use colour: a flag decides, then the customs of the terminal
/// (`NO_COLOR`, `CLICOLOR_FORCE`), then the user file.
pub(super) fn color(
    flag: Option<Colour>,
    file: &Option<String>,
    env: Env,
    terminal: bool,
) -> Result<Sourced<bool>, Error> {
    let set = |name: &str| env(name).is_some_and(|v| !v.is_empty());
    let custom = if set("NO_COLOR") {
        Some(false)
    } else if env("CLICOLOR_FORCE").is_some_and(|v| !v.is_empty() && v != "0") {
        Some(true)
    } else {
        None
    };
    if let (None, Some(value)) = (flag, custom) {
        return Ok(Sourced {
            value,
            source: Source::Environment,
        });
    }
    let dumb = env("TERM").is_some_and(|term| term == "dumb");
    let chosen = choice("colour", flag, None, file, Colour::Auto)?;
    Ok(chosen.map(|when| match when {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => terminal && !dumb,
    }))
}

/// The zone of local times: as set, else the one of the machine.
pub(super) fn zone(
    set: Option<Sourced<String>>,
    tz: &Option<String>,
) -> Result<Sourced<Zone>, Error> {
    if let Some(name) = set {
        let value = Zone::named(&name.value).map_err(|e| Error::usage(e.to_string(), e.hint()))?;
        return Ok(Sourced {
            value,
            source: name.source,
        });
    }
    let custom = tz.as_deref().map(|tz| tz.trim_start_matches(':'));
    if let Some(zone) = custom.and_then(|name| Zone::named(name).ok()) {
        return Ok(Sourced {
            value: zone,
            source: Source::Environment,
        });
    }
    Ok(Sourced {
        value: machine_zone().unwrap_or_else(Zone::utc),
        source: Source::Default,
    })
}

/// The zone that `/etc/localtime` names or holds.
fn machine_zone() -> Option<Zone> {
    const FILE: &str = "/etc/localtime";
    let named = std::fs::read_link(FILE).ok().and_then(|target| {
        let path = target.to_str()?.to_owned();
        let (_, name) = path.split_once("zoneinfo/")?;
        Zone::named(name).ok()
    });
    named.or_else(|| Zone::from_tzif("local", &std::fs::read(FILE).ok()?).ok())
}

/// Width and height to fit: of the terminal, or as `COLUMNS` says on one.
pub(super) fn size(terminal: bool, columns: &Option<String>) -> Option<(usize, usize)> {
    if !terminal {
        return None;
    }
    let asked = columns.as_ref().and_then(|c| c.parse().ok());
    let (rows, width) = dialoguer::console::Term::stdout().size_checked()?;
    Some((asked.unwrap_or(usize::from(width)), usize::from(rows)))
}

/// What the store is told of the world; a test build lets tests pretend.
pub(super) fn surroundings(env: Env, now: Moment) -> Surroundings {
    let mut real = Surroundings::at(now);
    if cfg!(debug_assertions) {
        let number = |name: &str| env(name)?.to_str()?.parse::<i64>().ok();
        real.fs_magic = number("DESK_TEST_FS_MAGIC");
        real.free_bytes = number("DESK_TEST_FREE_BYTES").and_then(|n| u64::try_from(n).ok());
    }
    real
}
