//! Highlights and snippets: where the query occurs in the original text.

use std::ops::Range;

use super::analysis;
use super::analysis::Analyzer;
use super::document::{Field, indexed_texts};
use super::matcher::Matcher;
use crate::domain::event::Event;

/// Maximum length of a snippet in tokens.
const MAX_TOKENS: usize = 26;
/// Number of tokens shown before the first match.
const LEADING_TOKENS: usize = 5;
/// Maximum length of a snippet in bytes; tokens and gaps may be of any length.
const MAX_BYTES: usize = 800;
/// Maximum number of bytes shown before the first match.
const LEADING_BYTES: usize = 200;
/// Maximum number of bytes of a text that is searched for a snippet.
const MAX_TEXT_BYTES: usize = 128 * 1024;

/// A passage of a text with the matches in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Snippet {
    pub(crate) field: Field,
    /// The original text.
    pub(crate) text: String,
    /// Byte ranges of the matches in `text`, in order.
    pub(crate) highlights: Vec<Range<usize>>,
    /// Whether text was cut off before and after the passage.
    pub(crate) truncated: (bool, bool),
}

/// The byte ranges of a text that match a query, in order, each with the index
/// of its group.
pub(crate) fn highlights(text: &str, matcher: &Matcher<'_>) -> Vec<(Range<usize>, usize)> {
    let analyzer = Analyzer::for_text(text);
    let mut terms: Vec<String> = Vec::new();
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    for token in analysis::tokens(text) {
        for variant in analyzer.variants(token.text) {
            for matched in matcher.matches_at(&[variant], 0) {
                found.push((token.span.clone(), matched.group));
            }
        }
        for term in analyzer.terms(token.text) {
            terms.push(term);
            spans.push(token.span.clone());
        }
    }
    for position in 0..terms.len() {
        for matched in matcher.matches_at(&terms, position) {
            for span in &spans[position..position + matched.length] {
                found.push((span.clone(), matched.group));
            }
        }
    }
    found.sort_by_key(|(span, _)| span.start);
    found.dedup_by_key(|(span, _)| span.start);
    found
}

/// The passage of a history, outside titles, that contains the most groups of a
/// query; the earliest of equally good ones. `None` if nothing matches.
pub(crate) fn best_snippet(
    history: &[Event],
    matcher: &Matcher<'_>,
    groups: usize,
) -> Option<Snippet> {
    let mut best: Option<(usize, Snippet)> = None;
    for event in history {
        for (field, text) in indexed_texts(&event.fact) {
            if field == Field::Title {
                continue;
            }
            let text = &text[..text.floor_char_boundary(MAX_TEXT_BYTES)];
            let highlights = highlights(text, matcher);
            let Some((count, window)) = best_window(&highlights, text, groups) else {
                continue;
            };
            if best.as_ref().is_none_or(|(most, _)| count > *most) {
                best = Some((count, extract(field, text, &window, &highlights)));
            }
        }
    }
    best.map(|(_, snippet)| snippet)
}

/// The window of a text with the most distinct groups in it, with their number.
fn best_window(
    highlights: &[(Range<usize>, usize)],
    text: &str,
    groups: usize,
) -> Option<(usize, Range<usize>)> {
    if highlights.is_empty() {
        return None;
    }
    let tokens: Vec<Range<usize>> = analysis::tokens(text).map(|token| token.span).collect();
    let token_index = |byte: usize| tokens.partition_point(|token| token.start < byte);
    let mut best: Option<(usize, usize)> = None;
    for (index, (span, _)) in highlights.iter().enumerate() {
        let end = token_index(span.start) + MAX_TOKENS - LEADING_TOKENS;
        let mut seen = vec![false; groups];
        for (later, group) in &highlights[index..] {
            if token_index(later.start) >= end {
                break;
            }
            seen[*group] = true;
        }
        let count = seen.iter().filter(|seen| **seen).count();
        if best.is_none_or(|(most, _)| count > most) {
            best = Some((count, token_index(span.start)));
        }
        if count == groups {
            break;
        }
    }
    let (count, first) = best?;
    let from = first.saturating_sub(LEADING_TOKENS);
    let to = (from + MAX_TOKENS).min(tokens.len());
    Some((count, tokens.get(from)?.start..tokens.get(to - 1)?.end))
}

fn extract(
    field: Field,
    text: &str,
    window: &Range<usize>,
    highlights: &[(Range<usize>, usize)],
) -> Snippet {
    // Punctuation that ends a sentence right there belongs to the snippet.
    let mut end = window.end;
    let punctuation = text[end..].chars().take_while(|c| ".!?)\"'”".contains(*c));
    end += punctuation.map(char::len_utf8).sum::<usize>();
    let start = if analysis::tokens(text)
        .next()
        .is_some_and(|token| token.span.start == window.start)
    {
        0
    } else {
        window.start
    };
    let first = highlights.iter().find(|(span, _)| span.start >= start);
    let lead = first.map_or(start, |(span, _)| span.start.saturating_sub(LEADING_BYTES));
    let start = text.floor_char_boundary(lead.max(start));
    let end = text.floor_char_boundary(end.min(start + MAX_BYTES));
    let inside = highlights
        .iter()
        .filter(|(span, _)| span.start >= start && span.start < end);
    Snippet {
        field,
        text: text[start..end].to_owned(),
        highlights: inside
            .map(|(span, _)| span.start - start..span.end.min(end) - start)
            .collect(),
        truncated: (start > 0, text[end..].contains(char::is_alphanumeric)),
    }
}

#[cfg(test)]
mod tests;
