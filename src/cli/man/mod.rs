//! The manual pages, generated from the command line. Topics that belong to no
//! option (times, clocks, exit codes, files) are in the `.roff` files in this
//! directory.

use std::io::Write;
use std::path::Path;

use clap::Command;
use clap_mangen::Man;

use crate::cli::overview;
use crate::error::Error;

/// The date on every page: the day of the last release, changed together with
/// the version in `Cargo.toml`. A fixed date keeps the pages reproducible.
const RELEASE_DATE: &str = "2026-11-27";

const TOPICS: &[u8] = include_bytes!("desk.roff");

/// Further sections of the pages of some commands.
const MORE: &[(&str, &[u8])] = &[
    ("check", include_bytes!("check.roff")),
    ("policy", include_bytes!("policy.roff")),
    ("sweep", include_bytes!("sweep.roff")),
];

/// The page of `desk` itself.
///
/// # Errors
/// [`Error::Output`] when it cannot be generated.
pub(crate) fn overview(mut command: Command) -> Result<Vec<u8>, Error> {
    command.build();
    overview_page(&command)
}

/// Writes one page per command to an existing directory.
///
/// # Errors
/// [`Error::Outside`] when a file cannot be written.
pub(crate) fn write(mut command: Command, directory: &Path) -> Result<(), Error> {
    command.build();
    let put = |name: &str, page: Vec<u8>| {
        std::fs::write(directory.join(format!("{name}.1")), page)
            .map_err(|fault| Error::outside(format!("writing to {}", directory.display()), &fault))
    };
    for verb in command.get_subcommands() {
        put(&format!("desk-{}", verb.get_name()), command_page(verb)?)?;
    }
    put("desk", overview_page(&command)?)
}

/// A page with every option that is not hidden, whatever the short help omits.
fn man(command: Command) -> Man {
    let version = concat!("desk ", env!("CARGO_PKG_VERSION"));
    let title = command.get_name().to_uppercase();
    let command = command.mut_args(|arg| arg.hide_short_help(false));
    Man::new(command)
        .title(title)
        .date(RELEASE_DATE)
        .source(version)
}

/// Hides what the page of `desk` describes for all commands.
fn own_options(command: &Command) -> Command {
    command.clone().mut_args(|arg| {
        let shared = arg.is_global_set() || arg.get_id() == "help";
        let hidden = shared || arg.is_hide_set();
        arg.hide(hidden)
    })
}

/// The page of a command, with its subcommands.
fn command_page(verb: &Command) -> Result<Vec<u8>, Error> {
    let mut page = Vec::new();
    let name = verb.get_name();
    let own = own_options(verb).name(format!("desk-{name}"));
    let has_options = own.get_arguments().any(|arg| !arg.is_hide_set());
    let man = man(own);
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    if has_options {
        man.render_options_section(&mut page)?;
    }
    for below in verb.get_subcommands() {
        subcommand_section(below, &mut page)?;
    }
    for (_, more) in MORE.iter().filter(|(of, _)| *of == name) {
        page.extend_from_slice(more);
    }
    writeln!(page, ".SH EXAMPLES\n.nf")?;
    for example in examples(verb) {
        writeln!(page, "{}", escaped(&example))?;
    }
    writeln!(
        page,
        ".fi\n.SH SEE ALSO\n.BR desk (1)\nfor global options, exit status, environment and files."
    )?;
    Ok(tidy(&page))
}

/// The lines of the Examples section of a command's help.
fn examples(verb: &Command) -> Vec<String> {
    let text = verb.get_after_long_help().map(ToString::to_string);
    let text = text.unwrap_or_default();
    let lines = text.lines().filter_map(|line| line.strip_prefix("  "));
    lines.map(ToOwned::to_owned).collect()
}

/// Escapes a line of literal text for roff.
fn escaped(line: &str) -> String {
    let line = line
        .replace('\\', "\\e")
        .replace('-', "\\-")
        .replace('\'', "\\(aq");
    if line.starts_with('.') {
        format!("\\&{line}")
    } else {
        line
    }
}

/// The section that describes a subcommand of a command.
fn subcommand_section(verb: &Command, page: &mut Vec<u8>) -> Result<(), Error> {
    let name = verb.get_bin_name().unwrap_or_default().to_uppercase();
    let man = man(own_options(verb));
    let mut section = Vec::new();
    man.render_synopsis_section(&mut section)?;
    writeln!(section, ".PP")?;
    man.render_description_section(&mut section)?;
    man.render_options_section(&mut section)?;
    let section = String::from_utf8_lossy(&section);
    // The pieces come with their own preamble and headings.
    let unwanted = [".SH ", ".ie ", ".el "];
    writeln!(page, ".SH \"{name}\"")?;
    for line in section.lines() {
        if !unwanted.iter().any(|start| line.starts_with(start)) {
            writeln!(page, "{line}")?;
        }
    }
    Ok(())
}

/// The page of `desk`: its commands by the steps of the process, then the
/// topics that concern all of them.
fn overview_page(command: &Command) -> Result<Vec<u8>, Error> {
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
        let about = verb.and_then(Command::get_about);
        escaped(&about.map(ToString::to_string).unwrap_or_default())
    };
    writeln!(page, ".SH COMMANDS")?;
    for (group, verbs) in overview::groups() {
        writeln!(page, ".SS {group}")?;
        for verb in verbs {
            let name = escaped(verb);
            writeln!(page, ".TP\n.BR desk\\-{name} (1)\n{}", about(verb))?;
        }
    }
    man.render_options_section(&mut page)?;
    page.write_all(TOPICS)?;
    Ok(tidy(&page))
}

/// Removes what `mandoc -T lint` warns about: trailing blanks, repeated breaks,
/// and empty lines outside literal text.
fn tidy(page: &[u8]) -> Vec<u8> {
    let page = String::from_utf8_lossy(page);
    let mut text = String::with_capacity(page.len());
    let mut literal = false;
    for line in page.lines().map(str::trim_end) {
        literal = (literal || line == ".nf") && line != ".fi";
        let repeated = line == ".br" && text.ends_with(".br\n");
        if literal || !(line.is_empty() || repeated) {
            text.push_str(line);
            text.push('\n');
        }
    }
    text.into_bytes()
}
