//! Other spellings of identifiers: `v2.3` and `2.3`, `0x80070005` and `80070005`,
//! `KB4711`, `KB-4711` and `KB 4711`.

/// Maximum number of letters before the number of an identifier.
const MAX_LETTERS: usize = 6;
/// Minimum length of a hexadecimal number that is found with and without `0x`.
const MIN_HEX: usize = 4;
/// Maximum length of an identifier that is written as one word.
const MAX_JOINED: usize = 32;

/// Other spellings of adjacent words, folded: each a sequence of terms.
pub(super) fn spellings(words: &[String]) -> Vec<Vec<String>> {
    let mut spellings: Vec<Vec<String>> = Vec::new();
    let Some((first, rest)) = words.split_first() else {
        return spellings;
    };
    if let Some(other) = other_prefix(first) {
        spellings.push(std::iter::once(other).chain(rest.iter().cloned()).collect());
    }
    let is_identifier = words.iter().any(|word| has_digit(word));
    if let [only] = words {
        let parts = letters_and_digits(only);
        if parts.len() > 1 {
            spellings.push(parts);
        }
    } else if is_identifier && words.iter().map(String::len).sum::<usize>() <= MAX_JOINED {
        spellings.push(vec![words.concat()]);
    }
    spellings
}

/// Two words, folded, as the one identifier that they may be.
pub(super) fn joined(letters: &str, number: &str) -> Option<String> {
    let all_letters = letters.chars().all(|c| c.is_ascii_lowercase());
    let fits = all_letters && (1..=MAX_LETTERS).contains(&letters.len());
    let is_number = number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_alphanumeric());
    (fits && is_number).then(|| format!("{letters}{number}"))
}

/// A number with or without its `v` or `0x`.
fn other_prefix(word: &str) -> Option<String> {
    let is_hex = |text: &str| {
        text.len() >= MIN_HEX && has_digit(text) && text.chars().all(|c| c.is_ascii_hexdigit())
    };
    if let Some(number) = word.strip_prefix("0x") {
        return is_hex(number).then(|| number.to_owned());
    }
    if let Some(number) = word.strip_prefix('v') {
        let starts = number.starts_with(|c: char| c.is_ascii_digit());
        return starts.then(|| number.to_owned());
    }
    if word.len() > MIN_HEX && is_hex(word) {
        return Some(format!("0x{word}"));
    }
    let starts = word.starts_with(|c: char| c.is_ascii_digit());
    starts.then(|| format!("v{word}"))
}

fn has_digit(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
}

/// Splits a word where letters and digits meet.
fn letters_and_digits(word: &str) -> Vec<String> {
    if !word.is_ascii() || !has_digit(word) || word.len() > MAX_JOINED {
        return vec![word.to_owned()];
    }
    let mut parts: Vec<String> = Vec::new();
    let mut before = None;
    for c in word.chars() {
        let digit = c.is_ascii_digit();
        match parts.last_mut() {
            Some(part) if before == Some(digit) => part.push(c),
            Some(_) | None => parts.push(c.to_string()),
        }
        before = Some(digit);
    }
    parts
}
