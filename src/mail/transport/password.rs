//! Reads the password of a mail server where the settings say.

#![cfg_attr(
    not(feature = "smtp"),
    allow(dead_code, reason = "only SMTP has passwords")
)]

use std::process::{Command, Stdio};

use super::Env;
use crate::domain::mail::handover::PasswordSource;

/// Reads a password.
///
/// # Errors
/// Why it cannot be read; never with what was read.
pub(super) fn read(source: &PasswordSource, env: Env) -> Result<String, String> {
    let text =
        match source {
            PasswordSource::File(path) => std::fs::read_to_string(path)
                .map_err(|fault| format!("cannot read the password file {path}: {fault}"))?,
            PasswordSource::Command(words) => from_command(words)?,
            PasswordSource::Environment(name) => env(name)
                .and_then(|value| value.into_string().ok())
                .ok_or_else(|| format!("the variable {name} has no password"))?,
        };
    let password = text.lines().next().unwrap_or_default();
    if password.is_empty() {
        return Err("the password is empty".to_owned());
    }
    Ok(password.to_owned())
}

fn from_command(words: &[String]) -> Result<String, String> {
    let (program, arguments) = words.split_first().ok_or("no password command is set")?;
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|fault| format!("cannot run the password command {program}: {fault}"))?;
    if !output.status.success() {
        return Err(format!("the password command {program} failed"));
    }
    String::from_utf8(output.stdout)
        .map_err(|_| format!("the password command {program} printed no text"))
}
