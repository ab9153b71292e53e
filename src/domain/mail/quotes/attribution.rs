//! The attribution: the line above a quote that says who wrote it and when, in the
//! languages in which mail programs write it.

use super::words;

/// How many lines it may be broken into.
const LINES: usize = 4;
/// The longest attribution, in bytes.
const LONGEST: usize = 500;

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// Without the colon at its end and what stands around it.
fn without_colon(line: &str) -> &str {
    line.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | ':' | '：'))
}

fn ends_with_colon(line: &str) -> bool {
    line.trim_end()
        .trim_end_matches(['*', '_'])
        .ends_with([':', '：'])
}

/// Whether it begins as attributions do: «On» and the like.
fn has_beginning(line: &str) -> bool {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '-'));
    words::BEGINNINGS.iter().any(|word| {
        line.strip_prefix(word)
            .and_then(|rest| rest.chars().next())
            .is_some_and(|next| !next.is_alphabetic())
    })
}

/// Whether it begins as attributions do, or with a date.
fn has_start(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches(['*', '_', '"']);
    if has_beginning(line) {
        return true;
    }
    if line.starts_with(|c: char| c.is_ascii_digit()) {
        // Not an item of a list: `1. On Monday`.
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let item = rest.strip_prefix(['.', ')']).unwrap_or_default();
        return !item.trim_start().starts_with(char::is_uppercase);
    }
    let mut parts = line.split_whitespace();
    let first = parts.next().unwrap_or_default();
    let day = first.trim_end_matches(['.', ',']).to_lowercase();
    let is_digit_next = parts
        .next()
        .is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
    is_digit_next && words::WEEKDAYS.contains(&day)
}

/// Whether a year or a time of day is in it.
fn has_date(text: &str) -> bool {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit());
    let is_year =
        |number: &str| number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
    numbers.any(is_year) || has_time(text)
}

/// Whether a time of day is in it: `10:00` or `10.00`, and not the start of a date.
pub(super) fn has_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let dot = |at: usize| bytes.get(at) == Some(&b'.');
    bytes.iter().enumerate().any(|(at, byte)| {
        let is_number = at > 0 && digit(at - 1) && digit(at + 1) && digit(at + 2) && !digit(at + 3);
        match byte {
            b':' => is_number,
            b'.' if is_number => {
                let before = if at > 1 && digit(at - 2) {
                    at - 2
                } else {
                    at - 1
                };
                !(dot(at + 3) || before > 0 && dot(before - 1))
            }
            _ => false,
        }
    })
}

/// How many words are neither names nor times nor small words between them.
fn unknown_words(text: &str) -> usize {
    let all: Vec<&str> = text.split_whitespace().collect();
    let has_digit = |at: Option<usize>| {
        at.and_then(|at| all.get(at))
            .is_some_and(|word| digits(word) > 0)
    };
    let mut is_within = false;
    let mut unknown = 0;
    for (at, word) in all.iter().enumerate() {
        is_within |= word.starts_with('(');
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let is_lower = bare.starts_with(char::is_lowercase);
        let is_known = is_within
            || !is_lower
            || word.contains(['@', '<', '"'])
            || words::PARTICLES.contains(bare)
            // A month, beside a day or a year.
            || has_digit(at.checked_sub(1))
            || has_digit(Some(at + 1));
        unknown += usize::from(!is_known);
        is_within &= !word.contains(')');
    }
    unknown
}

/// Whether words are names, times and small words between them, and so no part of
/// a sentence.
fn are_names(text: &str) -> bool {
    // One name may be in lower case, if it stands alone.
    match unknown_words(text) {
        0 => true,
        1 => text.split_whitespace().count() == 1,
        _ => false,
    }
}

/// What is before and after «wrote».
fn around_verb(joined: &str) -> Option<(&str, &str)> {
    let core = without_colon(joined);
    let is_last = |verb: &&str| core.ends_with(verb);
    if let Some(verb) = words::VERBS_AT_THE_END.iter().find(is_last) {
        return core.strip_suffix(verb).map(|before| (before, ""));
    }
    let mut rest = core;
    while let Some(word) = rest.split_whitespace().next_back() {
        let start = rest.rfind(word).unwrap_or_default();
        // `anna@example.org>wrote`, `napisał(a)`
        let bare = word.rsplit('>').next().unwrap_or(word);
        let bare = bare.split('(').next().unwrap_or(bare);
        let bare = bare.trim_matches(|c: char| !c.is_alphanumeric());
        if words::VERBS.contains(&bare.to_lowercase()) {
            return Some((core.get(..start)?, core.get(start + word.len()..)?));
        }
        rest = rest.get(..start)?;
    }
    None
}

