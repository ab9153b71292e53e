//! Letters without what makes them differ: capitals, accents, ligatures.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Small letters, accents composed, as stemmers expect them; so many at most.
/// Through capitals, so that letters which share one are the same, such as σ
/// and ς, or ß and ss.
pub(super) fn low(word: &str, most: usize) -> String {
    folded(word).nfc().take(most).collect()
}

/// The plain letters and digits of a word in small letters.
pub(super) fn plain(low: &str) -> String {
    if low.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return low.to_owned();
    }
    low.nfkd().fold(String::new(), bare)
}

/// The plain small letters and digits of a word as it was written; so many at
/// most, so that a word with accents ends where one without them does.
pub(super) fn low_and_plain(word: &str, most: usize) -> String {
    let plain = folded(word)
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .take(most)
        .fold(String::new(), bare);
    // What a ligature is made of may be composed.
    plain.nfc().collect()
}

fn folded(word: &str) -> impl Iterator<Item = char> {
    word.nfkc()
        .flat_map(char::to_lowercase)
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
}

fn bare(mut plain: String, c: char) -> String {
    match c {
        'æ' => plain.push_str("ae"),
        'œ' => plain.push_str("oe"),
        'ø' => plain.push('o'),
        'đ' | 'ð' => plain.push('d'),
        'þ' => plain.push_str("th"),
        'ł' => plain.push('l'),
        'ħ' => plain.push('h'),
        c if is_letter(c) => plain.push(c),
        _ => {}
    }
    plain
}

/// Whether it is a letter or a digit, to the index of a store as well: what is
/// one to some and a symbol or a mark to others is left out.
fn is_letter(c: char) -> bool {
    let to_some = matches!(c,
        '\u{19b0}'..='\u{19c9}' | '\u{1cf2}'..='\u{1cf3}' | '\u{1f150}'..='\u{1f189}');
    c.is_alphanumeric() && !is_combining_mark(c) && !to_some
}

/// Whether a sign stands for a word or a syllable, and words are written
/// without spaces.
pub(super) fn is_sign(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11ff}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}'
        | '\u{3130}'..='\u{318f}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ffdc}' | '\u{20000}'..='\u{323af}')
}

/// Every two signs that follow each other; what stands alone stays.
pub(super) fn pairs(word: &str) -> Vec<String> {
    let signs: Vec<char> = word.nfc().collect();
    match signs.len() {
        0 => Vec::new(),
        1 | 2 => vec![signs.into_iter().collect()],
        _ => signs.windows(2).map(|pair| pair.iter().collect()).collect(),
    }
}
