//! One spelling for what is written in several ways: names, addresses, and
//! telephone numbers.

/// Returns a name or text in one spelling: lower case, and single blanks.
pub(crate) fn normalized(written: &str) -> String {
    let words: Vec<&str> = written.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// Returns a contact in one spelling: of `Mia Roth <mailto:Mia@Example.org>` the
/// address in lower case, and of a telephone number the digits and the `+`.
pub(crate) fn normalized_contact(written: &str) -> String {
    let inner = within_brackets(written);
    let address = match inner.get(.."mailto:".len()) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => &inner["mailto:".len()..],
        Some(_) | None => inner,
    };
    if is_phone_number(address) {
        return address.chars().filter(|c| !is_phone_filler(*c)).collect();
    }
    if address.contains('@') {
        let address = address.chars().filter(|c| !c.is_whitespace());
        return address.collect::<String>().to_lowercase();
    }
    normalized(address)
}

/// What stands between angle brackets, or all of it.
pub(super) fn within_brackets(written: &str) -> &str {
    let written = written.trim();
    let inner = written.strip_suffix('>').and_then(|s| s.rsplit_once('<'));
    inner.map_or(written, |(_, inner)| inner).trim()
}

pub(super) fn is_phone_filler(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '(' | ')' | '/' | '.')
}

pub(super) fn is_phone_number(written: &str) -> bool {
    let digits = written.chars().filter(char::is_ascii_digit).count();
    let rest = written.strip_prefix('+').unwrap_or(written);
    digits >= 4
        && rest
            .chars()
            .all(|c| c.is_ascii_digit() || is_phone_filler(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_has_one_spelling() {
        for (same, spellings) in [
            (
                "mia@example.org",
                &[
                    "mia@example.org",
                    " Mia@Example.ORG ",
                    "<mia@example.org>",
                    "Mia Roth <mia@example.org>",
                    "mailto:mia@example.org",
                    "MAILTO:mia@example.org",
                    "mia @\u{a0}example.org",
                ][..],
            ),
            (
                "+49301234",
                &[
                    "+49 30 1234",
                    "+49 (30) 12-34",
                    "+49\u{a0}30/1234",
                    "+49.30.1234",
                ],
            ),
            ("extension 12", &["Extension  12", "extension\u{a0}12"]),
        ] {
            for written in spellings {
                assert_eq!(normalized_contact(written), same, "{written}");
            }
        }
        for other in ["mia@example.com", "+49 30 12345", "030 1234"] {
            let known = ["mia@example.org", "+49301234"].contains(&&*normalized_contact(other));
            assert!(!known, "{other}");
        }
    }
}
