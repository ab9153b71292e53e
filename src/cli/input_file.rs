//! Reads files named on the command line, with a size limit.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, IsTerminal, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rustix::fs::FileType;

use crate::domain::text::visible_nul;
use crate::error::Error;
use crate::import;
use crate::policy_file;
use crate::policy_file::{Diagnostic, ParsedPolicy};

/// Maximum size of a text file, in bytes.
const MAX_SIZE: u64 = 8 * 1024 * 1024;

/// The longest line of an import, in bytes.
const MAX_LINE: usize = 64 * 1024 * 1024;
/// How much of an import is read before its lines are checked.
const CHUNK: u64 = 1024 * 1024;

/// Reads a text file.
///
/// # Errors
/// [`Error::Usage`] if it cannot be read, is too large or is not UTF-8.
pub(crate) fn text(path: &str) -> Result<String, Error> {
    read_text(path, &|path| File::open(path))
}

/// Opens a file that another file names. Only whoever types a path knows that
/// reading from a pipe or a device will end.
fn open_regular(path: &str) -> std::io::Result<File> {
    // Without the flag, opening a pipe waits until somebody writes to it.
    let flags = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(flags)
        .open(path)?;
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(std::io::Error::other("not a regular file")),
    }
}

fn unreadable_text(path: &str, why: &str) -> Error {
    Error::usage(
        format!("cannot read {path}: {why}"),
        "give the path of a text file",
    )
}

fn read_text(path: &str, open: &dyn Fn(&str) -> std::io::Result<File>) -> Result<String, Error> {
    let bytes = read_bytes(path, open)?;
    let text = String::from_utf8(bytes).map_err(|_| unreadable_text(path, "not UTF-8"))?;
    Ok(visible_nul(&text).into_owned())
}

/// Reads a file that the policy names. What is not UTF-8 is Windows-1252, as older
/// calendar programs write it.
fn read_policy_file(path: &str) -> Result<String, Error> {
    let bytes = read_bytes(path, &open_regular)?;
    let (bytes, _) = import::decode(bytes, None).map_err(|why| unreadable_text(path, &why))?;
    let text = String::from_utf8(bytes).map_err(|_| unreadable_text(path, "not UTF-8"))?;
    Ok(visible_nul(&text).into_owned())
}

fn read_bytes(path: &str, open: &dyn Fn(&str) -> std::io::Result<File>) -> Result<Vec<u8>, Error> {
    let unreadable = |why: String| unreadable_text(path, &why);
    let file = open(path).map_err(|fault| unreadable(fault.to_string()))?;
    let mut bytes = Vec::new();
    file.take(MAX_SIZE + 1)
        .read_to_end(&mut bytes)
        .map_err(|fault| unreadable(fault.to_string()))?;
    if bytes.len() as u64 > MAX_SIZE {
        return Err(unreadable("larger than 8 MiB".to_owned()));
    }
    Ok(bytes)
}

/// Parses a policy file. Files that it refers to are in `directory`, or are
/// provided by `stored` from an earlier version.
///
/// # Errors
/// All errors in it.
pub(crate) fn document(
    typed: &str,
    directory: &Path,
    stored: &dyn Fn(&str) -> Option<String>,
) -> Result<ParsedPolicy, Vec<Diagnostic>> {
    let files = |name: &str| {
        let path = directory.join(name);
        read_policy_file(&path.display().to_string())
            .or_else(|fault| stored(name).ok_or_else(|| fault.to_string()))
    };
    policy_file::parse(typed, 0, &files)
}

/// Reads and parses a policy file.
///
/// # Errors
/// [`Error::Usage`] with the first error in it.
pub(crate) fn policy(path: &str) -> Result<ParsedPolicy, Error> {
    let typed = text(path)?;
    let directory = Path::new(path).parent().unwrap_or(Path::new(""));
    document(&typed, directory, &|_| None).map_err(|faults| {
        let first = faults.first().map(ToString::to_string).unwrap_or_default();
        let more = match faults.len() {
            0 | 1 => String::new(),
            n => format!(" (and {} more)", n - 1),
        };
        Error::usage(
            format!("{path} is not a valid policy: {first}{more}"),
            format!("list all errors with: desk policy check {path}"),
        )
    })
}

/// Parses answers keyed by question, as TOML or JSON, depending on the file name
/// or else on the first character.
///
/// # Errors
/// [`Error::Usage`] with the first error in it.
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
        import::parse_answers(typed)
    } else {
        policy_file::parse_answers(typed)
    };
    let name = if name == "-" { "stdin" } else { name };
    read.map_err(|fault| {
        Error::usage(
            format!("cannot read answers from {name}: {fault}"),
            "write one line per answer, such as since-when = \"monday\", or {\"since-when\": \"monday\"}",
        )
    })
}

