//! Tags: short words that agents put on tickets to find them again.

use unicode_normalization::UnicodeNormalization as _;

use super::characters::is_hidden;
use super::text::name_type;

name_type! {
    /// A tag: letters, digits and `-_.`, in lower case, beginning with a letter or
    /// a digit.
    Tag
}

/// The longest tag, in characters.
const LONGEST: usize = 40;

/// How many tags a ticket has at most.
pub(crate) const MAX_TAGS: usize = 30;

/// What asks in a filter whether a ticket has tags at all, so that no tag is
/// called so.
const RESERVED: &[&str] = &["none", "any"];

/// A text that cannot be a tag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadTag {
    #[error("'{typed}' cannot be a tag")]
    Word { typed: String },
    #[error("'{typed}' cannot be a tag: the filter tag:{typed} asks whether there are tags")]
    Reserved { typed: String },
}

impl BadTag {
    /// Returns what to type instead.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::Word { typed } => {
                let likely = suggested(typed);
                let rule = format!("use at most {LONGEST} letters, digits and - _ .");
                match likely {
                    Some(likely) => format!("{rule}, such as {likely}"),
                    None => format!("{rule}, such as vpn"),
                }
            }
            Self::Reserved { .. } => "choose another word".to_owned(),
        }
    }
}

/// The word that was probably meant.
fn suggested(typed: &str) -> Option<String> {
    Tag::likely(typed).map(|tag| tag.as_str().to_owned())
}

/// What is not allowed in a tag becomes a hyphen.
fn hyphenated(typed: &str) -> String {
    let letters = typed.chars().map(|c| if fits(c) { c } else { '-' });
    let letters: String = letters.collect();
    let words = letters.split('-').filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    words.join("-").chars().take(LONGEST).collect()
}

fn fits(c: char) -> bool {
    c.is_alphanumeric() && !is_hidden(c) || "-_.".contains(c) || is_mark(c)
}

/// Marks belong to letters, as in Hindi.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) && !is_hidden(c)
}

impl Tag {
    /// Returns the tag that is written in place of a text which cannot be one, such as
    /// `two-words`.
    pub(crate) fn likely(typed: &str) -> Option<Self> {
        Self::parse(&hyphenated(typed)).ok()
    }

    /// Parses a tag. Letter case is dropped, so that `VPN` and `vpn` are one tag.
    ///
    /// # Errors
    /// [`BadTag`] for other characters, for too many of them, and for what means
    /// something else in a filter.
    pub(crate) fn parse(typed: &str) -> Result<Self, BadTag> {
        let name: String = typed.trim().nfc().collect::<String>().to_lowercase();
        let name: String = name.nfc().collect();
        let begins = name.chars().next().is_some_and(char::is_alphanumeric);
        if !begins || name.chars().count() > LONGEST || !name.chars().all(fits) {
            let typed = typed.trim().to_owned();
            return Err(BadTag::Word { typed });
        }
        if RESERVED.contains(&name.as_str()) {
            return Err(BadTag::Reserved { typed: name });
        }
        Ok(Self::from_stored(&name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_a_short_word_in_lower_case() {
        for (typed, tag) in [
            ("vpn", "vpn"),
            (" VPN ", "vpn"),
            ("waiting-for_parts.2", "waiting-for_parts.2"),
            ("Stra\u{df}e", "stra\u{df}e"),
            ("e\u{301}cran", "\u{e9}cran"),
            ("2fa", "2fa"),
        ] {
            assert_eq!(Tag::parse(typed).unwrap().as_str(), tag);
        }
    }

    #[test]
    fn other_texts_are_refused_with_a_word_to_type() {
        for (typed, hint) in [
            ("two words", "such as two-words"),
            ("-vpn", "such as vpn"),
            ("a,b", "such as a-b"),
            ("", "such as vpn"),
            ("!", "such as vpn"),
            ("a\u{202e}b", "such as a-b"),
            ("x\u{200b}", "such as x"),
        ] {
            let fault = Tag::parse(typed).unwrap_err();
            assert!(fault.hint().ends_with(hint), "{typed}: {}", fault.hint());
        }
        assert!(Tag::parse(&"x".repeat(40)).is_ok());
        assert!(Tag::parse(&"x".repeat(41)).is_err());
        assert!(matches!(Tag::parse("NONE"), Err(BadTag::Reserved { .. })));
    }
}
