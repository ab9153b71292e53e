//! Words that people use for the same thing, in the English of help desks.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::analysis::{Language, terms};

/// A line a meaning; a line that begins with `=` holds forms of one word, the
/// others words that often stand for each other.
const KIN: &str = include_str!("synonyms.txt");

/// The most words of a phrase in the list.
const LONGEST: usize = 4;

type Meanings = HashMap<String, Vec<usize>>;

struct Book {
    lines: Vec<(Vec<&'static str>, bool)>,
    /// The meanings of a phrase, by its stems.
    meanings: Meanings,
}

fn book() -> &'static Book {
    static BOOK: OnceLock<Book> = OnceLock::new();
    BOOK.get_or_init(|| {
        let mut book = Book {
            lines: Vec::new(),
            meanings: HashMap::new(),
        };
        for line in KIN.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let sure = line.starts_with('=');
            let phrases: Vec<&str> = line
                .trim_start_matches('=')
                .split(',')
                .map(str::trim)
                .collect();
            for phrase in &phrases {
                let words: Vec<&str> = parts(phrase).collect();
                let at = book.meanings.entry(key(&words)).or_default();
                at.push(book.lines.len());
            }
            book.lines.push((phrases, sure));
        }
        book
    })
}

/// The words of a phrase; what has a hyphen in it is several.
pub(crate) fn parts(phrase: &str) -> impl Iterator<Item = &str> {
    super::analysis::words(phrase).map(|word| word.text)
}

fn key(words: &[&str]) -> String {
    let stems = words.iter().flat_map(|word| terms(word, Language::English));
    stems.collect::<Vec<_>>().join(" ")
}

/// What stands for the phrase that these words begin with, and whether it
/// surely does: of the longest phrase that is known.
pub(crate) fn of(words: &[&str]) -> Vec<(&'static str, bool)> {
    let book = book();
    let mut found = Vec::new();
    for length in (1..=LONGEST.min(words.len())).rev() {
        let phrase = key(&words[..length]);
        for line in book.meanings.get(&phrase).into_iter().flatten() {
            let (phrases, sure) = &book.lines[*line];
            found.extend(phrases.iter().map(|other| (*other, *sure)));
        }
    }
    found
}
