//! Files that a command is given to read: whole, as text, within bounds.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use crate::error::Error;
use crate::import;
use crate::policy_file;
use crate::policy_file::{Diagnostic, ParsedPolicy};

/// The most that is read of a file.
const MOST: u64 = 8 * 1024 * 1024;

/// The text of a file.
///
/// # Errors
/// [`Error::Usage`] where there is none, or it is no text.
pub(crate) fn text(path: &str) -> Result<String, Error> {
    let wrong = |why: String| {
        Error::usage(
            format!("{path} cannot be read: {why}"),
            "give the path of a text file",
        )
    };
    let file = File::open(path).map_err(|fault| wrong(fault.to_string()))?;
    let mut bytes = Vec::new();
    file.take(MOST + 1)
        .read_to_end(&mut bytes)
        .map_err(|fault| wrong(fault.to_string()))?;
    if bytes.len() as u64 > MOST {
        return Err(wrong("it is larger than 8 MiB".to_owned()));
    }
    String::from_utf8(bytes).map_err(|_| wrong("it is not UTF-8".to_owned()))
}

/// Reads a policy document; the files it names lie beside `beside`, or are
/// among those kept with an earlier version.
///
/// # Errors
/// Every fault of it.
pub(crate) fn document(
    typed: &str,
    beside: &Path,
    kept: &dyn Fn(&str) -> Option<String>,
) -> Result<ParsedPolicy, Vec<Diagnostic>> {
    let files = |name: &str| {
        let path = beside.join(name);
        text(&path.display().to_string())
            .or_else(|fault| kept(name).ok_or_else(|| fault.to_string()))
    };
    policy_file::parse(typed, 0, &files)
}

/// Reads the policy document in a file.
///
/// # Errors
/// [`Error::Usage`] with the first fault.
pub(crate) fn policy(path: &str) -> Result<ParsedPolicy, Error> {
    let typed = text(path)?;
    let beside = Path::new(path).parent().unwrap_or(Path::new(""));
    document(&typed, beside, &|_| None).map_err(|faults| {
        let first = faults.first().map(ToString::to_string).unwrap_or_default();
        let more = match faults.len() {
            0 | 1 => String::new(),
            n => format!(" (and {} more)", n - 1),
        };
        Error::usage(
            format!("{path} is no valid policy: {first}{more}"),
            format!("see all that is wrong with: desk policy check {path}"),
        )
    })
}

/// Answers by the keys of questions, as TOML or JSON: by the ending of the
/// name, else by how the text begins.
///
/// # Errors
/// [`Error::Usage`] with the first fault.
pub(crate) fn answers(name: &str, typed: &str) -> Result<Vec<(String, String)>, Error> {
    let ending = Path::new(name)
        .extension()
        .and_then(|ending| ending.to_str());
    let json = match ending {
        Some("json") => true,
        Some("toml") => false,
        Some(_) | None => typed.trim_start().starts_with('{'),
    };
    let read = if json {
        import::answers(typed)
    } else {
        policy_file::parse_answers(typed)
    };
    let name = if name == "-" { "stdin" } else { name };
    read.map_err(|fault| {
        Error::usage(
            format!("{name} holds no answers: {fault}"),
            "write a line for each, such as since-when = \"monday\", or {\"since-when\": \"monday\"}",
        )
    })
}

/// The lines of a file, or of stdin, one by one.
///
/// # Errors
/// [`Error::Usage`] where there is none; each line that is no text.
pub(crate) fn lines(path: &str) -> Result<impl Iterator<Item = Result<String, Error>>, Error> {
    let wrong = |path: &str, why: &std::io::Error| {
        Error::usage(
            format!("{path} cannot be read: {why}"),
            "give the path of a file, or - for stdin",
        )
    };
    let source: Box<dyn Read> = if path == "-" {
        Box::new(std::io::stdin())
    } else {
        Box::new(File::open(path).map_err(|fault| wrong(path, &fault))?)
    };
    let path = path.to_owned();
    let lines = BufReader::with_capacity(64 * 1024, source).lines();
    Ok(lines.map(move |line| line.map_err(|fault| wrong(&path, &fault))))
}

/// All bytes of a file, or of stdin.
///
/// # Errors
/// [`Error::Usage`] where there is none.
pub(crate) fn bytes(path: &str) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read = if path == "-" {
        std::io::stdin().read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    read.map_err(|fault| {
        Error::usage(
            format!("{path} cannot be read: {fault}"),
            "give the path of a file, or - for stdin",
        )
    })?;
    Ok(bytes)
}

/// Reads a mapping: a file, or else a built-in one of that name.
///
/// # Errors
/// [`Error::Usage`] with the first fault.
pub(crate) fn mapping(name: &str) -> Result<import::Map, Error> {
    let typed = match import::built_in(name) {
        Some(built_in) if !Path::new(name).exists() => built_in.to_owned(),
        Some(_) | None => text(name)?,
    };
    import::read(&typed).map_err(|faults| {
        let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Error::usage(
            format!("{name} is no valid mapping: {}", all.join("; ")),
            "begin with a built-in one, or with the one that desk import --suggest FILE prints",
        )
    })
}