/// Opens a file to import, or stdin for `-`. A pipe or a device by its path may
/// never end, so it is refused.
fn open_input(path: &str) -> Result<Box<dyn Read>, Error> {
    let refused = |fault| unreadable(path, &fault);
    if path == "-" {
        let stdin = std::io::stdin();
        let kind = rustix::fs::fstat(&stdin).map(|stat| FileType::from_raw_mode(stat.st_mode));
        let is_device = kind.is_ok_and(|kind| kind == FileType::CharacterDevice);
        return Ok(match is_device && !stdin.is_terminal() {
            true => Box::new(stdin.take(MAX_LINE as u64 + 1)),
            false => Box::new(stdin),
        });
    }
    Ok(Box::new(open_regular(path).map_err(refused)?))
}

/// Reads a file, or stdin for `-`, line by line.
///
/// # Errors
/// [`Error::Usage`] if it cannot be opened; in the iterator, if a line cannot be
/// read or is too long.
pub(crate) fn lines(path: &str) -> Result<impl Iterator<Item = Result<String, Error>>, Error> {
    let mut source = BufReader::with_capacity(64 * 1024, open_input(path)?);
    let path = path.to_owned();
    let mut number = 0;
    Ok(std::iter::from_fn(move || {
        let mut line = Vec::new();
        number += 1;
        let most = MAX_LINE as u64 + 1;
        let read = source.by_ref().take(most).read_until(b'\n', &mut line);
        let text = match read {
            Ok(0) => return None,
            Ok(_) if line.len() > MAX_LINE => Err(too_long(number)),
            Ok(_) => String::from_utf8(line).map_err(std::io::Error::other),
            Err(fault) => Err(fault),
        };
        let text = text.map(|line| {
            let line = line.strip_suffix('\n').unwrap_or(&line);
            line.strip_suffix('\r').unwrap_or(line).to_owned()
        });
        Some(text.map_err(|fault| unreadable(&path, &fault)))
    }))
}

fn too_long(line: usize) -> std::io::Error {
    std::io::Error::other(format!(
        "line {line} is longer than {} MiB",
        MAX_LINE / 1024 / 1024
    ))
}

/// Reads a whole file, or stdin for `-`.
///
/// # Errors
/// [`Error::Usage`] if it cannot be read, or if a line is too long.
pub(crate) fn bytes(path: &str) -> Result<Vec<u8>, Error> {
    read_bounded(open_input(path)?).map_err(|fault| unreadable(path, &fault))
}

/// Reads everything, as long as its lines end.
fn read_bounded(mut source: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut line_start = 0;
    loop {
        let known = bytes.len();
        if source.by_ref().take(CHUNK).read_to_end(&mut bytes)? == 0 {
            return Ok(bytes);
        }
        let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
        if let Some(end) = bytes[known..].iter().rposition(is_end) {
            line_start = known + end + 1;
        }
        if bytes.len() - line_start > MAX_LINE {
            let line = 1 + bytes.iter().filter(|byte| **byte == b'\n').count();
            return Err(too_long(line));
        }
    }
}

/// The error for a file or stdin that cannot be read.
fn unreadable(path: &str, why: &std::io::Error) -> Error {
    Error::usage(
        format!("cannot read {path}: {why}"),
        "give the path of a file, or - for stdin",
    )
}

/// Reads the text of an import mapping, a file or the built-in one of that name,
/// and changes the keys that are set.
///
/// # Errors
/// [`Error::Usage`] with all errors in it.
pub(crate) fn mapping_text(name: &str, settings: &[String]) -> Result<String, Error> {
    let mut typed = match import::built_in_mapping(name) {
        Some(built_in) if !Path::new(name).exists() => built_in.to_owned(),
        Some(_) | None => text(name)?,
    };
    for setting in settings {
        typed = import::with_setting(&typed, setting)
            .map_err(|fault| Error::usage(fault, "use one such as --set zone=Europe/Berlin"))?;
    }
    Ok(typed)
}

/// Parses the text of an import mapping of that name.
///
/// # Errors
/// [`Error::Usage`] with all errors in it.
pub(crate) fn mapping(name: &str, typed: &str) -> Result<import::Mapping, Error> {
    import::parse_mapping(typed).map_err(|faults| {
        let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Error::usage(
            format!("{name} is not a valid mapping: {}", all.join("; ")),
            "start with a built-in mapping, or with the output of desk import --suggest FILE",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_an_end_is_refused_before_everything_is_read() {
        let fault = read_bounded(std::io::repeat(b'x')).unwrap_err();
        assert_eq!(fault.to_string(), "line 1 is longer than 64 MiB");
        let short = "a\nb".as_bytes().chain(std::io::repeat(b'\n').take(9));
        assert_eq!(read_bounded(short).unwrap(), b"a\nb\n\n\n\n\n\n\n\n\n");
    }
}
