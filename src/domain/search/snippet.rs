//! The place on a ticket where most of what is sought is written.

use std::ops::Range;

use super::analysis;
use super::analysis::Reading;
use super::document::{Field, pieces};
use super::matcher::Matcher;
use crate::domain::event::Event;

/// The most words of an excerpt, and how many come before its first match.
const WORDS: usize = 26;
const LEAD: usize = 5;
/// The most bytes of it, and how many come before: words may be of any length,
/// and so may what stands between them.
const LONG: usize = 800;
const BEFORE: usize = 200;
/// The bytes of a text that are looked through.
const LOOKED_AT: usize = 128 * 1024;

/// A part of a text with what was sought in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Excerpt {
    pub(crate) field: Field,
    /// As it was written.
    pub(crate) text: String,
    /// Where in the text it stands, in bytes and in order.
    pub(crate) marks: Vec<Range<usize>>,
    /// Whether something was left out before and after it.
    pub(crate) cut: (bool, bool),
}

/// Where in a text what is sought stands, with the group of each.
pub(crate) fn marks(text: &str, matcher: &Matcher<'_>) -> Vec<(Range<usize>, usize)> {
    let reading = Reading::of(text);
    let mut terms: Vec<String> = Vec::new();
    let mut places: Vec<Range<usize>> = Vec::new();
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    for word in analysis::words(text) {
        for other in reading.others(word.text) {
            for mention in matcher.at(&[other], 0) {
                found.push((word.at.clone(), mention.group));
            }
        }
        for term in reading.terms(word.text) {
            terms.push(term);
            places.push(word.at.clone());
        }
    }
    for place in 0..terms.len() {
        for mention in matcher.at(&terms, place) {
            for part in &places[place..place + mention.terms] {
                found.push((part.clone(), mention.group));
            }
        }
    }
    found.sort_by_key(|(at, _)| at.start);
    found.dedup_by_key(|(at, _)| at.start);
    found
}

/// The place where most of what is sought is written, the title aside; in the
/// order of the history where places are as good.
pub(crate) fn best(history: &[Event], matcher: &Matcher<'_>, groups: usize) -> Option<Excerpt> {
    let mut best: Option<(usize, Excerpt)> = None;
    for event in history {
        for (field, text) in pieces(&event.fact) {
            if field == Field::Title {
                continue;
            }
            let text = &text[..text.floor_char_boundary(LOOKED_AT)];
            let marks = marks(text, matcher);
            let Some((value, window)) = window(&marks, text, groups) else {
                continue;
            };
            if best.as_ref().is_none_or(|(known, _)| value > *known) {
                best = Some((value, cut(field, text, &window, &marks)));
            }
        }
    }
    best.map(|(_, excerpt)| excerpt)
}

/// The part of a text with the most different groups in it, and how many.
fn window(
    marks: &[(Range<usize>, usize)],
    text: &str,
    groups: usize,
) -> Option<(usize, Range<usize>)> {
    if marks.is_empty() {
        return None;
    }
    let words: Vec<Range<usize>> = analysis::words(text).map(|word| word.at).collect();
    let number = |at: usize| words.partition_point(|word| word.start < at);
    let mut best: Option<(usize, usize)> = None;
    for (at, (place, _)) in marks.iter().enumerate() {
        let end = number(place.start) + WORDS - LEAD;
        let mut seen = vec![false; groups];
        for (later, group) in &marks[at..] {
            if number(later.start) >= end {
                break;
            }
            seen[*group] = true;
        }
        let value = seen.iter().filter(|seen| **seen).count();
        if best.is_none_or(|(known, _)| value > known) {
            best = Some((value, number(place.start)));
        }
        if value == groups {
            break;
        }
    }
    let (value, first) = best?;
    let from = first.saturating_sub(LEAD);
    let to = (from + WORDS).min(words.len());
    Some((value, words.get(from)?.start..words.get(to - 1)?.end))
}

fn cut(
    field: Field,
    text: &str,
    window: &Range<usize>,
    marks: &[(Range<usize>, usize)],
) -> Excerpt {
    // A sentence that ends right there is shown with its end.
    let mut end = window.end;
    let rest = text[end..].chars().take_while(|c| ".!?)\"'”".contains(*c));
    end += rest.map(char::len_utf8).sum::<usize>();
    let start = if analysis::words(text)
        .next()
        .is_some_and(|word| word.at.start == window.start)
    {
        0
    } else {
        window.start
    };
    let first = marks.iter().find(|(at, _)| at.start >= start);
    let lead = first.map_or(start, |(at, _)| at.start.saturating_sub(BEFORE));
    let start = text.floor_char_boundary(lead.max(start));
    let end = text.floor_char_boundary(end.min(start + LONG));
    let inside = marks
        .iter()
        .filter(|(at, _)| at.start >= start && at.start < end);
    Excerpt {
        field,
        text: text[start..end].to_owned(),
        marks: inside
            .map(|(at, _)| at.start - start..at.end.min(end) - start)
            .collect(),
        cut: (start > 0, text[end..].contains(char::is_alphanumeric)),
    }
}

#[cfg(test)]
mod tests;
