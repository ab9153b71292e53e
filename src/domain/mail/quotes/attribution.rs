//! The line above a quote that says who wrote it and when, in the languages that
//! mail programs write it in.

/// How many lines it may be broken into.
const LINES: usize = 4;
/// The longest such line, in bytes.
const LONGEST: usize = 500;

/// What it begins with: «On» and the like.
const BEGINNINGS: [&str; 22] = [
    "On ",
    "Am ",
    "Op ",
    "Il ",
    "Pada ",
    "Le ",
    "El ",
    "Den ",
    "Em ",
    "På ",
    "W dniu ",
    "Dnia ",
    "At ",
    "Em, ",
    "Il giorno ",
    "Vào ",
    "Dne ",
    "Den",
    "Às ",
    "A(z) ",
    "Tanggal ",
    "Päivänä ",
];

/// «wrote», as a word of its own.
const VERBS: [&str; 30] = [
    "wrote",
    "writes",
    "written by",
    "schrieb",
    "geschrieben",
    "schreibt",
    "kirjoitti",
    "schreef",
    "geschreven",
    "ha scritto",
    "scrive",
    "scritto",
    "menulis",
    "tulis",
    "a écrit",
    "écrit",
    "escribió",
    "escribio",
    "skrev",
    "escreveu",
    "napisał",
    "napisał(a)",
    "napisała",
    "napsal",
    "napsal(a)",
    "pisze",
    "a ecrit",
    "har skrivit",
    "said",
    "wrote on",
];

fn has_verb(lower: &str) -> bool {
    VERBS.iter().any(|verb| {
        lower.match_indices(verb).any(|(at, _)| {
            let before = lower[..at].chars().next_back();
            let after = lower[at + verb.len()..].chars().next();
            let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            apart(before) && apart(after)
        })
    })
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

fn ends_with_colon(line: &str) -> bool {
    line.trim_end()
        .trim_end_matches(['*', '_'])
        .ends_with([':', '：'])
}

fn has_beginning(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches(['*', '_']);
    BEGINNINGS.iter().any(|word| line.starts_with(word))
}

/// Whether a line is a date with an address, as old webmail wrote:
/// `2026/1/5 Anna Berg <anna@example.org>`.
fn is_date_and_address(line: &str) -> bool {
    let line = line.trim().trim_end_matches([':', '>']);
    let begins = line.starts_with("20")
        && line
            .as_bytes()
            .get(4)
            .is_some_and(|b| matches!(b, b'-' | b'/'));
    begins && line.contains('<') && line.contains('@') && line.len() < 200
}

/// Whether a line may be the first of several: a sentence before such a line is
/// not part of it.
fn may_go_on(first: &str) -> bool {
    let first = first.trim();
    has_beginning(first)
        || !first.ends_with(['.', '!', '?', ':', ','])
            && (digits(first) >= 3 || first.contains('<'))
        || first.ends_with(',') && digits(first) >= 3
}

/// How many lines from here are such a line, if they are.
pub(super) fn length(lines: &[&str], at: usize) -> Option<usize> {
    let first = lines.get(at)?;
    let mut joined = String::new();
    for (count, line) in lines.iter().skip(at).take(LINES).enumerate() {
        let is_broken = count > 0 && line.trim_start().starts_with('>') && ends_with_colon(line);
        if line.trim().is_empty() || line.trim_start().starts_with('>') && !is_broken {
            return None;
        }
        if count > 0 && (!may_go_on(first) || has_beginning(line) && !has_beginning(first)) {
            return None;
        }
        joined.push_str(line.trim());
        joined.push(' ');
        if joined.len() > LONGEST {
            return None;
        }
        if fits(&joined) {
            return Some(count + 1);
        }
    }
    None
}

/// Whether a line between dashes says who wrote: `---- Anna wrote ----`.
pub(super) fn is_dashed(line: &str) -> bool {
    let line = line.trim();
    line.len() < 200
        && line.starts_with("---")
        && line.ends_with("---")
        && has_verb(&line.to_lowercase())
}

fn fits(joined: &str) -> bool {
    let joined = joined.trim();
    if is_date_and_address(joined) {
        return true;
    }
    if !ends_with_colon(joined) {
        return false;
    }
    // One that begins within a line has the sender's words before it.
    let begins_later = BEGINNINGS.iter().any(|word| {
        word.ends_with(' ')
            && joined
                .match_indices(word)
                .any(|(at, _)| at > 0 && joined[..at].ends_with([' ', '-', '.', '!', '?']))
    });
    if begins_later && !has_beginning(joined) {
        return false;
    }
    let lower = joined.to_lowercase();
    let is_dated = digits(joined) >= 3;
    let is_addressed = joined.contains('@');
    if has_verb(&lower) {
        // Two sentences are no such line.
        return is_dated || is_addressed || joined.split_whitespace().count() <= 6;
    }
    is_dated && is_addressed && joined.contains('<')
}

/// Whether it is one even if what follows is not marked as quoted.
pub(super) fn is_certain(joined: &str) -> bool {
    let lower = joined.to_lowercase();
    let is_dated = digits(joined) >= 4;
    is_dated
        && (joined.contains('@')
            || has_beginning(joined) && has_verb(&lower) && joined.contains(':'))
}
