//! Signatures: behind the line of two hyphens, and what telephones and mailing
//! lists write under a message.

use super::{SegmentKind, is_blank, set, words};

/// The most lines of a signature.
const LINES: usize = 15;

fn begins_with_word<'a>(text: &'a str, list: &'static words::List) -> Option<&'a str> {
    let rests = list.iter().filter_map(|words| {
        let rest = text.strip_prefix(words)?;
        let is_word = rest.chars().next().is_none_or(|next| !next.is_alphabetic());
        let is_spaceless = !words.is_ascii() && !words.contains(' ') && words.chars().count() < 4;
        (is_word || is_spaceless).then_some(rest)
    });
    // The longest of them fits best.
    rests.min_by_key(|rest| rest.len())
}

/// Whether a line is what a telephone or a program writes. «Sent from my office»
/// is a sentence; a device that is not known must stand alone.
fn is_program(line: &str, is_alone: bool) -> bool {
    let line = line
        .trim()
        .trim_start_matches(['-', '–', '—', '*', '_', '(', '[', '~', ' ']);
    if line.len() > 250 || line.ends_with(['?', ':']) {
        return false;
    }
    // Without the address of a link.
    let (line, link) = match line.find("http").map(|at| line.split_at(at)) {
        Some((before, link)) => (before.trim_end_matches(['<', '(', ' ']), Some(link)),
        None => (line, None),
    };
    if link.is_some_and(|link| link.contains(' ')) {
        return false;
    }
    let lower = line.to_lowercase();
    let has = |list: &words::List| list.iter().any(|device| lower.contains(device));
    let all = lower.split_whitespace().count();
    if begins_with_word(&lower, &words::PROGRAMS).is_some() {
        return all <= 9;
    }
    let bare = lower.trim_end_matches('.');
    let is_last = words::SENT_LAST.iter().any(|words| bare.ends_with(words));
    if is_last && (has(&words::DEVICES) || has(&words::KINDS)) {
        let begins = |words| lower.starts_with(words);
        return all <= 3
            || all <= 8 && begins("von ")
            || all <= 12 && begins("diese nachricht wurde von ");
    }
    let Some(rest) = begins_with_word(&lower, &words::SENT_WITH) else {
        return false;
    };
    let count = rest.split_whitespace().count();
    if line.contains([',', ';']) || count == 0 {
        return false;
    }
    // What is named has capitals: «Sent from my Wiko», not «from my office».
    let named = line.split_whitespace().skip(all - count);
    let is_name = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let is_named = named.clone().skip(1).all(is_name);
    let is_mine = rest.split_whitespace().next();
    let is_mine = is_mine.is_some_and(|word| words::MINE.contains(word));
    has(&words::DEVICES) && count <= 7
        || has(&words::KINDS) && count <= 3
        || is_alone && is_mine && is_named && (2..=6).contains(&count)
        || is_alone && link.is_some() && named.clone().all(is_name) && count <= 3
}

/// Whether a line is nothing but a link.
fn is_link(line: &str) -> bool {
    let line = line.trim().trim_matches(['<', '>', '(', ')', '[', ']']);
    line.starts_with("http") && line.contains("://") && !line.contains(char::is_whitespace)
}

/// How a signature begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Delimiter {
    /// Two hyphens and a space, as mail programs write it.
    Exact,
    /// Nearly so, as people write it.
    Similar,
}

fn delimiter(lines: &[&str], at: usize) -> Option<Delimiter> {
    let line = lines.get(at)?;
    if line.trim_end_matches('\r') == "-- " {
        return Some(Delimiter::Exact);
    }
    let bare = line.trim();
    // What mailing lists add.
    let is_list = || {
        let mut next = lines.iter().skip(at + 1).take(2);
        next.any(|line| line.to_lowercase().contains("mailing list"))
    };
    let is_rule = bare.len() >= 10 && bare.bytes().all(|byte| byte == b'_') && is_list();
    // Not a line of a program's comments.
    let mut below = lines.iter().skip(at + 1).take(LINES);
    let mut is_comment = || below.any(|line| line.len() > 2 && line.starts_with("--"));
    let is_similar = matches!(line.trim_end(), "--" | "—" | "––" | "__") && !is_comment();
    (is_rule || is_similar).then_some(Delimiter::Similar)
}

/// Marks the signature that ends the new text, if one does, and the one above the
/// quote, if what follows the quote is a signature.
pub(super) fn mark(lines: &[&str], kinds: &mut [SegmentKind]) {
    for _ in 0..2 {
        let is_text =
            |at: &usize| kinds.get(*at) == Some(&SegmentKind::New) && !is_blank(lines, *at);
        let Some(last) = (0..lines.len()).rev().find(is_text) else {
            return;
        };
        let mut below = (last + 1..lines.len()).filter(|at| !is_blank(lines, *at));
        let below = below.next().and_then(|at| kinds.get(at));
        if below == Some(&SegmentKind::Signature) {
            return;
        }
        let above = kinds.get(..=last).unwrap_or_default();
        let first = above.iter().rposition(|kind| *kind != SegmentKind::New);
        let first = first.map_or(0, |quoted| quoted + 1);
        let Some(start) = start(lines, first, last) else {
            return;
        };
        set(kinds, start..last + 1, SegmentKind::Signature);
    }
}

/// Where the signature begins in the new text of these lines.
fn start(lines: &[&str], first: usize, last: usize) -> Option<usize> {
    let own = |at: usize| lines.get(at).copied().unwrap_or_default();
    let mut exact = None;
    let mut similar = None;
    let mut program = None;
    let mut is_program_below = true;
    for at in (first..=last).rev().take(LINES + 1) {
        let line = own(at);
        match delimiter(lines, at) {
            Some(Delimiter::Exact) if at > 0 => exact = Some(at),
            // Two of them may be text between rules: the last one counts.
            Some(Delimiter::Similar) if at > 0 && similar.is_none_or(|below| below == at + 1) => {
                similar = Some(at);
            }
            Some(Delimiter::Exact | Delimiter::Similar) | None => {}
        }
        if line.trim().is_empty() || is_link(line) {
            continue;
        }
        let is_alone = at == first || own(at - 1).trim().is_empty();
        is_program_below = is_program_below && is_program(line, is_alone);
        if is_program_below {
            program = Some(at);
        }
    }
    exact.or(similar).or(program)
}

/// Whether lines only close a message: «Regards, Anna».
pub(super) fn is_closing(lines: &[&str]) -> bool {
    let mut written = lines.iter().filter(|line| !line.trim().is_empty());
    let first = written.next().map(|line| line.trim().to_lowercase());
    let is_begun = first
        .as_deref()
        .is_some_and(|line| begins_with_word(line, &words::CLOSINGS).is_some());
    let is_short = |line: &&str| {
        let line = line.trim();
        line.chars().count() <= 40
            && line.split_whitespace().count() <= 5
            && !line.contains(['?', ':', '>'])
    };
    let short = lines.iter().filter(|line| !line.trim().is_empty());
    is_begun && short.clone().count() <= 4 && short.clone().all(is_short)
}