fn after_verb(joined: &str) -> Option<&str> {
    around_verb(joined).map(|(_, after)| after)
}

/// What follows the date, up to an address.
fn after_date(text: &str) -> &str {
    let head = text.split('<').next().unwrap_or_default();
    let last = head.rfind(|c: char| c.is_ascii_digit());
    head.get(last.map_or(0, |at| at + 1)..).unwrap_or_default()
}

/// Whether a line is a date with an address, as old webmail wrote:
/// `2026/1/5 Anna Berg <anna@example.org>`.
fn is_date_and_address(line: &str) -> bool {
    let line = without_colon(line.trim());
    let bytes = line.as_bytes();
    let begins = line.starts_with("20") && matches!(bytes.get(4), Some(b'-' | b'/'));
    let ends = line.ends_with('>') && line.contains('<') && line.contains('@');
    begins && ends && line.len() < 200 && unknown_words(after_date(line)) <= 1
}

/// Whether it begins with a name and an address: what is behind the address.
fn after_address(line: &str) -> Option<&str> {
    let (name, rest) = line.split_once('<')?;
    let is_name =
        name.split_whitespace().count() <= 4 && !name.contains('(') && unknown_words(name) == 0;
    if rest.trim().is_empty() {
        return is_name.then_some("");
    }
    let (address, rest) = rest.split_once('>')?;
    let is_address = address.contains('@') && !address.contains("://");
    (is_name && is_address).then_some(rest)
}

/// Whether it is a date, in what follows an address.
fn is_date_only(rest: &str) -> bool {
    digits(rest) >= 3 && are_names(rest) && !rest.contains(['@', '<'])
}

/// Whether what was read so far may go on in the next line: a sentence before an
/// attribution is not part of it.
fn may_go_on(joined: &str) -> bool {
    let joined = joined.trim_end();
    if joined.ends_with(['!', '?', ':']) || joined.matches('@').count() > 2 {
        return false;
    }
    let is_dated = has_date(joined) || joined.ends_with('<');
    let is_begun = has_start(joined) && is_dated || has_beginning(joined) && digits(joined) >= 3;
    is_begun
        || after_address(joined).is_some_and(|rest| {
            let is_open = rest.trim().is_empty() || digits(rest) >= 3 && !rest.ends_with('.');
            is_open || after_verb(rest).is_some()
        })
}

/// Whether a line is an attribution by itself, so that what is before it may be a
/// sentence. It is not if only names follow the date there.
fn is_apart(before: &str, line: &str) -> bool {
    if before.trim_end().ends_with('<') || !fits(line) {
        return false;
    }
    let last = before.rfind(|c: char| c.is_ascii_digit());
    let tail = last.and_then(|at| before.get(at + 1..));
    let is_sentence = !tail.is_some_and(are_names);
    if has_start(line) && has_date(line) {
        return is_sentence || !has_date(before) || has_beginning(line);
    }
    let first = line.split_whitespace().next().unwrap_or_default();
    let first = first.trim_matches(|c: char| !c.is_alphanumeric());
    let is_rest = !line.starts_with(char::is_alphabetic)
        || words::PARTICLES.contains(first)
        || words::VERBS.contains(&first.to_lowercase());
    !is_rest && is_sentence
}

