//! The text of a message and its files: which parts are read, which are kept.

use super::calendar;
use super::charset;
use super::delivery_report::{self, ReportParts};
use super::flowed;
use super::header::{self, Headers};
use super::html;
use super::parameters::Parameters;
use super::structure::{Content, Part};
use super::transfer;
use super::uuencode;
use crate::domain::mail::message::{Invitation, MailAttachment, MailMessage};

/// How many levels of messages within messages are read; what lies deeper stays
/// in the bytes of the message around it.
pub(super) const FORWARDED_LEVELS: usize = 4;

/// Text that was read from a part.
#[derive(Debug, Default)]
pub(super) struct Rendered {
    text: String,
    /// Whether somebody wrote it as plain text.
    is_plain: bool,
}

/// Where a part stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    Mixed,
    Alternative,
}

/// Reads the parts of one message.
pub(super) struct BodyReader<'a> {
    pub(super) raw: &'a [u8],
    pub(super) parts: &'a [Part],
    /// How many messages this one is within.
    pub(super) level: usize,
    pub(super) attachments: Vec<MailAttachment>,
    pub(super) forwarded: Vec<MailMessage>,
    pub(super) invitation: Option<Invitation>,
    pub(super) report: ReportParts,
    /// What stands before the first boundaries.
    preamble: String,
    /// Whether a text was read: a text with a name that follows it is a file.
    has_text: bool,
}

impl<'a> BodyReader<'a> {
    pub(super) fn new(raw: &'a [u8], parts: &'a [Part], level: usize) -> Self {
        Self {
            raw,
            parts,
            level,
            attachments: Vec::new(),
            forwarded: Vec::new(),
            invitation: None,
            report: ReportParts::default(),
            preamble: String::new(),
            has_text: false,
        }
    }

    /// Reads the message with this part at its root; returns its text.
    pub(super) fn read(&mut self, root: usize) -> String {
        let rendered = self.part(root, Place::Root);
        let text = if rendered.text.trim().is_empty() {
            std::mem::take(&mut self.preamble)
        } else {
            rendered.text
        };
        let text = normalize_lines(&text);
        let start = text.len() - text.trim_start_matches('\n').len();
        text[start..].trim_end().to_owned()
    }

    fn part(&mut self, at: usize, place: Place) -> Rendered {
        let Some(part) = self.parts.get(at) else {
            return Rendered::default();
        };
        match part.content {
            Content::Multipart => self.multipart(part),
            Content::Message => {
                self.message(part);
                Rendered::default()
            }
            Content::Leaf => self.leaf(part, place),
        }
    }

    fn multipart(&mut self, part: &Part) -> Rendered {
        let is_alternative = part.media.value == "multipart/alternative";
        let place = if is_alternative {
            Place::Alternative
        } else {
            Place::Mixed
        };
        let mut all: Vec<Rendered> = part
            .children
            .iter()
            .map(|child| self.part(*child, place))
            .collect();
        all.retain(|rendered| !rendered.text.trim().is_empty());
        let mut rendered = if is_alternative {
            let plain = all.iter().position(|rendered| rendered.is_plain);
            let chosen = plain.or(all.len().checked_sub(1));
            chosen.map(|at| all.swap_remove(at)).unwrap_or_default()
        } else {
            join(all)
        };
        let outside = |range: &std::ops::Range<usize>| {
            let bytes = self.raw.get(range.clone()).unwrap_or_default();
            charset::decode(bytes, None)
        };
        self.preamble.push_str(&outside(&part.preamble));
        let epilogue = outside(&part.epilogue);
        if !epilogue.trim().is_empty() {
            rendered = join(vec![
                rendered,
                Rendered {
                    text: epilogue,
                    is_plain: false,
                },
            ]);
        }
        rendered
    }

