//! `~/.pgpass`: lines of `host:port:database:user:password`, where `*` stands for
//! anything and `\` keeps a colon.

use std::fs::File;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// The file can be read by others.
#[derive(Debug)]
pub(super) struct Unsafe;

/// The content of a password file; `None` if there is none.
pub(super) fn read(path: &Path) -> Result<Option<String>, Unsafe> {
    let Ok(mut file) = File::open(path) else {
        return Ok(None);
    };
    let Ok(about) = file.metadata() else {
        return Ok(None);
    };
    if !about.is_file() {
        return Ok(None);
    }
    if about.permissions().mode() & 0o077 != 0 {
        return Err(Unsafe);
    }
    let mut text = String::new();
    let read = file.read_to_string(&mut text);
    Ok(read.is_ok().then_some(text))
}

/// The password of the first line for this host, port, database and user.
pub(super) fn find(text: &str, wanted: &[String; 4]) -> Option<String> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(parts)
        .find(|parts| {
            parts.len() == 5
                && wanted
                    .iter()
                    .zip(parts)
                    .all(|(wanted, part)| part == "*" || part == wanted)
        })
        .and_then(|mut parts| parts.pop())
}

/// The parts of a line; what follows the fourth colon belongs to the fifth.
fn parts(line: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        let last = parts.len() - 1;
        match letter {
            '\\' => parts[last].extend(letters.next()),
            ':' if parts.len() < 5 => parts.push(String::new()),
            letter => parts[last].push(letter),
        }
    }
    parts
}
