//! The rules for stored text: bounded, not empty, without NUL, which becomes
//! visible. All other characters are kept; output makes them safe to print.

use std::borrow::Cow;

use super::characters::{is_hidden, is_visible};
use super::scripts::{self, OddLetter};

/// The longest title, name or contact, in characters.
pub(crate) const LINE: usize = 250;
/// The longest key of a ticket, in bytes.
pub(crate) const KEY: usize = 200;
/// The longest description, message or note, in bytes.
pub(crate) const BODY: usize = 4 * 1024 * 1024;

/// What replaces an erased text.
pub(crate) const ERASED: &str = "[erased]";

/// Declares a type of texts that were checked when they were typed.
macro_rules! name_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) struct $name(String);

        impl $name {
            /// Creates it from a text that was checked, or that is stored.
            pub(crate) fn from_stored(text: &str) -> Self {
                Self(text.to_owned())
            }

            pub(crate) fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}
pub(crate) use name_type;

/// Why a text is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadText {
    #[error("the {what} is empty")]
    Empty { what: &'static str },
    #[error("the {what} has {length} characters, at most {LINE} are allowed")]
    LongLine { what: &'static str, length: usize },
    #[error("the {what} must be a single line")]
    ManyLines { what: &'static str },
    #[error("the key has {length} bytes, at most {KEY} are allowed")]
    LongKey { length: usize },
    #[error("the {what} has {length} bytes, at most {BODY} are allowed")]
    LongBody { what: &'static str, length: usize },
    #[error("'{typed}' is not one requester")]
    NotOnePerson { typed: String },
    #[error("the name '{name}' is reserved for the program")]
    Reserved { name: String },
    #[error("'{typed}' is not a name for an {what}")]
    NotAName { what: &'static str, typed: String },
    #[error("'{typed}' mixes {} '{}' (U+{:04X}) with {}", .odd.script, .odd.letter, u32::from(.odd.letter), .odd.main)]
    MixedScripts { typed: String, odd: OddLetter },
    #[error("'{typed}' has '{letter}' (U+{:04X}), which looks like '{plain}'", u32::from(*.letter))]
    Disguised {
        typed: String,
        letter: char,
        plain: String,
    },
}

impl BadText {
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::Empty { what } => format!("write the {what}, or leave it out"),
            Self::LongLine { .. } | Self::ManyLines { .. } => {
                "keep it to one line and put the rest into the text, with -m or -m - for stdin"
                    .to_owned()
            }
            Self::LongKey { .. } => {
                "give a shorter key, such as --key disk-web-3; the rest belongs into the title or -m TEXT"
                    .to_owned()
            }
            Self::LongBody { .. } => "shorten it, and say where the rest is".to_owned(),
            Self::NotOnePerson { .. } => {
                "write one person, as in \"Mia Roth <mia@example.org>\"".to_owned()
            }
            Self::Reserved { .. } => "choose another name for the agent".to_owned(),
            Self::NotAName { .. } => {
                "use letters, digits and . _ - @ +, without spaces, such as anna or j.doe"
                    .to_owned()
            }
            Self::MixedScripts { odd, .. } if odd.main == scripts::UNNAMED => {
                "write it in letters of one script, or list the name in the policy".to_owned()
            }
            Self::MixedScripts { odd, .. } => format!(
                "write it in {} letters only, or list the name in the policy",
                odd.main
            ),
            Self::Disguised {
                typed,
                letter,
                plain,
            } => format!(
                "write {}, or list the name in the policy",
                typed.replace(*letter, plain)
            ),
        }
    }
}

/// Trims a single line and checks that it is not empty and has at most [`LINE`]
/// characters.
///
/// # Errors
/// [`BadText`] with the rule that is broken.
pub(crate) fn line(what: &'static str, typed: &str) -> Result<String, BadText> {
    let text = visible_nul(typed.trim());
    if !is_visible(&text) {
        return Err(BadText::Empty { what });
    }
    if text.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
        return Err(BadText::ManyLines { what });
    }
    let length = text.chars().count();
    if length > LINE {
        return Err(BadText::LongLine { what, length });
    }
    Ok(text.into_owned())
}

/// Trims the key of a ticket and checks that it is a single line of at most
/// [`KEY`] bytes.
///
/// # Errors
/// [`BadText`] with the rule that is broken.
pub(crate) fn key(typed: &str) -> Result<String, BadText> {
    let length = typed.trim().len();
    if length > KEY {
        return Err(BadText::LongKey { length });
    }
    line("key", typed)
}

/// Checks a text of any number of lines: not empty, at most [`BODY`] bytes.
/// Blank lines before it and white space after it are removed.
///
/// # Errors
/// [`BadText`] with the rule that is broken.
pub(crate) fn body(what: &'static str, typed: &str) -> Result<String, BadText> {
    let text = typed
        .trim_end()
        .trim_start_matches(['\n', '\r', '\u{feff}']);
    let text = visible_nul(text);
    if !is_visible(&text) {
        return Err(BadText::Empty { what });
    }
    if text.len() > BODY {
        return Err(BadText::LongBody {
            what,
            length: text.len(),
        });
    }
    Ok(text.into_owned())
}

/// Checks the short name of an agent or a tier: no spaces, no control
/// characters.
///
/// # Errors
/// [`BadText::NotAName`] for anything else.
pub(crate) fn handle(what: &'static str, typed: &str) -> Result<String, BadText> {
    let name = typed.trim();
    let is_name = !name.is_empty()
        && name.chars().count() <= 64
        && name
            .chars()
            .all(|c| c.is_alphanumeric() && !is_hidden(c) || "._-@+".contains(c))
        && !name.starts_with('-');
    if is_name {
        Ok(name.to_owned())
    } else {
        Err(BadText::NotAName {
            what,
            typed: typed.to_owned(),
        })
    }
}

/// Checks that a name cannot pass for another one: it is written in one script,
/// without other shapes of ASCII letters. Names that a policy lists are not
/// checked.
///
/// # Errors
/// [`BadText::MixedScripts`] or [`BadText::Disguised`] with the odd letter.
pub(crate) fn check_scripts(name: &str) -> Result<(), BadText> {
    let typed = || name.to_owned();
    if let Some(odd) = scripts::odd_letter(name) {
        return Err(BadText::MixedScripts {
            typed: typed(),
            odd,
        });
    }
    match scripts::disguised_ascii(name) {
        Some((letter, plain)) => Err(BadText::Disguised {
            typed: typed(),
            letter,
            plain,
        }),
        None => Ok(()),
    }
}

/// Replaces U+0000, which no store of text is sure to keep, with its picture `␀`
/// (U+2400). Every text that enters the desk goes through here.
pub(crate) fn visible_nul(text: &str) -> Cow<'_, str> {
    match text.contains('\0') {
        true => Cow::Owned(text.replace('\0', "␀")),
        false => Cow::Borrowed(text),
    }
}

