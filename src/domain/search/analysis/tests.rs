//! Words: what must meet, and that whatever is written is found by typing it.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::*;
use crate::domain::event::{Fact, Note};
use crate::domain::search::document::TicketText;
use crate::domain::search::matcher::tests::held;
use crate::domain::search::query::SearchQuery;

use Language::{Dutch, English, Finnish, German, Indonesian, Italian};

fn stem_of(word: &str, tongue: Language) -> String {
    terms(word, tongue).join(" ")
}

/// Words that must be found by each other, in a language.
const MEET: &[(Language, &[&str])] = &[
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

/// All that a word is indexed by or sought by, in a language.
fn ways(word: &str, tongue: Language) -> Vec<String> {
    let bare = bare(word, tongue);
    terms(word, tongue).into_iter().chain(bare).collect()
}

#[test]
fn forms_of_a_word_meet() {
    let mut apart = Vec::new();
    for (tongue, forms) in MEET {
        for form in *forms {
            // An apostrophe ends a word; what comes after it is a small word.
            let form = form.split('\'').next().unwrap();
            let first = ways(forms[0], *tongue);
            let meet = ways(form, *tongue).iter().any(|way| first.contains(way));
            if !meet {
                apart.push(format!(
                    "{tongue:?}: {} {first:?}, {form} {:?}",
                    forms[0],
                    ways(form, *tongue)
                ));
            }
        }
    }
    assert_eq!(apart, Vec::<String>::new());
}

#[test]
fn other_words_stay_apart() {
    for (tongue, one, other) in [
        (English, "print", "port"),
        (English, "mail", "main"),
        (German, "Drucker", "Rechner"),
        (Dutch, "scherm", "schema"),
        (Finnish, "verkko", "vika"),
        (Italian, "stampante", "stanza"),
        (Indonesian, "cetak", "buka"),
    ] {
        assert_ne!(stem_of(one, tongue), stem_of(other, tongue));
    }
}

fn told(text: &str) -> Vec<&str> {
    words(text).map(|word| word.text).collect()
}

#[test]
fn words_are_runs_of_letters_and_digits() {
    assert_eq!(told(""), Vec::<&str>::new());
    assert_eq!(told(" -- !? \u{202e}\u{7} "), Vec::<&str>::new());
    assert_eq!(
        told("can't open C:\\Users, error 0x80070005."),
        ["can", "t", "open", "C", "Users", "error", "0x80070005"]
    );
    assert_eq!(told("Gru\u{308}ße"), ["Gru\u{308}ße"]);
    assert_eq!(told("a👍b"), ["a", "b"]);
    assert_eq!(told("使用VPN连接失败"), ["使用", "VPN", "连接失败"]);
}

#[test]
fn what_has_digits_is_a_name_and_stays() {
    for name in ["0x80070005", "kb5034441s", "inc0000045ing"] {
        for tongue in Language::ALL {
            assert_eq!(stem_of(name, tongue), name);
        }
    }
}

#[test]
fn capitals_and_accents_make_no_difference() {
    assert_eq!(plain("GRÜẞE"), "grusse");
    assert_eq!(plain("Œuvre"), "oeuvre");
    assert_eq!(plain("Łódź"), "lodz");
    assert_eq!(plain("smørrebrød"), "smorrebrod");
    assert_eq!(plain("İstanbul"), "istanbul");
    assert_eq!(plain("ΛΌΓΟΣ"), plain("λόγος"));
    assert_eq!(plain("Москва́"), "москва");
    assert_eq!(plain("ﬁle"), "file");
    assert_eq!(plain("Ｆｉｌｅ"), "file");
}

#[test]
fn humps_are_told_apart() {
    assert_eq!(humps("PrintSpooler"), ["Print", "Spooler"]);
    assert_eq!(humps("HTTPServer"), ["HTTP", "Server"]);
    assert_eq!(humps("iPhoneBackup"), ["i", "Phone", "Backup"]);
    assert_eq!(humps("ÜberÄnderung"), ["Über", "Änderung"]);
    for one in ["", "a", "Printer", "VPN", "printer", "印刷", "x1"] {
        assert_eq!(humps(one), Vec::<&str>::new(), "{one}");
    }
}

#[test]
fn signs_are_taken_in_pairs() {
    assert_eq!(terms("東京都庁", English), ["東京", "京都", "都庁"]);
    assert_eq!(terms("東京", English), ["東京"]);
    assert_eq!(terms("東", English), ["東"]);
    assert_eq!(terms("プリンター", English).len(), 4);
    assert_eq!(terms("ﾌﾟﾘﾝﾀｰ", English), terms("プリンター", English));
    assert_eq!(terms("프린터", English), ["프린", "린터"]);
}

#[test]
fn the_language_is_told_by_small_words() {
    for (text, tongue) in [
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
        assert_eq!(spoken(text), Some(tongue), "{text}");
    }
    for text in ["", "VPN", "printer error 0x80070005", "die was in"] {
        assert_eq!(spoken(text), None, "{text}");
    }
}

#[test]
fn small_words_are_small_in_their_own_language() {
    assert!(is_small("the", Some(English)) && is_small("the", None));
    assert!(!is_small("the", Some(German)));
    assert!(is_small("nicht", Some(German)) && !is_small("printer", None));
}

/// A little of everything, to be analysed the same for ever.
const SAMPLE: &str = "The printers can't print: error 0x80070005 in PrintSpooler. \
    Die Drucker im Büro drucken nicht, die Straße läuft über. \
    De printers werken niet meer, geïnstalleerd gisteren. \
    Tulostimet eivät toimi, näytöllä lukee virhe. \
    Le stampanti non stampano più, città e perché. \
    Mencetak dokumen tidak bisa, dicetak kemarin. \
    東京都庁のプリンター 프린터 使用VPN连接 Łódź ΛΌΓΟΣ Москва ﬁle";

#[test]
fn the_analysis_is_as_it_was() {
    let mut lines = Vec::new();
    for tongue in Language::ALL {
        for word in words(SAMPLE) {
            let humps = humps(word.text).join("+");
            lines.push(format!("{} {humps}", ways(word.text, tongue).join(" ")));
        }
    }
    for text in SAMPLE.split_inclusive(['.', ',']) {
        let mut prose = TicketText::default();
        prose.take(&written_on(text));
        lines.push(format!("{} / {}", prose.body, prose.forms));
    }
    // FNV-1a: a digest that depends on nothing.
    let digest = lines
        .join("\n")
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3_u64)
        });
    assert_eq!(
        format!("{digest:016x}"),
        "88a97e15b54a40c4",
        "words are analysed in another way than those in the index of every store that is \
         there. If that is wanted, add a migration that writes the index anew, and then \
         put the new digest here:\n{}",
        lines.join("\n")
    );
}

