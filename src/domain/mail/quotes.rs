//! Which lines of a message are new, and which are quoted from an earlier one or
//! are a signature. Nothing is removed: a page may fold what is not new.

mod attribution;
mod header_block;
mod signature;

use std::ops::Range;

/// What lines of a message are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SegmentKind {
    /// Written for this message, or quoted text that such text follows.
    New,
    /// From an earlier message, with the line that says from which.
    Quoted,
    /// The sender's signature.
    Signature,
}

/// Lines of a message that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Segment<'a> {
    pub(crate) kind: SegmentKind,
    /// With the line ends in it, without the last.
    pub(crate) text: &'a str,
}

impl Segment<'_> {
    /// The number of its lines that are not blank.
    pub(crate) fn lines(&self) -> usize {
        self.text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .count()
    }
}

/// Whether a line is marked as quoted.
fn is_marked(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with('>') || line.starts_with("&gt;")
}

/// Whether a line is the rest of a link that was broken within a quote.
fn is_broken_link(lines: &[&str], kinds: &[SegmentKind], at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else {
        return false;
    };
    let is_quoted = kinds.get(before) == Some(&SegmentKind::Quoted);
    let link = lines.get(before).is_some_and(|line| line.contains("://"));
    let rest = lines.get(at).copied().unwrap_or_default();
    let is_rest = rest.len() >= 8
        && !rest.contains(char::is_whitespace)
        && rest.contains(['=', '/', '%', '&', '_']);
    is_quoted && link && is_rest
}

/// What each line is.
fn classify(lines: &[&str]) -> Vec<SegmentKind> {
    let mut kinds = vec![SegmentKind::New; lines.len()];
    let set = |kinds: &mut [SegmentKind], range: Range<usize>, kind| {
        kinds
            .get_mut(range)
            .into_iter()
            .flatten()
            .for_each(|it| *it = kind);
    };
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if is_marked(line) || is_broken_link(lines, &kinds, at) {
            set(&mut kinds, at..at + 1, SegmentKind::Quoted);
            at += 1;
            continue;
        }
        if header_block::begins_earlier_message(lines, at) {
            set(&mut kinds, at..lines.len(), SegmentKind::Quoted);
            break;
        }
        let Some(length) = attribution::length(lines, at) else {
            at += 1;
            continue;
        };
        let after = at + length;
        let next = lines
            .iter()
            .skip(after)
            .position(|line| !line.trim().is_empty());
        let next = next.map(|skip| after + skip);
        let is_quote_next = next
            .and_then(|next| lines.get(next))
            .is_some_and(|line| is_marked(line));
        let joined = lines.get(at..after).unwrap_or_default().join(" ");
        if is_quote_next {
            set(&mut kinds, at..next.unwrap_or(after), SegmentKind::Quoted);
            at = next.unwrap_or(after);
        } else if attribution::is_certain(&joined) {
            set(&mut kinds, at..lines.len(), SegmentKind::Quoted);
            break;
        } else {
            at = after;
        }
    }
    kinds
}

/// Splits a message into what is new and what is not, in its order; all of it is
/// in the segments.
pub(crate) fn segments(text: &str) -> Vec<Segment<'_>> {
    let lines: Vec<&str> = text.split('\n').collect();
    let mut kinds = classify(&lines);
    signature::mark(&lines, &mut kinds);
    let is_new =
        |(line, kind): (&&str, &SegmentKind)| *kind == SegmentKind::New && !line.trim().is_empty();
    // What new text follows stays in sight: it may answer to it.
    let last = lines.iter().zip(&kinds).rposition(is_new);
    let shown = last.map_or(lines.len(), |last| last + 1);
    kinds
        .iter_mut()
        .take(shown)
        .for_each(|kind| *kind = SegmentKind::New);
    // Blank lines belong to what follows them.
    for at in (shown..lines.len().saturating_sub(1)).rev() {
        let next = kinds.get(at + 1).copied();
        let is_blank = lines.get(at).is_some_and(|line| line.trim().is_empty());
        if let (Some(kind), Some(next), true) = (kinds.get_mut(at), next, is_blank) {
            *kind = next;
        }
    }
    group(text, &lines, &kinds)
}

fn group<'a>(text: &'a str, lines: &[&str], kinds: &[SegmentKind]) -> Vec<Segment<'a>> {
    let mut all = Vec::new();
    let (mut start, mut end) = (0, 0);
    let mut current = kinds.first().copied();
    for (line, kind) in lines.iter().zip(kinds) {
        if current != Some(*kind) {
            if let (Some(kind), Some(text)) = (current, text.get(start..end.max(1) - 1)) {
                all.push(Segment { kind, text });
            }
            (start, current) = (end, Some(*kind));
        }
        end += line.len() + 1;
    }
    if let (Some(kind), Some(text)) = (current, text.get(start..)) {
        all.push(Segment { kind, text });
    }
    all
}

/// The new text of a message, without what would be folded.
pub(crate) fn new_text(text: &str) -> String {
    let new = segments(text)
        .into_iter()
        .filter(|segment| segment.kind == SegmentKind::New)
        .map(|segment| segment.text);
    new.collect::<Vec<_>>().join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests;
