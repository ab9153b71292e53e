//! A page in the making: lines of our own and words of others, wrapped to the
//! terminal. Strangers' words stand behind a bar that nothing else has.

use super::style::Tone;
use super::{RenderOptions, untrusted, words};
use crate::domain::Timestamp;

/// The bar before every line of a text that somebody wrote.
const BAR: &str = "│ ";

/// A text in the making.
pub(super) struct Sheet<'a, 'l> {
    pub(super) text: String,
    pub(super) look: &'a RenderOptions<'l>,
}

impl<'a, 'l> Sheet<'a, 'l> {
    pub(super) const fn new(look: &'a RenderOptions<'l>) -> Self {
        Self {
            text: String::new(),
            look,
        }
    }

    /// A line of our own, of safe text.
    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    pub(super) fn heading(&mut self, heading: &str) {
        self.text.push('\n');
        let heading = Tone::Strong.paint(heading, self.look.color);
        self.line(&heading);
    }

    /// What is left of the width behind an indentation.
    pub(super) fn room(&self, taken: usize) -> Option<usize> {
        self.look.width.map(|width| width.saturating_sub(taken))
    }

    /// A line of our own, wrapped behind a first part that it hangs from.
    pub(super) fn hang(&mut self, lead: &str, text: &str, tone: Tone) {
        let indent = untrusted::width(lead);
        for (i, line) in untrusted::wrap(text, self.room(indent)).iter().enumerate() {
            let line = tone.paint(line, self.look.color);
            if i == 0 {
                self.line(&format!("{lead}{line}"));
            } else {
                self.line(&format!("{}{line}", " ".repeat(indent)));
            }
        }
    }

    /// A fact with its label; left out when it is not known.
    pub(super) fn field(&mut self, label: &str, value: Option<&str>) {
        if let Some(value) = value {
            let value = untrusted::line(value);
            self.hang(&format!("  {label:<11} "), &value, Tone::Plain);
        }
    }

    /// A text that somebody wrote, each line behind the bar.
    pub(super) fn words_of(&mut self, indent: usize, text: &str, tone: Tone) {
        let text = untrusted::block(text);
        let room = self.room(indent + 2);
        for line in untrusted::wrap(&text, room) {
            let line = tone.paint(&line, self.look.color);
            self.line(&format!("{}{BAR}{line}", " ".repeat(indent)));
        }
    }

    pub(super) fn moment(&self, at: Timestamp) -> String {
        words::moment(at, self.look.now, self.look.zone)
    }
}
