//! A line that is typed at a prompt, with what may be meant below it while one
//! types. It stays on one row of the terminal, however long it gets.

use std::io;

use dialoguer::console::{Key, Term, measure_text_width};
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

use crate::domain::characters::is_hidden;
use crate::output::{cut_to_width, safe_line};

/// The longest line in characters; more is not taken.
const MAX_CHARS: usize = 20_000;
/// How many lines stand below at most.
const MAX_HINTS: usize = 8;

/// What a line that is being typed may become.
pub(super) struct LineInput<'a> {
    pub(super) prompt: &'a str,
    /// Returns the whole line that Tab makes of a begun one.
    pub(super) complete: &'a dyn Fn(&str) -> Option<String>,
    /// Returns the lines to show below.
    pub(super) hints: &'a dyn Fn(&str) -> Vec<String>,
}

/// How a line ended.
pub(super) enum TypedLine {
    Enter(String),
    Escape,
}

/// The characters so far, and where the next one goes.
#[derive(Default)]
struct Buffer {
    chars: Vec<char>,
    at: usize,
}

impl Buffer {
    fn text(&self) -> String {
        self.chars.iter().collect()
    }

    fn set(&mut self, text: &str) {
        self.chars = text.chars().collect();
        self.at = self.chars.len();
    }

    /// Deletes the word before the cursor, with the blanks after it.
    fn delete_word(&mut self) {
        let before = &self.chars[..self.at];
        let word_end = before.iter().rposition(|c| !c.is_whitespace());
        let end = word_end.map_or(0, |at| at + 1);
        let start = before[..end].iter().rposition(|c| c.is_whitespace());
        let start = start.map_or(0, |at| at + 1);
        self.chars.drain(start..self.at);
        self.at = start;
    }

    /// Changes the line as a key says; returns whether it did.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the keys are those of another crate, which may add some"
    )]
    fn press(&mut self, key: &Key) -> bool {
        let before = (self.chars.len(), self.at);
        match key {
            Key::Backspace if self.at > 0 => {
                self.at -= 1;
                self.chars.remove(self.at);
            }
            Key::Del if self.at < self.chars.len() => {
                self.chars.remove(self.at);
            }
            Key::ArrowLeft => self.at = self.at.saturating_sub(1),
            Key::ArrowRight => self.at = (self.at + 1).min(self.chars.len()),
            Key::Home => self.at = 0,
            Key::End => self.at = self.chars.len(),
            // Ctrl-U, Ctrl-K and Ctrl-W.
            Key::Char('\u{15}') => {
                self.chars.drain(..self.at);
                self.at = 0;
            }
            Key::Char('\u{b}') => self.chars.truncate(self.at),
            Key::Char('\u{17}') => self.delete_word(),
            Key::Char(c) if !c.is_control() && self.chars.len() < MAX_CHARS => {
                self.chars.insert(self.at, *c);
                self.at += 1;
            }
            _ => {}
        }
        before != (self.chars.len(), self.at)
    }

    /// The part that fits into so many columns, and the column of the cursor in it.
    fn window(&self, columns: usize) -> (String, usize) {
        let shown = |c: &char| if is_hidden(*c) { '\u{fffd}' } else { *c };
        let width = |c: &char| measure_text_width(&shown(c).to_string());
        let mut start = self.at;
        let mut used = 0;
        while start > 0 && used + width(&self.chars[start - 1]) < columns {
            start -= 1;
            used += width(&self.chars[start]);
        }
        let cursor = used;
        let mut end = self.at;
        while end < self.chars.len() && used + width(&self.chars[end]) < columns {
            used += width(&self.chars[end]);
            end += 1;
        }
        (self.chars[start..end].iter().map(shown).collect(), cursor)
    }
}

/// Keeps the terminal from showing what is typed between two keys, until dropped.
struct NoEcho(Option<Termios>);

impl NoEcho {
    fn new() -> Self {
        let before = tcgetattr(io::stdin()).ok();
        if let Some(before) = &before {
            let mut silent = before.clone();
            silent.local_modes -= LocalModes::ECHO | LocalModes::ICANON;
            // Then what is typed while hints are looked up is shown twice.
            let _ = tcsetattr(io::stdin(), OptionalActions::Drain, &silent);
        }
        Self(before)
    }
}

impl Drop for NoEcho {
    fn drop(&mut self) {
        if let Some(before) = &self.0 {
            // A terminal that is gone needs no echo.
            let _ = tcsetattr(io::stdin(), OptionalActions::Drain, before);
        }
    }
}

