//! Language detection by stop words, and stemming with the Snowball algorithms.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use snowball_stemmers_rs::{Algorithm, Stemmer};

use super::analysis::tokens;

/// A language with a stemmer and a list of stop words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Language {
    English,
    German,
    Dutch,
    Finnish,
    Italian,
    Indonesian,
}

impl Language {
    pub(crate) const ALL: [Self; 6] = [
        Self::English,
        Self::German,
        Self::Dutch,
        Self::Finnish,
        Self::Italian,
        Self::Indonesian,
    ];

    /// The stem of a lowercase token, by the Snowball stemmer of the language.
    pub(super) fn stem(self, token: &str) -> Cow<'_, str> {
        // Each algorithm is named literally, so that the linker keeps these six
        // of the library's forty.
        let stem = match self {
            Self::English => Stemmer::create(Algorithm::English).stem(token),
            Self::German => Stemmer::create(Algorithm::German).stem(token),
            Self::Dutch => Stemmer::create(Algorithm::Dutch).stem(token),
            Self::Finnish => Stemmer::create(Algorithm::Finnish).stem(token),
            Self::Italian => Stemmer::create(Algorithm::Italian).stem(token),
            Self::Indonesian => Stemmer::create(Algorithm::Indonesian).stem(token),
        };
        match self.merged_stem(&stem) {
            Some(merged) => Cow::Borrowed(merged),
            None => stem,
        }
    }

    /// Corrections for frequent help-desk words whose inflections the Snowball
    /// algorithm stems differently; `None` keeps the stem.
    fn merged_stem(self, stem: &str) -> Option<&'static str> {
        match (self, stem) {
            (Self::Dutch, "wachtwoor") => Some("wachtwoord"),
            (Self::Dutch, "beel") => Some("beeld"),
            (Self::Dutch, "bijlaag") => Some("bijlag"),
            (Self::Finnish, "salas") => Some("salasan"),
            (Self::Finnish, "tulostim") => Some("tulost"),
            (Self::Indonesian, "ceta") => Some("cetak"),
            _ => None,
        }
    }

    /// The stop words of the language, separated by spaces. They carry no topic
    /// and identify the language of a text.
    const fn stop_words(self) -> &'static str {
        match self {
            Self::English => {
                "a about after again all also am an and any anyone are as at be because been before \
                 being but by can cannot could did do does doing don for from get gets getting go \
                 going got had has have he help hello her hi him his how i if in into is isn it its \
                 just ll m me might more most my need no not now of off on one only or other our out \
                 over own please re s same she should so some still such t than thank thanks that \
                 the their them then there these they this those through to too under until up us \
                 use used using ve very want was way we were what when where which while who why \
                 will with without would yet you your"
            }
            Self::German => {
                "aber alle als am an auch auf aus bei beim bin bis bitte da damit dann das dass dem \
                 den der des die dies diese dieser dieses doch durch ein eine einem einen einer eines \
                 er es euer für habe haben hallo hat hatte ich ihr im immer in ist ja kann kein keine \
                 keinen können man mehr mein meine meinem meinen meiner mich mir mit nach nicht noch \
                 nur ob oder ohne schon sehr sein seine seit sich sie sind so über um und uns unser \
                 unter vom von vor war warum was wenn werden wie wieder wir wird wo zu zum zur"
            }
            Self::Dutch => {
                "aan al alle als bij dan dat de deze die dit door dus een en er geen haar had heb \
                 hebben heeft het hij hoe ik in is ja je kan kunnen maar meer met mij mijn na naar \
                 niet nog nu of om onder ons onze ook op over te tot uit van veel voor waar was wat \
                 we wel werd wie wij wordt worden ze zelf zich zij zijn zo zonder"
            }
            Self::Finnish => {
                "ei eikä eivät en että he hei hän ja joka jos jossa jotka kaikki kanssa kiitos koko \
                 kuin kun kuten mikä miksi minulla minun minä missä miten mitä mukaan mutta myös ne \
                 niin nyt ole olen oli on ovat se sekä sen siitä sitä tai tämä tämän vain vaikka \
                 vielä voi voin ettei enää aina"
            }
            Self::Italian => {
                "a ad agli ai al alla alle anche ancora c che chi ci ciao come con cosa cui da dal \
                 dalla dei del della delle di dopo dove e è gli grazie ha hanno ho i il in io l la le \
                 lo ma mi mia mio ne nei nel nella non o ogni per perché più poi posso quale quando \
                 questa questo qui quindi se senza si solo sono su sua sul sulla suo tra tutti un una \
                 uno viene"
            }
            Self::Indonesian => {
                "ada adalah agar akan anda apa apakah atau bagaimana bahwa banyak belum bisa dalam \
                 dan dapat dari dengan di halo hanya harus ini itu jika juga kami karena ke kepada \
                 kita lagi lalu lebih masih mengapa mohon oleh pada saat saja sangat saya sebagai \
                 sedang sejak sekarang selalu semua seperti setelah setiap sudah supaya tapi telah \
                 terima tetapi tidak tolong untuk yang"
            }
        }
    }

    /// The bit of the language in a set of languages.
    const fn mask(self) -> u8 {
        1 << self as u8
    }
}

/// Maps each stop word to the set of languages that it belongs to.
fn stop_word_languages() -> &'static HashMap<&'static str, u8> {
    static LANGUAGES: OnceLock<HashMap<&str, u8>> = OnceLock::new();
    LANGUAGES.get_or_init(|| {
        let mut languages = HashMap::new();
        for language in Language::ALL {
            for word in language.stop_words().split_ascii_whitespace() {
                *languages.entry(word).or_default() |= language.mask();
            }
        }
        languages
    })
}

/// Whether a lowercase word is a stop word of a language; without a language,
/// of any.
pub(crate) fn is_stop_word(lowercase: &str, language: Option<Language>) -> bool {
    let mask = language.map_or(u8::MAX, Language::mask);
    let languages = stop_word_languages().get(lowercase);
    languages.is_some_and(|languages| languages & mask != 0)
}

/// Number of tokens that language detection looks at.
const DETECTION_TOKENS: usize = 400;

/// Detects the language of a text: the one with the most stop words in it.
/// `None` if there are no stop words, or two languages have equally many.
pub(crate) fn detect_language(text: &str) -> Option<Language> {
    let mut counts = [0_u32; Language::ALL.len()];
    for token in tokens(text).take(DETECTION_TOKENS) {
        let Some(languages) = stop_word_languages().get(token.text.to_lowercase().as_str()) else {
            continue;
        };
        for (count, language) in counts.iter_mut().zip(Language::ALL) {
            *count += u32::from(languages & language.mask() != 0);
        }
    }
    let most = *counts.iter().max().unwrap_or(&0);
    let mut leading = Language::ALL
        .into_iter()
        .zip(counts)
        .filter(|(_, count)| *count == most);
    let (language, _) = leading.next().filter(|_| most > 0)?;
    leading.next().is_none().then_some(language)
}
