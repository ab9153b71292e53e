//! The language of a message, by the words that each language has most of.

use crate::domain::search::analysis::{Language, detect_language};
use crate::domain::vocabulary::NoticeLanguage;

/// The fewest letters that tell a language.
const LETTERS: usize = 12;

/// The language of the new text of a message; `None` when it is not sure.
pub(crate) fn detect(text: &str) -> Option<NoticeLanguage> {
    let new = super::quotes::new_text(text);
    if new
        .chars()
        .filter(|character| character.is_alphabetic())
        .count()
        < LETTERS
    {
        return None;
    }
    detect_language(&new).map(|language| match language {
        Language::English => NoticeLanguage::English,
        Language::German => NoticeLanguage::German,
        Language::Dutch => NoticeLanguage::Dutch,
        Language::Finnish => NoticeLanguage::Finnish,
        Language::Italian => NoticeLanguage::Italian,
        Language::Indonesian => NoticeLanguage::Indonesian,
    })
}

/// The language that a Content-Language field or a locale names first, if it is
/// one of the six: `de-CH, en`.
pub(crate) fn from_tag(tag: &str) -> Option<NoticeLanguage> {
    let first = tag.split([',', ';']).next()?.trim();
    let primary = first.split(['-', '_']).next()?.to_ascii_lowercase();
    match primary.as_str() {
        "en" | "eng" => Some(NoticeLanguage::English),
        "de" | "deu" | "ger" => Some(NoticeLanguage::German),
        "fi" | "fin" => Some(NoticeLanguage::Finnish),
        "nl" | "nld" | "dut" => Some(NoticeLanguage::Dutch),
        "it" | "ita" => Some(NoticeLanguage::Italian),
        "id" | "ind" | "in" => Some(NoticeLanguage::Indonesian),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{detect, from_tag};
    use crate::domain::vocabulary::NoticeLanguage;

    #[test]
    fn short_mails_are_told_apart() {
        for (text, language) in [
            (
                "The printer on the second floor is not working since this morning.",
                NoticeLanguage::English,
            ),
            (
                "Hi, I cannot log in any more. Can you please reset my password?",
                NoticeLanguage::English,
            ),
            (
                "Der Drucker im zweiten Stock funktioniert seit heute Morgen nicht mehr.",
                NoticeLanguage::German,
            ),
            (
                "Guten Tag, ich kann mich nicht mehr anmelden. Bitte um Hilfe.",
                NoticeLanguage::German,
            ),
            (
                "Toisen kerroksen tulostin ei ole toiminut aamusta lähtien.",
                NoticeLanguage::Finnish,
            ),
            (
                "Hei, en pääse enää kirjautumaan. Voitteko auttaa?",
                NoticeLanguage::Finnish,
            ),
            (
                "De printer op de tweede verdieping werkt sinds vanochtend niet meer.",
                NoticeLanguage::Dutch,
            ),
            (
                "Hallo, ik kan niet meer inloggen. Kunt u mijn wachtwoord herstellen?",
                NoticeLanguage::Dutch,
            ),
            (
                "La stampante al secondo piano non funziona da questa mattina.",
                NoticeLanguage::Italian,
            ),
            (
                "Buongiorno, non riesco più ad accedere. Potete aiutarmi?",
                NoticeLanguage::Italian,
            ),
            (
                "Printer di lantai dua tidak berfungsi sejak pagi ini.",
                NoticeLanguage::Indonesian,
            ),
            (
                "Selamat pagi, saya tidak bisa masuk lagi. Mohon bantuannya.",
                NoticeLanguage::Indonesian,
            ),
        ] {
            assert_eq!(detect(text), Some(language), "{text}");
        }
    }

    #[test]
    fn a_quote_does_not_count_and_little_tells_nothing() {
        let text = "Es geht immer noch nicht, und das seit gestern.\n\nOn 5 Jan 2026, Desk <d@x.org> wrote:\n\
            > We have looked at it and this should be working for you now.\n";
        assert_eq!(detect(text), Some(NoticeLanguage::German));
        for text in ["", "ok", "12345", "Error 0x80070005", "????????????????"] {
            assert_eq!(detect(text), None, "{text}");
        }
    }

    #[test]
    fn tags_are_read() {
        assert_eq!(from_tag("de-CH, en"), Some(NoticeLanguage::German));
        assert_eq!(from_tag("fi_FI.UTF-8"), Some(NoticeLanguage::Finnish));
        assert_eq!(from_tag("sv"), None);
        assert_eq!(from_tag(""), None);
    }
}
