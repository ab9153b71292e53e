//! The manual pages, from the same parser as the help. What no flag can say
//! (times, clocks, exit codes, files) stands in `manual/`.

use std::io::Write;
use std::path::Path;

use clap_mangen::Man;

use crate::cli::overview;
use crate::error::Error;

const SECTIONS: &[u8] = include_bytes!("desk.roff");

/// What is told of a command beyond its options.
const MORE: &[(&str, &[u8])] = &[
    ("check", include_bytes!("check.roff")),
    ("policy", include_bytes!("policy.roff")),
    ("sweep", include_bytes!("sweep.roff")),
];

/// The page of `desk` itself.
///
/// # Errors
/// [`Error::Output`] when it cannot be made.
pub(crate) fn overview(mut command: clap::Command) -> Result<Vec<u8>, Error> {
    command.build();
    desk(&command)
}

/// Writes a page per command into a directory that exists.
///
/// # Errors
/// [`Error::Outside`] when a file cannot be written.
pub(crate) fn write(mut command: clap::Command, directory: &Path) -> Result<(), Error> {
    command.build();
    let put = |name: &str, page: Vec<u8>| {
        std::fs::write(directory.join(format!("{name}.1")), page).map_err(|fault| Error::Outside {
            what: format!("writing to {}", directory.display()),
            reason: fault.to_string(),
        })
    };
    let verbs = command.get_subcommands();
    for verb in verbs {
        let name = format!("desk-{}", verb.get_name());
        put(&name, page(verb.clone().name(name.clone()))?)?;
    }
    put("desk", desk(&command)?)
}

/// A page with every option in full, also those that the short help leaves out.
fn man(command: clap::Command) -> Man {
    let version = concat!("desk ", env!("CARGO_PKG_VERSION"));
    let command = command.mut_args(|arg| arg.hide_short_help(false));
    Man::new(command).date("").source(version)
}

/// The page of a command, with those below it.
fn page(verb: clap::Command) -> Result<Vec<u8>, Error> {
    let mut page = Vec::new();
    let name = verb.get_name().to_owned();
    let below: Vec<clap::Command> = verb
        .get_subcommands()
        .filter(|verb| verb.get_name() != "help")
        .cloned()
        .collect();
    if below.is_empty() {
        man(verb).render(&mut page)?;
    } else {
        let man = man(verb);
        man.render_title(&mut page)?;
        man.render_name_section(&mut page)?;
        man.render_synopsis_section(&mut page)?;
        man.render_description_section(&mut page)?;
        for verb in below {
            part(verb, &mut page)?;
        }
    }
    for (of, more) in MORE {
        if name.strip_prefix("desk-") == Some(*of) {
            page.extend_from_slice(more);
        }
    }
    writeln!(page, ".SH SEE ALSO\n.BR desk (1)")?;
    Ok(page)
}

/// The part of a page that tells a command below another one: only the
/// options of its own, as all others are told on the page of `desk`.
fn part(verb: clap::Command, page: &mut Vec<u8>) -> Result<(), Error> {
    let name = verb.get_bin_name().unwrap_or_default().to_uppercase();
    let verb = verb.mut_args(|arg| {
        let told = !arg.is_global_set() && arg.get_id() != "help";
        arg.hide(!told)
    });
    let about = verb.get_long_about().or(verb.get_about());
    let about = about.map(ToString::to_string).unwrap_or_default();
    let mut options = Vec::new();
    let man = man(verb);
    man.render_synopsis_section(&mut options)?;
    man.render_options_section(&mut options)?;
    let options = String::from_utf8_lossy(&options);
    let noise = [".SH ", ".ie ", ".el "];
    let told = |line: &&str| !noise.iter().any(|start| line.starts_with(start));
    let lines = options.lines().filter(told);
    let options: Vec<&str> = lines.collect();
    writeln!(page, ".SH \"{name}\"\n{about}\n.PP\n{}", options.join("\n"))?;
    Ok(())
}

/// The page of `desk`: its commands by the steps of the process, then what
/// holds for all of them.
fn desk(command: &clap::Command) -> Result<Vec<u8>, Error> {
    let mut page = Vec::new();
    let man = man(command.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    writeln!(
        page,
        ".SH SYNOPSIS\n\\fBdesk\\fR [\\fIOPTIONS\\fR] [\\fICOMMAND\\fR]"
    )?;
    writeln!(
        page,
        ".SH DESCRIPTION\nWithout a command, desk shows what needs attention next."
    )?;
    let about = |name: &str| {
        let verb = command.find_subcommand(name);
        verb.and_then(clap::Command::get_about)
            .map(ToString::to_string)
            .unwrap_or_default()
    };
    writeln!(page, ".SH COMMANDS")?;
    for (group, verbs) in overview::groups() {
        writeln!(page, ".SS {group}")?;
        for verb in verbs {
            writeln!(page, ".TP\n.BR desk\\-{verb} (1)\n{}", about(verb))?;
        }
    }
    man.render_options_section(&mut page)?;
    page.write_all(SECTIONS)?;
    Ok(page)
}