/// Replaces the escape of U+0000 in a line of JSON with its picture.
pub(crate) fn visible_nul_in_json(line: &str) -> Cow<'_, str> {
    const ESCAPE: &str = "\\u0000";
    if !line.contains(ESCAPE) {
        return Cow::Borrowed(line);
    }
    let (mut visible, mut rest) = (String::with_capacity(line.len()), line);
    // A backslash may itself be escaped, so they are read in pairs.
    while let Some(at) = rest.find('\\') {
        visible.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix(ESCAPE) {
            visible.push('␀');
            rest = after;
        } else {
            let pair = rest.chars().take(2).map(char::len_utf8).sum();
            visible.push_str(&rest[..pair]);
            rest = &rest[pair..];
        }
    }
    Cow::Owned(visible + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_trimmed_and_bounded() {
        assert_eq!(line("title", "  VPN drops \n").unwrap(), "VPN drops");
        assert_eq!(line("title", " \t "), Err(BadText::Empty { what: "title" }));
        assert_eq!(
            line("title", "\u{2800}\u{200b}"),
            Err(BadText::Empty { what: "title" })
        );
        assert_eq!(
            line("title", "a\nb"),
            Err(BadText::ManyLines { what: "title" })
        );
        assert!(line("title", &"ä".repeat(250)).is_ok());
        assert!(line("title", &"ä".repeat(251)).is_err());
    }

    #[test]
    fn a_body_keeps_its_lines_and_indentation() {
        assert_eq!(body("text", "\n  a\n\n b\n\n").unwrap(), "  a\n\n b");
        assert!(body("text", "\u{1b}[31mred").is_ok());
        assert!(body("text", &"x".repeat(1_000_000)).is_ok());
        assert!(body("text", &"x".repeat(BODY + 1)).is_err());
    }

    #[test]
    fn nul_becomes_visible() {
        assert_eq!(line("title", "a\0").unwrap(), "a␀");
        assert_eq!(body("text", "\0\nb").unwrap(), "␀\nb");
        assert_eq!(
            visible_nul_in_json(r#"{"a\u0000":"\\u0000 \\\u0000 é\n"}"#),
            r#"{"a␀":"\\u0000 \\␀ é\n"}"#
        );
        assert_eq!(visible_nul_in_json("\\u0000\\"), "␀\\");
    }

    #[test]
    fn a_handle_has_no_spaces_and_no_leading_dash() {
        assert_eq!(handle("agent", "j.doe@hq").unwrap(), "j.doe@hq");
        for typed in [
            "",
            "two words",
            "-x",
            "a\u{202e}b",
            "a/b",
            "a\u{3164}",
            "\u{115f}\u{1160}",
            "a\u{a0}b",
            "a\u{200d}b",
        ] {
            assert!(handle("agent", typed).is_err(), "{typed:?}");
        }
    }
}
