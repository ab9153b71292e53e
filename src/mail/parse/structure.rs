//! The tree of parts that a message is made of, found in one pass over its
//! lines. Nothing is decoded here; every byte belongs to a part.

use std::ops::Range;

use super::Unreadable;
use super::header::{Headers, Line, begins_with_fields, line_at, read_headers};
use super::parameters::Parameters;

/// The most levels of parts within parts.
pub(super) const LEVELS: usize = 100;
/// The most parts of a message.
pub(super) const PARTS: usize = 1_000;
/// The most bytes of header fields of one part.
pub(super) const HEADER_BYTES: usize = 256 * 1024;

/// What a part holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Parts between boundaries.
    Multipart,
    /// A message, not encoded; its only child is that message.
    Message,
    /// Anything else.
    Leaf,
}

/// A part of a message.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) headers: Headers,
    pub(super) media: Parameters,
    pub(super) disposition: Parameters,
    pub(super) content: Content,
    pub(super) children: Vec<usize>,
    pub(super) body: Range<usize>,
    /// What stands before the first boundary and behind the last.
    pub(super) preamble: Range<usize>,
    pub(super) epilogue: Range<usize>,
}

/// A part that is not finished.
struct Open {
    part: usize,
    boundary: Vec<u8>,
    /// Whether its last boundary was read.
    ended: bool,
}

struct Scanner<'a> {
    raw: &'a [u8],
    parts: Vec<Part>,
    open: Vec<Open>,
    levels: usize,
    /// How many parts there were before these.
    before: usize,
}

/// A boundary that was found.
enum Boundary {
    Next,
    Last,
}

/// Finds the parts of a message. The first one is the message itself.
pub(super) fn scan(raw: &[u8], levels: usize, before: usize) -> Result<Vec<Part>, Unreadable> {
    let mut scanner = Scanner {
        raw,
        parts: Vec::new(),
        open: Vec::new(),
        levels,
        before,
    };
    let start = start_of_fields(raw);
    let mut at = scanner.enter(start, None, "text/plain")?;
    while let Some(line) = line_at(raw, at) {
        at = line.next;
        if line.text.starts_with(b"--")
            && let Some((level, boundary)) = scanner.boundary(line.text)
        {
            at = scanner.cross(level, &boundary, line)?;
        }
    }
    scanner.close(0, raw.len());
    Ok(scanner.parts)
}

/// Where the header fields start: behind a byte order mark, blank lines and the
/// line that a mailbox file puts in front.
fn start_of_fields(raw: &[u8]) -> usize {
    let mut at = if raw.starts_with(b"\xef\xbb\xbf") {
        3
    } else {
        0
    };
    let begin = at;
    while let Some(line) = line_at(raw, at) {
        let skip = line.text.trim_ascii().is_empty()
            || line.text.starts_with(b"From ")
            || line.text.starts_with(b">From ");
        if !skip {
            break;
        }
        at = line.next;
    }
    if begins_with_fields(raw, at) {
        at
    } else {
        begin
    }
}

