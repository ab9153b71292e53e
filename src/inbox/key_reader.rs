//! Keys, and how they are read from the bytes that a terminal sends.

/// A key, or a text that was pasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Key {
    Char(char),
    /// With the control key, as a lowercase letter.
    Ctrl(char),
    Enter,
    Tab,
    Escape,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    /// A text between the marks of a paste: none of its letters is a key.
    Paste(String),
}

const ESC: u8 = 0x1b;
const PASTE_BEGINS: &[u8] = b"\x1b[200~";
const PASTE_ENDS: &[u8] = b"\x1b[201~";

/// The longest paste in bytes; what comes after it is dropped.
const LONGEST_PASTE: usize = 64 * 1024;

/// The longest control sequence in bytes; a longer one is not a key.
const LONGEST_SEQUENCE: usize = 32;

/// Reads keys from bytes as they come, in whatever pieces.
#[derive(Debug, Default)]
pub(crate) struct KeyReader {
    bytes: Vec<u8>,
    /// What was pasted so far, while a paste has not ended.
    paste: Option<Vec<u8>>,
}

/// What the first bytes are.
enum Found {
    /// A key of this many bytes; `None` for bytes that are not a key.
    Key(Option<Key>, usize),
    /// The beginning of something.
    Incomplete,
}

impl KeyReader {
    /// Adds bytes, and returns the keys that are complete.
    pub(crate) fn read(&mut self, bytes: &[u8]) -> Vec<Key> {
        self.bytes.extend_from_slice(bytes);
        let mut keys = Vec::new();
        loop {
            if self.paste.is_some() {
                match self.pasted() {
                    Some(text) => keys.push(Key::Paste(text)),
                    None => return keys,
                }
                continue;
            }
            if self.bytes.starts_with(PASTE_BEGINS) {
                self.bytes.drain(..PASTE_BEGINS.len());
                self.paste = Some(Vec::new());
                continue;
            }
            match first(&self.bytes) {
                Found::Key(key, length) => {
                    self.bytes.drain(..length);
                    keys.extend(key);
                }
                Found::Incomplete => return keys,
            }
        }
    }

    /// Whether an Escape is either the key or the beginning of another one.
    pub(crate) fn is_waiting(&self) -> bool {
        self.bytes.first() == Some(&ESC)
    }

    /// Nothing came after an Escape: it was the key.
    pub(crate) fn end_wait(&mut self) -> Option<Key> {
        let waited = self.is_waiting();
        self.bytes.clear();
        waited.then_some(Key::Escape)
    }

    /// Forgets what was typed ahead.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// The pasted text, once it has ended.
    fn pasted(&mut self) -> Option<String> {
        let end = self
            .bytes
            .windows(PASTE_ENDS.len())
            .position(|part| part == PASTE_ENDS);
        // The end may come in two pieces.
        let sure = self.bytes.len().saturating_sub(PASTE_ENDS.len() - 1);
        let text: Vec<u8> = self.bytes.drain(..end.unwrap_or(sure)).collect();
        let paste = self.paste.as_mut()?;
        let room = LONGEST_PASTE.saturating_sub(paste.len());
        paste.extend(text.into_iter().take(room));
        end?;
        self.bytes.drain(..PASTE_ENDS.len());
        let paste = self.paste.take()?;
        Some(String::from_utf8_lossy(&paste).into_owned())
    }
}

/// Reads the first key.
fn first(bytes: &[u8]) -> Found {
    let Some(&byte) = bytes.first() else {
        return Found::Incomplete;
    };
    match byte {
        ESC => escaped(bytes),
        b'\r' | b'\n' => Found::Key(Some(Key::Enter), 1),
        b'\t' => Found::Key(Some(Key::Tab), 1),
        0x7f | 0x08 => Found::Key(Some(Key::Backspace), 1),
        0x01..=0x1a => Found::Key(Some(Key::Ctrl(char::from(b'a' + byte - 1))), 1),
        0x00 | 0x1c..=0x1f => Found::Key(None, 1),
        b' '..=b'~' => Found::Key(Some(Key::Char(char::from(byte))), 1),
        0x80.. => character(bytes),
    }
}

fn character(bytes: &[u8]) -> Found {
    let length = match bytes[0] {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Found::Key(None, 1),
    };
    let Some(bytes) = bytes.get(..length) else {
        return Found::Incomplete;
    };
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            let typed = text.chars().find(|c| !c.is_control());
            Found::Key(typed.map(Key::Char), length)
        }
        Err(_) => Found::Key(None, 1),
    }
}

