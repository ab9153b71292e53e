//! The health of this user's side of the desk: settings, zone and drafts.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::config::{Config, Source};
use crate::domain::health::HealthCheck;
use crate::domain::hooks::Hook;

/// Looks at the settings, the zone and the drafts.
pub(crate) fn checks(config: &Config, drafts: &[PathBuf]) -> Vec<HealthCheck> {
    let mut checks = vec![zone(config), settings(config)];
    checks.extend(config.user_file.as_deref().and_then(user_file));
    checks.extend(config.hooks.iter().filter_map(hook));
    checks.push(kept_drafts(drafts));
    checks
}

fn zone(config: &Config) -> HealthCheck {
    let (name, source) = (config.zone.value.name(), config.zone.source.as_str());
    let text = format!("local times are those of {name} ({source})");
    match &config.unknown_tz {
        Some(unknown) => HealthCheck::warning(
            "zone",
            format!("{text}; TZ names the unknown zone '{unknown}'"),
            "set TZ or DESK_TZ to a zone such as Europe/Berlin",
        ),
        None => HealthCheck::ok("zone", text),
    }
}

/// Each setting with its source.
fn settings(config: &Config) -> HealthCheck {
    if let Some(fault) = &config.user_file_fault {
        let remedy = fault.hint().unwrap_or_default();
        return HealthCheck::problem("settings", fault.to_string(), remedy);
    }
    let settings = config.settings();
    let mut parts = Vec::new();
    for source in [
        Source::Flag,
        Source::Environment,
        Source::UserFile,
        Source::SystemFile,
        Source::Default,
    ] {
        let from = settings.iter().filter(|s| s.2 == source.as_str());
        let names: Vec<&str> = from.map(|setting| setting.0.as_ref()).collect();
        if !names.is_empty() {
            parts.push(format!("{}: {}", source.as_str(), names.join(", ")));
        }
    }
    HealthCheck::ok("settings", parts.join("; "))
}

/// What is wrong with who may write the user file.
fn user_file(path: &Path) -> Option<HealthCheck> {
    let about = std::fs::metadata(path).ok()?;
    let me = rustix::process::geteuid();
    let foreign = about.uid() != me.as_raw() && about.uid() != 0;
    let shown = path.display();
    if about.mode() & 0o022 != 0 {
        Some(HealthCheck::problem(
            "permissions",
            format!("others may write {shown}, which names programs that desk runs"),
            format!("chmod go-w {shown}"),
        ))
    } else if foreign {
        Some(HealthCheck::problem(
            "permissions",
            format!("{shown} belongs to another user, and it names programs that desk runs"),
            format!("chown {} {shown}", me.as_raw()),
        ))
    } else {
        None
    }
}

/// What is wrong with the program of a hook.
fn hook(hook: &Hook) -> Option<HealthCheck> {
    let program = hook.run.first()?;
    let name = &hook.name;
    let problem = match std::fs::metadata(program) {
        Err(fault) => format!("cannot be run: {fault}"),
        Ok(file) if file.is_dir() => "is a directory".to_owned(),
        Ok(file) if file.mode() & 0o111 == 0 => "is not executable".to_owned(),
        Ok(_) => return None,
    };
    Some(HealthCheck::problem(
        "hooks",
        format!("the program of the hook '{name}' {problem}: {program}"),
        format!("correct run in [hooks.{name}], then: desk hooks test {name}"),
    ))
}

fn kept_drafts(drafts: &[PathBuf]) -> HealthCheck {
    if drafts.is_empty() {
        return HealthCheck::ok("drafts", "no text waits to be stored");
    }
    let names: Vec<String> = drafts
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    let count = match drafts.len() {
        1 => "1 text that was not stored".to_owned(),
        n => format!("{n} texts that were not stored"),
    };
    HealthCheck::warning(
        "drafts",
        format!("{count}: {}", names.join(", ")),
        "see them with: desk drafts; drop one with: desk drafts drop N",
    )
}