impl LineInput<'_> {
    /// Reads a line. What stood below it is gone afterwards, and so is the line.
    ///
    /// # Errors
    /// Those of the terminal; interrupted on Ctrl-C.
    pub(super) fn read(&self, term: &Term) -> io::Result<TypedLine> {
        let _silent = NoEcho::new();
        let mut buffer = Buffer::default();
        let ended = loop {
            self.draw(term, &buffer)?;
            match term.read_key() {
                Ok(Key::Enter) => break Ok(TypedLine::Enter(buffer.text())),
                Ok(Key::Escape) => break Ok(TypedLine::Escape),
                // Ctrl-D ends what nothing was typed for.
                Ok(Key::Char('\u{4}')) if buffer.chars.is_empty() => break Ok(TypedLine::Escape),
                Ok(Key::Tab) => {
                    if let Some(whole) = (self.complete)(&buffer.text()) {
                        buffer.set(&whole);
                    }
                }
                Ok(key) => {
                    buffer.press(&key);
                }
                Err(fault) => break Err(fault),
            }
        };
        term.clear_line()?;
        term.clear_to_end_of_screen()?;
        ended
    }

    fn draw(&self, term: &Term, buffer: &Buffer) -> io::Result<()> {
        let (rows, columns) = term.size();
        let (rows, columns) = (usize::from(rows), usize::from(columns).max(10));
        let prompt = cut_to_width(&safe_line(self.prompt), columns / 2);
        let prompt_width = measure_text_width(&prompt);
        let (shown, cursor) = buffer.window(columns - prompt_width);
        let room = MAX_HINTS.min(rows.saturating_sub(2));
        // While more is waiting to be read, nothing needs to be looked up.
        let hints = match is_waiting() {
            true => Vec::new(),
            false => (self.hints)(&buffer.text()),
        };
        let mut page = format!("{prompt}{shown}");
        let hints = hints.iter().take(room);
        let count = hints.len();
        for hint in hints {
            page += "\n";
            page += &cut_to_width(&safe_line(hint), columns - 1);
        }
        term.clear_line()?;
        term.clear_to_end_of_screen()?;
        term.write_str(&page)?;
        if count > 0 {
            term.move_cursor_up(count)?;
        }
        term.write_str("\r")?;
        let column = prompt_width + cursor;
        if column > 0 {
            term.move_cursor_right(column)?;
        }
        term.flush()
    }
}

fn is_waiting() -> bool {
    rustix::io::ioctl_fionread(io::stdin()).is_ok_and(|bytes| bytes > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &[Key]) -> (String, usize) {
        let mut buffer = Buffer::default();
        for key in keys {
            buffer.press(key);
        }
        (buffer.text(), buffer.at)
    }

    fn text(text: &str) -> Vec<Key> {
        text.chars().map(Key::Char).collect()
    }

    #[test]
    fn a_line_is_edited_as_in_a_shell() {
        let keys = |more: &[Key]| [text("vpn drops").as_slice(), more].concat();
        for (more, line, at) in [
            (&[Key::Backspace][..], "vpn drop", 8),
            (&[Key::Home, Key::Del], "pn drops", 0),
            (
                &[Key::Home, Key::ArrowLeft, Key::Char('a')],
                "avpn drops",
                1,
            ),
            (&[Key::Char('\u{17}')], "vpn ", 4),
            (&[Key::ArrowLeft, Key::Char('\u{15}')], "s", 0),
            (&[Key::Home, Key::ArrowRight, Key::Char('\u{b}')], "v", 1),
            (&[Key::End, Key::ArrowRight, Key::Del], "vpn drops", 9),
            (
                &[Key::Char('\u{1b}'), Key::Unknown, Key::PageUp],
                "vpn drops",
                9,
            ),
        ] {
            assert_eq!(typed(&keys(more)), (line.to_owned(), at), "{more:?}");
        }
        assert_eq!(
            typed(&[Key::Backspace, Key::Del, Key::Char('\u{17}')]),
            (String::new(), 0)
        );
    }

    #[test]
    fn the_cursor_stays_in_sight_however_long_the_line_is() {
        let mut buffer = Buffer::default();
        buffer.set(&"日本語".repeat(40));
        for at in [0, 1, 60, 119, 120] {
            buffer.at = at;
            for columns in [1, 5, 20, 80] {
                let (shown, cursor) = buffer.window(columns);
                assert!(measure_text_width(&shown) <= columns, "{at} {columns}");
                assert!(cursor < columns, "{at} {columns}");
            }
        }
        buffer.set("a\u{202e}b");
        assert_eq!(buffer.window(10).0, "a\u{fffd}b");
    }
}
