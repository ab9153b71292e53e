//! Unicode normalization of tokens: letter case, diacritics and ligatures.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The token in lowercase and NFC, as the stemmers expect it, cut after
/// `max_chars` characters.
pub(super) fn lowercase(token: &str, max_chars: usize) -> String {
    case_fold(token).nfc().take(max_chars).collect()
}

/// Removes diacritics and everything but letters and digits.
pub(super) fn strip_diacritics(lowercase: &str) -> String {
    if lowercase.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return lowercase.to_owned();
    }
    lowercase.nfkd().fold(String::new(), push_base_letters)
}

/// The token in lowercase and without diacritics. Combining marks do not count
/// towards `max_chars`, so that a long token ends at the same letter with and
/// without its diacritics.
pub(super) fn fold(token: &str, max_chars: usize) -> String {
    let folded = case_fold(token)
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .take(max_chars)
        .fold(String::new(), push_base_letters);
    // The expansion of a ligature may contain characters that compose.
    folded.nfc().collect()
}

/// Case folding. It goes through uppercase, so that letters which share an
/// uppercase form become equal, such as σ and ς, or ß and ss.
fn case_fold(token: &str) -> impl Iterator<Item = char> {
    token
        .nfkc()
        .flat_map(char::to_lowercase)
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
}

/// Appends the base letters of a character; marks and symbols are dropped.
fn push_base_letters(mut base: String, c: char) -> String {
    match c {
        'æ' => base.push_str("ae"),
        'œ' => base.push_str("oe"),
        'ø' => base.push('o'),
        'đ' | 'ð' => base.push('d'),
        'þ' => base.push_str("th"),
        'ł' => base.push('l'),
        'ħ' => base.push('h'),
        c if is_indexable(c) => base.push(c),
        _ => {}
    }
    base
}

/// Whether a character is a letter or a digit to the tokenizer of the store's
/// full-text engine too. Characters on which Unicode versions disagree are
/// left out.
fn is_indexable(c: char) -> bool {
    let disputed = matches!(c,
        '\u{19b0}'..='\u{19c9}' | '\u{1cf2}'..='\u{1cf3}' | '\u{1f150}'..='\u{1f189}');
    c.is_alphanumeric() && !is_combining_mark(c) && !disputed
}

/// Whether a character belongs to a CJK script (Han, kana, hangul), in which
/// words are not separated by spaces.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11ff}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}'
        | '\u{3130}'..='\u{318f}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ffdc}' | '\u{20000}'..='\u{323af}')
}

/// The character bigrams of a token; a token of one or two characters stays
/// as it is.
pub(super) fn bigrams(token: &str) -> Vec<String> {
    let chars: Vec<char> = token.nfc().collect();
    match chars.len() {
        0 => Vec::new(),
        1 | 2 => vec![chars.into_iter().collect()],
        _ => chars.windows(2).map(|pair| pair.iter().collect()).collect(),
    }
}
