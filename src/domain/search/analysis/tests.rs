//! Token analysis: which words share a term, and that every word of a document
//! is found by typing it.

use crate::domain::search::term_cache::TermCache;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::*;
use crate::domain::event::{Fact, Note};
use crate::domain::search::document::Document;
use crate::domain::search::matcher::tests::matched_groups;
use crate::domain::search::query::SearchQuery;
use crate::testing::cases;

use Language::{Dutch, English, Finnish, German, Indonesian, Italian};

fn stem_of(word: &str, language: Language) -> String {
    index_terms(word, language).join(" ")
}

/// Words of a language that must find each other.
const SAME_WORD: &[(Language, &[&str])] = &[
    (
        English,
        &["print", "prints", "printing", "printed", "PRINT"],
    ),
    (English, &["certificate", "certificates", "certificate's"]),
    (English, &["password", "passwords"]),
    (English, &["crash", "crashes", "crashed", "crashing"]),
    (English, &["resetting", "reset", "resets"]),
    (English, &["battery", "batteries"]),
    (English, &["naïve", "naive"]),
    (
        German,
        &["Drucker", "Druckern", "Druckers", "Drucke", "DRUCKER"],
    ),
    (German, &["läuft", "laeuft", "lauft", "LÄUFT"]),
    (
        German,
        &["Zertifikat", "Zertifikate", "Zertifikats", "Zertifikaten"],
    ),
    (German, &["Passwort", "Passworte"]),
    (German, &["Straße", "Strasse", "STRASSE", "Straßen"]),
    (German, &["Büro", "Buero", "BÜRO", "Buro"]),
    (German, &["Netzwerk", "Netzwerke", "Netzwerken"]),
    (German, &["Haus", "Häuser", "Hauses"]),
    (Dutch, &["printer", "printers"]),
    (Dutch, &["wachtwoord", "wachtwoorden"]),
    (Dutch, &["scherm", "schermen"]),
    (Dutch, &["geïnstalleerd", "geinstalleerd"]),
    (
        Finnish,
        &["tulostin", "tulostimen", "tulostimet", "tulostimella"],
    ),
    (
        Finnish,
        &[
            "salasana",
            "salasanan",
            "salasanat",
            "salasanaa",
            "salasanalla",
        ],
    ),
    (Finnish, &["näyttö", "näytön", "naytto"]),
    (Finnish, &["verkko", "verkossa", "verkkoon"]),
    (Italian, &["stampante", "stampanti"]),
    (Italian, &["errore", "errori"]),
    (Italian, &["città", "citta", "CITTÀ"]),
    (Italian, &["schermo", "schermi"]),
    (Indonesian, &["mencetak", "cetak", "dicetak", "cetakan"]),
    (Indonesian, &["membuka", "buka", "dibuka"]),
    (Indonesian, &["menghapus", "hapus", "dihapus"]),
    (Indonesian, &["sandinya", "sandi"]),
];

/// All terms that a word is indexed or searched under, in a language.
fn all_terms(word: &str, language: Language) -> Vec<String> {
    let unaccented = unaccented_stem(word, language);
    let terms = index_terms(word, language).into_iter();
    terms.chain(unaccented).collect()
}

#[test]
fn inflections_of_a_word_share_a_term() {
    let mut distinct = Vec::new();
    for (language, variants) in SAME_WORD {
        for variant in *variants {
            // An apostrophe ends a token; what follows it is a stop word.
            let variant = variant.split('\'').next().unwrap();
            let first = all_terms(variants[0], *language);
            let shared = all_terms(variant, *language)
                .iter()
                .any(|term| first.contains(term));
            if !shared {
                distinct.push(format!(
                    "{language:?}: {} {first:?}, {variant} {:?}",
                    variants[0],
                    all_terms(variant, *language)
                ));
            }
        }
    }
    assert_eq!(distinct, Vec::<String>::new());
}

#[test]
fn different_words_have_different_stems() {
    for (language, one, other) in [
        (English, "print", "port"),
        (English, "mail", "main"),
        (German, "Drucker", "Rechner"),
        (Dutch, "scherm", "schema"),
        (Finnish, "verkko", "vika"),
        (Italian, "stampante", "stanza"),
        (Indonesian, "cetak", "buka"),
    ] {
        assert_ne!(stem_of(one, language), stem_of(other, language));
    }
}

fn token_texts(text: &str) -> Vec<&str> {
    tokens(text).map(|word| word.text).collect()
}

