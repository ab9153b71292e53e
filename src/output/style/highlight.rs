//! Untrusted text on a single line, with some parts highlighted.

use std::ops::Range;

use super::palette::Style;
use super::untrusted;
use crate::output::options::RenderOptions;

/// A single line of safe text in parts, each with whether it is highlighted.
pub(crate) struct HighlightedLine {
    parts: Vec<(String, bool)>,
}

impl HighlightedLine {
    /// Makes a text safe; `marks` are the byte ranges to highlight.
    pub(crate) fn new(text: &str, marks: &[Range<usize>]) -> Self {
        let mut parts = Vec::new();
        let mut end = 0;
        let mut push = |part: &str, marked: bool| {
            if !part.is_empty() {
                // Line breaks become spaces here.
                let joined = part.replace("\r\n", "\n").replace('\n', " ");
                parts.push((untrusted::line(&joined).into_owned(), marked));
            }
        };
        for mark in marks {
            let before = text.get(end..mark.start);
            if let (Some(before), Some(inside)) = (before, text.get(mark.clone())) {
                push(before, false);
                push(inside, true);
                end = mark.end;
            }
        }
        push(text.get(end..).unwrap_or_default(), false);
        Self { parts }
    }

    /// Adds `…` where the text was cut out of a longer one.
    pub(crate) fn with_ellipses(mut self, (before, after): (bool, bool)) -> Self {
        if before {
            self.parts.insert(0, ("… ".to_owned(), false));
        }
        if after {
            self.parts.push((" …".to_owned(), false));
        }
        self
    }

    /// Renders the line, cut to what the terminal has left beside `taken`
    /// columns, but not below a minimum.
    pub(crate) fn render(&self, taken: usize, options: &RenderOptions<'_>) -> String {
        let room = room(taken, options).unwrap_or(usize::MAX);
        let widths = self.parts.iter().map(|(text, _)| untrusted::width(text));
        let whole = widths.sum::<usize>() <= room;
        let mut line = String::new();
        let mut left = room;
        for (text, marked) in &self.parts {
            let width = untrusted::width(text);
            let fits = whole || width < left;
            let text = if fits { text } else { &cut(text, left) };
            let style = if *marked {
                Style::Warning
            } else {
                Style::Plain
            };
            line += &style.paint(text, options.color);
            if !fits {
                break;
            }
            left -= width;
        }
        line
    }
}

/// Minimum width of a text, in columns, whatever comes before it.
const MIN_ROOM: usize = 24;

fn room(taken: usize, options: &RenderOptions<'_>) -> Option<usize> {
    let room = |width: usize| width.saturating_sub(taken).max(MIN_ROOM);
    options.width.map(room)
}

/// Cuts a safe text to what the terminal has left beside `taken` columns.
pub(crate) fn cut_beside(text: &str, taken: usize, options: &RenderOptions<'_>) -> String {
    match room(taken, options) {
        Some(room) => untrusted::cut(text, room).into_owned(),
        None => text.to_owned(),
    }
}

/// Cuts with `…` even where all of the text would just fit.
fn cut(text: &str, room: usize) -> String {
    untrusted::cut(&format!("{text}  "), room).into_owned()
}
