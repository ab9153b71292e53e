//! Writes JSON. Values stay the same; on a terminal, hidden characters in
//! strings are escaped.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::style::untrusted;

/// A value as a line of text.
pub(super) fn line<T: Serialize>(value: &T, terminal: bool) -> String {
    let mut line = Vec::new();
    write(value, terminal, &mut line).expect("memory can be written to");
    line.push(b'\n');
    String::from_utf8(line).expect("JSON is UTF-8")
}

/// Writes a value without a line break.
pub(super) fn write<T: Serialize + ?Sized>(
    value: &T,
    terminal: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    // A value is hundreds of small writes: collect them and write once.
    let mut text = Vec::with_capacity(2048);
    let written = if terminal {
        value.serialize(&mut Serializer::with_formatter(&mut text, Printable))
    } else {
        value.serialize(&mut Serializer::new(&mut text))
    };
    written.map_err(io::Error::from)?;
    out.write_all(&text)
}

/// Writes a line of JSON that was serialized elsewhere.
pub(super) fn write_serialized(line: &str, terminal: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut text = Vec::with_capacity(line.len() + 1);
    if terminal {
        // Hidden characters can only be within strings.
        Printable.write_string_fragment(&mut text, line)?;
    } else {
        text.extend_from_slice(line.as_bytes());
    }
    text.push(b'\n');
    out.write_all(&text)
}

/// Escapes hidden characters; the value stays the same.
struct Printable;

impl Formatter for Printable {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        to: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        for part in fragment.split_inclusive(untrusted::is_hidden) {
            let hidden = part
                .chars()
                .next_back()
                .filter(|c| untrusted::is_hidden(*c));
            let shown = &part[..part.len() - hidden.map_or(0, char::len_utf8)];
            to.write_all(shown.as_bytes())?;
            if let Some(c) = hidden {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(to, "\\u{unit:04x}")?;
                }
            }
        }
        Ok(())
    }
}