#[test]
fn tokens_are_runs_of_letters_and_digits() {
    assert_eq!(token_texts(""), Vec::<&str>::new());
    assert_eq!(token_texts(" -- !? \u{202e}\u{7} "), Vec::<&str>::new());
    assert_eq!(
        token_texts("can't open C:\\Users, error 0x80070005."),
        ["can", "t", "open", "C", "Users", "error", "0x80070005"]
    );
    assert_eq!(token_texts("Gru\u{308}ße"), ["Gru\u{308}ße"]);
    assert_eq!(token_texts("a👍b"), ["a", "b"]);
    assert_eq!(token_texts("使用VPN连接失败"), ["使用", "VPN", "连接失败"]);
}

#[test]
fn tokens_with_digits_are_not_stemmed() {
    for name in ["0x80070005", "kb5034441s", "inc0000045ing"] {
        for language in Language::ALL {
            assert_eq!(stem_of(name, language), name);
        }
    }
}

#[test]
fn folding_removes_case_and_diacritics() {
    assert_eq!(fold("GRÜẞE"), "grusse");
    assert_eq!(fold("Œuvre"), "oeuvre");
    assert_eq!(fold("Łódź"), "lodz");
    assert_eq!(fold("smørrebrød"), "smorrebrod");
    assert_eq!(fold("İstanbul"), "istanbul");
    assert_eq!(fold("ΛΌΓΟΣ"), fold("λόγος"));
    assert_eq!(fold("Москва́"), "москва");
    assert_eq!(fold("ﬁle"), "file");
    assert_eq!(fold("Ｆｉｌｅ"), "file");
}

#[test]
fn camel_case_is_split() {
    assert_eq!(camel_case_parts("PrintSpooler"), ["Print", "Spooler"]);
    assert_eq!(camel_case_parts("HTTPServer"), ["HTTP", "Server"]);
    assert_eq!(camel_case_parts("iPhoneBackup"), ["i", "Phone", "Backup"]);
    assert_eq!(camel_case_parts("ÜberÄnderung"), ["Über", "Änderung"]);
    for one in ["", "a", "Printer", "VPN", "printer", "印刷", "x1"] {
        assert_eq!(camel_case_parts(one), Vec::<&str>::new(), "{one}");
    }
}

#[test]
fn cjk_text_is_indexed_as_bigrams() {
    assert_eq!(index_terms("東京都庁", English), ["東京", "京都", "都庁"]);
    assert_eq!(index_terms("東京", English), ["東京"]);
    assert_eq!(index_terms("東", English), ["東"]);
    assert_eq!(index_terms("プリンター", English).len(), 4);
    assert_eq!(
        index_terms("ﾌﾟﾘﾝﾀｰ", English),
        index_terms("プリンター", English)
    );
    assert_eq!(index_terms("프린터", English), ["프린", "린터"]);
}

#[test]
fn the_language_is_detected_by_stop_words() {
    for (text, language) in [
        ("The printer on the second floor does not print.", English),
        ("Der Drucker im zweiten Stock druckt nicht mehr.", German),
        (
            "De printer op de tweede verdieping doet het niet meer.",
            Dutch,
        ),
        ("Tulostin ei toimi ja näyttö on pimeä, kiitos.", Finnish),
        ("La stampante non funziona e il computer è lento.", Italian),
        (
            "Mesin cetak tidak bisa dan komputer sangat lambat.",
            Indonesian,
        ),
        ("DER DRUCKER IST NICHT DA", German),
    ] {
        assert_eq!(detect_language(text), Some(language), "{text}");
    }
    for text in ["", "VPN", "printer error 0x80070005", "die was in"] {
        assert_eq!(detect_language(text), None, "{text}");
    }
}

#[test]
fn stop_words_belong_to_a_language() {
    assert!(is_stop_word("the", Some(English)) && is_stop_word("the", None));
    assert!(!is_stop_word("the", Some(German)));
    assert!(is_stop_word("nicht", Some(German)) && !is_stop_word("printer", None));
}

/// A sample of every script and language, whose analysis must not change.
const SAMPLE: &str = "The printers can't print: error 0x80070005 in PrintSpooler. \
    Die Drucker im Büro drucken nicht, die Straße läuft über. \
    De printers werken niet meer, geïnstalleerd gisteren. \
    Tulostimet eivät toimi, näytöllä lukee virhe. \
    Le stampanti non stampano più, città e perché. \
    Mencetak dokumen tidak bisa, dicetak kemarin. \
    東京都庁のプリンター 프린터 使用VPN连接 Łódź ΛΌΓΟΣ Москва ﬁle";