    fn bytes(&self, part: &Part) -> &'a [u8] {
        self.raw.get(part.body.clone()).unwrap_or_default()
    }

    /// Keeps a message within this one, and reads it.
    fn message(&mut self, part: &Part) {
        let bytes = self.bytes(part);
        self.keep(part, bytes.to_vec());
        let Some(&root) = part.children.first() else {
            return;
        };
        if let Some(inner) = self.parts.get(root) {
            self.report.add_original(&inner.headers);
        }
        if self.level < FORWARDED_LEVELS {
            let inner = super::read_message(self.raw, self.parts, root, self.level + 1);
            self.forwarded.push(inner);
        }
    }

    fn leaf(&mut self, part: &Part, place: Place) -> Rendered {
        let (bytes, rest) = decode_transfer(part, self.bytes(part));
        let media = part.media.value.as_str();
        if media == "message/delivery-status" || media == "message/global-delivery-status" {
            self.report.status.push_str(&charset::decode(&bytes, None));
        } else if matches!(media, "text/rfc822-headers" | "message/rfc822-headers") {
            let (headers, _) = header::read_headers(&bytes, 0, &|_| false);
            self.report.add_original(&headers);
        } else if matches!(media, "text/calendar" | "application/ics") {
            let text = charset::decode(&bytes, part.media.parameter("charset").or(Some("utf-8")));
            let method = part.media.parameter("method");
            if self.invitation.is_none() {
                self.invitation = calendar::parse(&text, method);
            }
        } else if matches!(media, "message/rfc822" | "message/global" | "message/news") {
            if self.level < FORWARDED_LEVELS
                && let Ok(inner) = super::read_encoded(&bytes, self.level + 1)
            {
                self.forwarded.push(inner);
            }
        } else if is_text(part, place) && !self.is_file_after_text(part, place) {
            self.has_text = true;
            return self.text(part, &bytes, rest);
        }
        self.keep(part, bytes);
        Rendered::default()
    }

    fn is_file_after_text(&self, part: &Part, place: Place) -> bool {
        place == Place::Mixed && self.has_text && file_name(part).is_some()
    }

    fn text(&mut self, part: &Part, bytes: &[u8], rest: &[u8]) -> Rendered {
        let label = part.media.parameter("charset");
        let media = part.media.value.as_str();
        let mut rendered = match media {
            "text/html" | "application/xhtml+xml" => {
                let declared = label.map(str::to_owned).or_else(|| html_charset(bytes));
                Rendered {
                    text: html::to_text(&charset::decode(bytes, declared.as_deref())),
                    is_plain: false,
                }
            }
            "text/enriched" | "text/richtext" => Rendered {
                text: html::to_text(&enriched(&charset::decode(bytes, label))),
                is_plain: false,
            },
            _ => {
                let (bytes, files) = uuencode::take_files(bytes);
                self.attachments.extend(files);
                let mut text = normalize_lines(&charset::decode(&bytes, label));
                let format = part.media.parameter("format").unwrap_or_default();
                if format.eq_ignore_ascii_case("flowed") {
                    let delsp = part.media.parameter("delsp").unwrap_or_default();
                    text = flowed::join(&text, delsp.eq_ignore_ascii_case("yes"));
                }
                Rendered {
                    text,
                    is_plain: true,
                }
            }
        };
        if !rest.trim_ascii().is_empty() {
            rendered.text.push('\n');
            rendered.text.push_str(&charset::decode(rest, label));
        }
        rendered
    }

    fn keep(&mut self, part: &Part, bytes: Vec<u8>) {
        let id = part
            .headers
            .structured("Content-ID", None)
            .unwrap_or_default();
        let id = id.trim_matches(['<', '>', ' ']);
        self.attachments.push(MailAttachment {
            name: file_name(part),
            media_type: part.media.value.clone(),
            content_id: (!id.is_empty()).then(|| id.to_owned()),
            bytes,
        });
    }
}

/// The name of a part as a file.
fn file_name(part: &Part) -> Option<String> {
    let name = part
        .disposition
        .parameter("filename")
        .or_else(|| part.disposition.parameter("name"))
        .or_else(|| part.media.parameter("name"))
        .or_else(|| part.media.parameter("filename"));
    name.map(str::to_owned).filter(|name| !name.is_empty())
}

