//! What the index keeps of a document: its fields as one text, and the terms
//! that it is found by.

use std::collections::HashSet;

use crate::domain::search::document::{Document, Field};

/// Maximum length of a term, in bytes: a little below that of the server. Of a
/// longer one the beginning is indexed, and the rest compared with the text.
pub(super) const MAX_TERM_BYTES: usize = 2000;
/// Maximum length of all terms of a document, in bytes: a little below that of
/// the server. Further ones are dropped.
const MAX_TERMS_BYTES: usize = 1_000_000;
/// What a term of a title is marked with, beside being indexed as it is.
pub(super) const IN_TITLE: char = '.';
/// How many blanks follow the fields; see the definition of the table.
const FILLER: usize = 2048;

/// The terms of a document.
#[derive(Debug, Default)]
pub(super) struct Terms {
    /// Each once, in order.
    words: Vec<String>,
    /// Those of the title.
    title: Vec<String>,
}

impl Terms {
    pub(super) fn of(document: &Document) -> Self {
        let mut seen = HashSet::new();
        let mut terms = Self::default();
        let mut bytes = 0;
        let mut add = |to: &mut Vec<String>, term: &str| {
            bytes += term.len();
            if bytes <= MAX_TERMS_BYTES {
                to.push(term.to_owned());
            }
        };
        for term in unique(document.field(Field::Title).split(' ')) {
            add(&mut terms.title, &format!("{IN_TITLE}{term}"));
        }
        for term in document.terms().map(cut) {
            if seen.insert(term) {
                add(&mut terms.words, term);
            }
        }
        terms.words.sort_unstable();
        terms
    }

    /// A literal for the type `tsvector`.
    pub(super) fn literal(&self) -> String {
        let all = self.title.iter().chain(&self.words);
        all.map(|term| quoted(term)).collect::<Vec<_>>().join(" ")
    }

    /// The terms separated by blanks, in order, so that whoever adds the same ones
    /// at the same time does so in the same order.
    pub(super) fn words(&self) -> String {
        self.words.join(" ")
    }

    /// Those that other terms do not have, separated by blanks, in order.
    pub(super) fn without(&self, other: &Self) -> String {
        let missing = |term: &&String| other.words.binary_search(term).is_err();
        let words: Vec<&str> = self
            .words
            .iter()
            .filter(missing)
            .map(String::as_str)
            .collect();
        words.join(" ")
    }
}

fn unique<'a>(terms: impl Iterator<Item = &'a str>) -> impl Iterator<Item = &'a str> {
    let mut seen = HashSet::new();
    terms
        .filter(|term| !term.is_empty())
        .map(cut)
        .filter(move |term| seen.insert(*term))
}

/// The part of a term that is indexed.
pub(super) fn cut(term: &str) -> &str {
    &term[..term.floor_char_boundary(MAX_TERM_BYTES)]
}

/// A term as it is written in literals. Terms consist of letters and digits.
pub(super) fn quoted(term: &str) -> String {
    format!("'{}'", term.replace('\\', "\\\\").replace('\'', "''"))
}

/// The fields as one text: a line each, between blanks.
pub(super) fn text(document: &Document) -> String {
    let lines = document.fields().map(|field| format!(" {field} \n"));
    let mut text: String = lines.collect();
    text.extend(std::iter::repeat_n(' ', FILLER));
    text
}

/// The document whose fields are this text; `None` if it is none.
pub(super) fn document(text: &str) -> Option<Document> {
    let mut lines = text.lines();
    let mut field = || {
        let line = lines.next()?.strip_prefix(' ')?.strip_suffix(' ')?;
        Some(line.to_owned())
    };
    Some(Document {
        title: field()?,
        body: field()?,
        log: field()?,
        messages: field()?,
        resolution: field()?,
        variants: field()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Document {
        Document {
            title: "vpn drop vpn".into(),
            body: "drop".into(),
            variants: "\u{16b9}mia \u{e000}  \u{e000} drops \u{e000} ".into(),
            ..Document::default()
        }
    }

    #[test]
    fn a_document_is_read_as_it_was_written() {
        for written in [example(), Document::default()] {
            assert_eq!(document(&text(&written)), Some(written));
        }
        assert_eq!(document(""), None);
        assert_eq!(document(" a \n b \n"), None);
    }

    #[test]
    fn each_term_is_indexed_once_and_marked_where_it_is_in_the_title() {
        let terms = Terms::of(&example());
        assert_eq!(
            terms.literal(),
            "'.vpn' '.drop' 'drop' 'drops' 'vpn' '\u{16b9}mia'"
        );
        assert_eq!(terms.words(), "drop drops vpn \u{16b9}mia");
        let other = Terms::of(&Document {
            body: "vpn x".into(),
            ..Document::default()
        });
        assert_eq!(terms.without(&other), "drop drops \u{16b9}mia");
        assert_eq!(other.without(&terms), "x");
        assert_eq!(terms.without(&terms), "");
    }

    #[test]
    fn what_the_server_would_refuse_is_cut() {
        let long = "ä".repeat(1500);
        assert_eq!(cut(&long).len(), MAX_TERM_BYTES);
        let many: Vec<String> = (0..300_000).map(|number| format!("{number:06}")).collect();
        let terms = Terms::of(&Document {
            body: many.join(" "),
            ..Document::default()
        });
        assert_eq!(terms.words.len(), MAX_TERMS_BYTES / 6);
        assert_eq!(quoted("a'b\\"), "'a''b\\\\'");
    }
}