#[test]
fn the_analysis_of_stored_indexes_has_not_changed() {
    let mut lines = Vec::new();
    for language in Language::ALL {
        for word in tokens(SAMPLE) {
            let parts = camel_case_parts(word.text).join("+");
            lines.push(format!(
                "{} {parts}",
                all_terms(word.text, language).join(" ")
            ));
        }
    }
    for text in SAMPLE.split_inclusive(['.', ',']) {
        let mut document = Document::default();
        document.add_fact(&fact_with(text), &mut TermCache::default());
        lines.push(format!("{} / {}", document.body, document.variants));
    }
    // FNV-1a, because it has no dependencies.
    let digest = lines
        .join("\n")
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3_u64)
        });
    assert_eq!(
        format!("{digest:016x}"),
        "42f739cb50216b11",
        "the analysis differs from the one that existing search indexes were built with. If \
         that is intended, add a migration that rebuilds the index, then put the new digest \
         here:\n{}",
        lines.join("\n")
    );
}

fn fact_with(text: &str) -> Fact {
    Fact::Logged(Note {
        symptoms: vec![text.to_owned()],
        ..Note::default()
    })
}

/// A word without its diacritics.
fn unaccented(word: &str) -> String {
    let keeps = |c: &char| !is_combining_mark(*c) || *c == '\u{345}';
    word.nfd().filter(keeps).nfc().collect()
}

/// The words of a text that are not found by typing them in some spelling.
fn not_found(text: &str) -> Vec<String> {
    let mut document = Document::default();
    document.add_fact(&fact_with(text), &mut TermCache::default());
    let mut missing = Vec::new();
    for word in tokens(text) {
        let word = word.text;
        for typed in [
            word.to_owned(),
            word.to_uppercase(),
            word.to_lowercase(),
            unaccented(word),
            unaccented(word).to_uppercase(),
            word.replace('ß', "ss"),
            word.nfd().collect(),
        ] {
            let query = SearchQuery::parse(&typed);
            if query.is_empty() && index_terms(word, English).is_empty() {
                continue;
            }
            if query.is_empty() || matched_groups(&document, &query).contains(&false) {
                missing.push(format!(
                    "{word} by {typed}: {:?} in {document:?}",
                    query.groups
                ));
            }
        }
    }
    missing
}

/// Words of each language that are hard to normalize.
const HARD: &[&str] = &[
    "Straße",
    "Größe",
    "läuft",
    "Übertragung",
    "Häusern",
    "Maßnahmen",
    "résumé",
    "café",
    "Café's",
    "naïef",
    "geïnstalleerd",
    "coördinatie",
    "financiële",
    "näyttö",
    "työpöydällä",
    "käyttäjän",
    "yhteyttä",
    "päivitys",
    "città",
    "perché",
    "velocità",
    "parlerà",
    "è",
    "più",
    "può",
    "mencetak",
    "dicetak",
    "pengguna",
    "keamanan",
    "menggunakan",
    "Łódź",
    "smørrebrød",
    "İstanbul",
    "ırmak",
    "ΛΌΓΟΣ",
    "λόγος",
    "Москва",
    "Ёлка",
    "ﬁle",
    "PrintSpooler",
    "0x80070005",
    "東京都庁",
    "프린터",
    "die",
    "the",
    "ein",
    "kan",
    "non",
    "tidak",
    "can",
    "I",
    "a",
    "e",
];

/// Beginnings that make language detection choose each language, or none.
const PREFIXES: &[&str] = &[
    "",
    "the is with your not",
    "nicht und der ist auch",
    "niet het een van deze",
    "ja ei se mutta myös",
    "il che gli della perché",
    "yang tidak dengan untuk saya",
    "x1 x2 x3 x4 x5 x6 x7 x8 x9 x10 x11 x12 x13 x14",
];

#[test]
fn every_hard_word_is_found_by_typing_it() {
    for prefix in PREFIXES {
        for word in HARD {
            assert_eq!(not_found(&format!("{prefix} {word}")), Vec::<String>::new());
        }
    }
}

#[test]
fn a_word_that_is_not_in_the_text_is_not_found() {
    let mut document = Document::default();
    document.add_fact(
        &fact_with("Der Drucker druckt nicht."),
        &mut TermCache::default(),
    );
    assert_eq!(
        matched_groups(&document, &SearchQuery::parse("Rechner")),
        [false]
    );
    assert_eq!(
        matched_groups(&document, &SearchQuery::parse("Druckern")),
        [true]
    );
}

fn letters() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z]{1,16}",
        "[a-zäöüßéèàùìòïëêA-ZÄÖÜẞÉÈ]{1,14}",
        "[\u{c0}-\u{24f}]{1,8}",
        "[\u{370}-\u{52f}]{1,8}",
        "[\u{3040}-\u{30ff}\u{4e00}-\u{4eff}a-z]{1,8}",
        "\\PC{1,12}",
        proptest::sample::select(HARD).prop_map(str::to_owned),
    ]
}

