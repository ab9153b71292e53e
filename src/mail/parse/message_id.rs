//! Message-IDs, as Message-ID, In-Reply-To and References have them.

use super::header;

/// The most identifiers that one field is read for.
const MOST: usize = 1_000;

/// The identifiers in a field, without angle brackets.
pub(super) fn parse(value: &[u8]) -> Vec<String> {
    let text = header::characters(value, None);
    let mut ids = Vec::new();
    let mut rest = text.as_str();
    while let Some((_, after)) = rest.split_once('<') {
        let end = after.find(['>', '<']).unwrap_or(after.len());
        let id: String = after[..end]
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect();
        if !id.is_empty() && ids.len() < MOST {
            ids.push(id);
        }
        rest = &after[end..];
    }
    if ids.is_empty() {
        let words = text
            .split_whitespace()
            .map(|word| word.trim_matches(['>', ',', ';']));
        let bare = words.filter(|word| word.contains('@'));
        ids.extend(bare.take(MOST).map(str::to_owned));
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn identifiers_are_found() {
        for (written, read) in [
            ("<a@x> <b@x>", &["a@x", "b@x"][..]),
            ("<a@x><b@x>", &["a@x", "b@x"]),
            ("a@x", &["a@x"]),
            ("Your message of \"Fri\" <a@x> from anna@x.org", &["a@x"]),
            ("<a\t @x>", &["a@x"]),
            ("<open@x", &["open@x"]),
            ("", &[]),
            ("<>", &[]),
        ] {
            assert_eq!(parse(written.as_bytes()), read, "{written}");
        }
    }
}
