//! Which language a text is in, told by its small words, and how that
//! language bends its words.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use snowball_stemmers_rs::{Algorithm, Stemmer};

use super::analysis::words;

/// A language whose endings are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

    /// The stem of a word in small letters. Each language is named where it
    /// is used: so the binary carries these six of the library's forty.
    pub(super) fn stem(self, low: &str) -> Cow<'_, str> {
        let stem = match self {
            Self::English => Stemmer::create(Algorithm::English).stem(low),
            Self::German => Stemmer::create(Algorithm::German).stem(low),
            Self::Dutch => Stemmer::create(Algorithm::Dutch).stem(low),
            Self::Finnish => Stemmer::create(Algorithm::Finnish).stem(low),
            Self::Italian => Stemmer::create(Algorithm::Italian).stem(low),
            Self::Indonesian => Stemmer::create(Algorithm::Indonesian).stem(low),
        };
        match self.joined(&stem) {
            Some(joined) => Cow::Borrowed(joined),
            None => stem,
        }
    }

    /// The stem of other forms of the same word, which the algorithm leaves
    /// apart: of the words that desks hear most.
    fn joined(self, stem: &str) -> Option<&'static str> {
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

    /// The words that bear no meaning of their own, and tell the language.
    const fn small_words(self) -> &'static str {
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

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// Which languages a small word belongs to.
fn small() -> &'static HashMap<&'static str, u8> {
    static SMALL: OnceLock<HashMap<&str, u8>> = OnceLock::new();
    SMALL.get_or_init(|| {
        let mut small = HashMap::new();
        for tongue in Language::ALL {
            for word in tongue.small_words().split_ascii_whitespace() {
                *small.entry(word).or_default() |= tongue.bit();
            }
        }
        small
    })
}

/// Whether a word bears no meaning of its own: in this language, or in any.
pub(crate) fn is_small(low: &str, tongue: Option<Language>) -> bool {
    let mask = tongue.map_or(u8::MAX, Language::bit);
    small().get(low).is_some_and(|tongues| tongues & mask != 0)
}

/// How many words of a text are asked for its language.
const ASKED: usize = 400;

/// The language that a text is in, as far as its small words tell.
pub(crate) fn spoken(text: &str) -> Option<Language> {
    let mut counts = [0_u32; Language::ALL.len()];
    for word in words(text).take(ASKED) {
        let Some(tongues) = small().get(word.text.to_lowercase().as_str()) else {
            continue;
        };
        for (count, tongue) in counts.iter_mut().zip(Language::ALL) {
            *count += u32::from(tongues & tongue.bit() != 0);
        }
    }
    let most = *counts.iter().max().unwrap_or(&0);
    let mut leading = Language::ALL
        .into_iter()
        .zip(counts)
        .filter(|(_, count)| *count == most);
    let first = leading.next().filter(|_| most > 0)?;
    leading.next().is_none().then_some(first.0)
}
