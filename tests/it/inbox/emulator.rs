//! A terminal as the inbox needs it: what is on its screen, and what it was told.

use std::collections::BTreeSet;

use unicode_width::UnicodeWidthChar;

/// A screen, drawn by what a program sends.
pub(super) struct Emulator {
    cells: Vec<Vec<String>>,
    x: usize,
    y: usize,
    /// The modes that are on, such as `?1049`.
    pub(super) modes: BTreeSet<String>,
    /// What no program of ours sends.
    pub(super) strange: Vec<String>,
    /// Bytes of a character or a sequence that is not complete.
    pending: Vec<u8>,
}

impl Emulator {
    pub(super) fn new(width: usize, height: usize) -> Self {
        let modes = ["?25", "?7"].map(str::to_owned);
        let mut emulator = Self {
            cells: Vec::new(),
            x: 0,
            y: 0,
            modes: modes.into_iter().collect(),
            strange: Vec::new(),
            pending: Vec::new(),
        };
        emulator.resize(width, height);
        emulator
    }

    pub(super) fn resize(&mut self, width: usize, height: usize) {
        self.cells = vec![vec![" ".to_owned(); width]; height];
    }

    /// The lines of the screen.
    pub(super) fn lines(&self) -> Vec<String> {
        let line = |line: &Vec<String>| line.concat().trim_end().to_owned();
        self.cells.iter().map(line).collect()
    }

    /// The column in which a character stands first on a line.
    pub(super) fn column(&self, y: usize, symbol: &str) -> Option<usize> {
        self.cells[y].iter().position(|cell| cell == symbol)
    }

    pub(super) fn text(&self) -> String {
        self.lines().join("\n")
    }

    pub(super) fn feed(&mut self, bytes: &[u8]) {
        self.pending.extend_from_slice(bytes);
        loop {
            let text = match std::str::from_utf8(&self.pending) {
                Ok(text) => text.to_owned(),
                Err(fault) => {
                    let valid = &self.pending[..fault.valid_up_to()];
                    String::from_utf8_lossy(valid).into_owned()
                }
            };
            let Some(first) = text.chars().next() else {
                return;
            };
            let length = if first == '\u{1b}' {
                match self.sequence(&text) {
                    Some(length) => length,
                    None => return,
                }
            } else {
                self.character(first);
                first.len_utf8()
            };
            self.pending.drain(..length);
        }
    }

    /// Obeys a control sequence and returns its length; `None` if it is incomplete.
    fn sequence(&mut self, text: &str) -> Option<usize> {
        let rest = text.strip_prefix("\u{1b}[");
        let Some(rest) = rest else {
            let kind = text.chars().nth(1)?;
            if kind == '7' || kind == '8' {
                return Some(2);
            }
            self.strange.push(format!("ESC {kind:?}"));
            return Some(1 + kind.len_utf8());
        };
        let end = rest.find(|c: char| ('@'..='~').contains(&c))?;
        let (parameters, letter) = (&rest[..end], rest[end..].chars().next()?);
        let number = |at: usize| {
            let part = parameters.split(';').nth(at).unwrap_or_default();
            part.parse::<usize>().unwrap_or(1).max(1) - 1
        };
        match letter {
            'H' => (self.y, self.x) = (number(0), number(1)),
            'J' => {
                let width = self.cells[0].len();
                self.resize(width, self.cells.len());
            }
            'm' | 'K' | 'q' => {}
            'h' => {
                self.modes.insert(parameters.to_owned());
            }
            'l' => {
                self.modes.remove(parameters);
            }
            letter => self.strange.push(format!("CSI {parameters}{letter}")),
        }
        Some(2 + end + 1)
    }

    fn character(&mut self, c: char) {
        match c {
            '\r' => self.x = 0,
            '\n' => self.y = (self.y + 1).min(self.cells.len() - 1),
            c if c.is_control() => self.strange.push(format!("{c:?}")),
            c => {
                let width = c.width().unwrap_or(0);
                let last = self.cells.len() - 1;
                let line = &mut self.cells[self.y.min(last)];
                if width == 0 {
                    if let Some(cell) = self.x.checked_sub(1).and_then(|x| line.get_mut(x)) {
                        cell.push(c);
                    }
                    return;
                }
                // The line does not wrap, so what is too long is lost.
                if let Some(cell) = line.get_mut(self.x) {
                    *cell = c.to_string();
                }
                if width == 2
                    && let Some(cell) = line.get_mut(self.x + 1)
                {
                    cell.clear();
                }
                self.x += width;
            }
        }
    }
}

#[test]
fn the_emulator_draws_what_it_is_told() {
    let mut screen = Emulator::new(10, 3);
    for byte in
        "\u{1b}[?1049h\u{1b}[2;3Hab\u{1b}[1m日\u{1b}[0mc\u{1b}[3;1He\u{301}x\r\u{1b}[?25l".bytes()
    {
        screen.feed(&[byte]);
    }
    assert_eq!(screen.lines(), ["", "  ab日c", "e\u{301}x"]);
    assert!(screen.modes.contains("?1049") && !screen.modes.contains("?25"));
    assert_eq!(screen.strange, Vec::<String>::new());
    screen.feed(b"\x1b]0;title\x07\x1b[5A");
    assert_eq!(screen.strange.len(), 3, "{:?}", screen.strange);
}
