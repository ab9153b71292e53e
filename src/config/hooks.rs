//! Hooks in the settings of the machine and of the user.

use std::fmt::Write as _;

use chrono::TimeDelta;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::user_file::UserFile;
use super::{Source, StoreUrl};
use crate::domain::filter::views::is_name;
use crate::domain::hooks::{Hook, HookOwner, event_name};
use crate::domain::time::parse_duration;
use crate::domain::vocabulary::Deliver;
use crate::error::Error;

/// The variable with the names of the hooks whose programs a process is part of,
/// with commas between them.
pub(crate) const WITHIN: &str = "DESK_HOOKS";

/// How long a program may run, unless the settings say otherwise.
const TIMEOUT: TimeDelta = TimeDelta::seconds(10);
const LONGEST: TimeDelta = TimeDelta::hours(1);

/// How often a program may fail with one event.
const ATTEMPTS: u32 = 5;
const MOST_ATTEMPTS: u32 = 100;

/// A section `[hooks.NAME]`.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HookSection {
    run: Option<Vec<String>>,
    on: Option<Vec<String>>,
    filter: Option<String>,
    timeout: Option<String>,
    attempts: Option<u32>,
    deliver: Option<String>,
    #[serde(default)]
    env: Vec<String>,
}

/// The hooks of the machine, and then those of the user.
///
/// # Errors
/// [`Error::Usage`] for settings that are wrong.
pub(super) fn all(system: &UserFile, user: &UserFile, db: &StoreUrl) -> Result<Vec<Hook>, Error> {
    let mut hooks = Vec::new();
    for (name, section) in &system.hooks {
        hooks.push(section.hook(name, HookOwner::System)?);
    }
    if !user.hooks.is_empty() {
        let owner = HookOwner::User(user_key(db));
        for (name, section) in &user.hooks {
            hooks.push(section.hook(name, owner.clone())?);
        }
    }
    Ok(hooks)
}

/// What tells the user of this process from others: the number, which on a server
/// stands beside a digest of the name of the machine.
fn user_key(db: &StoreUrl) -> String {
    let number = rustix::process::getuid().as_raw();
    match db {
        StoreUrl::File(_) => number.to_string(),
        StoreUrl::Postgres(_) => {
            let name = rustix::system::uname();
            let digest = Sha256::digest(name.nodename().to_bytes());
            let digest = digest.iter().take(4).fold(String::new(), |mut text, byte| {
                let _ = write!(text, "{byte:02x}");
                text
            });
            format!("{number}@{digest}")
        }
    }
}

/// The names in the variable [`WITHIN`].
pub(super) fn within(value: Option<&str>) -> Vec<String> {
    let names = value.unwrap_or_default().split(',');
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The names of hooks, for `desk config`.
pub(super) fn list(hooks: &[Hook]) -> String {
    let names: Vec<&str> = hooks.iter().map(|hook| hook.name.as_str()).collect();
    names.join(", ")
}

/// Where hooks are set; the user's own count where there are both.
pub(super) fn sources(hooks: &[Hook]) -> &'static str {
    let source = match hooks.last().map(|hook| &hook.owner) {
        Some(HookOwner::User(_)) => Source::UserFile,
        Some(HookOwner::System) => Source::SystemFile,
        None => Source::Default,
    };
    source.as_str()
}

impl HookSection {
    fn hook(&self, name: &str, owner: HookOwner) -> Result<Hook, Error> {
        let source = match owner {
            HookOwner::System => Source::SystemFile,
            HookOwner::User(_) => Source::UserFile,
        };
        self.read(name, owner).map_err(|(reason, hint)| {
            Error::usage(
                format!("cannot use [hooks.{name}] ({}): {reason}", source.as_str()),
                hint,
            )
        })
    }