impl Scanner<'_> {
    /// Begins a part at an offset; returns where its body starts.
    fn enter(
        &mut self,
        start: usize,
        parent: Option<usize>,
        default: &str,
    ) -> Result<usize, Unreadable> {
        let mut at = start;
        let mut parent = parent;
        let mut default = default.to_owned();
        loop {
            if self.open.len() >= self.levels {
                return Err(Unreadable::TooDeep);
            }
            if self.parts.len() + self.before >= PARTS {
                return Err(Unreadable::TooManyParts);
            }
            let is_text = parent.is_none() && !begins_with_fields(self.raw, at);
            let (headers, body) = if is_text {
                (Headers::default(), at)
            } else {
                let open = &self.open;
                read_headers(self.raw, at, &|line| {
                    line.starts_with(b"--") && find(open, line).is_some()
                })
            };
            if body.saturating_sub(at) > HEADER_BYTES {
                return Err(Unreadable::HeadersTooLong);
            }
            let part = self.parts.len();
            let part = self.add(part, headers, body, parent, &default);
            let content = self
                .parts
                .get(part)
                .map_or(Content::Leaf, |part| part.content);
            if content != Content::Message {
                return Ok(body);
            }
            (at, parent, default) = (body, Some(part), "text/plain".to_owned());
        }
    }

    fn add(
        &mut self,
        part: usize,
        headers: Headers,
        body: usize,
        parent: Option<usize>,
        default: &str,
    ) -> usize {
        let value = |name: &str| headers.structured(name, None).unwrap_or_default();
        let mut media = Parameters::parse(&value("Content-Type"));
        if !media.value.contains('/') {
            let is_missing = media.value.is_empty();
            default.clone_into(&mut media.value);
            if !is_missing {
                "text/plain".clone_into(&mut media.value);
            }
        }
        let encoding = value("Content-Transfer-Encoding").to_ascii_lowercase();
        let is_encoded = ["base64", "quoted", "uue"]
            .iter()
            .any(|word| encoding.contains(word));
        let boundary = if media.value.starts_with("multipart/") {
            media
                .parameter("boundary")
                .filter(|boundary| !boundary.is_empty())
                .map(|boundary| boundary.as_bytes().to_vec())
                .or_else(|| guess_boundary(self.raw, body))
        } else {
            None
        };
        if boundary.is_none() && media.value.starts_with("multipart/") {
            "text/plain".clone_into(&mut media.value);
        }
        let content = if boundary.is_some() {
            Content::Multipart
        } else if matches!(
            media.value.as_str(),
            "message/rfc822" | "message/global" | "message/news"
        ) && !is_encoded
        {
            Content::Message
        } else {
            Content::Leaf
        };
        let disposition = Parameters::parse(&value("Content-Disposition"));
        self.parts.push(Part {
            headers,
            media,
            disposition,
            content,
            children: Vec::new(),
            body: body..body,
            preamble: body..body,
            epilogue: body..body,
        });
        if let Some(parent) = parent.and_then(|parent| self.parts.get_mut(parent)) {
            parent.children.push(part);
        }
        self.open.push(Open {
            part,
            boundary: boundary.unwrap_or_default(),
            ended: false,
        });
        part
    }

    /// The level whose boundary a line is.
    fn boundary(&self, line: &[u8]) -> Option<(usize, Boundary)> {
        find(&self.open, line)
    }

    /// Goes on behind a boundary; returns where the next line starts.
    fn cross(
        &mut self,
        level: usize,
        boundary: &Boundary,
        line: Line<'_>,
    ) -> Result<usize, Unreadable> {
        // The line end before a boundary belongs to the boundary.
        let before = self.raw.get(..line.start).unwrap_or_default();
        let before = before.strip_suffix(b"\n").unwrap_or(before);
        let end = before.strip_suffix(b"\r").unwrap_or(before).len();
        self.close(level + 1, end);
        let Some(open) = self.open.get_mut(level) else {
            return Ok(line.next);
        };
        let part = open.part;
        open.ended = matches!(boundary, Boundary::Last);
        let ended = open.ended;
        let Some(parent) = self.parts.get_mut(part) else {
            return Ok(line.next);
        };
        if parent.children.is_empty() {
            parent.preamble.end = end.max(parent.preamble.start);
        }
        parent.epilogue = line.next..line.next;
        if ended {
            return Ok(line.next);
        }
        let default = if parent.media.value == "multipart/digest" {
            "message/rfc822"
        } else {
            "text/plain"
        };
        self.enter(line.next, Some(part), default)
    }

    /// Finishes all parts from this level down; they end at this offset.
    fn close(&mut self, level: usize, end: usize) {
        while self.open.len() > level {
            let Some(open) = self.open.pop() else {
                return;
            };
            let Some(part) = self.parts.get_mut(open.part) else {
                return;
            };
            part.body.end = end.max(part.body.start);
            if open.ended {
                part.epilogue.end = end.max(part.epilogue.start);
            }
            if part.content == Content::Multipart && part.children.is_empty() && !open.ended {
                // Its boundary is nowhere: all of it is one part.
                part.content = Content::Leaf;
                "text/plain".clone_into(&mut part.media.value);
            }
        }
    }
}

fn find(open: &[Open], line: &[u8]) -> Option<(usize, Boundary)> {
    let line = line.trim_ascii_end().strip_prefix(b"--")?;
    let find = |ended: bool, wanted: &[u8]| {
        open.iter().rposition(|open| {
            !open.boundary.is_empty() && open.ended == ended && open.boundary == wanted
        })
    };
    // A boundary may end with two hyphens itself.
    let next = |ended| find(ended, line).map(|level| (level, Boundary::Next));
    let last = |ended| {
        let bare = line.strip_suffix(b"--")?;
        find(ended, bare).map(|level| (level, Boundary::Last))
    };
    next(false).or_else(|| last(false)).or_else(|| next(true))
}

/// The boundary of a multipart that does not tell it: its first line that is one.
fn guess_boundary(raw: &[u8], body: usize) -> Option<Vec<u8>> {
    let mut at = body;
    for _ in 0..50 {
        let line = line_at(raw, at)?;
        if let Some(boundary) = line.text.trim_ascii_end().strip_prefix(b"--") {
            let is_long = boundary.len() >= 6 && !boundary.contains(&b' ');
            let next = line_at(raw, line.next)?;
            if is_long && next.text.to_ascii_lowercase().starts_with(b"content-") {
                return Some(boundary.to_vec());
            }
        }
        at = line.next;
    }
    None
}
