//! HTML to text: blocks and cells apart, links with their address, quotes as
//! `> `. What a browser would not show is left out.

use super::entities;
use super::html_tag::{self, Tag};

/// Ends a paragraph: a blank line stands around it.
const PARAGRAPHS: [&str; 17] = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "ul",
    "ol",
    "dl",
    "table",
    "pre",
    "hr",
    "form",
    "fieldset",
    "figure",
];

/// Ends a line.
const BLOCKS: [&str; 21] = [
    "div", "tr", "li", "dt", "dd", "section", "article", "header", "footer", "address", "aside",
    "nav", "main", "center", "caption", "thead", "tbody", "tfoot", "option", "legend", "body",
];

/// Elements that have no end tag.
const VOID: [&str; 12] = [
    "br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "wbr",
];

/// Elements whose content is no text.
const NO_TEXT: [&str; 6] = ["script", "style", "title", "template", "object", "applet"];

/// The most levels of quotes that are marked.
const QUOTES: usize = 20;

/// A link whose text is being written.
struct Link {
    address: String,
    /// Where its text begins.
    start: usize,
    /// How many lines were finished before.
    lines: usize,
}

/// A list that is being written: the number of its next item, if they have one.
struct List(Option<u32>);

#[derive(Default)]
struct Writer {
    text: String,
    line: String,
    lines: usize,
    /// Whether white space stands between what is written and what comes.
    space: bool,
    /// Whether a blank line stands before what comes.
    paragraph: bool,
    /// How many quotes are open.
    quotes: usize,
    /// The open elements that may be quotes, and whether they are.
    blockquotes: Vec<bool>,
    preformatted: usize,
    lists: Vec<List>,
    links: Vec<Link>,
    /// The element that hides what is in it, and how many of its name are open.
    hidden: Option<(String, usize)>,
    /// Whether something was hidden.
    hides: bool,
    /// Whether hidden elements are shown.
    shows_all: bool,
}

/// Converts HTML to text.
pub(super) fn to_text(html: &str) -> String {
    let (text, hidden) = convert(html, false);
    if hidden && text.trim().is_empty() {
        // Better what a browser hides than nothing.
        return convert(html, true).0;
    }
    text
}

/// Converts HTML; returns also whether something in it is hidden.
fn convert(html: &str, shows_all: bool) -> (String, bool) {
    let mut writer = Writer {
        shows_all,
        ..Writer::default()
    };
    let mut tags = html_tag::Reader::new(html);
    while let Some(piece) = tags.next() {
        match piece {
            html_tag::Piece::Text(text) => writer.characters(&entities::decode(text)),
            html_tag::Piece::Tag(tag) => {
                if NO_TEXT.contains(&tag.name.as_str()) && !tag.is_end && !tag.is_empty {
                    tags.skip_element(&tag.name);
                } else {
                    writer.tag(&tag);
                }
            }
        }
    }
    writer.close_link();
    writer.break_line();
    (writer.text, writer.hides)
}

impl Writer {
    fn tag(&mut self, tag: &Tag) {
        if self.goes_on_hiding(tag) {
            return;
        }
        let name = tag.name.as_str();
        if PARAGRAPHS.contains(&name) {
            self.break_line();
            self.paragraph = true;
        } else if BLOCKS.contains(&name) {
            self.break_line();
        }
        match (name, tag.is_end) {
            ("br", _) => self.end_line(),
            ("hr", _) => self.characters("---"),
            ("td" | "th", false) if !self.line.is_empty() => {
                self.line.push_str("  ");
                self.space = false;
            }
            ("blockquote", false) => {
                let is_quote = !is_indent(tag);
                self.blockquotes.push(is_quote);
                self.quotes += usize::from(is_quote);
            }
            ("blockquote", true) => {
                let is_quote = self.blockquotes.pop().unwrap_or_default();
                self.quotes -= usize::from(is_quote);
            }
            ("pre", false) => self.preformatted += 1,
            ("pre", true) => self.preformatted = self.preformatted.saturating_sub(1),
            ("ul", false) => self.lists.push(List(None)),
            ("ol", false) => self.lists.push(List(Some(1))),
            ("ul" | "ol", true) => {
                self.lists.pop();
            }
            ("li", false) => self.item(),
            ("img", false) => self.picture(tag),
            ("a", false) => self.open_link(tag),
            ("a", true) => self.close_link(),
            _ => {}
        }
        if matches!(name, "ul" | "ol") && self.lists.len() > usize::from(!tag.is_end) {
            self.paragraph = false;
        }
        if name == "hr" {
            self.break_line();
            self.paragraph = true;
        }
    }

