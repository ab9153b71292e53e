//! The manual pages, from the same parser as the help.

use std::path::Path;

use clap_mangen::Man;

use crate::commands;
use crate::error::Error;

/// The page of `desk` itself.
///
/// # Errors
/// [`Error::Output`] when it cannot be made.
pub(crate) fn overview() -> Result<Vec<u8>, Error> {
    let mut command = commands::command();
    command.build();
    page(command)
}

/// Writes a page per command into a directory that exists.
///
/// # Errors
/// [`Error::Outside`] when a file cannot be written.
pub(crate) fn write(directory: &Path) -> Result<(), Error> {
    let mut command = commands::command();
    command.build();
    let outside = |fault: std::io::Error| Error::Outside {
        what: format!("writing to {}", directory.display()),
        reason: fault.to_string(),
    };
    for verb in command.get_subcommands() {
        if verb.is_hide_set() {
            continue;
        }
        let name = format!("desk-{}", verb.get_name());
        let verb = verb.clone().name(name.clone());
        let path = directory.join(format!("{name}.1"));
        std::fs::write(path, page(verb)?).map_err(outside)?;
    }
    std::fs::write(directory.join("desk.1"), page(command)?).map_err(outside)
}

fn page(command: clap::Command) -> Result<Vec<u8>, Error> {
    let mut page = Vec::new();
    Man::new(command).date("").render(&mut page)?;
    Ok(page)
}