/// Whether a part is read as text of the message, not kept as a file.
fn is_text(part: &Part, place: Place) -> bool {
    let media = part.media.value.as_str();
    let readable = match media {
        "text/plain"
        | "text/html"
        | "text/enriched"
        | "text/richtext"
        | "text/markdown"
        | "application/xhtml+xml" => true,
        "text/rtf" | "text/css" | "text/csv" | "text/xml" | "text/vcard" | "text/x-vcard"
        | "text/directory" | "text/javascript" => false,
        _ => media.starts_with("text/") && file_name(part).is_none(),
    };
    let is_attached = part.disposition.value == "attachment";
    let is_named = part.disposition.parameter("filename").is_some();
    readable
        && match place {
            Place::Root => !(is_attached && file_name(part).is_some()),
            Place::Mixed => !is_attached && !is_named,
            Place::Alternative => !is_attached,
        }
}

fn join(all: Vec<Rendered>) -> Rendered {
    let mut joined = Rendered::default();
    for rendered in all {
        joined.is_plain |= rendered.is_plain;
        if joined.text.is_empty() {
            joined.text = rendered.text;
            continue;
        }
        let end = joined.text.trim_end().len();
        joined.text.truncate(end);
        joined.text.push_str("\n\n");
        joined
            .text
            .push_str(rendered.text.trim_start_matches(['\r', '\n']));
    }
    joined
}

/// Decodes the transfer encoding of a part. Returns also text that stands behind
/// the end of base64.
fn decode_transfer<'a>(part: &Part, bytes: &'a [u8]) -> (Vec<u8>, &'a [u8]) {
    let encoding = part.headers.structured("Content-Transfer-Encoding", None);
    let encoding = encoding
        .map(|text| Parameters::parse(&text).value)
        .unwrap_or_default();
    match encoding.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '-') {
        "base64" => {
            let (decoded, rest) = transfer::base64(bytes);
            if decoded.is_empty() && !bytes.trim_ascii().is_empty() {
                return (bytes.to_vec(), &[]);
            }
            (decoded, rest)
        }
        "quoted-printable" | "quotedprintable" => (transfer::quoted_printable(bytes), &[]),
        "x-uuencode" | "uuencode" | "x-uue" | "uue" => {
            let (left, files) = uuencode::take_files(bytes);
            match files.into_iter().next() {
                Some(file) if left.trim_ascii().is_empty() => (file.bytes, &[]),
                Some(_) | None => (bytes.to_vec(), &[]),
            }
        }
        _ => (bytes.to_vec(), &[]),
    }
}

/// The charset that an HTML page says about itself.
fn html_charset(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..bytes.len().min(2048))?;
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let (_, after) = head.split_once("charset")?;
    let after = after.trim_start().strip_prefix('=')?.trim_start();
    let label: String = after
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    (!label.is_empty()).then_some(label)
}

/// Enriched text (RFC 1896) as HTML: single line ends are spaces, `<<` is a `<`.
fn enriched(text: &str) -> String {
    let mut html = normalize_lines(text).replace("<<", "&lt;");
    for command in ["param", "/param"] {
        html = html.replace(
            &format!("<{command}>"),
            if command == "param" {
                "<style>"
            } else {
                "</style>"
            },
        );
    }
    html.replace("\n\n", "<br><br>")
}

/// Ends every line with `\n`.
pub(super) fn normalize_lines(text: &str) -> String {
    if text.contains('\r') {
        return text.replace("\r\n", "\n").replace('\r', "\n");
    }
    text.to_owned()
}

/// The delivery report in a message that was read, if it is one.
pub(super) fn report(
    reader: &mut BodyReader<'_>,
    headers: &Headers,
    message: &MailMessage,
) -> Option<crate::domain::mail::message::DeliveryReport> {
    let parts = std::mem::take(&mut reader.report);
    delivery_report::read(parts, headers, message)
}
