//! The tags of HTML, as browsers find them, and as people break them.

/// How many tags, comments and elements may have no end: each is looked for to
/// the end of the text.
const BROKEN: usize = 50;

/// A tag with its attributes.
pub(super) struct Tag {
    /// In lower case.
    pub(super) name: String,
    pub(super) is_end: bool,
    /// Whether it ends itself: `<br/>`.
    pub(super) is_empty: bool,
    attributes: Vec<(String, String)>,
}

impl Tag {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

pub(super) enum Piece<'a> {
    Text(&'a str),
    Tag(Tag),
}

pub(super) struct Reader<'a> {
    rest: &'a str,
    /// How many bytes follow the last `>`.
    tail: usize,
    broken: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        let tail = html.rfind('>').map_or(html.len(), |at| html.len() - at - 1);
        Self {
            rest: html,
            tail,
            broken: 0,
        }
    }

    /// Goes on behind the end of an element that has no text. One that is never
    /// closed is not skipped, so that nothing is lost.
    pub(super) fn skip_element(&mut self, name: &str) {
        if self.broken >= BROKEN {
            return;
        }
        let bytes = self.rest.as_bytes();
        let end = memchr_all(bytes, b'<').find(|at| {
            let tag = bytes.get(at + 1..).unwrap_or_default();
            let named = tag.get(1..=name.len()).unwrap_or_default();
            tag.first() == Some(&b'/') && named.eq_ignore_ascii_case(name.as_bytes())
        });
        match end {
            Some(end) => self.rest = &self.rest[end..],
            None => self.broken += 1,
        }
    }

    /// Where a tag ends that begins with `<`; behind its `>`.
    fn end_of_tag(&mut self) -> Option<usize> {
        let bytes = self.rest.as_bytes();
        if bytes.len() <= self.tail {
            return None;
        }
        if self.broken < BROKEN {
            let mut quote = None;
            let mut before = b' ';
            for (at, &byte) in bytes.iter().enumerate().skip(1) {
                match (quote, byte) {
                    (Some(open), _) if open == byte => quote = None,
                    (Some(_), _) => {}
                    (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
                    (None, b'>') => return Some(at + 1),
                    (None, _) => {}
                }
                if !byte.is_ascii_whitespace() {
                    before = byte;
                }
            }
            self.broken += 1;
        }
        let end = bytes.iter().position(|byte| *byte == b'>')?;
        Some(end + 1)
    }

    /// Skips a comment, a declaration or a processing instruction.
    fn skip_declaration(&mut self) -> bool {
        let begins = self.rest.starts_with("<!") || self.rest.starts_with("<?");
        if !begins || self.rest.len() <= self.tail {
            return false;
        }
        let mut end = self.rest.find('>').map(|end| end + 1);
        if let Some(comment) = self.rest.strip_prefix("<!--")
            && self.broken < BROKEN
        {
            match comment.find("-->") {
                Some(close) => end = Some(close + 7),
                None => self.broken += 1,
            }
        }
        if let Some(end) = end {
            self.rest = &self.rest[end..];
        }
        end.is_some()
    }

    fn tag(&mut self) -> Option<Tag> {
        let second = self.rest.as_bytes().get(1)?;
        let is_end = *second == b'/';
        let first = self.rest.as_bytes().get(1 + usize::from(is_end))?;
        if !first.is_ascii_alphabetic() {
            return None;
        }
        let end = self.end_of_tag()?;
        let (tag, rest) = self.rest.split_at(end);
        self.rest = rest;
        let inner = tag.trim_start_matches(['<', '/']).trim_end_matches('>');
        let is_empty = inner.ends_with('/');
        let inner = inner.trim_end_matches('/');
        let name_end = inner
            .find(|c: char| c.is_whitespace() || c == '/')
            .unwrap_or(inner.len());
        let (name, attributes) = inner.split_at(name_end);
        Some(Tag {
            name: name.to_ascii_lowercase(),
            is_end,
            is_empty,
            attributes: read_attributes(attributes),
        })
    }
}

impl<'a> Iterator for Reader<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let start = loop {
            if self.rest.is_empty() {
                return None;
            }
            if !self.rest.starts_with('<') {
                break 0;
            }
            if self.skip_declaration() {
                continue;
            }
            let before = self.rest;
            match self.tag() {
                Some(tag) if is_address(&tag.name) => {
                    return before
                        .get(..before.len() - self.rest.len())
                        .map(Piece::Text);
                }
                Some(tag) => return Some(Piece::Tag(tag)),
                // A `<` that begins no tag is text.
                None => break 1,
            }
        };
        let text_end = self
            .rest
            .as_bytes()
            .iter()
            .skip(start)
            .position(|byte| *byte == b'<');
        let end = text_end.map_or(self.rest.len(), |at| at + start);
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        Some(Piece::Text(text))
    }
}

/// Whether a tag is an address that somebody wrote in angle brackets.
fn is_address(name: &str) -> bool {
    name.contains('@') || name.starts_with("http:") || name.starts_with("https:")
}

fn memchr_all(bytes: &[u8], wanted: u8) -> impl Iterator<Item = usize> {
    let places = bytes.iter().enumerate();
    places
        .filter(move |(_, byte)| **byte == wanted)
        .map(|(at, _)| at)
}

fn read_attributes(text: &str) -> Vec<(String, String)> {
    let mut attributes = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() && attributes.len() < 100 {
        let end = rest
            .find(|c: char| c.is_whitespace() || c == '=')
            .unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let after = after.trim_start();
        let (value, after) = match after.strip_prefix('=') {
            None => ("", after),
            Some(value) => value_of(value.trim_start()),
        };
        if !name.is_empty() {
            attributes.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        rest = after.trim_start();
    }
    attributes
}

/// The value that a text begins with, and what follows it.
fn value_of(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            return inner.split_once(quote).unwrap_or((inner, ""));
        }
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    text.split_at(end)
}
