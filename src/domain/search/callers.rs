//! Who called: tickets are found by the name and the address of their requester.
//! These are indexed behind a mark that no text of a ticket begins with, so that
//! only a typed search finds them, and similar tickets do not share their caller.

use super::analysis;

/// The mark before a part of a name, or a whole address.
const MARK: char = '\u{16b9}';
/// Minimum number of digits of a part of a telephone number that is found alone.
const MIN_DIGITS: usize = 5;

fn words(text: &str) -> Vec<String> {
    let tokens = analysis::tokens(text);
    let folded = tokens.map(|token| analysis::fold(token.text));
    folded.filter(|word| !word.is_empty()).collect()
}

fn marked(word: &str) -> String {
    format!("{MARK}{word}")
}

/// The terms of a name: each of its words, in order.
pub(super) fn name_terms(name: &str) -> Vec<String> {
    words(name).iter().map(|word| marked(word)).collect()
}

/// The terms of an address or a telephone number: all of it, and what stands
/// before the `@`. The words of an address alone find nothing: half of all
/// addresses end in the same ones.
pub(super) fn contact_terms(contact: &str) -> Vec<String> {
    let mut terms = vec![words(contact).concat()];
    if let Some((local, _)) = contact.split_once('@') {
        terms.push(words(local).concat());
    }
    let is_number = |word: &String| {
        word.chars().count() >= MIN_DIGITS && word.chars().all(|c| c.is_ascii_digit())
    };
    terms.extend(words(contact).into_iter().filter(is_number));
    terms.retain(|term| !term.is_empty());
    terms.dedup();
    terms.iter().map(|term| marked(term)).collect()
}

/// The sequences of terms that find the callers whom typed words name.
pub(super) fn variants(words: &[&str]) -> Vec<Vec<String>> {
    let folded = words.iter().map(|word| analysis::fold(word));
    let folded: Vec<String> = folded.filter(|word| !word.is_empty()).collect();
    if folded.is_empty() {
        return Vec::new();
    }
    let mut variants = vec![folded.iter().map(|word| marked(word)).collect()];
    if folded.len() > 1 {
        variants.push(vec![marked(&folded.concat())]);
    }
    variants
}
