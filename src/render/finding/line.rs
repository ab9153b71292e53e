//! A stranger's text on one line, in the room that there is.

use std::ops::Range;

use super::super::style::Tone;
use super::super::{RenderOptions, untrusted};

/// A stranger's text on one line, with parts that stand out.
pub(super) struct Line {
    pub(super) parts: Vec<(String, bool)>,
}

impl Line {
    pub(super) fn of(text: &str, marks: &[Range<usize>]) -> Self {
        let mut parts = Vec::new();
        let mut end = 0;
        let mut push = |part: &str, marked: bool| {
            if !part.is_empty() {
                // A break between lines is worth no sign here.
                let joined = part.replace("\r\n", "\n").replace('\n', " ");
                parts.push((untrusted::line(&joined).into_owned(), marked));
            }
        };
        for mark in marks {
            if let (Some(before), Some(inside)) =
                (text.get(end..mark.start), text.get(mark.clone()))
            {
                push(before, false);
                push(inside, true);
                end = mark.end;
            }
        }
        push(text.get(end..).unwrap_or_default(), false);
        Self { parts }
    }

    pub(super) fn drawn(&self, room: Option<usize>, look: &RenderOptions<'_>) -> String {
        let mut drawn = String::new();
        let whole: usize = self
            .parts
            .iter()
            .map(|(text, _)| untrusted::width(text))
            .sum();
        let mut left = room.unwrap_or(usize::MAX);
        for (text, marked) in &self.parts {
            let wide = untrusted::width(text);
            let fits = whole <= room.unwrap_or(usize::MAX) || wide < left;
            let text = if fits { text.clone() } else { cut(text, left) };
            let tone = if *marked { Tone::Warning } else { Tone::Plain };
            drawn += &tone.paint(&text, look.color);
            if !fits {
                break;
            }
            left -= wide;
        }
        drawn
    }
}

/// Cut short with a sign, also where all of it would just fit.
fn cut(text: &str, room: usize) -> String {
    untrusted::cut(&format!("{text}  "), room).into_owned()
}
