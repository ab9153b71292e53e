//! Values and lines of iCalendar documents (RFC 5545).

use super::Timestamp;

/// The longest line, in bytes (RFC 5545, 3.1).
pub(crate) const LINE: usize = 75;

/// A moment in UTC as a value.
pub(crate) fn time(at: Timestamp) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// A text as a value: what separates values is escaped (RFC 5545, 3.3.11).
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => escaped.push_str("\\n"),
            c if c.is_control() && c != '\t' => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A line in pieces of at most 75 bytes, with its end.
pub(crate) fn folded(line: &str) -> String {
    let mut folded = String::new();
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > LINE {
            folded.push_str("\r\n ");
            used = 1;
        }
        folded.push(c);
        used += c.len_utf8();
    }
    folded + "\r\n"
}
