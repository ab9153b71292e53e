//! Forms of a word that the stemmers of the languages do not bring together:
//! verbs with their prefix before or behind (`abgestürzt`, `stürzt ab`), third
//! persons and participles (`druckt`, `gedruckt`), and nouns whose stem changes.

use super::analysis::Language;
use super::normalize::strip_diacritics;

/// Minimum number of letters that are left of a word.
const MIN_ROOT: usize = 3;

/// Prefixes of German verbs that stand apart in a sentence, longer ones first.
const GERMAN_PREFIXES: &[&str] = &[
    "zusammen", "herunter", "zurück", "wieder", "runter", "heraus", "herauf", "weiter", "durch",
    "fest", "nach", "hoch", "raus", "rein", "frei", "aus", "auf", "bei", "ein", "los", "mit",
    "vor", "weg", "her", "hin", "ab", "an", "um", "zu",
];
/// Prefixes of Dutch verbs that stand apart in a sentence, longer ones first.
const DUTCH_PREFIXES: &[&str] = &[
    "samen", "binnen", "terug", "door", "over", "vast", "vrij", "voor", "weg", "toe", "aan", "bij",
    "mee", "uit", "los", "af", "in", "na", "om", "op",
];
/// Endings of German finite verbs and participles, longer ones first.
const GERMAN_ENDINGS: &[&str] = &[
    "etest", "eten", "etet", "test", "ete", "est", "ten", "tet", "end", "et", "te", "st", "en",
    "t", "e",
];
/// Endings of Dutch finite verbs and participles, longer ones first.
const DUTCH_ENDINGS: &[&str] = &["ten", "den", "en", "te", "de", "t", "d"];

/// The roots under which a lowercase word is also found, without diacritics.
pub(super) fn roots(word: &str, language: Language) -> Vec<String> {
    let roots = match language {
        Language::German => verb_roots(word, language, GERMAN_PREFIXES, GERMAN_ENDINGS),
        Language::Dutch => {
            // Dutch writes a diaeresis only to part two vowels.
            let plain = strip_diacritics(word);
            verb_roots(&plain, language, DUTCH_PREFIXES, DUTCH_ENDINGS)
        }
        Language::Finnish => finnish_roots(word),
        Language::Indonesian => indonesian_roots(word),
        Language::English | Language::Italian => Vec::new(),
    };
    let roots = roots.iter().map(|root| strip_diacritics(root));
    let mut roots: Vec<String> = roots.filter(|root| root.len() >= MIN_ROOT).collect();
    roots.sort_unstable();
    roots.dedup();
    roots
}

/// The stem of a verb, alone and behind its separable prefix.
fn verb_roots(word: &str, language: Language, prefixes: &[&str], endings: &[&str]) -> Vec<String> {
    let stem = |verb: &str| language.stem(verb).into_owned();
    let mut roots = Vec::new();
    let is_verb = |rest: &str| rest.ends_with(['t', 'd']) || rest.ends_with("en");
    // The prefix is part of the word.
    for prefix in prefixes {
        let Some(rest) = word.strip_prefix(prefix) else {
            continue;
        };
        if !is_verb(rest) || rest.chars().count() < MIN_ROOT + 1 {
            continue;
        }
        for bare in participle(rest).into_iter().chain(infinitive(rest)) {
            for root in finite(bare, endings) {
                roots.push(stem(root));
                roots.push(format!("{prefix}{}", stem(root)));
            }
        }
        for root in finite(rest, endings) {
            roots.push(stem(root));
            roots.push(format!("{prefix}{}", stem(root)));
        }
        break;
    }
    for verb in participle(word).into_iter().chain([word]) {
        roots.extend(finite(verb, endings).map(stem));
    }
    roots
}

/// The verb of a participle such as `gestürzt`.
fn participle(word: &str) -> Option<&str> {
    let rest = word.strip_prefix("ge")?;
    let ends = rest.ends_with(['t', 'd']) || rest.ends_with("en");
    (ends && rest.chars().count() > MIN_ROOT).then_some(rest)
}

/// The infinitive behind `zu`, as in `abzustürzen`.
fn infinitive(word: &str) -> Option<&str> {
    let rest = word.strip_prefix("zu").or(word.strip_prefix("te"))?;
    (rest.ends_with("en") && rest.chars().count() > MIN_ROOT + 1).then_some(rest)
}

/// A word without the ending of a verb, for each ending that it may have.
fn finite<'w>(word: &'w str, endings: &[&str]) -> impl Iterator<Item = &'w str> {
    let rests = endings
        .iter()
        .filter_map(|ending| word.strip_suffix(*ending));
    let rests = rests.filter(|rest| rest.chars().count() >= MIN_ROOT);
    rests.take(2).collect::<Vec<_>>().into_iter()
}

/// Finnish nouns in -us and -minen, and verbs.
fn finnish_roots(word: &str) -> Vec<String> {
    let mut roots = Vec::new();
    // The genitive and most other cases of -us and -ys: asetus, asetuksen;
    // yhteys, yhteyden, yhteyttä.
    let cases: [(&[&str], &str); 8] = [
        (&["uksi", "ukse", "uks"], "us"),
        (&["yksi", "ykse", "yks"], "ys"),
        (&["eyksi", "eyde", "eyte", "eyttä", "eyd", "eyt"], "eys"),
        (&["euksi", "eude", "eute", "eutta", "eud", "eut"], "eus"),
        (&["uude", "uute", "uutta", "uuksi"], "uus"),
        (&["yyde", "yyte", "yyttä", "yyksi"], "yys"),
        (&["udu", "utu"], "utu"),
        (&["ydy", "yty"], "yty"),
    ];
    for (middles, nominative) in cases {
        for middle in middles {
            if let Some(at) = word.rfind(middle)
                && word[..at].chars().count() >= 2
                && word[at + middle.len()..].chars().count() <= 6
            {
                roots.push(format!("{}{nominative}", &word[..at]));
            }
        }
    }
    for ending in [
        "minen", "misen", "mista", "mistä", "miseen", "misessa", "misessä",
    ] {
        if let Some(verb) = word.strip_suffix(ending) {
            roots.push(verb.to_owned());
        }
    }
    for ending in [
        "taan", "tään", "daan", "dään", "nut", "nyt", "aa", "ää", "da", "dä", "i",
    ] {
        if let Some(verb) = word.strip_suffix(ending)
            && verb.chars().count() >= 5
        {
            roots.push(verb.to_owned());
        }
    }
    roots
}

/// Indonesian verbs whose prefix has changed the first letter.
fn indonesian_roots(word: &str) -> Vec<String> {
    let endings = ["kan", "nya", "an", "i"];
    let bare = endings.iter().find_map(|ending| word.strip_suffix(ending));
    let mut roots = Vec::new();
    for form in [Some(word), bare].into_iter().flatten() {
        for (prefix, first) in [
            ("meny", "s"),
            ("peny", "s"),
            ("men", "t"),
            ("pen", "t"),
            ("meng", "k"),
            ("peng", "k"),
            ("mem", "p"),
            ("pem", "p"),
            ("meng", ""),
            ("peng", ""),
            ("men", ""),
            ("pen", ""),
            ("mem", ""),
            ("pem", ""),
            ("ber", ""),
            ("ter", ""),
            ("di", ""),
            ("me", ""),
            ("pe", ""),
            ("per", ""),
        ] {
            if let Some(rest) = form.strip_prefix(prefix)
                && rest.chars().count() >= MIN_ROOT
            {
                roots.push(format!("{first}{rest}"));
            }
        }
        if form != word {
            roots.push(form.to_owned());
        }
    }
    roots
}