fn written_on(text: &str) -> Fact {
    Fact::Logged(Note {
        symptoms: vec![text.to_owned()],
        ..Note::default()
    })
}

/// A word without its accents.
fn unaccented(word: &str) -> String {
    let stays = |c: &char| !is_combining_mark(*c) || *c == '\u{345}';
    word.nfd().filter(stays).nfc().collect()
}

/// The words that are not found by typing them, in these ways.
fn lost(text: &str) -> Vec<String> {
    let mut prose = TicketText::default();
    prose.take(&written_on(text));
    let mut lost = Vec::new();
    for word in words(text) {
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
            let sought = SearchQuery::typed(&typed);
            if sought.is_empty() && terms(word, English).is_empty() {
                continue;
            }
            if sought.is_empty() || held(&prose, &sought).contains(&false) {
                lost.push(format!(
                    "{word} by {typed}: {:?} in {prose:?}",
                    sought.groups
                ));
            }
        }
    }
    lost
}

/// Words of each language, with what makes them hard.
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

/// Small words that turn a text into one of a language, or of none.
const TURNS: &[&str] = &[
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
fn whatever_is_written_is_found_by_typing_it() {
    for turn in TURNS {
        for word in HARD {
            assert_eq!(lost(&format!("{turn} {word}")), Vec::<String>::new());
        }
    }
}

#[test]
fn a_word_that_is_not_written_would_be_lost() {
    let mut prose = TicketText::default();
    prose.take(&written_on("Der Drucker druckt nicht."));
    assert_eq!(held(&prose, &SearchQuery::typed("Rechner")), [false]);
    assert_eq!(held(&prose, &SearchQuery::typed("Druckern")), [true]);
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

/// What is written in one, such as a path, and is not found by typing it.
fn lost_in_one(text: &str) -> Vec<String> {
    let mut prose = TicketText::default();
    prose.take(&written_on(text));
    let chunks = text.split_whitespace().filter(|chunk| {
        let quoted = chunk.contains(['"', '*']);
        let terms = words(chunk).flat_map(|word| terms(word.text, English));
        !quoted && terms.count() > 0
    });
    let lost = chunks.filter(|chunk| held(&prose, &SearchQuery::typed(chunk)).contains(&false));
    lost.map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_written_in_one_is_found_by_typing_it(
        turn in proptest::sample::select(TURNS),
        words in proptest::collection::vec(letters(), 1..6),
        glue in "[-._:@\\\\+#&]",
    ) {
        let text = format!("{turn} {}", words.join(&glue));
        prop_assert_eq!(lost_in_one(&text), Vec::<String>::new());
    }

    #[test]
    fn any_word_of_any_text_is_found_by_typing_it(
        turn in proptest::sample::select(TURNS),
        words in proptest::collection::vec(letters(), 1..4),
    ) {
        let text = format!("{turn} {}", words.join(" "));
        prop_assert_eq!(lost(&text), Vec::<String>::new());
    }

    #[test]
    fn terms_are_small_letters_and_digits(text in any::<String>()) {
        for word in words(&text) {
            prop_assert_eq!(&text[word.at.clone()], word.text);
            for tongue in Language::ALL {
                for term in ways(word.text, tongue) {
                    prop_assert!(!term.is_empty() && term.chars().count() <= 4 * LONGEST);
                    let fine = |c: char| c.is_alphanumeric() && c.to_lowercase().eq([c]);
                    prop_assert!(term.chars().all(fine), "{term:?} of {:?}", word.text);
                }
            }
            prop_assert!(plain(word.text).chars().count() <= 4 * LONGEST);
            let parts = humps(word.text);
            prop_assert!(parts.is_empty() || parts.concat() == word.text);
        }
        let _ = spoken(&text);
    }

    #[test]
    fn a_word_without_end_is_cut(letter in any::<char>()) {
        let word: String = std::iter::repeat_n(letter, 5000).collect();
        for tongue in Language::ALL {
            prop_assert!(terms(&word, tongue).len() <= LONGEST * 20);
        }
    }
}

mod kin_list {
    use std::collections::HashSet;

    use super::English;
    use crate::domain::search::analysis::terms;
    use crate::domain::search::synonyms;

    const LIST: &str = include_str!("../synonyms.txt");

    fn lines() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
        let told = |line: &&str| !line.is_empty() && !line.starts_with('#');
        LIST.lines().map(str::trim).filter(told).map(|line| {
            let phrases = line.trim_start_matches('=').split(',');
            (line, phrases.map(str::trim).collect())
        })
    }

    #[test]
    fn every_line_is_several_phrases_of_at_most_four_words() {
        assert!(lines().count() > 100);
        for (line, phrases) in lines() {
            assert!(phrases.len() > 1, "{line}");
            let once: HashSet<&str> = phrases.iter().copied().collect();
            assert_eq!(once.len(), phrases.len(), "{line}");
            for phrase in phrases {
                let words: Vec<&str> = synonyms::parts(phrase).collect();
                assert!((1..=4).contains(&words.len()), "{line}: {phrase}");
                let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
                for word in words {
                    assert!(
                        !word.is_empty() && word.chars().all(fine),
                        "{line}: {phrase}"
                    );
                    assert!(!terms(word, English).is_empty(), "{line}: {phrase}");
                }
            }
        }
    }

    #[test]
    fn every_phrase_leads_to_all_of_its_line() {
        for (line, phrases) in lines() {
            let sure = line.starts_with('=');
            for phrase in &phrases {
                let words: Vec<&str> = synonyms::parts(phrase).collect();
                let found = synonyms::of(&words);
                for other in &phrases {
                    assert!(found.contains(&(*other, sure)), "{phrase}: {other}");
                }
            }
        }
    }

    #[test]
    fn what_is_not_in_the_list_has_no_kin() {
        assert_eq!(synonyms::of(&["xyzzy"]), []);
        assert_eq!(synonyms::of(&[]), []);
    }
}