    /// Whether a tag is within something that is not shown, or begins it.
    fn goes_on_hiding(&mut self, tag: &Tag) -> bool {
        if let Some((name, depth)) = &mut self.hidden {
            if *name == tag.name && !tag.is_empty {
                if tag.is_end {
                    *depth -= 1;
                } else {
                    *depth += 1;
                }
                if *depth == 0 {
                    self.hidden = None;
                }
            }
            return true;
        }
        let hides = !self.shows_all
            && !tag.is_end
            && !tag.is_empty
            && !VOID.contains(&tag.name.as_str())
            && !matches!(tag.name.as_str(), "body" | "html")
            && is_hidden(tag);
        if hides {
            self.hides = true;
            self.hidden = Some((tag.name.clone(), 1));
        }
        hides
    }

    fn characters(&mut self, text: &str) {
        if self.hidden.is_some() {
            return;
        }
        if self.preformatted > 0 {
            for (at, line) in text.replace("\r\n", "\n").split(['\n', '\r']).enumerate() {
                if at > 0 {
                    self.end_line();
                }
                if !line.is_empty() {
                    self.begin_text();
                    self.line.push_str(line);
                }
            }
            return;
        }
        for character in text.chars() {
            match character {
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => self.space = true,
                // Marks for breaking words, which only hidden texts are full of.
                '\u{200b}' | '\u{ad}' | '\u{34f}' | '\u{feff}' => {}
                _ => {
                    self.begin_text();
                    self.line.push(if character == '\u{a0}' {
                        ' '
                    } else {
                        character
                    });
                }
            }
        }
    }

    /// Writes what stands between the text before and what comes.
    fn begin_text(&mut self) {
        if self.line.is_empty() {
            if self.paragraph && !self.text.is_empty() && !self.text.ends_with("\n\n") {
                self.write_line(true);
            }
            self.paragraph = false;
        } else if self.space && !self.line.ends_with(' ') {
            self.line.push(' ');
        }
        self.space = false;
    }

    fn write_line(&mut self, blank: bool) {
        let line = std::mem::take(&mut self.line);
        let line = if blank { "" } else { line.trim_end() };
        let quotes = self.quotes.min(QUOTES);
        for at in 0..quotes {
            self.text.push_str(if at + 1 < quotes || !line.is_empty() {
                "> "
            } else {
                ">"
            });
        }
        self.text.push_str(line);
        self.text.push('\n');
        self.lines += 1;
    }

    /// Ends a line that has something on it.
    fn break_line(&mut self) {
        if !self.line.trim().is_empty() {
            self.write_line(false);
        }
        self.line.clear();
        self.space = false;
    }

    /// Ends a line, blank or not; of blank ones at most one stays.
    fn end_line(&mut self) {
        if !self.line.trim().is_empty() || self.preformatted > 0 {
            self.write_line(false);
        } else {
            self.line.clear();
            self.paragraph = true;
        }
        self.space = false;
    }

    fn item(&mut self) {
        let depth = self.lists.len().saturating_sub(1).min(10);
        let mark = match self.lists.last_mut() {
            Some(List(Some(number))) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            Some(List(None)) | None => "- ".to_owned(),
        };
        self.begin_text();
        self.line = format!("{}{mark}", "  ".repeat(depth));
    }

    fn picture(&mut self, tag: &Tag) {
        let alternative = tag
            .attribute("alt")
            .map(|text| entities::decode(text.trim()));
        if let Some(text) = alternative.filter(|text| !text.is_empty()) {
            self.characters(&format!("[{text}]"));
        }
    }

    fn open_link(&mut self, tag: &Tag) {
        self.close_link();
        let address = tag
            .attribute("href")
            .map(|address| entities::decode(address.trim()));
        if let Some(address) = address {
            self.links.push(Link {
                address,
                start: self.line.len(),
                lines: self.lines,
            });
        }
    }

