//! A line of text that is typed into the status line.

use super::Key;
use crate::output;

/// The longest line in bytes; longer texts belong into the editor.
const LONGEST: usize = 4_000;

/// A line being typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TextLine {
    text: String,
    /// The byte that the cursor is before.
    cursor: usize,
}

impl TextLine {
    pub(crate) const EMPTY: Self = Self {
        text: String::new(),
        cursor: 0,
    };

    /// A line with this text, the cursor behind it.
    pub(crate) fn new(text: &str) -> Self {
        let mut line = Self::default();
        line.insert(text);
        line
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing but blanks was typed.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Replaces the text; the cursor is behind it.
    pub(crate) fn set(&mut self, text: &str) {
        *self = Self::new(text);
    }

    /// Inserts a text: line breaks become blanks, control characters are dropped.
    pub(crate) fn insert(&mut self, text: &str) {
        for c in text.trim_end_matches(['\r', '\n']).chars() {
            let c = if matches!(c, '\n' | '\t') { ' ' } else { c };
            if !c.is_control() && self.text.len() + c.len_utf8() <= LONGEST {
                self.text.insert(self.cursor, c);
                self.cursor += c.len_utf8();
            }
        }
    }

    /// Changes the line as a key says; `false` for a key that means nothing here.
    pub(crate) fn on_key(&mut self, key: &Key) -> bool {
        match key {
            Key::Char(c) => self.insert(c.encode_utf8(&mut [0; 4])),
            Key::Paste(text) => self.insert(text),
            Key::Backspace => self.remove_before(self.before()),
            Key::Delete => {
                let end = self.after();
                self.text.replace_range(self.cursor..end, "");
            }
            Key::Left => self.cursor = self.before(),
            Key::Right => self.cursor = self.after(),
            Key::Home | Key::Ctrl('a') => self.cursor = 0,
            Key::End | Key::Ctrl('e') => self.cursor = self.text.len(),
            Key::Ctrl('u') => self.remove_before(0),
            Key::Ctrl('w') => {
                let typed = self.text[..self.cursor].trim_end();
                let begin = typed.rfind(char::is_whitespace);
                self.remove_before(begin.map_or(0, |at| {
                    at + typed[at..].chars().next().map_or(0, char::len_utf8)
                }));
            }
            Key::Ctrl(_)
            | Key::Enter
            | Key::Tab
            | Key::Escape
            | Key::Up
            | Key::Down
            | Key::PageUp
            | Key::PageDown => return false,
        }
        true
    }

    fn before(&self) -> usize {
        let last = self.text[..self.cursor].char_indices().next_back();
        last.map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        let next = self.text[self.cursor..].chars().next();
        self.cursor + next.map_or(0, char::len_utf8)
    }

    fn remove_before(&mut self, begin: usize) {
        self.text.replace_range(begin..self.cursor, "");
        self.cursor = begin;
    }

    /// The part around the cursor that fits into this many columns, as it is
    /// shown, and the column of the cursor in it.
    pub(crate) fn shown(&self, width: usize) -> (String, usize) {
        let room = width.saturating_sub(1);
        let mut before = output::safe_line(&self.text[..self.cursor]);
        while output::text_width(&before) > room {
            let first = before.chars().next().map_or(1, char::len_utf8);
            before.drain(..first);
        }
        let column = output::text_width(&before);
        let after = output::safe_line(&self.text[self.cursor..]);
        let after = output::cut_to_width(&after, width.saturating_sub(column));
        (before + &after, column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_edited_by_characters_and_words() {
        let mut line = TextLine::new("grün tee ");
        for key in [
            Key::Ctrl('w'),
            Key::Backspace,
            Key::Backspace,
            Key::Left,
            Key::Left,
            Key::Delete,
            Key::Char('r'),
            Key::Home,
            Key::Char('x'),
        ] {
            assert!(line.on_key(&key), "{key:?}");
        }
        assert_eq!(line.text(), "xgrü");
        assert!(!line.on_key(&Key::Enter));
        line.on_key(&Key::Ctrl('e'));
        line.on_key(&Key::Ctrl('u'));
        assert!(line.is_blank());
    }

    #[test]
    fn a_paste_is_one_line_without_control_characters() {
        let mut line = TextLine::default();
        line.on_key(&Key::Paste("one\ntwo\u{1b}[2J\u{7}\n".to_owned()));
        assert_eq!(line.text(), "one two[2J");
        line.on_key(&Key::Paste("x".repeat(10_000)));
        assert_eq!(line.text().len(), LONGEST);
    }

    #[test]
    fn the_cursor_stays_visible() {
        let mut line = TextLine::new("abcdefghij");
        assert_eq!(line.shown(6), ("fghij".to_owned(), 5));
        line.on_key(&Key::Home);
        assert_eq!(line.shown(6), ("abcde…".to_owned(), 0));
        let hostile = TextLine::new("a\u{202e}b日");
        assert_eq!(hostile.shown(40), ("a\\u{202e}b日".to_owned(), 12));
    }
}
