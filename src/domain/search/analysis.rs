//! The words of what people wrote, made comparable: letter case, accents and
//! endings aside, in the languages that desks are spoken to in. What is indexed
//! and what is searched for go through here, so that they meet.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::normalize;

pub(crate) use crate::domain::search::language::{Language, is_small, spoken};

/// The most letters of a word that count; what is longer is no word.
const LONGEST: usize = 64;

/// A word as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word<'a> {
    /// Where it stands, in bytes.
    pub(crate) at: Range<usize>,
    pub(crate) text: &'a str,
}

/// The words of a text: runs of letters and digits, or of signs of a script
/// that has no spaces between words.
pub(crate) fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let begins = |c: char| c.is_alphanumeric() && !is_combining_mark(c);
        let from = rest + text[rest..].find(begins)?;
        let mut letters = text[from..].char_indices();
        let signs = letters.next().is_some_and(|(_, c)| normalize::is_sign(c));
        let within = |c: char| {
            is_combining_mark(c) || (c.is_alphanumeric() && normalize::is_sign(c) == signs)
        };
        let length = letters.find(|(_, c)| !within(*c));
        let to = length.map_or(text.len(), |(length, _)| from + length);
        rest = to;
        Some(Word {
            at: from..to,
            text: &text[from..to],
        })
    })
}

/// The terms that a word is indexed by, in a language: its stem, or pairs of
/// signs where a script has no spaces between words.
pub(crate) fn terms(word: &str, tongue: Language) -> Vec<String> {
    if word.is_ascii() {
        let low = cut(word).to_ascii_lowercase();
        return whole(stem(&low, tongue).into_owned());
    }
    let low = normalize::low(word, LONGEST);
    if low.chars().any(normalize::is_sign) {
        return normalize::pairs(&plain(word));
    }
    whole(normalize::plain(&stem(&low, tongue)))
}

/// The stem of a word as it is typed without its accents, where that is
/// another one.
pub(crate) fn bare(word: &str, tongue: Language) -> Option<String> {
    if word.is_ascii() {
        return None;
    }
    let plain = plain(word);
    if plain.is_empty() || plain.chars().any(normalize::is_sign) {
        return None;
    }
    let bare = normalize::plain(&stem(&plain, tongue));
    let known = terms(word, tongue);
    (!bare.is_empty() && !known.contains(&bare)).then_some(bare)
}

fn whole(term: String) -> Vec<String> {
    if term.is_empty() {
        Vec::new()
    } else {
        vec![term]
    }
}

/// The word without accents and in small letters, endings and all.
pub(crate) fn plain(word: &str) -> String {
    if word.is_ascii() {
        return cut(word).to_ascii_lowercase();
    }
    normalize::low_and_plain(word, LONGEST)
}

fn cut(word: &str) -> &str {
    match word.char_indices().nth(LONGEST) {
        Some((end, _)) => &word[..end],
        None => word,
    }
}

/// The stem of a word in small letters. What has digits in it is a name, and
/// stays.
fn stem(low: &str, tongue: Language) -> Cow<'_, str> {
    if low.chars().all(char::is_alphabetic) {
        tongue.stem(low)
    } else {
        Cow::Borrowed(low)
    }
}

/// The terms of a word as it is written: of a name in one with capitals in
/// it, such as `PrintSpooler`, those of its parts and then the whole.
pub(crate) fn written(word: &str, tongue: Language) -> Vec<String> {
    let parts = humps(word).into_iter();
    let mut written: Vec<String> = parts.flat_map(|part| terms(part, tongue)).collect();
    written.extend(terms(word, tongue));
    written
}

/// The parts of a name written in one with capitals in it; none for any other
/// word.
pub(crate) fn humps(word: &str) -> Vec<&str> {
    let mut cuts = vec![0];
    let letters: Vec<(usize, char)> = word.char_indices().take(LONGEST).collect();
    for pair in letters.windows(3) {
        let [(_, a), (at, b), (_, c)] = *pair else {
            continue;
        };
        let rises = a.is_lowercase() && b.is_uppercase();
        let ends = a.is_uppercase() && b.is_uppercase() && c.is_lowercase();
        if rises || ends {
            cuts.push(at);
        }
    }
    if cuts.len() == 1 || letters.len() == LONGEST {
        return Vec::new();
    }
    cuts.push(word.len());
    cuts.windows(2).map(|cut| &word[cut[0]..cut[1]]).collect()
}

/// The most words of a text for which the endings of every language count
/// where it does not tell its own.
const SHORT: usize = 12;

/// How the words of a text are taken.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    tongue: Language,
    /// Whether it does not tell its language, and is short.
    unsure: bool,
}

impl Reading {
    pub(crate) fn of(text: &str) -> Self {
        let tongue = spoken(text);
        Self {
            tongue: tongue.unwrap_or(Language::English),
            unsure: tongue.is_none() && words(text).nth(SHORT).is_none(),
        }
    }

    /// The terms of a word.
    pub(crate) fn terms(self, word: &str) -> Vec<String> {
        written(word, self.tongue)
    }

    /// Other terms that stand for it: by the endings of another language,
    /// without its accents.
    pub(crate) fn others(self, word: &str) -> Vec<String> {
        let mut others = Vec::new();
        if self.unsure {
            for tongue in Language::ALL {
                others.extend(terms(word, tongue));
                others.extend(bare(word, tongue));
            }
            let known = written(word, self.tongue);
            others.retain(|other| !known.contains(other));
        } else {
            others.extend(bare(word, self.tongue));
        }
        others
    }
}

#[cfg(test)]
mod tests;