/// The chunks without blanks, such as paths, that are not found by typing them.
fn chunks_not_found(text: &str) -> Vec<String> {
    let mut document = Document::default();
    document.add_fact(&fact_with(text), &mut TermCache::default());
    let chunks = text.split_whitespace().filter(|chunk| {
        let quoted = chunk.contains(['"', '*']);
        let terms = tokens(chunk).flat_map(|word| index_terms(word.text, English));
        !quoted && terms.count() > 0
    });
    let missing = chunks
        .filter(|chunk| matched_groups(&document, &SearchQuery::parse(chunk)).contains(&false));
    missing.map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn every_chunk_without_blanks_is_found_by_typing_it(
        prefix in proptest::sample::select(PREFIXES),
        words in proptest::collection::vec(letters(), 1..6),
        glue in "[-._:@\\\\+#&]",
    ) {
        let text = format!("{prefix} {}", words.join(&glue));
        prop_assert_eq!(chunks_not_found(&text), Vec::<String>::new());
    }

    #[test]
    fn any_word_of_any_text_is_found_by_typing_it(
        prefix in proptest::sample::select(PREFIXES),
        words in proptest::collection::vec(letters(), 1..4),
    ) {
        let text = format!("{prefix} {}", words.join(" "));
        prop_assert_eq!(not_found(&text), Vec::<String>::new());
    }

    #[test]
    fn terms_are_lowercase_letters_and_digits(text in any::<String>()) {
        for word in tokens(&text) {
            prop_assert_eq!(&text[word.span.clone()], word.text);
            for language in Language::ALL {
                for term in all_terms(word.text, language) {
                    prop_assert!(!term.is_empty() && term.chars().count() <= 4 * MAX_TOKEN_CHARS);
                    let valid = |c: char| c.is_alphanumeric() && c.to_lowercase().eq([c]);
                    prop_assert!(term.chars().all(valid), "{term:?} of {:?}", word.text);
                }
            }
            prop_assert!(fold(word.text).chars().count() <= 4 * MAX_TOKEN_CHARS);
            let parts = camel_case_parts(word.text);
            prop_assert!(parts.is_empty() || parts.concat() == word.text);
        }
        let _ = detect_language(&text);
    }

    #[test]
    fn a_very_long_token_is_truncated(letter in any::<char>()) {
        let word: String = std::iter::repeat_n(letter, 5000).collect();
        for language in Language::ALL {
            prop_assert!(index_terms(&word, language).len() <= MAX_TOKEN_CHARS * 20);
        }
    }
}

mod synonym_list {
    use std::collections::HashSet;

    use super::English;
    use crate::domain::search::analysis::index_terms;
    use crate::domain::search::synonyms;

    const LIST: &str = include_str!("../synonyms.txt");

    fn lines() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
        let is_entry = |line: &&str| !line.is_empty() && !line.starts_with('#');
        LIST.lines().map(str::trim).filter(is_entry).map(|line| {
            let phrases = line.trim_start_matches('=').split(',');
            (line, phrases.map(str::trim).collect())
        })
    }

    #[test]
    fn every_line_has_several_phrases_of_at_most_four_words() {
        assert!(lines().count() > 100);
        for (line, phrases) in lines() {
            assert!(phrases.len() > 1, "{line}");
            let once: HashSet<&str> = phrases.iter().copied().collect();
            assert_eq!(once.len(), phrases.len(), "{line}");
            for phrase in phrases {
                let words: Vec<&str> = synonyms::phrase_words(phrase).collect();
                assert!((1..=4).contains(&words.len()), "{line}: {phrase}");
                let valid = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
                for word in words {
                    assert!(
                        !word.is_empty() && word.chars().all(valid),
                        "{line}: {phrase}"
                    );
                    assert!(!index_terms(word, English).is_empty(), "{line}: {phrase}");
                }
            }
        }
    }

    #[test]
    fn looking_up_a_phrase_returns_its_whole_line() {
        for (line, phrases) in lines() {
            let same_word = line.starts_with('=');
            for phrase in &phrases {
                let words: Vec<&str> = synonyms::phrase_words(phrase).collect();
                let found = synonyms::lookup(&words);
                for other in &phrases {
                    assert!(found.contains(&(*other, same_word)), "{phrase}: {other}");
                }
            }
        }
    }

    #[test]
    fn a_word_outside_the_list_has_no_synonyms() {
        assert_eq!(synonyms::lookup(&["xyzzy"]), []);
        assert_eq!(synonyms::lookup(&[]), []);
    }
}
