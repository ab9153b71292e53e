//! The exit code of `desk mail` where a mail system runs it: only 0 makes it
//! forget the message, and any code but 75 could make it return it to the sender.

use std::ffi::OsString;

use clap::parser::ValueSource;

/// Try again later (`EX_TEMPFAIL` of sysexits.h).
pub(crate) const TRY_AGAIN: u8 = 75;

/// The options and commands with which an agent runs it.
const FOR_AGENTS: [&str; 4] = ["quarantine", "accept", "drop", "raw"];

/// Whether these arguments, which may be wrong, are those of a mail system.
pub(crate) fn takes_mail(command_line: fn() -> clap::Command, args: &[OsString]) -> bool {
    // Most commands are told by that without parsing anything.
    if !args.iter().any(|arg| arg == "mail") {
        return false;
    }
    let parsed = command_line()
        .ignore_errors(true)
        .try_get_matches_from(args);
    let Ok(parsed) = parsed else {
        // Help was asked for, or a global option is not one.
        return true;
    };
    match parsed.subcommand() {
        Some(("mail", mail)) => {
            let typed = |name: &str| {
                mail.try_contains_id(name).is_ok_and(|known| known)
                    && mail.value_source(name) == Some(ValueSource::CommandLine)
            };
            mail.subcommand_name().is_none() && !FOR_AGENTS.iter().any(|name| typed(name))
        }
        Some(_) => false,
        // There is no such command, or an option is wrong.
        None => begins_with_mail(args),
    }
}

/// Whether no other word that could be a command comes before `mail`. A word after
/// an option can be its value.
fn begins_with_mail(args: &[OsString]) -> bool {
    let is_option = |arg: &OsString| arg.as_encoded_bytes().starts_with(b"-");
    let mut after_option = false;
    for arg in args.iter().skip(1) {
        if arg == "mail" {
            return true;
        }
        if !is_option(arg) && !after_option {
            return false;
        }
        after_option = is_option(arg);
    }
    false
}

/// The exit code for a mail system.
pub(crate) const fn code_for_mail_system(code: u8) -> u8 {
    match code {
        0 => 0,
        _ => TRY_AGAIN,
    }
}
