//! Text analysis: splits text into tokens and turns each token into index terms
//! by case folding, removal of diacritics and stemming. Documents and queries
//! go through the same analysis, so that their terms match.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::{compounds, normalize, word_forms};

pub(crate) use crate::domain::search::language::{Language, detect_language, is_stop_word};

/// Maximum length of a token in characters; the rest is ignored.
const MAX_TOKEN_CHARS: usize = 64;

/// A token of a text, unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// Byte range in the text.
    pub(crate) span: Range<usize>,
    pub(crate) text: &'a str,
}

/// Splits a text into tokens: runs of letters and digits, or runs of CJK
/// characters, which are written without spaces.
pub(crate) fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let starts_token = |c: char| c.is_alphanumeric() && !is_combining_mark(c);
        let start = rest + text[rest..].find(starts_token)?;
        let mut chars = text[start..].char_indices();
        let cjk = chars.next().is_some_and(|(_, c)| normalize::is_cjk(c));
        let in_token =
            |c: char| is_combining_mark(c) || (c.is_alphanumeric() && normalize::is_cjk(c) == cjk);
        let length = chars.find(|(_, c)| !in_token(*c));
        let end = length.map_or(text.len(), |(length, _)| start + length);
        rest = end;
        Some(Token {
            span: start..end,
            text: &text[start..end],
        })
    })
}

/// The terms that a token is indexed under in a language: its stem, or the
/// bigrams of CJK characters.
pub(crate) fn index_terms(token: &str, language: Language) -> Vec<String> {
    if token.is_ascii() {
        let lowercase = truncate(token).to_ascii_lowercase();
        return non_empty(stem(&lowercase, language).into_owned());
    }
    let lowercase = normalize::lowercase(token, MAX_TOKEN_CHARS);
    if lowercase.chars().any(normalize::is_cjk) {
        return normalize::bigrams(&fold(token));
    }
    non_empty(normalize::strip_diacritics(&stem(&lowercase, language)))
}

/// The stem of a token that is typed without its diacritics, if it differs
/// from the stem of the token itself.
pub(crate) fn unaccented_stem(token: &str, language: Language) -> Option<String> {
    if token.is_ascii() {
        return None;
    }
    let folded = fold(token);
    if folded.is_empty() || folded.chars().any(normalize::is_cjk) {
        return None;
    }
    let unaccented = normalize::strip_diacritics(&stem(&folded, language));
    let known = index_terms(token, language);
    (!unaccented.is_empty() && !known.contains(&unaccented)).then_some(unaccented)
}

/// The roots under which a token is found too; see [`word_forms`].
pub(crate) fn roots(token: &str, language: Language) -> Vec<String> {
    let lowercase = normalize::lowercase(token, MAX_TOKEN_CHARS);
    if lowercase.chars().all(char::is_alphabetic) {
        word_forms::roots(&lowercase, language)
    } else {
        Vec::new()
    }
}

fn non_empty(term: String) -> Vec<String> {
    if term.is_empty() {
        Vec::new()
    } else {
        vec![term]
    }
}

/// The token in lowercase and without diacritics, but not stemmed.
pub(crate) fn fold(token: &str) -> String {
    if token.is_ascii() {
        return truncate(token).to_ascii_lowercase();
    }
    normalize::fold(token, MAX_TOKEN_CHARS)
}

fn truncate(token: &str) -> &str {
    match token.char_indices().nth(MAX_TOKEN_CHARS) {
        Some((end, _)) => &token[..end],
        None => token,
    }
}

/// The stem of a lowercase token. A token with digits in it is an identifier,
/// such as an error code, and is not stemmed.
fn stem(lowercase: &str, language: Language) -> Cow<'_, str> {
    if lowercase.chars().all(char::is_alphabetic) {
        language.stem(lowercase)
    } else {
        Cow::Borrowed(lowercase)
    }
}

/// The index terms of a token, preceded by those of its parts if it is written
/// in camel case, such as `PrintSpooler`.
pub(crate) fn index_terms_with_parts(token: &str, language: Language) -> Vec<String> {
    let parts = camel_case_parts(token).into_iter();
    let mut terms: Vec<String> = parts.flat_map(|part| index_terms(part, language)).collect();
    terms.extend(index_terms(token, language));
    terms
}

/// The parts of a camel-case token; empty for any other token.
pub(crate) fn camel_case_parts(token: &str) -> Vec<&str> {
    let mut boundaries = vec![0];
    let chars: Vec<(usize, char)> = token.char_indices().take(MAX_TOKEN_CHARS).collect();
    for triple in chars.windows(3) {
        let [(_, a), (at, b), (_, c)] = *triple else {
            continue;
        };
        let word_starts = a.is_lowercase() && b.is_uppercase();
        let acronym_ends = a.is_uppercase() && b.is_uppercase() && c.is_lowercase();
        if word_starts || acronym_ends {
            boundaries.push(at);
        }
    }
    if boundaries.len() == 1 || chars.len() == MAX_TOKEN_CHARS {
        return Vec::new();
    }
    boundaries.push(token.len());
    let parts = boundaries.windows(2);
    parts.map(|pair| &token[pair[0]..pair[1]]).collect()
}

/// Maximum number of tokens of a text that is analysed in every language if
/// its own cannot be detected.
const SHORT_TEXT_TOKENS: usize = 12;

/// Turns the tokens of one text into index terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Analyzer {
    language: Language,
    /// Whether the text is short and its language could not be detected.
    language_unknown: bool,
}

impl Analyzer {
    /// Detects the language of a text; English is the default.
    pub(crate) fn for_text(text: &str) -> Self {
        let language = detect_language(text);
        Self {
            language: language.unwrap_or(Language::English),
            language_unknown: language.is_none() && tokens(text).nth(SHORT_TEXT_TOKENS).is_none(),
        }
    }

    /// The index terms of a token, including its camel-case parts.
    pub(crate) fn terms(self, token: &str) -> Vec<String> {
        index_terms_with_parts(token, self.language)
    }

    /// Further terms under which the token can be found: stems of other
    /// languages where the language is unknown, stems without diacritics, other
    /// forms of the word, and parts of a compound.
    pub(crate) fn variants(self, token: &str) -> Vec<String> {
        // An identifier is the same in every language.
        let counted = truncate(token);
        if token.is_ascii() && counted.bytes().any(|byte| byte.is_ascii_digit()) {
            return Vec::new();
        }
        let mut variants = Vec::new();
        if self.language_unknown {
            for language in Language::ALL {
                variants.extend(index_terms(token, language));
                variants.extend(unaccented_stem(token, language));
                variants.extend(roots(token, language));
            }
            variants.extend(compounds::index_terms(token, &compounds::LANGUAGES));
        } else {
            variants.extend(unaccented_stem(token, self.language));
            variants.extend(roots(token, self.language));
            if compounds::occur_in(Some(self.language)) {
                variants.extend(compounds::index_terms(token, &[self.language]));
            }
        }
        let known = index_terms_with_parts(token, self.language);
        variants.retain(|variant| !known.contains(variant));
        variants
    }
}

#[cfg(test)]
mod tests;