    fn read(&self, name: &str, owner: HookOwner) -> Result<Hook, (String, String)> {
        let fault = |reason: &str, hint: &str| (reason.to_owned(), hint.to_owned());
        if !is_name(name) {
            return Err(fault(
                "it is not a name",
                "use letters, digits and dashes, such as [hooks.chat]",
            ));
        }
        let run = self.run.clone().unwrap_or_default();
        let program = run.first().map(String::as_str).unwrap_or_default();
        if !program.starts_with('/') || run.iter().any(|part| part.contains('\0')) {
            return Err(fault(
                "run does not name a program by its whole path",
                "write run = [\"/usr/local/bin/notify\", \"--room\", \"desk\"]",
            ));
        }
        let on = self.on.iter().flatten().map(|typed| {
            let name = event_name(typed).map(str::to_owned);
            name.map_err(|fault| (fault.to_string(), fault.hint()))
        });
        let timeout = match &self.timeout {
            None => TIMEOUT,
            Some(typed) => parse_duration::parse(typed)
                .map_err(|fault| (format!("timeout: {fault}"), fault.hint().to_owned()))?,
        };
        if timeout < TimeDelta::seconds(1) || timeout > LONGEST {
            return Err(fault(
                "timeout is out of range",
                "write a time from 1s to 1h",
            ));
        }
        let attempts = self.attempts.unwrap_or(ATTEMPTS);
        if !(1..=MOST_ATTEMPTS).contains(&attempts) {
            return Err(fault(
                "attempts is out of range",
                "write a number from 1 to 100",
            ));
        }
        let deliver = match &self.deliver {
            None => Deliver::Now,
            Some(typed) => {
                Deliver::parse(typed).map_err(|fault| (fault.to_string(), fault.hint()))?
            }
        };
        let is_variable = |name: &&String| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        };
        if self.env.iter().filter(is_variable).count() < self.env.len() {
            return Err(fault(
                "env lists names of variables",
                "write env = [\"DISPLAY\", \"DBUS_SESSION_BUS_ADDRESS\"]",
            ));
        }
        Ok(Hook {
            name: name.to_owned(),
            owner,
            on: on.collect::<Result<_, _>>()?,
            run,
            filter: self.filter.clone(),
            timeout,
            attempts,
            only_sweep: deliver == Deliver::Sweep,
            env: self.env.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(toml: &str) -> Result<Hook, String> {
        let section: HookSection = toml::from_str(toml).unwrap();
        let hook = section.hook("chat", HookOwner::System);
        hook.map_err(|fault| format!("{fault} / {}", fault.hint().unwrap_or_default()))
    }

    #[test]
    fn a_section_has_defaults() {
        let hook = read("run = [\"/bin/notify\"]").unwrap();
        assert_eq!(hook.timeout, TIMEOUT);
        assert_eq!((hook.attempts, hook.only_sweep), (5, false));
        assert_eq!(hook.on, Vec::<String>::new());
        let hook = read(
            "run = [\"/bin/notify\", \"x\"]\non = [\"opened\", \"Breach\"]\ntimeout = \"2m\"\n\
             attempts = 1\ndeliver = \"sweep\"\nenv = [\"DISPLAY\"]",
        );
        let hook = hook.unwrap();
        assert_eq!(hook.on, ["opened", "breached"]);
        assert_eq!((hook.timeout, hook.attempts), (TimeDelta::minutes(2), 1));
        assert!(hook.only_sweep);
    }

    #[test]
    fn what_cannot_be_run_is_refused() {
        let run = "run = [\"/bin/notify\"]\n";
        let with = |line: &str| read(&format!("{run}{line}")).unwrap_err();
        let faults = [
            read("").unwrap_err(),
            read("run = []").unwrap_err(),
            read("run = [\"notify\"]").unwrap_err(),
            with("on = [\"resolve\"]"),
            with("timeout = \"soon\""),
            with("timeout = \"2d\""),
            with("attempts = 0"),
            with("deliver = \"later\""),
            with("env = [\"A=b\"]"),
        ];
        let lines = faults.map(|fault| {
            fault
                .split("accepted")
                .next()
                .unwrap_or_default()
                .to_owned()
        });
        insta::assert_snapshot!(lines.map(|line| line.trim_end().to_owned()).join("\n"), @r#"
        cannot use [hooks.chat] (system file): run does not name a program by its whole path / write run = ["/usr/local/bin/notify", "--room", "desk"]
        cannot use [hooks.chat] (system file): run does not name a program by its whole path / write run = ["/usr/local/bin/notify", "--room", "desk"]
        cannot use [hooks.chat] (system file): run does not name a program by its whole path / write run = ["/usr/local/bin/notify", "--room", "desk"]
        cannot use [hooks.chat] (system file): unknown event 'resolve' / did you mean 'resolved'?
        cannot use [hooks.chat] (system file): timeout: 'soon' is not a duration: use 90m, 2h30m, 3d or 45s / write whole numbers with their units: 1d12h, 2h30m, 90m, 45s
        cannot use [hooks.chat] (system file): timeout is out of range / write a time from 1s to 1h
        cannot use [hooks.chat] (system file): attempts is out of range / write a number from 1 to 100
        cannot use [hooks.chat] (system file): unknown time of delivery 'later' /
        cannot use [hooks.chat] (system file): env lists names of variables / write env = ["DISPLAY", "DBUS_SESSION_BUS_ADDRESS"]
        "#);
    }

    #[test]
    fn the_variable_lists_names() {
        assert_eq!(within(None), Vec::<String>::new());
        assert_eq!(within(Some("a,,b")), ["a", "b"]);
    }
}