fn escaped(bytes: &[u8]) -> Found {
    match bytes.get(1) {
        None => Found::Incomplete,
        Some(b'[') => {
            let end = bytes[2..]
                .iter()
                .position(|byte| (0x40..=0x7e).contains(byte));
            match end {
                // The Linux console sends function keys as `ESC [ [ A`.
                Some(0) if bytes[2] == b'[' => match bytes.get(3) {
                    Some(_) => Found::Key(None, 4),
                    None => Found::Incomplete,
                },
                Some(end) => {
                    let parameters = &bytes[2..2 + end];
                    Found::Key(sequence(parameters, bytes[2 + end]), end + 3)
                }
                None if bytes.len() > LONGEST_SEQUENCE => Found::Key(None, bytes.len()),
                None => Found::Incomplete,
            }
        }
        Some(b'O') => match bytes.get(2) {
            Some(letter) => Found::Key(sequence(b"", *letter), 3),
            None => Found::Incomplete,
        },
        // Escape, and another key after it.
        Some(_) => Found::Key(Some(Key::Escape), 1),
    }
}

/// The key of a control sequence: its parameters and its last letter.
fn sequence(parameters: &[u8], letter: u8) -> Option<Key> {
    let first = parameters.split(|byte| *byte == b';').next();
    match (letter, first.unwrap_or_default()) {
        (b'A', _) => Some(Key::Up),
        (b'B', _) => Some(Key::Down),
        (b'C', _) => Some(Key::Right),
        (b'D', _) => Some(Key::Left),
        (b'H', _) | (b'~', b"1" | b"7") => Some(Key::Home),
        (b'F', _) | (b'~', b"4" | b"8") => Some(Key::End),
        (b'M', b"") => Some(Key::Enter),
        (b'~', b"3") => Some(Key::Delete),
        (b'~', b"5") => Some(Key::PageUp),
        (b'~', b"6") => Some(Key::PageDown),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(bytes: &[u8]) -> Vec<Key> {
        KeyReader::default().read(bytes)
    }

    #[test]
    fn letters_control_keys_and_sequences_are_keys() {
        assert_eq!(
            keys(b"j\x04\r\t\x7f\xc3\xa9"),
            [
                Key::Char('j'),
                Key::Ctrl('d'),
                Key::Enter,
                Key::Tab,
                Key::Backspace,
                Key::Char('é')
            ]
        );
        assert_eq!(
            keys(b"\x1b[A\x1bOB\x1b[5~\x1b[6;5~\x1b[1;5H\x1b[3~"),
            [
                Key::Up,
                Key::Down,
                Key::PageUp,
                Key::PageDown,
                Key::Home,
                Key::Delete
            ]
        );
        // What a terminal may answer or report is not a key.
        assert_eq!(
            keys(b"\x1b[?1;2c\x1b[<0;3;4M\x1b[[A\x00x"),
            [Key::Char('x')]
        );
        assert_eq!(keys(b"\xff\xc2\x9bx"), [Key::Char('x')]);
    }

    #[test]
    fn keys_that_come_in_pieces_are_read_as_one() {
        let all = b"\x1b[6~\xe2\x9c\x93\x1b[200~a\x1b[201~q";
        let whole = keys(all);
        assert_eq!(whole.len(), 4);
        for at in 0..all.len() {
            let mut reader = KeyReader::default();
            let mut read = reader.read(&all[..at]);
            read.extend(reader.read(&all[at..]));
            assert_eq!(read, whole, "cut at {at}");
        }
    }

    #[test]
    fn an_escape_is_a_key_once_nothing_follows() {
        let mut reader = KeyReader::default();
        assert_eq!(reader.read(b"\x1b"), []);
        assert!(reader.is_waiting());
        assert_eq!(reader.end_wait(), Some(Key::Escape));
        assert_eq!(reader.end_wait(), None);
        assert_eq!(keys(b"\x1bq"), [Key::Escape, Key::Char('q')]);
    }

    #[test]
    fn nothing_in_a_paste_is_a_key() {
        let pasted = "x\nq\u{3}\x1b[A".to_owned();
        let bytes = format!("\x1b[200~{pasted}\x1b[201~");
        assert_eq!(keys(bytes.as_bytes()), [Key::Paste(pasted)]);
        // It ends somewhere.
        let mut reader = KeyReader::default();
        assert_eq!(reader.read(b"\x1b[200~"), []);
        for _ in 0..100 {
            assert_eq!(reader.read(&[b'x'; 4096]), []);
        }
        let keys = reader.read(PASTE_ENDS);
        let [Key::Paste(text)] = keys.as_slice() else {
            panic!("{keys:?}");
        };
        assert_eq!(text.len(), LONGEST_PASTE);
    }
}
