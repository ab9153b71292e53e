//! Whether a name is written in one script, so that it cannot pass for another
//! one (Unicode Technical Standard 39, sections 5.1 and 5.2).

use unicode_normalization::UnicodeNormalization as _;
use unicode_script::{Script, ScriptExtension, UnicodeScript as _};

/// A letter that does not belong to the script of the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OddLetter {
    pub(crate) letter: char,
    pub(crate) script: &'static str,
    /// The script of the rest.
    pub(crate) main: &'static str,
}

/// The scripts and the writing systems of several scripts in which a text can
/// be written.
#[derive(Clone, Copy)]
struct WritingSystems {
    scripts: ScriptExtension,
    /// Han with Bopomofo.
    chinese: bool,
    /// Han with Hiragana and Katakana.
    japanese: bool,
    /// Han with Hangul.
    korean: bool,
}

impl WritingSystems {
    fn of(c: char) -> Self {
        let scripts = c.script_extension();
        let has = |script| scripts.contains_script(script);
        let han = has(Script::Han);
        Self {
            scripts,
            chinese: han || has(Script::Bopomofo),
            japanese: han || has(Script::Hiragana) || has(Script::Katakana),
            korean: han || has(Script::Hangul),
        }
    }

    const fn shared(self, other: Self) -> Self {
        Self {
            scripts: self.scripts.intersection(other.scripts),
            chinese: self.chinese && other.chinese,
            japanese: self.japanese && other.japanese,
            korean: self.korean && other.korean,
        }
    }

    const fn is_empty(self) -> bool {
        self.scripts.is_empty() && !self.chinese && !self.japanese && !self.korean
    }
}

/// Stands for the name of any other script.
pub(crate) const UNNAMED: &str = "another script";

/// The name of a script, for those in which names are confused. A table of all
/// names would have to be relocated at every start of the program.
fn name_of(script: Script) -> &'static str {
    let names = [
        (Script::Latin, "Latin"),
        (Script::Cyrillic, "Cyrillic"),
        (Script::Greek, "Greek"),
        (Script::Armenian, "Armenian"),
        (Script::Hebrew, "Hebrew"),
        (Script::Arabic, "Arabic"),
        (Script::Cherokee, "Cherokee"),
        (Script::Georgian, "Georgian"),
        (Script::Devanagari, "Devanagari"),
        (Script::Thai, "Thai"),
        (Script::Bopomofo, "Bopomofo"),
        (Script::Han, "Han"),
        (Script::Hiragana, "Hiragana"),
        (Script::Katakana, "Katakana"),
        (Script::Hangul, "Hangul"),
    ];
    let known = names.iter().find(|(known, _)| *known == script);
    known.map_or(UNNAMED, |(_, name)| name)
}

/// Finds a letter of another script than most letters have; `None` if the text
/// is written in one, with digits and signs that all scripts share.
pub(crate) fn odd_letter(text: &str) -> Option<OddLetter> {
    if text.is_ascii() {
        return None;
    }
    let letters: Vec<char> = text
        .chars()
        .filter(|c| !matches!(c.script(), Script::Common | Script::Inherited))
        .collect();
    let frequency = |c: char| letters.iter().filter(|l| l.script() == c.script()).count();
    // The last of equals is taken, so the first letter is the odd one.
    let main = *letters.iter().max_by_key(|c| frequency(**c))?;
    let mut shared = WritingSystems::of(main);
    for letter in text.chars() {
        let next = shared.shared(WritingSystems::of(letter));
        if next.is_empty() {
            return Some(OddLetter {
                letter,
                script: name_of(letter.script()),
                main: name_of(main.script()),
            });
        }
        shared = next;
    }
    None
}

/// Finds a character that is only another shape of ASCII letters or digits, such
/// as a bold or a wide one, and these.
pub(crate) fn disguised_ascii(text: &str) -> Option<(char, String)> {
    text.chars().filter(|c| !c.is_ascii()).find_map(|c| {
        let plain: String = std::iter::once(c).nfkc().collect();
        plain.is_ascii().then_some((c, plain))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_script_or_writing_system_have_no_odd_letter() {
        for name in [
            "anna",
            "j.doe+2@hq",
            "jürgen-ñ",
            "анна.иванова-2",
            "Ελένη",
            "田中",
            "田中さん",
            "カナ田ー",
            "김철수",
            "金철수",
            "ㄅㄆ中",
            "علی",
            "नीता",
            "שרה",
            "2026",
            "e\u{301}va",
        ] {
            assert_eq!(odd_letter(name), None, "{name}");
            assert_eq!(disguised_ascii(name), None, "{name}");
        }
    }

    #[test]
    fn a_letter_of_another_script_is_found() {
        for (name, letter, script, main) in [
            ("аnna", 'а', "Cyrillic", "Latin"),
            ("annа", 'а', "Cyrillic", "Latin"),
            ("анna", 'а', "Cyrillic", "Latin"),
            ("иванa", 'a', "Latin", "Cyrillic"),
            ("bοb", 'ο', "Greek", "Latin"),
            ("tanaka田", '田', "Han", "Latin"),
            ("日日か한", '한', "Hangul", "Han"),
            ("ㄅㄆか", 'か', "Hiragana", "Bopomofo"),
        ] {
            let odd = OddLetter {
                letter,
                script,
                main,
            };
            assert_eq!(odd_letter(name), Some(odd), "{name}");
        }
    }

    #[test]
    fn letters_in_another_shape_are_found() {
        for (name, letter, plain) in [
            ("𝐚nna", '𝐚', "a"),
            ("ａnna", 'ａ', "a"),
            ("o\u{fb03}ce", '\u{fb03}', "ffi"),
            ("b²", '²', "2"),
        ] {
            let found = disguised_ascii(name);
            assert_eq!(found, Some((letter, plain.to_owned())), "{name}");
        }
    }
}
