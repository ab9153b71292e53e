//! Header fields as they lie in a message: found, unfolded, and decoded with the
//! charset that the message is written in.

use super::charset;
use super::encoded_word;

/// A header field; continuation lines are joined, nothing is decoded.
#[derive(Debug, Clone)]
pub(super) struct Header {
    pub(super) name: String,
    pub(super) value: Vec<u8>,
}

/// The header fields of a message or of one of its parts, in their order.
#[derive(Debug, Clone, Default)]
pub(super) struct Headers(pub(super) Vec<Header>);

impl Headers {
    /// The raw values of all fields with this name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [u8]> {
        self.0
            .iter()
            .filter(move |header| header.name.eq_ignore_ascii_case(name))
            .map(|header| header.value.as_slice())
    }

    /// The raw value of the first field with this name that is not blank, or of
    /// the first.
    pub(super) fn first(&self, name: &str) -> Option<&[u8]> {
        let named = |header: &&Header| header.name.eq_ignore_ascii_case(name);
        let mut all = self.0.iter().filter(named);
        let first = all.next()?;
        let is_blank = |header: &&Header| header.value.trim_ascii().is_empty();
        let written = std::iter::once(first)
            .chain(all)
            .find(|header| !is_blank(header));
        Some(&written.unwrap_or(first).value)
    }

    /// The value of the first field with this name as text, with encoded words
    /// still in it: for fields with a grammar of their own.
    pub(super) fn structured(&self, name: &str, charset: Option<&str>) -> Option<String> {
        self.first(name).map(|value| characters(value, charset))
    }

    /// The decoded value of the first field with this name, on one line.
    pub(super) fn unstructured(&self, name: &str, charset: Option<&str>) -> Option<String> {
        self.first(name).map(|value| decoded(value, charset))
    }
}

/// The characters of a raw value up to a character that ends a field.
pub(super) fn characters(value: &[u8], charset: Option<&str>) -> String {
    let value = value.trim_ascii();
    let end = value
        .iter()
        .position(|byte| matches!(byte, b'\r' | b'\n' | 0));
    charset::header_text(
        value.get(..end.unwrap_or(value.len())).unwrap_or(value),
        charset,
    )
}

/// A raw value with its encoded words decoded, on one line.
pub(super) fn decoded(value: &[u8], charset: Option<&str>) -> String {
    one_line(&encoded_word::decode(&characters(value, charset)))
}

/// A decoded value up to a character that ends a field, its white space made
/// single spaces.
pub(super) fn one_line(text: &str) -> String {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    let end = text.find(['\r', '\n', '\0']).unwrap_or(text.len());
    let mut line = String::with_capacity(end);
    for word in text[..end]
        .split([' ', '\t'])
        .filter(|word| !word.is_empty())
    {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// A line of a message.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// Without the line end.
    pub(super) text: &'a [u8],
    pub(super) start: usize,
    /// Where the next line starts.
    pub(super) next: usize,
}

/// The line that starts at this offset; `None` at the end.
pub(super) fn line_at(raw: &[u8], start: usize) -> Option<Line<'_>> {
    let rest = raw.get(start..).filter(|rest| !rest.is_empty())?;
    let (text, length) = match rest.iter().position(|byte| *byte == b'\n') {
        Some(end) => (&rest[..end], end + 1),
        None => (rest, rest.len()),
    };
    Some(Line {
        text: text.strip_suffix(b"\r").unwrap_or(text),
        start,
        next: start + length,
    })
}

/// The name of the header field that a line begins, and where its value starts.
fn field_name(line: &[u8]) -> Option<(&str, usize)> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let name = line.get(..colon)?.trim_ascii_end();
    let fits = !name.is_empty()
        && name.len() <= 100
        && name.iter().all(|byte| matches!(byte, b'!'..=b'~'));
    let name = std::str::from_utf8(name).ok().filter(|_| fits)?;
    Some((name, colon + 1))
}

const fn is_folded(line: &[u8]) -> bool {
    matches!(line.first(), Some(b' ' | b'\t'))
}

/// Whether the lines from here to the next blank one are header fields, at least
/// one of them.
fn more_fields(raw: &[u8], mut at: usize) -> bool {
    let mut fields = 0;
    while let Some(line) = line_at(raw, at) {
        if line.text.trim_ascii().is_empty() {
            return fields > 0;
        }
        if field_name(line.text).is_some_and(|(name, _)| is_known(name)) {
            fields += 1;
        } else if !is_folded(line.text) && field_name(line.text).is_none() {
            return false;
        }
        at = line.next;
        if fields > 50 {
            return true;
        }
    }
    false
}

/// Whether a field name is one that mail programs write.
fn is_known(name: &str) -> bool {
    const KNOWN: [&str; 17] = [
        "from",
        "to",
        "cc",
        "subject",
        "date",
        "message-id",
        "mime-version",
        "content-type",
        "content-transfer-encoding",
        "content-disposition",
        "received",
        "return-path",
        "reply-to",
        "in-reply-to",
        "references",
        "sender",
        "delivered-to",
    ];
    let name = name.to_ascii_lowercase();
    KNOWN.contains(&name.as_str()) || name.starts_with("x-")
}

/// Reads header fields from an offset, until a blank line, a line that is no
/// field, or one that `ends` says yes to. Returns them and where the body starts.
pub(super) fn read_headers(
    raw: &[u8],
    start: usize,
    ends: &dyn Fn(&[u8]) -> bool,
) -> (Headers, usize) {
    let mut headers = Headers::default();
    let mut at = start;
    while let Some(line) = line_at(raw, at) {
        if ends(line.text) {
            return (headers, at);
        }
        if line.text.is_empty() || line.text.trim_ascii().is_empty() && !headers.0.is_empty() {
            return (headers, line.next);
        }
        let folded = is_folded(line.text).then(|| headers.0.last_mut()).flatten();
        if let Some(last) = folded {
            last.value.push(b' ');
            last.value.extend_from_slice(line.text.trim_ascii_start());
        } else if let Some((name, value)) = field_name(line.text) {
            headers.0.push(Header {
                name: name.to_owned(),
                value: line.text.get(value..).unwrap_or_default().to_vec(),
            });
        } else if line.text.starts_with(b"From ") || line.text.starts_with(b">From ") {
            // What a mailbox file writes between messages, inside of the fields.
            if !headers.0.is_empty() && !more_fields(raw, line.next) {
                return (headers, at);
            }
        } else if !headers.0.is_empty() && more_fields(raw, line.next) {
            // A field that was broken without the white space that marks it.
            if let Some(last) = headers.0.last_mut() {
                last.value.push(b' ');
                last.value.extend_from_slice(line.text.trim_ascii_start());
            }
        } else {
            return (headers, at);
        }
        at = line.next;
    }
    (headers, raw.len())
}

/// Whether a message begins with header fields. A text whose first line has a
/// colon by chance does not, if no field follows that mail programs write.
pub(super) fn begins_with_fields(raw: &[u8], start: usize) -> bool {
    let (headers, _) = read_headers(raw, start, &|_| false);
    headers.0.iter().any(|header| is_known(&header.name))
        || headers.0.len() > 1
            && headers.0.iter().all(|header| {
                header
                    .name
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
            })
}