    fn close_link(&mut self) {
        let Some(link) = self.links.pop() else {
            return;
        };
        let lower = link.address.to_ascii_lowercase();
        let shown = [
            "http://", "https://", "mailto:", "ftp://", "tel:", "file:", "sip:",
        ];
        if !shown.iter().any(|scheme| lower.starts_with(scheme)) {
            return;
        }
        let is_same_line = link.lines == self.lines;
        let text = if is_same_line {
            self.line.get(link.start..).unwrap_or_default().trim()
        } else {
            ""
        };
        let bare = |text: &str| {
            let lower = text.to_ascii_lowercase();
            let lower = ["http://", "https://", "mailto:", "tel:"]
                .iter()
                .find_map(|scheme| lower.strip_prefix(scheme))
                .unwrap_or(&lower)
                .to_owned();
            lower.trim_end_matches('/').replace(' ', "")
        };
        let is_written = bare(text) == bare(&link.address);
        if is_written || text.is_empty() && is_same_line {
            return;
        }
        self.space = true;
        self.characters(&format!("<{}>", link.address));
    }
}

/// Whether a browser would not show an element.
fn is_hidden(tag: &Tag) -> bool {
    if tag.attribute("hidden").is_some() {
        return true;
    }
    style(tag).split(';').any(|rule| {
        matches!(
            rule.trim_end_matches("!important"),
            "display:none" | "visibility:hidden" | "mso-hide:all"
        )
    })
}

/// Whether a quote is none, but text that the sender indented: it has no border,
/// and does not quote a mail.
fn is_indent(tag: &Tag) -> bool {
    let is_cited = tag.attribute("type").is_some() || tag.attribute("class").is_some();
    let has_none = |rule| matches!(rule, "border:none" | "border:0" | "border-style:none");
    !is_cited && style(tag).split(';').any(has_none)
}

/// The style of an element, in lower case and without white space.
fn style(tag: &Tag) -> String {
    let style = tag.attribute("style").unwrap_or_default();
    let style = style.chars().filter(|character| !character.is_whitespace());
    style.collect::<String>().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::to_text;

    #[test]
    fn html_is_read_as_a_browser_shows_it() {
        for (html, text) in [
            ("Hello <b>big</b>\n world", "Hello big world\n"),
            ("<p>One</p><p>Two</p>", "One\n\nTwo\n"),
            ("<div>One</div><div>Two</div>", "One\nTwo\n"),
            ("a<br>b<br><br>c", "a\nb\n\nc\n"),
            (
                "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
                "a  b\nc\n",
            ),
            (
                "<a href='https://x.org/y'>here</a>.",
                "here <https://x.org/y>.\n",
            ),
            ("<a href=\"https://x.org/\">x.org</a>", "x.org\n"),
            ("<a href=\"mailto:a@x.org\">a@x.org</a>", "a@x.org\n"),
            ("<a href=\"javascript:x()\">go</a>", "go\n"),
            ("<style>p{}</style><script>x<y</script>seen", "seen\n"),
            ("<head><title>No</title></head><body>yes", "yes\n"),
            (
                "<div style='display: none'>no<div>no</div></div>yes",
                "yes\n",
            ),
            ("<span hidden>no</span>yes", "yes\n"),
            (
                "<blockquote>a<blockquote>b</blockquote></blockquote>c",
                "> a\n> >\n> > b\n\nc\n",
            ),
            (
                "a<blockquote style='margin: 0 0 0 40px; border: none'>b<blockquote>c</blockquote>d</blockquote>e",
                "a\n\nb\n>\n> c\n\nd\n\ne\n",
            ),
            (
                "<blockquote type='cite' style='border: none'>a</blockquote></blockquote>b",
                "> a\n\nb\n",
            ),
            (
                "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>",
                "- a\n- b\n  1. c\n",
            ),
            ("<pre>a\n  b</pre>", "a\n  b\n"),
            ("<img alt='Logo' src=x> <img src=y>", "[Logo]\n"),
            ("1 < 2 and 3 > 2 &amp; so", "1 < 2 and 3 > 2 & so\n"),
            ("a<!-- no -->b<!--[if mso]>no<![endif]-->c", "abc\n"),
            ("<!DOCTYPE html><o:p>x</o:p>", "x\n"),
            ("<p>open <b", "open <b\n"),
            ("<a href=\"open>text</a> more", "text more\n"),
            ("<style>never closed", "never closed\n"),
            ("a&nbsp;b", "a b\n"),
            ("", ""),
        ] {
            assert_eq!(to_text(html), text, "{html}");
        }
    }
}
