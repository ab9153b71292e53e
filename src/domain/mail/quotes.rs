//! Which lines of a message are new, and which are quoted from an earlier one or
//! are a signature. Nothing is removed: a page may fold what is not new.

mod attribution;
mod header_block;
mod signature;
mod words;

use std::ops::Range;

/// What lines of a message are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SegmentKind {
    /// Written for this message, forwarded by it, or quoted text that such text
    /// follows.
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
    if kinds.get(before) != Some(&SegmentKind::Quoted) {
        return false;
    }
    let rest = lines.get(at).map(|line| line.trim()).unwrap_or_default();
    let is_quoted_next = lines.get(at + 1).is_some_and(|line| is_marked(line));
    // One in brackets, with the mark of the next line behind it.
    if rest.starts_with("(http") && rest.ends_with(") >") {
        return is_quoted_next && rest.split_whitespace().count() == 2;
    }
    let link = lines
        .get(before)
        .and_then(|line| line.split_once("://"))
        .is_some_and(|(_, link)| !link.trim_end().contains(char::is_whitespace));
    let is_rest = rest.len() >= 8
        && !rest.contains("://")
        && !rest.contains(char::is_whitespace)
        && rest.contains(['=', '/', '%', '&', '_']);
    link && is_rest && is_quoted_next
}

/// The first line from here that is not blank.
fn next_written(lines: &[&str], from: usize) -> Option<usize> {
    let skip = lines
        .iter()
        .skip(from)
        .position(|line| !line.trim().is_empty())?;
    Some(from + skip)
}

fn is_blank(lines: &[&str], at: usize) -> bool {
    lines.get(at).is_none_or(|line| line.trim().is_empty())
}

fn set(kinds: &mut [SegmentKind], range: Range<usize>, kind: SegmentKind) {
    let range = kinds.get_mut(range).into_iter().flatten();
    range.for_each(|it| *it = kind);
}

/// Whether a forwarded message begins here, which is what the sender has to say:
/// not one within a quote.
fn begins_forwarded(lines: &[&str], kinds: &[SegmentKind], at: usize) -> bool {
    let is_heading = lines
        .get(at)
        .is_some_and(|line| header_block::is_forwarded(line));
    let above = || (0..at).rev().find(|above| !is_blank(lines, *above));
    is_heading && above().and_then(|above| kinds.get(above)) != Some(&SegmentKind::Quoted)
}

/// What each line is, and whether a forwarded message follows: all of it is new.
fn classify(lines: &[&str]) -> (Vec<SegmentKind>, bool) {
    let mut kinds = vec![SegmentKind::New; lines.len()];
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if begins_forwarded(lines, &kinds, at) {
            return (kinds, true);
        }
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
        let next = next_written(lines, after);
        let is_quote_next = next
            .and_then(|next| lines.get(next))
            .is_some_and(|line| is_marked(line));
        let is_alone = (at == 0 || is_blank(lines, at - 1)) && is_blank(lines, after);
        let joined = lines.get(at..after).unwrap_or_default().join(" ");
        if is_quote_next {
            set(&mut kinds, at..next.unwrap_or(after), SegmentKind::Quoted);
            at = next.unwrap_or(after);
        } else if attribution::is_certain(&joined, is_alone) {
            set(&mut kinds, at..lines.len(), SegmentKind::Quoted);
            break;
        } else {
            at = after;
        }
    }
    mark_rules(lines, &mut kinds);
    (kinds, false)
}

/// Marks the line of hyphens or the like above a quote as part of it.
fn mark_rules(lines: &[&str], kinds: &mut [SegmentKind]) {
    for (at, line) in lines.iter().enumerate() {
        if kinds.get(at) != Some(&SegmentKind::New) || !header_block::is_rule(line) {
            continue;
        }
        if let Some(next) = next_written(lines, at + 1)
            && kinds.get(next) == Some(&SegmentKind::Quoted)
        {
            set(kinds, at..next, SegmentKind::Quoted);
        }
    }
}

/// The lines of a message with where they begin. An attribution behind the
/// sender's words, above a quote, is a line of its own.
fn split(text: &str) -> (Vec<&str>, Vec<usize>) {
    let all: Vec<&str> = text.split('\n').collect();
    let (mut lines, mut starts) = (Vec::new(), Vec::new());
    let mut start = 0;
    for (at, line) in all.iter().enumerate() {
        let cut = attribution::start_within(line).filter(|_| {
            let next = next_written(&all, at + 1).and_then(|next| all.get(next));
            next.is_some_and(|next| is_marked(next))
        });
        starts.push(start);
        if let Some((before, after)) = cut.and_then(|cut| line.split_at_checked(cut)) {
            lines.extend([before, after]);
            starts.push(start + before.len());
        } else {
            lines.push(*line);
        }
        start += line.len() + 1;
    }
    (lines, starts)
}

/// How many lines stay in sight, since new text follows them: it may answer to
/// what is quoted there. «Regards, Anna» answers to nothing.
fn shown(lines: &[&str], kinds: &[SegmentKind]) -> usize {
    let is_new = |at: &usize| kinds.get(*at) == Some(&SegmentKind::New) && !is_blank(lines, *at);
    let last_before = |end: usize| (0..end).rev().find(is_new);
    let Some(last) = last_before(lines.len()) else {
        return lines.len();
    };
    let above = kinds.get(..last).unwrap_or_default();
    let quoted = above.iter().rposition(|kind| *kind != SegmentKind::New);
    let closing = quoted.and_then(|quoted| lines.get(quoted + 1..=last));
    let answer = quoted.and_then(last_before);
    match (closing, answer) {
        (Some(closing), Some(answer)) if signature::is_closing(closing) => answer + 1,
        _ => last + 1,
    }
}

/// Splits a message into what is new and what is not, in its order; all of it is
/// in the segments.
pub(crate) fn segments(text: &str) -> Vec<Segment<'_>> {
    let (lines, starts) = split(text);
    let (mut kinds, is_forward) = classify(&lines);
    if !is_forward {
        signature::mark(&lines, &mut kinds);
    }
    let shown = shown(&lines, &kinds);
    set(&mut kinds, 0..shown, SegmentKind::New);
    // Blank lines belong to what follows them.
    for at in (shown..lines.len().saturating_sub(1)).rev() {
        let next = kinds.get(at + 1).copied();
        if let (Some(kind), Some(next), true) = (kinds.get_mut(at), next, is_blank(&lines, at)) {
            *kind = next;
        }
    }
    group(text, &starts, &kinds)
}

fn group<'a>(text: &'a str, starts: &[usize], kinds: &[SegmentKind]) -> Vec<Segment<'a>> {
    let mut all = Vec::new();
    let mut rest = kinds;
    let mut at = 0;
    while let Some(kind) = rest.first() {
        let length = rest.iter().take_while(|next| *next == kind).count();
        let start = starts.get(at).copied().unwrap_or_default();
        let end = starts.get(at + length).copied();
        let part = text
            .get(start..end.unwrap_or(text.len()))
            .unwrap_or_default();
        let part = if end.is_some() {
            part.strip_suffix('\n').unwrap_or(part)
        } else {
            part
        };
        all.push(Segment {
            kind: *kind,
            text: part,
        });
        rest = rest.get(length..).unwrap_or_default();
        at += length;
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