/// How many lines from here are an attribution, if they are.
pub(super) fn length(lines: &[&str], at: usize) -> Option<usize> {
    let mut joined = String::new();
    let mut count = 0;
    let mut is_parted = false;
    for (offset, line) in lines.iter().skip(at).take(LINES + 1).enumerate() {
        let line = line.trim();
        if line.is_empty() {
            // Some programs put the address below a blank line.
            let next = lines.get(at + offset + 1).map(|line| line.trim_start());
            let goes_on = next.is_some_and(|next| next.starts_with('<'));
            if offset == 0 || is_parted || !goes_on || !has_date(&joined) {
                return None;
            }
            is_parted = true;
            continue;
        }
        let is_broken = count > 0 && line.starts_with('>') && ends_with_colon(line);
        if line.starts_with('>') && !is_broken || joined.len() + line.len() > LONGEST {
            return None;
        }
        if count > 0 && (!may_go_on(&joined) || is_apart(&joined, line)) {
            return None;
        }
        joined.push_str(line);
        joined.push(' ');
        count += 1;
        if fits(&joined) {
            return Some(offset + 1);
        }
        if count == LINES {
            return None;
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
        && after_verb(line.trim_matches('-')).is_some_and(are_names)
}

/// Whether it is a line such as `Quoting Anna Berg <anna@example.org>:`.
fn is_quoting(joined: &str) -> bool {
    let start: String = joined.chars().take(20).collect();
    let lower = start.to_lowercase();
    let begins = words::QUOTING.iter().any(|word| {
        lower
            .strip_prefix(word)
            .is_some_and(|rest| rest.starts_with(' '))
    });
    begins && joined.split_whitespace().count() <= 8
}

/// Whether lines, joined, have the shape of an attribution.
fn fits(joined: &str) -> bool {
    let joined = joined.trim();
    if is_date_and_address(joined) || is_dashed(joined) {
        return true;
    }
    let is_dated = digits(joined) >= 3;
    let is_addressed = joined.contains('@');
    if !ends_with_colon(joined) {
        // Some programs write no colon.
        let is_begun = is_dated && is_addressed && has_beginning(joined) && has_date(joined);
        return is_begun && after_verb(joined).is_some_and(str::is_empty);
    }
    if is_addressed && is_quoting(joined) {
        return true;
    }
    let is_whole = match after_verb(joined) {
        Some(rest) if are_names(rest) => {
            is_dated || is_addressed || joined.split_whitespace().count() <= 6
        }
        _ => {
            is_dated
                && is_addressed
                && joined.contains('<')
                && (has_start(joined) && unknown_words(after_date(joined)) <= 1
                    || after_address(joined).is_some_and(is_date_only))
        }
    };
    // One that begins within a line has the sender's words before it.
    is_whole && (has_start(joined) || begins_within(joined).next().is_none())
}

/// Where within a line an attribution may begin.
fn begins_within(line: &str) -> impl Iterator<Item = usize> {
    // Chinese and Japanese have them behind the name.
    let words = words::BEGINNINGS
        .iter()
        .filter(|word| !word.starts_with(|first| first >= '\u{2e80}'));
    words.flat_map(move |word| {
        line.match_indices(word)
            .filter(move |(at, _)| {
                let before = line.get(..*at).unwrap_or_default();
                let after = line.get(at + word.len()..).unwrap_or_default();
                before.ends_with([' ', '-', '.', '!', '?']) && after.starts_with(' ')
            })
            .map(|(at, _)| at)
    })
}

/// Where an attribution begins behind the sender's words: `Yes. On 5 Jan 2026,
/// Anna <anna@example.org> wrote:`. It must be a whole one.
pub(super) fn start_within(line: &str) -> Option<usize> {
    if line.len() > LONGEST || !ends_with_colon(line) || !line.contains('@') || has_start(line) {
        return None;
    }
    let is_whole = |at: &usize| {
        let rest = line.get(*at..).unwrap_or_default();
        fits(rest) && is_certain(rest, false) && after_verb(rest).is_some()
    };
    let at = begins_within(line).filter(is_whole).max()?;
    let before = line.get(..at)?.trim_end().trim_end_matches('-');
    (!before.trim().is_empty()).then_some(before.trim_end().len())
}

/// Whether it is one even if what follows is not marked as quoted. People write
/// such lines too, so it must be whole.
pub(super) fn is_certain(joined: &str, is_alone: bool) -> bool {
    let joined = joined.trim();
    if is_dashed(joined) {
        return true;
    }
    if is_date_and_address(joined) {
        // Without a colon it may be an entry of a list of changes.
        return ends_with_colon(joined);
    }
    if digits(joined) < 4 || !has_date(joined) {
        return false;
    }
    let is_addressed = joined.contains('@');
    if let Some((before, after)) = around_verb(joined) {
        let begins = has_start(joined) || after_address(joined).is_some();
        let is_known =
            is_addressed || (has_time(joined) || is_alone) && are_names(after_date(before));
        // «Anna wrote to Bo» is a sentence; a date may follow, or a name if none
        // is before.
        let last = before.split_whitespace().next_back();
        let is_known_word =
            |word: &str| digits(word) > 0 || words::PARTICLES.contains(&word.to_lowercase());
        let is_dated = after
            .split('<')
            .next()
            .is_some_and(|after| digits(after) > 0);
        let is_whole = after.trim().is_empty() || is_dated || last.is_none_or(is_known_word);
        return begins && is_known && is_whole && are_names(after);
    }
    let core = without_colon(joined);
    let is_last = |open: char| {
        core.rsplit(open)
            .next()
            .is_some_and(|last| last.contains('@'))
    };
    let ends = core.ends_with('>') || core.ends_with(')') && is_last('(');
    let is_whole = has_start(joined) && ends && are_names(after_date(joined));
    is_addressed && (is_whole || after_address(joined).is_some_and(is_date_only))
}
